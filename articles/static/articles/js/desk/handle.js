// What stands beside a block: the handle it is carried by, and the menu of what may be done with it as a whole. On a
// narrow screen and under a finger the dock's button opens the same menu.
import { Extension, pm } from "editor";
import { dragged } from "desk/dragged";
import { canTurn, duplicate, moveTo, placeOf, remove, startOf, turnInto } from "desk/moving";
import { openPop } from "desk/pop";
import { icon, make, say } from "desk/words";

const { NodeSelection, Plugin } = pm.state;
const KINDS = [
  ["paragraph", "text"], ["crosshead", "head"], ["quote", "quote"], ["pull_quote", "pull"], ["list", "list"], ["ordered_list", "numbers"], ["fact_box", "box"],
];

const kindOf = (block) => (block.type.name === "list" && block.attrs.ordered ? "ordered_list" : block.type.name);

/** Open the menu of the block at `place` beneath `anchor`. */
export function openBlockMenu(editor, anchor, place = placeOf(editor.state)) {
  const { doc } = editor.state;
  const block = doc.child(place);
  const kind = kindOf(block);
  const focus = (does) => () => {
    editor.view.focus();
    does();
  };
  const rows = [
    ...(place > 0 ? [{ sign: "higher", words: say("block_up"), keys: "Alt ↑", act: focus(() => moveTo(editor, place, place - 1)) }] : []),
    ...(place < doc.childCount - 1 ? [{ sign: "lower", words: say("block_down"), keys: "Alt ↓", act: focus(() => moveTo(editor, place, place + 1)) }] : []),
    { sign: "twice", words: say("duplicate"), act: focus(() => duplicate(editor, place)) },
    { sign: "cross", words: say("block_out"), act: focus(() => remove(editor, place)) },
  ];
  if (canTurn(block)) {
    rows.push(say("turn_into"));
    for (const [name, sign] of KINDS) {
      if (name !== kind) rows.push({ sign, words: say(name), act: focus(() => turnInto(editor, name, place)) });
    }
  }
  openPop(editor.options.element, anchor, say("block_tools", { name: say(kind) }), rows, () => editor.view.focus());
}

class Handle {
  constructor(editor) {
    this.editor = editor;
    this.host = editor.options.element;
    this.place = -1;
    this.button = make("button", { type: "button", class: "grip", "aria-haspopup": "menu", lang: document.documentElement.lang }, icon("grip"));
    this.button.title = say("block_handle");
    this.button.hidden = true;
    this.host.append(this.button);
    this.onMove = (event) => this.follow(event);
    this.frame = 0;
    this.host.addEventListener("pointermove", this.onMove);
    this.button.addEventListener("click", () => openBlockMenu(editor, this.button, this.place));
    dragged(this.button, {
      handle: () => this.blocks()[this.place],
      items: () => this.blocks(),
      drop: (from, to) => {
        editor.view.focus();
        moveTo(editor, from, to);
      },
      place: this.host,
    });
  }

  blocks() {
    const found = [];
    this.editor.state.doc.forEach((_node, position) => found.push(this.editor.view.nodeDOM(position)));
    return found;
  }

  /** The block that is pointed at. */
  follow(event) {
    if (event.buttons || this.button.contains(event.target)) return;
    const block = event.target.closest?.(".tiptap > *");
    if (!block?.pmViewDesc) return;
    const { view } = this.editor;
    this.put(view.state.doc.resolve(view.posAtDOM(block, 0, -1)).index(0));
  }

  /** The block with the cursor, as long as nobody points elsewhere. Drawn with the next frame: no key waits for it. */
  update(view, before) {
    if (this.frame || (before.selection.eq(view.state.selection) && before.doc === view.state.doc)) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.editor.isDestroyed) this.put(placeOf(this.editor.state));
    });
  }

  put(place) {
    const { editor, button, host } = this;
    const node = editor.state.doc.maybeChild(place);
    const dom = node && editor.view.nodeDOM(startOf(editor.state.doc, place));
    button.hidden = !dom || !editor.isEditable;
    if (button.hidden) return;
    this.place = place;
    const name = say("block_tools", { name: say(kindOf(node)) });
    if (button.getAttribute("aria-label") !== name) button.setAttribute("aria-label", name);
    button.toggleAttribute("data-wide", node.type.name === "figure"); // it is set wider than the text
    button.style.insetBlockStart = `${dom.getBoundingClientRect().top - host.getBoundingClientRect().top}px`;
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    this.host.removeEventListener("pointermove", this.onMove);
    this.button.remove();
  }
}

/** A block shown whole that is chosen: Enter goes on behind it, Tab goes into its fields. */
const onChosen = (editor, does) => {
  const { selection } = editor.state;
  return selection instanceof NodeSelection && selection.$from.depth === 0 && does(selection);
};

export const BlockHandle = Extension.create({
  name: "block_handle",
  priority: 900,
  addKeyboardShortcuts() {
    const { editor } = this;
    return {
      "Alt-F10": () => {
        const place = placeOf(editor.state);
        const block = editor.view.nodeDOM(startOf(editor.state.doc, place));
        const tools = block?.querySelector?.(".table-tools button");
        if (tools && !(editor.state.selection instanceof NodeSelection)) tools.focus();
        else openBlockMenu(editor, block, place);
        return true;
      },
      Enter: () => onChosen(editor, ({ to }) => {
        const { state, view } = editor;
        const change = state.tr.insert(to, state.schema.nodes.paragraph.create());
        view.dispatch(change.setSelection(pm.state.TextSelection.create(change.doc, to + 1)).scrollIntoView());
        return true;
      }),
      Tab: () => onChosen(editor, ({ from }) => {
        const field = editor.view.nodeDOM(from)?.querySelector?.("input:enabled, textarea:enabled, button:not([hidden])");
        field?.focus();
        return Boolean(field);
      }),
    };
  },
  addStorage: () => ({ handle: null }),
  addProseMirrorPlugins() {
    const extension = this;
    return [
      new Plugin({
        props: {
          // Letters typed while a whole block is chosen go behind it: one key must not cost a picture.
          handleTextInput: (view, from, to, text) => onChosen(extension.editor, (selection) => {
            const { schema, tr } = view.state;
            const change = tr.insert(selection.to, schema.nodes.paragraph.create(null, schema.text(text)));
            view.dispatch(change.setSelection(pm.state.TextSelection.create(change.doc, selection.to + 1 + text.length)).scrollIntoView());
            return true;
          }),
        },
        view: () => {
          extension.storage.handle = new Handle(extension.editor);
          return { update: (view, before) => extension.storage.handle.update(view, before), destroy: () => extension.storage.handle.destroy() };
        },
      }),
    ];
  },
});
