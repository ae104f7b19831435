// What a reader has chosen. It is in the fragment of the address, which no browser sends to a server: a link shows the same, and
// what is searched for is in no log.
const USUAL = {
  range: "week", q: "", channel: "", stage: "", owner: "", journey: "", importance: "", sort: "", all: "", touchpoint: "", compare: "",
};

export const FILTERS = ["channel", "stage", "owner", "journey", "importance"];

export const view = { ...USUAL, open: [] };

// All that is chosen, as a value that does not change.
export const chosen = () => JSON.stringify(view);

function read() {
  const sent = new URLSearchParams(location.hash.slice(1));
  for (const [name, usual] of Object.entries(USUAL)) {
    view[name] = sent.get(name) ?? usual;
  }
  view.open = sent.getAll("open");
}

// The address of this page with some choices changed.
export function address(changes) {
  const { open, ...single } = { ...view, ...changes };
  const fragment = new URLSearchParams(Object.entries(single).filter(([name, value]) => value !== USUAL[name]));
  open.forEach((name) => fragment.append("open", name));
  return fragment.size === 0 ? location.pathname + location.search : `#${fragment}`;
}

let changed = () => {};

// Changes what is chosen; the browser's way back leads to where it was before a step.
export function choose(changes, { isStep = false } = {}) {
  const to = address(changes);
  Object.assign(view, changes);
  history[isStep ? "pushState" : "replaceState"](null, "", to);
  changed();
}

export function onChoice(listener) {
  changed = listener;
  addEventListener("popstate", () => {
    read();
    changed();
  });
}

read();
