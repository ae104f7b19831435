import { DASH, h, one, percentOne, scroller, signed, whole } from "./dom.js";
import { named, rich, text } from "./texts.js";
import { scoreHolds } from "./charts.js";
import { holds } from "./export.js";
import { choose, view } from "./view.js";

const VERDICTS = { BETTER: ["▲ ", "good"], WORSE: ["▼ ", "poor"] };

const share = (value) => h("td", { class: "number optional", ...holds(value ?? "") }, value === null ? DASH : percentOne(value));

// The attribute that is chosen; the first one if it is not compared.
export const chosenOf = (comparisons) => comparisons.find(({ attribute }) => attribute === view.compare) ?? comparisons[0];

function verdict(variant, isReference) {
  if (isReference) {
    return h("span", { class: "soft" }, text("variants.reference"));
  }
  const [sign, style] = VERDICTS[variant.verdict] ?? [null, "none"];
  return h("span", { class: `change ${style}` }, sign,
    h("span", { class: sign === null ? null : "word" }, named("variants.verdict", variant.verdict)));
}

// What a spreadsheet has of a quality and its range.
const hundredfold = (...values) => values.map((value) => (typeof value === "number" ? 100 * value : ""));

const points = ({ value, low, high }) => [signed(100 * value), h("div", { class: "soft range" },
  text("variants.range", { low: signed(100 * low), high: signed(100 * high) }))];

// The last columns: those of journeys say nothing at one of their touchpoints.
const SHARES = [
  { key: "failures", of: ({ n, failures }) => (n === 0 ? null : failures / n), isOfPlace: true },
  { key: "completion", of: ({ completion }) => completion, isOfPlace: false },
  { key: "predicted", of: ({ predicted }) => predicted, isOfPlace: true },
];

function row(variant, isReference, shares) {
  return h("tr", {},
    h("th", { scope: "row" }, variant.value),
    h("td", { class: "number", ...holds(variant.n) }, whole(variant.n)),
    h("td", { class: "number", ...holds(...hundredfold(variant.quality, variant.low, variant.high)) }, variant.quality === null ? DASH : one(100 * variant.quality),
      variant.low === null ? null : h("div", { class: "soft range" },
        text("lowToHigh", { low: one(100 * variant.low), high: one(100 * variant.high) }))),
    h("td", { class: "number", ...holds(...hundredfold(variant.difference?.value, variant.difference?.low, variant.difference?.high)) },
      variant.difference ? points(variant.difference) : DASH),
    h("td", {}, verdict(variant, isReference)),
    shares.map(({ of }) => share(of(variant))));
}

// What stands out of one attribute, in a sentence.
function headline({ attribute, variants }) {
  const worse = variants.find((variant) => variant.verdict === "WORSE");
  const better = variants.find((variant) => variant.verdict === "BETTER");
  const said = worse ?? better;
  return said ? rich(worse ? "variants.worse" : "variants.better", { attribute, value: h("strong", {}, said.value),
    reference: variants[0].value, points: one(Math.abs(100 * said.difference.value)) })
    : text("variants.undecided", { attribute });
}

// The values of the attributes that are compared, one attribute at a time; of all events, or of those at one touchpoint.
export function variants(comparisons, isOfPlace = false) {
  const chosen = chosenOf(comparisons);
  const { attribute, variants: values } = chosen;
  const caption = text("variants.caption", { attribute });
  const shares = SHARES.filter((column) => !isOfPlace || column.isOfPlace);
  return [
    comparisons.length < 2 ? null : h("div", { class: "choices", role: "group", "aria-label": text("variants.attribute") },
      comparisons.map((each) => h("button", { type: "button", "data-key": `compare ${each.attribute}`,
        "aria-pressed": each === chosen ? "true" : "false", onclick: () => choose({ compare: each.attribute }) }, each.attribute))),
    values.length === 0 ? h("p", {}, text("variants.none", { attribute })) : [
      h("p", {}, headline(chosen)),
      scroller(caption, h("table", {},
        h("caption", {}, caption),
        h("thead", {}, h("tr", {},
          h("th", { scope: "col" }, text("variants.column.value")),
          h("th", { scope: "col", class: "number" }, text("variants.column.events")),
          h("th", { scope: "col", class: "number", ...scoreHolds(text("variants.column.quality")) }, text("variants.column.quality")),
          h("th", { scope: "col", class: "number", ...scoreHolds(text("variants.column.difference")) }, text("variants.column.difference")),
          h("th", { scope: "col" }, text("variants.column.verdict")),
          shares.map(({ key }) => h("th", { scope: "col", class: "number optional" }, text(`variants.column.${key}`))))),
        h("tbody", {}, values.map((variant, i) => row(variant, i === 0 && variant.value !== "other", shares))))),
      h("p", { class: "soft" }, text("variants.legend"), isOfPlace ? ` ${text("variants.legend.one")}` : null),
    ],
  ].flat();
}

// The same by the events at one touchpoint, if there are any.
export function variantsAt(comparisons) {
  const seen = comparisons.filter(({ variants: values }) => values.length > 0);
  return seen.length === 0 ? [] : [h("h3", {}, text("variants")), ...variants(seen, true)];
}
