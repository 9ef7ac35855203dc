import { FIGURES, show, write } from "/figures.js";
import { Ranking, element } from "/table.js";

const POLL_MS = 1_000;
const ANSWER_WITHIN_MS = 5_000;
const DISCONNECTED_AFTER_MS = 4_000;
const BEHIND_AFTER_S = 90;
const FEW_LINES = 50;
const ALL_LINES = 1_000;

const SHOP = ["conversion", "visitors", "buyers", "revenue", "revenuePerBuyer", "visitorValue"];
const ADVERTISING = ["roas", "roi", "spend", "visitorCost", "clickCost", "landingRate"];
const WINDOWS = { "1d": "Today", "1h": "This hour", "1m": "This minute" };

const STATUSES = {
  live: "Live",
  behind: "Behind",
  disconnected: "Disconnected",
  connecting: "Connecting…",
  waiting: "Waiting for events",
};

const byId = (id) => document.getElementById(id);
const state = { window: "1d", limit: FEW_LINES, snapshot: null, answeredAt: null, startedAt: Date.now(), error: "" };

const showAll = () => {
  state.limit = ALL_LINES;
  poll.now();
};
const rankings = {
  sources: new Ranking(byId("sources"), "Sources", (line) => line.source, showAll),
  products: new Ranking(byId("products"), "Products", (line) => line.product, showAll),
  campaigns: new Ranking(byId("campaigns"), "Campaigns", (line) => `${line.source} / ${line.campaign}`, showAll),
};
const cards = new Map([
  ...buildCards(byId("shop-cards"), SHOP),
  ...buildCards(byId("advertising-cards"), ADVERTISING),
]);

function buildCards(list, names) {
  return names.map((name) => {
    const { label, means } = FIGURES[name];
    const card = element("div");
    const term = element("dt", label);
    const value = element("dd", "–");
    value.className = "value";
    const definition = element("dd", means);
    definition.className = "means";
    card.title = `${label} = ${means}`;
    card.append(term, value, definition);
    list.append(card);
    return [name, value];
  });
}

/** The zone of the shop's days, or UTC where this browser does not know it. */
function knownZone(zone) {
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}

function dateTime(text, zone, options) {
  return new Intl.DateTimeFormat(undefined, { timeZone: zone, ...options }).format(new Date(text));
}

