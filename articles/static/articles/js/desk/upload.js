// `<photo-upload>` round the upload form and the wall: files chosen or dropped go up piece by piece, each with its
// progress and all with a bar; one that is refused is named, and the others go on. A reload goes on with the rest.
import { filesOf } from "desk/dropped";
import { Uploads } from "desk/uploads";
import { barOf, follow, partsOf } from "desk/upload_bar";
import { make, say } from "desk/words";

const WALL = "wall";

customElements.define("photo-upload", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#upload");
    if (!this.form) return;
    this.input = this.form.elements.files;
    this.grid = this.querySelector(".grid");
    this.uploads = new Uploads({ address: this.dataset.uploads, user: this.dataset.user });
    this.form.after(barOf(this.uploads));
    this.form.addEventListener("submit", (event) => {
      if (!this.input.files.length) return;
      event.preventDefault();
      this.take(this.input.files);
      this.input.value = "";
    });
    this.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      this.dataset.over = "";
    });
    this.addEventListener("dragleave", (event) => {
      if (!this.contains(event.relatedTarget)) delete this.dataset.over;
    });
    this.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      delete this.dataset.over;
      filesOf(event.dataTransfer).then((files) => this.take(files));
    });
    this.camera = this.form.querySelector("[capture]");
    this.camera?.addEventListener("change", () => {
      this.take(this.camera.files);
      this.camera.value = "";
    });
    if (location.hash === "#upload") this.input.focus();
    this.goOn();
  }

  take(files) {
    this.show(this.uploads.add(files, { for: WALL }));
  }

  /** What a closed page left behind, and pictures of stories that were never begun: the library is theirs. */
  goOn() {
    this.uploads.goOn((meant) => meant.for === WALL || !meant.story, (left) => {
      this.say("", left.length === 1 ? say("uploads_left_one") : say("uploads_left", { count: left.length }));
      this.show(left);
    });
  }

  show(items) {
    this.grid.prepend(...items.map((item) => this.placeholder(item)));
  }

  placeholder(item) {
    const { bar, stop, words } = partsOf(this.uploads, item);
    const picture = make("span", { class: "none" }, words);
    const tile = make("li", { class: "tile arriving" }, picture, make("bdi", { class: "name" }, item.name), bar, stop);
    follow(this.uploads, item, () => this.settle(item, tile, stop));
    return tile;
  }

  settle(item, tile, stop) {
    if (item.is === "gone") tile.remove();
    else if (item.is === "done") this.put(item.answer, tile);
    else if (item.is === "refused" && !tile.querySelector(".bad")) {
      this.say("bad", item.sentence);
      const again = make("button", { type: "button", class: "btn" }, say("upload_again"));
      const refused = make("span", { class: "bad" }, item.sentence, " ", again);
      again.addEventListener("click", () => {
        refused.remove();
        this.uploads.again(item);
      });
      stop.before(refused);
    }
  }

  put(answer, tile) {
    if (answer.known) this.say("warn", answer.known);
    // Made by the server from the same template as every tile of the wall, with all words escaped.
    const made = make("template");
    made.innerHTML = answer.html;
    for (const link of made.content.querySelectorAll("a")) {
      for (const older of this.grid.querySelectorAll(`a[href="${CSS.escape(link.getAttribute("href"))}"]`)) older.closest("li").remove();
    }
    tile.replaceWith(made.content);
    if (answer.older) this.warn(answer.older);
  }

  /** Older pictures that it looks like, with all words escaped by the server. */
  warn(html) {
    const made = make("template");
    made.innerHTML = html;
    this.querySelector(".refusals").append(made.content);
  }

  say(kind, sentence) {
    const item = make("li", { class: "note", "data-is": kind || null }, make("span", { dir: "auto" }, sentence));
    this.querySelector(".refusals").append(item);
  }
});
