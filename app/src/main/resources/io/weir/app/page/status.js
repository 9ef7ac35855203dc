/** Whether what is shown can be trusted: connected, complete and up to date. Says how old the figures are. */

import { announce } from "/announce.js";
import { byId, setNotice, setText } from "/dom.js";
import { explain } from "/explain.js";
import { UNDEFINED, write, writeDuration, writeTime } from "/format.js";

const BEHIND_AFTER_S = 30;

const WORDS = {
  connecting: "Connecting…",
  live: "Live",
  waiting: "Waiting for events",
  behind: "Behind",
  incomplete: "Incomplete",
  unavailable: "No figures",
  lost: "Disconnected",
  paused: "Paused",
};

export class Status {
  #board = null;
  #health = { state: "connecting", reason: "", silentMs: 0 };
  #state = "connecting";

  constructor() {
    const says = (id, title, text) => explain(byId(id), () => ({ anchor: byId(id), title, lines: [text] }));
    says("as-of", "Data as of", "Up to this event time the figures are complete: every input partition has been read until then.");
    says("behind", "Behind", "How far “data as of” lies behind the clock. A warning from 30 seconds on.");
    says("currency", "Currency", "All money is reported in this currency. Amounts are not converted.");
  }

  update(board) {
    this.#board = board;
    document.documentElement.classList.toggle("generated", Boolean(board.generated_traffic));
    byId("generated").hidden = !board.generated_traffic;
    setNotice(byId("notice"), board.notice ?? "");
    setText(byId("currency"), board.currency);
    this.#render();
  }

  /** @param {import("/stream.js").Health} health */
  heard(health) {
    this.#health = health;
    this.#render();
  }

  /** How old the figures are: as old as they were when they came, and since then. */
  #age() {
    return (this.#board?.seconds_behind ?? 0) + this.#health.silentMs / 1000;
  }

  #stateNow() {
    const { state } = this.#health;
    if (state !== "live") {
      return state;
    }
    if (this.#board.complete === false) {
      return "incomplete";
    }
    if (!this.#board.data_as_of) {
      return "waiting";
    }
    return this.#board.seconds_behind > BEHIND_AFTER_S ? "behind" : "live";
  }

  #render() {
    const state = this.#stateNow();
    if (state !== this.#state) {
      this.#state = state;
      document.documentElement.dataset.status = state;
      announce(state === "live" ? "Live again." : `${WORDS[state]}. ${this.#sentence(state)}`);
    }
    document.documentElement.dataset.status = state;
    setText(byId("status"), WORDS[state]);
    setNotice(byId("connection"), this.#sentence(state));
    const zone = this.#board?.time_zone;
    const asOf = this.#board?.data_as_of;
    setText(byId("as-of"), asOf ? `${writeTime(asOf, "second", zone)} ${zone}` : UNDEFINED);
    const known = this.#board && this.#board.seconds_behind !== null;
    const age = this.#age();
    setText(byId("behind"), known ? (age < 10 ? `${write(age, "seconds")} s` : writeDuration(age)) : UNDEFINED);
  }

  #old() {
    if (!this.#board) {
      return "There are no figures yet.";
    }
    const asOf = this.#board.data_as_of;
    const since = asOf ? `, as of ${writeTime(asOf, "second", this.#board.time_zone)}` : "";
    return `The figures are ${writeDuration(this.#age())} old${since}.`;
  }

  #sentence(state) {
    switch (state) {
      case "lost":
        return `Connection lost. ${this.#old()} Trying again by itself.`;
      case "unavailable":
        return `No figures now: ${this.#health.reason}. ${this.#old()} Trying again by itself.`;
      case "paused":
        return `Paused while this page was hidden. ${this.#old()}`;
      case "incomplete":
        return "Incomplete: a part of Weir does not answer, and its share is missing from these figures. Do not act on them.";
      case "behind":
        return `Behind: the figures are ${writeDuration(this.#age())} old. Events are missing, arrive late, or are still being read.`;
      default:
        return "";
    }
  }
}
