/** Finds a key that the board does not show: of ten million products it holds the first few. */

const ASK_AGAIN_MS = 2_000;

/** A key that nobody has ever heard of is answered with zeros. */
const hasFigures = (line) => Object.values(line.measures).some((value) => value !== 0);

export class Lookup {
  #kind;
  #table;
  #view;
  #asked = "";
  #askedAt = 0;

  /** @param {import("/table.js").FigureTable} table says what is sought, and is given what was found */
  constructor(kind, table, view) {
    this.#kind = kind;
    this.#table = table;
    this.#view = view;
  }

  /** Asks the API for exactly the text that is sought, if any; at most once in two seconds for the same. */
  async seek() {
    const sought = this.#table.sought;
    const question = sought && `${sought} ${this.#view.get("window")}`;
    if (!sought || (question === this.#asked && performance.now() - this.#askedAt < ASK_AGAIN_MS)) {
      return;
    }
    this.#asked = question;
    this.#askedAt = performance.now();
    const { dimension, parts } = this.#kind;
    const query = new URLSearchParams({ dimension, window: this.#view.get("window"), [parts[0]]: sought });
    const body = await fetch(`/api/v1/now?${query}`).then((answer) => (answer.ok ? answer.json() : null), () => null);
    if (question === this.#asked) {
      this.#table.found = body?.lines?.find((line) => line[parts[0]] === sought && hasFigures(line)) ?? null;
    }
  }
}
