/** The shop's tumbling windows of the last hours and of the same hours yesterday, from the API. */

import { dayBefore } from "/format.js";
import { HOUR_MS, MINUTE_MS, Windows } from "/series.js";

/** What expectations of the first minutes in a range are made from. */
const LEAD_MS = 70 * MINUTE_MS;
const AROUND_MS = 30 * MINUTE_MS;
const VERDICT_MS = 10 * MINUTE_MS;
const ANSWER_WITHIN_MS = 10_000;

async function fetchWindows(window, stepMs, fromMs, toMs, signal) {
  const query = new URLSearchParams({
    dimension: "total", window, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(),
  });
  const answer = await fetch(`/api/v1/windows?${query}`, { signal });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(body.error || `status ${answer.status}`);
  }
  return new Windows(body.lines, stepMs);
}

export class History {
  #abort = new AbortController();

  /**
   * The windows for a range that ends at endMs.
   *
   * @param {{endMs: number, lengthMs: number, window: string, zone: string}} span
   * @returns {Promise<?object>} minutes and minutesBefore (always, for the verdict), hours and hoursBefore (null for
   *     ranges by minute), and shift, which gives the same time the day before; null when another call has come since
   */
  async load({ endMs, lengthMs, window, zone }) {
    this.#abort.abort("superseded");
    const abort = new AbortController();
    this.#abort = abort;
    const timer = setTimeout(() => abort.abort(new Error("no answer in time")), ANSWER_WITHIN_MS);
    const shiftMs = endMs - dayBefore(endMs, zone);
    const shift = (ms) => ms - shiftMs;
    const byMinute = window === "1m";
    const fromMs = endMs - (byMinute ? lengthMs + 5 * MINUTE_MS : VERDICT_MS);
    const get = (size, stepMs, from, to) => fetchWindows(size, stepMs, from, to, abort.signal);
    const hourFrom = Math.floor((endMs - lengthMs) / HOUR_MS) * HOUR_MS;
    const hourTo = Math.ceil(endMs / HOUR_MS) * HOUR_MS;
    try {
      const [minutes, minutesBefore, hours, hoursBefore] = await Promise.all([
        get("1m", MINUTE_MS, fromMs - LEAD_MS, endMs),
        get("1m", MINUTE_MS, shift(fromMs) - AROUND_MS, shift(endMs) + AROUND_MS),
        byMinute ? null : get("1h", HOUR_MS, hourFrom, hourTo),
        byMinute ? null : get("1h", HOUR_MS, shift(hourFrom) - HOUR_MS, shift(hourTo) + HOUR_MS),
      ]);
      return abort === this.#abort ? { minutes, minutesBefore, hours, hoursBefore, shift } : null;
    } catch (error) {
      if (abort !== this.#abort) {
        return null;
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
