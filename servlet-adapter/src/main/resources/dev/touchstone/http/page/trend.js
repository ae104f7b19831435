import { h, one, s, signed, whole } from "./dom.js";
import { pictured } from "./export.js";
import { locales, rich, text } from "./texts.js";

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
const STEPS = [HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, DAY_MS, 2 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS, 28 * DAY_MS];
const PER_LABEL = 76;
const MOST_LABELS = 9;
const PER_LETTER = 6.6;
const MOST_LETTERS = 28;
const HALF_LABEL = 28;
const LEFT = 30;
const BOTTOM = 22;
const MARK_ROW = 15;
const MARK_ROWS = 2;
const LEAST_STEPS = 3;

// Days begin at midnight UTC, hours are those of the reader.
const format = (options, isDays = false) => new Intl.DateTimeFormat(locales, isDays ? { ...options, timeZone: "UTC" } : options);
const MOMENT = format({ weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
const HOUR = format({ hour: "numeric", minute: "2-digit" });
const DAY = format({ day: "numeric", month: "short" }, true);

export const moment = (time) => MOMENT.format(time);
const when = (time, step) => (step === DAY_MS ? DAY : MOMENT).format(time);

function ticks({ start, end, step }, width) {
  const isDays = step === DAY_MS;
  const apart = STEPS.find((candidate) => candidate >= step && (end - start) / candidate <= Math.min(MOST_LABELS, width / PER_LABEL)) ?? STEPS.at(-1);
  const label = apart < DAY_MS ? HOUR
    : isDays ? DAY : format({ weekday: "short", day: "numeric" });
  const midnight = new Date(end);
  if (isDays) {
    midnight.setUTCHours(0, 0, 0, 0);
  } else {
    midnight.setHours(0, 0, 0, 0);
  }
  const found = [];
  for (let time = midnight.getTime() + DAY_MS; time >= start; time -= apart) {
    if (time <= end) {
      found.unshift({ time, text: label.format(time) });
    }
  }
  return found;
}

// Round bounds around all ranges, with at most five lines.
function scale(periods) {
  const low = Math.min(...periods.map((period) => period.low));
  const high = Math.max(...periods.map((period) => period.high));
  const apart = [10, 20, 25, 50].find((each) => Math.ceil(high / each) - Math.floor(low / each) <= 4) ?? 50;
  const bottom = Math.min(Math.floor(low / apart) * apart, 100 - apart);
  const top = Math.max(Math.ceil(high / apart) * apart, bottom + apart);
  const lines = [];
  for (let value = bottom; value <= top; value += apart) {
    lines.push(value);
  }
  return { bottom, top, lines };
}

// Periods without a gap between them.
function runs(periods, step) {
  const found = [];
  periods.forEach((period, i) => {
    if (i === 0 || period.time - periods[i - 1].time > step) {
      found.push([]);
    }
    found.at(-1).push(period);
  });
  return found;
}

const cut = (mark) => (mark.length > MOST_LETTERS ? `${mark.slice(0, MOST_LETTERS - 1)}…` : mark);

// Where the text of a mark goes: in the first row in which it has room, to the left of its line near the end.
function placed(marks, x, width) {
  const ends = Array(MARK_ROWS).fill(0);
  return marks.map((mark) => {
    const shortened = cut(mark.text);
    const length = shortened.length * PER_LETTER;
    const at = x(mark.time);
    const isLeft = at + length + 4 > width;
    const from = isLeft ? at - length - 4 : at + 4;
    const row = ends.findIndex((end) => from >= end);
    if (row >= 0 && from >= 0) {
      ends[row] = from + length + 6;
    }
    return { ...mark, shortened, at, isLeft, row: from >= 0 ? row : -1 };
  });
}

const said = (mark) => text("trend.mark", { text: mark.text, time: moment(mark.time) });

function summary(what, { periods, marks, range, step }) {
  const first = periods[0];
  const last = periods.at(-1);
  const least = periods.reduce((a, b) => (b.score < a.score ? b : a));
  const line = text("trend", { what, last: text(`range.${range}.last`), first: one(first.score), firstTime: when(first.time, step),
    end: one(last.score), endTime: when(last.time, step), least: one(least.score), leastTime: when(least.time, step) });
  return marks.length === 0 ? line : text("trend.marks", { trend: line, marks: marks.map(said).join("; ") });
}

// Where the line begins: with the range, or with the first score if most of the range lies before it.
const firstOf = ({ start, end, step }, [{ time }]) => Math.max(start, Math.min(time - step, end - LEAST_STEPS * step));

// The score of each period as a line in its range, with what was marked.
export function trend(history, what, { width, height = 210 }) {
  const { end, step, range } = history;
  if (end - history.start === step) {
    const { marks } = history;
    return h("p", { class: "soft trend-none" }, text("trend.one"),
      marks.length === 0 ? null : ` ${text("trend.one.marks", { marks: marks.map(said).join("; ") })}`);
  }
  const periods = history.periods.filter(({ score }) => score !== null);
  if (periods.length === 0) {
    return h("p", { class: "soft trend-none" }, text("trend.none", { last: text(`range.${range}.last`) }));
  }
  const start = firstOf(history, periods);
  const marks = history.marks.filter(({ time }) => time >= start);
  const shown = { ...history, start, marks, periods };
  const { bottom, top, lines } = scale(periods);
  const inside = width - LEFT - 6;
  const x = (time) => LEFT + ((time - start) / (end - start)) * inside;
  const middle = ({ time }) => x(time + step / 2); // a period is drawn in its middle
  const labels = placed(marks, x, width);
  const above = 6 + MARK_ROW * (Math.max(-1, ...labels.map(({ row }) => row)) + 1);
  const below = height - BOTTOM;
  const y = (value) => below - ((value - bottom) / (top - bottom)) * (below - above);
  const points = (run, value) => run.map((each) => `${middle(each).toFixed(1)},${y(value(each)).toFixed(1)}`);
  return pictured(what, s("svg", { class: "trend", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": summary(what, shown) },
    lines.map((value) => [
      s("line", { class: "grid", x1: LEFT, x2: width - 6, y1: y(value), y2: y(value) }),
      s("text", { class: "small", x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, whole(value))]).flat(),
    ticks(shown, inside).map((tick) => [
      s("line", { class: "grid", x1: x(tick.time), x2: x(tick.time), y1: below, y2: below + 4 }),
      s("text", { class: "small", x: Math.min(Math.max(x(tick.time), LEFT + 8), width - HALF_LABEL), y: height - 5, "text-anchor": "middle" }, tick.text)]).flat(),
    runs(periods, step).map((run) => (run.length === 1
      ? [s("line", { class: "whisker", x1: middle(run[0]), x2: middle(run[0]), y1: y(run[0].low), y2: y(run[0].high) }),
        s("circle", { class: "dot", cx: middle(run[0]), cy: y(run[0].score), r: 3 })]
      : [s("polygon", { class: "area", points: [...points(run, ({ high }) => high), ...points(run, ({ low }) => low).reverse()].join(" ") }),
        s("polyline", { class: "line", points: points(run, ({ score }) => score).join(" ") })])).flat(),
    labels.map((mark) => s("g", { class: "mark" },
      s("title", {}, said(mark)),
      s("line", { x1: mark.at, x2: mark.at, y1: mark.row < 0 ? above : 2 + MARK_ROW * mark.row, y2: below }),
      mark.row < 0 ? null : s("text", { x: mark.isLeft ? mark.at - 4 : mark.at + 4, y: 12 + MARK_ROW * mark.row,
        "text-anchor": mark.isLeft ? "end" : "start" }, mark.shortened)))));
}

// The mean of the range beside that of the range before.
export function comparison({ mean, before, range, start }) {
  if (!mean) {
    return null;
  }
  const said = { last: text(`range.${range}.last`, { time: HOUR.format(start) }), before: text(`range.${range}.before`), mean: one(mean.score) };
  if (!before) {
    return h("p", { class: "comparison" }, text("comparison.alone", said));
  }
  const difference = mean.score - before.score;
  const isClear = Math.abs(difference) > Math.hypot(mean.half, before.half);
  return h("p", { class: "comparison" }, rich(isClear ? "comparison.clear" : "comparison.unclear", { ...said,
    difference: h("strong", { class: isClear ? (difference > 0 ? "good" : "poor") : "none" }, signed(difference)),
    beforeMean: one(before.score) }));
}
