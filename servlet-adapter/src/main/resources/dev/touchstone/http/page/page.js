import { DASH, group, h, one, percent, scroller, show, since, tooFew, whole, whyDash } from "./dom.js";
import { change, countedSince, intervalBar, ranged, week } from "./charts.js";
import { journeyMap, journeyTable } from "./map.js";
import { customerForm } from "./customer.js";
import { cases } from "./cases.js";
import { value } from "./value.js";
import { receivedScoreboard } from "./received.js";
import { FILTERS, choose, chosen, onChoice, view } from "./view.js";
import { RANGES, belowSince, past, rangeOf } from "./past.js";
import { doing, help, hurts, obstacles, period, worseOf, worstOf } from "./overview.js";
import { count, fillFilters, found, listenToFilters, touchpoints } from "./touchpoints.js";
import { headingOf, touchpoint } from "./touchpoint.js";

const EVERY_MS = 5000;
const MOST_ROWS = 10;
const ALWAYS_MET = ["overall", "map", "pain", "channels", "indices"];
const ANYTHING = ["inventory", "customer", "health"];

let latest = null;
let latestCases = [];
let latestValue = null;
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

function channels(scoreboard) {
  return [
    h("p", {}, scoreboard.consistency === null
      ? "Consistency: at least two channels with scores are needed."
      : `Consistency ${one(scoreboard.consistency)} of 100: `
        + (scoreboard.consistency >= 95 ? "customers are treated alike in all of them." : "the channels differ.")),
    scroller("Channels", h("table", {},
      h("thead", {}, h("tr", {},
        h("th", { scope: "col" }, "channel"), h("th", { scope: "col", class: "number" }, "experience"),
        h("th", { scope: "col", class: "optional" }, `95 % range, ◇ ${week()}`), h("th", { scope: "col", class: "number" }, "effort"),
        h("th", { scope: "col" }, "change"), h("th", { scope: "col", class: "number optional" }, "events"))),
      h("tbody", {}, scoreboard.channels.map((channel) => h("tr", {},
        h("th", { scope: "row" }, channel.name),
        h("td", { class: "number" }, ranged(channel.now.experience, channel)),
        h("td", { class: "optional" }, intervalBar(channel.now.experience, channel.baseline.experience, channel)),
        h("td", { class: "number" }, ranged(channel.now.effort, { isEffort: true, withheld: channel.withheld })),
        h("td", {}, change(channel.change)),
        h("td", { class: "number optional" }, channel.withheld ? DASH : whole(channel.count))))))),
    scoreboard.channels.some((channel) => channel.withheld) ? whyDash() : null,
  ];
}

const INDICES = {
  nps: "Net promoter score, −100 to 100",
  csat: "Satisfied customers, %",
  ces1: "Effort asked, 1 easy to 5 hard",
  ces2: "Easy for customers, %",
};

const range = (figure) => (typeof figure.low === "number" ? `95 % between ${one(figure.low)} and ${one(figure.high)}` : "");

function indices(scoreboard) {
  const answers = scoreboard.indices ?? {};
  const known = Object.keys(INDICES).filter((name) => answers[name]);
  const compared = (answers.benchmarks ?? []).filter((benchmark) => benchmark.difference);
  const apdex = scoreboard.touchpoints.filter((t) => t.apdex);
  return [
    h("div", { class: "cards" }, known.map((name) => h("div", {},
      h("p", { class: "soft" }, INDICES[name]),
      h("p", {}, h("span", { class: "big" }, one(answers[name].value))),
      h("p", { class: "soft" }, [range(answers[name]), `${whole(answers[name].n)} answers`,
        typeof answers[name].responseRate === "number" ? `${percent(answers[name].responseRate)} of those asked` : "",
      ].filter((text) => text).join(", "))))),
    compared.length === 0 ? null : h("ul", { class: "plain" }, compared.map((benchmark) => h("li", {},
      `${benchmark.metric} is ${one(Math.abs(benchmark.difference.value))} `
      + `${benchmark.difference.value < 0 ? "below" : "above"} ${benchmark.peer} (${range(benchmark.difference)}).`))),
    apdex.length === 0 ? null : scroller("Apdex", h("table", {},
      h("caption", {}, "Apdex against the declared target"),
      h("tbody", {}, apdex.slice(0, MOST_ROWS).map((touchpoint) => h("tr", {},
        h("th", { scope: "row" }, touchpoint.title ?? touchpoint.name),
        h("td", { class: "soft" }, touchpoint.channel),
        h("td", { class: "number" }, touchpoint.apdex)))))),
    known.length + apdex.length === 0
      ? h("p", {}, "No answers of customers, and no touchpoint with a target, so far.") : null,
  ];
}

