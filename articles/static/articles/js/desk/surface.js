// The page as the story's state: reads what stands on it, and puts in what others wrote without moving the cursor.
import { pm } from "editor";
import { PictureRows } from "desk/rows";
import { same } from "desk/changes";

const { TextSelection } = pm.state;
const LINES = ["language", "slug", "headline", "short_headline", "kicker", "dateline", "summary", "kind", "source_agency"];
const LISTS = { authors: Number, related: Number, tags: String };

export class Surface {
  constructor(form) {
    this.form = form;
    this.text = form.querySelector("body-editor");
    this.editor = this.text.editor;
    this.rows = new PictureRows(form);
  }

  /** What the page shows now: its fields as they travel, its blocks as the editor holds them, their order. */
  read() {
    const fields = {};
    for (const name of [...LINES, "subheads", "section", ...Object.keys(LISTS), "attachments"]) {
      const value = this.field(name);
      if (value !== undefined) fields[name] = value;
    }
    const nodes = new Map();
    this.editor.state.doc.forEach((node) => nodes.set(node.attrs.id, node));
    return { fields, nodes, order: [...nodes.keys()] };
  }

  /** The value of a field; undefined for one that may not be changed here. */
  field(name) {
    const named = (which) => namedIn(this.form, which);
    if (name === "attachments") return this.rows.read();
    if (name === "subheads") return named(name).map((line) => line.value.trim()).filter(Boolean);
    if (name in LISTS) return named(name).filter((tick) => tick.checked).map((tick) => LISTS[name](tick.value));
    const [input] = named(name);
    if (!input || input.disabled) return undefined;
    if (name === "section") return input.value ? Number(input.value) : null;
    return input.value;
  }

  /** Whether somebody is writing in a field: then it is left alone until the cursor is elsewhere. */
  isBusy(name) {
    const active = document.activeElement;
    if (name === "attachments") return Boolean(active?.closest(".pic, .fig"));
    return active?.name === name;
  }

