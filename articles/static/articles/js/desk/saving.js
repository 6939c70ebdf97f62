// Saving: what is typed goes to the server by itself, and what others typed comes back (docs/saving.md). Nothing waits in
// this page alone: every change set is in the outbox before it is sent, and stays there until it is answered.
import { advance, changes, merged, pieces, same, touched } from "desk/changes";
import { baseOf, sendLeft } from "desk/left";
import { get, post } from "desk/line";
import { Outbox } from "desk/outbox";
import { Surface } from "desk/surface";

const KEEP_AFTER = 200; // milliseconds after a change until it is in the outbox
const SAVE_AFTER = 1000; // until it is sent; the newsroom is promised two seconds
const AT_LATEST = 4000; // while somebody types without a pause
const POLL_EVERY = 4000;
const PAUSES = [1000, 2000, 4000, 7000, 10000]; // between tries while the line is cut

const emptyBase = () => ({ version: 0, fields: {}, blocks: {}, order: [] });

export class Saving extends EventTarget {
  constructor(form) {
    super();
    this.form = form;
    this.number = form.dataset.number;
    this.token = crypto.randomUUID();
    this.surface = new Surface(form);
    this.outbox = new Outbox(this.token, form.dataset.user);
    this.shown = this.surface.read();
    this.base = this.number ? this.rendered() : emptyBase();
    this.library = {}; // what the library says of pictures, by their attachments' uuids
    this.aside = { fields: {}, blocks: {} }; // the server's, for what is being written here
    this.sending = null; // the letter that is not answered yet
    this.next = crypto.randomUUID(); // the name of the save after it
    this.count = 0; // letters written, for their order in the outbox
    this.tries = 0;
    this.late = 0; // pieces sent after the line was cut
    this.clashes = [];
    this.people = [];
    this.by = [];
    this.is = "starting";
    this.isOn = false;
  }

  // -- Where it begins

  /** The story as the server put it into the page, before anything is typed. */
  rendered() {
    const blocks = Object.fromEntries((this.surface.text.stored?.content ?? []).map((block) => [block.attrs.id, block]));
    const version = Number(this.form.elements.version.value) || 0;
    return { version, fields: { ...this.shown.fields }, blocks, order: Object.keys(blocks) };
  }

  /** Begin: send what was left unsent, ask for the story as it is now. False where this server does not save by itself. */
  async start() {
    const left = await sendLeft(this.outbox, this.stories);
    const tell = () => left.forEach((detail) => this.dispatchEvent(new CustomEvent("left", { detail })));
    if (this.number) {
      const came = await get(`${this.address}state/`);
      if (came.is === "done") await this.takeIn(came.answer);
      else if (came.is === "absent" || came.is === "refused") return tell(), false;
      else this.lose(came);
    }
    tell(); // once the text sent is on this page too
    this.isOn = true;
    if (this.is === "starting") this.say("fresh");
    for (const event of ["input", "change", "desk:change"]) this.form.addEventListener(event, () => this.onChange());
    addEventListener("online", () => this.again(0));
    addEventListener("offline", () => this.say("offline"));
    addEventListener("blur", () => this.flush());
    addEventListener("focus", () => this.is === "signed_out" && this.again(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    addEventListener("pagehide", () => this.leave());
    this.form.addEventListener("focusout", () => this.onChange());
    this.polling = setInterval(() => this.poll(), POLL_EVERY);
    this.onChange();
    return true;
  }

  get stories() {
    return this.form.dataset.stories;
  }

  get address() {
    return `${this.stories}${this.number}/`;
  }

  get presence() {
    return { token: this.token, block: this.surface.place };
  }

  say(is, more = {}) {
    this.is = is;
    if (is === "offline" || is === "signed_out") this.wasCut = true;
    this.dispatchEvent(new CustomEvent("say", { detail: { is, ...more } }));
  }

  // -- What is typed

  onChange() {
    if (!this.isOn) return;
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), KEEP_AFTER);
  }