function predicted({ everybody, answered, reliability, calibrationError }) {
  const card = (name, share, of) => h("div", {},
    h("p", { class: "soft" }, name),
    h("p", {}, h("span", { class: "big" }, percent(share.satisfied)), " satisfied"),
    h("p", { class: "soft" }, `95 % between ${percent(share.low)} and ${percent(share.high)}, ${of}`));
  return [
    h("div", { class: "cards" },
      card("Predicted of everybody, last 30 days", everybody, `${whole(everybody.customers)} customers`),
      card("Of those who answered", answered, `${whole(answered.answers)} answers`)),
    scroller("Reliability of the prediction", h("table", {},
      h("caption", {}, `Predicted and seen dissatisfaction, apart by ${percent(calibrationError)} on average`),
      h("thead", {}, h("tr", {}, ["answers", "predicted", "seen"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, reliability.map((quantile) => h("tr", {},
        [whole(quantile.answers), percent(quantile.predicted), percent(quantile.seen)]
          .map((text) => h("td", { class: "number" }, text))))))),
  ];
}

function inventory(scoreboard) {
  const part = (status, title, advice) => {
    const names = scoreboard.touchpoints.filter((touchpoint) => touchpoint.status === status);
    return h("div", {},
      h("h3", {}, `${title} (${names.length})`),
      names.length === 0 ? h("p", { class: "soft" }, "None.") : [
        h("p", { class: "soft" }, advice),
        h("ul", { class: "plain" }, names.slice(0, MOST_ROWS).map((touchpoint) =>
          h("li", {}, `${touchpoint.title ?? touchpoint.name}${status === "UNDECLARED" && !touchpoint.withheld
            ? `, ${whole(touchpoint.count)} events` : ""}`))),
        names.length > MOST_ROWS ? h("p", { class: "soft" }, `and ${names.length - MOST_ROWS} more`) : null,
      ]);
  };
  return [
    part("NEVER_SEEN", "Declared but never seen", "Nobody came, or the route or name is wrong."),
    part("UNDECLARED", "Seen but not declared", "Declare them in the catalog to give them a stage, an owner and a target."),
  ];
}

function health({ health: counts, paused, customers }) {
  const dropped = Object.entries(counts.dropped);
  const notes = Object.entries(counts.notes).filter(([, count]) => count > 0);
  const lost = dropped.reduce((sum, [, count]) => sum + count, 0);
  const balanced = counts.offered === counts.accepted + lost
    && counts.accepted === counts.anonymous + counts.live + counts.evicted + counts.erased;
  const list = (entries) => entries.length === 0 ? "none" : entries.map(([name, count]) => `${name} ${whole(count)}`).join(", ");
  return [
    paused ? h("p", { class: "notice" }, "Paused: everything is dropped until it is resumed.") : null,
    h("dl", {},
      h("dt", {}, "offered"), h("dd", {}, whole(counts.offered)),
      h("dt", {}, "accepted"), h("dd", {}, whole(counts.accepted)),
      h("dt", {}, "dropped"), h("dd", {}, list(dropped)),
      h("dt", {}, "notes"), h("dd", {}, list(notes)),
      h("dt", {}, "accepted, of whom"), h("dd", {}, `anonymous ${whole(counts.anonymous)}, held ${whole(counts.live)}, `
        + `evicted ${whole(counts.evicted)}, erased ${whole(counts.erased)}`),
      h("dt", {}, "customers held"), h("dd", {}, whole(customers)),
      h("dt", {}, "the counts"), h("dd", {}, balanced ? "balance" : "were being changed while this was read")),
  ];
}

const rangeButtons = () => Object.entries(RANGES).map(([key, { name }]) => h("button", {
  type: "button", "data-key": `range ${key}`, "aria-pressed": RANGES[key] === rangeOf(view.range) ? "true" : "false",
  onclick: () => choose({ range: key }) }, name));

function drawOverall(scoreboard) {
  const { overall: scope, painPoints, worst, customers, health: counts, caring, asOf } = scoreboard;
  const anonymous = counts.accepted === counts.anonymous;
  const notices = section("overall").querySelector(".notices");
  show(notices, [scope.withheld && customers, anonymous], () => obstacles(scoreboard).filter((notice) => notice));
  const width = Math.max(280, content("doing").clientWidth);
  show(content("doing"), [width, week(), scope, history], () => doing(scope, history, width));
  show(content("hurts"), [chosen(), worst, scope.withheld, [...sinceWhen], painPoints], () => hurts(scoreboard, sinceWhen));
  const age = latestCases.map(({ openedAt }) => since(openedAt, asOf));
  show(content("help"), [latestCases, age, caring], () => help(latestCases, scoreboard));
}

function drawTouchpoint(scoreboard) {
  const name = view.touchpoint;
  const width = Math.max(280, content("touchpoint").clientWidth);
  section("touchpoint-title").textContent = headingOf(scoreboard, name);
  show(content("touchpoint"), [chosen(), width, history, scoreboard.touchpoints.filter((each) => each.name === name), scoreboard.indices],
    () => touchpoint(scoreboard, name, history, width));
}

function drawTables(scoreboard) {
  fillFilters(filters, scoreboard);
  section("pain").querySelector(".found").textContent = count(scoreboard.painPoints);
  show(content("pain"), [chosen(), scoreboard.touchpoints, scoreboard.painPoints], () => touchpoints(scoreboard, period()));
  show(content("map"), [scoreboard.touchpoints, scoreboard.journeys], () => [
    ...journeyMap(scoreboard.touchpoints, openFromMap), ...journeyTable(scoreboard.journeys)]);
  show(content("channels"), [scoreboard.channels, scoreboard.consistency], () => channels(scoreboard));
  show(content("indices"), [scoreboard.indices, scoreboard.touchpoints], () => indices(scoreboard));
  if (scoreboard.predicted) {
    show(content("predicted"), [scoreboard.predicted], () => predicted(scoreboard.predicted));
  }
}

function draw() {
  const scoreboard = latest;
  const { asOf } = scoreboard;
  countedSince(scoreboard.since, asOf);
  const met = scoreboard.touchpoints.some(({ status }) => status !== "NEVER_SEEN");
  const isOne = view.touchpoint !== "";
  section("instance").textContent = scoreboard.instance;
  section("as-of").textContent = `as of ${new Date(asOf).toLocaleString("en")}, model ${scoreboard.model}, `
    + `counting for ${since(scoreboard.since, asOf)}`;
  document.title = isOne ? `${headingOf(scoreboard, view.touchpoint)} – Touchstone` : "Touchstone";
  group.floor = scoreboard.minimumGroupSize;
  section("small-groups").textContent = group.floor > 0
    ? `Groups of ${tooFew()} are withheld.` : "No group is withheld, however small.";
  const isKnown = met || scoreboard.touchpoints.length > 0 || scoreboard.health.offered > 0;
  reveal("empty", !met && !isOne);
  reveal("touchpoint", isOne);
  ALWAYS_MET.forEach((id) => reveal(id, met && !isOne));
  ANYTHING.forEach((id) => reveal(id, isKnown && !isOne));
  reveal("predicted", met && !isOne && scoreboard.predicted !== null);
  reveal("cases", latestCases.length > 0 && !isOne);
  reveal("value", latestValue !== null && !isOne);
  document.querySelectorAll(".ranges").forEach((place) => show(place, [view.range], rangeButtons));
  if (isOne) {
    drawTouchpoint(scoreboard);
  } else if (met) {
    drawOverall(scoreboard);
    drawTables(scoreboard);
  }
  show(content("cases"), [latestCases, latestCases.map(({ openedAt }) => since(openedAt, asOf))], () => cases(latestCases, asOf));
  if (latestValue !== null) {
    show(content("value"), [latestValue], () => value(latestValue));
  }
  show(content("inventory"), [scoreboard.touchpoints], () => inventory(scoreboard));
  show(content("health"), [scoreboard.health, scoreboard.paused, scoreboard.customers], () => health(scoreboard));
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
    throw new Error(`status ${response.status}`);
  }
  return response.json();
}

// The past of what is shown; what comes too late for what is shown by then is left.
async function lookBack() {
  const { range, touchpoint: name } = view;
  const answer = await past(range, latest.asOf, name === "" ? {} : { scope: "touchpoint", name });
  const times = await Promise.all(name !== "" ? [] : worstOf(latest).map(worseOf).filter((worse) => worse?.baseline.experience)
    .map(async (worse) => [worse.name, await belowSince(worse.baseline.experience, worse.name)]));
  if (range === view.range && name === view.touchpoint) {
    history = answer;
    sinceWhen = new Map(times);
    draw();
  }
}

async function trying(what) {
  try {
    await what();
    section("trouble").textContent = "";
  } catch (failure) {
    section("trouble").textContent = `No news: the server does not answer as it should (${failure.message}).`;
  }
}

async function look() {
  await trying(async () => {
    latest = receivedScoreboard(await asked("scoreboard.json"));
    // without care there are no cases, and no value
    latestCases = (await asked("cases.json")).cases;
    latestValue = await asked("value.json");
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
listenToFilters(filters);
customerForm(section("customer"), () => latest.asOf);
look();
