// Finding words in the story's text: which places a question fits, shown as decorations that change nothing, and
// putting other words there. The strip that asks is desk/find.
import { Extension, pm } from "editor";
import { fold, foldedAt } from "desk/fold";

const { Decoration, DecorationSet } = pm.view;
const { Plugin, PluginKey } = pm.state;

const key = new PluginKey("search");
const MOST_SHOWN = 500; // marks round the current place; beyond it only the count tells
const LETTER = /[\p{L}\p{N}\p{M}_]/u;
const TRAILING = /[\u00ad\u061c\u200b-\u200f\u2060\u2066-\u2069]$/;

/** Where `question` stands in `text`, as `[from, to]`. `sought` says how: `isExact`, `isWhole` (whole words only). */
export function placesIn(text, question, { isExact, isWhole } = {}) {
  const { folded, places } = isExact ? { folded: text, places: null } : foldedAt(text);
  const sought = isExact ? question : fold(question);
  const found = [];
  if (!sought) return found;
  for (let at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, at + 1)) {
    let end = at + sought.length;
    // One sign that folds to several (… to three dots) is found whole.
    while (places && end < places.length - 1 && places[end] === places[end - 1]) end += 1;
    const from = places ? places[at] : at;
    let to = places ? places[end] : end;
    while (to > from + 1 && TRAILING.test(text.slice(from, to))) to -= 1; // a mark at the end is the sentence's
    if (found.length && from < found.at(-1)[1]) continue;
    const isPart = LETTER.test(text.slice(0, from).match(/.$/su)?.[0] ?? "") || LETTER.test(text.slice(to).match(/^./su)?.[0] ?? "");
    if (!isWhole || !isPart) found.push([from, to]);
  }
  return found;
}

/** The places of the document, each `{from, to}`. A place may cross marks, never the end of a paragraph. */
function search(doc, asked) {
  const hits = [];
  if (!asked.question) return hits;
  doc.descendants((node, position) => {
    if (!node.isTextblock) return !node.isAtom;
    let places = asked.memory.get(node);
    if (!places) {
      const text = node.textBetween(0, node.content.size, "", (leaf) => (leaf.type.name === "hard_break" ? "\n" : "\ufffc"));
      asked.memory.set(node, (places = placesIn(text, asked.question, asked)));
    }
    for (const [from, to] of places) hits.push({ from: position + 1 + from, to: position + 1 + to });
    return false;
  });
  return hits;
}

function shown(doc, hits, at) {
  const first = Math.max(0, at - MOST_SHOWN);
  return DecorationSet.create(doc, hits.slice(first, at + MOST_SHOWN).map(({ from, to }, place) =>
    Decoration.inline(from, to, { class: first + place === at ? "hit now" : "hit" })));
}

const NOTHING = { asked: { question: "", memory: new WeakMap() }, hits: [], at: -1, set: DecorationSet.empty };

function found(doc, asked, at) {
  const hits = search(doc, asked);
  const place = Math.min(at(hits), hits.length - 1);
  return { asked, hits, at: place, set: hits.length ? shown(doc, hits, place) : DecorationSet.empty };
}

/** The first of `hits` that begins at `position` or behind it; the first of all where none does. */
const from = (hits, position) => Math.max(0, hits.findIndex((hit) => hit.from >= position));

export const Search = Extension.create({
  name: "search",
  addProseMirrorPlugins() {
    return [new Plugin({
      key,
      state: {
        init: () => NOTHING,
        apply(change, was) {
          const said = change.getMeta(key);
          if (said?.question === "") return NOTHING;
          if (said?.question) return found(change.doc, { ...said, memory: new WeakMap() }, (hits) => from(hits, said.position));
          if (said) return { ...was, at: said.at, set: shown(change.doc, was.hits, said.at) };
          if (!change.docChanged || !was.asked.question) return was;
          const position = was.hits[was.at] ? change.mapping.map(was.hits[was.at].from, -1) : 0;
          return found(change.doc, was.asked, (hits) => from(hits, position));
        },
      },
      props: { decorations: (state) => key.getState(state).set },
    })];
  },
});

/** What is found now: `hits`, and which of them is the current one (`at`). */
export const foundIn = (editor) => key.getState(editor.state);

/** Look for `question`, beginning at `position`; "" ends the search. */
export function ask(editor, question, options = {}, position = editor.state.selection.from) {
  editor.view.dispatch(editor.state.tr.setMeta(key, { question, ...options, position }));
}

/** Go `step` places on, round the end. */
export function walk(editor, step) {
  const { hits, at } = foundIn(editor);
  if (hits.length) editor.view.dispatch(editor.state.tr.setMeta(key, { at: (at + step + hits.length) % hits.length }));
}

/** Put `words` at the current place, or at all: one step to undo. What stands there keeps its marks. Gives how many. */
export function replace(editor, words, { all = false } = {}) {
  const { hits, at } = foundIn(editor);
  const places = all ? [...hits].reverse() : hits.slice(at, at + 1);
  const change = editor.state.tr;
  for (const { from: start, to } of places) {
    const { marks } = change.doc.nodeAt(start);
    if (words) change.replaceWith(start, to, editor.schema.text(words, marks));
    else change.delete(start, to);
  }
  if (!change.docChanged) return 0;
  editor.view.dispatch(pm.history.closeHistory(change));
  return places.length;
}
