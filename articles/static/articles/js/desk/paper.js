// Only the paper: the bar, the panel and the tools fade away until Esc or Ctrl \ brings them back. What saving has to
// say aloud (no line, a clash, a refusal) brings them back by itself.
import { keyOf, make, say } from "desk/words";

const KEPT = "desk:paper"; // in this tab's memory

export function openPaper(form) {
  const back = make("button", { type: "button", class: "btn paper-back", "data-kind": "quiet", title: "Esc, Ctrl \\" }, say("paper_back"));
  form.append(back);
  const saved = form.querySelector("[data-saved]");
  const isOn = () => form.hasAttribute("data-paper");
  const speaks = () => ["offline", "clash"].includes(saved.dataset.is);

  const put = (on) => {
    const active = document.activeElement;
    form.toggleAttribute("data-paper", on);
    if (on) sessionStorage.setItem(KEPT, "on");
    else sessionStorage.removeItem(KEPT);
    for (const button of form.querySelectorAll("[data-paper-on]")) button.setAttribute("aria-pressed", on);
    if (on && !active?.closest(".sheet")) form.querySelector(".tiptap")?.focus();
    if (!on && active === back) form.querySelector(".tiptap")?.focus();
  };

  for (const button of form.querySelectorAll("[data-paper-on]")) {
    button.hidden = false;
    button.addEventListener("click", () => put(!isOn()));
  }
  back.addEventListener("click", () => put(false));
  document.addEventListener("keydown", (event) => {
    // With Alt it is how many keyboards write the sign itself.
    if ((event.ctrlKey || event.metaKey) && !event.altKey && keyOf(event) === "\\") {
      event.preventDefault();
      put(!isOn());
    }
  }, true);
  // After all others: a menu or a strip that is open takes Esc first. The text takes every Esc, and does nothing with it.
  addEventListener("keydown", (event) => {
    const isTaken = event.target.closest?.(".pop") || (event.defaultPrevented && !event.target.matches?.(".tiptap"));
    if (event.key !== "Escape" || isTaken || event.isComposing || document.querySelector(":popover-open")) return;
    if (isOn()) put(false);
  });
  let was = saved.dataset.is;
  new MutationObserver(() => {
    if (saved.dataset.is !== was && speaks() && isOn()) put(false);
    was = saved.dataset.is;
  }).observe(saved, { attributes: true, attributeFilter: ["data-is"] });
  if (sessionStorage.getItem(KEPT) === "on" && !speaks()) put(true);
}
