/** What is wrong now and why, most severe first. New ones and those that are over are announced once. */

import { announce } from "/announce.js";
import { byId, element, icon, setText } from "/dom.js";
import { write, writeDuration, writeTime } from "/format.js";

const SEVERITIES = { critical: ["icon-critical", "Critical"], warning: ["icon-warning", "Warning"] };
const SECTIONS = { source: "sources", product: "products", campaign: "campaigns", product_source: "product_sources" };

/** How many a wall screen shows; screens.css hides the rest. */
const ON_WALL = 3;

const idOf = ({ name, product, source, campaign }) => JSON.stringify([name, product, source, campaign]);

const severityOf = ({ severity }) => SEVERITIES[severity] ?? SEVERITIES.warning;

export class Alerts {
  #view;
  #items = new Map();

  constructor(view) {
    this.#view = view;
  }

  /** How many there are. */
  get size() {
    return this.#items.size;
  }

  update(board) {
    const alerts = [...(board.alerts ?? [])].sort((a, b) =>
      (a.severity === "critical" ? 0 : 1) - (b.severity === "critical" ? 0 : 1) || a.since.localeCompare(b.since));
    const ids = new Set(alerts.map(idOf));
    this.#items.forEach((item, id) => ids.has(id) || this.#end(id, item));
    alerts.forEach((alert, i) => {
      const item = this.#items.get(idOf(alert)) ?? this.#begin(alert);
      this.#fill(item, alert, board);
      const list = byId("alert-list");
      if (list.children[i] !== item.node) {
        list.insertBefore(item.node, list.children[i] ?? null);
      }
    });
    byId("alert-list").hidden = alerts.length === 0;
    byId("no-alerts").hidden = alerts.length > 0;
    byId("more-alerts").hidden = alerts.length <= ON_WALL;
    setText(byId("more-alerts"), `and ${write(alerts.length - ON_WALL, "count")} more`);
  }

  #begin(alert) {
    const [symbol, word] = severityOf(alert);
    const part = (name) => element("p", { class: name });
    const item = { summary: element("strong"), since: part("since"), reason: part("reason") };
    const text = element("div", {}, element("p", {}, element("span", { class: "severity", text: word }), " ", item.summary), item.reason);
    item.node = element("li", { class: "alert", "data-severity": alert.severity, "data-alert": alert.name }, icon(symbol), text, item.since);
    this.#link(item, alert);
    this.#items.set(idOf(alert), item);
    announce(`${word} alert: ${alert.summary}. ${alert.reason}`);
    return item;
  }

  /** A button that filters the table which shows what the alert is about. */
  #link(item, alert) {
    const table = SECTIONS[alert.dimension];
    if (table) {
      const key = [alert.product, alert.source, alert.campaign].filter(Boolean).join(" ");
      const button = element("button", { type: "button", text: "Show figures" });
      button.addEventListener("click", () => {
        this.#view.set({ [`${table}.filter`]: key });
        byId(table).scrollIntoView();
        byId(table).querySelector("input").focus({ preventScroll: true });
      });
      item.node.append(button);
    }
  }

  #end(id, item) {
    announce(`Over: ${item.summary.textContent}`);
    item.node.remove();
    this.#items.delete(id);
  }

  #fill(item, alert, board) {
    setText(item.summary, alert.summary);
    setText(item.reason, alert.reason);
    const seconds = Math.max(0, (Date.parse(board.now) - Date.parse(alert.since)) / 1000);
    setText(item.since, `since ${writeTime(alert.since, "minute", board.time_zone)}, ${writeDuration(seconds)}`);
  }
}
