// A figure: the picture in the text, with this story's caption and alt text under it. They are typed into the rows of the
// story's pictures (desk/pictures), so that the panel and the text say the same at every moment.
import { act, fill, view, whole } from "desk/cards";
import { choosePictures } from "desk/choosing";
import { again, carried, waiting } from "desk/copies";
import { enter, putIn } from "desk/moving";
import { make, say } from "desk/words";

const ALT_AIM = 125;
const ALT_MOST = 250; // characters (admin/story_pictures.py)
const pictures = () => document.querySelector("story-pictures");
const own = { lang: document.documentElement.lang }; // the desk's words, among those of the story

/** A field for some lines of words, as tall as they are. */
function lines(ask, more = {}) {
  return make("textarea", { class: "plain", rows: "1", dir: "auto", placeholder: ask, "aria-label": ask, ...more });
}

/** The picture, or a sentence that says why there is none. */
function drawPicture(place, uuid, picture, swap) {
  if (picture) {
    const { src, srcset, alt, width, height } = picture;
    const image = place.querySelector("img") ?? make("img", { sizes: "46rem" });
    for (const [name, value] of Object.entries({ src, srcset, alt, width, height })) {
      if (image.getAttribute(name) !== value) image.setAttribute(name, value ?? "");
    }
    if (!image.isConnected) place.replaceChildren(image);
    return;
  }
  const state = waiting(uuid);
  const words = make("span", { dir: "auto" }, state?.sentence ?? (state ? say("fetching_picture", { name: state.name }) : say("lost_picture")));
  const buttons = [...(state?.again ? [act("try_again", () => again(uuid))] : []), ...(state && !state.sentence ? [] : [act("choose_another", swap)])];
  const note = make("div", { class: "note", "data-is": state && !state.sentence ? "" : "warn", ...own }, words, ...buttons);
  if (place.firstElementChild?.outerHTML !== note.outerHTML) place.replaceChildren(note);
}

function draw(dom, tools) {
  const uuid = () => tools.node().attrs.attachment;
  const write = (name) => (event) => pictures().write(uuid(), name, event.target.type === "checkbox" ? event.target.checked : event.target.value);
  const swap = async () => {
    const [chosen] = await choosePictures({ label: say("choose_picture"), without: [uuid()] });
    if (chosen) tools.set("attachment", chosen);
    tools.choose();
  };
  const place = make("div", { class: "fig-picture" });
  const caption = lines(say("caption"), { class: "plain caption" });
  const credit = make("span", { class: "credit" });
  const library = make("span", { dir: "auto" });
  const use = act("use_library", () => pictures().write(uuid(), "caption", pictures().find(uuid()).library.caption));
  const beneath = make("p", { class: "library-words", ...own }, make("span", {}, say("library_says")), " ", library, " ", use);
  const altButton = make("button", { type: "button", "aria-expanded": "false", ...own });
  const role = make("select", { "aria-label": say("role"), ...own });
  const swapButton = act("swap", swap);
  const facts = make("div", { class: "facts" }, altButton, role, swapButton);
  const alt = lines(say("alt_text"), { class: "in" });
  const libraryAlt = make("p", { class: "library-words", ...own });
  const length = make("output", { class: "small", ...own });
  const decorative = make("input", { type: "checkbox" });
  const box = make("div", { class: "alt-box", hidden: true }, alt, length, libraryAlt, make("label", { class: "tick small", ...own }, decorative, " ", say("decorative")));
  dom.append(place, make("figcaption", {}, caption, " ", credit), beneath, facts, box);

  caption.addEventListener("input", write("caption"));
  alt.addEventListener("input", write("alt"));
  decorative.addEventListener("input", write("decorative"));
  role.addEventListener("input", write("role"));
  for (const field of [caption, alt]) {
    const name = field === alt ? "alt" : "caption";
    // Nothing of its own means the library's words: they are what readers see then.
    field.addEventListener("change", () => {
      const picture = pictures().find(uuid());
      if (picture && !picture[name] && picture.library[name] && !picture.isDecorative) pictures().write(uuid(), name, picture.library[name]);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
      event.preventDefault();
      tools.leave();
    });
  }
  altButton.addEventListener("click", () => {
    box.hidden = !box.hidden;
    altButton.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) alt.focus();
  });

  return () => {
    const picture = pictures()?.find(uuid());
    drawPicture(place, uuid(), picture, swap);
    for (const part of [dom.querySelector("figcaption"), facts]) part.hidden = !picture;
    beneath.hidden = !picture?.library.caption || picture.library.caption === picture.caption;
    if (!picture) {
      box.hidden = true;
      return;
    }
    if (caption.value.trim() !== picture.caption) fill(caption, picture.caption);
    if (alt.value.trim() !== picture.alt) fill(alt, picture.alt);
    decorative.checked = picture.isDecorative;
    credit.textContent = picture.credit;
    library.textContent = picture.library.caption;
    const others = pictures().control(uuid(), "role");
    if (others && role.options.length !== others.options.length) role.replaceChildren(...[...others.options].map((one) => make("option", { value: one.value }, one.textContent)));
    role.value = picture.role;
    const isFixed = !tools.editor.isEditable || !others || others.disabled;
    for (const control of [caption, alt, decorative, role]) control.disabled = isFixed;
    for (const button of [swapButton, use]) button.hidden = isFixed;
    const count = [...picture.alt].length;
    const isLacking = !count && !picture.isDecorative;
    altButton.className = isLacking ? "lacks" : count > ALT_AIM ? "lacks" : "good";
    altButton.replaceChildren(picture.isDecorative ? say("decoration") : isLacking ? say("no_alt_text") : say("alt_length", { now: count, good: count > ALT_AIM ? ALT_MOST : ALT_AIM }));
    length.textContent = say("length", { now: count, good: count > ALT_AIM ? ALT_MOST : ALT_AIM });
    length.toggleAttribute("data-over", count > ALT_AIM);
    const differs = picture.library.alt && picture.library.alt !== picture.alt;
    libraryAlt.hidden = !differs || isFixed;
    libraryAlt.replaceChildren(make("span", {}, say("library_says")), " ", make("span", { dir: "auto" }, picture.library.alt), " ",
      act("use_library", () => pictures().write(uuid(), "alt", picture.library.alt)));
  };
}

/** The pictures of a block that goes into the clipboard, for a story that has not got them. */
const told = ({ attrs }) => ({ pictures: carried([attrs.attachment]) });

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const isUuid = (value) => typeof value === "string" && UUID.test(value);

export const Figure = whole("figure", { attachment: null }, view("figure", "block fig", draw), {
  sound: ({ attachment }) => isUuid(attachment),
  // What it shows, for a story that has not got the picture.
  told: ({ attachment }) => ({ pictures: carried([attachment]) }),
  addCommands: () => ({
    insertFigure:
      (attachment) =>
      ({ state }) => {
        const { change, at } = putIn(state, state.schema.nodes.figure.create({ attachment }));
        return Boolean(enter(change, at));
      },
  }),
});
