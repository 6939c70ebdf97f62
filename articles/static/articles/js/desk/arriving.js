// Pictures on their way into the text: each shows at its place how far it has come, and becomes a figure there. What is
// shown is no part of the document, so that the story is saved as ever meanwhile; its place moves along with the text.
import { Extension, pm } from "editor";
import { follow, partsOf } from "desk/upload_bar";
import { make, say } from "desk/words";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const key = new PluginKey("arriving");
const uploadsOf = () => document.querySelector("story-pictures")?.uploads;

/** The place before or behind the block of the story that `position` is in: a figure stands among blocks. */
export function between(doc, position, { before = false } = {}) {
  const at = doc.resolve(Math.min(Math.max(position, 0), doc.content.size));
  if (!at.depth) return at.pos;
  return before ? at.before(1) : at.after(1);
}

/** Where pictures stand that come at the cursor, as `[from, to]`: an empty paragraph there gives way to them. */
export function placeAt(state) {
  const { $from, $to } = state.selection;
  const isEmpty = $from.depth === 1 && $from.parent.type.name === "paragraph" && !$from.parent.content.size;
  if (isEmpty && $from.sameParent($to) && state.doc.childCount > 1) return [$from.before(1), $from.after(1)];
  const end = between(state.doc, $to.pos);
  return [end, end];
}

/** Put places for `items` at `position` of `change`'s document, in their order. An item has `name` and `dom`. */
export function addPlaces(change, places) {
  return change.setMeta(key, { add: places });
}

/** A place for a picture that somebody may yet leave out (`file` is what would be sent). */
export function askedPlace(position, file) {
  const address = URL.createObjectURL(file);
  const picture = make("img", { src: address, alt: "" });
  picture.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
  const dom = make("div", { class: "arriving", "data-is": "asked", contenteditable: "false" }, picture, make("bdi", { class: "cut" }, file.name));
  return { id: crypto.randomUUID(), position, dom, file };
}

/** Send `files`, shown at `position`. Gives the places. */
export function sentPlaces(view, position, files) {
  return uploadsOf().takeForText(files).map((item) => sentPlace(view, position, item));
}

/** Send what `place` was asked about, at the same place. */
export function sendAsked(view, places) {
  const items = uploadsOf().takeForText(places.map((place) => place.file));
  const sent = places.map((place, number) => sentPlace(view, 0, items[number], place.id));
  view.dispatch(view.state.tr.setMeta(key, { renew: sent }).setMeta("addToHistory", false));
}

/** Take places away whose pictures are not to come. */
export function removePlaces(view, ids) {
  view.dispatch(view.state.tr.setMeta(key, { remove: ids }).setMeta("addToHistory", false));
}

function sentPlace(view, position, item, id = item.uuid) {
  const { uploads } = uploadsOf();
  const { bar, stop, words } = partsOf(uploads, item);
  const line = make("div", { class: "line" }, make("bdi", { class: "cut grow" }, item.name), words, stop);
  const dom = make("div", { class: "arriving", contenteditable: "false", role: "group", "aria-label": item.name }, line, bar);
  const place = { id, position, dom, item };
  follow(uploads, item, () => {
    dom.dataset.is = item.is;
    if (item.is === "done") setTimeout(() => putFigure(view, place)); // once its row stands among the pictures
    else if (item.is === "gone") removePlaces(view, [place.id]);
    dom.querySelector(".note")?.remove();
    bar.hidden = item.is === "refused";
    stop.hidden = item.is === "refused";
    if (item.is === "refused") dom.append(refusal(uploads, item));
  });
  return place;
}

function refusal(uploads, item) {
  const again = make("button", { type: "button", class: "btn" }, say("upload_again"));
  const remove = make("button", { type: "button", class: "btn" }, say("remove", { name: item.name }));
  again.addEventListener("click", () => uploads.again(item));
  remove.addEventListener("click", () => uploads.cancel(item));
  return make("div", { class: "note", "data-is": "bad", role: "alert" }, make("span", { dir: "auto" }, item.sentence, make("span", { class: "line" }, again, remove)));
}

/** The picture is in the library and among the story's: its figure stands where it was put, as one step to undo. */
function putFigure(view, { id, item }) {
  const place = key.getState(view.state)?.places.find((one) => one.id === id);
  if (!place || view.isDestroyed) return;
  const figure = view.state.schema.nodes.figure.create({ attachment: item.uuid });
  const change = pm.history.closeHistory(view.state.tr).insert(place.position, figure).setMeta(key, { done: id });
  view.dispatch(change);
  view.dispatch(pm.history.closeHistory(view.state.tr));
}

/** The places after `change`: each where its neighbours are, in order also where several stand between two blocks. */
function moved(places, change) {
  const told = change.getMeta(key) ?? {};
  const at = places.findIndex((place) => place.id === told.done);
  let after = places.map((place, number) => {
    // A figure that was put in pushes on those behind it and leaves those before it.
    const side = at < 0 || number > at ? 1 : -1;
    const position = change.docChanged ? between(change.doc, change.mapping.map(place.position, side)) : place.position;
    return { ...place, position };
  });
  const gone = new Set([...(told.remove ?? []), told.done]);
  after = after.filter((place) => !gone.has(place.id));
  const renewed = new Map((told.renew ?? []).map((place) => [place.id, place]));
  after = after.map((place) => ({ ...place, ...renewed.get(place.id), position: place.position }));
  return [...after, ...(told.add ?? [])].sort((one, other) => one.position - other.position); // sort keeps equals in order
}

export const Arriving = Extension.create({
  name: "arriving",
  addProseMirrorPlugins() {
    const widget = ({ id, position, dom }, number) =>
      Decoration.widget(position, dom, { key: `${id}:${dom.dataset.is === "asked"}`, side: number, ignoreSelection: true, stopEvent: () => true });
    return [
      new Plugin({
        key,
        state: {
          init: () => ({ places: [], shown: DecorationSet.empty }),
          apply(change, { places, shown }) {
            if (!change.docChanged && !change.getMeta(key)) return { places, shown };
            if (!places.length && !change.getMeta(key)) return { places, shown };
            const now = moved(places, change);
            return { places: now, shown: DecorationSet.create(change.doc, now.map((place, number) => widget(place, number + 1))) };
          },
        },
        props: { decorations: (state) => key.getState(state).shown },
      }),
    ];
  },
});
