import { DASH, age, group, h, narrow, one, percent, scroller, show, tooFew, whole, whyDash } from "./dom.js";
import { locales, named, rich, text, translate } from "./texts.js";
import { scoreHolds, scopeTable } from "./charts.js";
import { holds } from "./export.js";
import { explained, explainOnHover, legend } from "./terms.js";
import { journeyMap, journeyTable } from "./map.js";
import { customerForm } from "./customer.js";
import { cases } from "./cases.js";
import { variants } from "./variants.js";
import { empty, isAnonymous } from "./empty.js";
import { value } from "./value.js";
import { measureWindows, windows } from "./windows.js";
import { receivedScoreboard } from "./received.js";
import { FILTERS, choose, chosen, onChoice, view } from "./view.js";
import { RANGES, belowSince, past, rangeKey } from "./past.js";
import { doing, help, hurts, worseOf, worstOf } from "./overview.js";
import { count, fillFilters, found, listenToFilters, titlesOf, touchpoints } from "./touchpoints.js";
import { headingOf, touchpoint } from "./touchpoint.js";

const EVERY_MS = 5000;
const MOST_ROWS = 10;
const TIME = new Intl.DateTimeFormat(locales, { dateStyle: "medium", timeStyle: "medium" });
const ALWAYS_MET = ["overall", "map", "pain", "channels", "indices"];
const ANYTHING = ["inventory", "customer", "health"];

// what is known of one touchpoint beside the scoreboard
const NOTHING_MORE = { missed: [], links: {}, comparisons: [] };

let latest = null;
let latestCases = [];
let latestValue = null;
let latestComparisons = [];
let about = NOTHING_MORE;
let history = null;
let sinceWhen = new Map();
let shownTouchpoint = "";

const section = (id) => document.getElementById(id);
const content = (id) => section(id).querySelector(".content");
const filters = section("pain").querySelector("form");

function reveal(id, isShown) {
  section(id).hidden = !isShown;
}

function openFromMap({ name }) {
  choose({ q: "", ...Object.fromEntries(FILTERS.map((filter) => [filter, ""])), all: "1",
    open: view.open.includes(name) ? view.open : [...view.open, name] });
  const button = [...content("pain").querySelectorAll("button.row")].find((b) => b.getAttribute("data-key") === name);
  if (button) {
    button.focus();
    button.scrollIntoView({ block: "start" });
  }
}

// Leaves the touchpoint for a customer who missed it.
function openCustomer(pseudonym) {
  choose({ touchpoint: "" }, { isStep: true });
  showCustomer(pseudonym);
}

function channels(scoreboard) {
  return [
    h("p", {}, rich(scoreboard.consistency === null ? "channels.one" : scoreboard.consistency >= 95 ? "channels.alike" : "channels.differ", {
      term: explained("consistency", text("term.consistency.name")),
      consistency: scoreboard.consistency === null ? null : one(scoreboard.consistency) })),
    scopeTable(text("channels"), null, scoreboard.channels, ({ name }) => name),
    scoreboard.channels.some((channel) => channel.withheld) ? whyDash() : null,
  ];
}

const INDICES = ["nps", "csat", "ces1", "ces2"];

const between = (figure) => (typeof figure.low === "number" ? text("between", { low: one(figure.low), high: one(figure.high) }) : "");

// Where customers answered, if there is more than one channel to tell apart.
function answersByChannel(channels, indices) {
  return channels.length < 2 ? null : scroller(text("indices.byChannel"), h("table", {},
    h("caption", {}, text("indices.byChannel")),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, text("column.channel")),
      indices.map((name) => h("th", { scope: "col", class: "number", ...scoreHolds(named("index", name)) }, named("index", name))))),
    h("tbody", {}, channels.map((channel) => h("tr", {}, h("th", { scope: "row" }, channel.name),
      indices.map((name) => h("td", { class: "number", ...holds(...figures(channel[name])) }, channel[name]
        ? [one(channel[name].value), h("div", { class: "soft range" }, text("indices.answers", { count: channel[name].n }))] : DASH)))))));
}

const figures = (figure) => (figure ? [figure.value, figure.low, figure.high] : ["", "", ""]);

