import { ago, h, narrow, one, percent, signed } from "./dom.js";
import { holds } from "./export.js";
import { explained } from "./terms.js";
import { named, rich, text } from "./texts.js";
import { receivedCustomer } from "./received.js";
import { intervalBar, isStale, number, shares, waterfall } from "./charts.js";

const MOST_FLAWLESS = 1000;

// Returns what asks for a customer by a pseudonym, as a person would.
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
  return (pseudonym) => {
    form.querySelector("input[value=pseudonym]").checked = true;
    const who = form.querySelector("input[name=who]");
    who.value = pseudonym;
    form.requestSubmit();
    section.scrollIntoView({ block: "start" });
    who.focus({ preventScroll: true });
  };
}

function view(customer, at) {
  const line = (name, score, isEffort) => (score ? h("tr", {},
    h("th", { scope: "row" }, name),
    h("td", { class: "number" }, number(score, { isEffort })),
    h("td", {}, intervalBar(score, null, { isEffort, what: name }))) : null);
  return h("div", {},
    h("h3", {}, text("customer.pseudonym")),
    h("p", {}, h("code", {}, customer.customer)),
    customer.coverage && customer.coverage.answered === 0 ? h("p", { class: "notice" }, text("customer.part")) : null,
    customer.count === 0
      ? h("p", {}, text("customer.unknown"))
      : [
        narrow(text("customer.scores"), h("table", {}, h("caption", {}, text("customer.from", { count: customer.count })), h("tbody", {},
          line(text("experience"), customer.experience, false),
          line(text("effort"), customer.effort, true),
          line(text("customer.lifetime.experience"), customer.lifetimeExperience, false),
          line(text("customer.lifetime.effort"), customer.lifetimeEffort, true)))),
        h("dl", {},
          h("dt", {}, text("customer.lastEvent")), h("dd", {}, customer.lastEventAt ? ago(customer.lastEventAt, at) : text("none")),
          h("dt", {}, explained("evidence", text("customer.evidence"))), h("dd", {}, customer.experience
            ? text(isStale(customer.experience) ? "customer.evidence.stale" : "customer.evidence.events",
              { evidence: one(customer.experience.evidence) })
            : text("none")),
          customer.predicted ? [h("dt", {}, text("customer.predicted")), h("dd", {},
            text("customer.predicted.of", { share: percent(customer.predicted.satisfied), low: percent(customer.predicted.low),
              high: percent(customer.predicted.high), count: customer.predicted.answers }))] : null),
        customer.atRisk ? h("p", { class: "notice" }, text("customer.atRisk")) : null,
        customer.advocate ? h("p", {}, text("customer.advocate")) : null,
        h("h3", {}, text("customer.timeline")),
        timeline(customer, at),
        h("h3", {}, explained("verdict", text("customer.verdicts"))),
        h("ol", { class: "steps" }, customer.verdicts.map((verdict) => h("li", {}, named("verdict", verdict)))),
        ...flawless(customer),
        ...predictors(customer.predicted),
        h("h3", {}, text("customer.journeys")),
        customer.openJourneys.length === 0 ? h("p", {}, text("none.sentence")) : h("ul", { class: "plain" },
          customer.openJourneys.map((journey) => h("li", {},
            text("customer.journey", { journey: journey.name, count: journey.steps, ago: ago(journey.lastEventAt, at) })))),
        customer.experience ? origin(customer) : null,
      ]);
}

// What is known with its time, the latest first.
function timeline({ lastEventAt, lastTouchpoint, openJourneys, cases }, at) {
  const entries = [
    lastEventAt && lastTouchpoint ? [lastEventAt, text("customer.timeline.event", { touchpoint: lastTouchpoint })] : null,
    ...openJourneys.flatMap(({ name, openedAt, lastEventAt: last, steps, touchpoint }) => [
      [openedAt, text("customer.timeline.began", { journey: name })],
      steps > 1 && touchpoint ? [last, text("customer.timeline.step", { journey: name, step: steps, touchpoint })] : null,
    ]),
    ...cases.flatMap(({ openedAt, changedAt, touchpoint, status, reason }) => [
      [openedAt, rich("customer.timeline.case", { touchpoint, reason: h("span", { lang: "en" }, reason) })],
      changedAt === openedAt ? null : [changedAt, text("customer.timeline.changed", { touchpoint, status: named("cases.status", status) })],
    ]),
  ].filter((entry) => entry);
  entries.sort(([a], [b]) => Date.parse(b) - Date.parse(a));
  return entries.length === 0 ? h("p", { class: "soft" }, text("customer.timeline.none"))
    : h("ol", { class: "plain timeline" }, entries.map(([time, what]) => h("li", {},
      h("time", { datetime: time, class: "soft" }, ago(time, at)), " ", h("span", {}, what))));
}

// What would change the score.
function flawless({ flawless: needed }) {
  return needed === undefined ? [] : [h("h3", {}, text("customer.change")), h("p", {}, needed === 0 ? text("customer.change.good")
    : text(needed < MOST_FLAWLESS ? "customer.change.flawless" : "customer.change.never", { count: needed }))];
}

// What the prediction is made of, what speaks most against a satisfied answer first.
function predictors(predicted) {
  const all = Object.entries(predicted?.terms ?? {}).filter(([, term]) => term !== 0).sort(([, a], [, b]) => b - a);
  return all.length === 0 ? [] : [h("h3", {}, text("customer.terms")),
    narrow(text("customer.terms"), h("table", {}, h("caption", {}, text("customer.terms.legend")), h("tbody", {}, all.map(([name, term]) =>
      h("tr", {}, h("th", { scope: "row" }, named("predictor", name)),
        h("td", { class: "number", ...holds(-term) }, signed(-term)))))))];
}

function origin(customer) {
  return h("div", {},
    waterfall(customer.experience, customer.lifetimeExperience, [text("waterfall.now"), text("waterfall.lifetime")]),
    customer.effort ? shares(customer.effort) : null);
}
