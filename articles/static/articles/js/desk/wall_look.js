// The inspector beside the wall: what the server tells of the picture one stands on (articles/admin/photo_look.py). It is
// asked for once one stands still, and kept, so that walking back shows it at once.
import { make, say } from "desk/words";

const STILL = 120; // milliseconds on one picture
const KEPT = 60; // pictures that are remembered

export class Look {
  constructor(place, address) {
    Object.assign(this, { place, address, known: new Map(), wanted: "", era: 0 });
  }

  /** Whether there is room for it: on a small screen it is not shown, and nothing is fetched. */
  get isShown() {
    return this.place.getClientRects().length > 0;
  }

  /** Show the picture of that number. */
  show(number) {
    this.wanted = number;
    clearTimeout(this.timer);
    if (!this.isShown) return;
    const known = this.known.get(number);
    if (known) this.put(known);
    else {
      this.place.dataset.waits = "";
      this.timer = setTimeout(() => this.fetch(number), STILL);
    }
  }

  /** What is known of these pictures is old, and what is on its way may be: they were changed. */
  forget(numbers) {
    this.era += 1;
    for (const number of numbers) this.known.delete(number);
    if (this.wanted && !this.known.has(this.wanted)) this.show(this.wanted);
  }

  async fetch(number) {
    const { era } = this;
    let words;
    try {
      const answer = await fetch(this.address.replace("/0/", `/${number}/`), { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      words = await answer.text();
    } catch {
      if (this.wanted === number && era === this.era) this.put(make("p", { class: "empty small" }, say("wall_look_failed")));
      return;
    }
    if (era !== this.era) return;
    // Made by the server, with all words escaped.
    const made = make("template");
    made.innerHTML = words;
    const article = made.content.querySelector("article");
    if (this.known.size >= KEPT) this.known.delete(this.known.keys().next().value);
    this.known.set(number, article);
    if (this.wanted === number) this.put(article);
  }

  put(element) {
    delete this.place.dataset.waits;
    this.place.replaceChildren(element);
    this.place.scrollTop = 0;
  }
}
