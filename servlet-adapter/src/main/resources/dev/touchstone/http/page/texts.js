// The texts of the page in the reader's language: one file for each, with the same keys. What is not translated is what the
// server sends as a sentence; it is English.
const LANGUAGES = ["en", "de"];

const wanted = navigator.languages.map((tag) => tag.split("-")[0].toLowerCase());

export const language = wanted.find((each) => LANGUAGES.includes(each)) ?? LANGUAGES[0];

// Numbers and dates are written as the reader is used to, whether there are texts in that language or not.
export const locales = [...navigator.languages];

const texts = await (await fetch(`texts-${language}.json`)).json();
const plurals = new Intl.PluralRules(language);
const WHOLE = new Intl.NumberFormat(locales, { maximumFractionDigits: 0 });

// The text with its places filled; one that is given in plural forms has the form that its count asks for.
function parts(key, values) {
  const entry = texts[key];
  const form = typeof entry === "object" ? entry[plurals.select(values.count)] ?? entry.other : entry ?? key;
  return form.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) {
      return part;
    }
    const value = values[part];
    return typeof value === "number" ? WHOLE.format(value) : value;
  });
}

// A text as a string; numbers in it are whole.
export const text = (key, values = {}) => parts(key, values).join("");

// A text with elements in some of its places, as a list of children.
export const rich = (key, values) => parts(key, values).flat().filter((part) => part !== "");

// The name of something that the server may know and this page may not; its own name then.
export const named = (kind, name) => texts[`${kind}.${name}`] ?? name;

// Fills in the texts of the document itself.
export function translate(root) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text);
  }
  for (const attribute of ["aria-label", "placeholder"]) {
    for (const element of root.querySelectorAll(`[data-${attribute}]`)) {
      element.setAttribute(attribute, text(element.getAttribute(`data-${attribute}`)));
    }
  }
}
