// The store: what is typed into cells and not yet answered for, in the browser's own storage, by who typed it. It
// outlives the tab and the line; the next page that shows the cell sends it.

const PREFIX = "desk-cell";

export class CellStore {
  constructor(user) {
    this.start = `${PREFIX}:${user}:`;
    this.works = true;
  }

  /** Keep that the cell `name` ("12:caption:en") was `from` and is now `to`. */
  keep(name, from, to) {
    try {
      localStorage.setItem(this.start + name, JSON.stringify({ from, to }));
    } catch {
      this.works = false; // full, or forbidden: leaving the page asks first
    }
  }

  drop(name) {
    try {
      localStorage.removeItem(this.start + name);
    } catch {
      this.works = false;
    }
  }

  /** All that waits: `{name, from, to}` each. */
  all() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(this.start))
        .map((key) => ({ name: key.slice(this.start.length), ...JSON.parse(localStorage.getItem(key)) }));
    } catch {
      return [];
    }
  }
}
