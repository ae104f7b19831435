import { DASH, h, one, percent, since, whole } from "./dom.js";
import { receivedCustomer } from "./received.js";
import { intervalBar, isStale, number, shares, waterfall } from "./charts.js";

const VERDICTS = { EXCEEDED: "▲ better than expected", MET: "● as expected", MISSED: "▼ worse than expected" };

export function customerForm(section, now) {
  const form = section.querySelector("form");
  const place = section.querySelector(".content");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    try {
      const response = await fetch("customer", {
        method: "POST",
        body: new URLSearchParams({ [data.get("by")]: data.get("who") }),
      });
      place.replaceChildren(response.ok
        ? view(receivedCustomer(await response.json()), now())
        : h("p", { class: "notice" }, response.status === 400
          ? "That is neither an id nor a pseudonym of 32 hexadecimal digits."
          : `The server refused to answer (${response.status}).`));
    } catch {
      place.replaceChildren(h("p", { class: "notice" }, "The server does not answer."));
    }
  });
}

function view(customer, at) {
  const line = (name, score, isEffort) => h("tr", {},
    h("th", { scope: "row" }, name),
    h("td", { class: "number" }, number(score, { isEffort })),
    h("td", {}, score ? intervalBar(score, null, { isEffort, what: name }) : DASH));
  return h("div", {},
    h("h3", {}, "Pseudonym"),
    h("p", {}, h("code", {}, customer.customer)),
    customer.count === 0
      ? h("p", {}, "Nothing is known of this customer.")
      : [
        h("table", {}, h("caption", {}, `From ${whole(customer.count)} events`), h("tbody", {},
          line("experience", customer.experience, false),
          line("effort", customer.effort, true),
          line("experience, whole lifetime", customer.lifetimeExperience, false),
          line("effort, whole lifetime", customer.lifetimeEffort, true))),
        h("dl", {},
          h("dt", {}, "last event"), h("dd", {}, customer.lastEventAt ? `${since(customer.lastEventAt, at)} ago` : "none"),
          h("dt", {}, "evidence left"), h("dd", {}, customer.experience
            ? `${one(customer.experience.evidence)} events${isStale(customer.experience) ? ", stale" : ""}`
            : "none"),
          customer.predicted ? [h("dt", {}, "would be satisfied"), h("dd", {},
            `${percent(customer.predicted.satisfied)} (95 % between ${percent(customer.predicted.low)} and `
            + `${percent(customer.predicted.high)}), learned from ${whole(customer.predicted.answers)} answers`)] : null),
        h("h3", {}, "Last verdicts, the latest first"),
        h("ol", { class: "steps" }, customer.verdicts.map((verdict) => h("li", {}, VERDICTS[verdict] ?? verdict))),
        h("h3", {}, "Open journeys"),
        customer.openJourneys.length === 0 ? h("p", {}, "None.") : h("ul", { class: "plain" },
          customer.openJourneys.map((journey) => h("li", {},
            `${journey.name}: ${whole(journey.steps)} steps, last one ${since(journey.lastEventAt, at)} ago`))),
        customer.experience ? explained(customer) : null,
      ]);
}

function explained(customer) {
  return h("div", {},
    waterfall(customer.experience, customer.lifetimeExperience, "Where the experience score comes from",
      ["now", "lifetime"]),
    customer.effort ? shares(customer.effort, "What made it hard") : null);
}