  /** Put what is not sent yet into the outbox, and see to it that it is sent soon. */
  keep() {
    this.putAside();
    const change = this.unsent();
    if (!change) {
      this.outbox.drop(this.next);
      this.changedAt = 0;
      if (!this.sending && this.is === "open") this.say("saved");
      return;
    }
    this.outbox.keep(this.letter(change));
    if (this.tries || this.stopped) return; // tried again at its time, or not at all
    if (this.refusedChange && same(change, this.refusedChange)) return;
    if (this.is === "saved" || this.is === "fresh" || this.is === "refused" || this.is === "back") this.say("open");
    this.changedAt ||= Date.now();
    clearTimeout(this.saving);
    const wait = Math.min(SAVE_AFTER - KEEP_AFTER, Math.max(0, this.changedAt + AT_LATEST - Date.now()));
    this.saving = setTimeout(() => this.flush(), wait);
  }

  /** What was done since the letter under way, or since the last answer. */
  unsent() {
    const now = this.surface.read();
    if (!this.sending) return changes(this.base, this.shown, now);
    return changes(advance(this.base, this.sending.change), this.sending.shown, now);
  }

  letter(change) {
    this.count += 1;
    const headline = this.form.elements.headline.value;
    return { save: this.next, number: this.count, story: this.number, version: this.base.version, change, headline,
      begin: this.number ? null : this.beginning() };
  }

  beginning() {
    this.begun ??= { save: crypto.randomUUID(), language: this.form.elements.language.value };
    return this.begun;
  }

  /** Whether all that is on the page is on the server. */
  get isClean() {
    return !this.sending && !this.unsent();
  }

  // -- Sending

  /** Send what is not sent. Resolves when it was answered, or could not be. */
  flush(options = {}) {
    if (!this.isOn) return Promise.resolve();
    this.running ??= this.send(options).finally(() => {
      this.running = null;
      if (!this.isClean) this.onChange();
    });
    return this.running;
  }

  async send(options) {
    if (!this.sending) {
      const shown = this.surface.read();
      const change = changes(this.base, this.shown, shown);
      if (!change || this.stopped || (this.refusedChange && same(change, this.refusedChange))) return;
      if (!this.number && !(await this.begin())) return;
      const now = changes(this.base, this.shown, shown);
      if (!now) return;
      this.sending = { ...this.letter(now), shown };
      this.next = crypto.randomUUID();
      this.outbox.keep({ ...this.sending, shown: null });
      this.changedAt = 0;
    }
    const { save, version, change } = this.sending;
    if (!this.wasCut) this.say("sending");
    const came = await post(`${this.address}save/`, { save, version, change, ...this.presence }, options);
    if (came.is === "done") await this.taken(came.answer);
    else if (came.code === "again") this.again(300); // two saves met: the same once more
    else if (came.is === "refused" || came.is === "absent") this.refuse(came);
    else this.lose(came);
  }

  async begin() {
    const came = await post(`${this.stories}begin/`, this.beginning());
    if (came.is !== "done") {
      if (came.is === "refused" || came.is === "absent") this.refuse(came);
      else this.lose(came);
      return false;
    }
    const { answer } = came;
    this.number = String(answer.number);
    this.form.dataset.number = this.number;
    this.form.dataset.address = answer.address;
    history.replaceState(null, "", answer.address);
    this.base = baseOf(answer);
    this.shown = { fields: { ...this.base.fields }, nodes: new Map(), order: this.base.order };
    this.surface.rows.learn(answer.state.fields.attachments ?? [], answer.state.pictures ?? {});
    this.tries = 0;
    this.begun = null;
    return true;
  }

