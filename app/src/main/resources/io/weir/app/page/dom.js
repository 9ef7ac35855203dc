/** Small ways to make and change elements. Text is always set as text and never read as HTML. */

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

/**
 * A new element.
 *
 * @param {string} name of the tag
 * @param {Object<string, string>} attributes of it; `text` is its text
 * @param {...(Node|string)} children go into it, in this order
 */
export function element(name, { text, ...attributes } = {}, ...children) {
  const created = document.createElement(name);
  if (text !== undefined) {
    created.textContent = text;
  }
  Object.entries(attributes).forEach(([key, value]) => created.setAttribute(key, value));
  created.append(...children);
  return created;
}

/** One of the symbols that index.html defines, as large as the text around it. */
export function icon(symbol) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#${symbol}`);
  picture.append(use);
  return picture;
}

/** Changes the text only if it differs, so that selections stay and screen readers keep silent. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Sets or removes an attribute, only if that changes something. */
export function setAttribute(node, name, value) {
  if (value === null) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

/** The text of a line that is only there while it says something. */
export function setNotice(node, text) {
  setText(node, text);
  node.hidden = text === "";
}
