/** Conversion and revenue over the last hours, with what was to be expected, drawn with uPlot. */

import { choice } from "/choice.js";
import { byId, setAttribute, setText } from "/dom.js";
import { write } from "/format.js";
import { History } from "/history.js";
import { ConversionPlot, RevenuePlot } from "/plot.js";
import { HOUR_MS, MINUTE_MS, conversionPoints, revenuePoints, verdict } from "/series.js";

const RETRY_MS = 5_000;

/** How long; of which windows; how much time a point of conversion, and a bar of revenue, stands for. */
const RANGES = {
  "1h": {
    lengthMs: HOUR_MS, label: "1 h", window: "1m", meanMs: MINUTE_MS, sumMs: MINUTE_MS,
    conversion: "Conversion rate of each minute", sum: "minute",
  },
  "3h": {
    lengthMs: 3 * HOUR_MS, label: "3 h", window: "1m", meanMs: 5 * MINUTE_MS, sumMs: 5 * MINUTE_MS,
    conversion: "Conversion rate of a minute, mean of five", sum: "5 minutes",
  },
  "12h": {
    lengthMs: 12 * HOUR_MS, label: "12 h", window: "1h", meanMs: HOUR_MS, sumMs: HOUR_MS,
    conversion: "Conversion rate of each hour", sum: "hour",
  },
  "24h": {
    lengthMs: 24 * HOUR_MS, label: "24 h", window: "1h", meanMs: HOUR_MS, sumMs: HOUR_MS,
    conversion: "Conversion rate of each hour", sum: "hour",
  },
};

export class Plots {
  #view;
  #onVerdict;
  #board = null;
  #history = new History();
  #minuteMs = null;
  #retryTimer = 0;

  /** @param {function(object): void} onVerdict is told whether conversion is where it should be */
  constructor(view, onVerdict) {
    this.#view = view;
    this.#onVerdict = onVerdict;
    const choices = Object.entries(RANGES).map(([value, { label }]) => [value, label]);
    this.ranges = choice(byId("ranges"), "range", choices, (value) => view.set({ range: value }));
    this.conversion = new ConversionPlot(byId("conversion-plot"));
    this.revenue = new RevenuePlot(byId("revenue-plot"));
  }

  /** Asks for the windows anew when the minute of the data has moved on. */
  update(board) {
    this.#board = board;
    const minuteMs = board.data_as_of ? Math.floor(Date.parse(board.data_as_of) / MINUTE_MS) * MINUTE_MS : null;
    if (minuteMs !== null && minuteMs !== this.#minuteMs) {
      this.#minuteMs = minuteMs;
      this.load();
    }
  }

  /** Fetches and draws what the address now asks for. */
  async load() {
    clearTimeout(this.#retryTimer);
    this.ranges.choose(this.#view.get("range"));
    if (this.#minuteMs === null) {
      return;
    }
    const range = RANGES[this.#view.get("range")];
    const span = { endMs: this.#minuteMs, ...range, zone: this.#board.time_zone };
    try {
      const windows = await this.#history.load(span);
      if (windows) {
        this.#draw(windows, span);
      }
      setText(byId("plots-problem"), "");
    } catch (error) {
      setText(byId("plots-problem"), `The windows cannot be had now: ${error.message}. Trying again.`);
      this.#retryTimer = setTimeout(() => this.load(), RETRY_MS);
    }
  }

  #draw({ minutes, minutesBefore, hours, hoursBefore, shift }, span) {
    const { endMs, lengthMs, window, meanMs, sumMs } = span;
    const { currency, min_visitors: minVisitors } = this.#board;
    const ofMinutes = { shift, aroundMs: 30 * MINUTE_MS, recent: true, minVisitors, endMs };
    this.#onVerdict(verdict(minutes, minutesBefore, endMs, ofMinutes));
    const byMinute = window === "1m";
    const [now, before] = byMinute ? [minutes, minutesBefore] : [hours, hoursBefore];
    const how = byMinute ? ofMinutes : { ...ofMinutes, aroundMs: HOUR_MS, recent: false };
    const toMs = Math.ceil(endMs / sumMs) * sumMs;
    const fromMs = toMs - lengthMs;
    const frame = { fromMs, toMs, meanMs, sumMs, zone: span.zone, currency };
    setText(byId("conversion-title"), span.conversion);
    setText(byId("revenue-title"), `Revenue per ${span.sum}, ${currency}`);
    const points = conversionPoints(now, before, fromMs, byMinute ? endMs : toMs, meanMs, how);
    this.conversion.draw(points, frame);
    const earlier = revenuePoints(before, shift(fromMs), shift(toMs), sumMs, Infinity);
    this.revenue.draw(revenuePoints(now, fromMs, toMs, sumMs, endMs), earlier, frame);
    setText(byId("expected-from"), sourceOf(points));
    setText(byId("few"), `on fewer than ${write(minVisitors, "count")} visitors, or still counting`);
    const query = new URLSearchParams({
      dimension: "total", window, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), format: "csv",
    });
    setAttribute(byId("windows-csv"), "href", `/api/v1/windows?${query}`);
  }
}

/** From what the expected range of these points comes, in words. */
function sourceOf(points) {
  const by = new Set(points.map((point) => point.by).filter(Boolean));
  if (by.size === 0) {
    return "expected: not known yet";
  }
  const words = by.has("yesterday") ? (by.has("recent") ? "yesterday or the hour before" : "yesterday") : "the hour before";
  return `expected, from ${words}`;
}
