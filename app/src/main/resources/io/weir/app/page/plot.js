/** One plot over time in a figure: title, readout of the time pointed at, the drawing by uPlot, and arrow keys. */

import { setText } from "/dom.js";
import { explain } from "/explain.js";
import { FIGURES } from "/figures.js";
import { write, writeTime } from "/format.js";

const { uPlot } = globalThis;

const style = getComputedStyle(document.documentElement);
const colour = (name) => () => style.getPropertyValue(name).trim();
const rem = () => parseFloat(style.fontSize);

class Plot {
  #index = null;
  #drawnRem = 0;

  /** @param {HTMLElement} figure with .title, .readout and .plot in it */
  constructor(figure, name) {
    this.figure = figure;
    this.box = figure.querySelector(".plot");
    this.readout = figure.querySelector(".readout");
    const title = figure.querySelector(".title");
    explain(title, () => ({ anchor: title, title: title.textContent, lines: this.explanation(FIGURES[name].means) }));
    this.box.addEventListener("keydown", (event) => this.#pressed(event));
    this.box.addEventListener("focus", () => this.readout.setAttribute("aria-live", "polite"));
    this.box.addEventListener("blur", () => this.#left());
    new ResizeObserver(() => this.#resized()).observe(this.box);
    document.addEventListener("themechange", () => this.plot?.redraw());
  }

  #resized() {
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!this.plot || width === 0 || (this.plot.width === width && this.plot.height === height)) {
      return;
    }
    if (rem() === this.#drawnRem) {
      this.plot.setSize({ width, height });
    } else {
      this.#make(this.plot.data); // Its type is of another size now.
    }
  }

  #make(data) {
    this.plot?.destroy();
    this.#drawnRem = rem();
    this.plot = new uPlot(this.#options(), data, this.box);
  }

  /** Draws data over the time of a frame. */
  show(data, frame) {
    this.frame = frame;
    if (this.plot) {
      this.plot.setData(data);
    } else {
      this.#make(data);
    }
    this.#describe(this.#index);
    this.box.setAttribute("aria-label", `${this.figure.querySelector(".title").textContent}. ${this.summary()}`);
  }

  #options() {
    const font = `${Math.round(0.75 * rem())}px system-ui, sans-serif`;
    const axis = { stroke: colour("--quiet"), font, ticks: { show: false }, gap: 6 };
    const grid = { stroke: colour("--line"), width: 1 };
    return {
      width: this.box.clientWidth,
      height: this.box.clientHeight,
      padding: [8, 1.4 * rem(), 0, 0],
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(1000 * seconds), this.frame.zone),
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false, setScale: false }, sync: { key: "trends" } },
      scales: {
        x: { time: true, range: () => [this.frame.fromMs / 1000, this.frame.toMs / 1000] },
        y: { range: () => [0, this.greatest()] },
      },
      axes: [
        {
          ...axis, grid: { show: false }, size: 1.9 * rem(), space: 4.5 * rem(),
          values: (_, splits) => splits.map((second) => writeTime(1000 * second, "minute", this.frame.zone)),
        },
        {
          ...axis, grid, size: 3.2 * rem(), space: 2.2 * rem(),
          values: (_, splits) => splits.map((value) => this.tick(value)),
        },
      ],
      series: [{}, ...this.series()],
      bands: this.bands(),
      hooks: { setCursor: [(plot) => this.#pointed(plot.cursor)] },
    };
  }

  bands() {
    return [];
  }

  #pointed({ idx, left }) {
    this.#describe(left >= 0 ? idx : null);
  }

  #left() {
    this.readout.removeAttribute("aria-live");
    this.plot?.setCursor({ left: -10, top: -10 });
  }

  #describe(index) {
    this.#index = index;
    setText(this.readout, this.describe(index ?? null));
  }

  #pressed(event) {
    const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
    const count = this.plot?.data[0].length ?? 0;
    if (event.key in steps && count > 0) {
      event.preventDefault();
      const from = this.#index ?? (steps[event.key] < 0 ? count : -1);
      const index = Math.max(0, Math.min(count - 1, from + steps[event.key]));
      this.plot.setCursor({ left: this.plot.valToPos(this.plot.data[0][index], "x"), top: 1 });
    }
  }

  period(startMs, endMs) {
    const at = (ms) => writeTime(ms, "minute", this.frame.zone);
    return `${at(startMs)}–${at(endMs)}`;
  }

  /** A length that is so many pixels at 16 pixels a rem. */
  px(pixels) {
    return (pixels * rem()) / 16;
  }
}

