// What is pasted into the text or dropped on it. Words are cleaned (desk/clipboard); pictures go up to the library and
// stand where they were put; what came along with a text is asked about first. One paste is one step to undo.
import { Extension, pm } from "editor";
import { addPlaces, askedPlace, between, placeAt, removePlaces, sendAsked, sentPlaces } from "desk/arriving";
import { clean, ofText } from "desk/clipboard";
import { MARK } from "desk/clipboard_reader";
import { make, say } from "desk/words";

const { Plugin } = pm.state;
const { DOMParser: Reader, Slice } = pm.model;

// A story holds 2 MB (body/cleaning.py): what is longer is not even read, for reading it would stop the browser.
const MOST_TEXT = 1000000; // letters
const MOST_HTML = 12000000; // letters, pictures written into it left aside
const IN_HTML = /data:image\/[a-z+.-]+;base64,[a-z0-9+/=\s]*/gi;
const NAMES = /\.(jpe?g|png|webp|avif|heic|heif|tiff?|gif)$/i;

const isPicture = (file) => file.type.startsWith("image/") || NAMES.test(file.name);
const mayAdd = () => Boolean(document.querySelector("story-pictures")?.uploads?.isOpen);

/** The picture in a `data:` address as a file; null for one that is none. */
function fileOf(address, number) {
  const [, type, data] = /^data:(image\/[a-z+.-]+);base64,(.*)$/is.exec(address) ?? [];
  if (!type) return null;
  try {
    const bytes = Uint8Array.from(atob(data.replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
    return new File([bytes], `picture-${number + 1}.${type.split("/")[1].replace("jpeg", "jpg")}`, { type });
  } catch {
    return null;
  }
}

/** For each picture of a paste its file, as far as there is one; `far` are addresses of others' servers. */
function filesOf(pictures, files) {
  const rest = pictures.filter(({ src }) => !/^(data|https?):/i.test(src));
  // Office programs say file:///… in the text, which no page may read, and put the pictures beside it in their order.
  const beside = rest.length === files.length ? [...files] : [];
  const found = pictures.map(({ src }, number) => (/^data:/i.test(src) ? fileOf(src, number) : rest.some((one) => one.src === src) ? beside.shift() ?? null : null));
  const far = pictures.map(({ src }) => src).filter((src) => /^https?:/i.test(src));
  return { found, far, unread: found.filter((file) => !file).length - far.length };
}

class Came {
  constructor(view) {
    this.view = view;
  }

  // -- Words

  /** Before anything is read: what is too long is refused. */
  look(event) {
    this.pictures = [];
    this.isDrop = event.type === "drop";
    const data = event.clipboardData ?? event.dataTransfer;
    const text = data?.getData("text/plain") ?? "";
    const html = data?.getData("text/html") ?? "";
    const isLong = text.length > MOST_TEXT || html.length > MOST_HTML && html.replace(IN_HTML, "").length > MOST_HTML;
    if (!isLong) return false;
    event.preventDefault();
    this.tell(say("paste_too_long"));
    return true;
  }

  read(html) {
    const { html: cleaned, pictures } = clean(html);
    // Text that is dropped is put in by the editor itself: nobody would take the marks out again.
    this.pictures = this.isDrop ? [] : pictures;
    return this.isDrop ? cleaned.replace(MARK, "") : cleaned;
  }

  paste(event, slice) {
    const { view } = this;
    const files = [...(event.clipboardData?.files ?? [])].filter(isPicture);
    const hasWords = slice.content.textBetween(0, slice.content.size, " ").replace(MARK, "").trim() || !slice.size && event.clipboardData?.getData("text/plain").trim();
    const isOnlyPicture = files.length && !hasWords && this.pictures.length <= files.length;
    if (isOnlyPicture) return this.put(files, ...placeAt(view.state));
    if (!slice.size) {
      const others = [...(event.clipboardData?.files ?? [])];
      if (others.length) this.refuse(others);
      return others.length > 0;
    }
    const { pictures } = this;
    const change = replaced(view.state.tr, slice);
    const spots = takeMarks(change);
    const asked = mayAdd() && pictures.length ? this.ask(pictures, files, spots) : [];
    if (asked.length) addPlaces(change, asked);
    pm.history.closeHistory(change).scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste");
    view.dispatch(change);
    view.dispatch(pm.history.closeHistory(view.state.tr));
    return true;
  }

  // -- Pictures

  drop(event, slice, isMoved) {
    const { view } = this;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (isMoved || view.dragging || !files.length) return false;
    event.preventDefault();
    const spot = view.posAtCoords({ left: event.clientX, top: event.clientY });
    const end = view.state.doc.content.size;
    const inside = spot ? (spot.inside < 0 ? spot.pos : Math.max(spot.inside, 0) + 1) : end;
    const behind = between(view.state.doc, spot ? Math.max(inside, spot.pos) : end);
    const start = between(view.state.doc, spot ? spot.pos : end, { before: true });
    const block = view.nodeDOM(start);
    const box = block?.getBoundingClientRect?.();
    const isUpper = box && event.clientY < (box.top + box.bottom) / 2;
    const place = isUpper ? start : behind;
    const pictures = files.filter(isPicture);
    if (pictures.length < files.length) this.refuse(files.filter((file) => !isPicture(file)));
    if (pictures.length) this.put(pictures, place, place);
    return true;
  }

  /** Send `files` and show them in place of what stands from `from` to `to`. */
  put(files, from, to) {
    if (!mayAdd()) {
      this.tell(say("drop_not_allowed"));
      return true;
    }
    const { view } = this;
    const change = view.state.tr;
    if (to > from) change.delete(from, to);
    else change.setMeta("addToHistory", false);
    view.dispatch(addPlaces(change, sentPlaces(view, from, files)));
    return true;
  }

  refuse(files) {
    for (const file of files.slice(0, 3)) this.tell(mayAdd() ? say("drop_no_picture", { name: file.name }) : say("drop_not_allowed"));
  }

  /** Ask what is to become of pictures that came with a text. Gives the places of those that can be sent. */
  ask(pictures, files, spots) {
    const { found, far, unread } = filesOf(pictures, files);
    const places = spots.filter(({ number }) => found[number]).map(({ number, position }) => askedPlace(position, found[number]));
    const count = places.length;
    const one = count === 1 ? "_one" : "";
    const parts = [];
    if (count) parts.push(make("p", {}, say(`came${one}`, { count })));
    if (unread > 0) parts.push(make("p", {}, say(unread === 1 ? "came_unread_one" : "came_unread", { count: unread })));
    if (far.length) {
      const items = far.slice(0, 20).map((address) => make("li", {}, make("bdi", { dir: "ltr" }, address.slice(0, 300))));
      parts.push(make("p", {}, say("came_far")), make("ul", {}, ...items));
    }
    const take = make("button", { type: "button", class: "btn", "data-kind": "go" }, say(`came_take${one}`));
    const leave = make("button", { type: "button", class: "btn" }, say(`came_drop${one}`));
    const close = this.show(parts, count ? [take, leave] : null);
    take.addEventListener("click", () => {
      close();
      sendAsked(this.view, places);
    });
    leave.addEventListener("click", () => {
      close();
      removePlaces(this.view, places.map((place) => place.id));
    });
    return places;
  }

  tell(sentence) {
    this.show([make("p", { dir: "auto" }, sentence)], null);
  }

  /** A strip that stays in sight at the foot of the text. Gives what takes it away. */
  show(parts, buttons) {
    const close = make("button", { type: "button", class: "btn" }, say("close"));
    const strip = make("div", { class: "came", role: "status" }, ...parts, make("p", { class: "line" }, ...(buttons ?? [close])));
    const done = () => {
      strip.remove();
      this.view.focus();
    };
    close.addEventListener("click", done);
    const host = this.view.dom.closest(".writing-place");
    if (!buttons) for (const older of host.querySelectorAll(".came[data-told]")) older.remove();
    if (!buttons) strip.dataset.told = "";
    host.append(strip);
    return done;
  }
}

/** `change` with `slice` in place of what is chosen, as the editor pastes by itself. */
function replaced(change, slice) {
  const single = slice.openStart === 0 && slice.openEnd === 0 && slice.content.childCount === 1 ? slice.content.firstChild : null;
  return single ? change.replaceSelectionWith(single) : change.replaceSelection(slice);
}

/** Take the marks of pictures out of the text of `change`: gives `{number, position}` for each, in their order. */
function takeMarks(change) {
  const marks = [];
  change.doc.descendants((node, position) => {
    if (node.isText) for (const found of node.text.matchAll(MARK)) marks.push({ number: Number(found[1]), from: position + found.index, to: position + found.index + found[0].length });
  });
  const spots = [];
  for (const { number, from, to } of marks.reverse()) {
    const at = change.doc.resolve(from);
    const isAlone = at.depth === 1 && at.parent.content.size === to - from && change.doc.childCount > 1;
    if (isAlone) change.delete(at.before(1), at.after(1));
    else change.delete(from, to);
    const step = change.mapping.maps.at(-1);
    for (const spot of spots) spot.position = step.map(spot.position);
    spots.unshift({ number, position: between(change.doc, isAlone ? at.before(1) : from) });
  }
  return spots;
}

export const Pasting = Extension.create({
  name: "pasting",
  priority: 10, // what a kind of block does with a paste of its own comes first
  addProseMirrorPlugins() {
    let came = null;
    return [
      new Plugin({
        view(view) {
          came = new Came(view);
          // A file that falls beside the places for it must not take the page away.
          const hold = (event) => {
            if (event.dataTransfer?.types.includes("Files") && !event.defaultPrevented && !event.target.closest?.("input[type=file]")) event.preventDefault();
          };
          for (const name of ["dragover", "drop"]) document.addEventListener(name, hold);
          return {};
        },
        props: {
          handleDOMEvents: { paste: (view, event) => came.look(event), drop: (view, event) => came.look(event) },
          transformPastedHTML: (html) => came.read(html),
          clipboardTextParser: (text, context, isPlain, view) => {
            const page = new DOMParser().parseFromString(ofText(text), "text/html");
            return text ? Reader.fromSchema(view.state.schema).parseSlice(page.body, { context }) : Slice.empty;
          },
          handlePaste: (view, event, slice) => came.paste(event, slice),
          handleDrop: (view, event, slice, isMoved) => came.drop(event, slice, isMoved),
        },
      }),
    ];
  },
});
