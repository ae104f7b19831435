import { DASH, ago, h, one, percent } from "./dom.js";
import { named, text } from "./texts.js";
import { receivedCustomer } from "./received.js";
import { intervalBar, isStale, number, shares, waterfall } from "./charts.js";

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
          ? text("customer.malformed")
          : text("customer.refused", { status: String(response.status) })));
    } catch {
      place.replaceChildren(h("p", { class: "notice" }, text("customer.noAnswer")));
    }
  });
}

function view(customer, at) {
  const line = (name, score, isEffort) => h("tr", {},
    h("th", { scope: "row" }, name),
    h("td", { class: "number" }, number(score, { isEffort })),
    h("td", {}, score ? intervalBar(score, null, { isEffort, what: name }) : DASH));
  return h("div", {},
    h("h3", {}, text("customer.pseudonym")),
    h("p", {}, h("code", {}, customer.customer)),
    customer.count === 0
      ? h("p", {}, text("customer.unknown"))
      : [
        h("table", {}, h("caption", {}, text("customer.from", { count: customer.count })), h("tbody", {},
          line(text("experience"), customer.experience, false),
          line(text("effort"), customer.effort, true),
          line(text("customer.lifetime.experience"), customer.lifetimeExperience, false),
          line(text("customer.lifetime.effort"), customer.lifetimeEffort, true))),
        h("dl", {},
          h("dt", {}, text("customer.lastEvent")), h("dd", {}, customer.lastEventAt ? ago(customer.lastEventAt, at) : text("none")),
          h("dt", {}, text("customer.evidence")), h("dd", {}, customer.experience
            ? text(isStale(customer.experience) ? "customer.evidence.stale" : "customer.evidence.events",
              { evidence: one(customer.experience.evidence) })
            : text("none")),
          customer.predicted ? [h("dt", {}, text("customer.predicted")), h("dd", {},
            text("customer.predicted.of", { share: percent(customer.predicted.satisfied), low: percent(customer.predicted.low),
              high: percent(customer.predicted.high), count: customer.predicted.answers }))] : null),
        h("h3", {}, text("customer.verdicts")),
        h("ol", { class: "steps" }, customer.verdicts.map((verdict) => h("li", {}, named("verdict", verdict)))),
        h("h3", {}, text("customer.journeys")),
        customer.openJourneys.length === 0 ? h("p", {}, text("none.sentence")) : h("ul", { class: "plain" },
          customer.openJourneys.map((journey) => h("li", {},
            text("customer.journey", { journey: journey.name, count: journey.steps, ago: ago(journey.lastEventAt, at) })))),
        customer.experience ? explained(customer) : null,
      ]);
}

function explained(customer) {
  return h("div", {},
    waterfall(customer.experience, customer.lifetimeExperience, [text("waterfall.now"), text("waterfall.lifetime")]),
    customer.effort ? shares(customer.effort) : null);
}
