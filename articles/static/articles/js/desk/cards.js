// What views of blocks have in common: parts that are shown and not written in, and a line of words beside the text.
import { Node, pm } from "editor";
import { goOn, moveBlock, remove, step } from "desk/moving";
import { make, say } from "desk/words";

const { NodeSelection, TextSelection } = pm.state;
const LONGEST_TITLE = 1000; // characters the server keeps of a title, an attribution or a caption (body/blocks.py)

/** The attributes that `renderHTML` of a whole block wrote into the clipboard; false where they are not `sound`. */
function attributesIn(element, sound) {
  try {
    const attributes = JSON.parse(element.getAttribute("data-attrs"));
    return sound(attributes) && attributes;
  } catch {
    return false;
  }
}

/**
 * A block that is shown whole. `sound(attributes)` says whether attributes that come from the clipboard can be kept,
 * `told(attributes)` what else goes there with them.
 */
export function whole(name, attributes, view, { sound = () => true, told = () => ({}), ...more } = {}) {
  return Node.create({
    name,
    group: "block",
    atom: true,
    selectable: true,
    draggable: true,
    addAttributes: () =>
      Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, { default: value, rendered: false, parseHTML: () => null }])),
    renderHTML: ({ node }) =>
      ["div", { "data-block": name, "data-attrs": JSON.stringify({ ...node.attrs, id: null, ...told(node.attrs) }) }],
    parseHTML: () => [{ tag: `div[data-block="${name}"]`, getAttrs: (element) => attributesIn(element, sound) }],
    addNodeView: () => view,
    ...more,
  });
}

/**
 * The view of a block that is shown whole. `draw(dom, tools)` builds it and gives `show(node)`, called when the block or
 * the story's pictures change; `tools` are `editor`, `set(attribute, value)`, `leave()` (go on behind it), `choose()`
 * (the block itself), `take()` (it out), and `node()`.
 */
export function view(tag, className, draw) {
  return ({ node, editor, getPos }) => {
    const dom = make(tag, { class: className, contenteditable: "false" });
    let shown = node;
    let typed = 0; // while somebody is in one of its fields
    const tools = {
      editor,
      node: () => shown,
      set(attribute, value) {
        const change = editor.state.tr.setNodeAttribute(getPos(), attribute, value);
        // What is typed in one go in one field is one step to undo; everything else is one by itself.
        if (typeof value === "string" && typed) editor.view.dispatch(change.setMeta("composition", typed));
        else step(editor, change);
      },
      leave: () => goOn(editor, getPos()),
      choose() {
        editor.commands.setNodeSelection(getPos());
        editor.view.focus();
      },
      take() {
        const at = getPos();
        remove(editor, editor.state.doc.resolve(at).index(0));
        editor.view.focus();
      },
    };
    const show = draw(dom, tools);
    const redraw = () => show(shown);
    redraw();
    document.addEventListener("pictures:change", redraw);
    dom.addEventListener("focusin", (event) => {
      typed = once();
      beIn(editor, NodeSelection.create(editor.state.doc, getPos()));
      // Text in a field is chosen with the mouse, which would carry the block away.
      if (event.target.matches("input, textarea")) dom.draggable = false;
    });
    dom.addEventListener("focusout", () => {
      typed = 0;
      dom.draggable = true;
    });
    dom.addEventListener("keydown", (event) => {
      if (!isControl(event.target, dom)) return;
      if (event.key === "Escape") tools.choose();
      else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
        tools.choose();
        moveBlock(editor, event.key === "ArrowUp" ? -1 : 1);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    return {
      dom,
      update(next) {
        if (next.type !== shown.type) return false;
        shown = next;
        redraw();
        return true;
      },
      selectNode: () => dom.setAttribute("data-on", ""),
      deselectNode: () => dom.removeAttribute("data-on"),
      destroy: () => document.removeEventListener("pictures:change", redraw),
      stopEvent: (event) => isControl(event.target, dom),
      ignoreMutation: () => true,
    };
  };
}

/** The editor's cursor goes along into a block whose field has the focus: colleagues and the handle see where one is. */
export function beIn(editor, selection) {
  const { state, view } = editor;
  if (state.selection.$from.sharedDepth(selection.from) === 0 && !state.selection.eq(selection)) view.dispatch(state.tr.setSelection(selection));
}

let ever = 0;
/** A number nobody has had: by it the editor knows what was typed in one go. */
export function once() {
  ever += 1;
  return 1_000_000 + ever;
}

function isControl(target, dom) {
  return target !== dom && dom.contains(target) && Boolean(target.closest("input, textarea, button, select, label, [data-control]"));
}

/** A label of the desk's own among the story's words. */
export const label = (name) => make("p", { class: "card-label", lang: document.documentElement.lang }, say(name));

/** A button with words, of the desk's own. */
export function act(name, does, put = {}) {
  const button = make("button", { type: "button", lang: document.documentElement.lang }, say(name, put));
  button.addEventListener("click", does);
  return button;
}

/** A line one types in: `does(value)` at each letter, `leave()` on Enter. */
export function line(ask, does, leave, more = {}) {
  const field = make("input", {
    class: "plain line-beside", dir: "auto", placeholder: ask, "aria-label": ask, maxlength: LONGEST_TITLE, ...more,
  });
  field.addEventListener("input", () => does(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    leave();
  });
  return field;
}

/** Put `value` into `field`, unless it stands there: the cursor would jump. */
export function fill(field, value) {
  if (field.value !== value) field.value = value;
}

/** A view with one line of words of its own (`attribute`) beside what is written in it. */
export function lineBeside({ tag, className, attribute, ask, before = false }) {
  return ({ node, editor, getPos }) => {
    const inside = make("div", { class: "inside" });
    let typed = 0;
    const field = line(
      ask,
      (value) => editor.view.dispatch(editor.state.tr.setNodeAttribute(getPos(), attribute, value).setMeta("composition", typed)),
      () => goOn(editor, getPos()),
    );
    field.value = node.attrs[attribute] ?? "";
    field.disabled = !editor.isEditable;
    field.addEventListener("focus", () => {
      typed = once();
      beIn(editor, TextSelection.near(editor.state.doc.resolve(getPos() + shown.nodeSize - 1), -1));
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      editor.view.focus();
    });
    const holder = make("footer", { contenteditable: "false" }, field);
    const dom = make(tag, { class: className }, ...(before ? [holder, inside] : [inside, holder]));
    let shown = node;
    return {
      dom,
      contentDOM: inside,
      update(next) {
        if (next.type !== shown.type) return false;
        shown = next;
        fill(field, next.attrs[attribute] ?? "");
        return true;
      },
      stopEvent: (event) => holder.contains(event.target),
      ignoreMutation: (mutation) => !inside.contains(mutation.target),
    };
  };
}
