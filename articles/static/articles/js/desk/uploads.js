// Uploads: pictures on their way into the library, several at once and each piece by piece (articles/admin/uploads.py). A
// dropped line costs one piece; one that is refused holds up no other; what has not arrived is kept in the browser.
// XMLHttpRequest, because fetch does not tell how much of a file has gone out.
import { say } from "desk/words";
import { UploadStore } from "desk/upload_store";

const AT_ONCE = 2; // side by side: more make each slower
const PAUSES = [1000, 2000, 4000, 7000, 10000]; // milliseconds between tries
const MOST_TRIES = 8; // of a server that answers, and cannot: then somebody has to press "Try again"
const SILENCE = 60000; // milliseconds without a sign of life after which a request is given up

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

export class Uploads extends EventTarget {
  /** `address` is the door's; `user` who is signed in; `asked(item)` what finishing an upload asks for. */
  constructor({ address, user, asked = () => ({}) }) {
    super();
    Object.assign(this, { address, asked, items: [], running: 0, count: 0, held: 0 });
    this.store = new UploadStore(user);
    addEventListener("online", () => this.hurry());
    addEventListener("focus", () => this.hurry());
    addEventListener("beforeunload", (event) => {
      if (this.open.some((item) => item.isKept === false)) event.preventDefault();
    });
  }

  /** Those that are neither here nor refused nor called back. */
  get open() {
    return this.items.filter((item) => ["waiting", "sending", "finishing", "lost"].includes(item.is));
  }

  /** Begin to send `files`, meant for `meant` (an object that is kept with them). Gives an item for each. */
  add(files, meant) {
    const items = [...files].map((file) => this.item({ uuid: crypto.randomUUID(), file, name: file.name, size: file.size, meant }));
    for (const item of items) this.keep(item);
    this.begin(items);
    return items;
  }

  /** Go on with what tabs that are gone left behind; `show` is given an item for each, before it is sent. */
  async goOn(isMine, show) {
    const left = await this.store.takeOver(isMine, () => this.goOn(isMine, show));
    const items = left.map((one) => this.item({ ...one, isKept: true }));
    if (!items.length) return;
    show(items);
    this.begin(items);
  }

  item(given) {
    this.count += 1;
    return { ...given, number: this.count, is: "waiting", sent: 0, tries: 0, notBefore: 0, sentence: "" };
  }

  begin(items) {
    if (!this.open.length) this.items = []; // a new round: the bar for all begins anew
    this.items.push(...items);
    setTimeout(() => this.next()); // once who asked has put the items where they are seen
  }

  async keep(item) {
    item.isKept = await this.store.keep(item);
    if (!this.open.includes(item)) this.store.drop(item.uuid); // it was quicker than its keeping
  }

  /** Call an upload back. */
  cancel(item) {
    const wasOpen = this.open.includes(item);
    this.tell(item, "gone");
    item.request?.abort();
    this.store.drop(item.uuid);
    if (wasOpen) this.ask(item, "let-go/", {});
    this.next();
  }

  /** Once more, because somebody pressed it. */
  again(item) {
    Object.assign(item, { tries: 0, notBefore: 0, sentence: "" });
    if (!this.items.includes(item)) this.items.push(item);
    this.tell(item, "waiting");
    this.keep(item);
    this.next();
  }

  hurry() {
    this.held = 0;
    for (const item of this.open) item.notBefore = 0;
    this.next();
  }

  tell(item, is = item.is) {
    item.is = is;
    this.dispatchEvent(new CustomEvent("upload", { detail: item }));
  }

  next() {
    clearTimeout(this.timer);
    const now = Date.now();
    const ready = this.items.filter((item) => item.is === "waiting" || item.is === "lost");
    for (const item of ready) {
      if (this.running >= AT_ONCE || this.held > now) break;
      if (item.notBefore <= now) this.run(item);
    }
    const times = ready.filter((item) => item.is !== "sending").map((item) => Math.max(item.notBefore, this.held));
    if (times.length && this.running < AT_ONCE) this.timer = setTimeout(() => this.next(), Math.max(50, Math.min(...times) - now));
  }

