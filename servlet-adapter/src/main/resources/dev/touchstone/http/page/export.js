import { h } from "./elements.js";
import { locales, text } from "./texts.js";

// Files for spreadsheets and slides, made in the browser: nothing is sent.

// A comma as decimal sign asks for semicolons between the values, which is what spreadsheets expect there.
const DECIMAL = new Intl.NumberFormat(locales).formatToParts(0.5).find(({ type }) => type === "decimal").value;
const BETWEEN = DECIMAL === "," ? ";" : ",";
const MOST_DIGITS = 4;

// What a spreadsheet would take for a formula is text, and is marked as such.
const FORMULA = /^[=+\-@\t\r]/;

function field(value) {
  if (typeof value === "number") {
    return String(Number(value.toFixed(MOST_DIGITS))).replace(".", DECIMAL);
  }
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /["\r\n,;]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
}

// Rows of strings and numbers as CSV of RFC 4180; the mark at its start says that it is UTF-8.
export const csv = (rows) => `\uFEFF${rows.map((row) => row.map((value) => field(value ?? "")).join(BETWEEN)).join("\r\n")}\r\n`;

// The attribute of a cell that stands for other values than its text: several fill several columns.
export const holds = (...values) => ({ "data-csv": JSON.stringify(values) });

// A number is read by programs, so its thousands are not grouped.
const GROUP = new Intl.NumberFormat(locales).formatToParts(1_000_000).find(({ type }) => type === "group")?.value ?? ",";
const GROUPS = new RegExp(`(?<=\\d)[${GROUP}](?=\\d{3})`, "g");
const written = (cell) => (cell.classList.contains("number") ? cell.innerText.replace(GROUPS, "") : cell.innerText);

const valuesOf = (cell) => (cell.dataset.csv ? JSON.parse(cell.dataset.csv) : [written(cell).replaceAll("\u00AD", "").replace(/\s+/g, " ").trim()]);

const rowsOf = (table) => [...table.rows].filter(({ dataset }) => dataset.csv !== "none").map((row) => [...row.cells].flatMap(valuesOf));

function download(name, blob) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

const fileName = (label, ending) => `touchstone-${label.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "")}.${ending}`;

const button = (label, format, onclick) => h("button", { type: "button", class: "export", "data-key": `${format} ${label}`,
  "aria-label": text("export.label", { format, what: label }), onclick }, format);

// A table beside a button that saves it. What the document does not hold in full is made when it is asked for.
export function saved(label, table, rows = () => rowsOf(table)) {
  return button(label, "CSV", () => download(fileName(label, "csv"), new Blob([csv(rows())], { type: "text/csv" })));
}

const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "text-anchor"];
const SCALE = 2;

// A copy that looks the same without the page's styles.
function standalone(chart) {
  const copy = chart.cloneNode(true);
  const copies = [copy, ...copy.querySelectorAll("*")];
  [chart, ...chart.querySelectorAll("*")].forEach((element, i) => {
    const style = getComputedStyle(element);
    DRAWN.forEach((name) => copies[i].setAttribute(name, style.getPropertyValue(name)));
  });
  return copy;
}

async function picture(chart) {
  const [, , width, height] = chart.getAttribute("viewBox").split(" ").map(Number);
  const copy = standalone(chart);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = h("canvas", { width: width * SCALE, height: height * SCALE });
    const context = canvas.getContext("2d");
    context.fillStyle = getComputedStyle(chart.closest("section")).backgroundColor;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}

// A chart with a button that saves it.
export const pictured = (label, chart) =>
  h("div", { class: "exported" }, chart, button(label, "PNG", async () => download(fileName(label, "png"), await picture(chart.matches("svg") ? chart : chart.querySelector("svg")))));
