import { DASH, h, one, percent, s, tooFew, whole } from "./dom.js";
import { grade, words } from "./charts.js";

const STAGES = ["AWARENESS", "CONSIDERATION", "PURCHASE", "ONBOARDING", "USE", "SUPPORT", "RENEWAL", "ADVOCACY"];
const COLUMN = 144;
const ROW = 90;
const TOP = 34;
const MOST = 8;

const capital = (word) => word.charAt(0) + word.slice(1).toLowerCase();
const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

// Stages from left to right; each touchpoint is a circle, as large as its traffic, with its score in it.
export function journeyMap(touchpoints, open) {
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
      rest.push({ column, text: `and ${all.length - MOST} more` });
    }
  });
  const height = TOP + ROW * (Math.max(...nodes.map((n) => n.row)) + 1) + (rest.length > 0 ? 20 : 0);
  const width = stages.length * COLUMN;
  return [h("p", { class: "soft" }, "The number is the experience score, its 95 % range stands below: green from 80, amber from 60, red below; a dashed "
    + "circle has none. The larger a circle, the more events. Lines join what belongs to one journey."),
  h("div", { class: "map-wide", tabindex: 0, role: "group", "aria-label": "Journey map, scrolls sideways" },
    s("svg", { viewBox: `0 0 ${width} ${height}`, width, height },
      stages.map((stage, column) => s("text",
        { class: "stage", x: column * COLUMN + COLUMN / 2, y: 16, "text-anchor": "middle" },
        stage === null ? "No stage" : capital(stage))),
      links(nodes).map(([a, b]) => s("path", { class: "link", "aria-hidden": "true",
        d: `M${a.x} ${a.y}C${(a.x + b.x) / 2} ${a.y} ${(a.x + b.x) / 2} ${b.y} ${b.x} ${b.y}` })),
      nodes.map((n) => node(n, open)),
      rest.map((r) => s("text", { class: "small", x: r.column * COLUMN + COLUMN / 2, y: height - 6,
        "text-anchor": "middle" }, r.text))))];
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
    "aria-label": `${name}, ${touchpoint.channel}, experience ${words(score, touchpoint.withheld)}, `
      + `${whole(touchpoint.count)} events. Show why.`,
    onclick: act,
    onkeydown: (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        act();
      }
    },
  },
  s("title", {}, `${name} (${touchpoint.channel})`),
  s("circle", { cx: x, cy: y, r }),
  s("text", { x, y: y + 5, "text-anchor": "middle" }, score ? whole(score.score) : DASH),
  s("text", { class: "small", x, y: y + r + 14, "text-anchor": "middle" }, cut(name, 21)),
  score ? s("text", { class: "small", x, y: y + r + 29, "text-anchor": "middle" },
    `${whole(score.low)} to ${whole(score.high)}`) : null);
}

// Beside the rate: those that are in none.
const others = (journey) => [
  `${whole(journey.abandoned)} given up`, `${whole(journey.open)} open`,
  journey.recent > 0 ? `${whole(journey.recent)} ended too recently to count` : null,
  `${whole(journey.unknown)} unknown`,
].filter((text) => text).join(", ");

export function journeyTable(journeys) {
  return journeys.map((journey) => {
    return h("div", {},
      h("h3", {}, `Journey ${journey.name}`),
      journey.withheld
        ? h("p", { class: "soft" }, `Withheld: ${tooFew()}.`)
        : h("p", {}, journey.completion
          ? `${percent(journey.completion.rate)} of ${whole(journey.completion.of)} completed (95 % between `
            + `${percent(journey.completion.low)} and ${percent(journey.completion.high)}), ${others(journey)}. Experience `
            + `${words(journey.now.experience ?? journey.baseline.experience)}.`
          : `No completion rate yet: no journey has had the time to time out; ${others(journey)}.`),
      journey.dropOff.length === 0 || journey.withheld ? null
        : h("ol", { class: "steps", "aria-label": "Given up after each step" },
          journey.dropOff.map((share, i) => h("li", {}, `step ${i + 1}: `,
            h("span", { class: share >= 0.2 ? "poor" : "soft" }, `${one(100 * share)} % leave`)))),
      journey.lost.map(([touchpoint, share, low, high]) => h("p", {}, "Those who met less than they could expect at ",
        h("strong", {}, touchpoint), ` complete ${one(100 * share)} points less often than others (95 % between `
        + `${one(100 * low)} and ${one(100 * high)}).`)));
  });
}
