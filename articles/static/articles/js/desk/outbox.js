// The outbox: what is typed and not yet answered for, in the browser's own storage. It outlives the tab, the browser and
// the line. Each tab sends its own; what a tab that is gone left behind is sent by the next one.

const NAME = "newsroom-desk";
const STALE = 60000; // milliseconds after which a tab counts as gone, where the browser has no locks to tell

let opening = null;

function open() {
  opening ??= new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("unsent", { keyPath: "save" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  return opening;
}

async function act(mode, work) {
  const store = (await open()).transaction("unsent", mode).objectStore("unsent");
  return new Promise((done, fail) => {
    const request = work(store);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

export class Outbox {
  /** `tab` names this tab, `user` who is signed in: nobody sends another's words. */
  constructor(tab, user) {
    Object.assign(this, { tab, user, turn: Promise.resolve(), works: true });
    navigator.locks?.request(`desk-${tab}`, () => new Promise(() => {})); // held until the tab is gone
  }

  // One after the other, so that nothing is taken out before it was put in.
  then(work) {
    this.turn = this.turn.then(work).catch(() => (this.works = false));
    return this.turn;
  }

  keep(letter) {
    return this.then(() => act("readwrite", (store) => store.put({ ...letter, tab: this.tab, user: this.user, at: Date.now() })));
  }

  drop(save) {
    return this.then(() => act("readwrite", (store) => store.delete(save)));
  }

  /** Put `parts` (change sets) in the place of a letter that is too large for one save. Gives their letters. */
  async divide(letter, parts) {
    const letters = parts.map((change, place) => ({ ...letter, change, number: letter.number + place / parts.length,
      save: place ? crypto.randomUUID() : letter.save }));
    await this.then(() => act("readwrite", (store) => letters.map((one) => store.put(one)).at(-1)));
    return letters;
  }

  /** What tabs that are gone left unsent, in the order it was written. */
  async left() {
    const all = (await this.then(() => act("readonly", (store) => store.getAll()))) || [];
    const own = all.filter((letter) => letter.user === this.user && letter.tab !== this.tab);
    // One question for each tab: asked twice at once, the second would find the lock held by the first.
    const newest = new Map([...own].sort((one, other) => one.at - other.at).map((letter) => [letter.tab, letter]));
    const gone = new Map(await Promise.all([...newest].map(async ([tab, letter]) => [tab, await isGone(letter)])));
    return own.filter((letter) => gone.get(letter.tab)).sort((one, other) => one.number - other.number || one.at - other.at);
  }
}

function isGone(letter) {
  if (!navigator.locks) return Date.now() - letter.at > STALE;
  return navigator.locks.request(`desk-${letter.tab}`, { ifAvailable: true }, (lock) => Boolean(lock));
}
