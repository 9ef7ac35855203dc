/** Puts the page together: each board goes to every part, and the address says what is looked at. */

import { Alerts } from "/alerts.js";
import { byId, element } from "/dom.js";
import { refresh } from "/explain.js";
import { FIGURES, RANKED_BY } from "/figures.js";
import { UNDEFINED, write } from "/format.js";
import { Funnel } from "/funnel.js";
import { listen } from "/keys.js";
import { Ledger } from "/ledger.js";
import { Lookup } from "/lookup.js";
import { Plots } from "/plots.js";
import { Shop, WINDOWS } from "/shop.js";
import { Status } from "/status.js";
import { BoardStream } from "/stream.js";
import { FigureTable } from "/table.js";
import { UrlState } from "/url-state.js";

const KINDS = [
  { id: "sources", dimension: "source", title: "Sources", parts: ["source"] },
  { id: "campaigns", dimension: "campaign", title: "Campaigns", parts: ["source", "campaign"] },
  { id: "products", dimension: "product", title: "Products", parts: ["product"] },
  { id: "product_sources", dimension: "product_source", title: "Products by source", parts: ["product", "source"] },
];

const view = new UrlState(RANKED_BY);
const status = new Status();
const alerts = new Alerts(view);
const shop = new Shop(view);
const funnel = new Funnel();
const plots = new Plots(view, (verdict) => shop.verdict.judge(verdict));
const tables = new Map(KINDS.map((kind) => [kind.id, new FigureTable(byId(kind.id), kind, view)]));
const lookups = KINDS.map((kind) => new Lookup(kind, tables.get(kind.id), view));
const ledger = new Ledger();
let board = null;

function receive(next) {
  if (next.window && next.window !== view.get("window")) {
    return; // Asked for before the window was changed.
  }
  board = next;
  document.querySelector("main").removeAttribute("aria-busy");
  status.update(board);
  alerts.update(board);
  shop.update(board);
  funnel.update(board, view.get("window"));
  plots.update(board);
  tables.forEach((table) => table.update(board));
  lookups.forEach((lookup) => lookup.seek());
  ledger.update(board);
  refresh();
  nameThePage();
}

/** Alerts and conversion in the title, for whoever has the page in another tab. */
function nameThePage() {
  const rate = write(board.shop?.[view.get("window")]?.line?.ratios.conversion_rate, "percent");
  const count = alerts.size > 0 ? `(${alerts.size}) ` : "";
  document.title = `${count}${rate === UNDEFINED ? "" : `${rate} · `}Weir`;
}

const stream = new BoardStream(receive, (health) => status.heard(health));

function openStream() {
  stream.open(new URLSearchParams({ window: view.get("window"), top: view.get("top"), by: view.get("by") }));
}

/** What of the page follows the address and not the board. */
function follow() {
  document.documentElement.classList.toggle("wall", view.get("wall") === "1");
  byId("wall").setAttribute("aria-pressed", String(view.get("wall") === "1"));
  byId("top").value = view.get("top");
  byId("by").value = view.get("by");
}

view.onChange((changed) => {
  follow();
  if (["window", "top", "by"].some((name) => changed.has(name))) {
    document.querySelector("main").setAttribute("aria-busy", "true");
    openStream();
  }
  if (changed.has("range")) {
    plots.load();
  }
  shop.render();
  if (board) {
    funnel.update(board, view.get("window"));
  }
  tables.forEach((table) => table.render());
  lookups.forEach((lookup) => lookup.seek());
});

const isDark = () => document.documentElement.dataset.theme === "dark";

function switchTheme() {
  const theme = isDark() ? "light" : "dark";
  view.set({ theme });
  document.dispatchEvent(new CustomEvent("themechosen", { detail: theme }));
}

const switchWall = () => view.set({ wall: view.get("wall") === "1" ? "" : "1" });

/** The value after the current one, round and round. */
const after = (values, value) => values[(values.indexOf(value) + 1) % values.length];

byId("by").append(...RANKED_BY.map((name) => element("option", { value: name, text: FIGURES[name].label.toLowerCase() })));
["top", "by"].forEach((name) => byId(name).addEventListener("change", () => view.set({ [name]: byId(name).value })));
byId("theme").addEventListener("click", switchTheme);
byId("wall").addEventListener("click", switchWall);
byId("help-button").addEventListener("click", () => byId("help").showModal());
byId("help-close").addEventListener("click", () => byId("help").close());
byId("glossary").append(...Object.values(FIGURES).flatMap(({ label, means }) =>
  [element("dt", { text: label }), element("dd", { text: means })]));

listen([
  { keys: "12345", label: "last minute, 5 minutes, 1 hour, 24 hours, today", action: (key) => view.set({ window: WINDOWS[Number(key) - 1][0] }) },
  { keys: "r", label: "the next range of the plots", action: () => view.set({ range: after(["1h", "3h", "12h", "24h"], view.get("range")) }) },
  { keys: "/", label: "filter products", action: () => byId("products").querySelector("input").focus() },
  { keys: "d", label: "dark or light", action: switchTheme },
  { keys: "w", label: "wall mode and back", action: switchWall },
  { keys: "?", label: "this list", action: () => byId("help").showModal() },
]);

follow();
shop.render();
plots.load();
openStream();
