// What may be done with a whole block: moved, copied beside itself, turned into another kind, taken out, put in. Each is
// one step to undo, and a block that goes on living keeps its id.
import { pm } from "editor";

const { closeHistory } = pm.history;
const { Fragment } = pm.model;
const { NodeSelection, Selection, TextSelection } = pm.state;

/** The place of the block with the cursor among the story's blocks. */
export function placeOf(state) {
  return Math.min(state.selection.$from.index(0), state.doc.childCount - 1);
}

/** Where the block at `place` begins. */
export function startOf(doc, place) {
  let position = 0;
  for (let at = 0; at < place; at += 1) position += doc.child(at).nodeSize;
  return position;
}

/** Put the cursor of `change` into the block that begins at `position`; a block shown whole is chosen. */
export function enter(change, position) {
  const block = change.doc.nodeAt(position);
  if (!block) change.setSelection(Selection.atEnd(change.doc));
  else if (block.isAtom) change.setSelection(NodeSelection.create(change.doc, position));
  else change.setSelection(TextSelection.near(change.doc.resolve(position + 1)));
  return change;
}

/** Do `change` as a step of its own: what was typed a moment ago is not undone with it. */
export function step(editor, change) {
  editor.view.dispatch(closeHistory(change).scrollIntoView());
}

/** Bring the block at place `from` to place `to` (counted without it). The cursor goes along. */
export function moveTo(editor, from, to) {
  const { state } = editor;
  if (from === to || to < 0 || to >= state.doc.childCount) return false;
  const block = state.doc.child(from);
  const start = startOf(state.doc, from);
  const { $from } = state.selection;
  const offset = $from.index(0) === from && $from.depth ? state.selection.from - start : null;
  const change = state.tr.delete(start, start + block.nodeSize);
  const target = startOf(change.doc, to);
  change.insert(target, block);
  if (offset === null) enter(change, target);
  else change.setSelection(TextSelection.near(change.doc.resolve(Math.min(target + offset, change.doc.content.size))));
  step(editor, change);
  return true;
}

/** Moves the block with the cursor before the one above it, or behind the one below. */
export function moveBlock(editor, direction) {
  const place = placeOf(editor.state);
  return moveTo(editor, place, place + direction);
}

/** The same block once more, behind the first, with an id of its own. */
export function duplicate(editor, place = placeOf(editor.state)) {
  const { state } = editor;
  const block = state.doc.child(place);
  const behind = startOf(state.doc, place) + block.nodeSize;
  const copy = block.type.create({ ...block.attrs, id: null }, block.content);
  step(editor, enter(state.tr.insert(behind, copy), behind));
  return true;
}

/** Take the block out; where it was the only one, an empty paragraph stands. */
export function remove(editor, place = placeOf(editor.state)) {
  const { state } = editor;
  const start = startOf(state.doc, place);
  const end = start + state.doc.child(place).nodeSize;
  const isOnly = state.doc.childCount === 1;
  const change = isOnly ? state.tr.replaceWith(start, end, state.schema.nodes.paragraph.create()) : state.tr.delete(start, end);
  const next = Math.min(place, change.doc.childCount - 1);
  step(editor, enter(change, startOf(change.doc, next)));
  return true;
}

/** Whether what stands in the block can stand in a block of another kind. */
export const canTurn = (block) => ["paragraph", "crosshead", "quote", "pull_quote", "list", "fact_box"].includes(block.type.name);

/** Turn the block at `place` into `kind` ("ordered_list" is a list too). No word is lost: a title or a name becomes a line. */
export function turnInto(editor, kind, place = placeOf(editor.state)) {
  const { state } = editor;
  const block = state.doc.child(place);
  if (!canTurn(block)) return false;
  const { paragraph, crosshead, item, list, fact_box: box } = state.schema.nodes;
  const lines = [];
  block.descendants((node) => {
    if (node.isTextblock) lines.push(node.content);
  });
  if (block.isTextblock) lines.push(block.content);
  const isQuote = (name) => name === "quote" || name === "pull_quote";
  const { attribution = "", title = "" } = block.attrs;
  if (attribution && !isQuote(kind)) lines.push(Fragment.from(state.schema.text(`— ${attribution}`)));
  if (title && kind !== "fact_box") lines.unshift(Fragment.from(state.schema.text(title)));
  const attrs = { id: block.attrs.id };
  const paragraphs = () => lines.map((line) => paragraph.create(null, line));
  let made;
  if (kind === "paragraph" || kind === "crosshead") {
    const type = kind === "paragraph" ? paragraph : crosshead;
    made = lines.map((line, at) => type.create(at ? null : attrs, line));
  } else if (isQuote(kind)) made = [state.schema.nodes[kind].create({ ...attrs, attribution }, paragraphs())];
  else if (kind === "fact_box") {
    const inside = block.type === list ? [list.create({ ordered: block.attrs.ordered }, block.content)] : paragraphs();
    made = [box.create({ ...attrs, title }, inside)];
  } else made = [list.create({ ...attrs, ordered: kind === "ordered_list" }, paragraphs().map((one) => item.create(null, one)))];
  const start = startOf(state.doc, place);
  step(editor, enter(state.tr.replaceWith(start, start + block.nodeSize, made), start));
  return true;
}

/**
 * A change of `state` that puts `block` where the cursor is: instead of an empty paragraph, else behind the block one is
 * in. What follows can always be written on. Gives the change and where the block begins.
 */
export function putIn(state, block) {
  const { $from } = state.selection;
  const place = placeOf(state);
  const here = state.doc.child(place);
  const start = startOf(state.doc, place);
  const isFresh = here.type.name === "paragraph" && !here.content.size && $from.depth === 1;
  const at = isFresh ? start : start + here.nodeSize;
  const change = isFresh ? state.tr.replaceWith(start, start + here.nodeSize, block) : state.tr.insert(at, block);
  const behind = at + block.nodeSize;
  if (behind >= change.doc.content.size) change.insert(behind, state.schema.nodes.paragraph.create());
  return { change, at, behind };
}

/** Go on behind the block that begins at `position`: in the next one, or in a paragraph made where none can be written in. */
export function goOn(editor, position) {
  const { state, view } = editor;
  const behind = position + state.doc.nodeAt(position).nodeSize;
  const next = state.doc.nodeAt(behind);
  const change = state.tr;
  if (!next || next.isAtom) change.insert(behind, state.schema.nodes.paragraph.create());
  view.dispatch(enter(change, behind).scrollIntoView());
  view.focus();
}
