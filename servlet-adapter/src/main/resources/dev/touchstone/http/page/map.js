import { DASH, h, one, percent, s, tooFew, whole } from "./dom.js";
import { pictured } from "./export.js";
import { named, rich, text } from "./texts.js";
import { grade, words } from "./charts.js";
import { funnel } from "./funnel.js";

const STAGES = ["AWARENESS", "CONSIDERATION", "PURCHASE", "ONBOARDING", "USE", "SUPPORT", "RENEWAL", "ADVOCACY"];
const COLUMN = 144;
const ROW = 90;
const TOP = 34;
const MOST = 8;

const cut = (name, length) => (name.length > length ? `${name.slice(0, length - 1)}…` : name);

// A touchpoint once, over all its channels.
function overChannels(touchpoints) {
  const groups = new Map();
  touchpoints.forEach((each) => groups.set(each.name, [...(groups.get(each.name) ?? []), each]));
  return [...groups.values()].map((channels) => (channels.length === 1 || !channels[0].across ? channels[0]
    : { ...channels[0], ...channels[0].across, channel: text("touchpoints.channels", { count: channels.length }) }));
}

// Stages from left to right; each touchpoint is a circle, as large as its traffic, with its score in it.
export function journeyMap(cells, open) {
  const touchpoints = overChannels(cells);
  const stages = [...STAGES, null].filter((stage) => touchpoints.some((t) => t.stage === stage));
  const most = Math.max(1, ...touchpoints.map((t) => t.count));
  const nodes = [];
  const rest = [];
  stages.forEach((stage, column) => {
    const all = touchpoints.filter((t) => t.stage === stage).sort((a, b) => b.count - a.count);
    all.slice(0, MOST).forEach((touchpoint, row) => nodes.push({
      touchpoint, column, row, x: column * COLUMN + COLUMN / 2, y: TOP + row * ROW + 28,
      r: 12 + 12 * Math.sqrt(touchpoint.count / most) }));
    if (all.length > MOST) {
      rest.push({ column, more: text("more", { count: all.length - MOST }) });
    }
  });
  const height = TOP + ROW * (Math.max(...nodes.map((n) => n.row)) + 1) + (rest.length > 0 ? 20 : 0);
  const width = stages.length * COLUMN;
  return [h("p", { class: "soft" }, text("map.legend")),
  pictured(text("map"), h("div", { class: "map-wide", tabindex: 0, role: "group", "aria-label": text("map.label") },
    s("svg", { viewBox: `0 0 ${width} ${height}`, width, height },
      stages.map((stage, column) => s("text",
        { class: "stage", x: column * COLUMN + COLUMN / 2, y: 16, "text-anchor": "middle" },
        stage === null ? text("stage.none") : named("stage", stage))),
      links(nodes).map(([a, b]) => s("path", { class: "link", "aria-hidden": "true",
        d: `M${a.x} ${a.y}C${(a.x + b.x) / 2} ${a.y} ${(a.x + b.x) / 2} ${b.y} ${b.x} ${b.y}` })),
      nodes.map((n) => node(n, open)),
      rest.map((r) => s("text", { class: "small", x: r.column * COLUMN + COLUMN / 2, y: height - 6,
        "text-anchor": "middle" }, r.more)))))];
}

// Touchpoints of one journey, from each of its stages to the next.
function links(nodes) {
  const journeys = new Map();
  nodes.filter((n) => n.touchpoint.journey).forEach((n) => {
    journeys.set(n.touchpoint.journey, [...(journeys.get(n.touchpoint.journey) ?? []), n]);
  });
  return [...journeys.values()].flatMap((members) => {
    const columns = [...new Set(members.map((n) => n.column))].sort((a, b) => a - b);
    return columns.slice(1).flatMap((column, i) => members.filter((n) => n.column === columns[i])
      .flatMap((from) => members.filter((n) => n.column === column).map((to) => [from, to])));
  });
}

function node({ touchpoint, x, y, r }, open) {
  const score = touchpoint.now.experience ?? touchpoint.baseline.experience;
  const name = touchpoint.title ?? touchpoint.name;
  const act = () => open(touchpoint);
  return s("g", {
    class: `node ${grade(score)}`, role: "button", tabindex: 0, "data-key": `map ${touchpoint.name} ${touchpoint.channel}`,
    "aria-label": text("map.node", { touchpoint: name, channel: touchpoint.channel, words: words(score, touchpoint.withheld),
      count: touchpoint.count }),
    onclick: act,
    onkeydown: (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        act();
      }
    },
  },
  s("title", {}, text("map.title", { touchpoint: name, channel: touchpoint.channel })),
  s("circle", { cx: x, cy: y, r }),
  s("text", { x, y: y + 5, "text-anchor": "middle" }, score ? whole(score.score) : DASH),
  s("text", { class: "small", x, y: y + r + 14, "text-anchor": "middle" }, cut(name, 21)),
  score ? s("text", { class: "small", x, y: y + r + 29, "text-anchor": "middle" },
    text("lowToHigh", { low: whole(score.low), high: whole(score.high) })) : null);
}

// Beside the rate: those that are in none.
const others = (journey) => [
  text("journey.abandoned", { count: journey.abandoned }), text("journey.open", { count: journey.open }),
  journey.recent > 0 ? text("journey.recent", { count: journey.recent }) : null,
  text("journey.unknown", { count: journey.unknown }),
].filter((part) => part).join(", ");

export function journeyTable(journeys, touchpoints, titles) {
  return journeys.map((journey) => {
    return h("div", {},
      h("h3", {}, text("journey", { journey: journey.name })),
      journey.withheld
        ? h("p", { class: "soft" }, text("withheld.reason", { few: tooFew() }))
        : h("p", {}, journey.completion
          ? text("journey.completed", { rate: percent(journey.completion.rate), of: journey.completion.of,
            low: percent(journey.completion.low), high: percent(journey.completion.high), others: others(journey),
            words: words(journey.now.experience ?? journey.baseline.experience) })
          : text("journey.noRate", { others: others(journey) })),
      funnel(journey, touchpoints, titles),
      journey.lost.map(([touchpoint, share, low, high]) => h("p", {}, rich("journey.lost", {
        touchpoint: h("strong", {}, titles(touchpoint)), points: one(100 * share), low: one(100 * low), high: one(100 * high) }))));
  });
}
