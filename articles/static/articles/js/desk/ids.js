// Every block keeps its id as long as it lives: history, merging and "behind by two blocks" are told by it.
// Splitting keeps the id on the first half, joining keeps the first's; wrapping (a paragraph made a quote) and
// unwrapping keep it too; what is pasted gets new ones.
import { Extension, pm } from "editor";

const { Plugin, PluginKey } = pm.state;
const { Fragment, Slice } = pm.model;

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const BLOCKS = [
  "paragraph", "crosshead", "quote", "pull_quote", "list", "figure", "gallery", "table", "fact_box", "embed", "divider",
];

/** Twelve of [a-z0-9], by chance: as the server makes them. */
export function newId() {
  // 252 is the largest multiple of 36 in a byte: above it some letters would come more often.
  const letters = [];
  while (letters.length < 12) {
    for (const byte of crypto.getRandomValues(new Uint8Array(24))) {
      if (byte < 252 && letters.length < 12) letters.push(LETTERS[byte % 36]);
    }
  }
  return letters.join("");
}

function withoutIds(fragment) {
  const nodes = [];
  fragment.forEach((node) => {
    const inside = withoutIds(node.content);
    const attrs = node.attrs.id ? { ...node.attrs, id: null } : node.attrs;
    nodes.push(node.isText ? node : node.type.create(attrs, inside, node.marks));
  });
  return Fragment.from(nodes);
}

/** Whether `before` and `now` differ in the words of one block and nothing else, as they do at nearly every key. */
function isInOneText(before, now) {
  if (before.childCount !== now.childCount) return false;
  let other = -1;
  for (let place = 0; place < now.childCount; place += 1) {
    if (before.child(place) === now.child(place)) continue;
    if (other >= 0) return false;
    other = place;
  }
  if (other < 0) return true;
  const block = now.child(other);
  return Boolean(block.isTextblock && block.attrs.id && block.attrs.id === before.child(other).attrs.id);
}

/** A change that gives every block of `state` an id of its own; null where each has one. */
function putRight(before, state, isPaste) {
  const was = []; // ids in the old order, "" for a block that had none yet
  before.forEach((node) => was.push(node.attrs.id ?? ""));
  const stood = new Map(was.map((id, place) => [id, place]));
  const stays = new Set();
  state.doc.forEach((node) => stays.add(node.attrs.id ?? ""));
  const used = new Set();
  const change = state.tr;
  let last = -1; // where in the old order the block before this one stood
  state.doc.forEach((node, position) => {
    let id = node.attrs.id ?? "";
    if (!id || used.has(id)) {
      // A block that came where another has just gone is that block in a new coat.
      const inner = node.firstChild?.attrs?.id ?? "";
      const gone = was[last + 1] ?? "";
      const heir = [inner, gone].find((one) => one && !isPaste && !stays.has(one) && !used.has(one) && stood.has(one));
      id = heir ?? newId();
      change.setNodeAttribute(position, "id", id);
    }
    used.add(id);
    last = stood.get(id) ?? last;
  });
  // What stands inside a block may carry an id that nothing else has (as imported text does), and needs none.
  state.doc.forEach((block, position) => {
    if (block.isTextblock) return;
    block.descendants((inside, offset) => {
      if (used.has(inside.attrs.id)) change.setNodeAttribute(position + 1 + offset, "id", null);
      else if (inside.attrs.id) used.add(inside.attrs.id);
    });
  });
  return change.docChanged ? change : null;
}

/** Give the blocks of a story that was just opened their ids: nobody's change, and before anything looks at them. */
export function giveIds(editor) {
  const change = putRight(editor.state.doc, editor.state, true);
  if (change) editor.view.dispatch(change.setMeta("addToHistory", false));
}

export const BlockIds = Extension.create({
  name: "block_ids",

  addGlobalAttributes() {
    return [{ types: BLOCKS, attributes: { id: { default: null, keepOnSplit: true, rendered: false, parseHTML: () => null } } }];
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey("block_ids"),
        appendTransaction(transactions, before, state) {
          if (!transactions.some((transaction) => transaction.docChanged)) return null;
          if (isInOneText(before.doc, state.doc)) return null;
          const isPaste = transactions.some((transaction) => transaction.getMeta("uiEvent") === "paste");
          return putRight(before.doc, state, isPaste);
        },
        props: {
          transformPasted(slice, view) {
            if (view.dragging?.move) return slice; // carried to another place: it is the same block
            return new Slice(withoutIds(slice.content), slice.openStart, slice.openEnd);
          },
        },
      }),
    ];
  },
});
