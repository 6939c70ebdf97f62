// The preview beside the text, on a wide screen: the page as readers would see it, made anew after every save. Two frames
// take turns, so that the one that is read never goes blank and keeps its place.
import { make, say } from "desk/words";

const KEPT = "desk:look"; // in this browser's memory: whether it is open
const GIVEN_UP = 20000; // milliseconds after which a page that does not come is tried again with the next save
const PATIENCE = 1500; // milliseconds that the pictures in view may take before the new page is shown without them

export class Look {
  constructor(form, saving) {
    Object.assign(this, { form, saving, version: 0, isLoading: false });
    this.button = form.querySelector("[data-look]");
    if (!this.button) return;
    this.place = make("section", { class: "beside", "aria-label": say("look"), hidden: true });
    form.querySelector(".desk").after(this.place);
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.toggle());
    saving.addEventListener("answer", () => this.follow());
    // Where there is no room for it, it is not there: the style sheet knows, and says so by what it shows.
    addEventListener("resize", () => this.follow());
    if (localStorage.getItem(KEPT)) this.open();
  }

  get isOpen() {
    return !this.place.hidden;
  }

  get isSeen() {
    return this.isOpen && this.place.checkVisibility();
  }

  get address() {
    return `${this.form.dataset.stories}${this.saving.number}/preview/page/`;
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  open() {
    localStorage.setItem(KEPT, "1");
    this.place.hidden = false;
    this.form.toggleAttribute("data-beside", true);
    this.button.setAttribute("aria-pressed", "true");
    if (!this.saving.number) this.place.replaceChildren(make("p", { class: "empty" }, say("look_later")));
    this.follow();
  }

  close() {
    localStorage.removeItem(KEPT);
    this.place.hidden = true;
    this.place.replaceChildren();
    this.frame = null;
    this.version = 0;
    this.form.toggleAttribute("data-beside", false);
    this.button.setAttribute("aria-pressed", "false");
  }

  /** Show the story as it is saved, where that is not what is shown; one page is made at a time. */
  async follow() {
    const { version } = this.saving.intake.base;
    if (!this.saving.number || this.isLoading || version === this.version || !this.isSeen) return;
    this.isLoading = true;
    try {
      await this.load(version);
    } finally {
      this.isLoading = false;
    }
    this.follow();
  }

  async load(version) {
    const next = make("iframe", { title: say("look"), "data-next": true });
    const arrived = new Promise((done) => {
      next.addEventListener("load", done, { once: true });
      setTimeout(done, GIVEN_UP);
    });
    next.src = this.address;
    this.place.append(next);
    await arrived;
    if (!next.isConnected) return;
    this.version = version;
    const page = next.contentDocument;
    // Not the story (signed out, not allowed any more): the last page stays.
    if (!page?.querySelector("main")) return next.remove();
    const at = this.frame?.contentWindow.scrollY ?? 0;
    next.contentWindow.scrollTo({ top: at, behavior: "instant" });
    await pictures(page);
    if (!next.isConnected) return;
    // Somebody may have gone on reading the old one meanwhile.
    const now = this.frame?.contentWindow.scrollY ?? at;
    if (now !== at) next.contentWindow.scrollTo({ top: now, behavior: "instant" });
    page.addEventListener("click", (event) => this.onClick(event));
    page.addEventListener("keydown", (event) => this.onKey(event));
    next.removeAttribute("data-next");
    next.dataset.version = version;
    this.frame?.remove();
    this.frame = next;
    this.place.querySelector(".empty")?.remove();
  }

  /** Other pages are not for this frame. */
  onClick(event) {
    const link = event.target.closest("a[href]");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    open(link.href, "_blank", "noopener");
  }

  onKey(event) {
    if (event.key !== "F9" && event.key !== "F6" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "F9" && event.shiftKey) this.close();
    this.saving.surface.editor.view.focus();
  }
}

/** Resolves when the pictures in view are there, or have taken too long. */
function pictures(page) {
  const height = page.defaultView.innerHeight;
  const seen = [...page.images].filter((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return bottom > 0 && top < height;
  });
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  return Promise.race([Promise.allSettled(seen.map((one) => one.decode())), late]);
}
