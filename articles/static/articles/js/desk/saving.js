// Saving: what is typed is sent (desk/sending), and what others did comes back: with each answer, and every few seconds.
// Clashes, versions and moves wait for what is typed to be saved.
import { sendLeft } from "desk/left";
import { get, post } from "desk/line";
import { Sending } from "desk/sending";
import { goTo } from "desk/surface";

const POLL_EVERY = 4000; // milliseconds
const MOST_TRIES = 10; // of a move that colleagues' saves come before

export class Saving extends Sending {
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
    setInterval(() => this.poll(), POLL_EVERY);
    this.onChange();
    return true;
  }

  leave() {
    this.keep();
    this.flush({ isLeaving: true });
    if (this.number) post(`${this.address}state/`, { token: this.token, leave: true }, { isLeaving: true });
  }

  // -- What others did

  /** Ask what is new. Resolves when it is taken in, or could not be. */
  poll() {
    if (!this.number || this.sending || this.running) return Promise.resolve();
    this.polling ??= this.ask().finally(() => (this.polling = null));
    return this.polling;
  }

  async ask() {
    const { version } = this.intake.base;
    const came = await post(`${this.address}state/`, { since: version, ...this.presence });
    if (came.is === "offline" || came.is === "signed_out") return this.lose(came);
    const wasLost = this.is === "offline" || this.is === "signed_out";
    this.tries = 0;
    if (came.is !== "done" || this.sending || this.running || this.intake.base.version !== version) return;
    this.running = this.takeIn(came.answer).finally(() => (this.running = null));
    await this.running;
    if (!wasLost || !this.isClean) return;
    this.wasCut = false;
    this.say("saved", { at: came.answer.saved });
  }

  /** Take an answer in: what is not being written here goes into the page, the rest waits. */
  async takeIn(answer) {
    await this.intake.take(answer);
    this.clashes = answer.clashes ?? [];
    this.people = answer.people ?? [];
    if (answer.by?.length) this.by = answer.by;
    this.dispatchEvent(new CustomEvent("answer", { detail: answer }));
    this.tellArrived();
  }

  /** What went into the page of others' words, for who shows it. */
  tellArrived() {
    const arrived = this.intake.arrived.splice(0);
    if (arrived.length) this.dispatchEvent(new CustomEvent("arrived", { detail: arrived }));
  }

  // -- What waits for a save

  async choose(clash, choice) {
    await this.settle();
    const came = await post(`${this.address}clashes/${clash.uuid}/`, { choice, version: this.intake.base.version });
    if (came.is === "done") {
      await this.takeIn(came.answer);
      this.say(this.isClean ? "saved" : "open", { at: came.answer.saved });
      // Both in one sentence are seldom well put: the cursor is where one goes on with them.
      if (choice === "both") goTo(this.surface, clash.kind, clash.name);
    } else if (came.code === "settled" || came.code === "gone") await this.poll();
    else if (came.is === "refused") this.say("refused", { sentence: came.sentence });
    else this.lose(came);
  }

  /** Keep the story as it is now under `name`. */
  async keepVersion(name) {
    if (!(await this.settle())) return;
    const came = await post(`${this.address}keep/`, { name, version: this.intake.base.version });
    if (came.is === "done") {
      await this.takeIn(came.answer);
      this.say("kept", { name: came.answer.revision.name });
    } else if (came.is === "refused") this.say("refused", { sentence: came.sentence });
    else this.lose(came);
  }

  /** The story's siblings are these. They are no part of a save. */
  async putSiblings(numbers) {
    if (!this.number && !(await this.begin())) return;
    if (!(await this.settle())) return;
    const came = await post(`${this.address}siblings/`, { siblings: numbers, version: this.intake.base.version });
    if (came.is === "done") await this.takeIn(came.answer);
    else if (came.is === "refused") this.say("refused", { sentence: came.sentence });
    else this.lose(came);
  }

  /**
   * Do what a button of the bar says with the story as it stands on this page. What colleagues saved meanwhile comes in
   * first. Gives the address of the next screen, or null where it could not be done (the bar says why).
   */
  async move(name, answers) {
    if (!this.number && !(await this.begin())) return null;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      if (!(await this.settle())) return null;
      const came = await post(`${this.address}move/`, { do: name, answers, version: this.intake.base.version });
      if (came.is === "done") return came.answer.address;
      if (came.code === "again") await this.poll();
      else {
        if (came.is === "refused") this.say("refused", { sentence: came.sentence });
        else this.lose(came);
        return null;
      }
    }
    return null;
  }
}
