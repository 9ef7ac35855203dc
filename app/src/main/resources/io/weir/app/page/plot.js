/** One plot over time in a figure: title, readout of the time pointed at, the drawing by uPlot, and arrow keys. */

import { setText } from "/dom.js";
import { explain } from "/explain.js";
import { FIGURES } from "/figures.js";
import { writeTime } from "/format.js";

export const { uPlot } = globalThis;

const style = getComputedStyle(document.documentElement);

/** A colour of the theme, as it is when something is drawn. */
export const colour = (name) => () => style.getPropertyValue(name).trim();
const rem = () => parseFloat(style.fontSize);

export class Plot {
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
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: false, y: false, setScale: false },
        sync: { key: "trends" },
      },
      scales: {
        x: { time: true, range: () => [this.frame.fromMs / 1000, this.frame.toMs / 1000] },
        y: { range: () => [0, this.greatest()] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 1.9 * rem(),
          space: 4.5 * rem(),
          values: (_, splits) => splits.map((second) => writeTime(1000 * second, "minute", this.frame.zone)),
        },
        {
          ...axis,
          grid,
          size: 3.2 * rem(),
          space: 2.2 * rem(),
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
    this.plot?.setCursor({ left: -10, top: -10 }, true, true);
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
      const left = this.plot.valToPos(this.plot.data[0][index], "x");
      this.plot.setCursor({ left, top: 1 }, true, true);
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

/** A line that leaves gaps where there is nothing. */
export const line = (stroke, width, more) => ({ stroke, width, points: { show: false }, spanGaps: false, ...more });