  async putField(name, value) {
    if (same(this.field(name), value)) return;
    if (name === "attachments") await this.rows.put(value);
    else if (name === "subheads") this.form.querySelector("desk-lines").put(value);
    else if (name in LISTS) await this.form.querySelector(`desk-choose[data-name="${name}"]`).put(value);
    else {
      const input = this.form.querySelector(`[name="${name}"]`);
      if (!input || input.disabled) return;
      input.value = value ?? "";
      input.dispatchEvent(new Event("input", { bubbles: true }));
      if (name === "language") input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  /** The field or block somebody is writing in, as presence names it. */
  get place() {
    const active = document.activeElement;
    if (this.text.contains(active)) return placeIn(this.editor.state.selection)?.id ?? "";
    return LINES.includes(active?.name) || active?.name === "subheads" ? active.name : "";
  }

  /** Put `blocks` (JSON by id) in and bring all into `order`: no part of this editor's undoing. */
  putBlocks(blocks, order) {
    const { view } = this.editor;
    caughtUp(view);
    const { state } = view;
    const before = placeIn(state.selection);
    const change = state.tr;
    state.doc.forEach((old, position) => {
      const block = blocks[old.attrs.id];
      if (block) replace(change, change.mapping.map(position), old, state.schema.nodeFromJSON(block));
    });
    arrange(change, order, (id) => state.schema.nodeFromJSON(blocks[id]));
    if (!change.docChanged) return;
    const after = placeIn(change.selection);
    if (before?.isText && before.id !== after?.id) restore(change, before);
    view.dispatch(change.setMeta("addToHistory", false));
  }
}

/** The form's controls called `name`: a list the browser keeps, where a search would go through all blocks of the text. */
function namedIn(form, name) {
  const found = form.elements.namedItem(name);
  if (!found) return [];
  return (found instanceof RadioNodeList ? [...found] : [found]).filter((control) => control.name === name);
}

/** Put the cursor at the end of a block, or into a field, and bring it into view. */
export function goTo(surface, kind, name) {
  const { editor, form } = surface;
  if (kind === "field") {
    const field = form.querySelector(`[name="${name}"]:not([type=hidden]), desk-choose[data-name="${name}"] input[type=text]`)
      ?? (name === "attachments" ? form.querySelector(".pics textarea, #id_files") : null);
    const panel = field?.closest(".tab");
    if (panel) document.querySelector(`#t-${panel.id}`).checked = true;
    field?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
    return;
  }
  let found = null;
  editor.state.doc.forEach((node, position) => (found = node.attrs.id === name ? position + node.nodeSize - 1 : found));
  if (found === null) return;
  const change = editor.state.tr;
  editor.view.focus();
  editor.view.dispatch(change.setSelection(pm.state.Selection.near(change.doc.resolve(found), -1)).scrollIntoView());
}

/** Let the editor read where the browser has just put the cursor: a change before that would put it back. */
export function caughtUp(view) {
  view.domObserver?.flush?.();
}

function placeIn(selection) {
  const at = selection.$from;
  if (!at.depth) return selection.node ? { id: selection.node.attrs.id, isText: false } : null;
  return { id: at.node(1).attrs.id, offset: selection.from - at.start(1), isText: selection instanceof TextSelection };
}

function restore(change, place) {
  change.doc.forEach((node, position) => {
    if (node.attrs.id !== place.id) return;
    const spot = Math.min(position + 1 + place.offset, position + node.nodeSize - 1);
    change.setSelection(TextSelection.near(change.doc.resolve(spot)));
  });
}

/** Only what differs inside the block is replaced, so that a cursor in it stays where it is. */
function replace(change, position, old, block) {
  const whole = () => change.replaceWith(position, position + old.nodeSize, block);
  if (old.type !== block.type || old.isAtom) return whole();
  if (!same(old.attrs, block.attrs)) change.setNodeMarkup(position, null, block.attrs);
  const start = old.content.findDiffStart(block.content);
  if (start === null) return change;
  let { a, b } = old.content.findDiffEnd(block.content);
  const overlap = start - Math.min(a, b);
  if (overlap > 0) [a, b] = [a + overlap, b + overlap];
  try {
    change.replace(position + 1 + start, position + 1 + a, block.slice(start, b));
  } catch {
    change.replaceWith(position + 1, change.doc.nodeAt(position).nodeSize + position - 1, block.content);
  }
  return change;
}

function arrange(change, order, make) {
  const wanted = new Set(order);
  const start = (place) => {
    let position = 0;
    for (let at = 0; at < place; at += 1) position += change.doc.child(at).nodeSize;
    return position;
  };
  const placeOf = (id) => {
    let found = -1;
    change.doc.forEach((node, position, place) => (found = node.attrs.id === id ? place : found));
    return found;
  };
  const takeOut = (place) => change.delete(start(place), start(place) + change.doc.child(place).nodeSize);
  const clear = () => {
    for (let place = change.doc.childCount - 1; place >= 0; place -= 1) {
      if (!wanted.has(change.doc.child(place).attrs.id)) takeOut(place);
    }
  };
  // A document is never empty: what goes, goes first only where something stays.
  const stays = order.some((id) => placeOf(id) >= 0);
  if (stays) clear();
  const there = new Set();
  change.doc.forEach((node) => there.add(node.attrs.id));
  for (let place = 0; place < order.length; place += 1) {
    const id = order[place];
    if (change.doc.maybeChild(place)?.attrs.id === id) continue;
    if (!there.has(id)) {
      // What is new and stands together comes in at once: a pasted book is thousands of blocks.
      const end = order.findIndex((one, at) => at > place && there.has(one));
      const run = order.slice(place, end < 0 ? order.length : end);
      change.insert(start(place), run.map(make));
      place += run.length - 1;
      continue;
    }
    const from = placeOf(id);
    const node = change.doc.child(from);
    takeOut(from);
    change.insert(start(place), node);
  }
  if (!stays && order.length) clear();
}