  async taken(answer) {
    const sent = this.sending;
    if (this.wasCut) this.late += pieces(sent.change);
    this.tries = 0;
    this.base = advance(this.base, sent.change);
    this.shown = sent.shown;
    this.sending = null;
    this.refusedChange = null;
    this.outbox.drop(sent.save);
    await this.takeIn(answer);
    if (this.late && this.isClean) {
      this.say("back", { count: this.late });
      this.late = 0;
      this.wasCut = false;
    } else this.say(this.isClean ? "saved" : "open", { at: answer.saved });
  }

  refuse(came) {
    if (this.sending) {
      // Kept under a name of its own until the text is another one.
      this.refusedChange = this.sending.change;
      this.outbox.drop(this.sending.save);
      this.outbox.keep(this.letter(this.sending.change));
      this.sending = null;
    }
    if (came.code === "not_allowed" || came.code === "gone" || came.is === "absent") this.stopped = true;
    this.tries = 0;
    this.say("refused", { sentence: came.sentence });
  }

  lose(came) {
    const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
    this.tries += 1;
    this.say(came.is);
    this.again(pause);
  }

  again(pause) {
    clearTimeout(this.retrying);
    this.retrying = setTimeout(() => (this.isClean ? this.poll() : this.flush()), pause);
  }

  /** Save until nothing is left to save. Gives whether that was reached. */
  async settle() {
    for (let round = 0; round < 20 && !this.isClean; round += 1) {
      await this.flush();
      if (["offline", "signed_out", "refused"].includes(this.is)) return false;
    }
    return this.isClean;
  }

  leave() {
    this.keep();
    this.flush({ isLeaving: true });
    if (this.number) post(`${this.address}state/`, { token: this.token, leave: true }, { isLeaving: true });
  }

  // -- What others did

  async poll() {
    if (!this.number || this.sending || this.running || this.isPolling) return;
    this.isPolling = true;
    const { version } = this.base;
    const came = await post(`${this.address}state/`, { since: version, ...this.presence });
    this.isPolling = false;
    if (came.is === "offline" || came.is === "signed_out") return this.lose(came);
    const wasLost = this.is === "offline" || this.is === "signed_out";
    this.tries = 0;
    if (came.is !== "done" || this.sending || this.running || this.base.version !== version) return;
    this.running = this.takeIn(came.answer).finally(() => (this.running = null));
    await this.running;
    if (!wasLost || !this.isClean) return;
    this.wasCut = false;
    this.say("saved", { at: came.answer.saved });
  }

  /** Take an answer in: what is not being written here goes into the page, the rest waits. */
  async takeIn(answer) {
    await this.composed();
    const { state } = answer;
    this.base.version = answer.version;
    this.form.elements.version.value = answer.version;
    Object.assign(this.library, state.pictures);
    await this.takeFields(state.fields);
    this.takeBlocks(state);
    this.clashes = answer.clashes ?? [];
    this.people = answer.people ?? [];
    if (answer.by?.length) this.by = answer.by;
    this.dispatchEvent(new CustomEvent("answer", { detail: answer }));
  }

  /** While letters are being composed (Arabic on a phone, Chinese) the text is left alone. */
  composed() {
    const { view } = this.surface.editor;
    if (!view.composing) return null;
    return new Promise((done) => view.dom.addEventListener("compositionend", () => setTimeout(done), { once: true }));
  }

  async takeFields(fields) {
    for (const [name, value] of Object.entries(fields)) {
      delete this.aside.fields[name];
      if (name in this.base.fields && same(this.base.fields[name], value)) continue;
      const now = this.surface.field(name);
      const isTouched = name in this.shown.fields && !same(now, this.shown.fields[name]);
      if ((isTouched || this.surface.isBusy(name)) && name in this.base.fields) this.aside.fields[name] = value;
      else await this.putField(name, value, isTouched);
    }
  }

  async putField(name, value, isTouched = false) {
    delete this.aside.fields[name];
    this.base.fields[name] = value;
    if (name === "attachments") this.surface.rows.learn(value, this.library);
    if (!isTouched) await this.surface.putField(name, value);
    const shows = this.surface.field(name);
    if (shows !== undefined) this.shown.fields[name] = isTouched ? value : shows;
  }

