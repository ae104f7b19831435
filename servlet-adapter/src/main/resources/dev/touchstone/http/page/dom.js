// Makes elements. Text becomes a text node and nothing else, wherever it comes from.
const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) {
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return element;
}

export const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

export const s = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

// What may be wider than the screen, to be scrolled by keyboard too.
export const scroller = (label, ...children) =>
  h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": label }, ...children);

const ONE = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export const one = (number) => ONE.format(number);
export const whole = (number) => WHOLE.format(number);
export const percent = (share) => `${WHOLE.format(100 * share)} %`;

// A difference with its sign; too small to have one it is ±0.0.
export const signed = (difference) => {
  const text = one(Math.abs(difference));
  return `${text === "0.0" ? "±" : difference < 0 ? "−" : "+"}${text}`;
};

export const DASH = "–";

// How many customers a group needs to be shown; 0 if any group is.
export const group = { floor: 10 };
export const tooFew = () => `fewer than ${WHOLE.format(group.floor)} customers`;


// Why there is a dash, and what to set to see more while developing; null if no group is withheld.
export const whyDash = () => (group.floor > 0
  ? h("p", { class: "soft why-dash" }, `A dash, or “withheld”, stands for a group of ${tooFew()}. To see it while you develop, set `,
    h("code", {}, "touchstone.minimum-group-size=0"), ".") : null);

export function since(fromText, toText) {
  const seconds = Math.max(0, (Date.parse(toText) - Date.parse(fromText)) / 1000);
  for (const [size, name] of [[86400, "day"], [3600, "hour"], [60, "minute"]]) {
    if (seconds >= size) {
      const count = Math.floor(seconds / size);
      return `${count} ${name}${count === 1 ? "" : "s"}`;
    }
  }
  return "less than a minute";
}

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
