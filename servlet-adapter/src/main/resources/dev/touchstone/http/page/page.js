import { DASH, group, h, one, percent, scroller, show, since, tooFew, whole } from "./dom.js";
import {
  change, countedSince, intervalBar, lastWeek, number, ranged, shares, sparkline, waterfall, week, words,
} from "./charts.js";
import { journeyMap, journeyTable } from "./map.js";
import { customerForm } from "./customer.js";
import { cases } from "./cases.js";
import { value } from "./value.js";
import { receivedScoreboard } from "./received.js";

const EVERY_MS = 5000;
const MOST_POINTS = 720;
const MOST_ROWS = 10;
const LEAST_POINTS = 2;

const REASONS = {
  outcome: "customers did not get what they came for",
  promise: "it took longer than promised",
  pace: "it took longer than at its best",
  effort: "it took effort",
  feedback: "customers said so",
};

const sightings = { experience: [], effort: [] };
const opened = new Set();
let all = false;
let latest = null;

const section = (id) => document.getElementById(id);
const content = (id) => section(id).querySelector(".content");
const total = (cost) => Object.values(cost).reduce((a, b) => a + b, 0);

function reveal(id, isShown) {
  section(id).hidden = !isShown;
}

function remember(scoreboard) {
  const time = Date.parse(scoreboard.asOf);
  for (const what of ["experience", "effort"]) {
    const score = scoreboard.overall.now[what];
    const points = sightings[what];
    if (score && (points.length === 0 || points[points.length - 1].time < time)) {
      points.push({ time, score: score.score, low: score.low, high: score.high });
      points.splice(0, points.length - MOST_POINTS);
    }
  }
}

// What keeps scores from being there, and what to do about it.
function obstacles({ overall: scope, customers, health: counts }) {
  const anonymous = counts.accepted > 0 && counts.anonymous === counts.accepted;
  return [
    scope.withheld ? h("p", { class: "notice" }, "Scores are withheld from groups of fewer than "
      + `${whole(group.floor)} customers, and ${whole(customers)} ${customers === 1 ? "is" : "are"} known so far. To see `
      + "everything while you develop, set ", h("code", {}, "touchstone.minimum-group-size=0"), ".") : null,
    anonymous ? h("p", { class: "notice" }, "Every event so far is anonymous: there are no customer scores and no journeys. "
      + "Define a ", h("code", {}, "CustomerResolver"), ", or let customers log in.") : null,
  ];
}

function overall(scoreboard) {
  const { overall: scope, painPoints, worst } = scoreboard;
  const one_ = (what, isEffort, best) => h("div", {},
    h("p", { class: "soft" }, `${what.charAt(0).toUpperCase()}${what.slice(1)}, ${best}`),
    h("p", {}, h("span", { class: "big" }, number(scope.now[what], { isEffort, withheld: scope.withheld })),
      scope.now[what] ? h("span", { class: "of" },
        ` of 100, 95 % between ${one(scope.now[what].low)} and ${one(scope.now[what].high)}`) : null),
    intervalBar(scope.now[what], scope.baseline[what], { isEffort, withheld: scope.withheld, what }),
    h("p", { class: "soft" }, trend(scope.now[what], scope.baseline[what])),
    sparkline(sightings[what], what));
  return [
    ...obstacles(scoreboard),
    scope.withheld ? null : headline({ painPoints, worst }),
    h("div", { class: "pair" }, one_("experience", false, "100 is best"), one_("effort", true, "0 is best")),
  ];
}

// Whether a touchpoint costs more than is uncertain of it: half of its interval, in points of the overall score.
function standsOut({ touchpoint, channels: of }, cost, isNow) {
  const seen = touchpoint.withheld ? of[0].touchpoint : touchpoint; // one of several channels may be too small to show
  const score = isNow ? seen.now.experience : seen.baseline.experience;
  return cost > LEAST_POINTS && Boolean(score) && (score.high - score.low) / 2 < 100 - score.score;
}

// Which touchpoint hurts most and why, in one sentence; the worst comes first.
function headline({ painPoints, worst }) {
  const isNow = painPoints.some((point) => point.now > 0);
  const cost = worst ? (isNow ? worst.now : worst.baseline) : {};
  if (!painPoints.length || !standsOut(painPoints[0], total(cost), isNow)) {
    return h("p", { class: "headline" }, "Nothing stands out.");
  }
  const [{ touchpoint, channels: of }] = painPoints;
  const [driver] = Object.entries(cost).sort(([, a], [, b]) => b - a)[0];
  return h("p", { class: "headline" },
    h("strong", {}, touchpoint.title ?? touchpoint.name),
    ` hurts most, ${of.length > 1 ? "above all " : ""}in the channel ${of[0].touchpoint.channel}: it takes `
    + `${one(total(cost))} points from the overall score ${isNow ? "of the last hour" : period()}, most of it because `
    + `${REASONS[driver] ?? driver}.`);
}

