import { h } from "./dom.js";
import { rich, text } from "./texts.js";

const CATALOG = `{ "touchpoints": [ { "name": "checkout.pay",
                     "title": "Pay for the basket",
                     "stage": "PURCHASE",
                     "target": "PT0.4S",
                     "routes": ["POST /checkout/{basket}/pay"] } ] }`;

// What to do while nothing has happened.
export const empty = () => [
  h("p", {}, text("empty.intro")),
  h("ol", {},
    h("li", {}, text("empty.use")),
    h("li", {}, rich("empty.name", { file: h("code", {}, "touchstone.json") }), h("pre", { tabindex: 0 }, h("code", {}, CATALOG))),
    h("li", {}, rich("empty.record", { call: h("code", {}, "touchstone.record(event)") }))),
  h("p", {}, text("empty.news")),
];
