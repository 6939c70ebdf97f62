// The uploads of a story: pictures chosen or dropped on its panel, or put into its text, go up several at once, piece by
// piece, and become rows among its pictures. What a closed page left behind goes on by itself.
import { Uploads } from "desk/uploads";
import { barOf, follow, partsOf } from "desk/upload_bar";
import { make, say } from "desk/words";

const STORY = "story";

export class PictureUploads {
  constructor(pictures) {
    this.pictures = pictures;
    this.input = pictures.querySelector("#id_files");
    if (this.input) this.bind();
  }

  /** Whether this person may add pictures to this story. */
  get isOpen() {
    return Boolean(this.uploads);
  }

  get meant() {
    return { for: STORY, story: this.pictures.form.dataset.number };
  }

  bind() {
    const { pictures } = this;
    const { form } = pictures;
    this.list = pictures.querySelector(".uploads");
    this.uploads = new Uploads({ address: form.dataset.uploads, user: form.dataset.user, asked: (item) => this.asked(item) });
    this.uploads.addEventListener("upload", ({ detail: item }) => item.is === "done" && this.put(item));
    this.list.before(barOf(this.uploads));
    pictures.querySelector("[data-hint]").hidden = false;
    this.input.addEventListener("change", () => {
      this.take([...this.input.files]);
      this.input.value = "";
    });
    const panel = pictures.closest(".tab");
    panel.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      panel.setAttribute("data-over", "");
    });
    panel.addEventListener("dragleave", () => panel.removeAttribute("data-over"));
    panel.addEventListener("drop", (event) => {
      panel.removeAttribute("data-over");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
    // A story gets its number with its first save: then it is known where its pictures belong.
    new MutationObserver(() => this.nameStory()).observe(form, { attributeFilter: ["data-number"] });
    this.goOn();
  }

  nameStory() {
    for (const item of this.uploads.open) {
      item.meant = { ...item.meant, ...this.meant };
      if (item.isKept) this.uploads.keep(item);
    }
  }

  goOn() {
    const { number } = this.pictures.form.dataset;
    if (number) this.uploads.goOn((meant) => meant.for === STORY && meant.story === number, (left) => this.showLeft(left));
  }

  showLeft(left) {
    const said = [left.length === 1 ? say("uploads_left_one") : say("uploads_left", { count: left.length })];
    if (left.some((item) => item.meant.isInText)) said.push(say("uploads_left_text"));
    const note = make("p", { class: "note", role: "status" }, make("span", {}, said.join(" ")));
    document.querySelector(".desk > .notes")?.append(note);
    for (const item of left) this.show(item);
  }

  /** Send pictures from the panel. */
  take(files) {
    for (const item of this.uploads.add(files, this.meant)) this.show(item);
  }

  /** Send pictures for the text: the text shows them where they will stand. Gives an item for each. */
  takeForText(files) {
    return this.uploads.add(files, { ...this.meant, isInText: true });
  }

  asked(item) {
    const { form } = this.pictures;
    return { language: form.dataset.language, lead: !item.meant.isInText && !this.pictures.hasLead };
  }

  show(item) {
    const { bar, stop, words } = partsOf(this.uploads, item);
    const name = make("span", { class: "line" }, make("bdi", { class: "cut grow" }, item.name), words);
    const line = make("li", { class: "row" }, make("span", { class: "grow" }, name, bar), stop);
    follow(this.uploads, item, () => {
      if (item.is === "done" || item.is === "gone") line.remove();
      line.querySelector(".note")?.remove();
      if (item.is === "refused") line.prepend(this.refusal(item));
      line.toggleAttribute("data-refused", item.is === "refused");
    });
    this.list.append(line);
  }

  refusal(item) {
    const again = make("button", { type: "button", class: "btn" }, say("upload_again"));
    again.addEventListener("click", () => this.uploads.again(item));
    return make("span", { class: "note", "data-is": "bad", role: "alert" }, make("span", { dir: "auto" }, item.sentence, " ", again));
  }

  /** Older pictures that it looks like, with all words escaped by the server. */
  warn(html) {
    const made = make("template");
    made.innerHTML = html;
    this.list.append(made.content);
  }

  /** A picture is here: its row goes before those of pictures that were chosen later. */
  put(item) {
    if (item.answer.older) this.warn(item.answer.older);
    item.row = this.pictures.rows.find((row) => row.dataset.uuid === item.uuid) ?? this.pictures.insert(item.answer.html);
    const later = this.uploads.items.find((one) => one.number > item.number && one.row?.isConnected);
    if (!later || later.row.compareDocumentPosition(item.row) & Node.DOCUMENT_POSITION_PRECEDING) return;
    later.row.before(item.row);
    this.pictures.changed();
  }
}
