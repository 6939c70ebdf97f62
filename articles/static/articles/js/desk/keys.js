// Single letters: they act only while nobody types. `<single-keys>` follows links that name a key; `<list-keys>` walks
// the rows of a list: J and K move, Enter opens, X selects.

const typing = (event) =>
  event.ctrlKey || event.metaKey || event.altKey || event.isComposing ||
  event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable]");

customElements.define("single-keys", class extends HTMLElement {
  connectedCallback() {
    this.listener = (event) => {
      if (typing(event)) return;
      const link = this.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (link) { event.preventDefault(); link.click(); }
    };
    document.addEventListener("keydown", this.listener);
  }
  disconnectedCallback() { document.removeEventListener("keydown", this.listener); }
});

customElements.define("list-keys", class extends HTMLElement {
  connectedCallback() {
    this.listener = (event) => {
      if (typing(event)) return;
      const key = event.key.toLowerCase();
      if (key === "j") this.move(1);
      else if (key === "k") this.move(-1);
      else if (key === "x") this.row?.querySelector("input.action-select")?.click();
      else if (key === "enter" && this.row && !event.target.closest?.("a, button")) this.row.querySelector("th a")?.click();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", this.listener);
  }
  disconnectedCallback() { document.removeEventListener("keydown", this.listener); }
  get row() { return this.querySelector("tr[data-on]"); }
  move(step) {
    const rows = [...this.querySelectorAll("tbody tr")];
    const next = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(this.row) + step))];
    this.row?.removeAttribute("data-on");
    next?.setAttribute("data-on", "");
    // The link has the focus, so that a screen reader says where one is, and Enter opens it by itself.
    next?.querySelector("th a")?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  }
});
