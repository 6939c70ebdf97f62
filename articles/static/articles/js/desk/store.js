// The hidden textarea that the form sends: the story as JSON, written when somebody reads it and not at every key.
// A story of 400 blocks would be written anew for each letter otherwise, and its words counted.
import { say } from "desk/words";

const COUNT_AFTER = 250; // milliseconds after a change until the bar counts words

const jsonOf = new WeakMap(); // by block: a block that did not change is the same node in the next document
const countOf = new WeakMap();

function remember(memory, node, make) {
  let value = memory.get(node);
  if (value === undefined) memory.set(node, (value = make(node)));
  return value;
}

/** The document as JSON, as `JSON.stringify(doc.toJSON())` writes it. */
export function written(doc) {
  const blocks = [];
  doc.forEach((node) => blocks.push(remember(jsonOf, node, (block) => JSON.stringify(block.toJSON()))));
  return `{"type":"doc","content":[${blocks.join(",")}]}`;
}

/** How many words the document has. */
export function wordsIn(doc) {
  let count = 0;
  doc.forEach((node) => (count += remember(countOf, node, countIn)));
  return count;
}

function countIn(node) {
  const text = node.textBetween(0, node.content.size, " ", " ");
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

export class Store {
  constructor(area, editor) {
    Object.assign(this, { area, editor, isStale: false });
    this.place = document.querySelector("[data-words]");
    const native = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
    const settle = () => {
      if (this.isStale) native.set.call(area, written(editor.state.doc));
      this.isStale = false;
    };
    // Whoever reads the field reads the story as it is now.
    Object.defineProperty(area, "value", {
      configurable: true,
      get: () => (settle(), native.get.call(area)),
      set: (value) => native.set.call(area, value),
    });
    // A form that is sent, or gathered by a script, does not ask the property. A page that is left remembers its fields.
    area.form?.addEventListener("formdata", ({ formData }) => area.name && !area.disabled && formData.set(area.name, area.value));
    for (const event of ["pagehide", "blur"]) addEventListener(event, settle);
    document.addEventListener("visibilitychange", settle);
    this.count();
  }

  /** The story changed. */
  note() {
    this.isStale = true;
    this.counting ??= setTimeout(() => {
      this.counting = null;
      this.count();
    }, COUNT_AFTER);
  }

  count() {
    if (!this.place) return;
    const count = wordsIn(this.editor.state.doc).toLocaleString(document.documentElement.lang);
    const words = say("words", { count });
    if (this.place.textContent !== words) this.place.textContent = words;
  }
}
