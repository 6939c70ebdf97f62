// `<caption-cells>` round the table: each cell is saved by itself a second after the last letter (a fact, which makes
// pictures anew, when one leaves it). One request at a time, so that a caption and its alt text never cross.
import { CellStore } from "desk/cell_store";
import { post } from "desk/line";
import { make, say } from "desk/words";

const PAUSE = 1000; // milliseconds after the last letter
const AGAIN = 4000; // milliseconds until a lost line is tried again

const isWord = (field) => field.includes(":");
const valueOf = (input) => (input.type === "checkbox" ? String(input.checked) : input.value);
const tidy = (text) => text.replace(/\r\n?/g, "\n").trim();

class Cell {
  constructor(table, input) {
    Object.assign(this, { table, input, place: input.closest("td"), photo: input.closest("tr").dataset.photo });
    this.field = input.dataset.field;
    this.name = `${this.photo}:${this.field}`;
    this.base = input.type === "checkbox" ? String(input.defaultChecked) : input.defaultValue;
    this.is = "saved";
  }

  get value() {
    return valueOf(this.input);
  }

  set value(text) {
    if (this.input.type === "checkbox") this.input.checked = text === "true";
    else this.input.value = text;
    this.table.mark(this);
  }

  get isChanged() {
    return tidy(this.value) !== tidy(this.base);
  }
}

export class CaptionCells extends HTMLElement {
  connectedCallback() {
    this.store = new CellStore(this.dataset.user);
    this.cells = new Map();
    this.waiting = new Set();
    this.output = document.querySelector("[data-saved]");
    for (const input of this.querySelectorAll("[data-field]")) {
      const cell = new Cell(this, input);
      this.cells.set(input, cell);
    }
    this.addEventListener("input", (event) => this.onInput(event));
    this.addEventListener("change", (event) => this.onLeave(event));
    this.addEventListener("focusout", (event) => this.onLeave(event));
    this.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("online", () => this.work());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("beforeunload", (event) => {
      if (this.open.length && !this.store.works) event.preventDefault();
    });
    this.querySelector("[data-all]")?.addEventListener("change", (event) => this.tickAll(event.target.checked));
    this.takeUp();
    this.tellAll();
    this.setAttribute("data-works", "");
  }

  get open() {
    return [...this.cells.values()].filter((cell) => cell.isChanged);
  }

  cellOf(photo, field) {
    const input = this.querySelector(`tr[data-photo="${CSS.escape(photo)}"] [data-field="${CSS.escape(field)}"]`);
    return input && this.cells.get(input);
  }

  tickAll(isTicked) {
    for (const tick of this.querySelectorAll("tbody input[name=photos]")) tick.checked = isTicked;
    this.dispatchEvent(new CustomEvent("captions:ticked", { bubbles: true }));
  }

  // -- Typing

  onInput(event) {
    const cell = this.cells.get(event.target);
    if (cell) this.typed(cell);
  }

  onLeave(event) {
    const cell = this.cells.get(event.target);
    if (!cell?.isChanged || ["clash", "refused"].includes(cell.is)) return;
    clearTimeout(cell.timer);
    this.put(cell);
  }

  /** Somebody, or a key, put another value into `cell`. */
  typed(cell) {
    this.mark(cell);
    clearTimeout(cell.timer);
    if (cell.is === "clash") {
      if (cell.isChanged) this.store.keep(cell.name, cell.base, cell.value);
      return; // it waits for a choice
    }
    if (!cell.isChanged) {
      this.store.drop(cell.name);
      this.waiting.delete(cell);
      return this.tell(cell, "saved");
    }
    this.store.keep(cell.name, cell.base, cell.value);
    this.tell(cell, "open");
    if (isWord(cell.field) || cell.input.type === "checkbox") cell.timer = setTimeout(() => this.put(cell), PAUSE);
  }

  put(cell) {
    this.waiting.add(cell);
    this.work();
  }

  // -- Sending

  async work() {
    if (this.running) return this.running;
    clearTimeout(this.trying);
    this.running = this.sendAll();
    await this.running;
    this.running = null;
  }

  async sendAll() {
    while (this.waiting.size) {
      const [cell] = this.waiting;
      this.waiting.delete(cell);
      if (!cell.isChanged || cell.is === "clash") continue;
      if (await this.send(cell)) continue;
      this.waiting.add(cell);
      for (const other of this.waiting) if (other.is === "open") this.tell(other, cell.is);
      this.trying = setTimeout(() => this.work(), AGAIN);
      return;
    }
  }

  /** Send one cell. Gives whether the line holds. */
  async send(cell) {
    const { value, base } = cell;
    this.tell(cell, "saving");
    const came = await post(this.dataset.cell, { photo: cell.photo, field: cell.field, from: base, to: value });
    if (came.is === "done") this.kept(cell, value, came.answer);
    else if (came.is === "refused" && came.code === "changed") this.clash(cell, came.answer);
    else if (came.is === "refused") this.tell(cell, "refused", came.sentence);
    else {
      this.tell(cell, came.is === "signed_out" ? "signed_out" : "offline");
      return false;
    }
    return true;
  }

  kept(cell, sent, answer) {
    cell.base = answer.value;
    if (tidy(cell.value) !== tidy(sent)) {
      this.store.keep(cell.name, cell.base, cell.value); // typed on meanwhile
      return this.tell(cell, "open");
    }
    this.store.drop(cell.name);
    if (cell.isChanged) cell.value = cell.base; // kept without what may not be stored
    this.tell(cell, "saved", answer.saved);
    this.afterSave(cell);
    this.advise(cell, answer.advice);
  }

