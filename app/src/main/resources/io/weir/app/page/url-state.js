/**
 * What is being looked at, kept in the address: a copied link shows the same, and the back button goes back.
 * Only what differs from the default stands in the address.
 */

export const TABLES = ["sources", "campaigns", "products", "product_sources"];

const WINDOWS = ["1m", "5m", "1h", "24h", "today"];
const RANGES = ["1h", "3h", "12h", "24h"];
const TOPS = ["10", "20", "50", "100", "200"];

const DEFAULTS = { window: "today", range: "3h", top: "20", by: "visitors", wall: "", theme: "" };
TABLES.forEach((table) => Object.assign(DEFAULTS, { [`${table}.sort`]: "", [`${table}.filter`]: "" }));

const ALLOWED = { window: WINDOWS, range: RANGES, top: TOPS, wall: ["", "1"], theme: ["", "dark", "light"] };

/** The state of the view. Listeners are called after each change, whoever made it. */
export class UrlState {
  #values;
  #listeners = [];
  #lastEdit = null;
  #ranks;

  /** @param {string[]} ranks what rows can be ranked by */
  constructor(ranks) {
    this.#ranks = ranks;
    this.#values = this.#read();
    window.addEventListener("popstate", () => {
      this.#lastEdit = null;
      this.#become(this.#read());
    });
  }

  get(name) {
    return this.#values[name];
  }

  /** @param {function(Set<string>): void} listener is told the names of what changed */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /**
   * Changes some values.
   *
   * @param {Object<string, string>} changes by name
   * @param {?string} edit consecutive changes with the same one make one step back, as typing does
   */
  set(changes, edit = null) {
    const values = { ...this.#values, ...changes };
    const address = this.#address(values);
    if (address !== this.#address(this.#values)) {
      const sameStep = edit !== null && edit === this.#lastEdit;
      history[sameStep ? "replaceState" : "pushState"](null, "", address);
    }
    this.#lastEdit = edit;
    this.#become(values);
  }

  #become(values) {
    const changed = new Set(Object.keys(values).filter((name) => values[name] !== this.#values[name]));
    this.#values = values;
    if (changed.size > 0) {
      this.#listeners.forEach((listener) => listener(changed));
    }
  }

  /** From the address; what is not allowed there is taken as its default. */
  #read() {
    const query = new URLSearchParams(location.search);
    const values = { ...DEFAULTS };
    Object.keys(DEFAULTS).forEach((name) => {
      const value = query.get(name);
      const allowed = name === "by" ? this.#ranks : ALLOWED[name];
      if (value !== null && (!allowed || allowed.includes(value))) {
        values[name] = value;
      }
    });
    return values;
  }

  #address(values) {
    const query = new URLSearchParams();
    Object.entries(values).forEach(([name, value]) => value !== DEFAULTS[name] && query.set(name, value));
    const text = query.toString();
    return location.pathname + (text ? `?${text}` : "");
  }
}