function duration(seconds) {
  if (seconds < 60) {
    return `${write(Math.round(seconds), "count")} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${write(Math.floor(minutes / 60), "count")} h`;
}

function setText(id, text) {
  const target = byId(id);
  if (target.textContent !== text) {
    target.textContent = text;
  }
  target.hidden = text === "";
}

function renderHeader(snapshot) {
  byId("generated").hidden = !snapshot.generated_traffic;
  setText("notice", snapshot.notice ?? "");
  const zone = knownZone(snapshot.time_zone);
  const clock = { dateStyle: "medium", timeStyle: "medium" };
  setText("as-of", snapshot.data_as_of
    ? `${dateTime(snapshot.data_as_of, zone, clock)} ${zone}` : "–");
  setText("behind", snapshot.seconds_behind === null ? "–" : duration(snapshot.seconds_behind));
  setText("currency", snapshot.currency);
  const { totals_owned: owned, totals } = snapshot.partitions;
  setText("share", owned < totals
    ? `This instance shows ${owned} of ${totals} partitions of the figures. Other instances show the others.` : "");
  setText("legend", `† on fewer than ${snapshot.min_visitors} visitors: do not act on it.  ▾ costs more than it brings. `
    + ` – is undefined: nothing to divide by. ROI takes a margin of ${write(snapshot.margin, "share")} of revenue.`);
}

function renderWindow(snapshot) {
  const current = snapshot.windows[state.window];
  const line = current?.total ?? null;
  cards.forEach((value, name) => show(value, name, line, snapshot.currency));
  const empty = { keys: 0, lines: [] };
  Object.entries(rankings).forEach(([name, ranking]) => ranking.update(current?.[name] ?? empty, snapshot.currency));
  setText("period", periodText(current, snapshot));
}

function periodText(current, snapshot) {
  const title = WINDOWS[state.window];
  if (!current) {
    return `${title}: no events yet.`;
  }
  const zone = knownZone(snapshot.time_zone);
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const day = dateTime(current.start, zone, { dateStyle: "full" });
  const hours = `, ${dateTime(current.start, zone, time)} to ${dateTime(current.end, zone, time)}`;
  const span = `${day}${state.window === "1d" ? "" : hours}, ${zone}`;
  const progress = current.is_final ? ", final" : ", still counting";
  return `${span}${progress}${current.total ? "" : ". Another instance shows the totals."}`;
}

function renderLedger(snapshot) {
  const rows = Object.entries(snapshot.inputs).map(([name, input]) => {
    const row = element("tr");
    const header = element("th", name);
    header.scope = "row";
    const counts = ["read", "accepted", "duplicate", "late", "rejected"];
    const reasons = input.rejected_by_reason
      .map((rejected) => `${rejected.meaning}: ${write(rejected.records, "count")}`).join("; ");
    const because = element("td", reasons || "–");
    because.className = "text";
    row.append(header, ...counts.map((count) => element("td", write(input[count], "count"))), because);
    return row;
  });
  byId("ledger").tBodies[0].replaceChildren(...rows);
}

/** Its text stays the same while nothing answers, so that a screen reader says it once. */
function lastAnswer() {
  if (state.answeredAt === null) {
    return "no answer yet";
  }
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" }).format(state.answeredAt);
  return `no answer since ${time}`;
}

/** Says whether what is shown can be trusted: connected and up to date. */
function renderStatus() {
  const silentMs = Date.now() - (state.answeredAt ?? state.startedAt);
  const disconnected = silentMs > DISCONNECTED_AFTER_MS || (state.answeredAt === null && state.error !== "");
  const behind = state.snapshot?.seconds_behind ?? 0;
  let status = "live";
  let alarm = "";
  if (disconnected) {
    status = "disconnected";
    alarm = `Disconnected: ${lastAnswer()}${state.error ? ` (${state.error})` : ""}. `
      + (state.snapshot ? "The figures below are old. " : "") + "Trying again every second.";
  } else if (state.answeredAt === null) {
    status = "connecting";
  } else if (!state.snapshot.stream_time) {
    status = "waiting";
  } else if (behind > BEHIND_AFTER_S) {
    status = "behind";
    alarm = "The figures are behind: events are missing, arrive late, or are still being read.";
  }
  document.body.dataset.status = status;
  setText("alarm", alarm);
  setText("status", STATUSES[status]);
}

function render() {
  if (state.snapshot) {
    renderHeader(state.snapshot);
    renderWindow(state.snapshot);
    renderLedger(state.snapshot);
  }
  renderStatus();
}

async function fetchSnapshot() {
  const asked = state.window;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ANSWER_WITHIN_MS);
  try {
    const answer = await fetch(`/api/v1/board?window=${asked}&limit=${state.limit}`, { signal: abort.signal });
    if (!answer.ok) {
      throw new Error(`status ${answer.status}`);
    }
    const snapshot = await answer.json();
    if (asked === state.window) {
      Object.assign(state, { snapshot, answeredAt: Date.now(), error: "" });
    }
  } catch (error) {
    state.error = abort.signal.aborted ? "timed out" : error.message;
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again one second after each answer or failure, for ever; so it resumes by itself. */
const poll = {
  timer: 0,
  async now() {
    clearTimeout(poll.timer);
    const mine = (poll.round = (poll.round ?? 0) + 1);
    await fetchSnapshot();
    render();
    if (mine === poll.round) {
      poll.timer = setTimeout(poll.now, POLL_MS);
    }
  },
};

document.querySelectorAll("[data-window]").forEach((button) => {
  button.addEventListener("click", () => {
    state.window = button.dataset.window;
    document.querySelectorAll("[data-window]").forEach((other) => {
      other.setAttribute("aria-pressed", String(other === button));
    });
    poll.now();
  });
});
setInterval(renderStatus, POLL_MS); // A hanging request must not hide that nothing answers.
poll.now();