  async run(item) {
    this.running += 1;
    this.tell(item, "sending");
    const came = await this.send(item).catch(() => ({ is: "unreadable" }));
    this.running -= 1;
    if (item.is !== "gone") this.settle(item, came);
    this.next();
  }

  settle(item, came) {
    if (came.is === "done") {
      this.store.drop(item.uuid);
      item.answer = came.answer;
      this.tell(item, "done");
      return;
    }
    if (came.is === "lost" && (came.isLine || item.tries < MOST_TRIES)) {
      const until = Date.now() + PAUSES[Math.min(item.tries, PAUSES.length - 1)];
      item.tries += 1;
      item.notBefore = until;
      if (came.isLine) this.held = until; // no use in trying the others meanwhile
      item.sentence = came.sentence || say(came.isSignedOut ? "upload_signed_out" : "upload_waits");
      this.tell(item, "lost");
      return;
    }
    if (came.is === "refused") this.store.drop(item.uuid);
    item.sentence = came.sentence || say(came.is === "unreadable" ? "upload_unreadable" : "refused", { name: item.name });
    this.tell(item, "refused");
  }

  /** Begin, send what is missing, finish. Gives the answer, or why there is none. */
  async send(item) {
    let stands = await this.ask(item, "", { upload: item.uuid, name: item.name, size: item.size });
    for (let turns = 0; turns < 5; ) {
      if (item.is === "gone" || stands.is !== "done") return stands;
      const { offset, piece } = stands.answer;
      this.arrived(item, offset);
      const bytes = offset < item.size ? await item.file.slice(offset, offset + piece).arrayBuffer() : null;
      if (!bytes) this.tell(item, "finishing");
      const came = bytes ? await this.put(item, offset, bytes) : await this.ask(item, "finish/", this.asked(item));
      if (!bytes && came.is === "done") return came;
      if (came.code === "gone") stands = await this.ask(item, "", { upload: item.uuid, name: item.name, size: item.size });
      else if (came.code === "offset") stands = { is: "done", answer: { offset: came.offset, piece } };
      else stands = came;
      if (came.is !== "done") turns += 1; // told to go on from elsewhere: not for ever
    }
    return { is: "lost" };
  }

  arrived(item, bytes) {
    item.sent = Math.min(bytes, item.size);
    this.tell(item);
  }

  put(item, offset, bytes) {
    const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset) };
    return this.request(item, `${item.uuid}/piece/`, bytes, headers, (loaded) => this.arrived(item, offset + loaded));
  }

  ask(item, door, given) {
    const address = door ? `${item.uuid}/${door}` : "";
    return this.request(item, address, JSON.stringify(given), { "Content-Type": "application/json" });
  }

  async request(item, address, body, headers, onProgress) {
    const came = await this.requestOnce(item, address, body, headers, onProgress);
    // Signing in again changes the token: once more with the one that is there now.
    return came.code === "csrf" ? this.requestOnce(item, address, body, headers, onProgress) : came;
  }

  requestOnce(item, address, body, headers, onProgress = () => {}) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      let silence = 0;
      const hear = () => {
        clearTimeout(silence);
        silence = setTimeout(() => request.abort(), SILENCE);
      };
      request.upload.addEventListener("progress", (event) => {
        hear();
        onProgress(event.loaded);
      });
      request.addEventListener("loadend", () => {
        clearTimeout(silence);
        done(read(request));
      });
      request.open("POST", this.address + address);
      request.responseType = "json";
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", token());
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      item.request = request;
      hear();
      request.send(body);
    });
  }
}

/** What came of a request: `is` is "done" (with `answer`), "lost" (try again) or "refused" (with `sentence`, `code`). */
function read({ status, response }) {
  const { code = "", refused: sentence = "", offset } = response ?? {};
  if (status === 0) return { is: "lost", isLine: true };
  if (status === 401) return { is: "lost", isLine: true, isSignedOut: true };
  if (status >= 500 || status === 429) return { is: "lost", sentence };
  if (status < 300 && response) return { is: "done", answer: response };
  return { is: "refused", code, sentence, offset };
}
