import { group, h, showAll } from "./dom.js";
import { rich, text } from "./texts.js";

const ANNOTATED = `@Touchpoint(name = "checkout.pay",
    stage = PURCHASE)
@PostMapping("/checkout/{basket}/pay")`;

const DECLARED = `{ "touchpoints": [ { "name": "checkout.pay",
  "title": "Pay for the basket",
  "stage": "PURCHASE",
  "routes": ["POST /checkout/{basket}/pay"] } ] }`;

const code = (content) => h("code", {}, content);
const block = (content) => h("pre", { tabindex: 0 }, code(content));

// A step of the first minute: whether it is done, and what to do as long as it is not.
function step(name, isDone, found, advice) {
  return h("li", { class: isDone ? "done" : "todo" },
    h("h3", {}, h("span", { "aria-hidden": "true" }, isDone ? "✓ " : "○ "), text(`first.${name}`)),
    h("p", { class: isDone ? "good" : "fair" }, found),
    isDone ? null : advice);
}

function annotate(names, declared) {
  return step("annotate", declared > 0, text(names === 0 ? "first.annotate.none" : declared === 0 ? "first.annotate.undeclared"
    : "first.annotate.found", { count: declared > 0 ? declared : names }), [
    h("p", {}, rich("first.annotate.code", { annotation: code("@Touchpoint") })), block(ANNOTATED),
    h("p", {}, rich("first.annotate.file", { file: code("touchstone.json") })), block(DECLARED),
    h("p", {}, rich("first.annotate.record", { call: code("touchstone.record(event)") }))]);
}

function resolve(customers, isAnonymous) {
  return step("resolve", customers > 0, customers > 0 ? text("first.resolve.known", { count: customers })
    : text(isAnonymous ? "first.resolve.anonymous" : "first.resolve.none"),
  h("p", {}, rich("first.resolve.how", { resolver: code("CustomerResolver") })));
}

function see(customers, isShown) {
  const missing = group.floor - customers;
  return step("see", isShown, isShown ? text("first.see.shown") : missing > 0
    ? text("first.see.missing", { count: missing, floor: group.floor }) : text("first.see.none"),
  group.floor > 0 ? h("p", {}, rich("first.see.develop", { property: showAll() })) : h("p", {}, text("first.see.use")));
}

// Whether no event had a customer.
export const isAnonymous = ({ accepted, anonymous }) => accepted > 0 && anonymous === accepted;

// What is missing until scores show, in the order in which it is done.
function firstSteps({ touchpoints, customers, overall, health: counts }) {
  const seen = touchpoints.filter(({ status }) => status !== "NEVER_SEEN");
  const namesOf = (those) => new Set(those.map(({ name }) => name)).size;
  const hasScore = Boolean(overall.now.experience || overall.baseline.experience);
  return h("ol", { class: "first" },
    annotate(namesOf(seen), namesOf(seen.filter(({ status }) => status !== "UNDECLARED"))),
    resolve(customers, isAnonymous(counts)),
    see(customers, hasScore));
}

export const empty = (scoreboard) => [
  h("p", {}, text(scoreboard.health.accepted > 0 ? "first.few" : "first.nothing", { count: scoreboard.health.accepted })),
  firstSteps(scoreboard),
  h("p", { class: "soft" }, text("first.news")),
];
