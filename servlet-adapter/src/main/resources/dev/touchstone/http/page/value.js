import { DASH, h, one, percent, percentOne, scroller, whole, whyDash } from "./dom.js";
import { text } from "./texts.js";

const amount = (sum) => (sum === null ? DASH : whole(sum));
const each = (sum, { customers }) => (sum === null || customers === 0 ? DASH : one(sum / customers));
const scores = ({ low, high }) => (low === null ? DASH : text("lowToHigh", { low: one(low), high: one(high) }));

function table(title, groups, what) {
  return scroller(title, h("table", {},
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, [what, text("value.customers"), text("value.amountEach"), text("value.costEach"), text("value.amount")].map((name, i) =>
      h("th", { scope: "col", class: i === 0 ? null : i === 4 ? "number optional" : "number" }, name)))),
    h("tbody", {}, groups.map((group) => h("tr", {},
      h("th", { scope: "row" }, scores(group)),
      h("td", { class: "number" }, whole(group.customers)),
      h("td", { class: "number" }, each(group.amount, group)),
      h("td", { class: "number" }, each(group.cost, group)),
      h("td", { class: "number optional" }, amount(group.amount)))))));
}

// What customers spend and cost, by how they fare.
export function value({ days, byExperience, byEffort, unscored, atRisk, assumedLoss, valueAtRisk, bestOverWorstPercent: more }) {
  return [
    h("div", { class: "cards" },
      h("div", {},
        h("p", { class: "soft" }, text("value.atRisk")),
        h("p", {}, h("span", { class: "big" }, amount(valueAtRisk))),
        h("p", { class: "soft" }, text("value.atRisk.of", { count: atRisk.customers, loss: percentOne(assumedLoss) }))),
      more === null ? null : h("div", {},
        h("p", { class: "soft" }, text("value.best")),
        h("p", {}, h("span", { class: "big" }, `${more < 0 ? "−" : "+"}${percent(Math.abs(more) / 100)}`)),
        h("p", { class: "soft" }, text("value.best.of")))),
    table(text("value.byExperience"), byExperience, text("experience")),
    table(text("value.byEffort"), byEffort, text("effort")),
    [valueAtRisk, ...[...byExperience, ...byEffort].map(({ amount: sum }) => sum)].includes(null) ? whyDash() : null,
    h("p", { class: "soft" }, [text("value.days", { count: days }), text("value.unscored", { count: unscored.customers }),
      text("value.cause")].join(" ")),
  ];
}
