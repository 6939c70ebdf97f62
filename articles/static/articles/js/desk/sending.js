// Sending: what is typed goes to the server by itself (docs/saving.md). Nothing waits in this page alone: every change set
// is in the outbox before it is sent, and stays there until it is answered.
import { pieces, same } from "desk/changes";
import { LEAST, MOST, bytes, divide } from "desk/divide";
import { Intake } from "desk/intake";
import { post } from "desk/line";
import { Outbox } from "desk/outbox";
import { Surface } from "desk/surface";
import { say } from "desk/words";

const KEEP_AFTER = 200; // milliseconds after a change until it is in the outbox
const SAVE_AFTER = 1000; // until it is sent; the newsroom is promised two seconds
const AT_LATEST = 4000; // while somebody types without a pause
const PAUSES = [1000, 2000, 4000, 7000, 10000]; // between tries while the line is cut

export class Sending extends EventTarget {
  constructor(form) {
    super();
    this.form = form;
    this.number = form.dataset.number;
    this.token = crypto.randomUUID();
    this.surface = new Surface(form);
    this.intake = new Intake(form, this.surface);
    this.outbox = new Outbox(this.token, form.dataset.user);
    this.sending = null; // the letter that is not answered yet
    this.next = crypto.randomUUID(); // the name of the save after it
    this.most = MOST; // bytes of one save
    this.count = 0; // letters written, for their order in the outbox
    this.tries = 0;
    this.late = 0; // pieces sent after the line was cut
    this.clashes = [];
    this.people = [];
    this.by = [];
    this.is = "starting";
    this.isOn = false;
  }

  get stories() {
    return this.form.dataset.stories;
  }

  get address() {
    return `${this.stories}${this.number}/`;
  }

  /** Who is here, and which buttons stand in the bar. */
  get presence() {
    return { token: this.token, block: this.surface.place, bar: this.form.querySelector(".bar").dataset.digest };
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
    if (!this.sending && !this.running) this.intake.putAside();
    const change = this.unsent();
    if (!change) {
      this.outbox.drop(this.next);
      this.changedAt = 0;
      if (!this.sending && this.is === "open") this.say("saved");
      return;
    }
    this.outbox.keep(this.letter(change));
    if (this.tries || this.stopped) return; // tried again at its time, or not at all
    if (this.isRefused(change)) return;
    if (this.is === "saved" || this.is === "fresh" || this.is === "refused" || this.is === "back") this.say("open");
    this.changedAt ||= Date.now();
    clearTimeout(this.saving);
    const wait = Math.min(SAVE_AFTER - KEEP_AFTER, Math.max(0, this.changedAt + AT_LATEST - Date.now()));
    this.saving = setTimeout(() => this.flush(), wait);
  }

  /** What was done since the letter under way, or since the last answer. */
  unsent() {
    return this.intake.unsent(this.sending);
  }

  isRefused(change) {
    return Boolean(this.refusedChange) && same(change, this.refusedChange);
  }

  letter(change) {
    this.count += 1;
    const headline = this.form.elements.headline.value;
    return { save: this.next, number: this.count, story: this.number, version: this.intake.base.version, change, headline,
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
      if (this.isClean) return;
      if (this.isDivided && this.is === "open") this.flush();
      else this.onChange();
    });
    return this.running;
  }

  async send(options) {
    if (!this.sending) {
      const change = this.unsent();
      if (!change || this.stopped || this.isRefused(change)) return;
      if (!this.number && !(await this.begin())) return;
      if (!this.write()) return;
    }
    const { save, version, change } = this.sending;
    if (!this.wasCut) this.say("sending");
    const came = await post(`${this.address}save/`, { save, version, change, ...this.presence }, options);
    if (came.is === "done") await this.taken(came.answer);
    else if (came.code === "again") this.again(300); // two saves met: the same once more
    else if (came.code === "too_large" && bytes(change) > LEAST) this.writeLess();
    else if (came.is === "refused" || came.is === "absent") this.refuse(came);
    else this.lose(came);
  }

  /** Write the letter that is sent next: all that is not sent, or as much of it as one save may hold. */
  write() {
    const shown = this.surface.read();
    const whole = this.unsent();
    if (!whole) return false;
    const { parts, left } = divide(whole, this.most);
    this.isDivided = parts.length > 1 || left > 0;
    if (!parts.length) {
      this.refuse({ is: "refused", sentence: say("too_long") }, whole);
      return false;
    }
    const [change] = parts;
    const letter = this.letter(change);
    this.next = crypto.randomUUID();
    this.sending = { ...letter, whole, shown: this.isDivided ? this.intake.shownAfter(change) : shown };
    // The rest first: should the page go now, all of it is there.
    if (this.isDivided) this.outbox.keep(this.letter(this.unsent()));
    this.outbox.keep(letter);
    this.changedAt = 0;
    return true;
  }

  /** Too much for this server, or for one before it: the same in smaller letters. */
  writeLess() {
    this.most = Math.min(this.most, bytes(this.sending.change)) / 2;
    const { save } = this.sending;
    this.sending = null;
    this.outbox.keep(this.letter(this.unsent()));
    this.outbox.drop(save);
    this.again(0);
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
    this.intake.begin(answer);
    this.tries = 0;
    this.begun = null;
    return true;
  }

  async taken(answer) {
    const sent = this.sending;
    if (this.wasCut) this.late += pieces(sent.change);
    this.tries = 0;
    this.intake.advance(sent);
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

  /** Not taken. It is kept under a name of its own, and sent again once the text is another one. */
  refuse(came, whole = this.sending?.whole) {
    if (whole) {
      const refused = this.sending;
      this.sending = null;
      this.refusedChange = whole;
      this.outbox.keep(this.letter(whole));
      if (refused) this.outbox.drop(refused.save);
    }
    if (came.code === "not_allowed" || came.code === "gone" || came.is === "absent") this.stopped = true;
    this.tries = 0;
    this.say("refused", { sentence: came.sentence });
  }

  lose(came) {
    const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
    this.tries += 1;
    this.say(came.is, { sentence: came.sentence });
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
}
