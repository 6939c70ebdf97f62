// Carrying one of several things standing beneath each other to another place with the mouse, with a line where it would
// come to lie. Made on pointer events: what is carried stays the element it is. Fingers scroll; they have buttons.
import { make } from "desk/words";

const FAR_ENOUGH = 4; // pixels: less is a click
const EDGE = 60; // pixels from the edge of the desk where it begins to scroll
const STEP = 14; // pixels a frame

/**
 * Make what stands in `host` movable. `handle(target)` gives the thing that is taken hold of, among `items()`, or nothing;
 * `drop(from, to)` brings the thing at `from` to place `to`, counted without it; `place` is where the line is drawn.
 */
export function dragged(host, { handle, items, drop, place = host }) {
  host.addEventListener("pointerdown", (event) => {
    const item = event.button === 0 && event.pointerType === "mouse" ? handle(event.target) : null;
    if (item) follow(event, item, { items, drop, place });
  });
}

function follow(start, item, { items, drop, place }) {
  start.preventDefault();
  const scroller = place.closest(".desk");
  let line = null;
  let last = start;
  let frame = 0;
  let to = -1;

  const from = () => items().indexOf(item);
  const show = () => {
    const all = items();
    const middle = (one) => one.getBoundingClientRect().top + one.getBoundingClientRect().height / 2;
    const found = all.findIndex((one) => last.clientY < middle(one));
    const before = found < 0 ? all.length : found;
    const at = from();
    to = before > at ? before - 1 : before;
    const beside = all[Math.min(before, all.length - 1)].getBoundingClientRect();
    const edge = before < all.length ? beside.top : beside.bottom;
    line.style.insetBlockStart = `${edge - place.getBoundingClientRect().top + place.scrollTop - 2}px`;
  };
  const scroll = () => {
    const box = scroller?.getBoundingClientRect();
    const top = Math.max(box?.top ?? 0, 0);
    const bottom = Math.min(box?.bottom ?? innerHeight, innerHeight);
    const step = last.clientY < top + EDGE ? -STEP : last.clientY > bottom - EDGE ? STEP : 0;
    if (step) {
      (scroller && scroller.scrollHeight > scroller.clientHeight ? scroller : document.scrollingElement).scrollBy(0, step);
      show();
    }
    frame = requestAnimationFrame(scroll);
  };
  const move = (event) => {
    last = event;
    if (!line) {
      if (Math.abs(event.clientY - start.clientY) < FAR_ENOUGH && Math.abs(event.clientX - start.clientX) < FAR_ENOUGH) return;
      line = make("div", { class: "drop-line", "aria-hidden": "true" });
      place.append(line);
      place.setAttribute("data-carrying", "");
      frame = requestAnimationFrame(scroll);
    }
    show();
  };
  const end = (isDone) => {
    for (const [name, listener] of listeners) removeEventListener(name, listener, true);
    cancelAnimationFrame(frame);
    place.removeAttribute("data-carrying");
    if (!line) return;
    line.remove();
    // The click that follows letting go is none.
    const swallow = (event) => event.stopPropagation();
    addEventListener("click", swallow, true);
    setTimeout(() => removeEventListener("click", swallow, true));
    if (isDone && from() >= 0 && to !== from()) drop(from(), to);
  };
  const listeners = [
    ["pointermove", move],
    ["pointerup", () => end(true)],
    ["pointercancel", () => end(false)],
    ["keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      end(false);
    }],
  ];
  for (const [name, listener] of listeners) addEventListener(name, listener, true);
}
