import { DASH, h, one, percentOne, scroller, tooFew, whole, whyDash } from "./dom.js";
import { named, text } from "./texts.js";
import { scopeTable, shares, waterfall, words } from "./charts.js";
import { line } from "./overview.js";
import { links, missed, predictions } from "./further.js";
import { titleOf } from "./touchpoints.js";
import { variantsAt } from "./variants.js";
import { address } from "./view.js";

const OUTCOMES = ["success", "degraded", "abandoned", "failure"];

const ANSWERS = ["nps", "csat", "ces1", "ces2"];

const share = (count, of) => (of === 0 ? DASH : percentOne(count / of));

function table(title, columns, rows) {
  return scroller(title, h("table", {},
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, columns.map((name, i) => h("th", { scope: "col", class: i === 0 ? null : "number" }, name)))),
    h("tbody", {}, rows)));
}

const row = (name, values) => h("tr", {}, h("th", { scope: "row" }, name),
  values.map((value) => h("td", { class: "number" }, value)));

function outcomes(all) {
  return table(text("one.outcomes"), [text("column.channel"), ...OUTCOMES.map((name) => named("outcome", name))], all.map(({ channel, outcomes: seen, withheld }) => {
    const of = OUTCOMES.reduce((sum, name) => sum + seen[name], 0);
    return row(channel, OUTCOMES.map((name) => (withheld ? DASH : [whole(seen[name]), h("div", { class: "soft range" },
      share(seen[name], of))])));
  }));
}

function durations(all) {
  const timed = all.filter((channel) => channel.durations);
  const target = all[0].targetMs;
  if (target === undefined) {
    return h("p", { class: "soft" }, text("one.durations.noTarget"));
  }
  return timed.length === 0 ? h("p", { class: "soft" }, text("one.durations.none", { target }))
    : table(text("one.durations", { target }), [text("column.channel"), text("one.durations.within"), text("one.durations.upToFour"),
      text("one.durations.longer"), text("indices.apdex")],
      timed.map(({ channel, durations: counts, apdex }) => row(channel, [...counts.map((count) => [whole(count),
        h("div", { class: "soft range" }, share(count, counts.reduce((a, b) => a + b, 0)))]), apdex])));
}

// Those of each channel, and of all of them if there are several.
function answers(name, channels, indices) {
  const ofName = (scopes) => (scopes ?? []).filter((scope) => scope.name === name);
  const given = [...(channels > 1 ? ofName(indices?.touchpoints).map((scope) => ({ ...scope, channel: text("filter.all") })) : []),
    ...ofName(indices?.cells)];
  const known = ANSWERS.flatMap((index) => given.filter((scope) => scope[index]).map(({ channel, [index]: of }) => ({ index, channel, of })));
  return known.length === 0 ? h("p", { class: "soft" }, text("one.answers.none"))
    : table(text("one.answers"), [text("one.answers.index"), text("one.answers.value"), text("column.range"),
      text("one.answers.answers")], known.map(({ index, channel, of }) => row([named("index", index), h("div", { class: "soft" }, channel)], [
      one(of.value), typeof of.low === "number" ? text("lowToHigh", { low: one(of.low), high: one(of.high) }) : DASH,
      whole(of.n)])));
}

// Takes over what is to be searched for elsewhere: copied where the browser allows it, else selected.
function query(kind, content) {
  const name = named("query", kind);
  const code = h("code", {}, content);
  const done = h("span", { class: "soft", role: "status" });
  return h("li", {}, h("span", { class: "soft" }, name), code,
    h("button", { type: "button", "data-key": `copy ${kind}`, "aria-label": text("query.copy.label", { name }), onclick: async () => {
      try {
        await navigator.clipboard.writeText(content);
        done.textContent = text("query.copied");
      } catch {
        getSelection().selectAllChildren(code);
        done.textContent = text("query.selected");
      }
    } }, text("query.copy")), done);
}

function queries(name, { start, end }, instance) {
  const quoted = (value) => `"${value.replace(/[\\"]/g, "\\$&")}"`;
  const time = (at) => new Date(at).toISOString();
  return h("ul", { class: "plain queries" },
    query("attribute", `touchstone.touchpoint=${quoted(name)}`),
    query("traces", `{ span.touchstone.touchpoint = ${quoted(name)} }`),
    query("logs", `{service_name=${quoted(instance)}} | touchstone_touchpoint=${quoted(name)}`),
    query("time", `${time(start)}/${time(end)}`));
}

// Over all channels, or of each that may be shown if one of them is too small to be counted in.
function explained(scope, all) {
  const hasScore = ({ now, baseline }) => Boolean(now.experience || baseline.experience);
  const isWhole = all.length === 1 || hasScore(scope);
  return (isWhole ? [scope] : all).filter(hasScore).flatMap((part) => {
    const effort = part.now.effort ?? part.baseline.effort;
    const whys = part === scope ? [...new Set([part, ...all].map(({ why }) => why))] : [part.why];
    return [
      h("h3", {}, isWhole ? text("one.why") : text("one.why.channel", { channel: part.channel })),
      whys.filter((why) => why).map((why) => h("p", { lang: "en" }, `${why}.`)),
      waterfall(part.now.experience, part.baseline.experience),
      effort ? h("p", {}, text("touchpoints.effort", { words: words(effort) })) : null,
      effort ? shares(effort) : null,
    ].flat();
  });
}

// What is known of one touchpoint: its line, why its score is what it is, and where to look further.
export function touchpoint(scoreboard, name, history, width, { missed: customers, links: templates, comparisons }, openCustomer) {
  const all = scoreboard.touchpoints.filter((each) => each.name === name);
  const back = h("p", {}, h("a", { href: address({ touchpoint: "" }), "data-key": "back" }, text("one.back")));
  if (all.length === 0) {
    return [back, h("p", {}, text("one.unknown"))];
  }
  const [first] = all;
  const scope = all.length > 1 && first.across ? first.across : first;
  const facts = [first.title ? first.name : null, first.stage ? text("one.stage", { stage: named("stage", first.stage) }) : null,
    first.journey ? text("one.journey", { journey: first.journey }) : null, first.owner ? text("one.owner", { owner: first.owner }) : null,
    first.importance ? text("one.importance", { importance: String(first.importance) }) : null].filter((fact) => fact);
  const withheld = all.every((channel) => channel.withheld);
  const range = history ?? { start: Date.parse(scoreboard.since), end: Date.parse(scoreboard.asOf) };
  return [
    back,
    facts.length === 0 ? null : h("p", { class: "soft" }, text("one.facts", { facts: facts.join(", ") })),
    withheld ? h("p", { class: "notice" }, text("withheld.reason", { few: tooFew() })) : null,
    ...line(history, width, withheld),
    scopeTable(text("one.channels"), text("one.channels.now"), all, ({ channel }) => channel),
    all.some((channel) => channel.withheld) ? whyDash() : null,
    ...explained(scope, all),
    withheld || all.every(({ outcomes: seen }) => seen === null) ? null : outcomes(all),
    withheld ? null : durations(all),
    answers(name, all.length, scoreboard.indices),
    ...(withheld ? [] : variantsAt(comparisons)),
    ...predictions(all),
    ...(withheld || scoreboard.together ? [] : missed(customers, scoreboard.asOf, openCustomer)),
    h("h3", {}, text("one.further")),
    links(templates, name, range),
    queries(name, range, scoreboard.instance),
  ];
}

export const headingOf = (scoreboard, name) => titleOf(scoreboard.touchpoints.find((each) => each.name === name) ?? { name });
