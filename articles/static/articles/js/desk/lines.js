// Sub-headlines: a line each, with buttons to add, remove and move one. Without this script there is one empty line more
// than is filled, and that is enough to write with.
import { icon, make, say } from "desk/words";

class DeskLines extends HTMLElement {
  connectedCallback() {
    this.adder = this.querySelector(".add");
    if (!this.adder) return;
    this.blank = this.querySelector("[data-empty]");
    this.blank.remove();
    this.adder.hidden = false;
    this.adder.addEventListener("click", () => this.add().focus());
    for (const line of this.lines) this.dress(line);
    this.addEventListener("keydown", (event) => this.onKey(event));
  }

  get lines() {
    return [...this.querySelectorAll(".sub-line")];
  }

  add(after = null) {
    const line = this.blank.cloneNode(true);
    line.removeAttribute("data-empty");
    const before = after ?? this.lines.at(-1);
    if (before) before.after(line);
    else this.prepend(line);
    this.dress(line);
    this.changed();
    return line.querySelector("textarea");
  }

  dress(line) {
    const button = (name, sign, act) => {
      const made = make("button", { type: "button", class: "btn", "data-kind": "quiet", "data-icon": true }, icon(sign));
      made.setAttribute("aria-label", say(name, { name: this.dataset.label }));
      made.title = made.getAttribute("aria-label");
      made.addEventListener("click", act);
      return made;
    };
    line.append(make("span", { class: "line-tools" },
      button("earlier", "higher", () => this.move(line, -1)),
      button("later", "lower", () => this.move(line, 1)),
      button("remove", "cross", () => this.takeOut(line))));
  }

  takeOut(line) {
    const next = this.lines[this.lines.indexOf(line) - 1] ?? this.lines[1];
    line.remove();
    (next?.querySelector("textarea") ?? this.adder).focus();
    this.changed();
  }

  move(line, step) {
    const other = this.lines[this.lines.indexOf(line) + step];
    if (!other) return;
    step < 0 ? other.before(line) : other.after(line);
    line.querySelector("textarea").focus();
    this.changed();
  }

  /** Put in what others wrote: lines that stay keep their place in the page, and with it the cursor. */
  put(values) {
    const lines = this.lines;
    lines.slice(values.length).forEach((line) => line.remove());
    values.forEach((value, place) => {
      const field = lines[place]?.querySelector("textarea") ?? this.add();
      if (field.value !== value) field.value = value;
    });
  }

  onKey(event) {
    const line = event.target.closest("textarea") && event.target.closest(".sub-line");
    if (!line) return;
    if (event.key === "Enter" && !event.ctrlKey) this.add(line).focus();
    else if (event.key === "Backspace" && !event.target.value) this.takeOut(line);
    else if (event.altKey && event.key === "ArrowUp") this.move(line, -1);
    else if (event.altKey && event.key === "ArrowDown") this.move(line, 1);
    else return;
    event.preventDefault();
  }

  changed() {
    this.dispatchEvent(new CustomEvent("desk:change", { bubbles: true }));
  }
}

customElements.define("desk-lines", DeskLines);
