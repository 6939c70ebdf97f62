// A list one adds to by typing: authors, tags, related stories, siblings. The choices are ticks in the form, as without
// this script; here each is a chip that can be moved and taken out, and typing finds what there is.
import { stored } from "desk/rows";
import { icon, make, say } from "desk/words";

const WAIT = 180; // milliseconds after the last letter

class DeskChoose extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[type=text]");
    this.list = this.querySelector(".chosen");
    this.setAttribute("data-script", "");
    if (!this.field) return;
    for (const chip of this.list.children) this.dress(chip);
    this.found = make("ul", { class: "pop menu found", role: "listbox", id: `${this.field.id}-found`, hidden: true });
    this.append(this.found);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-expanded": "false", "aria-controls": this.found.id, "aria-autocomplete": "list",
    })) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => this.onInput());
    this.field.addEventListener("focus", () => this.ask());
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("focusout", (event) => {
      if (!this.contains(event.relatedTarget)) this.close();
    });
    this.found.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get isFree() {
    return this.dataset.name === "tags"; // new words may be typed
  }

  onInput() {
    if (this.isFree && /[,،\n]/.test(this.field.value)) {
      for (const word of this.field.value.split(/[,،\n]/)) this.addTyped(word);
      this.field.value = "";
    }
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const words = this.field.value.trim();
    if (!words) return this.close();
    const language = this.closest("form").dataset.language;
    const address = `${this.dataset.source}?${new URLSearchParams({ q: words, language })}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected || words !== this.field.value.trim() || document.activeElement !== this.field) return;
    const held = new Set([...this.list.querySelectorAll("input")].map((input) => input.value));
    const own = location.pathname.match(/(\d+)\/change\//)?.[1];
    const { results } = await answer.json();
    this.offer(results.filter((one) => !held.has(String(one.id)) && !(this.dataset.source.includes("stories") && String(one.id) === own)));
  }

  offer(results) {
    const rows = results.map((one, place) => {
      const aside = one.aside ? make("small", { class: "quiet" }, one.aside) : "";
      const row = make("li", { role: "option", id: `${this.found.id}-${place}`, "aria-selected": "false" },
        make("bdi", { lang: one.lang }, one.text), aside);
      row.addEventListener("click", () => this.pick(one));
      row.choice = one;
      return row;
    });
    if (!rows.length && this.field.value.trim() && !this.isFree) rows.push(make("li", { class: "quiet" }, say("none_found")));
    this.found.replaceChildren(...rows);
    this.found.hidden = !rows.length;
    this.field.setAttribute("aria-expanded", String(!this.found.hidden));
    this.field.removeAttribute("aria-activedescendant");
  }

  get options() {
    return [...this.found.querySelectorAll("[role=option]")];
  }

  get active() {
    return this.found.querySelector("[aria-selected=true]");
  }

  onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.found.hidden && this.options.length) {
      const next = this.options[(this.options.indexOf(this.active) + step + this.options.length) % this.options.length];
      this.active?.setAttribute("aria-selected", "false");
      next.setAttribute("aria-selected", "true");
      next.scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", next.id);
    } else if (event.key === "Enter" && !event.ctrlKey) {
      const typed = this.field.value.trim().toLocaleLowerCase();
      const same = this.options.find((row) => row.choice.text.toLocaleLowerCase() === typed);
      const row = this.active ?? same ?? (this.options.length === 1 && !this.isFree ? this.options[0] : null);
      if (row) this.pick(row.choice);
      else if (this.isFree) this.addTyped(this.field.value);
    } else if (event.key === "Escape" && !this.found.hidden) {
      this.close();
    } else if (event.key === "Backspace" && !this.field.value && this.list.lastElementChild) {
      this.take(this.list.lastElementChild);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  addTyped(word) {
    const text = word.trim().replace(/\s+/g, " ");
    if (text) this.pick({ id: text, text });
  }

  pick(one) {
    const held = [...this.list.querySelectorAll("input")].some((input) => input.value === String(one.id));
    if (!held) {
      const tick = make("input", { type: "checkbox", name: this.dataset.name, value: one.id, checked: true });
      const chip = make("li", { class: "chip" }, make("label", {}, tick, " ", make("bdi", {}, one.text)));
      this.list.append(chip);
      this.dress(chip);
      this.changed();
    }
    this.field.value = "";
    this.close();
    this.field.focus();
  }

  /** Put in what others chose. Names that are not here yet are read off the story's own page. */
  async put(values) {
    const chipOf = (place, value) =>
      [...place.querySelectorAll(".chosen input")].find((input) => input.value === String(value))?.closest("li");
    const isMissing = !this.isFree && values.some((value) => !chipOf(this, value));
    const page = isMissing ? await stored(this.closest("form")) : null;
    const chips = values.map((value) => {
      const held = chipOf(this, value);
      if (held) return held;
      const there = page?.querySelector(`desk-choose[data-name="${this.dataset.name}"]`);
      const tick = make("input", { type: "checkbox", name: this.dataset.name, value, checked: true });
      const chip = (there && chipOf(there, value)) ??
        make("li", { class: "chip" }, make("label", {}, tick, " ", make("bdi", {}, String(value))));
      this.dress(chip);
      return chip;
    });
    this.list.replaceChildren(...chips);
    this.changed();
  }

  dress(chip) {
    const name = chip.querySelector("bdi").textContent;
    const button = (words, sign, act) => {
      const made = make("button", { type: "button", class: "chip-tool", "aria-label": say(words, { name }), title: say(words, { name }) }, icon(sign));
      made.addEventListener("click", act);
      return made;
    };
    if (this.dataset.name === "authors" || this.dataset.name === "related") {
      chip.append(button("earlier", "higher", () => this.shift(chip, -1)));
    }
    chip.append(button("remove", "cross", () => this.take(chip)));
  }

  shift(chip, step) {
    const other = step < 0 ? chip.previousElementSibling : chip.nextElementSibling;
    if (!other) return;
    step < 0 ? other.before(chip) : other.after(chip);
    chip.querySelector("button").focus();
    this.changed();
  }

  take(chip) {
    chip.remove();
    this.field.focus();
    this.changed();
  }

  close() {
    this.found.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
  }

  changed() {
    this.dispatchEvent(new CustomEvent("desk:change", { bubbles: true }));
  }
}

customElements.define("desk-choose", DeskChoose);
