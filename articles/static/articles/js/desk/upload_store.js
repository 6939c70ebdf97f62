// Pictures that have not arrived yet, kept in the browser's own storage: they outlive the tab, the browser and the line.
// Each tab sends its own; what a tab that is gone left behind is taken over by the next one.

const NAME = "newsroom-uploads";
const STALE = 60000; // milliseconds after which a tab counts as gone, where the browser has no locks to tell

let opening = null;

function open() {
  opening ??= new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("waiting", { keyPath: "uuid" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  return opening;
}

/** Done once it is written: a storage that is full says so only at the end of the transaction. */
async function act(mode, work) {
  const transaction = (await open()).transaction("waiting", mode);
  const request = work(transaction.objectStore("waiting"));
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = transaction.onerror = () => fail(transaction.error ?? request.error);
  });
}

const alone = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());

export class UploadStore {
  /** `user` is who is signed in: nobody sends another's pictures. */
  constructor(user) {
    this.user = user;
    this.tab = crypto.randomUUID();
    this.awaited = new Set(); // tabs that are still there, and have pictures for this page
    navigator.locks?.request(`uploads-${this.tab}`, () => new Promise(() => {})); // held until the tab is gone
  }

  /** Keep one picture. Gives whether it is kept: a storage that is full, or closed to us, stops no upload. */
  async keep({ uuid, file, name, size, meant, number }) {
    const kept = { uuid, file, name, size, meant, number, user: this.user, tab: this.tab, at: Date.now() };
    try {
      await act("readwrite", (store) => store.put(kept));
      return true;
    } catch {
      return false;
    }
  }

  async drop(uuid) {
    await act("readwrite", (store) => store.delete(uuid)).catch(() => {});
  }

  /** Take over what tabs that are gone left behind and `isMine` wants, in the order it was chosen. Where a tab still
   * has some, `later` is called once it is gone: a reload is quicker than the end of the page before. */
  takeOver(isMine, later) {
    return alone("uploads-taken-over", async () => {
      const all = await act("readonly", (store) => store.getAll()).catch(() => []);
      const wanted = all.filter((one) => one.user === this.user && one.tab !== this.tab && isMine(one.meant));
      const gone = await tabsGone(wanted);
      const left = wanted.filter((one) => gone.has(one.tab));
      await Promise.all(left.map((one) => this.keep(one)));
      for (const tab of new Set(wanted.filter((one) => !left.includes(one)).map((one) => one.tab))) {
        if (this.awaited.has(tab)) continue;
        this.awaited.add(tab);
        navigator.locks?.request(`uploads-${tab}`, () => {}).then(later);
      }
      return left.sort((one, other) => one.at - other.at || one.number - other.number);
    });
  }
}

/** The tabs that are gone, of those that kept one of `kept`. Each is asked for once: asking holds its lock. */
async function tabsGone(kept) {
  const tabs = new Map(kept.map((one) => [one.tab, one.at]));
  const isGone = ([tab, at]) => {
    if (!navigator.locks) return Date.now() - at > STALE;
    return navigator.locks.request(`uploads-${tab}`, { ifAvailable: true }, (lock) => Boolean(lock));
  };
  const answers = await Promise.all([...tabs].map(isGone));
  return new Set([...tabs.keys()].filter((_tab, place) => answers[place]));
}
