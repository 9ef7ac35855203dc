/** How numbers, money, times and durations are written, in the reader's language. */

export const UNDEFINED = "–";

const formats = new Map();

function cached(key, make) {
  if (!formats.has(key)) {
    formats.set(key, make());
  }
  return formats.get(key);
}

const number = (key, options) => cached(key, () => new Intl.NumberFormat(undefined, options));

function money(value, currency, digits) {
  const shared = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  try {
    const options = { style: "currency", currency, currencyDisplay: "narrowSymbol", ...shared };
    return number(`money ${currency} ${digits}`, options).format(value);
  } catch {
    return `${number(`money ${digits}`, shared).format(value)} ${currency}`; // No ISO code that this browser knows.
  }
}

const FORMS = {
  count: (value) => number("count", { maximumFractionDigits: 0 }).format(value),
  money: (value, currency) => money(value, currency, Math.abs(value) >= 100_000 ? 0 : 2),
  amount: (value, currency) => money(value, currency, Math.abs(value) >= 100 || value === 0 ? 0 : 2),
  percent: (value) =>
    number("percent", { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value),
  share: (value) => number("share", { style: "percent", maximumFractionDigits: 1 }).format(value),
  axisShare: (value) => number("axisShare", { style: "percent", maximumFractionDigits: 2 }).format(value),
  signedPercent: (value) =>
    number("signed", { style: "percent", signDisplay: "exceptZero", maximumFractionDigits: 0 }).format(value),
  times: (value) => number("times", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value),
  change: (value) =>
    number("change", { style: "percent", signDisplay: "exceptZero", maximumFractionDigits: 1 }).format(value),
  points: (value) =>
    number("points", { signDisplay: "exceptZero", minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
      100 * value,
    ),
  wholePoints: (value) =>
    number("wholePoints", { signDisplay: "exceptZero", maximumFractionDigits: 0 }).format(100 * value),
  seconds: (value) => number("seconds", { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value),
  compact: (value) => number("compact", { notation: "compact", maximumFractionDigits: 1 }).format(value),
  decimal: (value) => number("decimal", { maximumSignificantDigits: 4 }).format(value),
};

/**
 * A value as people read it; a dash when it is undefined.
 *
 * @param {?number|undefined} value in whole units, shares from 0 to 1
 * @param {string} form one of the FORMS
 * @param {string} [currency] ISO 4217 code, for money
 */
export function write(value, form, currency) {
  return value === null || value === undefined ? UNDEFINED : FORMS[form](value, currency);
}

/** The zone of the shop's days, or UTC where this browser does not know it. */
function knownZone(zone) {
  return cached(`zone ${zone}`, () => {
    try {
      return new Intl.DateTimeFormat(undefined, { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      return "UTC";
    }
  });
}

const TIMES = {
  minute: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  second: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  day: { dateStyle: "full" },
  date: { dateStyle: "medium" },
  dayMinute: { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
};

/**
 * An instant in a time zone.
 *
 * @param {string|number} instant ISO-8601 or epoch milliseconds
 * @param {string} form one of the TIMES
 */
export function writeTime(instant, form, zone) {
  const timeZone = knownZone(zone);
  const options = { timeZone, ...TIMES[form] };
  return cached(`time ${form} ${timeZone}`, () => new Intl.DateTimeFormat(undefined, options)).format(
    new Date(instant),
  );
}

const FIELDS = {
  era: "short",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
};

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function offsetMs(instantMs, zone) {
  const timeZone = knownZone(zone);
  const format = cached(`offset ${timeZone}`, () => new Intl.DateTimeFormat("en-US", { timeZone, ...FIELDS }));
  const part = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return local - Math.floor(instantMs / 1000) * 1000;
}

const DAY_MS = 86_400_000;

/** The instant at which the clocks of a zone showed the same time the day before. */
export function dayBefore(instantMs, zone) {
  const before = instantMs - DAY_MS;
  return before + offsetMs(instantMs, zone) - offsetMs(before, zone);
}

/** A length of time, such as `7 s`, `12 min` or `3 h`. */
export function writeDuration(seconds) {
  if (seconds < 120) {
    return `${write(Math.floor(seconds), "count")} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${write(minutes, "count")} min` : `${write(Math.floor(minutes / 60), "count")} h`;
}
