/**
 * What each figure is called, how it is defined, where it stands in a line of the board and how it is written.
 * A line has measures (integers; money in micros) and ratios (null when undefined; money in whole units).
 */

const MICROS = 1e6;

const measure = (name) => (line) => line.measures[name];
const money = (name) => (line) => line.measures[name] / MICROS;
const ratio = (name) => (line) => line.ratios[name];

/** @typedef {{label: string, means: string, form: string, of: function(object): ?number, ratio: boolean}} Figure */

const figure = (label, means, form, of, isRatio = false) => ({ label, means, form, of, ratio: isRatio });

/** @type {Object<string, Figure>} */
export const FIGURES = {
  visitors: figure("Visitors", "distinct visitors who viewed a product page", "count", measure("visitors")),
  visits: figure("Visits", "product page views", "count", measure("visits")),
  buyers: figure("Buyers", "distinct visitors who paid", "count", measure("buyers")),
  payments: figure("Payments", "order lines paid", "count", measure("payments")),
  units: figure("Units", "pieces sold", "count", measure("units")),
  conversion: figure("Conversion rate", "buyers ÷ visitors", "percent", ratio("conversion_rate"), true),
  revenue: figure("Revenue", "sum of all payments", "amount", money("revenue_micros")),
  revenuePerBuyer: figure("Revenue per buyer", "revenue ÷ buyers", "money", ratio("revenue_per_buyer"), true),
  visitorValue: figure("Visitor value", "revenue ÷ visitors", "money", ratio("visitor_value"), true),
  visitorCost: figure("Visitor cost", "spend ÷ visitors, free ones included", "money", ratio("visitor_cost"), true),
  clicks: figure("Clicks", "paid clicks on ads", "count", measure("clicks")),
  spend: figure("Spend", "cost of all paid clicks", "amount", money("cost_micros")),
  clickCost: figure("Cost per click", "spend ÷ clicks", "money", ratio("cost_per_click"), true),
  landingRate: figure("Landing rate", "clicks that reached the shop ÷ clicks", "percent", ratio("landing_rate"), true),
  roas: figure("ROAS", "revenue ÷ spend", "times", ratio("roas"), true),
  roi: figure("ROI", "(gross profit − spend) ÷ spend", "signedPercent", ratio("roi"), true),
  haloRevenue: figure("Halo revenue", "revenue credited to ads for, or visits to, another product", "amount",
    money("halo_revenue_micros")),
};

const formats = new Map();

function format(key, options) {
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(undefined, options));
  }
  return formats.get(key);
}

function writeMoney(value, currency, digits) {
  const shared = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  try {
    const options = { style: "currency", currency, currencyDisplay: "narrowSymbol", ...shared };
    return format(`money ${currency} ${digits}`, options).format(value);
  } catch {
    return format(`money ${digits}`, shared).format(value); // Not an ISO code: the header still names it.
  }
}

/** The value as people read it; a dash when it is undefined. */
export function write(value, form, currency) {
  if (value === null || value === undefined) {
    return "–";
  }
  switch (form) {
    case "money":
      return writeMoney(value, currency, Math.abs(value) >= 100_000 ? 0 : 2);
    case "amount":
      return writeMoney(value, currency, Math.abs(value) >= 100 || value === 0 ? 0 : 2);
    case "share":
      return format("share", { style: "percent", maximumFractionDigits: 1 }).format(value);
    case "percent":
      return format("percent", { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
    case "signedPercent":
      return format("signed", { style: "percent", signDisplay: "exceptZero", maximumFractionDigits: 0 }).format(value);
    case "times":
      return format("times", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
    default:
      return format("count", { maximumFractionDigits: 0 }).format(value);
  }
}

/** Whether the figure says that money is being lost: worth a mark, not only a colour. */
export function isLoss(name, line) {
  const value = FIGURES[name].of(line);
  switch (name) {
    case "roi":
      return value !== null && value < 0;
    case "roas":
      return value !== null && value < 1;
    case "visitorCost":
      return value !== null && value > (line.ratios.visitor_value ?? 0);
    default:
      return false;
  }
}

/** Writes one figure of a line into an element, with its marks for losses and for too few visitors. */
export function show(element, name, line, currency) {
  const { of, form, ratio: isRatio } = FIGURES[name];
  const value = line ? of(line) : null;
  const defined = value !== null && value !== undefined;
  const unreliable = defined && isRatio && !line.reliable;
  const loss = defined && isLoss(name, line);
  const text = (loss ? "▾ " : "") + write(value, form, currency) + (unreliable ? " †" : "");
  if (element.textContent !== text) {
    element.textContent = text;
  }
  element.classList.toggle("undefined", !defined);
  element.classList.toggle("unreliable", unreliable);
  element.classList.toggle("loss", loss && !unreliable);
  if (unreliable) {
    element.title = "Too few visitors: do not act on this figure";
  } else {
    element.removeAttribute("title");
  }
}
