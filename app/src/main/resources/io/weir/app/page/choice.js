/** Choose one of a few: radio buttons in a row, so that arrow keys and screen readers work as everywhere. */

import { element } from "/dom.js";

/**
 * Fills a fieldset with the choices.
 *
 * @param {HTMLFieldSetElement} fieldset
 * @param {string} name what is chosen
 * @param {Array<[string, string]>} choices value and label of each
 * @param {function(string): void} onChoose
 * @returns {{choose: function(string): void, labels: Map<string, HTMLElement>}} choose marks one without calling onChoose
 */
export function choice(fieldset, name, choices, onChoose) {
  const inputs = new Map();
  const labels = new Map();
  choices.forEach(([value, text]) => {
    const input = element("input", { type: "radio", name, value });
    const label = element("label", {}, input, element("span", { text }));
    input.addEventListener("change", () => onChoose(value));
    inputs.set(value, input);
    labels.set(value, label);
    fieldset.append(label);
  });
  return { choose: (value) => (inputs.get(value).checked = true), labels };
}
