import { DASH, h, one, scroller, tooFew, whole, whyDash } from "./dom.js";
import { change, intervalBar, ranged, shares, waterfall, week, words } from "./charts.js";
import { line } from "./overview.js";
import { titleOf } from "./touchpoints.js";
import { address } from "./view.js";

const OUTCOMES = ["success", "degraded", "abandoned", "failure"];

const ANSWERS = { nps: "Net promoter score", csat: "Satisfied, %", ces1: "Effort asked, 1 to 5", ces2: "Easy, %" };

const share = (count, of) => (of === 0 ? DASH : `${one((100 * count) / of)} %`);

function table(title, columns, rows) {
  return scroller(title, h("table", {},
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, columns.map((name, i) => h("th", { scope: "col", class: i === 0 ? null : "number" }, name)))),
    h("tbody", {}, rows)));
}

const row = (name, values) => h("tr", {}, h("th", { scope: "row" }, name),
  values.map((value) => h("td", { class: "number" }, value)));

function channels(all) {
  return scroller("Channels of the touchpoint", h("table", {},
    h("caption", {}, "Now, by channel"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "channel"), h("th", { scope: "col", class: "number" }, "experience"),
      h("th", { scope: "col", class: "optional" }, `95 % range, ◇ ${week()}`), h("th", { scope: "col", class: "number" }, "effort"),
      h("th", { scope: "col" }, "change"), h("th", { scope: "col", class: "number optional" }, "events"))),
    h("tbody", {}, all.map((channel) => h("tr", {},
      h("th", { scope: "row" }, channel.channel),
      h("td", { class: "number" }, ranged(channel.now.experience, channel)),
      h("td", { class: "optional" }, intervalBar(channel.now.experience, channel.baseline.experience, channel)),
      h("td", { class: "number" }, ranged(channel.now.effort, { isEffort: true, withheld: channel.withheld })),
      h("td", {}, change(channel.change)),
      h("td", { class: "number optional" }, channel.withheld ? DASH : whole(channel.count)))))));
}

function outcomes(all) {
  return table("Outcomes since the start", ["channel", ...OUTCOMES], all.map(({ channel, outcomes: seen, withheld }) => {
    const of = OUTCOMES.reduce((sum, name) => sum + seen[name], 0);
    return row(channel, OUTCOMES.map((name) => (withheld ? DASH : [whole(seen[name]), h("div", { class: "soft range" },
      share(seen[name], of))])));
  }));
}

function durations(all) {
  const timed = all.filter((channel) => channel.durations);
  const target = all[0].targetMs;
  if (target === undefined) {
    return h("p", { class: "soft" }, "No target is declared, so durations are compared with nothing.");
  }
  return timed.length === 0 ? h("p", { class: "soft" }, `No duration is known to compare with the target of ${whole(target)} ms.`)
    : table(`Durations against the target of ${whole(target)} ms`, ["channel", "within it", "up to four times", "longer", "Apdex"],
      timed.map(({ channel, durations: counts, apdex }) => row(channel, [...counts.map((count) => [whole(count),
        h("div", { class: "soft range" }, share(count, counts.reduce((a, b) => a + b, 0)))]), apdex])));
}

function answers(name, indices) {
  const given = indices?.touchpoints?.find((scope) => scope.name === name);
  const known = given ? Object.keys(ANSWERS).filter((index) => given[index]) : [];
  return known.length === 0 ? h("p", { class: "soft" }, "No customer has answered here, or too few to show.")
    : table("Answers", ["index", "value", "95 % range", "answers"], known.map((index) => row(ANSWERS[index], [
      one(given[index].value), typeof given[index].low === "number" ? `${one(given[index].low)} to ${one(given[index].high)}` : DASH,
      whole(given[index].n)])));
}

// Takes over what is to be searched for elsewhere: copied where the browser allows it, else selected.
function query(name, text) {
  const code = h("code", {}, text);
  const done = h("span", { class: "soft", role: "status" });
  return h("li", {}, h("span", { class: "soft" }, name), code,
    h("button", { type: "button", "data-key": `copy ${name}`, "aria-label": `Copy: ${name}`, onclick: async () => {
      try {
        await navigator.clipboard.writeText(text);
        done.textContent = "copied";
      } catch {
        getSelection().selectAllChildren(code);
        done.textContent = "selected";
      }
    } }, "Copy"), done);
}

function queries(name, { start, end }, instance) {
  const quoted = (text) => `"${text.replace(/[\\"]/g, "\\$&")}"`;
  const time = (at) => new Date(at).toISOString();
  return h("ul", { class: "plain queries" },
    query("attribute", `touchstone.touchpoint=${quoted(name)}`),
    query("traces, TraceQL", `{ span.touchstone.touchpoint = ${quoted(name)} }`),
    query("logs, LogQL", `{service_name=${quoted(instance)}} | touchstone_touchpoint=${quoted(name)}`),
    query("time range", `${time(start)}/${time(end)}`));
}

// Over all channels, or of each that may be shown if one of them is too small to be counted in.
function explained(scope, all) {
  const hasScore = ({ now, baseline }) => Boolean(now.experience || baseline.experience);
  const isWhole = all.length === 1 || hasScore(scope);
  return (isWhole ? [scope] : all).filter(hasScore).flatMap((part) => {
    const effort = part.now.effort ?? part.baseline.effort;
    const whys = part === scope ? [...new Set([part, ...all].map(({ why }) => why))] : [part.why];
    return [
      h("h3", {}, isWhole ? "Why" : `Why, ${part.channel}`),
      whys.filter((why) => why).map((why) => h("p", {}, `${why}.`)),
      waterfall(part.now.experience, part.baseline.experience, "Where the experience score comes from"),
      effort ? h("p", {}, `Effort ${words(effort)}.`) : null,
      effort ? shares(effort, "What made it hard") : null,
    ].flat();
  });
}

// What is known of one touchpoint: its line, why its score is what it is, and where to look further.
export function touchpoint(scoreboard, name, history, width) {
  const all = scoreboard.touchpoints.filter((each) => each.name === name);
  const back = h("p", {}, h("a", { href: address({ touchpoint: "" }), "data-key": "back" }, "← All touchpoints"));
  if (all.length === 0) {
    return [back, h("p", {}, "No touchpoint has this name, neither declared nor seen.")];
  }
  const [first] = all;
  const scope = all.length > 1 && first.across ? first.across : first;
  const facts = [first.title ? first.name : null, first.stage ? `stage ${first.stage.toLowerCase()}` : null,
    first.journey ? `journey ${first.journey}` : null, first.owner ? `owner ${first.owner}` : null,
    first.importance ? `importance ${first.importance}` : null].filter((fact) => fact);
  const withheld = all.every((channel) => channel.withheld);
  return [
    back,
    facts.length === 0 ? null : h("p", { class: "soft" }, `${facts.join(", ")}.`),
    withheld ? h("p", { class: "notice" }, `Withheld: ${tooFew()}.`) : null,
    ...line(history, width, withheld),
    channels(all),
    all.some((channel) => channel.withheld) ? whyDash() : null,
    ...explained(scope, all),
    withheld ? null : outcomes(all),
    withheld ? null : durations(all),
    answers(name, scoreboard.indices),
    h("h3", {}, "Look further"),
    queries(name, history ?? { start: Date.parse(scoreboard.since), end: Date.parse(scoreboard.asOf) }, scoreboard.instance),
  ];
}

export const headingOf = (scoreboard, name) => titleOf(scoreboard.touchpoints.find((each) => each.name === name) ?? { name });
