/** Revenue over time as bars, and yesterday's as a line. */

import { write } from "/format.js";
import { Plot, colour, line, uPlot } from "/plot.js";

export class RevenuePlot extends Plot {
  #points = [];
  #earlier = [];

  constructor(figure) {
    super(figure, "revenue_micros");
  }

  explanation(means) {
    return [
      means,
      "Revenue adds up, so longer stretches are sums of windows. The dashed line is yesterday at the same time.",
    ];
  }

  draw(points, earlier, frame) {
    this.#points = points;
    this.#earlier = points.map((_, i) => earlier[i]?.revenue ?? null);
    const middle = points.map((point) => (point.startMs + frame.sumMs / 2) / 1000);
    const sums = (open) => points.map((point) => (point.open === open ? point.revenue : null));
    this.show([middle, sums(false), sums(true), this.#earlier], frame);
  }

  series() {
    const bars = (fill) => ({
      paths: uPlot.paths.bars({ size: [0.78, this.px(60)], radius: 0.12 }),
      width: 0,
      fill,
      points: { show: false },
    });
    return [
      bars(colour("--revenue")),
      bars(colour("--revenue-open")),
      line(colour("--text"), this.px(1.5), { dash: [this.px(5), this.px(4)] }),
    ];
  }

  greatest() {
    return Math.max(
      1,
      1.08 *
        Math.max(0, ...this.#points.map((point) => point.revenue ?? 0), ...this.#earlier.map((value) => value ?? 0)),
    );
  }

  tick(value) {
    return write(value, "compact");
  }

  describe(index) {
    const last = index ?? this.#points.length - 1;
    const point = this.#points[last];
    if (!point) {
      return "";
    }
    const { currency, sumMs } = this.frame;
    const before = this.#earlier[last] === null ? "" : `, yesterday ${write(this.#earlier[last], "amount", currency)}`;
    const open = point.open ? ", still counting" : "";
    return `${this.period(point.startMs, point.startMs + sumMs)}: ${write(point.revenue, "amount", currency)}${open}${before}`;
  }

  summary() {
    const sum = this.#points.reduce((all, point) => all + (point.revenue ?? 0), 0);
    return `${write(sum, "amount", this.frame.currency)} in all. Arrow keys read single bars.`;
  }
}
