/** Whether conversion is where it should be, to be seen from across the room. */

import { icon, setAttribute, setText } from "/dom.js";
import { explain } from "/explain.js";
import { write } from "/format.js";

const VERDICTS = {
  expected: ["icon-ok", "Where it should be"],
  below: ["icon-below", "Below expectation"],
  above: ["icon-above", "Above expectation"],
  unknown: ["icon-unknown", "Not enough to tell"],
};

const FROM = {
  yesterday: "in the same minutes yesterday, half an hour either side",
  recent: "in the hour before, as there is no yesterday",
};

const HOW = "Expected is what came out before, give or take three standard errors or a tenth, whichever is more. The windows "
  + "are added up, so the rate is the mean of ten minutes and not the conversion rate of ten minutes.";

/** Whether an alert says the same of the whole shop, on more evidence. */
const isAboutConversion = ({ name, dimension }) => dimension === "total" && name.endsWith("ConversionDrop");

const percent = (value) => write(value, "percent");

export class VerdictPanel {
  #node;
  #verdict = { verdict: "unknown" };
  #alert = null;

  /** @param {HTMLElement} node with .word, .track (.range and .now in it) and .words */
  constructor(node) {
    this.#node = node;
    explain(node, () => ({ anchor: node, title: this.#part(".word").textContent, lines: this.#reasons() }));
    this.#render();
  }

  #part(selector) {
    return this.#node.querySelector(selector);
  }

  /** @param {object} verdict as series.js gives it */
  judge(verdict) {
    this.#verdict = verdict;
    this.#render();
  }

  /** An alert about the whole shop's conversion outweighs what the plots say. */
  update(board) {
    const alert = (board.alerts ?? []).find(isAboutConversion) ?? null;
    if (alert?.reason !== this.#alert?.reason) {
      this.#alert = alert;
      this.#render();
    }
  }

  #render() {
    const { verdict, rate, expected } = this.#verdict;
    const outcome = this.#alert ? "below" : verdict;
    const [symbol, text] = VERDICTS[outcome];
    setAttribute(this.#node, "data-verdict", outcome);
    this.#part(".word").replaceChildren(icon(symbol), text);
    this.#part(".track").hidden = verdict === "unknown";
    setText(this.#part(".words"), verdict === "unknown" ? "" : `Last 10 minutes ${percent(rate)}, `
      + `expected ${percent(expected.low)} to ${percent(expected.high)}`);
    if (verdict !== "unknown") {
      const scale = 100 / (1.15 * Math.max(rate, expected.high));
      this.#part(".range").style.left = `${scale * expected.low}%`;
      this.#part(".range").style.width = `${scale * (expected.high - expected.low)}%`;
      this.#part(".now").style.left = `${scale * rate}%`;
    }
  }

  #reasons() {
    const { verdict, rate, expected, by, buyers, visitors } = this.#verdict;
    const alert = this.#alert ? `Alert: ${this.#alert.reason}` : "";
    if (verdict === "unknown") {
      return [alert, "The last ten minutes, or what they are compared with, had too few visitors.", HOW];
    }
    return [
      alert,
      `The last ten one-minute windows: ${percent(rate)} = ${write(buyers, "count")} ÷ ${write(visitors, "count")}. `
        + `Expected ${percent(expected.low)} to ${percent(expected.high)}, from ${percent(expected.mid)} ${FROM[by]}.`,
      HOW,
    ];
  }
}
