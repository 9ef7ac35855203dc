/**
 * The keys of one dimension as a table that sorts by any column and filters by text. Rows are kept from one board to
 * the next, so focus and selection stay. While the pointer or the focus is on the rows, they keep their places.
 */

import { element, setAttribute, setText } from "/dom.js";
import { explain } from "/explain.js";
import { FIGURES, caution, derivation, isLoss, isRatio, isUnreliable, textOf, valueOf } from "/figures.js";
import { write } from "/format.js";
import { GridFocus } from "/grid-focus.js";

/** Column name to whether a wall screen has room for it. */
const COLUMNS = new Map(Object.entries({
  visitors: true, buyers: false, conversion_rate: true, revenue_micros: true, revenue_per_buyer: false,
  visitor_value: false, visitor_cost: false, cost_micros: false, roas: true, roi: false, clicks: false,
  cost_per_click: false, landing_rate: false, halo_revenue_micros: false,
}));
const NAMES = [...COLUMNS.keys()];

/**
 * @typedef {object} Kind
 * @property {string} id such as `product_sources`, as the board and the address name it
 * @property {string} dimension as the API names it
 * @property {string} title
 * @property {string[]} parts fields of a line that make up its name
 */

export class FigureTable {
  #kind;
  #view;
  #rows = new Map();
  #headers = new Map();
  #board = null;
  #found = null;

  /**
   * @param {HTMLElement} section where it goes
   * @param {Kind} kind
   * @param {{get: function(string): string, set: function(Object, ?string): void}} view the state in the address
   */
  constructor(section, kind, view) {
    this.#kind = kind;
    this.#view = view;
    this.#build(section);
  }

