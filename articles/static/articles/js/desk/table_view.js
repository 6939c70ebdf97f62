// A table on the sheet: its caption above it, and while the cursor is in it the tools for rows and columns.
import { pm } from "editor";
import { beIn, fill, line, once } from "desk/cards";
import { goOn, step } from "desk/moving";
import { openPop } from "desk/pop";
import { moveRow } from "desk/table_rows";
import { icon, make, say } from "desk/words";

const { TextSelection } = pm.state;
const { tables } = pm;

/** The view of a table: a strip of tools, a line for the caption, the cells. */
export function tableView({ node, editor, getPos }) {
  const body = make("tbody");
  let shown = node;
  let typed = 0;
  const run = (command) => {
    editor.view.focus();
    command(editor.state, (change) => step(editor, change));
  };
  const caption = line(
    say("table_caption"),
    (value) => editor.view.dispatch(editor.state.tr.setNodeAttribute(getPos(), "caption", value).setMeta("composition", typed)),
    () => enterCells(),
  );
  const enterCells = () => {
    editor.commands.setTextSelection(getPos() + 3);
    editor.view.focus();
  };
  caption.addEventListener("focus", () => {
    typed = once();
    beIn(editor, TextSelection.near(editor.state.doc.resolve(getPos() + 3)));
  });
  caption.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Escape") return;
    event.preventDefault();
    enterCells();
  });
  const button = (name, sign, does) => {
    const made = make("button", { type: "button", class: "btn", "data-kind": "quiet", "data-tool": name }, icon(sign), say(name));
    made.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays in its cell
    made.addEventListener("click", () => does(made));
    return made;
  };
  const host = () => editor.options.element;
  const open = (anchor, rows) => openPop(host(), anchor, say(anchor.dataset.tool), rows, () => editor.view.focus());
  const row = (name, sign, act, pressed) => ({ sign, words: say(name), act, pressed });
  const isLast = () => shown.childCount === 1;
  const tools = make("div", { class: "table-tools", role: "toolbar", "aria-label": say("table_tools"), lang: document.documentElement.lang },
    button("add_row", "plus", () => run(tables.addRowAfter)),
    button("add_column", "plus", () => run(tables.addColumnAfter)),
    button("row", "dots", (anchor) => open(anchor, [
      row("row_above", "plus", () => run(tables.addRowBefore)),
      row("row_below", "plus", () => run(tables.addRowAfter)),
      row("row_up", "higher", () => run(() => moveRow(editor, -1))),
      row("row_down", "lower", () => run(() => moveRow(editor, 1))),
      row("header_row", "", () => run(tables.toggleHeader("row")), isHeading("row")),
      row("row_out", "cross", () => (isLast() ? takeOut() : run(tables.deleteRow))),
    ])),
    button("column", "dots", (anchor) => open(anchor, [
      row("column_before", "plus", () => run(tables.addColumnBefore)),
      row("column_after", "plus", () => run(tables.addColumnAfter)),
      row("header_column", "", () => run(tables.toggleHeader("column")), isHeading("column")),
      row("column_out", "cross", () => (shown.firstChild.childCount === 1 ? takeOut() : run(tables.deleteColumn))),
    ])),
  );
  /** Whether the first row, or the first column, is one of headings: the cell where both meet tells nothing. */
  const isHeading = (which) => {
    const count = which === "row" ? shown.firstChild.childCount : shown.childCount;
    const at = (place) => (which === "row" ? shown.firstChild.child(place) : shown.child(place).firstChild);
    for (let place = count > 1 ? 1 : 0; place < count; place += 1) if (at(place).type.name !== "header") return false;
    return true;
  };
  const takeOut = () => {
    const at = getPos();
    goOn(editor, at);
    step(editor, editor.state.tr.delete(at, at + shown.nodeSize));
  };
  tools.addEventListener("keydown", (event) => {
    const buttons = [...tools.children];
    const isRight = getComputedStyle(tools).direction === "rtl";
    const step = { ArrowRight: isRight ? -1 : 1, ArrowLeft: isRight ? 1 : -1 }[event.key];
    if (step) buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length].focus();
    else if (event.key === "Escape") editor.view.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const head = make("div", { class: "table-head", contenteditable: "false" }, tools, caption);
  const dom = make("div", { class: "block table-block" }, head, make("div", { class: "table-scroll" }, make("table", {}, body)));
  const show = () => {
    fill(caption, shown.attrs.caption);
    caption.disabled = !editor.isEditable;
    tools.hidden = !editor.isEditable;
  };
  show();
  return {
    dom,
    contentDOM: body,
    update(next) {
      if (next.type !== shown.type) return false;
      shown = next;
      show();
      return true;
    },
    stopEvent: (event) => head.contains(event.target),
    ignoreMutation: (mutation) => mutation.type !== "selection" && !body.contains(mutation.target),
  };
}
