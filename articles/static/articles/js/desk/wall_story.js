// Into a story: a small sheet over the wall in which one searches the story that the chosen pictures go into, or begins
// a new one. Without this script the button leads to a page that asks the same (articles/admin/into_story.py).
import { make, say } from "desk/words";

const WAIT = 180; // milliseconds after the last letter

export class StorySheet {
  /** `sheet` is the popover; `pick(deed, words)` is told which story was chosen, as the wall's door calls it. */
  constructor(sheet, pick, signal) {
    Object.assign(this, { sheet, pick, place: -1 });
    this.field = sheet.querySelector("input");
    this.list = sheet.querySelector("[role=listbox]");
    this.status = sheet.querySelector("[role=status]");
    this.field.addEventListener("input", () => this.onInput(), { signal });
    this.field.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")), { signal });
    this.list.addEventListener("mousedown", (event) => event.preventDefault(), { signal }); // the field keeps the focus
    sheet.addEventListener("toggle", (event) => event.newState === "closed" && this.leave(), { signal });
  }

  open() {
    this.from = document.activeElement;
    this.field.value = "";
    this.list.replaceChildren();
    this.tell("");
    this.sheet.showPopover();
    this.field.focus();
    this.ask();
  }

  leave() {
    clearTimeout(this.waiting);
    if (this.from?.isConnected && (document.activeElement === document.body || this.sheet.contains(document.activeElement))) this.from.focus({ preventScroll: true });
  }

  get rows() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  onInput() {
    clearTimeout(this.waiting);
    this.isBehind = true;
    this.waiting = setTimeout(() => this.ask(), WAIT);
  }

  /** What the words find; only what was asked for last is shown. */
  async ask() {
    const words = this.field.value.trim();
    const asked = (this.asked = {});
    this.isBehind = true;
    let stories = null;
    try {
      const answer = await fetch(`${this.sheet.dataset.stories}?${new URLSearchParams({ q: words })}`, { headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) ({ stories } = await answer.json());
    } catch {
      // no line: said below, as for any other answer that is none
    }
    if (asked !== this.asked) return;
    this.show(stories ?? [], words);
    this.isBehind = false;
    if (!stories) this.tell(say("wall_into_failed"));
    else this.tell(stories.length ? "" : say("wall_into_none"));
    if (this.takesNext) this.take(this.rows[0]);
    this.takesNext = false;
  }

  show(stories, words) {
    const rows = stories.map((one) => this.row(`story:${one.id}`, make("bdi", { lang: one.lang }, one.text), make("small", { class: "quiet" }, one.aside)));
    if (this.sheet.dataset.new) {
      rows.push(this.row("story:new", make("span", {}, this.sheet.dataset.new), make("small", { class: "quiet", dir: "auto" }, words)));
    }
    for (const [place, row] of rows.entries()) row.id = `into-${place}`;
    this.list.replaceChildren(...rows);
    this.stand(rows.length ? 0 : -1);
  }

  row(deed, ...children) {
    return make("li", { role: "option", "aria-selected": "false", "data-deed": deed }, ...children);
  }

  stand(place) {
    const { rows } = this;
    this.place = rows.length ? (place + rows.length) % rows.length : -1;
    for (const [at, row] of rows.entries()) row.setAttribute("aria-selected", String(at === this.place));
    this.field.setAttribute("aria-activedescendant", rows[this.place]?.id ?? "");
    rows[this.place]?.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.stand(this.place + step);
    else if (event.key !== "Enter") return;
    else if (!this.isBehind) this.take(this.rows[this.place]);
    else if (this.field.value.trim()) {
      // Typed and sent in one go: what the words find is taken, not what stood there before.
      clearTimeout(this.waiting);
      this.takesNext = true;
      this.ask();
    }
    event.preventDefault();
  }

  take(row) {
    if (!row) return;
    this.sheet.hidePopover();
    this.pick(row.dataset.deed, row.dataset.deed === "story:new" ? this.field.value.trim() : "");
  }

  tell(words) {
    this.status.textContent = words;
  }
}