  #build(section) {
    const { id, title } = this.#kind;
    section.setAttribute("aria-labelledby", `${id}-heading`);
    this.count = element("span", { class: "count" });
    this.filter = element("input", {
      type: "search", placeholder: `Filter ${title.toLowerCase()}`, "aria-label": `Filter ${title.toLowerCase()}`,
      "aria-keyshortcuts": "/", autocomplete: "off", spellcheck: "false",
    });
    this.filter.addEventListener("input", () => {
      this.#view.set({ [`${id}.filter`]: this.filter.value }, `${id}.filter`);
    });
    this.csv = element("a", { class: "button csv", text: "CSV", download: "", "aria-label": `${title} as CSV file` });
    section.append(
      element("div", { class: "bar" }, element("h2", { id: `${id}-heading`, text: title }), this.count, this.filter, this.csv),
      this.#buildTable(),
    );
  }

  #buildTable() {
    const { id, parts } = this.#kind;
    const table = element("table", { role: "grid", "aria-labelledby": `${id}-heading` });
    const head = table.createTHead().insertRow();
    const name = parts.map((part) => part[0].toUpperCase() + part.slice(1)).join(" / ");
    head.append(this.#header("name", name), ...NAMES.map((column) => this.#header(column, FIGURES[column].label)));
    this.body = table.createTBody();
    explain(table, (target) => this.#explanation(target), false);
    this.empty = element("p", { class: "empty" });
    this.focus = new GridFocus(table);
    return element("div", { class: "scroll" }, table, this.empty);
  }

  #header(column, label) {
    const button = element("button", { type: "button", text: label });
    button.addEventListener("click", () => this.#sortBy(column));
    const header = element("th", { scope: "col", "data-column": column }, button);
    header.classList.toggle("wide", COLUMNS.get(column) === false);
    this.#headers.set(column, header);
    return header;
  }

  /** The column and direction that the address asks for; by default as the board ranks its lines. */
  #sort() {
    const text = this.#view.get(`${this.#kind.id}.sort`);
    const column = text.replace(/^-/, "");
    return column === "name" || NAMES.includes(column)
      ? { column, descending: text.startsWith("-") }
      : { column: this.#view.get("by"), descending: true };
  }

  #sortBy(column) {
    const sort = this.#sort();
    const descending = sort.column === column ? !sort.descending : column !== "name";
    const isDefault = descending && column === this.#view.get("by");
    this.#view.set({ [`${this.#kind.id}.sort`]: isDefault ? "" : `${descending ? "-" : ""}${column}` });
  }

  /** @param {object} board as the API gives it */
  update(board) {
    this.#board = board;
    this.render();
  }

  /** A line that was looked up because the board does not show it; null for none. */
  set found(line) {
    this.#found = line;
    this.render();
  }

  /** What is to be looked up: the text of a filter that nothing on the board matches, while the board holds only some. */
  get sought() {
    const { lines, keys } = this.#ranking();
    const text = this.#view.get(`${this.#kind.id}.filter`).trim();
    const missing = text !== "" && lines.length < keys && !lines.some((line) => this.#matches(line));
    return missing && this.#kind.parts.length === 1 ? text : "";
  }

  #ranking() {
    return this.#board?.[this.#kind.id] ?? { keys: 0, lines: [] };
  }

  #name(line) {
    return this.#kind.parts.map((part) => line[part]).join(" / ");
  }

  #matches(line) {
    const name = this.#name(line).toLocaleLowerCase();
    const terms = this.#view.get(`${this.#kind.id}.filter`).toLocaleLowerCase().split(/\s+/);
    return terms.every((term) => name.includes(term));
  }

  /** Shows the last board as the address now asks for it. */
  render() {
    if (!this.#board) {
      return;
    }
    const filter = this.#view.get(`${this.#kind.id}.filter`);
    if (this.filter.value !== filter && document.activeElement !== this.filter) {
      this.filter.value = filter;
    }
    const { lines } = this.#ranking();
    const shown = lines.filter((line) => this.#matches(line)).sort((a, b) => this.#compare(a, b));
    if (shown.length === 0 && this.#found && this.sought === this.#name(this.#found)) {
      shown.push(this.#found);
    }
    this.#place(shown);
    this.#describe(shown.length);
  }

  #place(lines) {
    const most = Math.max(1, ...this.#ranking().lines.map((line) => line.measures.visitors));
    const rows = lines.map((line) => this.#row(line, most));
    const wanted = new Set(rows);
    this.#rows.forEach((row, name) => {
      if (!wanted.has(row)) {
        this.focus.leave(row);
        row.remove();
        this.#rows.delete(name);
      }
    });
    const held = this.body.matches(":hover") || this.body.contains(document.activeElement);
    const order = held ? [...this.body.rows, ...rows.filter((row) => !row.isConnected)] : rows;
    order.forEach((row, i) => this.body.rows[i] === row || this.body.insertBefore(row, this.body.rows[i] ?? null));
    this.focus.settle();
  }

  #describe(shown) {
    const { lines, keys } = this.#ranking();
    const sort = this.#sort();
    this.#headers.forEach((header, column) => {
      const order = sort.descending ? "descending" : "ascending";
      setAttribute(header, "aria-sort", sort.column === column ? order : "none");
    });
    const all = write(keys, "count");
    const by = FIGURES[this.#board.by ?? this.#view.get("by")].label.toLowerCase();
    const part = lines.length < keys ? `the ${write(lines.length, "count")} first by ${by} of ${all}` : all;
    setText(this.count, shown === lines.length ? part : `${write(shown, "count")} of ${part} match`);
    this.empty.hidden = shown > 0;
    setText(this.empty, lines.length === 0 ? "Nothing in this window yet." : "Nothing shown matches the filter.");
    const query = new URLSearchParams({
      dimension: this.#kind.dimension, window: this.#view.get("window"), by: this.#view.get("by"), top: "1000", format: "csv",
    });
    setAttribute(this.csv, "href", `/api/v1/now?${query}`);
  }

  #compare(a, b) {
    const { column, descending } = this.#sort();
    const direction = descending ? -1 : 1;
    const byName = this.#name(a).localeCompare(this.#name(b));
    if (column === "name") {
      return direction * byName;
    }
    const x = valueOf(column, a);
    const y = valueOf(column, b);
    if (x === null || y === null) {
      return (x === null) - (y === null) || byName; // Undefined comes last whichever way it is sorted.
    }
    if (isRatio(column) && a.reliable !== b.reliable) {
      return a.reliable ? -1 : 1; // So does what nobody should act on.
    }
    return direction * (x - y) || byName;
  }

  #row(line, mostVisitors) {
    const name = this.#name(line);
    const row = this.#rows.get(name) ?? this.#newRow(line, name);
    row.line = line;
    row.cells[0].lastChild.style.width = `${(100 * line.measures.visitors) / mostVisitors}%`;
    NAMES.forEach((column, i) => {
      const cell = row.cells[i + 1];
      setText(cell, textOf(column, line, this.#board.currency));
      cell.classList.toggle("undefined", valueOf(column, line) === null);
      cell.classList.toggle("unreliable", isUnreliable(column, line));
      cell.classList.toggle("loss", isLoss(column, line));
    });
    return row;
  }

  #newRow(line, name) {
    const row = element("tr");
    const parts = this.#kind.parts.map((part) => element("span", { text: line[part] }));
    row.append(element("th", { scope: "row", tabindex: "-1" }, element("div", {}, ...parts), element("i")));
    COLUMNS.forEach((onWall, column) => {
      const cell = element("td", { tabindex: "-1", "data-column": column });
      cell.classList.toggle("wide", !onWall);
      row.append(cell);
    });
    this.#rows.set(name, row);
    return row;
  }

  #explanation(target) {
    const anchor = target.closest("th, td");
    if (!anchor) {
      return null;
    }
    const { line } = anchor.parentElement;
    const { column } = anchor.dataset;
    if (!column) {
      return { anchor, title: this.#name(line), lines: [] };
    }
    if (!line) {
      const means = column === "name" ? "" : FIGURES[column].means;
      return { anchor, title: anchor.textContent, lines: [means, "Press to sort by it."] };
    }
    const { label, means } = FIGURES[column];
    return {
      anchor,
      title: `${label} of ${this.#name(line)}: ${anchor.textContent}`,
      lines: [caution(column, line, this.#board), derivation(column, line, this.#board), means],
    };
  }
}
