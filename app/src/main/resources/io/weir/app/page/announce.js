/** Says something to screen readers, once. */

import { byId, element } from "/dom.js";

const KEPT = 5;

/** @param {string} text one sentence or two; what is on the page already says the same */
export function announce(text) {
  const log = byId("announcements");
  log.append(element("p", { text }));
  if (log.children.length > KEPT) {
    log.firstChild.remove();
  }
}
