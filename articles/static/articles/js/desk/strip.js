// The strip in which a link is asked for: an address, or words of the headline of a story of ours. What leads to one of our
// own stories is kept as a reference to it, so that it goes on leading there whatever its address becomes.
import { get } from "desk/line";
import { make, say } from "desk/words";

const WAIT = 180; // milliseconds after the last letter
const LONGEST = 2000; // characters of what is looked for
const STORY_ADDRESS = /^(https?:\/\/[^\s/]+)?\/(text\/)?[a-z]{2,3}(-[a-z]+)?\/\d{4}\/\d{2}\/\d{2}\/[^\s/]/i;
const HALF_AN_ADDRESS = /^(\/|www\.|[a-z]+:)/i;

/** Whether `href` may lead to a story of ours: the server knows. */
const isOurs = (href) => href.startsWith("story:") || STORY_ADDRESS.test(href);

export class LinkStrip {
  /** Open the strip beneath the words chosen in `editor`; `tidy` gives an address as it is kept, "" for none. */
  constructor(editor, tidy) {
    Object.assign(this, { editor, tidy, isOpen: true, held: null });
    this.href = editor.getAttributes("link").href ?? "";
    this.build();
    const { view, options } = editor;
    const spot = view.coordsAtPos(editor.state.selection.to);
    const sheet = options.element.getBoundingClientRect();
    options.element.append(this.strip);
    this.strip.style.insetBlockStart = `${spot.bottom - sheet.top + 6}px`;
    this.strip.scrollIntoView({ block: "nearest" });
    this.field.focus();
    this.field.select();
    if (this.href) this.showHeld();
  }

  build() {
    const page = document.documentElement;
    this.list = make("ul", { class: "menu found", role: "listbox", id: "link-found", "aria-label": say("link_address"), hidden: true });
    this.field = make("input", {
      class: "in", dir: "auto", role: "combobox", autocomplete: "off", "aria-label": say("link_address"), placeholder: say("link_address"),
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    });
    this.field.value = this.href;
    this.about = make("p", { class: "line small", hidden: true });
    this.wrong = make("p", { class: "bad small", role: "alert" });
    this.strip = make("div", { class: "pop link-strip", role: "dialog", lang: page.lang, dir: page.dir, "aria-label": say("link_to") },
      this.field, this.about, this.wrong, this.list);
    this.field.addEventListener("input", () => this.onInput());
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.strip.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.back();
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    // Taking the strip away takes the focus from it, which would take it away again.
    this.strip.addEventListener("focusout", (event) => {
      if (!this.strip.contains(event.relatedTarget)) this.close();
    });
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    clearTimeout(this.waiting);
    this.strip.remove();
  }

  back() {
    this.close();
    // Tiptap's own focus comes a frame later, and whoever types fast has gone on by then.
    this.editor.view.focus();
  }

  put(href) {
    this.back();
    if (href) this.editor.commands.setMark("link", { href });
    else this.editor.commands.unsetMark("link");
  }

  // -- The link there is

  /** Say where the link leads now, with the way there and the way out. */
  async showHeld() {
    const out = make("button", { type: "button", class: "btn", "data-kind": "quiet" }, say("link_out"));
    out.addEventListener("click", () => this.put(""));
    this.about.replaceChildren(out);
    this.about.hidden = false;
    if (!isOurs(this.href)) {
      if (/^https?:/i.test(this.href)) this.about.prepend(this.way(this.href));
      return;
    }
    const found = await this.find(this.href);
    if (!this.isOpen || !found) return;
    const [story] = found;
    if (!story) {
      if (this.href.startsWith("story:")) this.about.prepend(make("span", { class: "lacks grow" }, say("link_gone")));
      return;
    }
    this.held = story;
    if (this.field.value === this.href) {
      this.field.value = story.text;
      this.field.select();
    }
    const words = story.is_live ? story.aside : `${story.aside}. ${say("link_not_live")}`;
    this.about.prepend(make("span", { class: story.is_live ? "quiet grow" : "lacks grow" }, words), this.way(story.address));
  }

  way(address) {
    return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, say("link_open"));
  }

  // -- Stories found

  /** What `words` name or find; null where the line is cut. */
  async find(words) {
    const { links, language } = this.editor.options.element.closest("form").dataset;
    const came = await get(`${links}?${new URLSearchParams({ q: words.slice(0, LONGEST), language })}`);
    return came.is === "done" ? came.answer.results : null;
  }

  onInput() {
    this.wrong.textContent = "";
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.look(), WAIT);
  }

  async look() {
    const typed = this.field.value.trim();
    const asked = isOurs(this.tidy(typed)) ? this.tidy(typed) : HALF_AN_ADDRESS.test(typed) ? "" : typed;
    if (!asked) return this.offer([]);
    const found = await this.find(asked);
    // A story that leads to itself leads nowhere.
    const others = (found ?? []).filter((story) => !location.pathname.endsWith(story.address));
    if (this.isOpen && this.field.value.trim() === typed) this.offer(others, !isOurs(asked) && !this.tidy(typed));
  }

  offer(found, saysNothing = false) {
    const rows = found.map((story, place) => {
      const row = make("li", { role: "option", id: `link-found-${place}`, "aria-selected": "false" },
        make("bdi", { lang: story.lang }, story.text), make("small", { class: story.is_live ? "quiet" : "lacks" }, story.aside));
      row.addEventListener("click", () => this.put(story.id));
      row.story = story;
      return row;
    });
    if (!rows.length && saysNothing) rows.push(make("li", { class: "quiet" }, say("none_found")));
    this.list.replaceChildren(...rows);
    this.list.hidden = !rows.length;
    this.field.setAttribute("aria-expanded", String(Boolean(found.length)));
    this.field.removeAttribute("aria-activedescendant");
    if (rows.length) this.list.scrollIntoView({ block: "nearest" });
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get active() {
    return this.list.querySelector("[aria-selected=true]");
  }

  step(by) {
    const { options, active } = this;
    const next = options[(options.indexOf(active) + (active || by > 0 ? by : 0) + options.length) % options.length];
    active?.setAttribute("aria-selected", "false");
    next.setAttribute("aria-selected", "true");
    next.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", next.id);
  }

  onKey(event) {
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && this.options.length) this.step(by);
    else if (event.key === "Enter") this.onEnter();
    else if (event.key === "Escape" && !this.list.hidden) this.offer([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async onEnter() {
    clearTimeout(this.waiting);
    const typed = this.field.value.trim();
    if (this.active) return this.put(this.active.story.id);
    if (!typed) return this.put("");
    if (typed === this.held?.text) return this.back();
    const href = this.tidy(typed);
    if (href && !isOurs(href)) return this.put(href);
    const found = await this.find(href || typed);
    if (!this.isOpen || this.field.value.trim() !== typed) return;
    const same = (found ?? []).filter((story) => story.text.toLocaleLowerCase() === typed.toLocaleLowerCase());
    if (href) this.put(found?.[0]?.id ?? href);
    else if (found?.length === 1 || same.length === 1) this.put((same[0] ?? found[0]).id);
    else {
      this.offer(found ?? []);
      this.wrong.textContent = found?.length ? say("link_choose") : say("link_bad");
    }
  }
}
