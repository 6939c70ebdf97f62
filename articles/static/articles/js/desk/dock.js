// The toolbar beside the text: its buttons, the arrows between them, and which of them hold where the cursor is.
import { openBlockMenu } from "desk/handle";
import { askForLink } from "desk/link";
import { begin, insert, openMenu, openPictures } from "desk/menu";

const MARKS = ["bold", "italic"];
const NO_STATE = ["picture", "more", "block"]; // they open something

export class Dock {
  constructor(bar, editor) {
    Object.assign(this, { bar, editor });
    bar.hidden = false;
    this.buttons = [...bar.querySelectorAll("button[data-command]")];
    this.buttons.forEach((button, place) => (button.tabIndex = place ? -1 : 0));
    bar.addEventListener("mousedown", (event) => event.preventDefault()); // the chosen words stay chosen
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-command]");
      if (button) this.run(button.dataset.command);
    });
    bar.addEventListener("keydown", (event) => this.walk(event));
    editor.on("transaction", ({ transaction }) => {
      // Typing inside a block changes none of them but by marks, which a selection and stored marks tell of.
      if (transaction.selectionSet || transaction.docChanged || transaction.storedMarksSet) this.pressSoon();
    });
    this.press();
  }

  walk(event) {
    const isRtl = getComputedStyle(this.bar).direction === "rtl";
    const forwards = ["ArrowDown", isRtl ? "ArrowLeft" : "ArrowRight"];
    const backwards = ["ArrowUp", isRtl ? "ArrowRight" : "ArrowLeft"];
    const step = forwards.includes(event.key) ? 1 : backwards.includes(event.key) ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const next = this.buttons.at((this.buttons.indexOf(document.activeElement) + step) % this.buttons.length);
    for (const button of this.buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }

  run(command) {
    const { editor } = this;
    if (command === "link") {
      begin(editor);
      askForLink(editor);
    } else if (MARKS.includes(command)) begin(editor).toggleMark(command).run();
    else if (command === "picture") openPictures(editor);
    else if (command === "more") openMenu(editor);
    else if (command === "block") openBlockMenu(editor, this.bar.querySelector('[data-command="block"]'));
    else insert(editor, command);
  }

  /** Once a frame is enough: nobody reads buttons between two letters. */
  pressSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.press();
    });
  }

  press() {
    for (const button of this.buttons) {
      const name = button.dataset.command;
      if (NO_STATE.includes(name)) continue;
      const isOn = String(this.editor.isActive(name));
      if (button.getAttribute("aria-pressed") !== isOn) button.setAttribute("aria-pressed", isOn);
    }
  }
}