function indices(scoreboard) {
  const answers = scoreboard.indices ?? {};
  const known = INDICES.filter((name) => answers[name]);
  const compared = (answers.benchmarks ?? []).filter((benchmark) => benchmark.difference);
  const apdex = scoreboard.touchpoints.filter((t) => t.apdex);
  return [
    h("div", { class: "cards" }, known.map((name) => h("div", {},
      h("p", { class: "soft" }, named("indices", name)),
      h("p", {}, h("span", { class: "big" }, one(answers[name].value))),
      h("p", { class: "soft" }, [between(answers[name]), text("indices.answers", { count: answers[name].n }),
        typeof answers[name].responseRate === "number" ? text("indices.asked", { share: percent(answers[name].responseRate) }) : "",
      ].filter((part) => part).join(", "))))),
    answersByChannel(answers.channels ?? [], known),
    compared.length === 0 ? null : h("ul", { class: "plain" }, compared.map((benchmark) => h("li", {},
      text(benchmark.difference.value < 0 ? "indices.below" : "indices.above", { metric: benchmark.metric,
        points: one(Math.abs(benchmark.difference.value)), peer: benchmark.peer, between: between(benchmark.difference) })))),
    apdex.length === 0 ? null : scroller(text("indices.apdex"), h("table", {},
      h("caption", {}, explained("apdex", text("indices.apdex.caption"))),
      h("tbody", {}, apdex.slice(0, MOST_ROWS).map((touchpoint) => h("tr", {},
        h("th", { scope: "row" }, touchpoint.title ?? touchpoint.name),
        h("td", { class: "soft" }, touchpoint.channel),
        h("td", { class: "number" }, touchpoint.apdex)))))),
    known.length + apdex.length === 0
      ? h("p", {}, text("indices.none")) : null,
  ];
}

function predicted({ everybody, answered, reliability, calibrationError }) {
  const card = (kind, share, count) => h("div", {},
    h("p", { class: "soft" }, text(`predicted.${kind}`)),
    h("p", {}, rich("predicted.satisfied", { share: h("span", { class: "big" }, percent(share.satisfied)) })),
    h("p", { class: "soft" }, text(`predicted.${kind}.of`, { low: percent(share.low), high: percent(share.high), count })));
  return [
    h("div", { class: "cards" },
      card("all", everybody, everybody.customers),
      card("answered", answered, answered.answers)),
    narrow(text("predicted.reliability"), h("table", {},
      h("caption", {}, text("predicted.apart", { error: percent(calibrationError) })),
      h("thead", {}, h("tr", {}, [text("predicted.answers"), text("predicted.predicted"), text("predicted.seen")].map((name) =>
        h("th", { scope: "col", class: "number" }, name)))),
      h("tbody", {}, reliability.map((quantile) => h("tr", {},
        [whole(quantile.answers), percent(quantile.predicted), percent(quantile.seen)]
          .map((figure) => h("td", { class: "number" }, figure))))))),
  ];
}

// One entry for each touchpoint, with the events of all its channels; none if one of these is withheld.
function byName(cells) {
  const found = new Map();
  cells.forEach((cell) => {
    const { count, withheld } = found.get(cell.name) ?? { count: 0, withheld: false };
    found.set(cell.name, { ...cell, count: count + cell.count, withheld: withheld || cell.withheld });
  });
  return [...found.values()];
}

function inventory(scoreboard) {
  const part = (status, kind) => {
    const names = byName(scoreboard.touchpoints.filter((touchpoint) => touchpoint.status === status));
    return h("div", {},
      h("h3", {}, text("inventory.heading", { title: named("inventory", kind), number: names.length })),
      names.length === 0 ? h("p", { class: "soft" }, text("none.sentence")) : [
        h("p", { class: "soft" }, named("inventory", `${kind}.advice`)),
        h("ul", { class: "plain" }, names.slice(0, MOST_ROWS).map((touchpoint) =>
          h("li", {}, status === "UNDECLARED" && !touchpoint.withheld
            ? text("inventory.events", { touchpoint: touchpoint.name, count: touchpoint.count }) : touchpoint.title ?? touchpoint.name))),
        names.length > MOST_ROWS ? h("p", { class: "soft" }, text("more", { count: names.length - MOST_ROWS })) : null,
      ]);
  };
  return [
    part("NEVER_SEEN", "neverSeen"),
    part("UNDECLARED", "undeclared"),
  ];
}

