import { DASH, h, narrow, one, percentOne, s, scroller, tooFew, whole } from "./dom.js";
import { holds } from "./export.js";
import { explained } from "./terms.js";
import { named, text } from "./texts.js";
import { windowed, windows } from "./windows.js";

const GOOD = 80;
const FAIR = 60;

// An experience of 80 and an effort of 20 are good.
export function grade(score, isEffort = false) {
  if (!score) {
    return "none";
  }
  const value = isEffort ? 100 - score.score : score.score;
  return value >= GOOD ? "good" : value >= FAIR ? "fair" : "poor";
}

export const isStale = (score) => score.evidence < 1 - 1e-9;

export function words(score, withheld = false) {
  if (!score) {
    return withheld ? text("withheld.few", { few: tooFew() }) : text("noScore");
  }
  return text(isStale(score) ? "words.stale" : "words", { score: one(score.score), low: one(score.low), high: one(score.high) });
}

// The score as a stroke in its interval; a diamond is the week before.
export function intervalBar(score, before, { isEffort = false, withheld = false, what = text("score") } = {}) {
  const width = 200;
  const height = 18;
  const x = (value) => 4 + (value / 100) * (width - 8);
  const said = { what, words: words(score, withheld) };
  const label = before ? windowed("bar.before", { ...said, before: one(before.score) }) : text("bar", said);
  const bar = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    s("rect", { class: "track", x: 4, y: 7, width: width - 8, height: 4 }));
  if (score) {
    bar.append(
      s("rect", { class: `band ${grade(score, isEffort)}`, x: x(score.low), y: 4,
        width: Math.max(2, x(score.high) - x(score.low)), height: 10, rx: 2 }),
      s("line", { class: "tick", x1: x(score.score), x2: x(score.score), y1: 1, y2: 17 }));
  }
  if (before) {
    const at = x(before.score);
    bar.append(s("path", { class: "before", d: `M${at} 4l5 5-5 5-5-5z` }));
  }
  return bar;
}

export function number(score, { isEffort = false, withheld = false } = {}) {
  return h("span", { class: grade(score, isEffort) }, score ? one(score.score) : withheld ? text("withheld") : DASH);
}

// With its range in words, for where there is no room to draw it.
export function ranged(score, options) {
  return [number(score, options),
    score ? h("div", { class: "soft range" }, text(isStale(score) ? "lowToHigh.stale" : "lowToHigh",
      { low: whole(score.low), high: whole(score.high) })) : null];
}

// The cells of a score: its value and its range fill three columns of a file, the drawing of it none.
const exact = (score) => (score ? [score.score, score.low, score.high] : ["", "", ""]);

export const scoreCell = (score, options) => h("td", { class: "number", ...holds(...exact(score)) }, ranged(score, options));

export const rangeCell = (...bar) => h("td", { class: "optional", ...holds() }, intervalBar(...bar));

export const scoreHolds = (name) => holds(name, text("csv.low", { what: name }), text("csv.high", { what: name }));

// What scopes have in common: a row each, by name.
export function scopeTable(label, caption, scopes, nameOf) {
  const head = (term, name, style) => h("th", { scope: "col", class: style }, explained(term, name));
  return scroller(label, h("table", {},
    caption ? h("caption", {}, caption) : null,
    h("thead", {}, h("tr", {},
      h("th", { scope: "col" }, text("column.channel")),
      h("th", { scope: "col", class: "number", ...scoreHolds(text("experience")) }, explained("experience", text("experience"))),
      h("th", { scope: "col", class: "optional", ...holds() }, explained("range", windowed("column.range.long"))),
      h("th", { scope: "col", class: "number", ...scoreHolds(text("effort")) }, explained("effort", text("effort"))),
      head("change", text("column.change")), head("events", text("column.events"), "number optional"))),
    h("tbody", {}, scopes.map((scope) => h("tr", {},
      h("th", { scope: "row" }, nameOf(scope)),
      scoreCell(scope.now.experience, scope),
      rangeCell(scope.now.experience, scope.baseline.experience, scope),
      scoreCell(scope.now.effort, { isEffort: true, withheld: scope.withheld }),
      h("td", {}, scope.withheld ? DASH : change(scope.change)),
      h("td", { class: "number optional" }, scope.withheld ? DASH : whole(scope.count)))))));
}

const CHANGES = {
  BETTER: ["▲ ", "better", "good"],
  WORSE: ["▼ ", "worse", "poor"],
};

// On a phone there is room for the sign only.
export function change(word) {
  const [sign, key, style] = CHANGES[word] ?? [null, "none", "none"];
  return h("span", { class: `change ${style}` }, sign, h("span", { class: "word" }, text(`change.${key}`)));
}

const PARTS = ["outcome", "promise", "pace", "effort", "feedback", "prior"];

// From 100 down to the score: what is missing, part by part. Everything sums to 100.
export function waterfall(now, before, [nowName, beforeName] = [windows().now, windows().long]) {
  const title = text("waterfall");
  const part = (score, key) => (score ? score.explanation[key] ?? 0 : null); // what is 0 is not sent
  const row = (name, nowPoints, beforePoints, from, style) => h("tr", {},
    h("th", { scope: "row" }, name),
    h("td", { class: "number" }, nowPoints === null ? DASH : one(nowPoints)),
    h("td", { class: "number" }, beforePoints === null ? DASH : one(beforePoints)),
    h("td", { class: "optional", ...holds() }, nowPoints === null ? null : step(from, nowPoints, style)));
  let left = 100;
  const rows = PARTS.map((key) => {
    const points = part(now, key);
    const from = left - (points ?? 0);
    left = from;
    return row(text(`loss.${key}`), points, part(before, key), from,
      key === "prior" ? "prior" : "loss");
  });
  const scores = row(text("waterfall.score"), now ? now.score : null, before ? before.score : null, 0, "rest");
  const sum = (score) => (score ? score.score + Object.values(score.explanation).reduce((a, b) => a + b, 0) : null);
  const total = row(text("waterfall.sum"), sum(now), sum(before), 0, "none");
  total.className = "total";
  total.lastElementChild.replaceChildren();
  return scroller(title,
    h("table", {},
      h("caption", {}, title),
      h("thead", {}, h("tr", {},
        h("th", { scope: "col" }, text("waterfall.points")),
        h("th", { scope: "col", class: "number" }, nowName),
        h("th", { scope: "col", class: "number" }, beforeName),
        h("th", { scope: "col", class: "optional", ...holds() }, text("waterfall.down", { window: nowName })))),
      h("tbody", {}, rows, scores, total)));
}

function step(from, points, style) {
  const width = 260;
  return s("svg", { viewBox: `0 0 ${width} 14`, width, height: 14, "aria-hidden": "true" },
    s("rect", { class: "track", x: 0, y: 6, width, height: 2 }),
    s("rect", { class: style, x: (from / 100) * width, y: 1, width: Math.max(0.5, (points / 100) * width), height: 12 }));
}

// The shares of what made it hard; they sum to 1, or there was no effort.
export function shares(score) {
  const parts = Object.entries(score.explanation).filter(([, share]) => share > 0);
  if (parts.length === 0) {
    return h("p", { class: "soft" }, text("shares.none"));
  }
  return narrow(text("shares"), h("table", {}, h("caption", {}, text("shares")), h("tbody", {}, parts.map(([name, share]) => h("tr", {},
    h("th", { scope: "row" }, named("driver", name)),
    h("td", { class: "number" }, percentOne(share)))))));
}
