import { DASH, h, one, scroller, whole, whyDash } from "./dom.js";

const amount = (sum) => (sum === null ? DASH : whole(sum));
const each = (sum, { customers }) => (sum === null || customers === 0 ? DASH : one(sum / customers));
const scores = ({ low, high }) => (low === null ? DASH : `${one(low)} to ${one(high)}`);

function table(title, groups, what) {
  return scroller(title, h("table", {},
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, [what, "customers", "amount each", "cost each", "amount"].map((name, i) =>
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
        h("p", { class: "soft" }, "Value at risk"),
        h("p", {}, h("span", { class: "big" }, amount(valueAtRisk))),
        h("p", { class: "soft" }, `${whole(atRisk.customers)} customers at risk, with the assumption that they would take away `
          + `${one(100 * assumedLoss)} % of what they spend`)),
      more === null ? null : h("div", {},
        h("p", { class: "soft" }, "Best fifth against the worst"),
        h("p", {}, h("span", { class: "big" }, `${more < 0 ? "−" : "+"}${whole(Math.abs(more))} %`)),
        h("p", { class: "soft" }, "spent by a customer"))),
    table("Customers by experience, in fifths", byExperience, "experience"),
    table("Customers by effort", byEffort, "effort"),
    [valueAtRisk, ...[...byExperience, ...byEffort].map(({ amount: sum }) => sum)].includes(null) ? whyDash() : null,
    h("p", { class: "soft" }, `Of about ${days} days. ${whole(unscored.customers)} customers without a score are in no row. That two `
      + "things go together does not say that one is the reason for the other."),
  ];
}
