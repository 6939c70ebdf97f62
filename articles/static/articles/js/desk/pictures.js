// The story's pictures: uploaded several at once with progress on each, chosen from the library, ordered by buttons and
// keys. Each row is made by the server, so that it is the same row as without this script.
import { search, takePhoto, tile } from "desk/library";
import { PictureUploads } from "desk/picture_uploads";
import { make, say } from "desk/words";

const field = (row, name) => row.querySelector(`[name$="-${name}"]:not([type=hidden])`);

class StoryPictures extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".pics");
    this.form = this.closest("form");
    this.setAttribute("data-script", "");
    for (const row of this.rows) this.dress(row);
    this.addEventListener("input", (event) => this.onInput(event));
    this.addEventListener("change", (event) => this.onInput(event));
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.uploads = new PictureUploads(this);
    this.bindLibrary();
    document.dispatchEvent(new CustomEvent("pictures:change"));
  }

  get rows() {
    return [...this.list.querySelectorAll(".pic")];
  }

  /** What the text shows of a picture of this story; undefined for one that is not in it (any more). */
  find(uuid) {
    const row = this.rows.find((one) => one.dataset.uuid === uuid);
    return row && !row.querySelector("[name$=-out]")?.checked ? this.said(row) : undefined;
  }

  all() {
    return this.rows.map((row) => this.find(row.dataset.uuid)).filter(Boolean);
  }

  said(row) {
    const { uuid, name, src, srcset, width, height, credit, libraryCaption, libraryAlt } = row.dataset;
    const value = (which) => field(row, which)?.value ?? "";
    return {
      uuid, name, src, srcset, width, height, credit,
      thumbnail: row.querySelector("img.thumb")?.src ?? "",
      photo: row.querySelector("[name$=-photo]")?.value ?? "",
      role: value("role"), caption: value("caption").trim(), alt: value("alt").trim(),
      isDecorative: field(row, "decorative")?.checked ?? false,
      library: { caption: libraryCaption ?? "", alt: libraryAlt ?? "" },
    };
  }

  /** Put what is typed at a picture in the text into its row, where everything that is saved of it stands. */
  write(uuid, name, value) {
    const control = this.control(uuid, name);
    if (!control || control.disabled) return;
    if (control.type === "checkbox") control.checked = value;
    else control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The field of a picture's row called `name`: caption, alt, decorative, role. */
  control(uuid, name) {
    const row = this.rows.find((one) => one.dataset.uuid === uuid);
    return row && field(row, name);
  }

  dress(row) {
    const steps = row.querySelector(".steps");
    if (!steps) return;
    steps.hidden = false;
    for (const button of steps.querySelectorAll("button")) {
      const step = Number(button.dataset.step);
      button.setAttribute("aria-label", say(step < 0 ? "earlier" : "later", { name: row.dataset.name }));
      button.title = button.getAttribute("aria-label");
      button.addEventListener("click", () => {
        this.move(row, step);
        button.focus();
      });
    }
  }

  move(row, step) {
    const other = this.rows[this.rows.indexOf(row) + step];
    if (!other) return;
    step < 0 ? other.before(row) : other.after(row);
    this.changed();
  }

  onKey(event) {
    const row = event.target.closest(".pic");
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!row || !step || !event.altKey) return;
    event.preventDefault();
    const focused = document.activeElement;
    this.move(row, step);
    focused.focus();
  }

  onInput(event) {
    if (event.target.name?.endsWith("-role") && event.target.value === "lead") {
      for (const select of this.list.querySelectorAll("[name$=-role]")) {
        if (select !== event.target && select.value === "lead") select.value = "text";
      }
    }
    if (event.target.name?.endsWith("-out")) event.target.closest(".pic").toggleAttribute("data-out", event.target.checked);
    if (event.target.closest(".pic")) document.dispatchEvent(new CustomEvent("pictures:change"));
  }

  /** After rows came, went or moved: number their places, which is what the server orders them by. */
  changed() {
    this.rows.forEach((row, place) => (row.querySelector("[name$=-place]").value = place + 1));
    for (const count of document.querySelectorAll("[data-picture-count]")) count.textContent = this.rows.length;
    document.dispatchEvent(new CustomEvent("pictures:change"));
    this.dispatchEvent(new CustomEvent("desk:change", { bubbles: true }));
  }

  get hasLead() {
    return [...this.list.querySelectorAll("[name$=-role]")].some((select) => select.value === "lead");
  }

  letter() {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.append("language", this.form.dataset.language);
    if (!this.hasLead) body.append("lead", "1");
    return body;
  }

  /** Put the row that the server made among the others; `role` is what the picture is here, if that is known. */
  insert(html, role = "") {
    const template = document.createElement("template");
    template.innerHTML = html;
    const row = template.content.firstElementChild;
    if (this.hasLead) row.querySelector("[name$=-role]").value = row.querySelector("[name$=-role]").value.replace("lead", "text");
    if (role) row.querySelector("[name$=-role]").value = role;
    this.list.append(row);
    this.dress(row);
    this.dispatchEvent(new CustomEvent("desk:rows", { bubbles: true }));
    this.changed();
    return row;
  }

  // -- From the library

  bindLibrary() {
    const place = this.querySelector(".library");
    if (!place) return;
    place.hidden = false;
    const sheet = place.querySelector("[popover]");
    const field = sheet.querySelector("input");
    const found = sheet.querySelector("[data-found]");
    const ask = search(this.form, field, (results) => {
      const tiles = (results ?? []).map(({ id, thumbnail, text, aside }) => {
        const one = tile({ thumbnail, text, aside });
        one.addEventListener("click", () => this.fetchRow(id, one));
        return one;
      });
      found.replaceChildren(...(tiles.length ? tiles : [make("p", { class: "empty" }, say("none_found"))]));
    });
    sheet.addEventListener("toggle", (event) => {
      if (event.newState !== "open") return;
      field.value = "";
      ask();
    });
  }

  async fetchRow(photo, one) {
    one.disabled = true;
    const { row, sentence } = await takePhoto(this, photo);
    one.disabled = false;
    if (!row) {
      one.after(make("p", { class: "bad small", role: "alert", dir: "auto" }, sentence));
      return;
    }
    this.querySelector("[popover]").hidePopover();
    row.focus();
  }
}

customElements.define("story-pictures", StoryPictures);
