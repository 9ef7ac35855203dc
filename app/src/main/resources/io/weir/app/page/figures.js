/**
 * What each figure is called and how it is defined, where it stands in a line of the board, how it is written and which
 * way is better. A line has measures (integers, money in micros) and ratios (money in whole units, null when undefined).
 * The names are the API's.
 */

import { write } from "/format.js";

const MICROS = 1e6;

/**
 * @typedef {object} Figure
 * @property {string} label what it is called
 * @property {string} means its definition, one or two sentences
 * @property {string} form how format.js writes it
 * @property {number} better 1 when more is better, -1 when less is, 0 when it depends
 * @property {string[]} [of] numerator and denominator, of a ratio
 */

const count = (label, means, better = 1) => ({ label, means, form: "count", better });
const amount = (label, means, better = 1) => ({ label, means, form: "amount", better });
const ratio = (label, form, better, of, means) => ({ label, means, form, better, of });

/** @type {Object<string, Figure>} */
export const FIGURES = {
  conversion_rate: ratio("Conversion rate", "percent", 1, ["buyers", "visitors"],
    "Buyers ÷ visitors: of the people who viewed a product page, how many paid. Only windows of the same length compare: "
    + "who looks on Monday and pays on Tuesday is a visitor of Monday and a buyer of Tuesday."),
  visitors: count("Visitors",
    "Distinct people who viewed a product page. Visitors of two products, sources or windows do not add up: "
    + "who was in both is one visitor."),
  visits: count("Visits", "Product page views, paid and free."),
  buyers: count("Buyers", "Distinct people who paid."),
  payments: count("Payments", "Order lines paid. An order of two products is two payments."),
  units: count("Units", "Pieces sold."),
  revenue_micros: amount("Revenue", "The sum of all payments, before returns."),
  revenue_per_buyer: ratio("Revenue per buyer", "money", 1, ["revenue_micros", "buyers"],
    "Revenue ÷ buyers: the unit price per customer."),
  visitor_value: ratio("Visitor value", "money", 1, ["revenue_micros", "visitors"],
    "Revenue ÷ visitors: what a visitor brings. Compare it with the visitor cost."),
  visitor_cost: ratio("Visitor cost", "money", -1, ["cost_micros", "visitors"],
    "Spend ÷ visitors, those included who came for free. Compare it with the visitor value."),
  cost_micros: amount("Spend", "The cost of all paid clicks.", 0),
  roas: ratio("ROAS", "times", 1, ["revenue_micros", "cost_micros"],
    "Revenue ÷ spend. Below 1, clicks cost more than they bring. Taobao's consoles call this ROI."),
  roi: ratio("ROI", "signedPercent", 1, ["revenue_micros", "cost_micros"],
    "(Gross profit − spend) ÷ spend, where gross profit is revenue × margin."),
  clicks: count("Clicks", "Paid clicks on ads. Each has a cost, whether or not it lands.", 0),
  landings: count("Landings",
    "Paid clicks that landed: a visit belongs to them, within half an hour unless configured otherwise. Counted at the time of that visit."),
  cost_per_click: ratio("Cost per click", "money", -1, ["cost_micros", "clicks"], "Spend ÷ clicks."),
  landing_rate: ratio("Landing rate", "percent", 1, ["landings", "clicks"],
    "Landings ÷ clicks. A click that never lands is invalid traffic or a broken page."),
  halo_payments: count("Halo payments", "Payments whose credited click or visit was for another product.", 0),
  halo_revenue_micros: amount("Halo revenue",
    "The part of revenue whose credited click or visit was for another product: the ad for one sold the other.", 0),
};

/** Measures and ratios that rows can be ranked by, in the order in which they are offered. */
export const RANKED_BY = [
  "visitors", "revenue_micros", "cost_micros", "buyers", "visits", "clicks", "landings", "payments", "units",
  "halo_revenue_micros", "halo_payments", "conversion_rate", "revenue_per_buyer", "visitor_value", "visitor_cost",
  "cost_per_click", "landing_rate", "roas", "roi",
];

export const isRatio = (name) => FIGURES[name].of !== undefined;

const isMoney = (name) => name.endsWith("_micros");

/** The figure's value in a line: a number, or null where it is undefined or there is no line. */
export function valueOf(name, line) {
  if (!line) {
    return null;
  }
  if (isRatio(name)) {
    return line.ratios[name] ?? null;
  }
  const value = line.measures[name];
  return isMoney(name) ? value / MICROS : value;
}

/** Whether nobody should act on the figure: it is a ratio on too few visitors. */
export const isUnreliable = (name, line) => isRatio(name) && valueOf(name, line) !== null && !line.reliable;

/** Whether the figure says that money is being lost: worth a mark, not only a colour. */
export function isLoss(name, line) {
  const value = valueOf(name, line);
  if (value === null || isUnreliable(name, line)) {
    return false;
  }
  switch (name) {
    case "roi":
      return value < 0;
    case "roas":
      return value < 1;
    case "visitor_cost":
      return value > (valueOf("visitor_value", line) ?? 0);
    default:
      return false;
  }
}

/** The figure of a line as text: a dash when undefined, a mark when money is lost, a dagger on too few visitors. */
export function textOf(name, line, currency) {
  const text = write(valueOf(name, line), FIGURES[name].form, currency);
  return `${isLoss(name, line) ? "▾ " : ""}${text}${isUnreliable(name, line) ? " †" : ""}`;
}

/** How the number came about, such as `34 buyers ÷ 998 visitors`; empty for a measure. */
export function derivation(name, line, board) {
  if (!line || !isRatio(name)) {
    return "";
  }
  const part = (of) => `${write(valueOf(of, line), FIGURES[of].form, board.currency)} ${FIGURES[of].label.toLowerCase()}`;
  const [numerator, denominator] = FIGURES[name].of;
  if (name === "roi") {
    const spend = part(denominator);
    return `(${part(numerator)} × ${write(board.margin, "share")} margin − ${spend}) ÷ ${spend}`;
  }
  return `${part(numerator)} ÷ ${part(denominator)}`;
}

/** Why the figure must not be acted on, or why there is none; empty when it can be trusted. */
export function caution(name, line, board) {
  if (!line) {
    return "There is nothing to show yet.";
  }
  if (valueOf(name, line) === null) {
    return `Undefined: no ${FIGURES[FIGURES[name].of[1]].label.toLowerCase()} to divide by.`;
  }
  if (isUnreliable(name, line)) {
    const visitors = write(line.measures.visitors, "count");
    return `Unreliable: on ${visitors} visitors, fewer than ${write(board.min_visitors, "count")}. Do not act on it.`;
  }
  return isLoss(name, line) ? "Costs more than it brings." : "";
}