  takeBlocks(state) {
    if (!state.order) return;
    const now = this.surface.read();
    const theirs = { ...state.blocks };
    if (state.whole) for (const id of this.base.order) if (!(id in theirs)) theirs[id] = null;
    const put = {};
    for (const [id, block] of Object.entries(theirs)) {
      delete this.aside.blocks[id];
      if (same(this.base.blocks[id] ?? null, block)) continue;
      if (touched(this.shown, now, id)) {
        this.aside.blocks[id] = block;
        continue;
      }
      put[id] = block;
      if (block) this.base.blocks[id] = block;
      else delete this.base.blocks[id];
    }
    this.reorder(state.order, now, put);
  }

  /** Bring page and base into the order of the server, as far as nobody moved blocks here. */
  reorder(theirs, now, put) {
    const held = new Set(Object.keys(this.base.blocks));
    const before = this.shown.order.filter((id) => held.has(id));
    this.base.order = merged(theirs.filter((id) => held.has(id)), this.base.order.filter((id) => held.has(id)));
    const isHere = (id) => now.nodes.has(id) || (put[id] && !this.shown.nodes.has(id));
    const stays = now.order.filter((id) => put[id] !== null);
    const common = (order) => order.filter((id) => before.includes(id) && stays.includes(id));
    const isMoved = !same(common(stays), common(before));
    const wanted = this.base.order.filter(isHere);
    const order = isMoved ? merged(stays, wanted) : merged(wanted, stays);
    const blocks = Object.fromEntries(Object.entries(put).filter(([, block]) => block));
    this.surface.putBlocks(blocks, order);
    const after = this.surface.read();
    for (const id of Object.keys(put)) {
      if (put[id] && after.nodes.has(id)) this.shown.nodes.set(id, after.nodes.get(id));
      else this.shown.nodes.delete(id);
    }
    // What the page would show had nothing been done here since.
    const known = after.order.filter((id) => this.shown.nodes.has(id));
    const shown = this.shown.order.filter((id) => this.shown.nodes.has(id));
    this.shown.order = isMoved ? [...this.base.order] : merged(known, shown);
  }

  /** What was left aside goes in once the words here are again as they were sent. */
  putAside() {
    if (this.sending || this.running) return;
    for (const [name, value] of Object.entries(this.aside.fields)) {
      if (same(this.surface.field(name), this.shown.fields[name]) && !this.surface.isBusy(name)) this.putField(name, value);
    }
    const now = this.surface.read();
    const back = Object.entries(this.aside.blocks).filter(([id]) => !touched(this.shown, now, id));
    if (!back.length) return;
    for (const [id] of back) delete this.aside.blocks[id];
    this.takeBlocks({ blocks: Object.fromEntries(back), order: this.base.order });
  }

  // -- Clashes and versions

  async choose(clash, choice) {
    await this.settle();
    const came = await post(`${this.address}clashes/${clash.uuid}/`, { choice, version: this.base.version });
    if (came.is === "done") {
      await this.takeIn(came.answer);
      this.say(this.isClean ? "saved" : "open", { at: came.answer.saved });
    } else if (came.code === "settled" || came.code === "gone") await this.poll();
    else if (came.is === "refused") this.say("refused", { sentence: came.sentence });
    else this.lose(came);
  }

  /** Keep the story as it is now under `name`. */
  async keepVersion(name) {
    if (!(await this.settle())) return;
    const came = await post(`${this.address}keep/`, { name, version: this.base.version });
    if (came.is === "done") {
      await this.takeIn(came.answer);
      this.say("kept", { name: came.answer.revision.name });
    } else if (came.is === "refused") this.say("refused", { sentence: came.sentence });
    else this.lose(came);
  }
}
