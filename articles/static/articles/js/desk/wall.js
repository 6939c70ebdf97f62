// `<photo-wall>`: the photo desk by keyboard and by mouse. One walks from picture to picture, chooses some, and acts on
// those that are chosen, or on the one where one stands. Without this script the wall is a form that posts.
import "desk/upload";
import { Chosen } from "desk/wall_chosen";
import { Deeds } from "desk/wall_deeds";
import { keyAct } from "desk/wall_keys";
import { Look } from "desk/wall_look";
import { StorySheet } from "desk/wall_story";
import { counted, keyOf, make, say } from "desk/words";

const COMING = "wall-coming"; // on which end of the next page to stand
const STOOD = "wall-stood"; // the picture one stood on, for the way back from its page or its captions
const FROM_ONE = /\/photo\/(captions|[0-9]+)\//;
const YEAR = 31536000; // seconds
const SIZES = ["small", "medium", "large"];

const typing = (event) =>
  event.isComposing || event.target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

customElements.define("photo-wall", class extends HTMLElement {
  connectedCallback() {
    this.grid = this.querySelector(".grid");
    this.form = this.querySelector("#acts");
    this.chosen = new Chosen(this.dataset.user, Number(this.dataset.most));
    this.look = new Look(this.querySelector(".look"), this.dataset.look);
    this.abort = new AbortController();
    this.index = 0;
    this.listen();
    this.chosen.addEventListener("change", () => this.show());
    this.watcher = new MutationObserver(() => this.dress());
    this.watcher.observe(this.grid, { childList: true });
    this.dress();
    this.arrive();
    this.dataset.works = "";
  }

  disconnectedCallback() {
    this.abort.abort();
    this.watcher.disconnect();
  }

  listen() {
    const { signal } = this.abort;
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.grid.addEventListener("focusin", (event) => this.stand(event.target.closest(".tile[data-photo]")), { signal });
    this.grid.addEventListener("pointerdown", (event) => (this.isShift = event.shiftKey), { signal });
    this.grid.addEventListener("click", (event) => this.onClick(event), { signal });
    this.grid.addEventListener("dblclick", (event) => event.target.closest(".tile a") && this.open(), { signal });
    this.grid.addEventListener("change", (event) => this.onTick(event), { signal });
    this.addEventListener("change", (event) => this.onLook(event.target), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.chosen.read(), { signal });
    if (!this.form) return;
    this.deeds = new Deeds(this.form);
    this.deeds.addEventListener("tiles", (event) => this.onTiles(event.detail), { signal });
    for (const name of ["going", "done"]) this.deeds.addEventListener(name, (event) => this.say(event.detail.words, event.detail.isBad, event.detail.link), { signal });
    const sheet = this.querySelector("#into-story");
    if (sheet) this.sheet = new StorySheet(sheet, (deed, words) => this.act(deed, words), signal);
    this.form.addEventListener("submit", (event) => this.onSubmit(event), { signal });
    this.form.addEventListener("reset", () => this.clear(), { signal });
    this.form.querySelector("#collections")?.addEventListener("toggle", (event) => event.newState === "open" && this.form.elements.name.focus(), { signal });
  }

  get tiles() {
    return [...this.grid.querySelectorAll(".tile[data-photo]")];
  }

  /** The numbers a key or a button acts on: those that are chosen, else the picture one stands on. */
  get meant() {
    return this.chosen.size ? this.chosen.all : this.at ? [this.at.dataset.photo] : [];
  }

  // -- Where one stands

  /** Tiles come and go while pictures are uploaded and changed: one of them can be reached by Tab, the others by arrows. */
  dress() {
    const { tiles } = this;
    if (!this.at?.isConnected) {
      const number = this.at?.dataset.photo;
      this.at = tiles.find((tile) => tile.dataset.photo === number) ?? (number ? tiles[Math.min(this.index, tiles.length - 1)] : null) ?? null;
    }
    const first = this.at ?? tiles[0];
    for (const tile of tiles) {
      const reach = tile === first ? "0" : "-1";
      tile.querySelector("a").setAttribute("tabindex", reach);
      tile.querySelector(".choose input").setAttribute("tabindex", reach);
      tile.toggleAttribute("data-on", tile === this.at);
    }
    this.show();
  }

  stand(tile) {
    if (!tile || tile === this.at) return;
    this.at = tile;
    this.index = this.tiles.indexOf(tile);
    sessionStorage.setItem(STOOD, tile.dataset.photo);
    this.dress();
    this.look.show(tile.dataset.photo);
  }

  /** Go to a tile: it has the focus, so that a screen reader says where one is and Enter opens it. */
  go(tile) {
    this.stand(tile);
    tile.querySelector("a").focus({ preventScroll: true });
    tile.scrollIntoView({ block: "nearest" });
  }

  /** On a page one walked to: at the end one came from. Back from a picture: on that picture. */
  arrive() {
    const coming = sessionStorage.getItem(COMING);
    sessionStorage.removeItem(COMING);
    const ends = { first: this.tiles[0], last: this.tiles.at(-1) };
    const stood = FROM_ONE.test(document.referrer) ? sessionStorage.getItem(STOOD) : null;
    const tile = ends[coming] ?? this.tiles.find((each) => each.dataset.photo === stood);
    if (tile && location.hash !== "#upload") this.go(tile);
  }

  walk(step, isExtending) {
    const { tiles } = this;
    const from = tiles.indexOf(this.at);
    if (from < 0) return tiles.length && this.go(tiles[0]);
    const to = from + step;
    if (to < 0 || to >= tiles.length) {
      // One step over the edge turns the page; a row too far goes to the last there is.
      if (Math.abs(step) === 1 && !isExtending) return this.turnPage(step);
      if (from === (step > 0 ? tiles.length - 1 : 0)) return undefined;
    }
    const next = tiles[Math.max(0, Math.min(tiles.length - 1, to))];
    if (isExtending) this.extend(next);
    else this.anchor = null;
    return this.go(next);
  }

  turnPage(step) {
    const link = this.querySelector(`.pager a[rel=${step > 0 ? "next" : "prev"}]`);
    if (!link) return;
    sessionStorage.setItem(COMING, step > 0 ? "first" : "last");
    link.click();
  }

  /** How many tiles stand in a row. */
  get columns() {
    const { tiles } = this;
    const next = tiles.findIndex((tile) => tile.offsetTop > tiles[0].offsetTop);
    return next < 0 ? Math.max(1, tiles.length) : next;
  }

  // -- What is chosen

  /** Choose all between where it began and `tile`; what was chosen on the way before and is no longer between is let go. */
  extend(tile) {
    const { tiles } = this;
    this.anchor = this.anchor?.isConnected ? this.anchor : this.at ?? tile;
    const between = (one, other) => {
      const [first, last] = [tiles.indexOf(one), tiles.indexOf(other)].sort((a, b) => a - b);
      return tiles.slice(first, last + 1).map((each) => each.dataset.photo);
    };
    const numbers = between(this.anchor, tile);
    const before = this.reach?.isConnected && this.reachFrom === this.anchor ? between(this.anchor, this.reach) : [];
    this.chosen.put(before.filter((number) => !numbers.includes(number)), false);
    this.choose(numbers);
    Object.assign(this, { reach: tile, reachFrom: this.anchor });
  }

  choose(numbers, isOn = true) {
    if (!this.chosen.put(numbers, isOn)) this.say([say("wall_most", { most: this.dataset.most })], true);
  }

  toggle(tile) {
    if (!tile) return;
    this.anchor = tile;
    this.reach = null;
    this.choose([tile.dataset.photo], !this.chosen.has(tile.dataset.photo));
  }

  clear() {
    Object.assign(this, { anchor: null, reach: null });
    this.say([]);
    this.chosen.clear();
  }

  /** Ticks and bar as the choice is now. */
  show() {
    const here = new Set();
    for (const tile of this.tiles) {
      const isOn = this.chosen.has(tile.dataset.photo);
      if (isOn) here.add(tile.dataset.photo);
      tile.querySelector(".choose input").checked = isOn;
    }
    if (!this.form) return;
    const count = this.chosen.size;
    const away = count - here.size;
    this.form.toggleAttribute("data-any", count > 0);
    const number = (value) => value.toLocaleString(document.documentElement.lang);
    let words = counted("wall_chosen_one", "wall_chosen", count);
    if (away === count) words = counted("wall_chosen_one_away", "wall_chosen_all_away", count);
    else if (away) words = say("wall_chosen_away", { count: number(count), away: number(away) });
    this.form.querySelector("[data-chosen]").textContent = count ? words : "";
    this.form.querySelector("[data-act=captions]").href = this.captionsOf(this.chosen.all);
  }

  captionsOf(numbers) {
    const back = this.dataset.query ? `&wall=${encodeURIComponent(this.dataset.query)}` : "";
    return `${this.dataset.captions}?photos=${numbers.join(",")}${back}`;
  }

  // -- What is done

  act(deed, name = "") {
    const numbers = this.meant;
    if (!this.deeds) return;
    if (!numbers.length) {
      this.say([say("wall_nothing")], true);
      return;
    }
    for (const tile of this.tiles) tile.toggleAttribute("data-busy", numbers.includes(tile.dataset.photo));
    this.deeds.ask(deed, numbers, name).finally(() => {
      for (const tile of this.grid.querySelectorAll("[data-busy]")) tile.removeAttribute("data-busy");
    });
  }

  onSubmit(event) {
    event.preventDefault();
    const deed = event.submitter?.value ?? "";
    const popover = this.form.querySelector("#collections");
    if (popover?.matches(":popover-open")) popover.hidePopover();
    if (deed === "story") return this.chooseStory();
    this.act(deed, deed === "collect" ? this.form.elements.name.value : "");
    if (deed === "collect") this.form.elements.name.value = "";
    return undefined;
  }

  /** Which story the pictures go into is asked over the wall. */
  chooseStory() {
    if (this.meant.length) this.sheet.open();
    else this.say([say("wall_nothing")], true);
  }

  /** The pictures as they are now: their tiles are put in the place of those before. */
  onTiles({ tiles, gone }) {
    const hadFocus = this.grid.contains(document.activeElement) ? document.activeElement.closest(".tile")?.dataset.photo : "";
    for (const tile of this.tiles) {
      const html = tiles[tile.dataset.photo];
      const made = make("template");
      made.innerHTML = html ?? "";
      if (gone.includes(tile.dataset.photo)) tile.remove();
      else if (html) tile.replaceWith(made.content.querySelector(".tile"));
    }
    if (gone.length) this.chosen.put(gone, false);
    this.dress();
    const number = this.at?.dataset.photo;
    if (hadFocus && this.at && hadFocus === number) this.at.querySelector("a").focus({ preventScroll: true });
    this.look.forget(Object.keys(tiles));
  }

  /** Say `words` in the bar, and behind them the way to what they are about. */
  say(words, isBad = false, link = null) {
    const place = this.form?.querySelector("[data-done]");
    if (!place) return;
    place.classList.toggle("bad", isBad);
    place.replaceChildren(...[words].flat().map((one, index) => make("span", { dir: "auto" }, index ? ` ${one}` : one)));
    if (link) place.append(" ", make("a", { href: link.address }, link.text));
  }

  open() {
    if (this.at) location.assign(this.at.querySelector("a").href);
  }

  // -- Mouse and finger

  onClick(event) {
    const link = event.target.closest(".tile[data-photo] a");
    // Beside an inspector a click shows the picture there and two open it; elsewhere a click opens it at once.
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    const tile = link.closest(".tile");
    if (event.shiftKey) this.extend(tile);
    else if (event.detail === 0 || !this.look.isShown) return; // Enter, or no inspector
    else this.anchor = null;
    event.preventDefault();
    this.go(tile);
  }

  onTick(event) {
    const tile = event.target.closest(".tile[data-photo]");
    if (!tile) return;
    const isRange = this.isShift && this.anchor?.isConnected;
    if (isRange) this.extend(tile);
    else this.toggle(tile);
    this.show();
  }

  onLook({ name, value }) {
    if (name !== "view" && name !== "size") return;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `wall_${name}=${value}; path=${location.pathname}; max-age=${YEAR}; samesite=lax${secure}`;
    this.at?.scrollIntoView({ block: "nearest" });
  }

  press(name, value) {
    const input = this.querySelector(`input[name="${name}"][value="${value}"]`);
    if (!input || input.checked) return;
    input.checked = true;
    this.onLook(input);
  }

  // -- Keys

  onKey(event) {
    this.isShift = event.shiftKey;
    if (event.defaultPrevented || typing(event) || document.querySelector("[popover]:popover-open")) return;
    const isWall = event.target === document.body || this.grid.contains(event.target) || event.target.closest(".acts, .look");
    if (!isWall && !["/", "?"].includes(keyOf(event))) return;
    const act = keyAct(this, event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  leave(address) {
    if (!this.form) return;
    if (this.meant.length) location.assign(address);
    else this.say([say("wall_nothing")], true);
  }

  /** From here on the next picture whose tile says that something is lacking. */
  nextLacking() {
    const { tiles } = this;
    const next = tiles.slice(tiles.indexOf(this.at) + 1).find((tile) => tile.hasAttribute("data-no-caption"));
    if (next) this.go(next);
    else this.say([say("wall_none_lacking")]);
  }

  resize(step) {
    const now = SIZES.indexOf(this.querySelector("[name=size]:checked")?.value);
    this.press("size", SIZES[Math.max(0, Math.min(SIZES.length - 1, now + step))]);
  }
});
