import { h, s } from "./elements.js";
import { saved } from "./export.js";
import { locales, rich, text } from "./texts.js";

export { h, s };

// A table that may be wider than the screen, to be scrolled by keyboard too, and to be saved. Rows are asked for if the document does not hold
// all of them.
export const scroller = (label, table, rows) => h("div", { class: "exported" },
  h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": label, "data-key": `table ${label}` }, table), saved(label, table, rows));

// The same for a table of few columns, which are not spread over the page.
export const narrow = (...table) => h("div", { class: "narrow" }, scroller(...table));

const ONE_DIGIT = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const ONE = new Intl.NumberFormat(locales, ONE_DIGIT);
const WHOLE = new Intl.NumberFormat(locales, { maximumFractionDigits: 0 });
const PERCENT = new Intl.NumberFormat(locales, { style: "percent", maximumFractionDigits: 0 });
const PERCENT_ONE = new Intl.NumberFormat(locales, { style: "percent", ...ONE_DIGIT });

export const one = (number) => ONE.format(number);
export const whole = (number) => WHOLE.format(number);
export const percent = (share) => PERCENT.format(share);
export const percentOne = (share) => PERCENT_ONE.format(share);

// A difference with its sign; too small to have one it is ±0.0.
export const signed = (difference) => {
  const size = one(Math.abs(difference));
  return `${size === one(0) ? "±" : difference < 0 ? "−" : "+"}${size}`;
};

export const DASH = "–";

// Shows the rows of a table that are hidden at first.
export const restButton = (key, label, onShown) => h("button", { type: "button", class: "all", "data-key": key, onclick: ({ target }) => {
  const place = target.parentElement;
  onShown();
  place.querySelectorAll("tr[hidden]").forEach((hidden) => hidden.removeAttribute("hidden"));
  place.querySelector(".scroll").focus({ preventScroll: true });
  target.remove();
} }, label);

// How many customers a group needs to be shown; 0 if any group is.
export const group = { floor: 10 };
export const tooFew = () => text("few", { count: group.floor });

// Why there is a dash, and what to set to see more while developing; null if no group is withheld.
export const whyDash = () => (group.floor > 0
  ? h("p", { class: "soft why-dash" }, rich("whyDash", { few: tooFew(), property: showAll() })) : null);

// The property that withholds no group.
export const showAll = () => h("code", {}, "touchstone.minimum-group-size=0");

// A time between two moments in one unit, as an age ("age"), "ago" or "within".
function lasting(kind, from, to) {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  for (const [size, name] of [[86400, "day"], [3600, "hour"], [60, "minute"]]) {
    if (seconds >= size) {
      return text(`${kind}.${name}`, { count: Math.floor(seconds / size) });
    }
  }
  return text(`${kind}.moment`);
}

export const age = (from, to) => lasting("age", from, to);
export const ago = (from, to) => lasting("ago", from, to);
export const within = (from, to) => lasting("within", from, to);

const same = (a, b) => Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);

// Puts new content in, unless it shows the same already; keeps what has the focus. What is shown is a list of values that do not
// change: those that often differ come first, and what is the very same costs no comparison.
const shown = new WeakMap();

export function show(place, data, render) {
  const last = shown.get(place);
  shown.set(place, data);
  if (last && last.length === data.length && last.every((value, i) => same(value, data[i]))) {
    return;
  }
  const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("data-key") : null;
  const left = [...place.querySelectorAll(".scroll, .map-wide")].map((box) => box.scrollLeft);
  place.replaceChildren(...[render()].flat().filter((node) => node));
  place.querySelectorAll(".scroll, .map-wide").forEach((box, i) => {
    box.scrollLeft = left[i] ?? 0;
  });
  if (focused !== null) {
    [...place.querySelectorAll("[data-key]")].find((node) => node.getAttribute("data-key") === focused)?.focus();
  }
}
