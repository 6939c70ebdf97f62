// <change-walk>: from one change to the next, by its buttons and by N and B, while nobody types.
const CHANGES = ".diff .change, .diff .sheet > .fieldrow, .diff .sheet > .head:has(ins, del)";

const typing = (event) =>
  event.ctrlKey || event.metaKey || event.altKey || event.isComposing ||
  event.target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

customElements.define("change-walk", class extends HTMLElement {
  connectedCallback() {
    this.at = -1;
    this.changes = [...document.querySelectorAll(CHANGES)];
    this.hidden = !this.changes.length;
    this.addEventListener("click", (event) => this.step(Number(event.target.closest("button")?.dataset.step ?? 0)));
    this.listener = (event) => {
      const step = { n: 1, b: -1 }[event.key.toLowerCase()];
      if (!step || typing(event)) return;
      event.preventDefault();
      this.step(step);
    };
    document.addEventListener("keydown", this.listener);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listener);
  }

  /** Go on from the change one is at: it has the focus, so that its buttons come next and a screen reader reads it. */
  step(by) {
    if (!by || !this.changes.length) return;
    const here = this.changes.indexOf(document.activeElement?.closest(CHANGES));
    const from = here >= 0 ? here : this.at;
    const count = this.changes.length;
    this.at = from < 0 && by < 0 ? count - 1 : (from + by + count) % count;
    const change = this.changes[this.at];
    change.tabIndex = -1;
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: "center" });
    const number = (value) => value.toLocaleString(document.documentElement.lang);
    this.querySelector("[role=status]").textContent = this.dataset.of.replace("{at}", number(this.at + 1)).replace("{count}", number(count));
  }
});
