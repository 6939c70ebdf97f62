// Find and replace: a slim strip over the text. Ctrl F and Ctrl H open it while one writes; the text stays in view.
import { ask, foundIn, placesIn, replace, walk } from "desk/search";
import { icon, keyOf, make, say } from "desk/words";

const LINES = "#id_headline, #id_short_headline, #id_kicker, #id_summary, textarea[name=subheads]";

const number = (count) => count.toLocaleString(document.documentElement.lang);

export class Find {
  constructor(sheet, editor) {
    Object.assign(this, { sheet, editor });
    this.build();
    editor.on("transaction", ({ transaction }) => this.isOpen && transaction.docChanged && this.tell());
    // Before the keys of the page: Esc closes this first.
    this.strip.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("keydown", (event) => this.onPageKey(event), true);
    for (const button of document.querySelectorAll("[data-find]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.open({ replacing: true }));
    }
  }

  build() {
    const tool = (name, sign, act, more = {}) => {
      const button = make("button", { type: "button", class: "btn", "data-kind": "quiet", title: say(name), "aria-label": say(name), ...more }, sign);
      button.addEventListener("click", act);
      return button;
    };
    const field = (name) => make("input", { class: "in", type: "text", dir: "auto", autocomplete: "off", spellcheck: "false", "aria-label": say(name), placeholder: say(name) });
    this.sought = field("find");
    this.instead = field("replace_with");
    this.count = make("output", { class: "find-count", "aria-live": "polite" });
    this.elsewhere = make("span", { class: "find-lines" });
    const option = (name, words) => {
      const button = tool(name, words, () => {
        button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
        this.look();
      }, { "aria-pressed": "false" });
      return button;
    };
    this.exact = option("find_exact", "Aa");
    this.whole = option("find_whole", say("find_whole_sign"));
    this.one = tool("replace_one", say("replace_one"), () => this.replaceOne(), { "data-kind": null });
    this.all = tool("replace_all", say("replace_all"), () => this.replaceAll(), { "data-kind": null });
    const seek = make("div", { class: "find-row" }, this.sought, this.count,
      tool("find_before", icon("higher"), () => this.go(-1)), tool("find_next", icon("lower"), () => this.go(1)),
      this.exact, this.whole, tool("find_close", icon("cross"), () => this.close()));
    this.changing = make("div", { class: "find-row" }, this.instead, this.one, this.all);
    // It speaks the language of the screen; the sheet round it has the story's.
    const { lang, dir } = document.documentElement;
    this.strip = make("div", { class: "find-strip", role: "search", lang, dir: dir || "ltr", "aria-label": say("find_strip"), hidden: true }, seek, this.changing, this.elsewhere);
    this.sheet.prepend(this.strip);
    this.sought.addEventListener("input", () => this.look());
    if (!this.editor.isEditable) this.changing.hidden = true;
  }

  get isOpen() {
    return !this.strip.hidden;
  }

  get options() {
    const isOn = (button) => button.getAttribute("aria-pressed") === "true";
    return { isExact: isOn(this.exact), isWhole: isOn(this.whole) };
  }

  open({ replacing = false } = {}) {
    const { doc, selection } = this.editor.state;
    const chosen = selection.empty ? "" : doc.textBetween(selection.from, selection.to, "\n", " ");
    if (chosen && !chosen.includes("\n") && chosen.length < 200) this.sought.value = chosen;
    this.strip.hidden = false;
    this.changing.hidden = !this.editor.isEditable || (!replacing && this.changing.hidden);
    this.look(selection.from);
    const field = replacing && this.sought.value && !this.changing.hidden ? this.instead : this.sought;
    field.focus();
    field.select();
  }

  /** Close the strip; the cursor goes to the place that was found. */
  close() {
    const { hits, at } = foundIn(this.editor);
    this.strip.hidden = true;
    ask(this.editor, "");
    this.editor.view.focus();
    if (hits[at]) this.editor.chain().setTextSelection(hits[at]).scrollIntoView().run();
  }

  look(position) {
    ask(this.editor, this.sought.value, this.options, position ?? foundIn(this.editor).hits[foundIn(this.editor).at]?.from);
    this.tell();
    this.show();
  }

  go(step) {
    walk(this.editor, step);
    this.tell();
    this.show();
  }

  /** Say how many there are, and in which lines over the text the words stand too. */
  tell() {
    const { hits, at } = foundIn(this.editor);
    const sought = this.sought.value;
    this.count.textContent = !sought ? "" : hits.length ? say("find_count", { now: number(at + 1), count: number(hits.length) }) : say("find_none");
    this.count.toggleAttribute("data-none", Boolean(sought && !hits.length));
    const lines = [...document.querySelectorAll(LINES)].flatMap((line) => {
      const places = sought ? placesIn(line.value, sought, this.options) : [];
      return places.length ? [this.lineButton(line, places)] : [];
    });
    this.elsewhere.replaceChildren(...(lines.length ? [make("span", {}, say("find_also")), ...lines] : []));
  }

  lineButton(line, places) {
    const name = line.labels?.[0]?.firstChild?.textContent.trim() || line.getAttribute("aria-label");
    const button = make("button", { type: "button", class: "btn", "data-kind": "quiet" }, places.length > 1 ? `${name} (${number(places.length)})` : name);
    button.addEventListener("click", () => {
      const panel = line.closest(".tab");
      if (panel) document.querySelector(`#t-${panel.id}`).checked = true;
      line.focus();
      line.setSelectionRange(...places[0]);
    });
    return button;
  }

  show() {
    const place = this.editor.view.dom.querySelector(".hit.now");
    place?.scrollIntoView({ block: "center" });
  }

  replaceOne() {
    const { hits, at } = foundIn(this.editor);
    if (!hits.length) return;
    replace(this.editor, this.instead.value);
    // On to what stands behind the words just put in, also where they hold the question themselves.
    ask(this.editor, this.sought.value, this.options, hits[at].from + this.instead.value.length);
    this.tell();
    this.show();
  }

  replaceAll() {
    const count = replace(this.editor, this.instead.value, { all: true });
    if (!count) return;
    this.tell();
    this.count.textContent = count === 1 ? say("replaced_one") : say("replaced", { count: number(count) });
    this.count.removeAttribute("data-none");
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target === this.sought) this.go(event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && event.target === this.instead) this.replaceOne();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  onPageKey(event) {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const key = keyOf(event);
    const isInText = this.editor.view.dom.contains(event.target);
    const isHere = isInText || this.strip.contains(event.target);
    if (command && key === "f" && isInText) this.open(); // once more, in the strip, is the browser's own
    else if (command && key === "h" && isHere) this.open({ replacing: true });
    else if (event.key === "F3" && this.isOpen) this.go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && this.isOpen && isInText) this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