const line = (stroke, width, more) => ({ stroke, width, points: { show: false }, spanGaps: false, ...more });

/** Points that have no neighbour to draw a line to. */
const alone = (values) => values.flatMap((value, i) =>
  (value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null ? [i] : []));

export class ConversionPlot extends Plot {
  #points = [];

  constructor(figure) {
    super(figure, "conversion_rate");
  }

  explanation(means) {
    return [
      "The shaded range is where conversion should be: what came out in the same windows yesterday, or in the hour "
        + "before, give or take three standard errors or a tenth. Points outside are marked.",
      "The windows of a minute are not those of an hour: who looks in two minutes is a visitor of both. So a range keeps to "
        + "windows of one size, and where five are summed the point is their mean, not the conversion rate of five minutes.",
      means,
    ];
  }

  draw(points, frame) {
    this.#points = points;
    const of = (pick) => points.map((point) => pick(point) ?? null);
    const outside = ({ rate, expected, reliable }) => reliable && expected && (rate < expected.low || rate > expected.high);
    this.show([
      points.map((point) => (point.startMs + frame.meanMs / 2) / 1000),
      of((point) => point.expected?.high),
      of((point) => point.expected?.low),
      of((point) => point.expected?.mid),
      of((point) => point.rate),
      of((point) => (point.reliable ? point.rate : null)),
      of((point) => (outside(point) ? point.rate : null)),
    ], frame);
  }

  series() {
    const none = () => null;
    const dots = (stroke, size, filter) => ({ show: true, size, stroke, fill: stroke, filter });
    const single = (plot, index) => alone(plot.data[index]);
    return [
      { paths: uPlot.paths.linear(), width: 0, points: { show: false } },
      { paths: uPlot.paths.linear(), width: 0, points: { show: false } },
      line(colour("--quiet"), this.px(1), { dash: [this.px(2), this.px(4)] }),
      line(colour("--quiet"), this.px(1), { dash: [this.px(4), this.px(4)], points: dots(colour("--quiet"), this.px(4), single) }),
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
    const rates = (trusted.length > 0 ? trusted : whole).flatMap(({ rate, expected }) => [rate ?? 0, expected?.high ?? 0]);
    return Math.max(0.001, 1.08 * Math.max(0, ...rates));
  }

  tick(value) {
    return write(value, "share");
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
    return rates.length === 0 ? "No window has enough visitors."
      : `From ${write(Math.min(...rates), "percent")} to ${write(Math.max(...rates), "percent")}. Arrow keys read single windows.`;
  }
}

export class RevenuePlot extends Plot {
  #points = [];
  #earlier = [];

  constructor(figure) {
    super(figure, "revenue_micros");
  }

  explanation(means) {
    return [means, "Revenue adds up, so longer stretches are sums of windows. The dashed line is yesterday at the same time."];
  }

  draw(points, earlier, frame) {
    this.#points = points;
    this.#earlier = points.map((_, i) => earlier[i]?.revenue ?? null);
    const middle = points.map((point) => (point.startMs + frame.sumMs / 2) / 1000);
    const sums = (open) => points.map((point) => (point.open === open ? point.revenue : null));
    this.show([middle, sums(false), sums(true), this.#earlier], frame);
  }

  series() {
    const bars = (fill) => ({ paths: uPlot.paths.bars({ size: [0.78, this.px(60)], radius: 0.12 }), width: 0, fill, points: { show: false } });
    return [
      bars(colour("--revenue")),
      bars(colour("--revenue-open")),
      line(colour("--text"), this.px(1.5), { dash: [this.px(5), this.px(4)] }),
    ];
  }

  greatest() {
    return Math.max(1, 1.08 * Math.max(0, ...this.#points.map((point) => point.revenue ?? 0), ...this.#earlier.map((value) => value ?? 0)));
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
