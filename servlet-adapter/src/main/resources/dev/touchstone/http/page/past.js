import { text } from "./texts.js";

// The scores of past periods, and what a range of them says.
const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
const FRESH_MS = 20_000;

const LENGTHS = { hour: HOUR_MS, day: DAY_MS };

export const RANGES = {
  hour: { length: HOUR_MS, resolution: "hour", compared: "hour" }, // there is nothing finer
  day: { length: DAY_MS, resolution: "hour", compared: "hour" },
  week: { length: 7 * DAY_MS, resolution: "hour", compared: "day" },
  quarter: { length: 91 * DAY_MS, resolution: "day", compared: "day" },
};

// The key of a range, whatever an address says.
export const rangeKey = (name) => (Object.hasOwn(RANGES, name) ? name : "week");

const period = ({ start, experience, ...rest }) => ({ ...rest, time: Date.parse(start), score: experience });

const known = new Map();

// Asks the server, unless it has answered lately.
async function history(resolution, scope) {
  const query = new URLSearchParams({ resolution, ...scope }).toString();
  const last = known.get(query);
  if (last && Date.now() - last.at < FRESH_MS) {
    return last.history;
  }
  const response = await fetch(`history.json?${query}`, { headers: { Accept: "application/json" } });
  if (!response.ok) {
    throw new Error(text("trouble.history", { status: String(response.status) }));
  }
  const { periods, marks } = await response.json();
  const answer = { periods: periods.map(period), marks: marks.map(({ time, text }) => ({ time: Date.parse(time), text })) };
  known.set(query, { at: Date.now(), history: answer });
  return answer;
}

// The end of the period in which a moment lies; days are those of UTC.
const endOf = (time, resolution) => (Math.floor(time / LENGTHS[resolution]) + 1) * LENGTHS[resolution];

const between = (entries, start, end) => entries.filter(({ time }) => time >= start && time < end);

// Each period counts by its events; the ranges of independent periods add by their squares.
function mean(periods) {
  const seen = periods.filter(({ score }) => score !== null);
  const events = seen.reduce((sum, each) => sum + each.events, 0);
  if (events === 0) {
    return null;
  }
  const score = seen.reduce((sum, each) => sum + each.score * each.events, 0) / events;
  const half = Math.hypot(...seen.map((each) => ((each.high - each.low) / 2) * each.events)) / events;
  return { score, half, events };
}

// The periods of a range up to a moment, its marks, and its mean beside that of the range before.
export async function past(rangeName, asOf, scope = {}) {
  const key = rangeKey(rangeName);
  const range = RANGES[key];
  const now = Date.parse(asOf);
  const { periods, marks } = await history(range.resolution, scope);
  const end = endOf(now, range.resolution);
  const compared = range.compared === range.resolution ? periods : (await history(range.compared, scope)).periods;
  const endCompared = endOf(now, range.compared);
  const start = endCompared - range.length;
  return {
    range: key,
    step: LENGTHS[range.resolution],
    start: end - range.length,
    end,
    periods: between(periods, end - range.length, end),
    marks: between(marks, end - range.length, end),
    mean: mean(between(compared, start, endCompared)),
    before: mean(between(compared, start - range.length, start)),
  };
}

// Since when the hours up to now have been below a score: null unless together they were clearly.
export async function belowSince({ score }, name) {
  const { periods } = await history("hour", { scope: "touchpoint", name });
  const seen = periods.filter((each) => each.score !== null);
  let first = seen.length;
  while (first > 0 && seen[first - 1].score < score) {
    first--;
  }
  const run = seen.slice(first);
  const together = mean(run);
  return together && together.score + together.half < score ? run[0].time : null;
}
