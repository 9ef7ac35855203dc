/** The shop as a whole: conversion in every window, whether it is where it should be, and the figures as cards. */

import { choice } from "/choice.js";
import { compare } from "/compare.js";
import { byId, element, setAttribute, setText } from "/dom.js";
import { explain } from "/explain.js";
import { FIGURES, caution, derivation, isLoss, isUnreliable, textOf, valueOf } from "/figures.js";
import { write, writeTime } from "/format.js";
import { VerdictPanel } from "/verdict.js";

export const WINDOWS = [
  ["1m", "1 minute"], ["5m", "5 minutes"], ["1h", "1 hour"], ["24h", "24 hours"], ["today", "Today"],
];

const CARDS = [
  "visitors", "buyers", "revenue_micros", "revenue_per_buyer", "visitor_value", "visitor_cost",
  "cost_micros", "roas", "roi", "cost_per_click", "landing_rate", "halo_revenue_micros",
];

const WINDOW_MEANS = {
  "1m": "The last whole minute for which the data are complete.",
  "5m": "The five whole minutes before “data as of”. Distinct visitors and buyers are counted exactly.",
  "1h": "The 60 whole minutes before “data as of”. Distinct visitors and buyers are counted exactly.",
  "24h": "The 24 hours before “data as of”, in whole minutes. Distinct visitors and buyers are counted exactly.",
  today: "The calendar day so far, from midnight in the shop's time zone, to the second.",
};

export class Shop {
  #view;
  #board = null;
  #cards = new Map();

  constructor(view) {
    this.#view = view;
    this.windows = choice(byId("windows"), "window", WINDOWS, (value) => view.set({ window: value }));
    this.windows.labels.forEach((label, window) => {
      label.append(element("b", { text: "–" }));
      explain(label, () => this.#explainWindow(label, window), false);
    });
    this.hero = this.#card("conversion_rate");
    byId("hero-figure").append(this.hero.card);
    CARDS.forEach((name) => {
      this.#cards.set(name, this.#card(name));
      byId("cards").append(this.#cards.get(name).card);
    });
    this.verdict = new VerdictPanel(byId("verdict"));
  }

  #card(name) {
    const card = element("div", { class: "card", "data-figure": name, role: "group" });
    const label = element("h3", { text: FIGURES[name].label, id: `card-${name}` });
    const value = element("p", { class: "value", text: "–" });
    const against = element("p", { class: "against" }, element("span", { class: "change" }), element("span", { class: "before" }));
    card.setAttribute("aria-labelledby", label.id);
    card.append(label, value, against);
    explain(card, () => ({
      anchor: card,
      title: `${FIGURES[name].label}: ${value.textContent}`,
      lines: [
        caution(name, this.#line(), this.#board), derivation(name, this.#line(), this.#board), FIGURES[name].means,
        name === "conversion_rate" ? "Called changed when two shares differ by more than chance, 99 in 100 (z-test)." : "",
      ],
    }));
    return { card, value, change: against.firstChild, before: against.lastChild };
  }

  #line(window = this.#view.get("window")) {
    return this.#board?.shop?.[window]?.line ?? null;
  }

  update(board) {
    this.#board = board;
    this.verdict.update(board);
    this.render();
  }

  /** Shows the last board in the window that the address now asks for. */
  render() {
    const window = this.#view.get("window");
    this.windows.choose(window);
    if (!this.#board) {
      return;
    }
    this.windows.labels.forEach((label, name) => this.#writeFigure(label.lastChild, "conversion_rate", this.#line(name)));
    this.#renderCard("conversion_rate", this.hero);
    this.#cards.forEach((card, name) => this.#renderCard(name, card));
    setText(byId("period"), this.#period(window));
    const { margin, min_visitors: least } = this.#board;
    setText(byId("legend"), `† on fewer than ${write(least, "count")} visitors: do not act on it. ▾ costs more than it brings. `
      + `– undefined: nothing to divide by. ROI takes a margin of ${write(margin, "share")} of revenue.`);
  }

  #writeFigure(node, name, line) {
    setText(node, textOf(name, line, this.#board.currency));
    node.classList.toggle("undefined", valueOf(name, line) === null);
    node.classList.toggle("unreliable", isUnreliable(name, line));
    node.classList.toggle("loss", isLoss(name, line));
  }

  #renderCard(name, { value, change, before }) {
    this.#writeFigure(value, name, this.#line());
    const yesterday = this.#board.shop?.yesterday?.line ?? null;
    const { text, tone } = compare(name, this.#line("today"), yesterday);
    const { form } = FIGURES[name];
    const isToday = this.#view.get("window") === "today";
    const today = isToday ? "" : `today ${write(valueOf(name, this.#line("today")), form, this.#board.currency)} `;
    setText(change, text);
    setAttribute(change, "data-tone", tone);
    setText(before, `${today}${isToday ? "yesterday" : "against"} ${write(valueOf(name, yesterday), form, this.#board.currency)}`);
  }

  #period(window) {
    const { shop, time_zone: zone } = this.#board;
    const span = shop?.[window];
    if (!span?.start) {
      return "No events yet.";
    }
    const until = writeTime(span.end, window === "today" ? "second" : "minute", zone);
    const yesterday = shop.yesterday?.end
      ? `Changes: today against yesterday until ${writeTime(shop.yesterday.end, "second", zone)}.`
      : "No yesterday to compare with.";
    const hours = window === "today" && Date.parse(span.end) > Date.parse(this.#board.data_as_of)
      ? `until ${writeTime(this.#board.data_as_of, "second", zone)}`
      : `${writeTime(span.start, "minute", zone)} to ${until}`;
    return `${writeTime(window === "today" ? span.start : span.end, "date", zone)}, ${hours}. ${yesterday}`;
  }

  #explainWindow(anchor, window) {
    const line = this.#line(window);
    const lines = this.#board ? [caution("conversion_rate", line, this.#board), derivation("conversion_rate", line, this.#board)] : [];
    const label = WINDOWS.find(([name]) => name === window)[1];
    return { anchor, title: `Conversion rate, ${label.toLowerCase()}: ${anchor.lastChild.textContent}`, lines: [...lines, WINDOW_MEANS[window]] };
  }
}
