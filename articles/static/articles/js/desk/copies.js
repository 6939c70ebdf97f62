// Pictures that come from another story by copying: a figure copied there carries which photo of the library it shows,
// and gets an attachment of this story's own for the same photo. The text names the new one from the first moment.
import { disarmed } from "desk/clipboard";
import { Extension, pm } from "editor";
import { takePhoto } from "desk/library";

const { Plugin } = pm.state;
const { Fragment, Slice } = pm.model;
const pictures = () => document.querySelector("story-pictures");

let brought = {}; // of the paste under way: by attachment, what its story said of it
const own = new Map(); // the attachments of this story by those they were copied from
const underWay = new Map(); // by attachment: the picture that is being asked for, or why it is not here

/** What a copy of `uuids` needs elsewhere: photo, and the words of the story where these are not the library's. */
export function carried(uuids) {
  const { language } = pictures()?.form.dataset ?? {};
  const found = uuids.map((uuid) => [uuid, pictures()?.find(uuid)]).filter(([, picture]) => picture);
  return Object.fromEntries(found.map(([uuid, { photo, name, caption, alt, isDecorative, library }]) => [uuid, {
    photo, name, language, isDecorative,
    caption: caption === library.caption ? "" : caption,
    alt: alt === library.alt ? "" : alt,
  }]));
}

/** How far the picture of attachment `uuid` is on its way here; undefined for one that is not. */
export const waiting = (uuid) => underWay.get(uuid);

/** Ask once more for a picture that could not be fetched. */
export function again(uuid) {
  const picture = underWay.get(uuid);
  if (picture) ask(uuid, picture);
}

addEventListener("online", () => {
  for (const [uuid, picture] of underWay) if (picture.again) again(uuid);
});

async function ask(uuid, picture) {
  underWay.set(uuid, { ...picture, sentence: undefined, again: false });
  tell();
  const { row, sentence, again: mayHelp } = await takePhoto(pictures(), picture.photo, { uuid, role: picture.role });
  if (!row) {
    underWay.set(uuid, { ...picture, sentence, again: mayHelp });
    return tell();
  }
  underWay.delete(uuid);
  // Words in another language than this story's stay where they came from.
  if (picture.language !== pictures().form.dataset.language) return tell();
  for (const name of ["caption", "alt"]) if (picture[name]) pictures().write(uuid, name, picture[name]);
  if (picture.isDecorative) pictures().write(uuid, "decorative", true);
  tell();
}

const tell = () => document.dispatchEvent(new CustomEvent("pictures:change"));

/** The attachment of this story for `uuid`: itself, one made for it, or "" for one of which nothing is known. */
function settle(uuid, role) {
  if (pictures().find(uuid)) return uuid;
  const earlier = own.get(uuid);
  if (earlier && (pictures().find(earlier) || (underWay.has(earlier) && !underWay.get(earlier).sentence))) return earlier;
  const said = brought[uuid];
  if (!said?.photo) return uuid in brought || isOurs(uuid) ? uuid : "";
  const made = crypto.randomUUID();
  own.set(uuid, made);
  ask(made, { ...said, role });
  return made;
}

/** Whether the story's text names it already, though its picture has gone. */
function isOurs(uuid) {
  const { editor } = document.querySelector("body-editor");
  let found = false;
  editor.state.doc.descendants((node) => {
    found ||= node.attrs.attachment === uuid || Boolean(node.attrs.attachments?.includes(uuid));
  });
  return found;
}

/** `fragment` with attachments of this story; pictures of which nothing is known are left out. */
function settled(fragment) {
  const nodes = [];
  fragment.forEach((node) => {
    const { attachment, attachments } = node.attrs;
    if (node.type.name === "figure") {
      const uuid = settle(attachment, "text");
      if (uuid) nodes.push(node.type.create({ ...node.attrs, attachment: uuid }));
    } else if (node.type.name === "gallery") {
      const uuids = attachments.map((one) => settle(one, "gallery")).filter(Boolean);
      if (uuids.length) nodes.push(node.type.create({ ...node.attrs, attachments: uuids }));
    } else nodes.push(node.isText ? node : node.copy(settled(node.content)));
  });
  return Fragment.from(nodes);
}

function hasPictures(fragment) {
  let found = false;
  fragment.descendants((node) => {
    found ||= node.type.name === "figure" || node.type.name === "gallery";
  });
  return found;
}

export const Copies = Extension.create({
  name: "copies",
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          transformPastedHTML(html) {
            brought = {};
            if (!html.includes("data-attrs")) return html;
            const page = new DOMParser().parseFromString(disarmed(html), "text/html");
            for (const element of page.querySelectorAll("[data-block][data-attrs]")) {
              try {
                Object.assign(brought, JSON.parse(element.getAttribute("data-attrs"))?.pictures);
              } catch {
                continue; // not of our making: it is no block either
              }
            }
            return html;
          },
          transformPasted(slice, view) {
            if (view.dragging?.move || !hasPictures(slice.content)) return slice;
            return new Slice(settled(slice.content), slice.openStart, slice.openEnd);
          },
        },
      }),
    ];
  },
});