const period = () => (lastWeek() === "last week" ? "of last week" : "since start");

function trend(now, before) {
  if (!now || !before) {
    return "There is nothing to compare yet.";
  }
  const clear = now.low > before.high || now.high < before.low;
  const difference = now.score - before.score;
  return `${difference >= 0 ? "+" : "−"}${one(Math.abs(difference))} `
    + `${lastWeek() === "last week" ? "against last week" : "against the score since start"} (◇ ${one(before.score)}): `
    + (clear ? "a clear change." : "no clear change.");
}

function explanation(touchpoint) {
  const now = touchpoint.now.experience;
  const before = touchpoint.baseline.experience;
  const effort = touchpoint.now.effort ?? touchpoint.baseline.effort;
  return h("div", { class: "detail" },
    now || before
      ? waterfall(now, before, "Where the experience score comes from")
      : h("p", {}, touchpoint.withheld ? `Withheld: ${tooFew()}.` : "There is no score."),
    touchpoint.why ? h("p", {}, `${touchpoint.why}.`) : null,
    effort ? h("p", {}, `Effort ${words(effort)}.`) : null,
    effort ? shares(effort, "What made it hard") : null,
    h("p", { class: "soft" }, [
      touchpoint.apdex ? `Apdex ${touchpoint.apdex}. ` : "",
      touchpoint.withheld ? "" : `${whole(touchpoint.verdicts.exceeded)} better than expected, `
        + `${whole(touchpoint.verdicts.met)} as expected, ${whole(touchpoint.verdicts.missed)} worse.`,
    ].join("")));
}

function pain({ touchpoints, painPoints: ranked }) {
  const isNow = ranked.some((point) => point.now > 0);
  const withheld = touchpoints.filter((touchpoint) => touchpoint.withheld);
  const rows = (all ? ranked : ranked.slice(0, MOST_ROWS)).flatMap(row);
  return [
    ranked.length === 0 ? null : h("p", { class: "soft" }, isNow
      ? "Points that each touchpoint takes from the overall experience score of the last hour."
      : `Nothing happened in the last hour; ranked by what was lost ${period()}.`),
    ranked.length === 0 ? null : scroller("Touchpoints by what they cost", h("table", {},
      h("thead", {}, h("tr", {},
        h("th", { scope: "col" }, "touchpoint"),
        h("th", { scope: "col", class: "number" }, "costs, hour"),
        h("th", { scope: "col", class: "number optional" }, `costs, ${week()}`),
        h("th", { scope: "col", class: "number" }, "score"),
        h("th", { scope: "col", class: "optional" }, `95 % range, ◇ ${week()}`),
        h("th", { scope: "col" }, "change"),
        h("th", { scope: "col", class: "number optional" }, "events"))),
      h("tbody", {}, rows))),
    ranked.length > MOST_ROWS ? h("button", { type: "button", "data-key": "all", onclick: () => {
      all = !all;
      draw();
    } }, all ? "Show fewer" : `Show all ${ranked.length}`) : null,
    withheld.length > 0
      ? h("p", { class: "soft" }, `${withheld.length}${ranked.length > 0 ? " more" : ""} withheld, ${tooFew()} each: `
        + `${withheld.map((touchpoint) => touchpoint.title ?? touchpoint.name).join(", ")}.`)
      : null,
  ];
}

// A touchpoint, and when it is opened its channels and why.
function row({ touchpoint, now, baseline, channels: of }) {
  const key = touchpoint.name;
  const isOpen = opened.has(key);
  const id = `why-${encodeURIComponent(key)}`;
  const line = costRow(touchpoint, now, baseline,
    h("th", { scope: "row" }, h("button", { type: "button", class: "row", "data-key": key, "aria-expanded": isOpen ? "true" : "false",
      "aria-controls": isOpen ? id : null, onclick: () => toggle(key) },
    `${isOpen ? "▾" : "▸"} ${touchpoint.title ?? touchpoint.name}`),
    h("div", { class: "soft" }, [of.length > 1 ? `${of.length} channels` : touchpoint.channel, touchpoint.owner]
      .filter((word) => word).join(", "))));
  if (!isOpen) {
    return [line];
  }
  const inside = of.length === 1 ? [] : of.map((channel) => costRow(channel.touchpoint, channel.now, channel.baseline,
    h("th", { scope: "row", class: "channel" }, channel.touchpoint.channel)));
  return [line, ...inside, h("tr", { id }, h("td", { colspan: 7 }, of.flatMap((channel) => [
    of.length === 1 ? null : h("h3", {}, channel.touchpoint.channel), explanation(channel.touchpoint)])))];
}

function costRow(touchpoint, now, baseline, name) {
  const score = touchpoint.now.experience;
  return h("tr", {}, name,
    h("td", { class: "number" }, one(now)),
    h("td", { class: "number optional" }, one(baseline)),
    h("td", { class: "number" }, ranged(score, touchpoint)),
    h("td", { class: "optional" }, intervalBar(score, touchpoint.baseline.experience, touchpoint)),
    h("td", {}, change(touchpoint.change)),
    h("td", { class: "number optional" }, touchpoint.withheld ? DASH : whole(touchpoint.count)));
}

