// The sheet's text: one continuous surface over a hidden textarea, which holds the story as JSON for whoever reads it.
import { Dropcursor, Editor, Extension, Gapcursor, Placeholder, UndoRedo, pm } from "editor";
import { Arriving } from "desk/arriving";
import { blocks } from "desk/blocks";
import { Dock } from "desk/dock";
import { Find } from "desk/find";
import { BlockIds, giveIds } from "desk/ids";
import { begin, openMenu } from "desk/menu";
import { moveBlock } from "desk/moving";
import { Pasting } from "desk/paste";
import { SmartQuotes } from "desk/quotes";
import { Search } from "desk/search";
import { SignNote, Signs } from "desk/signs";
import { Store } from "desk/store";
import { make, say } from "desk/words";

const { Decoration, DecorationSet } = pm.view;
const empty = (content) => !content?.content?.length;

/** The block with the cursor carries a mark, for the bar at its start side. */
const Here = Extension.create({
  name: "here",
  addProseMirrorPlugins() {
    const decorations = ({ doc, selection }) => {
      const at = selection.$from;
      if (!at.depth) return null;
      return DecorationSet.create(doc, [Decoration.node(at.before(1), at.after(1), { class: "here" })]);
    };
    return [new pm.state.Plugin({ props: { decorations } })];
  },
});

class BodyEditor extends HTMLElement {
  connectedCallback() {
    const host = make("div", { class: "writing-place" });
    this.append(host);
    const area = this.querySelector("textarea");
    let stored = null;
    try {
      stored = area.value ? JSON.parse(area.value) : null;
    } catch {
      area.hidden = false; // what arrived broken is shown as it is: nothing is thrown away
      return;
    }
    this.stored = stored; // as the server holds it, before this editor had a hand in it
    this.editor = new Editor({
      element: host,
      extensions: [
        ...blocks,
        BlockIds,
        Here,
        Search,
        Signs,
        SmartQuotes,
        Arriving,
        Pasting,
        UndoRedo,
        Gapcursor,
        Dropcursor.configure({ class: "drop-cursor", color: false, width: 2 }),
        Placeholder.configure({ placeholder: say("add_here") }),
      ],
      content: empty(stored) ? { type: "doc", content: [{ type: "paragraph" }] } : stored,
      editable: !this.hasAttribute("data-read-only"),
      injectCSS: false,
      enableContentCheck: true,
      // Better shown and not touched than cut down to what this editor knows.
      onContentError: () => (this.broken = true),
      editorProps: {
        attributes: { "aria-label": this.dataset.label, role: "textbox", "aria-multiline": "true" },
        handleKeyDown: (view, event) => this.onKey(event),
      },
      onUpdate: ({ transaction }) => this.keep(transaction),
    });
    if (this.broken) {
      this.editor.setEditable(false);
      this.prepend(make("p", { class: "note", "data-is": "bad", role: "alert" }, make("span", {}, say("unknown"))));
      return;
    }
    this.store = new Store(area, this.editor);
    giveIds(this.editor);
    // A click beneath the last block goes on writing there.
    host.addEventListener("mousedown", (event) => {
      if (event.target === host || event.target === this.editor.view.dom) this.onFloor(event);
    });
    new Find(this.closest(".sheet"), this.editor);
    if (!this.editor.isEditable) return;
    const bar = document.querySelector('.dock[aria-controls="text"]');
    if (bar) new Dock(bar, this.editor);
    const checks = document.querySelector("#checks");
    if (checks) new SignNote(checks, this.editor);
  }

  /** Say that the story changed. The ids that blocks are given when a story is opened are nobody's change. */
  keep(transaction) {
    if (this.broken) return;
    this.store?.note();
    if (transaction.getMeta("addToHistory") === false) return;
    this.dispatchEvent(new CustomEvent("desk:change", { bubbles: true }));
  }

  onFloor(event) {
    const { doc } = this.editor.state;
    const last = this.editor.view.dom.lastElementChild;
    if (!this.editor.isEditable || !last || event.clientY < last.getBoundingClientRect().bottom) return;
    event.preventDefault();
    if (doc.lastChild.type.name === "paragraph") begin(this.editor).focus("end").run();
    else begin(this.editor).insertContentAt(doc.content.size, { type: "paragraph" }).focus("end").run();
  }

  onKey(event) {
    if (event.altKey && !event.ctrlKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      return moveBlock(this.editor, event.key === "ArrowUp" ? -1 : 1);
    }
    const { $from, empty: nothing } = this.editor.state.selection;
    const isFresh = nothing && $from.depth === 1 && $from.parent.type.name === "paragraph" && !$from.parent.content.size;
    if (event.key === "/" && isFresh && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      openMenu(this.editor);
      return true;
    }
    return false;
  }
}

customElements.define("body-editor", BodyEditor);
