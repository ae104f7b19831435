import { age, h, one, signed, whole } from "./dom.js";
import { named, rich, text } from "./texts.js";
import { intervalBar, number } from "./charts.js";
import { MOST as MOST_CASES, isOpen } from "./cases.js";
import { because, linkTo, titleOf, titlesOf } from "./touchpoints.js";
import { explained } from "./terms.js";
import { comparison, moment, trend } from "./trend.js";
import { windowed, windows } from "./windows.js";

const LEAST_POINTS = 2;
const MOST = 3;

const total = (cost) => Object.values(cost).reduce((a, b) => a + b, 0);

// Both scores of now beside the week, and the line of a range.
export function doing(scope, history, width) {
  const figure = (what, isEffort) => h("div", {},
    h("p", { class: "soft" }, explained(what, text(`doing.${what}`))),
    h("p", {}, h("span", { class: scope.withheld ? null : "big" }, number(scope.now[what], { isEffort, withheld: scope.withheld })),
      scope.now[what] ? [" ", explained("range", h("span", { class: "of" }, text("lowToHigh",
        { low: one(scope.now[what].low), high: one(scope.now[what].high) })))] : null),
    intervalBar(scope.now[what], scope.baseline[what], { isEffort, withheld: scope.withheld, what: text(what) }),
    scope.withheld ? null : h("p", { class: "soft" }, change(scope.now[what], scope.baseline[what])));
  return [
    h("div", { class: "figures" }, figure("experience", false), figure("effort", true)),
    ...line(history, width, scope.withheld),
  ];
}

export function line(history, width, isWithheld) {
  return history === null || isWithheld ? [] : [comparison(history), trend(history, text("trend.experience"), { width })];
}

function change(now, before) {
  if (!now || !before) {
    return text("doing.nothing");
  }
  const isClear = now.low > before.high || now.high < before.low;
  return windowed(isClear ? "doing.clear" : "doing.unclear",
    { difference: signed(now.score - before.score), before: one(before.score) });
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
    return h("p", { class: "headline" }, text("hurts.nothing"));
  }
  const [{ touchpoint, channels: of }] = painPoints;
  const [driver] = Object.entries(cost).sort(([, a], [, b]) => b - a)[0];
  return h("p", { class: "headline" }, rich("hurts.most", {
    touchpoint: h("strong", {}, titleOf(touchpoint)),
    where: text(of.length > 1 ? "hurts.where.above" : "hurts.where", { channel: of[0].touchpoint.channel }),
    points: one(total(cost)),
    when: windows()[isNow ? "inNow" : "inLong"],
    reason: named("reason", driver),
  }));
}

// The touchpoints that cost most; those without a cost are none.
export const worstOf = ({ painPoints }) => painPoints.filter(({ now, baseline }) => now > 0 || baseline > 0).slice(0, MOST);

// Where it became worse: the touchpoint, or only one of its channels; null if none did.
export const worseOf = ({ touchpoint, channels }) =>
  [touchpoint, ...channels.map((channel) => channel.touchpoint)].find(({ change: word }) => word === "WORSE") ?? null;

function sinceWhenAndWhy(point, time) {
  const worse = worseOf(point);
  if (worse === null) {
    return point.touchpoint.change === "BETTER" ? [windowed("hurts.better"), ...because(point.touchpoint)] : windowed("hurts.same");
  }
  return [time ? text("hurts.worseSince", { time: moment(time) }) : windowed("hurts.worse"), ...because(worse)];
}

// What costs most, since when and why.
export function hurts(scoreboard, sinceWhen) {
  if (scoreboard.overall.withheld) {
    return [h("p", { class: "soft" }, text("withheld.sentence"))];
  }
  const isNow = scoreboard.painPoints.some((point) => point.now > 0);
  return [
    headline(scoreboard),
    h("ol", { class: "worst" }, worstOf(scoreboard).map((point) => {
      const { touchpoint } = point;
      return h("li", {},
        rich("hurts.costs", { touchpoint: linkTo(touchpoint, titleOf(touchpoint), `worst ${touchpoint.name}`),
          points: one(isNow ? point.now : point.baseline) }),
        h("p", { class: "soft" }, sinceWhenAndWhy(point, sinceWhen.get(touchpoint.name))));
    })),
  ];
}

// Cases for the same reason at the same place are one, with the most urgent first.
function alike(open) {
  const groups = new Map();
  open.forEach((file) => {
    const key = JSON.stringify([file.touchpoint, file.owner, file.reason]);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  });
  return [...groups.values()];
}

function waiting(group, titles, asOf) {
  const [{ touchpoint, owner, reason }] = group;
  const oldest = group.reduce((a, b) => (Date.parse(b.openedAt) < Date.parse(a.openedAt) ? b : a));
  const late = group.filter(({ overdue }) => overdue.length > 0).length;
  return h("li", {},
    rich("help.cases", { touchpoint: h("strong", {}, titles(touchpoint)), count: group.length, age: age(oldest.openedAt, asOf),
      owner: owner ?? text("help.noOwner"), reason: h("span", { class: "soft", lang: "en" }, reason) }),
    late === 0 ? null : h("strong", {}, text("help.late", { count: late })));
}

// How many wait where, and for how long.
export function help(all, scoreboard) {
  const { caring, asOf } = scoreboard;
  const open = all.filter(isOpen);
  if (!caring) {
    return [h("p", { class: "soft" }, rich("help.off",
      { property: h("code", {}, "touchstone.care.enabled=true") }))];
  }
  if (open.length === 0) {
    return [h("p", {}, text("help.none"))];
  }
  return [
    h("p", {}, h("span", { class: "of" }, rich(all.length < MOST_CASES ? "help.open" : "help.atLeast",
      { count: open.length, figure: h("span", { class: "figure" }, whole(open.length)) })), " ", h("button", { type: "button", class: "row", "data-key": "all cases", onclick: () => {
        const table = document.getElementById("cases");
        table.scrollIntoView();
        table.querySelector(".scroll").focus({ preventScroll: true });
      } }, text("help.all"))),
    h("ul", { class: "plain" }, alike(open).slice(0, MOST).map((group) => waiting(group, titlesOf(scoreboard), asOf))),
  ];
}
