import { DASH, group, h, one, scroller, showAll, tooFew, whole } from "./dom.js";
import { language, named, rich, text } from "./texts.js";
import { change, rangeCell, scoreCell, shares, waterfall, words } from "./charts.js";
import { explained, explains } from "./terms.js";
import { FILTERS, address, choose, view } from "./view.js";
import { windowed } from "./windows.js";

const MOST_ROWS = 10;
const ROWS_AT_ONCE = 100;
const MOST_WITHHELD = 10;

// Why something changed, in the server's words, as a sentence of its own.
export const because = ({ why }) => (why ? [" ", h("span", { lang: "en" }, `${why}.`)] : []);

export const titleOf = ({ title, name }) => title ?? name;

// The title of a touchpoint by its name.
export function titlesOf({ touchpoints: all }) {
  const titles = new Map(all.map((touchpoint) => [touchpoint.name, titleOf(touchpoint)]));
  return (name) => titles.get(name) ?? name;
}

const scoreOf = ({ now, baseline }, what) => now[what] ?? baseline[what];

const sortedBy = (value) => (a, b) => value(a) - value(b);

// What a column is sorted by, the worst first.
const COLUMNS = [
  { key: "name", name: () => text("column.touchpoint"), order: (a, b) => titleOf(a.touchpoint).localeCompare(titleOf(b.touchpoint), language) },
  { key: "now", term: "cost", name: () => windowed("column.cost"), style: "number", order: (a, b) => b.now - a.now || b.baseline - a.baseline },
  { key: "baseline", term: "cost", name: () => windowed("column.cost.long"), style: "number optional", order: sortedBy(({ baseline }) => -baseline) },
  { key: "score", term: "experience", name: () => text("column.score"), style: "number",
    score: "experience", order: sortedBy(({ touchpoint }) => scoreOf(touchpoint, "experience").score) },
  { key: null, term: "range", name: () => windowed("column.range.long"), style: "optional" },
  { key: "effort", term: "effort", name: () => text("effort"), style: "number",
    score: "effort", order: sortedBy(({ touchpoint }) => -scoreOf(touchpoint, "effort").score) },
  { key: "change", term: "change", name: () => text("column.change"), order: sortedBy(({ touchpoint }) => ({ WORSE: 0, BETTER: 2 })[touchpoint.change] ?? 1) },
  { key: "events", term: "events", name: () => text("column.events"), style: "number optional", order: sortedBy(({ touchpoint }) => -touchpoint.count) },
];

const USUAL = "now";

function sorted(groups) {
  const isReversed = view.sort.startsWith("-");
  const columnOf = (wanted) => COLUMNS.find(({ key }) => key === wanted);
  const column = columnOf(view.sort.replace("-", "") || USUAL) ?? columnOf(USUAL);
  // what has no score is neither the worst nor the best
  const hasScore = ({ touchpoint }) => !column.score || Boolean(scoreOf(touchpoint, column.score));
  const ordered = groups.filter(hasScore).sort(column.order);
  return [...(isReversed ? ordered.reverse() : ordered), ...groups.filter((of) => !hasScore(of))];
}

function heading({ key, name, style, term }) {
  if (!key) {
    return h("th", { scope: "col", class: style }, explained(term, name()));
  }
  const chosen = view.sort === "" ? USUAL : view.sort;
  const isWorst = chosen === key;
  const isBest = chosen === `-${key}`;
  const isDown = isWorst !== ["name", "score", "change"].includes(key);
  return h("th", { scope: "col", class: style, "aria-sort": isWorst || isBest ? (isDown ? "descending" : "ascending") : null },
    h("button", { type: "button", class: "sort", "data-key": `sort ${key}`, ...(term ? explains(term) : {}),
      onclick: () => choose({ sort: isWorst ? `-${key}` : key === USUAL ? "" : key }) },
    name(), h("span", { "aria-hidden": "true" }, isWorst || isBest ? (isDown ? " ↓" : " ↑") : "")));
}

// A touchpoint in one channel, out of a group of several.
function inChannel({ channels: of }, name) {
  const kept = of.filter(({ touchpoint }) => touchpoint.channel === name);
  return kept.length === 0 ? [] : [{ ...kept[0], channels: kept }];
}

// The touchpoints that are searched for.
export function found(groups) {
  const words_ = view.q.toLocaleLowerCase().split(/\s+/).filter((word) => word);
  const isWanted = ({ touchpoint }) => ["stage", "owner", "journey"].every((key) => view[key] === "" || touchpoint[key] === view[key])
    && (view.importance === "" || (touchpoint.importance ?? 1) >= Number(view.importance))
    && words_.every((word) => [touchpoint.name, touchpoint.title, touchpoint.owner, touchpoint.journey]
      .some((value) => value?.toLocaleLowerCase().includes(word)));
  const inside = view.channel === "" ? groups : groups.flatMap((of) => inChannel(of, view.channel));
  return inside.filter(isWanted);
}

