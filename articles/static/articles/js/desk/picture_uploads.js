// The uploads of a story: pictures chosen or dropped on its panel go up several at once, with progress on each, and
// become rows among its pictures.
import { make, say } from "desk/words";

const AT_ONCE = 2; // uploads side by side: more make each slower, and a reload loses more

export class PictureUploads {
  constructor(pictures) {
    this.pictures = pictures;
    this.waiting = [];
    this.running = 0;
    this.input = pictures.querySelector("#id_files");
    if (this.input) this.bind();
  }

  bind() {
    this.pictures.querySelector("[data-hint]").hidden = false;
    this.input.addEventListener("change", () => {
      this.take([...this.input.files]);
      this.input.value = "";
    });
    const panel = this.pictures.closest(".tab");
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
  }

  take(files) {
    for (const file of files) {
      const bar = make("progress", { max: "100", value: "0", "aria-label": say("uploading", { name: file.name }) });
      const line = make("li", { class: "row" }, make("span", { class: "grow" }, make("bdi", { class: "cut" }, file.name), bar));
      this.pictures.querySelector(".uploads").append(line);
      this.waiting.push({ file, line, bar });
    }
    while (this.running < AT_ONCE && this.waiting.length) this.sendNext();
  }

  sendNext() {
    const one = this.waiting.shift();
    if (!one) return;
    this.running += 1;
    const body = this.pictures.letter();
    body.append("file", one.file);
    const request = new XMLHttpRequest();
    request.open("POST", this.pictures.form.dataset.pictures);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => (one.bar.value = (event.loaded / event.total) * 100));
    request.addEventListener("loadend", () => {
      this.running -= 1;
      if (request.status === 200 && request.response?.html) {
        this.pictures.insert(request.response.html);
        one.line.remove();
      } else {
        const sentence = request.response?.refused ?? say("refused", { name: one.file.name });
        one.line.replaceChildren(make("span", { class: "note", "data-is": "bad", role: "alert" }, make("span", { dir: "auto" }, sentence)));
      }
      this.sendNext();
    });
    request.send(body);
  }
}
