/**
 * The board, once a second, by server-sent events. Says how the connection is and resumes by itself: EventSource tries
 * again after a broken connection, and this class after a refusal, and after silence that no error tells of.
 */

const SILENT_AFTER_MS = 5_000;
/** A connection that is known to be broken is not called so while it may just be made anew. */
const BROKEN_AFTER_MS = 2_000;
const REOPEN_SILENT_AFTER_MS = 10_000;
const RETRY_MS = 2_000;
const MOST_RETRY_MS = 15_000;
const PAUSE_HIDDEN_AFTER_MS = 60_000;
const WATCH_MS = 500;

/**
 * @typedef {object} Health
 * @property {"connecting"|"live"|"lost"|"unavailable"|"paused"} state unavailable: it answers, but has no figures now
 * @property {string} reason for people; empty when live
 * @property {number} silentMs since the last board, or since the start; monotonic clock
 */

export class BoardStream {
  #source = null;
  #query = "";
  #onBoard;
  #onHealth;
  #lastAt = performance.now();
  #answeredAt = performance.now();
  #openedAt = 0;
  #received = false;
  #refusal = null;
  #retryTimer = 0;
  #pauseTimer = 0;
  #paused = false;

  /**
   * @param {function(object): void} onBoard gets each board
   * @param {function(Health): void} onHealth is called twice a second, and at once after each board
   */
  constructor(onBoard, onHealth) {
    this.#onBoard = onBoard;
    this.#onHealth = onHealth;
    setInterval(() => this.#watch(), WATCH_MS);
    document.addEventListener("visibilitychange", () => this.#visibilityChanged());
  }

  /** Shows the board of this query from now on; nothing of another query comes after this. */
  open(query) {
    this.#query = query;
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#retryTimer);
    this.#source?.close();
    this.#openedAt = performance.now();
    const source = new EventSource(`/api/v1/stream?${this.#query}`);
    this.#source = source;
    source.addEventListener("board", (event) => source === this.#source && this.#receive(event.data));
    source.addEventListener("unavailable", (event) => source === this.#source && this.#refused(event.data));
    source.addEventListener("error", () => source === this.#source && this.#failed(source));
  }

  #receive(data) {
    this.#lastAt = performance.now();
    this.#answeredAt = this.#lastAt;
    this.#received = true;
    this.#refusal = null;
    this.#onBoard(JSON.parse(data));
    this.#tell();
  }

  /** The stream goes on, but there is no board now. */
  #refused(data) {
    this.#answeredAt = performance.now();
    this.#refusal = JSON.parse(data).error;
    this.#tell();
  }

  /** EventSource gives up for good when the answer is no stream; then the board itself says why. */
  async #failed(source) {
    if (source.readyState !== EventSource.CLOSED) {
      return;
    }
    const { reason, retryMs } = await this.#whyRefused();
    if (source === this.#source) {
      this.#refusal = reason;
      this.#retryTimer = setTimeout(() => this.#connect(), retryMs);
      this.#tell();
    }
  }

  async #whyRefused() {
    try {
      const answer = await fetch(`/api/v1/board?${this.#query}`, { signal: AbortSignal.timeout(SILENT_AFTER_MS) });
      if (answer.ok) {
        return { reason: null, retryMs: RETRY_MS };
      }
      const seconds = Number(answer.headers.get("Retry-After"));
      const text = await answer.json().then((body) => body.error, () => null);
      return {
        reason: text || `the server answers with status ${answer.status}`,
        retryMs: Math.min(MOST_RETRY_MS, seconds > 0 ? 1000 * seconds : RETRY_MS),
      };
    } catch {
      return { reason: null, retryMs: RETRY_MS };
    }
  }

  #watch() {
    const now = performance.now();
    const silentMs = now - Math.max(this.#answeredAt, this.#openedAt);
    if (silentMs > REOPEN_SILENT_AFTER_MS && !this.#paused && this.#source?.readyState === EventSource.OPEN) {
      this.#connect();
    }
    this.#tell();
  }

  #tell() {
    const silentMs = performance.now() - this.#lastAt;
    this.#onHealth({ ...this.#health(), silentMs });
  }

  #health() {
    const unheardMs = performance.now() - this.#answeredAt;
    const isOpen = this.#source?.readyState === EventSource.OPEN;
    if (this.#paused) {
      return { state: "paused", reason: "this page was hidden" };
    }
    if (this.#refusal !== null) {
      return { state: "unavailable", reason: this.#refusal };
    }
    if (unheardMs > SILENT_AFTER_MS || (this.#received && !isOpen && unheardMs > BROKEN_AFTER_MS)) {
      return { state: "lost", reason: "no answer" };
    }
    return { state: this.#received ? "live" : "connecting", reason: "" };
  }

  /** A page that nobody sees stops asking: a browser gives all its pages few connections to one server. */
  #visibilityChanged() {
    clearTimeout(this.#pauseTimer);
    if (document.hidden) {
      this.#pauseTimer = setTimeout(() => {
        this.#paused = true;
        clearTimeout(this.#retryTimer);
        this.#source?.close();
        this.#tell();
      }, PAUSE_HIDDEN_AFTER_MS);
    } else if (this.#paused) {
      this.#paused = false;
      this.#connect();
    }
  }
}