function health({ health: counts, paused, customers, coverage }) {
  const dropped = Object.entries(counts.dropped);
  const away = Object.entries(counts.lost ?? {}); // what was counted here and is lost for the cluster
  const notes = Object.entries(counts.notes).filter(([, count]) => count > 0);
  const lost = dropped.reduce((sum, [, count]) => sum + count, 0);
  const balanced = counts.offered === counts.accepted + lost
    && counts.accepted === counts.anonymous + counts.live + counts.evicted + counts.erased;
  const list = (entries) => entries.length === 0 ? text("none") : entries.map(([name, count]) => `${name} ${whole(count)}`).join(", ");
  return [
    paused ? h("p", { class: "notice" }, text("health.paused")) : null,
    coverage ? h("p", {}, text("health.instance")) : null,
    h("dl", {},
      h("dt", {}, text("health.offered")), h("dd", {}, whole(counts.offered)),
      h("dt", {}, text("health.accepted")), h("dd", {}, whole(counts.accepted)),
      h("dt", {}, text("health.dropped")), h("dd", {}, list(dropped)),
      away.length === 0 ? null : [h("dt", {}, text("health.lost")), h("dd", {}, list(away))],
      h("dt", {}, text("health.notes")), h("dd", {}, list(notes)),
      h("dt", {}, text("health.accepted.of")), h("dd", {}, text("health.accepted.parts",
        { anonymous: counts.anonymous, held: counts.live, evicted: counts.evicted, erased: counts.erased })),
      h("dt", {}, text("health.customers")), h("dd", {}, whole(customers)),
      h("dt", {}, text("health.counts")), h("dd", {}, text(balanced ? "health.counts.balance" : "health.counts.changing"))),
  ];
}

function drawCoverage({ coverage, asOf }) {
  const place = section("coverage");
  const isPart = coverage !== null && coverage.answered < coverage.partitions;
  place.className = isPart || coverage?.answered === 0 ? "notice" : "";
  place.textContent = coverage === null ? "" : text(
    coverage.answered === 0 ? "coverage.none" : isPart ? "coverage.part" : "coverage.whole",
    { ...coverage, age: age(new Date(Date.parse(asOf) - coverage.ageMs).toISOString(), asOf) });
}

const rangeButtons = () => Object.keys(RANGES).map((key) => h("button", {
  type: "button", "data-key": `range ${key}`, "aria-pressed": key === rangeKey(view.range) ? "true" : "false",
  onclick: () => choose({ range: key }) }, text(`range.${key}`)));

// What changes of the cases while they stay the same.
const ages = (asOf) => latestCases.map(({ openedAt }) => age(openedAt, asOf));

function drawOverall(scoreboard) {
  const { overall: scope, painPoints, worst, caring, asOf } = scoreboard;
  const width = Math.max(280, content("doing").clientWidth);
  show(content("doing"), [width, windows(), scope, history], () => doing(scope, history, width));
  show(content("hurts"), [chosen(), worst, scope.withheld, [...sinceWhen], painPoints], () => hurts(scoreboard, sinceWhen));
  show(content("help"), [latestCases, ages(asOf), caring], () => help(latestCases, scoreboard));
}

function drawTouchpoint(scoreboard) {
  const name = view.touchpoint;
  const width = Math.max(280, content("touchpoint").clientWidth);
  section("touchpoint-title").textContent = headingOf(scoreboard, name);
  const times = about.missed.map(({ time }) => age(time, scoreboard.asOf));
  show(content("touchpoint"), [chosen(), width, history, about, times, scoreboard.touchpoints.filter((each) => each.name === name),
    scoreboard.indices], () => touchpoint(scoreboard, name, history, width, about, openCustomer));
}

function drawTables(scoreboard) {
  fillFilters(filters, scoreboard);
  section("pain").querySelector(".found").textContent = count(scoreboard.painPoints);
  show(content("pain"), [chosen(), scoreboard.touchpoints, scoreboard.painPoints], () => touchpoints(scoreboard));
  show(content("map"), [chosen(), scoreboard.touchpoints, scoreboard.journeys], () => [
    ...journeyMap(scoreboard.touchpoints, openFromMap), ...journeyTable(scoreboard.journeys, scoreboard.touchpoints, titlesOf(scoreboard))]);
  if (latestComparisons.length > 0) {
    show(content("variants"), [view.compare, latestComparisons], () => variants(latestComparisons));
  }
  show(content("channels"), [scoreboard.channels, scoreboard.consistency], () => channels(scoreboard));
  show(content("indices"), [scoreboard.indices, scoreboard.touchpoints], () => indices(scoreboard));
  if (scoreboard.predicted) {
    show(content("predicted"), [scoreboard.predicted], () => predicted(scoreboard.predicted));
  }
}

