import { age, h, one, restButton, scroller, within } from "./dom.js";
import { holds } from "./export.js";
import { named, text } from "./texts.js";

export const isOpen = ({ status }) => status !== "RESOLVED" && status !== "CONFIRMED";

// What is to happen next, and until when.
function due({ status, overdue, acknowledgeBy, updateBy }, asOf) {
  if (overdue.length > 0) {
    return text("cases.late", { what: overdue.map((what) => named("cases.late", what)).join(", ") });
  }
  return status === "ACKNOWLEDGED" ? text("cases.update", { within: within(asOf, updateBy) })
    : text("cases.takeUp", { within: within(asOf, acknowledgeBy) });
}

// What lowered the score of the customer most when the case was opened.
function why({ reason, experience }) {
  const lost = Object.entries(experience?.explanation ?? {}).filter(([part, points]) => part !== "prior" && points > 0);
  lost.sort(([, a], [, b]) => b - a);
  const score = experience ? one(experience.score) : null;
  const parts = lost.slice(0, 3).map(([name, points]) => text("cases.part", { name: named("part", name), points: one(points) }));
  return [h("span", { lang: "en" }, reason), experience ? h("div", { class: "soft" }, parts.length === 0
    ? text("cases.experience", { score }) : text("cases.experience.parts", { score, parts: parts.join(", ") })) : null];
}

// How many are sent at most.
export const MOST = 100;

const MOST_ROWS = 10;
let isAll = false;

function row(file, titles, asOf, isHidden) {
  const owner = file.owner ?? text("help.noOwner");
  const opened = age(file.openedAt, asOf);
  const next = due(file, asOf);
  return h("tr", { hidden: isHidden },
    h("th", { scope: "row", ...holds(file.touchpoint, owner) }, titles(file.touchpoint), h("div", { class: "soft" }, owner)),
    h("td", { class: "optional" }, named("cases.status", file.status)),
    h("td", { ...holds(opened, next) }, opened, h("div", {}, file.overdue.length > 0 ? h("strong", {}, next) : next)),
    h("td", {}, why(file)));
}

// The recovery cases that are not resolved, the most urgent first.
export function cases(all, titles, asOf) {
  const open = all.filter(isOpen);
  return [
    h("p", { class: "soft" }, open.length === 0 ? text("cases.none")
      : text(all.length < MOST ? "cases.open" : "cases.atLeast", { count: open.length })),
    open.length === 0 ? null : scroller(text("cases.label"), h("table", {},
      h("thead", {}, h("tr", {},
        h("th", { scope: "col", ...holds(text("column.touchpoint"), text("cases.owner")) }, text("column.touchpoint")),
        h("th", { scope: "col", class: "optional" }, text("cases.status")),
        h("th", { scope: "col", ...holds(text("cases.age"), text("cases.due")) }, text("cases.age")),
        h("th", { scope: "col" }, text("cases.why")))),
      h("tbody", {}, open.map((file, i) => row(file, titles, asOf, i >= MOST_ROWS && !isAll))))),
    open.length <= MOST_ROWS || isAll ? null : restButton("every case", text("touchpoints.all", { count: open.length }), () => {
      isAll = true;
    }),
  ];
}
