import { group, h, one, signed, since, whole } from "./dom.js";
import { intervalBar, lastWeek, number } from "./charts.js";
import { MOST as MOST_CASES, isOpen, shortly } from "./cases.js";
import { linkTo, titleOf } from "./touchpoints.js";
import { comparison, moment, trend } from "./trend.js";

const LEAST_POINTS = 2;
const MOST = 3;

const REASONS = {
  outcome: "customers did not get what they came for",
  promise: "it took longer than promised",
  pace: "it took longer than at its best",
  effort: "it took effort",
  feedback: "customers said so",
};

const total = (cost) => Object.values(cost).reduce((a, b) => a + b, 0);

export const period = () => (lastWeek() === "last week" ? "of last week" : "since start");

// What keeps scores from being there, and what to do about it.
export function obstacles({ overall: scope, customers, health: counts }) {
  const anonymous = counts.accepted > 0 && counts.anonymous === counts.accepted;
  return [
    scope.withheld ? h("p", { class: "notice" }, "Scores are withheld from groups of fewer than "
      + `${whole(group.floor)} customers, and ${whole(customers)} ${customers === 1 ? "is" : "are"} known so far. To see `
      + "everything while you develop, set ", h("code", {}, "touchstone.minimum-group-size=0"), ".") : null,
    anonymous ? h("p", { class: "notice" }, "Every event so far is anonymous: there are no customer scores and no journeys. "
      + "Define a ", h("code", {}, "CustomerResolver"), ", or let customers log in.") : null,
  ];
}

// Both scores of now beside the week, and the line of a range.
export function doing(scope, history, width) {
  const figure = (what, isEffort, best) => h("div", {},
    h("p", { class: "soft" }, `${what.charAt(0).toUpperCase()}${what.slice(1)}, ${best}`),
    h("p", {}, h("span", { class: scope.withheld ? null : "big" }, number(scope.now[what], { isEffort, withheld: scope.withheld })),
      scope.now[what] ? h("span", { class: "of" }, ` ${one(scope.now[what].low)} to ${one(scope.now[what].high)}`) : null),
    intervalBar(scope.now[what], scope.baseline[what], { isEffort, withheld: scope.withheld, what }),
    scope.withheld ? null : h("p", { class: "soft" }, change(scope.now[what], scope.baseline[what])));
  return [
    h("div", { class: "figures" }, figure("experience", false, "100 is best"), figure("effort", true, "0 is best")),
    ...line(history, width, scope.withheld),
  ];
}

export function line(history, width, isWithheld) {
  return history === null || isWithheld ? [] : [comparison(history), trend(history, "Experience", { width })];
}

function change(now, before) {
  if (!now || !before) {
    return "There is nothing to compare yet.";
  }
  const clear = now.low > before.high || now.high < before.low;
  return `${signed(now.score - before.score)} `
    + `${lastWeek() === "last week" ? "against last week" : "against the score since start"} (◇ ${one(before.score)}): `
    + (clear ? "a clear change." : "no clear change.");
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
    h("strong", {}, titleOf(touchpoint)),
    ` hurts most, ${of.length > 1 ? "above all " : ""}in the channel ${of[0].touchpoint.channel}: it takes `
    + `${one(total(cost))} points from the overall score ${isNow ? "of the last hour" : period()}, most of it because `
    + `${REASONS[driver] ?? driver}.`);
}

// The touchpoints that cost most; those without a cost are none.
export const worstOf = ({ painPoints }) => painPoints.filter(({ now, baseline }) => now > 0 || baseline > 0).slice(0, MOST);

// Where it became worse: the touchpoint, or only one of its channels; null if none did.
export const worseOf = ({ touchpoint, channels }) =>
  [touchpoint, ...channels.map((channel) => channel.touchpoint)].find(({ change: word }) => word === "WORSE") ?? null;

function sinceWhenAndWhy(point, time) {
  const worse = worseOf(point);
  const before = lastWeek() === "last week" ? "last week" : "before";
  if (worse === null) {
    return `Not clearly worse than ${before}.`;
  }
  return `${time ? `Worse since ${moment(time)}` : `Worse than ${before}`}.${worse.why ? ` ${worse.why}.` : ""}`;
}

// What costs most, since when and why.
export function hurts(scoreboard, sinceWhen) {
  if (scoreboard.overall.withheld) {
    return [h("p", { class: "soft" }, "Withheld.")];
  }
  const isNow = scoreboard.painPoints.some((point) => point.now > 0);
  return [
    headline(scoreboard),
    h("ol", { class: "worst" }, worstOf(scoreboard).map((point) => {
      const { touchpoint } = point;
      return h("li", {},
        linkTo(touchpoint, titleOf(touchpoint), `worst ${touchpoint.name}`),
        ` costs ${one(isNow ? point.now : point.baseline)}`,
        h("p", { class: "soft" }, sinceWhenAndWhy(point, sinceWhen.get(touchpoint.name))));
    })),
  ];
}

// How many wait, and those who began last.
export function help(all, { caring, asOf }) {
  const open = all.filter(isOpen);
  if (!caring) {
    return [h("p", { class: "soft" }, "Recovery cases are off. To open one for each customer who needs help, set ",
      h("code", {}, "touchstone.care.enabled=true"), ".")];
  }
  if (open.length === 0) {
    return [h("p", {}, "No customer: no case is open.")];
  }
  const latest = [...open].sort((a, b) => Date.parse(b.openedAt) - Date.parse(a.openedAt)).slice(0, MOST);
  return [
    h("p", {}, all.length < MOST_CASES ? null : "at least ", h("span", { class: "figure" }, whole(open.length)), h("span", { class: "of" }, open.length === 1 ? " open case" : " open cases"),
      " ", h("button", { type: "button", class: "row", "data-key": "all cases", onclick: () => {
        const table = document.getElementById("cases");
        table.scrollIntoView();
        table.querySelector(".scroll").focus({ preventScroll: true });
      } }, "See all")),
    h("ul", { class: "plain latest" }, latest.map((file) => h("li", {},
      h("strong", {}, file.touchpoint), `, ${since(file.openedAt, asOf)}, ${file.owner ?? "no owner"}: `,
      h("span", { class: "soft" }, shortly(file))))),
  ];
}