function toggle(key) {
  if (!opened.delete(key)) {
    opened.add(key);
  }
  draw();
}

function openFromMap(touchpoint) {
  const key = touchpoint.name;
  opened.add(key);
  all = true;
  draw();
  const button = [...content("pain").querySelectorAll("button.row")].find((b) => b.getAttribute("data-key") === key);
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
        h("th", { scope: "col" }, "change"), h("th", { scope: "col", class: "number" }, "events"))),
      h("tbody", {}, scoreboard.channels.map((channel) => h("tr", {},
        h("th", { scope: "row" }, channel.name),
        h("td", { class: "number" }, ranged(channel.now.experience, channel)),
        h("td", { class: "optional" }, intervalBar(channel.now.experience, channel.baseline.experience, channel)),
        h("td", { class: "number" }, ranged(channel.now.effort, { isEffort: true, withheld: channel.withheld })),
        h("td", {}, change(channel.change)),
        h("td", { class: "number" }, channel.withheld ? DASH : whole(channel.count))))))),
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

function draw() {
  const scoreboard = latest;
  countedSince(scoreboard.since, scoreboard.asOf);
  const met = scoreboard.touchpoints.some((touchpoint) => touchpoint.status !== "NEVER_SEEN");
  section("instance").textContent = scoreboard.instance;
  section("as-of").textContent = `as of ${new Date(scoreboard.asOf).toLocaleString("en")}, model ${scoreboard.model}, `
    + `counting for ${since(scoreboard.since, scoreboard.asOf)}`;
  group.floor = scoreboard.minimumGroupSize;
  section("small-groups").textContent = group.floor > 0
    ? `Groups of ${tooFew()} are withheld.` : "No group is withheld, however small.";
  reveal("empty", !met);
  ["overall", "map", "pain", "channels", "indices"].forEach((id) => reveal(id, met));
  ["inventory", "customer", "health"].forEach((id) => reveal(id, met || scoreboard.touchpoints.length > 0
    || scoreboard.health.offered > 0));
  if (met) {
    const { overall: scope, painPoints, worst, customers, health: counts } = scoreboard;
    const anonymous = counts.accepted === counts.anonymous;
    show(content("overall"), [scope, sightings, painPoints, worst, scope.withheld && customers, anonymous],
      () => overall(scoreboard));
    show(content("map"), [scoreboard.touchpoints, scoreboard.journeys], () => [
      ...journeyMap(scoreboard.touchpoints, openFromMap), ...journeyTable(scoreboard.journeys)]);
    show(content("pain"), [scoreboard.touchpoints, scoreboard.painPoints, [...opened], all],
      () => pain(scoreboard));
    show(content("channels"), [scoreboard.channels, scoreboard.consistency], () => channels(scoreboard));
    show(content("indices"), [scoreboard.indices, scoreboard.touchpoints], () => indices(scoreboard));
    reveal("predicted", scoreboard.predicted !== null);
    if (scoreboard.predicted) {
      show(content("predicted"), scoreboard.predicted, () => predicted(scoreboard.predicted));
    }
  }
  show(content("inventory"), scoreboard.touchpoints, () => inventory(scoreboard));
  show(content("health"), [scoreboard.health, scoreboard.paused, scoreboard.customers], () => health(scoreboard));
}

async function look() {
  try {
    const response = await fetch("scoreboard.json", { headers: { Accept: "application/json" } });
    if (!response.ok) {
      throw new Error(`status ${response.status}`);
    }
    latest = receivedScoreboard(await response.json());
    await lookForCases();
    await lookForValue();
    section("trouble").textContent = "";
    remember(latest);
    draw();
  } catch (failure) {
    section("trouble").textContent = `No news: the server does not answer as it should (${failure.message}).`;
  }
  setTimeout(lookIfSeen, EVERY_MS);
}

// There are none, and no section, unless the instance cares.
async function lookForCases() {
  const response = await fetch("cases.json", { headers: { Accept: "application/json" } });
  const known = response.ok ? (await response.json()).cases : [];
  reveal("cases", known.length > 0);
  if (known.length > 0) {
    show(content("cases"), [known, since(known[0].openedAt, latest.asOf)], () => cases(known, latest.asOf));
  }
}

// There is none, and no section, unless the instance keeps it.
async function lookForValue() {
  const response = await fetch("value.json", { headers: { Accept: "application/json" } });
  const known = response.ok ? await response.json() : null;
  reveal("value", known !== null);
  if (known !== null) {
    show(content("value"), known, () => value(known));
  }
}

function lookIfSeen() {
  if (document.hidden) {
    document.addEventListener("visibilitychange", look, { once: true });
  } else {
    look();
  }
}

customerForm(section("customer"), () => latest.asOf);
look();
