// What the scripts say, in the language of the screen: words put into the page by the server (admin/script_words.py).
const said = JSON.parse(document.getElementById("desk-words")?.textContent ?? "{}");

/** Whose films and posts are embedded: their sites by their names (body/embeds.py). */
export const providers = JSON.parse(document.getElementById("desk-providers")?.textContent ?? "{}");

/** The words called `name`, with {…} replaced by what `put` holds. */
export function say(name, put = {}) {
  return (said[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => put[key] ?? whole);
}

/** The words called `one`, or those called `many` with the `count` in them. */
export const counted = (one, many, count) =>
  count === 1 ? say(one) : say(many, { count: count.toLocaleString(document.documentElement.lang) });

/** An element: say `make("button", {class: "btn", type: "button"}, "Words", another)`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** The key of `event` as a Latin keyboard has it: Ctrl F is the same key while the keyboard writes Arabic. */
export function keyOf(event) {
  const key = event.key.toLowerCase();
  if (/^[\x20-\x7e]/.test(key)) return key;
  return { Slash: "/", Backslash: "\\" }[event.code] ?? event.code?.match(/^Key([A-Z])$/)?.[1].toLowerCase() ?? key;
}

/** An icon of the page's sprite. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(space, "use"));
  svg.firstChild.setAttribute("href", `#i-${name}`);
  return svg;
}
