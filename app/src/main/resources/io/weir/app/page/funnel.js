/** From click to payment. Paid clicks and visits are two ways in: a paid click becomes a visit when it lands. */

import { byId, element, setText } from "/dom.js";
import { explain } from "/explain.js";
import { FIGURES, isUnreliable, textOf, valueOf } from "/figures.js";
import { UNDEFINED, write } from "/format.js";

const PAID = ["clicks", "landings"];
const ALL = ["visits", "visitors", "buyers", "payments"];

/** What stands between a step and the one before it: words, and how the two make a number. */
const BETWEEN = {
  landings: { of: ["landings", "clicks"], form: "percent", words: "landed", ratio: "landing_rate" },
  visitors: { of: ["visits", "visitors"], form: "times", words: "visits a visitor" },
  buyers: { of: ["buyers", "visitors"], form: "percent", words: "bought", ratio: "conversion_rate" },
  payments: { of: ["payments", "buyers"], form: "times", words: "payments a buyer" },
};

export class Funnel {
  #steps = new Map();
  #board = null;
  #line = null;

  constructor() {
    this.#build(byId("funnel-paid"), PAID);
    this.#build(byId("funnel-all"), ALL);
  }

  #build(list, names) {
    names.forEach((name) => {
      const between = element("span", { class: "between" });
      const value = element("b", { text: UNDEFINED });
      const bar = element("i");
      const step = element("li", { "data-figure": name },
        between, element("span", { class: "step" }, element("span", { text: FIGURES[name].label }), value), element("span", { class: "track" }, bar));
      explain(step, () => ({ anchor: step, title: `${FIGURES[name].label}: ${value.textContent}`, lines: this.#lines(name) }));
      this.#steps.set(name, { between, value, bar });
      list.append(step);
    });
  }

  update(board, window) {
    this.#board = board;
    this.#line = board.shop?.[window]?.line ?? null;
    const widest = Math.max(1, ...[...PAID, ...ALL].map((name) => valueOf(name, this.#line) ?? 0));
    this.#steps.forEach(({ between, value, bar }, name) => {
      setText(value, textOf(name, this.#line, board.currency));
      setText(between, this.#between(name));
      between.classList.toggle("unreliable", this.#isUnreliable(name));
      bar.style.width = `${(100 * (valueOf(name, this.#line) ?? 0)) / widest}%`;
    });
  }

  #isUnreliable(name) {
    const ratio = BETWEEN[name]?.ratio;
    return ratio !== undefined && isUnreliable(ratio, this.#line);
  }

  #between(name) {
    if (!BETWEEN[name]) {
      return name === "clicks" ? "paid" : "paid and free";
    }
    const { of, form, words } = BETWEEN[name];
    const [numerator, denominator] = of.map((part) => valueOf(part, this.#line) ?? 0);
    const ratio = denominator === 0 ? null : numerator / denominator;
    return `${write(ratio, form)}${this.#isUnreliable(name) ? " †" : ""} ${words}`;
  }

  #lines(name) {
    const landings = valueOf("landings", this.#line);
    const visits = valueOf("visits", this.#line);
    const paidShare = visits > 0 && name === "visits"
      ? `${write(landings / visits, "share")} of them are the landing of a paid click.` : "";
    const apart = name === "landings" ? "A landing is a visit too, so it is among the visits on the other side." : "";
    const many = this.#isUnreliable(name) ? `On fewer than ${write(this.#board.min_visitors, "count")} visitors: do not act on it.` : "";
    return [many, this.#between(name), FIGURES[name].means, paidShare, apart];
  }
}
