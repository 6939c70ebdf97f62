// The buttons of the bar when the story's status changed, by a save here or by a colleague: the server's own template, put
// in the place of the old ones.
const find = (form, part) => form.querySelector(`.bar [data-part="${part}"]`);

export class Moves {
  constructor(form, saving) {
    Object.assign(this, { form, saving, bar: form.querySelector(".bar"), menu: find(form, "more") });
    this.pop = this.menu.closest("[popover]");
    saving.addEventListener("answer", ({ detail }) => {
      if (detail.bar) this.waiting = detail.bar;
      this.put();
    });
    this.pop.addEventListener("toggle", () => this.put());
  }

  put() {
    // Not under the hand of somebody who is choosing, or writing why.
    if (!this.waiting || this.pop.matches(":popover-open")) return;
    const { parts, digest } = this.waiting;
    this.waiting = null;
    const written = [...this.menu.querySelectorAll("textarea")].map((field) => [field.name, field.value]);
    const isFocused = document.activeElement?.matches('.bar > [data-kind="go"]');
    this.menu.innerHTML = parts.more;
    for (const [name, value] of written) {
      const field = this.menu.querySelector(`[name="${name}"]`);
      if (field) field.value = value;
    }
    for (const part of ["live", "next"]) {
      const mark = find(this.form, part);
      while (mark.nextSibling && mark.nextSibling.nodeName !== "TEMPLATE") mark.nextSibling.remove();
      mark.insertAdjacentHTML("afterend", parts[part]);
    }
    if (isFocused) this.bar.querySelector('[data-kind="go"]')?.focus();
    // As when the page was opened: what has just been published can be published again once it is changed.
    for (const button of this.bar.querySelectorAll("[data-once-changed]")) button.hidden = this.saving.isClean;
    this.bar.dataset.digest = digest;
  }
}
