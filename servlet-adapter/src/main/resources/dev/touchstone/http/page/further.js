import { ago, h, percent } from "./dom.js";
import { rich, text } from "./texts.js";

// Fills in a template of a link. What is filled in is encoded, and only http and https lead anywhere.
function filled(template, name, { start, end }) {
  const values = { touchpoint: name, from: String(start), to: String(end), fromTime: new Date(start).toISOString(),
    toTime: new Date(end).toISOString() };
  const url = template.replace(/\{(\w+)\}/g, (place, key) => (Object.hasOwn(values, key) ? encodeURIComponent(values[key]) : place));
  return /^https?:\/\//i.test(url) ? url : null;
}

// Links to other programs, about the touchpoint and the range that is shown.
export function links(templates, name, range) {
  const all = Object.entries(templates).map(([title, template]) => [title, filled(template, name, range)])
    .filter(([, url]) => url !== null);
  return all.length === 0 ? null : h("ul", { class: "plain links" }, all.map(([title, url]) =>
    h("li", {}, h("a", { href: url, target: "_blank", rel: "noopener noreferrer", "data-key": `link ${title}` },
      text("one.link", { name: title })))));
}

// The last customers who missed the touchpoint, each with a way to what is known of them.
export function missed(customers, now, open) {
  return [
    h("h3", {}, text("one.missed")),
    customers.length === 0 ? h("p", { class: "soft" }, text("one.missed.none"))
      : h("ul", { class: "plain" }, customers.map(({ customer, time }) => h("li", {}, rich("one.missed.customer", {
        customer: h("button", { type: "button", class: "row", "data-key": `customer ${customer}`, onclick: () => open(customer) },
          h("code", {}, customer)), ago: ago(time, now) })))),
  ];
}

// What the customers would answer who were here last, by channel.
export function predictions(channels) {
  const known = channels.filter(({ predicted }) => predicted !== undefined);
  return known.length === 0 ? [] : [
    h("h3", {}, text("one.predicted")),
    h("ul", { class: "plain" }, known.map(({ channel, predicted }) =>
      h("li", {}, text("one.predicted.channel", { channel, share: percent(predicted) })))),
  ];
}