function draw() {
  const scoreboard = latest;
  const { asOf } = scoreboard;
  measureWindows(scoreboard);
  const met = scoreboard.touchpoints.some(({ status }) => status !== "NEVER_SEEN");
  const isOne = view.touchpoint !== "";
  section("instance").textContent = scoreboard.instance;
  section("as-of").textContent = text("asOf",
    { time: TIME.format(Date.parse(asOf)), model: scoreboard.model, age: age(scoreboard.since, asOf) });
  drawCoverage(scoreboard);
  document.title = isOne ? text("title.of", { touchpoint: headingOf(scoreboard, view.touchpoint) }) : text("title");
  group.floor = scoreboard.minimumGroupSize;
  section("footer").textContent = text("footer",
    { groups: group.floor > 0 ? text("footer.withheld", { few: tooFew() }) : text("footer.none") });
  const isKnown = met || scoreboard.touchpoints.length > 0 || scoreboard.health.offered > 0;
  const isFirst = !met || scoreboard.overall.withheld
    || (!scoreboard.together && isAnonymous(scoreboard.health));
  reveal("empty", isFirst && !isOne);
  if (isFirst) {
    section("empty-title").textContent = text(met ? "empty.missing" : "empty");
    show(content("empty"), [scoreboard.touchpoints, scoreboard.health, scoreboard.customers], () => empty(scoreboard));
  }
  reveal("touchpoint", isOne);
  reveal("legend", true);
  show(content("legend"), [windows()], legend);
  ALWAYS_MET.forEach((id) => reveal(id, met && !isOne));
  ANYTHING.forEach((id) => reveal(id, isKnown && !isOne));
  reveal("predicted", met && !isOne && scoreboard.predicted !== null);
  reveal("cases", latestCases.length > 0 && !isOne);
  reveal("variants", met && !isOne && latestComparisons.length > 0);
  reveal("value", latestValue !== null && !isOne);
  document.querySelectorAll(".ranges").forEach((place) => show(place, [view.range, scoreboard.together],
    () => (scoreboard.together ? [] : rangeButtons())));
  if (isOne) {
    drawTouchpoint(scoreboard);
  } else if (met) {
    drawOverall(scoreboard);
    drawTables(scoreboard);
  }
  show(content("cases"), [latestCases, ages(asOf)], () => cases(latestCases, titlesOf(scoreboard), asOf));
  if (latestValue !== null) {
    show(content("value"), [latestValue], () => value(latestValue));
  }
  show(content("inventory"), [scoreboard.touchpoints], () => inventory(scoreboard));
  show(content("health"), [scoreboard.health, scoreboard.paused, scoreboard.customers, scoreboard.coverage !== null], () => health(scoreboard));
  arrive();
}

// Another view begins at its top.
function arrive() {
  if (shownTouchpoint !== view.touchpoint) {
    shownTouchpoint = view.touchpoint;
    scrollTo(0, 0);
    section(shownTouchpoint === "" ? "main" : "touchpoint-title").focus({ preventScroll: true });
  }
}

async function asked(name) {
  const response = await fetch(name, { headers: { Accept: "application/json" } });
  if (!response.ok) {
    throw new Error(text("trouble.status", { status: String(response.status) }));
  }
  return response.json();
}

// The past of what is shown; what comes too late for what is shown by then is left.
async function lookBack() {
  if (latest.together) {
    history = null;
    about = NOTHING_MORE;
    sinceWhen = new Map();
    draw();
    return;
  }
  const { range, touchpoint: name } = view;
  const answer = await past(range, latest.asOf, name === "" ? {} : { scope: "touchpoint", name });
  const times = await Promise.all(name !== "" ? [] : worstOf(latest).map(worseOf).filter((worse) => worse?.baseline.experience)
    .map(async (worse) => [worse.name, await belowSince(worse.baseline.experience, worse.name)]));
  const more = name === "" ? NOTHING_MORE : await asked(`touchpoint.json?${new URLSearchParams({ name })}`);
  if (range === view.range && name === view.touchpoint) {
    history = answer;
    about = more;
    sinceWhen = new Map(times);
    draw();
  }
}

async function trying(what) {
  try {
    await what();
    section("trouble").textContent = "";
  } catch (failure) {
    section("trouble").textContent = text("trouble", { problem: failure.message });
  }
}

async function look() {
  await trying(async () => {
    // without care there are no cases, and no value
    const [scoreboard, { cases: all }, spent, { comparisons }] = await Promise.all(
      ["scoreboard.json", "cases.json", "value.json", "comparisons.json"].map(asked));
    latest = receivedScoreboard(scoreboard);
    latestCases = all;
    latestValue = spent;
    latestComparisons = comparisons;
    draw();
    await lookBack();
  });
  setTimeout(lookIfSeen, EVERY_MS);
}

function lookIfSeen() {
  if (document.hidden) {
    document.addEventListener("visibilitychange", look, { once: true });
  } else {
    look();
  }
}

onChoice(() => {
  if (latest === null) {
    return;
  }
  if (shownTouchpoint !== view.touchpoint) {
    history = null;
    about = NOTHING_MORE;
  }
  draw();
  trying(lookBack);
});
addEventListener("resize", () => latest && draw());
// its address would be taken for what is chosen
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  section("main").focus();
});
translate(document);
explainOnHover(document.getElementById("tip"));
listenToFilters(filters);
const showCustomer = customerForm(section("customer"), () => latest.asOf);
look();
