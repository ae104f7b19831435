import { h, one, scroller, since, whole } from "./dom.js";

const LATE = {
  ACKNOWLEDGMENT: "nobody has taken it up",
  UPDATE: "the customer waits for news",
  RESOLUTION: "it had to be resolved",
};

export const isOpen = ({ status }) => status !== "RESOLVED" && status !== "CONFIRMED";

// What is to happen next, and until when.
function due({ status, overdue, acknowledgeBy, updateBy }, asOf) {
  if (overdue.length > 0) {
    return h("strong", {}, `late: ${overdue.map((what) => LATE[what] ?? what).join(", ")}`);
  }
  const [what, time] = status === "ACKNOWLEDGED" ? ["update", updateBy] : ["take up", acknowledgeBy];
  return `${what} within ${since(asOf, time)}`;
}

// Why it was opened, in one line.
export const shortly = ({ reason, overdue }) => `${reason}${overdue.length > 0 ? "; late" : ""}`;

// What lowered the score of the customer most when the case was opened.
function why({ reason, experience }) {
  const lost = Object.entries(experience?.explanation ?? {}).filter(([part, points]) => part !== "prior" && points > 0);
  lost.sort(([, a], [, b]) => b - a);
  return [reason, experience ? h("div", { class: "soft" }, `experience ${one(experience.score)}`
    + (lost.length > 0 ? `: ${lost.slice(0, 3).map(([part, points]) => `${part} ${one(points)}`).join(", ")}` : "")) : null];
}

// How many are sent at most.
export const MOST = 100;

// The recovery cases that are not resolved, the most urgent first.
export function cases(all, asOf) {
  const open = all.filter(isOpen);
  return [
    h("p", { class: "soft" }, open.length === 0 ? "No case is open." : `${all.length < MOST ? "" : "At least "}${whole(open.length)} open, the most urgent first.`),
    open.length === 0 ? null : scroller("Recovery cases", h("table", {},
      h("thead", {}, h("tr", {}, ["touchpoint", "owner", "status", "age", "due", "why"].map((name) =>
        h("th", { scope: "col", class: name === "status" ? "optional" : null }, name)))),
      h("tbody", {}, open.map((file) => h("tr", {},
        h("th", { scope: "row" }, file.touchpoint),
        h("td", {}, file.owner ?? "nobody declared"),
        h("td", { class: "optional" }, file.status.toLowerCase()),
        h("td", {}, since(file.openedAt, asOf)),
        h("td", {}, due(file, asOf)),
        h("td", {}, why(file))))))),
  ];
}
