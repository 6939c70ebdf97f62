// What `/` offers: every block, found by typing a part of its name in either language. The pictures of the story are
// offered in the same way.
import { fold } from "desk/fold";
import { icon, make, say } from "desk/words";

// Its icon, its words, what is done; then other words it is found by.
export const MENU = [
  ["head", "crosshead", (chain) => chain.toggleNode("crosshead", "paragraph"), "crosshead heading subheading h2 عنوان"],
  ["quote", "quote", (chain) => chain.toggleWrap("quote"), "quote citation blockquote اقتباس"],
  ["pull", "pull_quote", (chain) => chain.toggleWrap("pull_quote"), "pull quote callout اقتباس بارز"],
  ["list", "list", (chain) => chain.toggleOurList(false), "list bullets points ul قائمة نقاط"],
  ["numbers", "ordered_list", (chain) => chain.toggleOurList(true), "numbered ordered list ol قائمة مرقمة أرقام"],
  ["box", "fact_box", (chain) => chain.insertContent({ type: "fact_box", content: [{ type: "paragraph" }] }), "fact box aside إطار معلومات"],
  ["line", "divider", (chain) => chain.insertDivider(), "divider line rule hr فاصل خط"],
  ["grid", "table", (chain) => chain.insertTable(), "table rows columns جدول"],
  ["gallery", "gallery", (chain) => chain.insertGallery(), "gallery pictures معرض صور"],
  ["embed", "embed", (chain) => chain.insertEmbed(), "embed video youtube telegram instagram x post تضمين فيديو"],
  ["pic", "picture", (chain, editor) => openPictures(editor), "picture photo image figure صورة"],
];

let shown = null; // the menu that is open: one at a time

/** A chain of commands, with the cursor in the text at once: Tiptap's own focus comes a frame later. */
export function begin(editor) {
  editor.view.focus();
  return editor.chain();
}

/** Do what the entry called `name` does. */
export function insert(editor, name) {
  const [, , turn] = MENU.find((entry) => entry[1] === name);
  turn(begin(editor), editor)?.run?.();
}

export function openMenu(editor) {
  const rows = MENU.map(([sign, name, , others]) => option(icon(sign), say(name), () => insert(editor, name), others));
  open(editor, say("blocks"), rows, { isTyped: true });
}

export function openPictures(editor) {
  const pictures = document.querySelector("story-pictures")?.all() ?? [];
  const rows = pictures.map((picture) => {
    const thumb = make("img", { src: picture.thumbnail, alt: "", class: "thumb" });
    return option(thumb, picture.name, () =>
      begin(editor).insertFigure(picture.uuid).run());
  });
  if (!rows.length) {
    rows.push(option(icon("pic"), say("no_pictures"), () => {
      document.querySelector("#t-pictures").click();
      document.querySelector("#id_files")?.focus();
    }));
  }
  open(editor, say("choose_picture"), rows);
}

function option(sign, words, act, others = "") {
  const button = make("button", { type: "button", role: "menuitem", tabindex: "-1" }, sign, make("bdi", {}, words));
  button.id = `slash-${Math.random().toString(36).slice(2)}`;
  return { button, act, words: fold(`${words} ${others}`) };
}

/** A menu beneath the cursor: typing narrows it. `isTyped` says that a `/` opened it, which goes into the text if nothing fits. */
function open(editor, label, rows, { isTyped = false } = {}) {
  close();
  const field = make("input", { class: "in", type: "text", role: "searchbox", dir: "auto", autocomplete: "off", "aria-label": label, placeholder: label });
  const list = make("div", { role: "menu", "aria-label": label, id: "slash-menu" });
  const menu = make("div", { class: "pop menu slash" }, field, list);
  field.setAttribute("aria-controls", list.id);
  const asText = () => `/${field.value}`;
  const plain = option("/", "", () => begin(editor).insertContent({ type: "text", text: asText() }).run());
  let fitting = [];
  let on = 0;

  const mark = (place) => {
    on = (place + fitting.length) % fitting.length;
    fitting.forEach(({ button }, row) => button.toggleAttribute("data-on", row === on));
    if (!fitting[on]) return;
    field.setAttribute("aria-activedescendant", fitting[on].button.id);
    fitting[on].button.scrollIntoView({ block: "nearest" });
  };
  const narrow = () => {
    const sought = fold(field.value.trim());
    fitting = rows.filter(({ words }) => ` ${words}`.includes(` ${sought}`) || (sought.length > 1 && words.includes(sought)));
    if (isTyped) {
      plain.button.querySelector("bdi").textContent = asText();
      fitting.push(plain);
    }
    list.replaceChildren(...fitting.map(({ button }) => button));
    mark(0);
  };
  const choose = (row) => {
    close();
    row.act();
  };
  const leave = () => {
    const typed = isTyped && field.value;
    close();
    if (typed) plain.act(); // what was typed is text after all
    else editor.view.focus();
  };

  for (const row of [...rows, plain]) row.button.addEventListener("click", () => choose(row));
  menu.addEventListener("mousedown", (event) => event.target !== field && event.preventDefault()); // the field keeps the focus
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isNothing = isTyped && fitting.length === 1;
    if (step) mark(on + step);
    else if (event.key === "Enter") fitting[on] && choose(fitting[on]);
    else if (isTyped && ((event.key === "/" && !field.value) || (event.key === " " && isNothing))) {
      if (event.key === " ") field.value += " ";
      choose(plain);
    } else if (event.key === "Escape" || event.key === "Tab" || (event.key === "Backspace" && !field.value)) leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget) && document.hasFocus()) close();
  });
  place(editor, menu);
  shown = menu;
  narrow();
  field.focus();
}

function place(editor, menu) {
  const host = editor.options.element;
  host.append(menu);
  const spot = editor.view.coordsAtPos(editor.state.selection.from);
  menu.style.insetBlockStart = `${spot.bottom - host.getBoundingClientRect().top + 4}px`;
  menu.scrollIntoView({ block: "nearest" });
}

function close() {
  const menu = shown;
  shown = null;
  menu?.remove();
}
