// What is done with the chosen pictures, sent to the wall's door (articles/admin/wall_deeds.py): one after the other, in
// portions, so that turning forty pictures shows how far it has come, and a dropped line loses nothing but the rest.
import { counted, say } from "desk/words";

const PORTION = 100; // pictures a request; a turn is made picture by picture
const TURNS = ["left", "right"];

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

export class Deeds extends EventTarget {
  constructor(form) {
    super();
    this.form = form;
    this.queue = Promise.resolve();
  }

  /** Do `deed` ("pick", "collect:<uuid>", …) with the pictures of these numbers; asked while another is under way, it
   * waits for its turn. `name` is a new collection's. */
  ask(deed, numbers, name = "") {
    const done = this.queue.then(() => this.run(deed, numbers, name));
    this.queue = done.catch(() => {});
    return done;
  }

  async run(deed, numbers, name) {
    const size = TURNS.includes(deed) ? 1 : PORTION;
    const said = [];
    let count = 0;
    let gone = 0;
    let words = [];
    let link = null;
    for (let at = 0; at < numbers.length; at += size) {
      const part = numbers.slice(at, at + size);
      if (numbers.length > size) this.tell("going", { words: say("wall_going", { done: at, count: numbers.length }) });
      const came = await this.send(deed, part, name, count);
      if (came.sentence) {
        this.tell("done", { words: [...new Set([...said, came.sentence])], isBad: true });
        return false;
      }
      count += came.count;
      said.push(...came.refused);
      gone += came.gone.length;
      this.tell("tiles", came);
      words = came.said ? [came.said] : [];
      link = came.link;
    }
    if (gone) words.push(counted("wall_gone_one", "wall_gone", gone));
    this.tell("done", { words: [...words, ...new Set(said)], isBad: said.length > 0, link });
    return true;
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** What the door answered, or `{sentence}` that says why nothing was done. */
  async send(deed, numbers, name, before) {
    const body = new FormData();
    body.append("do", deed);
    body.append("photos", numbers.join(","));
    body.append("name", name);
    body.append("before", before);
    body.append("csrfmiddlewaretoken", token()); // signing in again changed it
    let answer;
    try {
      answer = await fetch(this.form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
    } catch {
      return { sentence: say("wall_no_line") };
    }
    const isOurs = !answer.redirected && answer.headers.get("Content-Type")?.includes("json");
    const told = isOurs ? await answer.json().catch(() => ({})) : {};
    if (told.tiles) return told;
    if (told.refused) return { sentence: told.refused };
    return { sentence: say(answer.redirected || answer.status === 403 ? "wall_signed_out" : "wall_refused") };
  }
}