  /** What a caption desk would ask stands under the caption, quietly. */
  advise(cell, sentences) {
    if (!sentences) return;
    const place = this.cellOf(cell.photo, cell.field.replace(/^\w+:/, "caption:"))?.place;
    place?.querySelector(".advice")?.remove();
    const items = sentences.map((words) => make("li", {}, words));
    if (items.length) place?.append(make("ul", { class: "advice small", lang: document.documentElement.lang, dir: document.documentElement.dir || "ltr" }, ...items));
  }

  /** Words in the alt text end that the picture is a decoration: as the server says it. */
  afterSave(cell) {
    if (!cell.field.startsWith("alt:") || !cell.base) return;
    const tick = this.cellOf(cell.photo, cell.field.replace("alt:", "decorative:"));
    if (tick && tick.base === "true") {
      tick.base = "false";
      tick.value = "false";
    }
  }

  /** Send what waits. Gives whether nothing waits only here any more. */
  async settle() {
    for (const cell of this.open) if (!["clash", "refused"].includes(cell.is)) this.waiting.add(cell);
    if (this.running) await this.running;
    await this.work();
    return !this.open.length;
  }

  leave() {
    for (const cell of this.open.slice(0, 20)) {
      if (!["clash", "refused"].includes(cell.is)) {
        post(this.dataset.cell, { photo: cell.photo, field: cell.field, from: cell.base, to: cell.value }, { isLeaving: true });
      }
    }
  }

  // -- What a page before left behind

  takeUp() {
    const elsewhere = new Set();
    for (const { name, from, to } of this.store.all()) {
      const [photo, ...field] = name.split(":");
      const cell = this.cellOf(photo, field.join(":"));
      if (!cell) {
        elsewhere.add(photo);
        continue;
      }
      if (tidy(cell.base) === tidy(to)) {
        this.store.drop(name);
        continue;
      }
      cell.base = from;
      cell.value = to;
      this.tell(cell, "open");
      this.waiting.add(cell);
    }
    if (this.waiting.size) this.work();
    if (!elsewhere.size) return;
    const link = make("a", { href: `?photos=${[...elsewhere].join(",")}` }, say("elsewhere_show"));
    document.querySelector(".notes").append(make("p", { class: "note", "data-is": "warn" }, make("span", {}, say("elsewhere"), " ", link)));
  }

  // -- What is said

  tell(cell, is, words = "") {
    cell.is = is;
    const place = cell.place.querySelector(".say");
    const said = { open: "", saving: "", saved: "", refused: words, offline: say("offline"), signed_out: say("signed_out") }[is] ?? "";
    if (is !== "clash") place.replaceChildren(said ? make("span", { lang: document.documentElement.lang, dir: "auto" }, said) : "");
    this.mark(cell);
    this.tellAll(is === "saved" && words);
  }

  tellAll(time) {
    const all = [...this.cells.values()];
    const worst = ["refused", "clash", "signed_out", "offline", "saving", "open"].find((is) => all.some((cell) => cell.is === is));
    if (time) this.time = time;
    this.output.dataset.is = { clash: "refused", signed_out: "offline" }[worst] ?? worst ?? "saved";
    this.output.textContent = {
      refused: say("not_sent"), clash: say("not_sent"), signed_out: say("signed_out"),
      offline: say("offline"), saving: say("saving"), open: say("changed"),
    }[worst] ?? (this.time ? say("saved", { time: this.time }) : "");
  }

  /** Empty cells are marked, alt texts counted. */
  mark(cell) {
    const { place } = cell;
    const text = place.querySelector("textarea");
    const isDecorative = Boolean(place.querySelector("input[type=checkbox]")?.checked);
    const isMissing = !text.value.trim() && !isDecorative;
    const states = [...place.querySelectorAll("[data-field]")].map((input) => this.cells.get(input).is);
    const is = ["clash", "refused"].find((one) => states.includes(one)) ?? (isMissing ? "missing" : "");
    if (is) place.dataset.is = is;
    else delete place.dataset.is;
    const missing = place.querySelector("[data-missing]");
    missing.textContent = isMissing ? missing.dataset.missing : "";
    const count = place.querySelector("[data-count]");
    if (!count) return;
    const now = [...text.value.trim()].length;
    const { good, most } = this.dataset;
    const words = now > Number(most) ? count.dataset.most : count.dataset.count;
    count.textContent = now ? words.replace("{now}", now).replace("{good}", good).replace("{most}", most) : "";
    if (now > Number(good)) count.dataset.is = "long";
    else delete count.dataset.is;
  }

  // -- Two people, one cell

  clash(cell, { theirs, shown, name }) {
    cell.is = "clash";
    const mine = make("button", { type: "button", class: "btn" }, say("keep_mine"));
    const other = make("button", { type: "button", class: "btn" }, say("keep_named", { name }));
    const words = say("theirs", { name, words: "\u2068" + (shown || say("nothing")) + "\u2069" });
    const box = make("div", { lang: document.documentElement.lang, dir: document.documentElement.dir || "ltr" }, words, make("div", { class: "line" }, mine, other));
    cell.place.querySelector(".say").replaceChildren(box);
    this.store.keep(cell.name, theirs, cell.value);
    const choose = (isMine) => {
      cell.base = theirs;
      cell.is = "open";
      if (!isMine) cell.value = theirs;
      this.typed(cell);
      cell.input.focus();
      if (isMine) this.put(cell);
    };
    mine.addEventListener("click", () => choose(true));
    other.addEventListener("click", () => choose(false));
    this.mark(cell);
    this.tellAll();
  }
}

customElements.define("caption-cells", CaptionCells);
