import { FIGURES, show } from "/figures.js";

const COLUMNS = [
  "visitors", "buyers", "conversion", "revenue", "revenuePerBuyer", "visitorValue", "visitorCost", "spend", "roas", "roi",
  "clicks", "clickCost", "landingRate", "haloRevenue",
];

/** A sortable, filterable table of lines. Rows are kept from one update to the next, so focus and selection stay. */
export class Ranking {
  #name;
  #sort = { column: "visitors", descending: true };
  #rows = new Map();
  #headers = new Map();
  #lines = [];
  #keys = 0;
  #currency = "";
  #onMore;

  /**
   * @param {HTMLElement} section where the table goes
   * @param {string} title heading; lower case it is also what the lines are called
   * @param {function(object): string} name the name of a line
   * @param {function(): void} onMore called when all lines are asked for
   */
  constructor(section, title, name, onMore) {
    this.#name = name;
    this.#onMore = onMore;
    this.title = title;
    this.#build(section);
  }

  #build(section) {
    const heading = element("h2", this.title);
    heading.id = `${section.id}-heading`;
    section.setAttribute("aria-labelledby", heading.id);
    this.filter = element("input");
    this.filter.type = "search";
    this.filter.placeholder = `Filter ${this.title.toLowerCase()}`;
    this.filter.setAttribute("aria-label", this.filter.placeholder);
    this.filter.addEventListener("input", () => this.#render());
    this.count = element("span");
    this.count.className = "count";
    this.more = element("button", "Show all");
    this.more.type = "button";
    this.more.hidden = true;
    this.more.addEventListener("click", () => this.#onMore());
    const bar = element("div");
    bar.className = "bar";
    bar.append(heading, this.count, this.more, this.filter);

    const table = element("table");
    const head = table.createTHead().insertRow();
    head.append(this.#header("name", this.title.replace(/s$/, ""), "sort by name"));
    COLUMNS.forEach((column) => head.append(this.#header(column, FIGURES[column].label, FIGURES[column].means)));
    this.body = table.createTBody();
    const scroll = element("div");
    scroll.className = "scroll";
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-labelledby", heading.id);
    scroll.append(table);
    section.append(bar, scroll);
  }

  #header(column, label, means) {
    const header = element("th");
    header.scope = "col";
    const button = element("button", label);
    button.type = "button";
    button.title = means;
    button.addEventListener("click", () => {
      const again = this.#sort.column === column;
      this.#sort = { column, descending: again ? !this.#sort.descending : column !== "name" };
      this.#render();
    });
    header.append(button);
    this.#headers.set(column, header);
    return header;
  }

  /** @param {{keys: number, lines: object[]}} ranking as the API gives it */
  update(ranking, currency) {
    this.#lines = ranking.lines;
    this.#keys = ranking.keys;
    this.#currency = currency;
    this.#render();
  }

  #render() {
    const wanted = this.filter.value.trim().toLowerCase();
    const shown = this.#lines.filter((line) => this.#name(line).toLowerCase().includes(wanted));
    shown.sort((a, b) => this.#compare(a, b));
    const most = Math.max(1, ...this.#lines.map((line) => line.measures.visitors));
    const rows = shown.map((line) => this.#row(line, most));
    const current = new Set(rows);
    this.#rows.forEach((row, key) => current.has(row) || (row.remove(), wanted || this.#rows.delete(key)));
    rows.forEach((row, i) => this.body.rows[i] === row || this.body.insertBefore(row, this.body.rows[i] ?? null));
    this.#headers.forEach((header, column) => {
      const sorted = this.#sort.column === column;
      header.setAttribute("aria-sort", sorted ? (this.#sort.descending ? "descending" : "ascending") : "none");
    });
    const partial = this.#lines.length < this.#keys;
    this.count.textContent = wanted
      ? `${shown.length} of ${this.#lines.length} match`
      : partial ? `the ${this.#lines.length} with most visitors of ${this.#keys}` : `${this.#keys}`;
    this.more.hidden = !partial;
  }

  #compare(a, b) {
    const { column, descending } = this.#sort;
    const direction = descending ? -1 : 1;
    if (column === "name") {
      return direction * this.#name(a).localeCompare(this.#name(b));
    }
    const x = FIGURES[column].of(a);
    const y = FIGURES[column].of(b);
    if (x === null || y === null) {
      return (x === null) - (y === null); // Undefined comes last whichever way it is sorted.
    }
    if (FIGURES[column].ratio && a.reliable !== b.reliable) {
      return a.reliable ? -1 : 1; // So does what nobody should act on.
    }
    return direction * (x - y) || this.#name(a).localeCompare(this.#name(b));
  }

  #row(line, mostVisitors) {
    const name = this.#name(line);
    let row = this.#rows.get(name);
    if (!row) {
      row = element("tr");
      const header = element("th");
      header.scope = "row";
      header.append(element("span", name), element("i"));
      header.title = name;
      row.append(header, ...COLUMNS.map(() => element("td")));
      this.#rows.set(name, row);
    }
    row.firstChild.lastChild.style.width = `${(100 * line.measures.visitors) / mostVisitors}%`;
    COLUMNS.forEach((column, i) => show(row.cells[i + 1], column, line, this.#currency));
    return row;
  }
}

/** An element with this text; text is never read as HTML. */
export function element(name, text = "") {
  const created = document.createElement(name);
  created.textContent = text;
  return created;
}
