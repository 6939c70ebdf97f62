// What is chosen on the wall: numbers of pictures, in the order they were chosen. Kept for this tab, so that it outlives a
// page, a filter and the way to another screen and back.
export class Chosen extends EventTarget {
  /** `user` is who is signed in: another who signs in here finds nothing chosen. `most` may be chosen at once. */
  constructor(user, most) {
    super();
    this.name = `wall-chosen:${user}`;
    this.most = most;
    this.read();
  }

  /** What this tab keeps, also as another page of it left it. */
  read() {
    this.numbers = new Set();
    try {
      for (const one of JSON.parse(sessionStorage.getItem(this.name) ?? "[]")) this.numbers.add(String(one));
    } catch {
      // nothing that could be read: nothing is chosen
    }
    this.dispatchEvent(new Event("change"));
  }

  has(number) {
    return this.numbers.has(number);
  }

  get size() {
    return this.numbers.size;
  }

  get all() {
    return [...this.numbers];
  }

  /** Choose `numbers`, or with `isOn` false none of them any more. Gives whether there was room for all. */
  put(numbers, isOn = true) {
    let left = 0;
    for (const number of numbers) {
      if (!isOn) this.numbers.delete(number);
      else if (this.numbers.size < this.most || this.numbers.has(number)) this.numbers.add(number);
      else left += 1;
    }
    this.keep();
    return left === 0;
  }

  clear() {
    this.numbers.clear();
    this.keep();
  }

  keep() {
    try {
      sessionStorage.setItem(this.name, JSON.stringify(this.all));
    } catch {
      // a browser that keeps nothing: the choice holds for this page
    }
    this.dispatchEvent(new Event("change"));
  }
}
