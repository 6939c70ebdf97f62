// The keys of the wall: single letters, and a few with Ctrl. Which deed a key is for is said here; the deeds are the wall's.
import { keyOf } from "desk/words";

const DEEDS = { p: "pick", r: "reject", u: "unmark", "[": "left", "]": "right" };

/** What the pressed key does on `wall`: a function, or null where it is none of ours. */
export function keyAct(wall, event) {
  return event.ctrlKey || event.metaKey || event.altKey ? held(wall, event) : single(wall, event);
}

/** What a key with Ctrl does; a bracket that takes Alt Gr is a bracket. */
function held(wall, event) {
  if (event.getModifierState("AltGraph") && DEEDS[event.key]) return () => wall.act(DEEDS[event.key]);
  if (event.altKey || event.shiftKey || keyOf(event) !== "a") return null;
  return () => wall.choose(wall.tiles.map((tile) => tile.dataset.photo));
}

function single(wall, event) {
  const { shiftKey, target } = event;
  const ahead = getComputedStyle(wall).direction === "rtl" ? -1 : 1;
  const isButton = target.closest("button, a:not(.tile a), .acts");
  const key = { BracketLeft: "[", BracketRight: "]" }[event.code] ?? keyOf(event);
  const isList = wall.querySelector("[name=view][value=list]")?.checked;
  const walks = {
    arrowright: () => wall.walk(ahead, shiftKey),
    arrowleft: () => wall.walk(-ahead, shiftKey),
    arrowdown: () => wall.walk(isList ? 1 : wall.columns, shiftKey),
    arrowup: () => wall.walk(isList ? -1 : -wall.columns, shiftKey),
    home: () => wall.walk(-wall.tiles.length - 1, shiftKey),
    end: () => wall.walk(wall.tiles.length + 1, shiftKey),
  };
  if (walks[key]) return wall.tiles.length ? walks[key] : null;
  if (target.matches("input")) {
    if (key === "enter") return () => wall.open(); // a box that is ticked by itself, and would send the form
    if (key === " ") return null;
  }
  if (key === " " && !isButton) return () => (shiftKey ? wall.extend(wall.at) : wall.toggle(wall.at));
  if (key === "?" || (key === "/" && shiftKey)) return () => wall.querySelector("#keys").showPopover();
  if (key === "escape") return wall.chosen.size || wall.form?.querySelector("[data-done]").textContent ? () => wall.clear() : null;
  if (key === "+" || key === "=") return () => wall.resize(1);
  if (key === "-") return () => wall.resize(-1);
  return shiftKey && key !== "x" ? null : letter(wall, key, shiftKey);
}

function letter(wall, key, shiftKey) {
  if (DEEDS[key]) return wall.form?.querySelector(`[value=${DEEDS[key]}]`) ? () => wall.act(DEEDS[key]) : null;
  const acts = {
    x: () => (shiftKey ? wall.extend(wall.at) : wall.toggle(wall.at)),
    e: () => wall.leave(wall.captionsOf(wall.meant)),
    t: () => wall.leave(`${wall.captionsOf(wall.meant)}#template`),
    c: () => wall.dataset.crop && wall.at && location.assign(wall.dataset.crop.replace("/0/", `/${wall.at.dataset.photo}/`)),
    n: () => wall.nextLacking(),
    k: () => wall.querySelector("#collections")?.showPopover(),
    s: wall.sheet ? () => wall.chooseStory() : null,
    g: () => wall.press("view", "grid"),
    l: () => wall.press("view", "list"),
    "/": () => wall.querySelector("[name=q]").focus(),
  };
  return acts[key] ?? null;
}
