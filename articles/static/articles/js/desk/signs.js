// Characters nobody sees: direction marks and their like come with what is pasted, and turn words round or break a
// search. They are shown as small signs, and can be taken out. Joiners (U+200C, U+200D) are letters' own and stay hidden.
import { Extension, pm } from "editor";
import { make, say } from "desk/words";

const { Decoration, DecorationSet } = pm.view;
const { Plugin, PluginKey } = pm.state;
const { Fragment, Slice } = pm.model;

const HIDDEN = /[\u00ad\u061c\u200b\u200e\u200f\u2060\u2066-\u2069]/g;
// The server lets these go before it stores anything (body/characters.py); so does this page, or they would differ.
const UNFIT = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\ufeff\ufff9-\ufffb]/g;
const NAMES = {
  "\u00ad": "soft_hyphen", "\u061c": "arabic_mark", "\u200b": "no_width", "\u200e": "ltr_mark", "\u200f": "rtl_mark",
  "\u2060": "word_joiner", "\u2066": "ltr_isolate", "\u2067": "rtl_isolate", "\u2068": "first_isolate", "\u2069": "isolate_end",
};
const LINES = "#id_headline, #id_short_headline, #id_kicker, #id_dateline, #id_summary, textarea[name=subheads]";

const key = new PluginKey("signs");
const known = new WeakMap(); // by block: where in it signs are

function signsIn(block) {
  let found = known.get(block);
  if (!found) {
    found = [];
    block.descendants((node, position) => {
      for (const { index, 0: sign } of node.isText ? node.text.matchAll(HIDDEN) : []) found.push([position + index, sign]);
    });
    known.set(block, found);
  }
  return found;
}

/** Where the document has signs, in its order: `[position, sign]`. */
function signsOf(doc) {
  const all = [];
  doc.forEach((block, start) => signsIn(block).forEach(([at, sign]) => all.push([start + 1 + at, sign])));
  return all;
}

const codeOf = (sign) => `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

function shown(sign) {
  const title = say("hidden_sign", { name: say(NAMES[sign]), code: codeOf(sign) });
  return make("span", { class: "sign", title, role: "img", "aria-label": title });
}

function decorations(doc) {
  const all = signsOf(doc);
  if (!all.length) return DecorationSet.empty;
  return DecorationSet.create(doc, all.map(([at, sign]) =>
    Decoration.widget(at, () => shown(sign), { side: 1, key: `sign-${sign}`, marks: [], ignoreSelection: true })));
}

/** Take the sign at `place` out, or all of them: one step to undo. */
function takeOut(view, place = null) {
  const change = view.state.tr;
  for (const [at] of signsOf(view.state.doc).reverse()) if (place === null || at === place) change.delete(at, at + 1);
  if (change.docChanged) view.dispatch(change);
}

const fit = (text) => text.replace(UNFIT, "");

function fitted(fragment, schema) {
  const nodes = [];
  fragment.forEach((node) => {
    if (!node.isText) nodes.push(node.copy(fitted(node.content, schema)));
    else if (fit(node.text)) nodes.push(schema.text(fit(node.text), node.marks));
  });
  return Fragment.from(nodes);
}

export const Signs = Extension.create({
  name: "signs",
  addProseMirrorPlugins() {
    return [new Plugin({
      key,
      state: {
        init: (config, { doc }) => decorations(doc),
        apply: (change, set) => (change.docChanged ? decorations(change.doc) : set),
      },
      props: {
        decorations: (state) => key.getState(state),
        transformPasted: (slice, { state }) => new Slice(fitted(slice.content, state.schema), slice.openStart, slice.openEnd),
        handleTextInput(view, from, to, text) {
          if (fit(text) === text) return false;
          view.dispatch(view.state.tr.insertText(fit(text), from, to));
          return true;
        },
        handleDOMEvents: {
          mousedown(view, event) {
            if (!view.editable || !event.target.matches?.(".sign")) return false;
            event.preventDefault();
            takeOut(view, view.posAtDOM(event.target, 0));
            return true;
          },
        },
      },
    })];
  },
});

const lines = () => [...document.querySelectorAll(LINES)].filter((line) => !line.disabled);
const inLine = (line) => line.value.match(HIDDEN)?.length ?? 0;

/** The sentence about them in the Checks panel, with the button that takes all out of the text and the lines over it. */
export class SignNote {
  constructor(panel, editor) {
    this.editor = editor;
    this.words = make("span", {});
    const button = make("button", { type: "button", class: "btn" }, say("signs_out"));
    this.note = make("p", { class: "note", "data-is": "warn", "data-signs": true, hidden: true }, this.words, button);
    panel.querySelector("h2").after(this.note);
    button.addEventListener("click", () => this.takeOut());
    editor.on("update", () => this.countSoon());
    document.addEventListener("input", ({ target }) => target.matches?.(LINES) && this.countSoon());
    this.count();
  }

  countSoon() {
    clearTimeout(this.counting);
    this.counting = setTimeout(() => this.count(), 250); // once the keys rest
  }

  count() {
    const count = signsOf(this.editor.state.doc).length + lines().reduce((sum, line) => sum + inLine(line), 0);
    this.note.hidden = !count;
    this.words.textContent = count === 1 ? say("signs_one") : say("signs", { count: count.toLocaleString(document.documentElement.lang) });
  }

  takeOut() {
    takeOut(this.editor.view);
    for (const line of lines().filter(inLine)) {
      line.value = line.value.replace(HIDDEN, "");
      line.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.count();
    this.editor.view.focus();
  }
}
