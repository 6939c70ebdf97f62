// The sheet's text: one continuous surface over a hidden textarea, which gets the story as JSON after every change.
import { Dropcursor, Editor, Extension, Gapcursor, Placeholder, UndoRedo, pm } from "editor";
import { blocks } from "desk/blocks";
import { clean } from "desk/clipboard";
import { openBlockMenu } from "desk/handle";
import { BlockIds } from "desk/ids";
import { askForLink } from "desk/link";
import { moveBlock } from "desk/moving";
import { icon, make, say } from "desk/words";

const { Decoration, DecorationSet } = pm.view;
const empty = (content) => !content?.content?.length;

// What the menu offers: its icon, its words, what is done.
const MENU = [
  ["head", "crosshead", (chain) => chain.toggleNode("crosshead", "paragraph")],
  ["quote", "quote", (chain) => chain.toggleWrap("quote")],
  ["pull", "pull_quote", (chain) => chain.toggleWrap("pull_quote")],
  ["list", "list", (chain) => chain.toggleOurList(false)],
  ["numbers", "ordered_list", (chain) => chain.toggleOurList(true)],
  ["box", "fact_box", (chain) => chain.insertContent({ type: "fact_box", content: [{ type: "paragraph" }] })],
  ["line", "divider", (chain) => chain.insertDivider()],
  ["grid", "table", (chain) => chain.insertTable()],
  ["gallery", "gallery", (chain) => chain.insertGallery()],
  ["embed", "embed", (chain) => chain.insertEmbed()],
];

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
    this.store = this.querySelector("textarea");
    this.dock = document.querySelector('.dock[aria-controls="text"]');
    const host = make("div", { class: "writing-place" });
    this.append(host);
    let stored = null;
    try {
      stored = this.store.value ? JSON.parse(this.store.value) : null;
    } catch {
      this.store.hidden = false; // what arrived broken is shown as it is: nothing is thrown away
      return;
    }
    this.stored = stored; // as the server holds it, before this editor had a hand in it
    this.editor = new Editor({
      element: host,
      extensions: [
        ...blocks,
        BlockIds,
        Here,
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
        transformPastedHTML: clean,
        handleKeyDown: (view, event) => this.onKey(event),
      },
      onCreate: () => this.countWords(),
      onUpdate: ({ transaction }) => this.keep(transaction),
      onTransaction: () => this.press(),
    });
    if (this.broken) {
      this.editor.setEditable(false);
      this.prepend(make("p", { class: "note", "data-is": "bad", role: "alert" }, make("span", {}, say("unknown"))));
      return;
    }
    // A click beneath the last block goes on writing there.
    host.addEventListener("mousedown", (event) => {
      if (event.target === host || event.target === this.editor.view.dom) this.onFloor(event);
    });
    this.bindDock();
  }

  /** Put the story into the form. The ids that blocks are given when a story is opened are nobody's change. */
  keep(transaction) {
    if (this.broken) return;
    this.store.value = JSON.stringify(this.editor.getJSON());
    this.countWords();
    if (transaction.getMeta("addToHistory") === false) return;
    this.dispatchEvent(new CustomEvent("desk:change", { bubbles: true }));
  }

  countWords() {
    const text = this.editor.state.doc.textBetween(0, this.editor.state.doc.content.size, " ", " ");
    const count = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    const place = document.querySelector("[data-words]");
    if (place) place.textContent = say("words", { count: count.toLocaleString(document.documentElement.lang) });
  }

  onFloor(event) {
    const { doc } = this.editor.state;
    const last = this.editor.view.dom.lastElementChild;
    if (!this.editor.isEditable || !last || event.clientY < last.getBoundingClientRect().bottom) return;
    event.preventDefault();
    if (doc.lastChild.type.name === "paragraph") this.chain().focus("end").run();
    else this.chain().insertContentAt(doc.content.size, { type: "paragraph" }).focus("end").run();
  }

  onKey(event) {
    if (event.altKey && !event.ctrlKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      return moveBlock(this.editor, event.key === "ArrowUp" ? -1 : 1);
    }
    const { $from, empty: nothing } = this.editor.state.selection;
    const isFresh = nothing && $from.depth === 1 && $from.parent.type.name === "paragraph" && !$from.parent.content.size;
    if (event.key === "/" && isFresh && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.openMenu();
      return true;
    }
    return false;
  }

  /** A chain of commands, with the cursor in the text at once: Tiptap's own focus comes a frame later. */
  chain() {
    this.editor.view.focus();
    return this.editor.chain();
  }

  // -- The toolbar

  bindDock() {
    if (!this.dock || !this.editor.isEditable) return;
    this.dock.hidden = false;
    const buttons = [...this.dock.querySelectorAll("button")];
    buttons.forEach((button, place) => (button.tabIndex = place ? -1 : 0));
    this.dock.addEventListener("mousedown", (event) => event.preventDefault()); // the chosen words stay chosen
    this.dock.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.run(button.dataset.command);
    });
    this.dock.addEventListener("keydown", (event) => {
      const forwards = ["ArrowDown", getComputedStyle(this.dock).direction === "rtl" ? "ArrowLeft" : "ArrowRight"];
      const backwards = ["ArrowUp", getComputedStyle(this.dock).direction === "rtl" ? "ArrowRight" : "ArrowLeft"];
      const step = forwards.includes(event.key) ? 1 : backwards.includes(event.key) ? -1 : 0;
      if (!step) return;
      event.preventDefault();
      const at = buttons.indexOf(document.activeElement);
      const next = buttons[(at + step + buttons.length) % buttons.length];
      buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
      next.focus();
    });
    this.press();
  }

  run(command) {
    const chain = this.chain();
    if (command === "bold") chain.toggleBold().run();
    else if (command === "italic") chain.toggleItalic().run();
    else if (command === "link") askForLink(this.editor);
    else if (command === "picture") this.openPictures();
    else if (command === "more") this.openMenu();
    else if (command === "block") openBlockMenu(this.editor, this.dock.querySelector('[data-command="block"]'));
    else MENU.find(([, name]) => name === command)[2](chain).run();
  }

  press() {
    for (const button of this.dock?.querySelectorAll("button[data-command]") ?? []) {
      const name = button.dataset.command;
      if (!["picture", "more", "block"].includes(name)) button.setAttribute("aria-pressed", this.editor?.isActive(name) ?? false);
    }
  }

  // -- The menu of blocks, and of the story's pictures

  openMenu() {
    const rows = MENU.map(([sign, name, turn]) => this.option(icon(sign), say(name), () => turn(this.chain()).run()));
    rows.push(this.option(icon("pic"), say("picture"), () => this.openPictures()));
    rows.push(this.option("/", "/", () => this.chain().insertContent("/").run()));
    this.open(say("blocks"), rows);
  }

  openPictures() {
    const pictures = document.querySelector("story-pictures")?.all() ?? [];
    const rows = pictures.map((picture) => {
      const thumb = make("img", { src: picture.thumbnail, alt: "", class: "thumb" });
      return this.option(thumb, picture.name, () =>
        this.chain().insertContent({ type: "figure", attrs: { attachment: picture.uuid } }).run());
    });
    if (!rows.length) {
      rows.push(this.option(icon("pic"), say("no_pictures"), () => {
        document.querySelector("#t-pictures").click();
        document.querySelector("#id_files")?.focus();
      }));
    }
    this.open(say("choose_picture"), rows);
  }

  option(sign, words, act) {
    const button = make("button", { type: "button", role: "menuitem", tabindex: "-1" }, sign, make("bdi", {}, words));
    button.addEventListener("click", () => {
      this.close();
      act();
    });
    return button;
  }

  open(label, rows) {
    this.close();
    this.menu = make("div", { class: "pop menu slash", role: "menu", "aria-label": label }, ...rows);
    this.menu.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length].focus();
      else if (event.key === "/") rows.at(-1).click();
      else if (event.key === "Escape" || event.key === "Tab") {
        this.close();
        this.editor.view.focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.menu.addEventListener("focusout", (event) => {
      if (!this.menu?.contains(event.relatedTarget)) this.close();
    });
    const host = this.querySelector(".writing-place");
    host.append(this.menu);
    const spot = this.editor.view.coordsAtPos(this.editor.state.selection.from);
    this.menu.style.insetBlockStart = `${spot.bottom - host.getBoundingClientRect().top + 4}px`;
    this.menu.scrollIntoView({ block: "nearest" });
    rows[0].focus();
  }

  close() {
    const menu = this.menu;
    this.menu = null;
    menu?.remove();
  }
}

customElements.define("body-editor", BodyEditor);