const isNarrowed = () => view.q !== "" || FILTERS.some((name) => view[name] !== "");

// Fills in what can be chosen, and what is.
export function fillFilters(form, { touchpoints }) {
  for (const name of FILTERS) {
    const select = form.elements[name];
    const known = [...new Set(touchpoints.map((touchpoint) => touchpoint[name]).filter((value) => value))];
    const values = name === "importance"
      ? known.filter((value) => value > 1).sort((a, b) => a - b).map(String) : known.sort((a, b) => a.localeCompare(b));
    if (view[name] !== "" && !values.includes(view[name])) {
      values.push(view[name]); // from a link; it finds nothing now
    }
    const shown = (value) => (name === "importance" ? text("filter.orMore", { importance: value })
      : name === "stage" ? named("stage", value) : value);
    if (select.dataset.values !== JSON.stringify(values)) {
      select.dataset.values = JSON.stringify(values);
      select.replaceChildren(h("option", { value: "" }, text("filter.all")), ...values.map((value) => h("option", { value }, shown(value))));
    }
    select.value = view[name];
    select.parentElement.hidden = values.length === 0 || (values.length === 1 && view[name] === "" && name === "channel");
  }
  if (form.elements.q.value !== view.q) {
    form.elements.q.value = view.q;
  }
  form.querySelector("button").hidden = !isNarrowed();
}

export function listenToFilters(form) {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => choose({ [target.name]: target.value }));
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    choose({ q: "", ...Object.fromEntries(FILTERS.map((name) => [name, ""])) });
    form.elements.q.focus();
  });
}

export function count(groups) {
  const shown = found(groups).length;
  return isNarrowed() ? text("touchpoints.found", { found: shown, count: groups.length }) : "";
}

// The explanation of a touchpoint in a channel.
export function explanation(touchpoint) {
  const now = touchpoint.now.experience;
  const before = touchpoint.baseline.experience;
  const effort = touchpoint.now.effort ?? touchpoint.baseline.effort;
  return h("div", { class: "detail" },
    now || before
      ? waterfall(now, before)
      : h("p", {}, touchpoint.withheld ? text("withheld.reason", { few: tooFew() }) : text("noScore.sentence")),
    touchpoint.why ? h("p", {}, ...because(touchpoint)) : null,
    effort ? h("p", {}, text("touchpoints.effort", { words: words(effort) })) : null,
    effort ? shares(effort) : null,
    h("p", { class: "soft" }, [
      touchpoint.apdex ? text("touchpoints.apdex", { apdex: touchpoint.apdex }) : null,
      touchpoint.withheld ? null : text("touchpoints.verdicts", touchpoint.verdicts),
    ].filter((sentence) => sentence).join(" ")));
}

function cells(touchpoint, now, baseline, name) {
  const score = touchpoint.now.experience;
  const effort = scoreOf(touchpoint, "effort");
  return h("tr", {}, name,
    h("td", { class: "number" }, one(now)),
    h("td", { class: "number optional" }, one(baseline)),
    scoreCell(score, touchpoint),
    rangeCell(score, touchpoint.baseline.experience, touchpoint),
    scoreCell(effort, { isEffort: true, withheld: touchpoint.withheld }),
    h("td", {}, touchpoint.withheld ? DASH : change(touchpoint.change)),
    h("td", { class: "number optional" }, touchpoint.withheld ? DASH : whole(touchpoint.count)));
}

function toggle(key) {
  choose({ open: view.open.includes(key) ? view.open.filter((name) => name !== key) : [...view.open, key] });
}

export const linkTo = (touchpoint, label, key) => h("a", { href: address({ touchpoint: touchpoint.name }), "data-key": key }, label);

// A touchpoint, and when it is opened its channels and why.
function row({ touchpoint, now, baseline, channels: of }) {
  const key = touchpoint.name;
  const isOpen = view.open.includes(key);
  const id = `why-${encodeURIComponent(key)}`;
  const line = cells(touchpoint, now, baseline,
    h("th", { scope: "row" }, h("button", { type: "button", class: "row", "data-key": key, "aria-expanded": isOpen ? "true" : "false",
      "aria-controls": isOpen ? id : null, onclick: () => toggle(key) },
    `${isOpen ? "▾" : "▸"} ${titleOf(touchpoint)}`),
    h("div", { class: "soft" }, [of.length > 1 ? text("touchpoints.channels", { count: of.length }) : touchpoint.channel, touchpoint.owner]
      .filter((word) => word).join(", "))));
  if (!isOpen) {
    return [line];
  }
  const inside = of.length === 1 ? [] : of.map((channel) => cells(channel.touchpoint, channel.now, channel.baseline,
    h("th", { scope: "row", class: "channel" }, channel.touchpoint.channel)));
  return [line, ...inside, h("tr", { id }, h("td", { colspan: COLUMNS.length },
    h("p", {}, linkTo(touchpoint, text("touchpoints.allAbout", { touchpoint: titleOf(touchpoint) }), `view ${key}`)),
    of.flatMap((channel) => [
      of.length === 1 ? null : h("h3", {}, channel.touchpoint.channel), explanation(channel.touchpoint)])))];
}

