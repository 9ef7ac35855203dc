/** What became of the records read, by input: read = accepted + duplicate + late + rejected. */

import { byId, element, setText } from "/dom.js";
import { explain } from "/explain.js";
import { UNDEFINED, write } from "/format.js";

const OUTCOMES = {
  read: "All records read from this topic since the first start, over restarts.",
  accepted: "They count.",
  duplicate: "The same event again, within the grace period. Counted here and dropped.",
  late: "Older than the grace period allows. They change no figure; they are kept in the late-events topic.",
  rejected: "No valid event. They change no figure; they are kept in the dead-letter topic with the reason.",
};

const share = (part, all) => (all === 0 || part === 0 ? "" : ` (${part / all < 0.001 ? "< " : ""}${write(Math.max(part / all, 0.001), "share")})`);

export class Ledger {
  #board = null;

  constructor() {
    const head = byId("ledger").tHead.rows[0];
    Object.entries(OUTCOMES).forEach(([outcome, means]) => {
      const label = outcome[0].toUpperCase() + outcome.slice(1);
      const cell = element("th", { scope: "col", text: label });
      explain(cell, () => ({ anchor: cell, title: label, lines: [means] }));
      head.append(cell);
    });
    head.append(element("th", { scope: "col", class: "text", text: "Rejected because" }));
    explain(byId("intake"), () => ({
      anchor: byId("intake"), title: byId("intake").textContent, lines: Object.entries(this.#sums()).map(([outcome, sum]) =>
        `${outcome[0].toUpperCase()}${outcome.slice(1)} ${write(sum, "count")}: ${OUTCOMES[outcome]}`),
    }));
  }

  #sums() {
    const inputs = Object.values(this.#board?.inputs ?? {});
    return Object.fromEntries(Object.keys(OUTCOMES).map((outcome) =>
      [outcome, inputs.reduce((sum, input) => sum + input[outcome], 0)]));
  }

  update(board) {
    this.#board = board;
    const body = byId("ledger").tBodies[0];
    Object.entries(board.inputs ?? {}).forEach(([name, input], i) => this.#fill(body.rows[i] ?? newRow(body), name, input));
    const { read, late, rejected } = this.#sums();
    const part = (records) => (read === 0 ? UNDEFINED : `${write(records, "count")}${share(records, read)}`);
    setText(byId("intake"), `${write(read, "count")} read, ${part(late)} late, ${part(rejected)} rejected`);
  }

  #fill(row, name, input) {
    setText(row.cells[0], name);
    Object.keys(OUTCOMES).forEach((outcome, i) => {
      const of = outcome === "read" || outcome === "accepted" ? "" : share(input[outcome], input.read);
      setText(row.cells[i + 1], `${write(input[outcome], "count")}${of}`);
    });
    const reasons = (input.rejected_by_reason ?? []).map(({ meaning, records }) => `${write(records, "count")} × ${meaning}`);
    setText(row.lastChild, reasons.join("; ") || UNDEFINED);
  }
}

function newRow(body) {
  const row = body.insertRow();
  row.append(element("th", { scope: "row" }), ...Object.keys(OUTCOMES).map(() => element("td")), element("td", { class: "text" }));
  return row;
}
