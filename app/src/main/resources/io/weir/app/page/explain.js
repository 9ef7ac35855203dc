/**
 * Explanations: what a figure means and how this one came about, one hover, focus or tap away. There is one bubble for
 * the whole page. It can be pointed at, and Escape closes it (WCAG 1.4.13).
 */

import { byId, element } from "/dom.js";

const SHOW_AFTER_MS = 250;
const HIDE_AFTER_MS = 150;
const GAP_PX = 6;

/**
 * @typedef {object} Explanation
 * @property {Element} anchor what it is about
 * @property {string} title
 * @property {string[]} lines paragraphs; empty ones are left out
 */

/** @type {WeakMap<Element, function(Element): ?Explanation>} */
const providers = new WeakMap();
const shown = { anchor: null, owner: null, target: null };
let timer = 0;

/**
 * Explains an element, or what is inside it.
 *
 * @param {Element} owner gets a stop for the keyboard, unless it has one or `focusable` is false
 * @param {function(Element): ?Explanation} provider is given the element pointed at; null for nothing to say
 */
export function explain(owner, provider, focusable = true) {
  providers.set(owner, provider);
  owner.setAttribute("data-explained", "");
  if (focusable && owner.tabIndex < 0) {
    owner.tabIndex = 0;
  }
}

const bubble = () => byId("explanation");

function ownerOf(target) {
  return target instanceof Element ? target.closest("[data-explained]") : null;
}

function show(target) {
  clearTimeout(timer);
  const owner = ownerOf(target);
  const explanation = owner && providers.get(owner)(target);
  if (!explanation) {
    hide();
    return;
  }
  if (shown.anchor && shown.anchor !== explanation.anchor) {
    hide();
  }
  Object.assign(shown, { anchor: explanation.anchor, owner, target });
  write(explanation);
  explanation.anchor.setAttribute("aria-describedby", "explanation");
  place(explanation.anchor);
}

function write({ title, lines }) {
  const paragraphs = lines.filter((line) => line !== "").map((line) => element("p", { text: line }));
  bubble().replaceChildren(element("strong", { text: title }), ...paragraphs);
  bubble().hidden = false;
}

function place(anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = bubble();
  const { clientWidth: pageWidth, clientHeight: pageHeight } = document.documentElement;
  const below = box.bottom + GAP_PX + height <= pageHeight || box.top - GAP_PX - height < 0;
  const left = Math.max(GAP_PX, Math.min(box.left, pageWidth - width - GAP_PX));
  bubble().style.left = `${left}px`;
  bubble().style.top = `${below ? box.bottom + GAP_PX : box.top - GAP_PX - height}px`;
}

export function hide() {
  clearTimeout(timer);
  shown.anchor?.removeAttribute("aria-describedby");
  Object.assign(shown, { anchor: null, owner: null, target: null });
  bubble().hidden = true;
}

/** Writes the bubble anew when the figures have changed. */
export function refresh() {
  if (!shown.anchor) {
    return;
  }
  const explanation = shown.anchor.isConnected ? providers.get(shown.owner)(shown.target) : null;
  if (explanation) {
    write(explanation);
  } else {
    hide();
  }
}

function later(action, delayMs) {
  clearTimeout(timer);
  timer = setTimeout(action, delayMs);
}

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType !== "mouse" || bubble().contains(target)) {
    clearTimeout(timer);
  } else if (ownerOf(target)) {
    later(() => show(target), SHOW_AFTER_MS);
  } else if (shown.anchor) {
    later(hide, HIDE_AFTER_MS);
  } else {
    clearTimeout(timer);
  }
});
document.addEventListener("focusin", ({ target }) => (target.matches(":focus-visible") ? show(target) : undefined));
document.addEventListener("focusout", () => shown.anchor && later(hide, HIDE_AFTER_MS));
document.addEventListener("click", ({ target }) => {
  if (ownerOf(target)) {
    show(target);
  } else if (!bubble().contains(target)) {
    hide();
  }
});
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
document.addEventListener("scroll", () => shown.anchor && place(shown.anchor), { passive: true, capture: true });
