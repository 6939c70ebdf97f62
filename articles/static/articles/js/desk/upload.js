// `<photo-upload>` round the upload form and the wall: files chosen or dropped go up one by one, to the form's own
// address, each with its progress; one that is refused is named, and the others go on. XMLHttpRequest, because fetch
// does not tell how much of a file has gone out.

const AT_ONCE = 2;

customElements.define("photo-upload", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#upload");
    if (!this.form) return;
    this.input = this.form.elements.files;
    this.grid = this.querySelector(".grid");
    this.waiting = [];
    this.running = 0;
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
      this.take(event.dataTransfer.files);
    });
    if (location.hash === "#upload") this.input.focus();
  }

  take(files) {
    for (const file of files) this.waiting.push({ file, tile: this.placeholder(file) });
    this.grid.prepend(...this.waiting.map((one) => one.tile));
    this.next();
  }

  next() {
    while (this.running < AT_ONCE && this.waiting.length) {
      this.running += 1;
      this.send(this.waiting.shift());
    }
  }

  placeholder(file) {
    const tile = document.createElement("li");
    tile.className = "tile";
    const picture = Object.assign(document.createElement("span"), { className: "none", textContent: this.dataset.reading });
    const name = Object.assign(document.createElement("span"), { className: "name", textContent: file.name });
    name.dir = "auto";
    const progress = Object.assign(document.createElement("progress"), { max: file.size || 1, value: 0 });
    progress.setAttribute("aria-label", file.name);
    tile.append(picture, name, progress);
    return tile;
  }

  send({ file, tile }) {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("files", file);
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    const progress = tile.querySelector("progress");
    request.upload.addEventListener("progress", (event) => { progress.value = Math.min(event.loaded, progress.max); });
    request.addEventListener("loadend", () => {
      this.running -= 1;
      this.settle(request, tile);
      this.next();
    });
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.send(body);
  }

  settle(request, tile) {
    const answer = request.status === 200 ? request.response : null;
    if (!answer) {
      tile.querySelector("progress").dataset.is = "wait";
      tile.append(Object.assign(document.createElement("span"), { className: "bad", textContent: this.dataset.lost }));
      return;
    }
    for (const one of answer.refused) this.say("bad", one.sentence);
    for (const sentence of answer.known) this.say("warn", sentence);
    // Made by the server from the same template as every tile of the wall, with all words escaped.
    const made = document.createElement("template");
    made.innerHTML = answer.taken.join("");
    for (const link of made.content.querySelectorAll("a")) {
      for (const older of this.grid.querySelectorAll(`a[href="${CSS.escape(link.getAttribute("href"))}"]`)) older.closest("li").remove();
    }
    tile.replaceWith(made.content);
  }

  say(kind, sentence) {
    const item = Object.assign(document.createElement("li"), { className: "note", textContent: sentence });
    item.dataset.is = kind;
    this.querySelector(".refusals").append(item);
  }
});
