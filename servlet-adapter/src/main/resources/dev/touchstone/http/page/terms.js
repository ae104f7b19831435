import { h } from "./elements.js";
import { text } from "./texts.js";
import { windowed } from "./windows.js";

// The words and units that are explained, in the order of the legend.
export const TERMS = ["experience", "effort", "range", "baseline", "change", "cost", "events", "evidence", "verdict", "withheld",
  "consistency", "apdex"];

// What makes an element show the explanation of a word: on hover, on focus, and read out after its name.
export const explains = (term) => ({ "data-term": term, "aria-describedby": `term-${term}` });

// A word that can be pointed at and focused.
export const explained = (term, ...words) => h("span", { class: "term", tabindex: 0, role: "note", ...explains(term) }, ...words);

export const legend = () => h("dl", { class: "legend" }, TERMS.map((term) => [
  h("dt", {}, windowed(`term.${term}.name`)), h("dd", { id: `term-${term}` }, windowed(`term.${term}`))]).flat());

const GAP = 6;

// One explanation at a time: it stays while it or its word is pointed at, and goes on Escape.
export function explainOnHover(tip) {
  let shown = null;
  const hide = () => {
    shown = null;
    tip.hidden = true;
  };
  const point = ({ target }) => {
    const word = target.closest?.("[data-term]");
    if (word && word !== shown) {
      shown = word;
      tip.textContent = windowed(`term.${word.dataset.term}`);
      tip.hidden = false;
      tip.style.left = "0"; // where it is as wide as it wants to be
      const at = word.getBoundingClientRect();
      const left = Math.max(GAP, Math.min(at.left, document.documentElement.clientWidth - tip.offsetWidth - GAP));
      const below = at.bottom + GAP;
      const top = below + tip.offsetHeight > innerHeight && at.top > tip.offsetHeight ? at.top - GAP - tip.offsetHeight : below;
      tip.style.left = `${left + scrollX}px`;
      tip.style.top = `${top + scrollY}px`;
    } else if (!word && !tip.contains(target) && !(shown && shown === document.activeElement)) {
      hide();
    }
  };
  addEventListener("mouseover", point);
  addEventListener("focusin", point);
  addEventListener("focusout", hide);
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
}
