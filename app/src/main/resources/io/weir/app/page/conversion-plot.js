/** Conversion over time, over the range in which it should be. */

import { write } from "/format.js";
import { Plot, colour, line, uPlot } from "/plot.js";

/** Points that have no neighbour to draw a line to. */
const alone = (values) =>
  values.flatMap((value, i) =>
    value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null ? [i] : [],
  );

export class ConversionPlot extends Plot {
  #points = [];

  constructor(figure) {
    super(figure, "conversion_rate");
  }

  explanation(means) {
    return [
      "The shaded range is where conversion should be: what came out in the same windows yesterday, or in the hour " +
        "before, give or take three standard errors or a tenth. Points outside are marked.",
      "The windows of a minute are not those of an hour: who looks in two minutes is a visitor of both. So a range keeps to " +
        "windows of one size, and where five are summed the point is their mean, not the conversion rate of five minutes.",
      means,
    ];
  }

  draw(points, frame) {
    this.#points = points;
    const of = (pick) => points.map((point) => pick(point) ?? null);
    const outside = ({ rate, expected, reliable }) =>
      reliable && expected && (rate < expected.low || rate > expected.high);
    this.show(
      [
        points.map((point) => (point.startMs + frame.meanMs / 2) / 1000),
        of((point) => point.expected?.high),
        of((point) => point.expected?.low),
        of((point) => point.expected?.mid),
        of((point) => point.rate),
        of((point) => (point.reliable ? point.rate : null)),
        of((point) => (outside(point) ? point.rate : null)),
      ],
      frame,
    );
  }

  series() {
    const none = () => null;
    const dots = (stroke, size, filter) => ({ show: true, size, stroke, fill: stroke, filter });
    const single = (plot, index) => alone(plot.data[index]);
    return [
      { paths: uPlot.paths.linear(), width: 0, points: { show: false } },
      { paths: uPlot.paths.linear(), width: 0, points: { show: false } },
      line(colour("--quiet"), this.px(1), { dash: [this.px(2), this.px(4)] }),
      line(colour("--quiet"), this.px(1), {
        dash: [this.px(4), this.px(4)],
        points: dots(colour("--quiet"), this.px(4), single),
      }),
      line(colour("--conversion"), this.px(2), { points: dots(colour("--conversion"), this.px(5), single) }),
      { paths: none, points: { ...dots(colour("--bad"), this.px(8)), filter: null } },
    ];
  }

  bands() {
    return [{ series: [1, 2], fill: colour("--band") }];
  }

  /** Of the axis. Points that nobody should act on, or that stand for less time, do not stretch it. */
  greatest() {
    const whole = this.#points.filter((point) => point.endMs - point.startMs === this.frame.meanMs);
    const trusted = whole.filter((point) => point.reliable);
    const rates = (trusted.length > 0 ? trusted : whole).flatMap(({ rate, expected }) => [
      rate ?? 0,
      expected?.high ?? 0,
    ]);
    const most = Math.max(0, ...rates);
    return most === 0 ? 0.01 : Math.max(0.001, 1.08 * most);
  }

  tick(value) {
    return write(value, "axisShare");
  }

  describe(index) {
    const point = this.#points[index ?? this.#points.length - 1];
    if (!point) {
      return "";
    }
    const { rate, buyers, visitors, expected, reliable, open } = point;
    const period = this.period(point.startMs, point.endMs);
    if (rate === null) {
      return `${period}: – (no visitors)`;
    }
    const range = expected ? `, expected ${write(expected.low, "percent")} to ${write(expected.high, "percent")}` : "";
    const doubt = open ? ", still counting" : reliable ? "" : ", too few visitors";
    return `${period}: ${write(rate, "percent")} = ${write(buyers, "count")} ÷ ${write(visitors, "count")}${range}${doubt}`;
  }

  summary() {
    const rates = this.#points.filter((point) => point.reliable).map((point) => point.rate);
    return rates.length === 0
      ? "No window has enough visitors."
      : `From ${write(Math.min(...rates), "percent")} to ${write(Math.max(...rates), "percent")}. Arrow keys read single windows.`;
  }
}
