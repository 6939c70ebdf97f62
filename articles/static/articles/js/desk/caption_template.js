// `<caption-template>` round the template: what it would write is shown in the table while one types, as the server
// works it out. Nothing is written before the button is pressed.
import { post } from "desk/line";
import { make, say } from "desk/words";

const PAUSE = 300; // milliseconds after the last letter

customElements.define("caption-template", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.table = document.querySelector("caption-cells");
    this.label = this.querySelector("[data-label]");
    this.usual = this.label.textContent;
    this.saved = JSON.parse(document.getElementById("caption-templates")?.textContent ?? "{}");
    this.form.addEventListener("input", (event) => this.onInput(event));
    this.form.addEventListener("focusin", (event) => {
      if (event.target.matches("[data-filled]")) this.field = event.target;
    });
    this.table.addEventListener("change", (event) => event.target.name === "photos" && this.ask());
    this.table.addEventListener("captions:ticked", () => this.ask());
    this.querySelector("#saved-template")?.addEventListener("change", (event) => this.use(event.target.value));
    for (const button of this.querySelectorAll("[data-put]")) button.addEventListener("click", () => this.put(button.dataset.put));
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    document.querySelector("#undo")?.addEventListener("submit", (event) => this.onSubmit(event));
    const whole = this.querySelector(".whole");
    whole.open = this.ticked.length > 0 || !matchMedia("(width < 68rem)").matches; // where it would hide the table
    if (this.ticked.length) this.ask();
  }

  get ticked() {
    return [...this.form.querySelectorAll("input[name=tick]:checked")].map((tick) => tick.value);
  }

  onInput(event) {
    const field = event.target.name?.match(/^value:(.*)$/)?.[1];
    if (field) this.tickOf(field).checked = true; // what one types is meant to be written
    if (field || event.target.name === "tick") this.ask();
  }

  tickOf(field) {
    return this.form.querySelector(`input[name=tick][value="${CSS.escape(field)}"]`);
  }

  /** Put a variable where the cursor is, or was. */
  put(name) {
    const field = this.field ?? this.form.querySelector("[data-filled]");
    if (!field) return;
    field.focus();
    field.setRangeText(`{${name}}`, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** A saved template: its fields are ticked and filled, the others are not ticked. */
  use(uuid) {
    const chosen = this.saved[uuid];
    if (!chosen) return;
    for (const tick of this.form.querySelectorAll("input[name=tick]")) {
      tick.checked = tick.value in chosen.fields;
      const field = this.form.elements[`value:${tick.value}`];
      if (tick.checked && field) {
        field.value = chosen.fields[tick.value];
        field.closest("details")?.setAttribute("open", "");
      }
    }
    this.form.elements.name.value = chosen.name;
    this.ask();
  }

  // -- What would change

  ask() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.show(), PAUSE);
  }

  async show() {
    const values = Object.fromEntries(this.ticked.map((field) => [field, this.form.elements[`value:${field}`].value]));
    const rows = [...this.table.querySelectorAll("tbody tr")];
    const photos = rows.map((row) => row.dataset.photo);
    const ticked = rows.filter((row) => row.querySelector("[name=photos]").checked).map((row) => row.dataset.photo);
    const number = (this.number = (this.number ?? 0) + 1);
    if (!this.ticked.length) return this.lay({ rows: {}, left: [], label: this.usual });
    const came = await post(this.dataset.preview, { photos, ticked, values });
    if (number === this.number && came.is === "done") this.lay(came.answer);
  }

  lay({ rows, left, label }) {
    this.label.textContent = label;
    this.querySelector(".left-alone").replaceChildren(...left.slice(0, 8).map((words) => make("li", {}, words)));
    for (const place of this.table.querySelectorAll("[data-new]")) this.clear(place);
    for (const row of this.table.querySelectorAll("tbody tr")) {
      const { cells = {}, empty = [], labels = {}, left: why = "" } = rows[row.dataset.photo] ?? {};
      const also = [...empty];
      for (const [field, [will, was]] of Object.entries(cells)) {
        const input = row.querySelector(`textarea[data-field="${CSS.escape(field)}"]`);
        if (input) this.wash(input.closest("td"), will, was);
        else also.push(`${labels[field]}: ${will}, ${say("was", { words: was })}`);
      }
      if (why) also.push(why);
      row.toggleAttribute("data-left", Boolean(why));
      row.querySelector(".also").replaceChildren(...also.map((words) => make("li", { dir: "auto" }, words)));
    }
    this.dataset.shown = String(this.number ?? 0);
  }

  wash(place, will, was) {
    place.dataset.new = "";
    place.querySelector("textarea").after(
      make("p", { class: "will", dir: "auto" }, will),
      make("p", { class: "count", lang: document.documentElement.lang, "data-was": "" }, say("was", { words: was })),
    );
  }

  clear(place) {
    delete place.dataset.new;
    for (const made of place.querySelectorAll(".will, [data-was]")) made.remove();
  }

  // -- Writing it

  /** Cells that are not saved yet go first: a batch counts from what the server holds. */
  async onSubmit(event) {
    if (this.isSettled) return;
    event.preventDefault();
    const { submitter, target } = event;
    this.isSettled = await this.table.settle();
    if (this.isSettled) setTimeout(() => target.requestSubmit(submitter));
    else document.querySelector(".notes").replaceChildren(make("p", { class: "note", "data-is": "warn", role: "alert" }, make("span", {}, say("waits"))));
  }
});