function namesOf(withheld) {
  const all = [...new Set(withheld.map(titleOf))];
  const names = all.slice(0, MOST_WITHHELD).join(", ");
  return all.length > MOST_WITHHELD ? text("touchpoints.andOthers", { names }) : names;
}

const CHANGES = { WORSE: "worse", BETTER: "better" };
const scoreColumns = (name) => [name, text("csv.low", { what: name }), text("csv.high", { what: name })];
const scoreValues = (score) => (score ? [score.score, score.low, score.high] : [null, null, null]);

// All that are wanted, for a spreadsheet: a row for each touchpoint, and one for each of its channels if it has several.
function rowsOf(wanted) {
  const line = ({ touchpoint, now, baseline }, channel) => [titleOf(touchpoint), channel, touchpoint.owner ?? null, now, baseline,
    ...scoreValues(touchpoint.now.experience), ...scoreValues(scoreOf(touchpoint, "effort")),
    text(`change.${CHANGES[touchpoint.change] ?? "none"}`), touchpoint.withheld ? null : touchpoint.count];
  return [
    [text("column.touchpoint"), text("column.channel"), text("cases.owner"), windowed("column.cost"), windowed("column.cost.long"),
      ...scoreColumns(text("column.score")), ...scoreColumns(text("effort")), text("column.change"), text("column.events")],
    ...wanted.flatMap((of) => (of.channels.length === 1 ? [line(of, of.touchpoint.channel)]
      : [line(of, text("filter.all")), ...of.channels.map((channel) => line(channel, channel.touchpoint.channel))])),
  ];
}

let drawn = ROWS_AT_ONCE;
let approach = new IntersectionObserver(() => {});

// Draws more rows when a reader comes near the end of those that are drawn.
function rest(wanted, body) {
  const more = h("button", { type: "button", class: "all", "data-key": "more", onclick: draw });
  function say() {
    more.textContent = text("touchpoints.more", { count: wanted.length - drawn });
  }
  function draw() {
    body.append(...wanted.slice(drawn, drawn + ROWS_AT_ONCE).flatMap(row));
    drawn += ROWS_AT_ONCE;
    if (drawn < wanted.length) {
      say();
    } else {
      approach.disconnect();
      more.remove();
    }
  }
  say();
  approach.disconnect();
  approach = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && draw(), { rootMargin: "400px" });
  approach.observe(more);
  return more;
}

// Every touchpoint under one row, its channels inside.
export function touchpoints({ touchpoints: all, painPoints: ranked }) {
  const isNow = ranked.some((point) => point.now > 0);
  const withheld = all.filter((touchpoint) => touchpoint.withheld);
  const wanted = sorted(found(ranked));
  const isAll = view.all !== "";
  if (!isAll) {
    drawn = ROWS_AT_ONCE;
  }
  const body = h("tbody", {}, wanted.slice(0, isAll ? drawn : MOST_ROWS).flatMap(row));
  return [
    ranked.length === 0 ? null : h("p", { class: "soft" },
      windowed(isNow ? "touchpoints.now" : "touchpoints.quiet")),
    wanted.length === 0 ? null : scroller(text("touchpoints"), h("table", {},
      h("thead", {}, h("tr", {}, COLUMNS.map(heading))),
      body), () => rowsOf(wanted)),
    isAll && wanted.length > drawn ? rest(wanted, body) : null,
    wanted.length > MOST_ROWS ? h("button", { type: "button", class: "all", "data-key": "all",
      onclick: () => choose({ all: isAll ? "" : "1" }) }, isAll ? text("touchpoints.fewer") : text("touchpoints.all", { count: wanted.length })) : null,
    withheld.length > 0 ? h("p", { class: "soft" },
      text(ranked.length > 0 ? "touchpoints.withheldMore" : "touchpoints.withheld",
        { count: withheld.length, few: tooFew(), names: namesOf(withheld) }), " ",
      ...(group.floor > 0 ? rich("touchpoints.develop", { floor: group.floor, property: showAll() }) : [])) : null,
  ];
}
