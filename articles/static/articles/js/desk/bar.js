// The bar's words about saving: what is so, and what somebody must do. Said politely to screen readers too.
import { counted, make, say } from "desk/words";

export class Bar {
  constructor(form, saving) {
    Object.assign(this, { form, saving, at: "" });
    this.place = form.querySelector("[data-saved]");
    this.status = form.querySelector(".bar > .status");
    this.first = this.place.textContent;
    this.decide = make("button", { type: "button", class: "btn", "data-kind": "quiet", hidden: true });
    this.signIn = make("a", { class: "btn", href: form.dataset.signIn, target: "_blank", rel: "noopener", hidden: true }, say("sign_in"));
    this.place.after(this.decide, this.signIn);
    saving.addEventListener("say", (event) => this.say(event.detail));
    saving.addEventListener("answer", (event) => this.onAnswer(event.detail));
    saving.addEventListener("left", (event) => this.onLeft(event.detail));
  }

  say(said) {
    this.said = said;
    if (said.at) this.at = said.at;
    this.signIn.hidden = said.is !== "signed_out";
    this.form.dataset.saving = said.is;
    const [words, look] = this.words(said);
    if (this.place.textContent !== words) this.place.textContent = words;
    if (look) this.place.dataset.is = look;
    else delete this.place.dataset.is;
  }

  words(said) {
    const toDecide = this.saving.clashes.length;
    if (said.is === "offline" || said.is === "signed_out") return [said.sentence || say(said.is), "offline"];
    if (said.is === "refused") return [said.sentence || say("not_sent"), "offline"];
    if (said.is === "sending") return [say("sending"), "open"];
    if (toDecide) {
      const name = this.saving.by[0] ?? this.saving.clashes.find((clash) => !clash.own)?.by;
      const words = counted("to_decide_one", "to_decide", toDecide);
      return [name ? say("also_decide", { name, words }) : words, "clash"];
    }
    if (said.is === "open") return [say("changed"), "open"];
    if (said.is === "back") return [counted("back_one", "back", said.count), ""];
    if (said.is === "kept") return [say("kept", { name: said.name }), ""];
    if (said.is === "also") return [say("also", { name: said.name }), ""];
    return [this.at ? say("saved", { time: this.at }) : this.first, this.at || this.form.dataset.number ? "" : "open"];
  }

  onAnswer(answer) {
    if (answer.saved) this.at = answer.saved;
    this.status.textContent = answer.standing;
    this.status.dataset.is = answer.status;
    const count = answer.clashes?.length ?? 0;
    this.decide.hidden = !count;
    this.decide.textContent = say("show_clash");
    if (count || this.had) this.say(this.said ?? { is: "saved" });
    else if (answer.by?.length && this.saving.isOn) this.say({ is: "also", name: answer.by[0] });
    this.had = count;
  }

  /** Text of a tab that is gone was sent, or could not be. */
  onLeft({ count, letter, sentence }) {
    const notes = this.form.querySelector(".notes");
    if (count) notes.append(make("p", { class: "note", "data-is": "good" }, make("span", {}, counted("left_one", "left", count))));
    if (!letter) return;
    const words = [...Object.values(letter.change.fields), ...Object.values(letter.change.blocks)]
      .map((pair) => (pair.to ? text(pair.to) : "")).filter(Boolean);
    const away = make("button", { type: "button", class: "btn" }, say("throw_away"));
    const note = make("div", { class: "note", "data-is": "bad", role: "alert" }, make("div", {},
      make("b", {}, say("left_refused", { headline: letter.headline || "–" })), make("p", {}, sentence),
      make("details", {}, make("summary", {}, say("left_words")), ...words.map((one) => make("p", { dir: "auto" }, one))), away));
    away.addEventListener("click", () => {
      this.saving.outbox.drop(letter.save);
      note.remove();
    });
    notes.append(note);
  }
}

function text(value) {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(text).filter(Boolean).join(" ");
  return value?.text ?? (value?.content ? text(value.content) : "");
}
