// `<text-count data-aim="125">` round a field and its <output>: how long the text is, amber once it is over the aim.

customElements.define("text-count", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea, input");
    this.output = this.querySelector("output");
    this.field.addEventListener("input", () => this.count());
    this.count();
  }
  count() {
    const length = [...this.field.value.trim()].length;
    const aim = Number(this.dataset.aim);
    this.output.firstElementChild.textContent = `${length} / ${aim}`;
    if (length > aim) this.output.dataset.is = "long";
    else delete this.output.dataset.is;
  }
});
