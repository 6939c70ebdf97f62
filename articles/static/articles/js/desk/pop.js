// A small menu under the button or the place it belongs to.
import { icon, make } from "desk/words";

/**
 * Open a menu in `host` beneath `anchor` (an element). `rows` are [{ sign, words, keys, pressed, act }] and, between
 * them, words that head what follows. `back()` is told when it closes without a choice.
 */
export function openPop(host, anchor, label, rows, back) {
  host.querySelector(".block-menu")?.remove();
  const buttons = [];
  const children = rows.map((row) => {
    if (typeof row === "string") return make("p", { class: "pop-head", role: "presentation" }, row);
    const button = make("button", {
      type: "button", role: row.pressed === undefined ? "menuitem" : "menuitemcheckbox", tabindex: "-1",
      "aria-checked": row.pressed === undefined ? null : String(row.pressed),
    }, row.sign ? icon(row.sign) : make("span", { class: "i" }), make("bdi", {}, row.words), ...(row.keys ? [make("kbd", {}, row.keys)] : []));
    button.addEventListener("click", () => {
      close();
      row.act();
    });
    buttons.push(button);
    return button;
  });
  const menu = make("div", { class: "pop menu block-menu", role: "menu", "aria-label": label, lang: document.documentElement.lang, contenteditable: "false" }, ...children);
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    if (anchor.matches("button")) anchor.removeAttribute("aria-expanded");
    menu.remove();
  };
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    if (step) buttons[(at + step + buttons.length) % buttons.length].focus();
    else if (event.key === "Home") buttons[0].focus();
    else if (event.key === "End") buttons.at(-1).focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      close();
      back();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget)) close();
  });
  host.append(menu);
  const box = anchor.getBoundingClientRect();
  const sheet = host.getBoundingClientRect();
  const isRight = getComputedStyle(host).direction === "rtl";
  const aside = isRight ? sheet.right - box.right : box.left - sheet.left;
  // Above what it belongs to, where there is no room beneath.
  const isLow = box.bottom + menu.offsetHeight > innerHeight && box.top > menu.offsetHeight;
  menu.style.insetBlockStart = `${isLow ? box.top - sheet.top - menu.offsetHeight - 4 : box.bottom - sheet.top + 4}px`;
  menu.style.insetInlineStart = `${Math.max(0, Math.min(aside, sheet.width - menu.offsetWidth))}px`;
  if (anchor.matches("button")) anchor.setAttribute("aria-expanded", "true");
  menu.scrollIntoView({ block: "nearest" });
  buttons[0].focus();
}
