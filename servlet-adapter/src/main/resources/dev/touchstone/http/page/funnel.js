import { DASH, h, percent, restButton, s, scroller, whole } from "./dom.js";
import { locales, rich, text } from "./texts.js";
import { scoreCell, scoreHolds } from "./charts.js";
import { holds } from "./export.js";
import { address } from "./view.js";

const MOST_OF_A_STEP = 4;
const FURTHER = 11;
const MOST_ROWS = 12;
const WIDTH = 160;

// The journeys of which every step is shown.
const inFull = new Set();

const UNITS = [[86_400_000, "day"], [3_600_000, "hour"], [60_000, "minute"], [1000, "second"], [1, "millisecond"]];

// A duration in the largest unit that fits, such as 12 sec.
function lasting(ms) {
  const [size, unit] = UNITS.find(([least]) => ms >= least) ?? UNITS[UNITS.length - 1];
  return new Intl.NumberFormat(locales, { style: "unit", unit, maximumFractionDigits: ms / size < 10 ? 1 : 0 }).format(ms / size);
}

const COUNTS = ["wentOn", "left", "completed", "unknown", "open", "repeated"];

const reachedBy = (step) => step.wentOn + step.left + step.completed + step.unknown + step.open;

// Those that are decided: open and lost journeys are in no share.
const decidedOf = (step) => step.wentOn + step.left + step.completed;

// The most frequent touchpoints of each step, and all others of it in one.
function shortened(funnel) {
  return [...new Set(funnel.map(({ number }) => number))].flatMap((number) => {
    const all = funnel.filter((step) => step.number === number);
    const others = all.slice(MOST_OF_A_STEP);
    if (others.length < 2) {
      return all;
    }
    const together = Object.fromEntries(COUNTS.map((name) => [name, others.reduce((sum, step) => sum + step[name], 0)]));
    return [...all.slice(0, MOST_OF_A_STEP), { number, ...together, others: others.length }];
  });
}

// How many went on, left, and are open or lost, against the step that most reached.
function bar(step, most) {
  const parts = [["rest", step.wentOn + step.completed], ["loss", step.left], ["track", step.open + step.unknown]];
  let from = 0;
  return s("svg", { viewBox: `0 0 ${WIDTH} 14`, width: WIDTH, height: 14, "aria-hidden": "true" }, parts.map(([style, count]) => {
    const width = (count / most) * WIDTH;
    from += width;
    return count === 0 ? null : s("rect", { class: style, x: from - width, y: 1, width: Math.max(1, width), height: 12 });
  }));
}

function row(step, most, titles, scores, isHidden) {
  const title = step.others ? text("funnel.others", { count: step.others })
    : scores.has(step.touchpoint) ? h("a", { href: address({ touchpoint: step.touchpoint }) }, titles(step.touchpoint))
      : step.touchpoint;
  const score = scores.get(step.touchpoint);
  return h("tr", { hidden: isHidden },
    h("th", { scope: "row", ...holds(step.number, step.others ? title : step.touchpoint) },
      rich(step.number === FURTHER ? "funnel.step.further" : "funnel.step", { step: step.number, touchpoint: title }),
      step.repeated === 0 ? null : h("div", { class: "soft range" }, text("funnel.again", { count: step.repeated }))),
    scoreCell(score ? score.now.experience ?? score.baseline.experience : null, { withheld: score?.withheld }),
    h("td", { class: "number", ...holds(reachedBy(step)) }, whole(reachedBy(step))),
    h("td", { class: "number", ...holds(step.wentOn, step.completed) }, whole(step.wentOn), step.completed === 0 ? null
      : h("div", { class: "soft range" }, text("funnel.completed", { count: step.completed }))),
    h("td", { class: "number", ...holds(step.left) }, whole(step.left), decidedOf(step) === 0 ? null
      : h("div", { class: "soft range" }, percent(step.left / decidedOf(step)))),
    h("td", { class: "number optional", ...holds(step.medianMs ?? "") }, step.medianMs === undefined ? DASH : `≈ ${lasting(step.medianMs)}`),
    h("td", { class: "optional", ...holds(step.open, step.repeated) }, bar(step, most)));
}

function mostLeft(funnel, titles) {
  const [worst] = funnel.filter(({ left }) => left > 0).sort((a, b) => b.left - a.left);
  return worst ? rich("funnel.left", { touchpoint: h("strong", {}, titles(worst.touchpoint)), step: worst.number, left: worst.left,
    of: decidedOf(worst), share: percent(worst.left / decidedOf(worst)) }) : text("funnel.noneLeft");
}

// How far the journeys of one name came, step by step, and where they were left.
export function funnel({ name, funnel: all, open }, touchpoints, titles) {
  if (all.length === 0) {
    return null;
  }
  const scores = new Map(touchpoints.map((touchpoint) => [touchpoint.name, touchpoint.across ?? touchpoint]));
  const steps = shortened(all);
  const most = Math.max(1, ...steps.map(reachedBy));
  const caption = text("funnel", { journey: name });
  const isCut = steps.length > MOST_ROWS && !inFull.has(name);
  return h("div", { class: "funnel" },
    h("p", {}, mostLeft(all, titles)),
    scroller(caption, h("table", {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {},
        h("th", { scope: "col", ...holds(text("funnel.column.step"), text("column.touchpoint")) }, text("funnel.column.step")),
        h("th", { scope: "col", class: "number", ...scoreHolds(text("column.score")) }, text("column.score")),
        h("th", { scope: "col", class: "number" }, text("funnel.column.reached")),
        h("th", { scope: "col", class: "number", ...holds(text("funnel.column.wentOn"), text("funnel.column.completed")) },
          text("funnel.column.wentOn")),
        h("th", { scope: "col", class: "number" }, text("funnel.column.left")),
        h("th", { scope: "col", class: "number optional", ...holds(text("funnel.column.nextMs")) }, text("funnel.column.next")),
        h("th", { scope: "col", class: "optional", ...holds(text("funnel.column.open"), text("funnel.column.again")) },
          text("funnel.column.bar")))),
      h("tbody", {}, steps.map((step, i) => row(step, most, titles, scores, isCut && i >= MOST_ROWS))))),
    isCut ? restButton(`steps ${name}`, text("touchpoints.all", { count: steps.length }), () => inFull.add(name)) : null,
    open === 0 ? null : h("p", { class: "soft" }, text("funnel.open", { count: open })));
}
