// What came in from others while this page was open: a list in the panel, and a quiet line beside each block until the
// cursor has been there. Nothing in the text moves for it.
import { pm } from "editor";
import { caughtUp, goTo } from "desk/surface";
import { counted, make, say } from "desk/words";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const key = new PluginKey("arrived");
const MOST = 6; // entries in the list; older ones have been seen, or are in the history

export class Arrived {
  constructor(form, saving, beside) {
    Object.assign(this, { form, saving, beside, entries: [], unseen: new Map() }); // unseen: block id -> person
    this.editor = saving.surface.editor;
    this.list = make("ul", { class: "arrived rows" });
    this.panel = make("section", { class: "arrived-panel", hidden: true, "aria-label": say("arrived") },
      make("h2", {}, say("arrived")), this.list);
    form.querySelector("#story").prepend(this.panel);
    this.editor.registerPlugin(this.plugin());
    saving.addEventListener("arrived", (event) => this.take(event.detail));
    form.addEventListener("focusin", (event) => event.target.name && this.see("field", event.target.name));
  }

  /** `pieces`: {kind, name, isThere, by, at} of what went into the page. */
  take(pieces) {
    for (const { kind, name, isThere, by, at } of pieces) {
      let entry = this.entries.find((one) => one.by === by && !one.isSeen);
      if (!entry) {
        entry = { by, pieces: new Map(), isSeen: false };
        this.entries.unshift(entry);
      }
      entry.at = at;
      entry.pieces.set(`${kind} ${name}`, { kind, name, isThere });
      if (kind === "block" && isThere) this.unseen.set(name, by);
      else this.unseen.delete(name);
    }
    this.entries.splice(MOST);
    this.show();
    this.mark();
  }

  show() {
    this.panel.hidden = !this.entries.length;
    this.list.replaceChildren(...this.entries.map((entry) => this.row(entry)));
  }

  row(entry) {
    const pieces = [...entry.pieces.values()];
    const blocks = pieces.filter(({ kind, isThere }) => kind === "block" && isThere).length;
    const gone = pieces.filter(({ kind, isThere }) => kind === "block" && !isThere).length;
    const said = [
      blocks && counted("arrived_block", "arrived_blocks", blocks),
      ...pieces.filter(({ kind }) => kind === "field").map(({ name }) => this.label(name)),
      gone && counted("arrived_gone_one", "arrived_gone", gone),
    ].filter(Boolean);
    const show = make("button", { type: "button", class: "btn", "data-kind": "quiet" }, say("arrived_show"));
    show.setAttribute("aria-label", say("arrived_show_of", { name: entry.by }));
    show.addEventListener("click", () => this.next(entry));
    show.hidden = !pieces.some(({ isThere }) => isThere);
    const what = new Intl.ListFormat(document.documentElement.lang, { type: "unit" }).format(said);
    return make("li", { "data-p": this.beside.colourOf(entry.by), "data-seen": entry.isSeen },
      make("span", {}, make("b", {}, make("bdi", {}, entry.by)), " ", what), make("span", { class: "count" }, entry.at), show);
  }

  /** A field in the words of its own label. */
  label(name) {
    const field = this.form.querySelector(`[name="${name}"]:not([type=hidden])`);
    const label = field?.labels?.[0] ?? this.form.querySelector(`desk-choose[data-name="${name}"]`)?.closest(".field")?.querySelector(".label");
    const own = label && [...label.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return own?.data.trim() || field?.getAttribute("aria-label") || say(`field_${name}`);
  }

  /** Go to the first of an entry that was not seen yet, else to the one after the last. */
  next(entry) {
    const pieces = [...entry.pieces.values()].filter(({ isThere }) => isThere);
    const order = this.saving.surface.read().order;
    const place = ({ kind, name }) => (kind === "field" ? -1 : order.indexOf(name));
    pieces.sort((one, other) => place(one) - place(other));
    const isNew = ({ kind, name }) => kind === "block" && this.unseen.has(name);
    const to = pieces.find(isNew) ?? pieces[(entry.shown = ((entry.shown ?? -1) + 1) % pieces.length)];
    goTo(this.saving.surface, to.kind, to.name);
    this.see(to.kind, to.name);
  }

  /** The cursor has been there. */
  see(kind, name) {
    if (kind === "block" && this.unseen.delete(name)) this.mark();
    let isOther = false;
    for (const entry of this.entries) {
      entry.seen ??= new Set();
      if (entry.pieces.has(`${kind} ${name}`)) entry.seen.add(`${kind} ${name}`);
      const isSeen = [...entry.pieces].every(([piece, { isThere }]) => !isThere || entry.seen.has(piece));
      isOther ||= isSeen !== entry.isSeen;
      entry.isSeen ||= isSeen;
    }
    if (isOther) this.show();
  }

  mark() {
    caughtUp(this.editor.view);
    this.editor.view.dispatch(this.editor.state.tr.setMeta(key, true).setMeta("addToHistory", false));
  }

  plugin() {
    const draw = (doc) => {
      const found = [];
      doc.forEach((node, position) => {
        const by = this.unseen.get(node.attrs.id);
        if (by) found.push(Decoration.node(position, position + node.nodeSize, { class: "arrived-here", "data-p": this.beside.colourOf(by) }));
      });
      return DecorationSet.create(doc, found);
    };
    return new Plugin({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply: (change, set) => (change.getMeta(key) ? draw(change.doc) : set.map(change.mapping, change.doc)),
      },
      props: { decorations: (state) => key.getState(state) },
      view: () => ({
        update: (view) => {
          if (!this.unseen.size || !view.hasFocus()) return;
          const at = view.state.selection.$from;
          const id = at.depth ? at.node(1).attrs.id : view.state.selection.node?.attrs.id;
          if (this.unseen.has(id)) queueMicrotask(() => this.see("block", id));
        },
      }),
    });
  }
}
