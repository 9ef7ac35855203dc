/** Today's figures against yesterday's: the change, whether it is for the better, and whether it is more than chance. */

import { FIGURES, isUnreliable, valueOf } from "/figures.js";
import { write } from "/format.js";

/** So many standard errors apart are two shares called different: by chance that happens once in a hundred times. */
const CLEAR_Z = 2.576;

const SHARES = { conversion_rate: ["buyers", "visitors"], landing_rate: ["landings", "clicks"] };

/**
 * How many standard errors lie between two shares (two-proportion z-test with the pooled share).
 *
 * @returns {?number} null where the test does not apply: nothing to divide by, or more than all
 */
export function standardErrorsApart(successes, trials, otherSuccesses, otherTrials) {
  if (trials <= 0 || otherTrials <= 0 || successes > trials || otherSuccesses > otherTrials) {
    return null;
  }
  const pooled = (successes + otherSuccesses) / (trials + otherTrials);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / trials + 1 / otherTrials));
  return error === 0 ? 0 : (successes / trials - otherSuccesses / otherTrials) / error;
}

function isUnclear(name, today, yesterday) {
  const parts = SHARES[name];
  if (!parts) {
    return false;
  }
  const [part, all] = parts;
  const z = standardErrorsApart(
    today.measures[part], today.measures[all], yesterday.measures[part], yesterday.measures[all]);
  return z !== null && Math.abs(z) < CLEAR_Z;
}

/** The change as text: in percentage points for shares, else relative; null where there is none. */
function writeChange(name, now, before) {
  const { form } = FIGURES[name];
  if (form === "percent" || form === "signedPercent") {
    return `${write(now - before, form === "percent" ? "points" : "wholePoints")} points`;
  }
  return before === 0 ? null : write((now - before) / before, "change");
}

/**
 * @typedef {object} Comparison
 * @property {string} text such as `▲ +0.12 points, better`; empty when there is nothing to compare
 * @property {"better"|"worse"|"neutral"} tone
 */

/**
 * One figure of today against that of yesterday until the same time.
 *
 * @param {string} name of the figure
 * @param {?object} today a line of the board
 * @param {?object} yesterday a line of the board; null when there is no yesterday
 * @returns {Comparison}
 */
export function compare(name, today, yesterday) {
  const now = valueOf(name, today);
  const before = valueOf(name, yesterday);
  if (now === null || before === null) {
    return { text: "", tone: "neutral" };
  }
  if (isUnreliable(name, today) || isUnreliable(name, yesterday)) {
    return { text: "too few visitors to compare", tone: "neutral" };
  }
  const change = writeChange(name, now, before);
  if (change === null) {
    return { text: now === 0 ? "= as much" : "▲ from nothing", tone: "neutral" };
  }
  if (now === before || !/[1-9]/.test(change)) {
    return { text: "= the same", tone: "neutral" };
  }
  const up = now > before;
  const arrow = up ? "▲" : "▼";
  if (isUnclear(name, today, yesterday)) {
    return { text: `${arrow} ${change}, no clear change`, tone: "neutral" };
  }
  const { better } = FIGURES[name];
  if (better === 0) {
    return { text: `${arrow} ${change}, ${up ? "more" : "less"}`, tone: "neutral" };
  }
  const improved = up === better > 0;
  return { text: `${arrow} ${change}, ${improved ? "better" : "worse"}`, tone: improved ? "better" : "worse" };
}
