// `<crop-desk>` round the crop screen: frames and the focal point are dragged, or moved by arrows; the form's numbers
// are what counts, and every shape is drawn from them at once. Without this script the same numbers are typed.

const WHOLE = 1000; // thousandths of the picture, as they are stored
const LEAST = 20;
const SVG = "http://www.w3.org/2000/svg";
const RATIOS = { original: null, "3:2": 3 / 2, "1:1": 1, "16:9": 16 / 9, "4:5": 4 / 5 };
const CORNERS = [[0, 0], [1, 0], [0, 1], [1, 1]];

const clamp = (value, least, most) => Math.max(least, Math.min(most, value));
const put = (text, words) => text.replace(/\{(\w+)\}/g, (whole, key) => words[key] ?? whole);
const percent = (thousandths) => String(Math.round(thousandths) / 10);

customElements.define("crop-desk", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.stage = this.querySelector(".stage svg");
    this.point = this.querySelector(".point");
    this.aspect = Number(this.dataset.width) / Number(this.dataset.height);
    this.high = WHOLE / this.aspect; // of the stage, whose width is WHOLE
    this.shapes = [...this.querySelectorAll("fieldset[data-shape]")].map((set) => set.dataset.shape);
    this.handles = CORNERS.map(() => this.querySelector(".handles").appendChild(document.createElementNS(SVG, "circle")));
    this.handles.forEach((handle, corner) => {
      this.drag(handle, (x, y, from) => this.resize(from, corner, x, y));
    });
    this.setAttribute("data-script", "");
    // A story's own crop has no point: the library's counts.
    if (this.point) this.drag(this.point, (x, y) => this.setFocal(x, y));
    for (const frame of this.querySelectorAll("rect.frame")) {
      this.drag(frame, (x, y, from, startX, startY) => this.move(from, x - startX, y - startY));
      frame.addEventListener("keydown", (event) => this.onFrameKey(event));
    }
    this.point?.addEventListener("keydown", (event) => this.onPointKey(event));
    for (const figure of this.querySelectorAll(".shapes figure")) figure.addEventListener("click", () => this.choose(figure.dataset.shape));
    this.form.addEventListener("input", (event) => this.onInput(event));
    this.form.addEventListener("reset", () => setTimeout(() => { this.status(""); this.draw(); }));
    this.form.addEventListener("submit", () => { this.changed = false; });
    this.listener = (event) => this.onKey(event);
    document.addEventListener("keydown", this.listener);
    this.leaving = (event) => { if (this.changed) event.preventDefault(); };
    addEventListener("beforeunload", this.leaving);
    this.draw();
    this.sized = new ResizeObserver(() => this.draw());
    this.sized.observe(this.stage);
  }

  disconnectedCallback() {
    this.sized.disconnect();
    document.removeEventListener("keydown", this.listener);
    removeEventListener("beforeunload", this.leaving);
  }

  // -- What the form says

  get shape() { return this.form.elements.shape?.value || this.shapes[0]; }
  field(shape, part) { return this.form.elements[`${shape.replace(":", "-")}-${part}`]; }
  number(input, otherwise) {
    const value = Number.parseFloat(input?.value);
    return Number.isFinite(value) ? Math.round(value * 10) : otherwise;
  }
  get focal() {
    const { elements } = this.form;
    return [this.number(elements["focal-x"], WHOLE / 2), this.number(elements["focal-y"], WHOLE / 2)];
  }

  /** How high a frame of a shape is that is so wide, both in thousandths of the picture. */
  heightOf(shape, width) { return width * this.aspect / RATIOS[shape]; }

  /** The frame a shape shows now: x, y, width, height in thousandths. */
  frame(shape) {
    if (this.field(shape, "own").checked) {
      const [x, y, width] = ["x", "y", "width"].map((part, place) => this.number(this.field(shape, part), place < 2 ? 0 : WHOLE));
      const height = RATIOS[shape] ? this.heightOf(shape, width) : this.number(this.field(shape, "height"), WHOLE);
      return this.inside(shape, [x, y, width, height]);
    }
    const original = shape !== "original" && this.field("original", "own")?.checked ? this.frame("original") : [0, 0, WHOLE, WHOLE];
    if (!RATIOS[shape]) return original;
    const wide = Math.min(original[2], original[3] * RATIOS[shape] / this.aspect);
    const high = this.heightOf(shape, wide);
    const [across, down] = this.focal;
    return [
      clamp(across - wide / 2, original[0], original[0] + original[2] - wide),
      clamp(down - high / 2, original[1], original[1] + original[3] - high), wide, high,
    ];
  }

  inside(shape, [x, y, width, height]) {
    width = clamp(width, LEAST, WHOLE);
    if (RATIOS[shape]) {
      width = Math.min(width, WHOLE * RATIOS[shape] / this.aspect);
      height = this.heightOf(shape, width);
    }
    height = clamp(height, 1, WHOLE);
    return [clamp(x, 0, WHOLE - width), clamp(y, 0, WHOLE - height), width, height];
  }

  set(shape, frame) {
    const kept = this.inside(shape, frame);
    this.field(shape, "own").checked = true;
    ["x", "y", "width", "height"].forEach((part, place) => {
      const input = this.field(shape, part);
      if (input) input.value = percent(kept[place]);
    });
    this.status(put(this.dataset.moved, { shape: this.label(shape) }));
    this.draw();
  }

  setFocal(x, y) {
    const { elements } = this.form;
    if (!elements["focal-x"]) return;
    elements["focal-x"].value = percent(clamp(x, 0, WHOLE));
    elements["focal-y"].value = percent(clamp(y, 0, WHOLE));
    this.status(this.dataset.point);
    this.draw();
  }

  label(shape) { return this.querySelector(`fieldset[data-shape="${shape}"] legend`).textContent.trim(); }

  // -- What is done

  move([x, y, width, height], across, down) { this.set(this.shape, [x + across, y + down, width, height]); }

  /** Draw a corner to a place; the one across from it stays. */
  resize([x, y, width, height], corner, toX, toY) {
    const [right, bottom] = CORNERS[corner];
    const [fixedX, fixedY] = [right ? x : x + width, bottom ? y : y + height];
    const room = [right ? WHOLE - fixedX : fixedX, bottom ? WHOLE - fixedY : fixedY];
    let wide = clamp(Math.abs(toX - fixedX), LEAST, room[0]);
    let high = clamp(Math.abs(toY - fixedY), LEAST, room[1]);
    if (RATIOS[this.shape]) {
      wide = Math.min(wide, room[1] * RATIOS[this.shape] / this.aspect);
      high = this.heightOf(this.shape, wide);
    }
    this.set(this.shape, [right ? fixedX : fixedX - wide, bottom ? fixedY : fixedY - high, wide, high]);
  }

  scale([x, y, width, height], step) {
    const wide = clamp(width + step, LEAST, WHOLE);
    const high = RATIOS[this.shape] ? this.heightOf(this.shape, wide) : clamp(height + step, LEAST, WHOLE);
    this.set(this.shape, [x - (wide - width) / 2, y - (high - height) / 2, wide, high]);
  }

  choose(shape) {
    const radio = [...this.querySelectorAll("[name=shape]")].find((one) => one.value === shape);
    if (!radio) return;
    radio.checked = true;
    this.draw();
  }

  /** Call `act` with where the pointer is (thousandths), the frame it began with and where it began. */
  drag(handle, act) {
    handle.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      handle.focus?.();
      handle.setPointerCapture(event.pointerId);
      const from = this.frame(this.shape);
      const start = this.place(event);
      const onMove = (moved) => act(...this.place(moved), from, ...start);
      const onEnd = () => handle.removeEventListener("pointermove", onMove);
      handle.addEventListener("pointermove", onMove);
      handle.addEventListener("pointerup", onEnd, { once: true });
      handle.addEventListener("pointercancel", onEnd, { once: true });
    });
  }

  place(event) {
    const box = this.stage.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width * WHOLE, (event.clientY - box.top) / box.height * WHOLE];
  }

  arrow(event) {
    const step = event.shiftKey ? 100 : 10;
    return { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  }

  onFrameKey(event) {
    const by = this.arrow(event);
    const larger = { "+": 20, "=": 20, "-": -20 }[event.key];
    if (!by && !larger) return;
    event.preventDefault();
    by ? this.move(this.frame(this.shape), ...by) : this.scale(this.frame(this.shape), larger);
  }

  onPointKey(event) {
    const by = this.arrow(event);
    if (!by) return;
    event.preventDefault();
    const [x, y] = this.focal;
    this.setFocal(x + by[0], y + by[1]);
  }

  onKey(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      this.form.querySelector("[value=save]").click();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=radio]), select, textarea")) return;
    const shape = this.shapes[Number(event.key) - 1];
    if (shape) this.choose(shape);
  }

  onInput(event) {
    if (event.target.name !== "shape") this.status(event.target.name.startsWith("focal") ? this.dataset.point : put(this.dataset.moved, { shape: this.label(event.target.closest("fieldset").dataset.shape) }));
    this.draw();
  }

  status(words) {
    const line = this.querySelector(".saved");
    line.textContent = words;
    line.hidden = !words;
    this.changed = Boolean(words);
  }

  // -- What is seen

  draw() {
    const down = this.high / WHOLE;
    // What is grabbed is as large under the finger however small the picture is shown.
    const dot = WHOLE / (this.stage.clientWidth || WHOLE);
    for (const handle of this.handles) handle.setAttribute("r", 11 * dot);
    this.point?.firstElementChild.setAttribute("r", 16 * dot);
    this.point?.lastElementChild.setAttribute("r", 3 * dot);
    for (const shape of this.shapes) {
      const crop = this.frame(shape);
      const [x, y, width, height] = [crop[0], crop[1] * down, crop[2], crop[3] * down];
      const group = this.querySelector(`.framing[data-shape="${shape}"]`);
      group.querySelector(".shade").setAttribute("d", `M0 0h${WHOLE}v${this.high}H0zM${x} ${y}h${width}v${height}h${-width}z`);
      const rect = group.querySelector("rect");
      Object.entries({ x, y, width, height }).forEach(([name, value]) => rect.setAttribute(name, value));
      rect.setAttribute("aria-valuenow", percent(crop[0]));
      rect.setAttribute("aria-valuetext", put(this.dataset.wide, { shape: this.label(shape), x: percent(crop[0]), y: percent(crop[1]), width: percent(crop[2]) }));
      const figure = this.querySelector(`.shapes figure[data-shape="${shape}"]`);
      figure.querySelector("svg").setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
      figure.toggleAttribute("data-on", shape === this.shape);
      const note = this.querySelector(`fieldset[data-shape="${shape}"] .small-frame`);
      const pixels = Math.round(crop[2] / WHOLE * Number(this.dataset.width));
      note.hidden = pixels >= Number(note.dataset.likes);
      note.querySelector("b").textContent = pixels;
      if (shape === this.shape) this.handles.forEach((handle, corner) => {
        handle.setAttribute("cx", x + CORNERS[corner][0] * width);
        handle.setAttribute("cy", y + CORNERS[corner][1] * height);
      });
      if (!this.field(shape, "own").checked) ["x", "y", "width", "height"].forEach((part, place) => {
        const input = this.field(shape, part);
        if (input && input !== document.activeElement) input.value = percent(crop[place]);
      });
    }
    for (const one of this.querySelectorAll("fieldset[data-shape]")) one.hidden = one.dataset.shape !== this.shape;
    for (const one of this.querySelectorAll(".framing")) one.toggleAttribute("data-on", one.dataset.shape === this.shape);
    if (!this.point) return;
    const [across, below] = this.focal;
    this.point.setAttribute("transform", `translate(${across} ${below * down})`);
    this.point.setAttribute("aria-valuenow", percent(across));
    this.point.setAttribute("aria-valuetext", put(this.dataset.at, { x: percent(across), y: percent(below) }));
  }
});
