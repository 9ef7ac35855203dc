/**
 * Tumbling windows as series to plot, and where conversion should be. Nothing here touches the page.
 *
 * Revenue adds up over windows, so minutes may be summed. Visitors do not: who looks in two minutes is a visitor of
 * both. So the conversion of an hour cannot be had from its minutes, and windows are only compared with windows of the
 * same size. Where the buyers and visitors of several windows are summed here, that is the mean conversion of these
 * windows, weighted by visitors, and never shown as the conversion of the time that they cover.
 */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** What is expected is known only up to chance: so many standard errors, which one window in 370 exceeds by chance. */
const BAND_Z = 3;

/** A difference smaller than this share of what is expected is none to act on, however many visitors prove it. */
const LEAST_DIFFERENCE = 0.1;

/** How much of the hour before must be known for it to stand in for yesterday. */
const LEAST_RECENT_MS = 10 * MINUTE_MS;

/** The windows of one size, by their start. */
export class Windows {
  #byStart = new Map();

  /** @param {object[]} lines as `/api/v1/windows` gives them; windows without events may be missing */
  constructor(lines, stepMs) {
    this.stepMs = stepMs;
    lines.forEach((line) => this.#byStart.set(Date.parse(line.start), line));
    this.firstMs = Math.min(...this.#byStart.keys());
    this.lastMs = Math.max(...this.#byStart.keys());
  }

  /** The window that starts then; null if it has no events. */
  at(startMs) {
    return this.#byStart.get(startMs) ?? null;
  }

  /** Whether windows are known before and after: then a window that is missing had no events. */
  covers(startMs) {
    return startMs >= this.firstMs && startMs <= this.lastMs;
  }

  /** The starts of the windows in [fromMs, toMs). */
  static starts(fromMs, toMs, stepMs) {
    const first = Math.ceil(fromMs / stepMs) * stepMs;
    return Array.from({ length: Math.max(0, Math.ceil((toMs - first) / stepMs)) }, (_, i) => first + i * stepMs);
  }

  /** Buyers and visitors summed over the windows in [fromMs, toMs). */
  pool(fromMs, toMs) {
    const pool = { buyers: 0, visitors: 0 };
    Windows.starts(fromMs, toMs, this.stepMs).forEach((startMs) => {
      const line = this.at(startMs);
      pool.buyers += line?.measures.buyers ?? 0;
      pool.visitors += line?.measures.visitors ?? 0;
    });
    return pool;
  }
}

/**
 * The windows that say what to expect of those in [fromMs, toMs): yesterday's around the same time or, where there are
 * none, those of the hour before.
 *
 * @param {Windows} today
 * @param {?Windows} yesterday
 * @param {{shift: function(number): number, aroundMs: number, recent: boolean, minVisitors: number}} how
 *     shift gives the same time the day before; aroundMs how much is taken on either side; recent whether the hour
 *     before may stand in
 * @returns {?{buyers: number, visitors: number, by: "yesterday"|"recent"}}
 */
export function reference(today, yesterday, fromMs, toMs, how) {
  const before = yesterday?.pool(how.shift(fromMs) - how.aroundMs, how.shift(toMs) + how.aroundMs);
  if (before && before.visitors >= Math.max(1, how.minVisitors)) {
    return { ...before, by: "yesterday" };
  }
  const [sinceMs, untilMs] = [Math.max(today.firstMs, fromMs - 70 * MINUTE_MS), fromMs - 10 * MINUTE_MS];
  const recent = today.pool(sinceMs, untilMs);
  return how.recent && untilMs - sinceMs >= LEAST_RECENT_MS && recent.visitors >= Math.max(1, how.minVisitors) ? { ...recent, by: "recent" } : null;
}

/**
 * Between which conversion rates so many visitors should come out.
 *
 * @param {{buyers: number, visitors: number}} from what it is expected
 * @returns {{low: number, mid: number, high: number}}
 */
export function expected(from, visitors) {
  const mid = Math.min(1, from.buyers / from.visitors);
  const error = Math.sqrt(mid * (1 - mid) * (1 / visitors + 1 / from.visitors));
  const reach = Math.max(BAND_Z * error, LEAST_DIFFERENCE * mid);
  return { low: Math.max(0, mid - reach), mid, high: Math.min(1, mid + reach) };
}

/**
 * Conversion over time, a point for each meanMs.
 *
 * @param {number} meanMs the size of a window or a multiple of it; then a point is the mean of several windows
 * @param {object} how as for reference(), and `endMs`: windows that end later are still counting
 * @returns {object[]} for each point: startMs, endMs, buyers, visitors, rate (null when undefined), reliable, open
 *     (still counting), expected (null when unknown) and by (what that is from)
 */
export function conversionPoints(today, yesterday, fromMs, toMs, meanMs, how) {
  return Windows.starts(fromMs, toMs, meanMs).map((startMs) => {
    const endMs = Math.min(startMs + meanMs, toMs);
    const { buyers, visitors } = today.pool(startMs, endMs);
    const rate = visitors === 0 ? null : buyers / visitors;
    const open = startMs + today.stepMs > how.endMs;
    const from = rate === null || open ? null : reference(today, yesterday, startMs, endMs, how);
    const reliable = rate !== null && visitors >= how.minVisitors && !open;
    const range = from && expected(from, visitors);
    return { startMs, endMs, buyers, visitors, rate, reliable, open, expected: range, by: from?.by ?? null };
  });
}

/**
 * Revenue over time, summed over each sumMs.
 *
 * @returns {object[]} for each sum: startMs, revenue in whole units (null where nothing is known) and open (still counting)
 */
export function revenuePoints(windows, fromMs, toMs, sumMs, openAfterMs) {
  return Windows.starts(fromMs, toMs, sumMs).map((startMs) => {
    const starts = Windows.starts(startMs, startMs + sumMs, windows.stepMs);
    const known = starts.filter((start) => windows.covers(start));
    const micros = known.reduce((sum, start) => sum + (windows.at(start)?.measures.revenue_micros ?? 0), 0);
    return { startMs, revenue: known.length === 0 ? null : micros / 1e6, open: startMs + sumMs > openAfterMs };
  });
}

const VERDICT_MS = 10 * MINUTE_MS;

/**
 * Whether conversion is where it should be: the last ten one-minute windows together.
 *
 * @param {number} endMs end of the last whole minute
 * @param {object} how as for reference()
 * @returns {{verdict: "expected"|"below"|"above"|"unknown", rate?: number, expected?: object, by?: string}}
 */
export function verdict(today, yesterday, endMs, how) {
  const startMs = endMs - VERDICT_MS;
  const recent = today.pool(startMs, endMs);
  const from = reference(today, yesterday, startMs, endMs, how);
  if (!from || recent.visitors < Math.max(1, how.minVisitors)) {
    return { verdict: "unknown" };
  }
  const rate = recent.buyers / recent.visitors;
  const range = expected(from, recent.visitors);
  const outcome = rate < range.low ? "below" : rate > range.high ? "above" : "expected";
  return { verdict: outcome, rate, expected: range, by: from.by, ...recent };
}
