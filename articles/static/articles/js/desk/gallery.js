// A gallery: several pictures of the story side by side, in an order, under a title. It is never empty: it begins with
// the pictures that are chosen for it, and goes with the last one.
import { act, fill, label, line, view, whole } from "desk/cards";
import { choosePictures } from "desk/choosing";
import { carried, waiting } from "desk/copies";
import { dragged } from "desk/dragged";
import { isUuid } from "desk/figure";
import { enter, putIn } from "desk/moving";
import { icon, make, say } from "desk/words";

const MOST_PICTURES = 200; // body/blocks.py
const pictures = () => document.querySelector("story-pictures");
const lang = document.documentElement.lang;

/** What is missing of a picture, in words. */
function lacks(picture) {
  const missing = [];
  if (!picture.caption) missing.push(say("no_caption"));
  if (!picture.alt && !picture.isDecorative) missing.push(say("no_alt_text"));
  return missing;
}

function tool(name, sign, does, put) {
  const words = say(name, put);
  const button = make("button", { type: "button", class: "btn", "data-kind": "quiet", "data-icon": true, "aria-label": words, title: words, lang }, icon(sign));
  button.addEventListener("click", does);
  return button;
}

function draw(dom, tools) {
  const title = line(say("gallery_title"), (value) => tools.set("title", value), () => tools.leave());
  const list = make("ol", { class: "gallery-pictures" });
  const add = act("add_pictures", async () => {
    const held = tools.node().attrs.attachments;
    const chosen = await choosePictures({ label: say("choose_pictures"), several: true, without: held, role: "gallery" });
    if (chosen.length) tools.set("attachments", [...tools.node().attrs.attachments, ...chosen].slice(0, MOST_PICTURES));
    tools.choose();
  });
  add.className = "btn";
  dom.append(label("gallery"), title, list, add);

  const put = (order, uuid) => {
    tools.set("attachments", order);
    list.querySelector(`[data-uuid="${uuid}"] button:not([hidden])`)?.focus();
  };
  const shift = (uuid, to) => {
    const order = tools.node().attrs.attachments.filter((one) => one !== uuid);
    order.splice(to, 0, uuid);
    put(order, uuid);
  };
  const takeOut = (uuid) => {
    const order = tools.node().attrs.attachments;
    const place = order.indexOf(uuid);
    if (order.length === 1) tools.take();
    else put(order.filter((one) => one !== uuid), order[place + 1] ?? order[place - 1]);
  };
  const item = (uuid, place, count) => {
    const picture = pictures()?.find(uuid);
    const state = waiting(uuid);
    const name = picture?.name ?? state?.name ?? "";
    const thumb = picture
      ? make("img", { src: picture.thumbnail, alt: picture.alt, class: "thumb", draggable: "false" })
      : make("span", { class: "thumb none" }, "–");
    const missing = picture ? lacks(picture) : [state?.sentence ?? (state ? say("fetching_picture", { name }) : say("lost_picture"))];
    const words = picture?.caption ? make("span", { class: "gallery-words", dir: "auto" }, picture.caption) : "";
    const element = make("li", { "data-uuid": uuid, "data-control": true }, thumb, make("div", { class: "grow" }, make("bdi", { class: "cut", hidden: Boolean(words) }, name), words,
      make("span", { class: "lacks small", dir: "auto", lang }, missing.join(" · "))));
    if (!tools.editor.isEditable) return element;
    const earlier = tool("earlier", "higher", () => shift(uuid, place - 1), { name });
    const later = tool("later", "lower", () => shift(uuid, place + 1), { name });
    earlier.hidden = place === 0;
    later.hidden = place === count - 1;
    element.append(make("span", { class: "steps" }, earlier, later, tool("remove", "cross", () => takeOut(uuid), { name })));
    element.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const to = place + step;
      if (!step || !event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (to >= 0 && to < count) shift(uuid, to);
    });
    return element;
  };
  if (tools.editor.isEditable) {
    dragged(list, {
      handle: (target) => !target.closest("button") && target.closest("li"),
      items: () => [...list.children],
      drop: (from, to) => shift(tools.node().attrs.attachments[from], to),
    });
  }
  let drawn = "";
  return (node) => {
    const { attachments } = node.attrs;
    if (title.value.trim() !== node.attrs.title.trim()) fill(title, node.attrs.title);
    title.disabled = !tools.editor.isEditable;
    add.hidden = !tools.editor.isEditable || attachments.length >= MOST_PICTURES;
    const items = attachments.map((uuid, place) => item(uuid, place, attachments.length));
    const now = items.map((one) => one.outerHTML).join("");
    if (now !== drawn) list.replaceChildren(...items);
    drawn = now;
  };
}

export const Gallery = whole("gallery", { attachments: [], title: "" }, view("div", "block card gallery-card", draw), {
  sound: ({ attachments, title }) =>
    Array.isArray(attachments) && attachments.length > 0 && attachments.length <= MOST_PICTURES && attachments.every(isUuid) && typeof title === "string",
  told: ({ attachments }) => ({ pictures: carried(attachments) }),
  addCommands: () => ({
    insertGallery:
      () =>
      ({ editor, dispatch }) => {
        if (dispatch) askForGallery(editor);
        return true;
      },
  }),
});

async function askForGallery(editor) {
  const attachments = await choosePictures({ label: say("choose_pictures"), several: true, role: "gallery" });
  editor.view.focus();
  if (!attachments.length) return;
  const { change, at } = putIn(editor.state, editor.schema.nodes.gallery.create({ attachments: attachments.slice(0, MOST_PICTURES) }));
  editor.view.dispatch(enter(change, at).scrollIntoView());
}
