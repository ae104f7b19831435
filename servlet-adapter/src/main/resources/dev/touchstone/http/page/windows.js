import { language, text } from "./texts.js";

// The two windows of the scores: that of now, and the longer one that it is compared with. Both are as long as the half-life that the model in
// force gives them; until the counters are as old as the longer one, it is all that there is.
const MINUTE_MS = 60_000;
const UNITS = [["week", 7 * 24 * 60 * MINUTE_MS], ["day", 24 * 60 * MINUTE_MS], ["hour", 60 * MINUTE_MS], ["minute", MINUTE_MS]];

let words = {};

// A length in the largest unit of which it is a multiple.
function measured(ms) {
  const [unit, size] = UNITS.find(([, of]) => ms % of === 0) ?? UNITS.at(-1);
  return { unit, count: Math.round(ms / size) };
}

const form = (key, of) => text(`window.${key}.${of.unit}`, { count: of.count });
const length = ({ unit, count }) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);

// Finds the words once for each scoreboard: a table has them in every row.
export function measureWindows({ windows: { nowMs, longMs }, since, asOf }) {
  const now = measured(nowMs);
  const long = longMs === undefined ? null : measured(longMs);
  const isYoung = long === null || Date.parse(asOf) - Date.parse(since) < longMs;
  const formOfLong = (key) => (isYoung ? text(`window.${key}.start`) : form(key, long));
  words = {
    now: form("name", now), inNow: form("in", now), nowLength: length(now),
    long: formOfLong("name"), inLong: formOfLong("in"), against: formOfLong("against"), longLength: long === null ? "∞" : length(long),
  };
}

// The windows in words: after "costs,", after a verb, and what a score is compared with.
export const windows = () => words;

// A text that names them.
export const windowed = (key, values = {}) => text(key, { ...words, ...values });
