/**
 * Keyboard shortcuts, listed in the help dialog behind `?`. They can be turned off there: single keys disturb people
 * who dictate (WCAG 2.1.4).
 */

import { byId, element } from "/dom.js";

const STORED = "weir.shortcuts";

function isOn() {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    localStorage.setItem(STORED, on ? "on" : "off");
  } catch {
    // Then it holds until the page is left.
  }
}

const isText = (target) => target.matches("input:not([type=radio], [type=checkbox]), select, textarea");

/** @param {Array<{keys: string, label: string, action: function(string): void}>} shortcuts keys holds single characters */
export function listen(shortcuts) {
  const toggle = byId("shortcuts-on");
  toggle.checked = isOn();
  toggle.addEventListener("change", () => remember(toggle.checked));
  const rows = shortcuts.flatMap(({ keys, label }) => [
    element("dt", {}, ...[...keys].map((key) => element("kbd", { text: key }))),
    element("dd", { text: label }),
  ]);
  byId("shortcuts").append(...rows);
  document.addEventListener("keydown", (event) => {
    const shortcut = shortcuts.find(({ keys }) => keys.includes(event.key));
    const free = !event.ctrlKey && !event.metaKey && !event.altKey && !isText(event.target);
    if (event.key.length === 1 && shortcut && free && toggle.checked && !byId("help").open) {
      event.preventDefault();
      shortcut.action(event.key);
    }
  });
}
