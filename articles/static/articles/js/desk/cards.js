// Blocks that are shown whole and not written in: the picture itself, and readable cards for what is edited elsewhere.
import { make, say } from "desk/words";

const pictures = () => document.querySelector("story-pictures");

function pictureIn(uuid) {
  const picture = pictures()?.find(uuid);
  if (!picture) return make("p", { class: "note", "data-is": "warn" }, make("span", {}, say("lost_picture")));
  const image = make("img", {
    src: picture.src, srcset: picture.srcset, sizes: "46rem", alt: picture.alt, width: picture.width, height: picture.height,
  });
  const caption = make("span", { dir: "auto", class: picture.caption ? "" : "lacks" }, picture.caption || say("no_caption"));
  const credit = make("span", { class: "credit" }, picture.credit ? ` ${picture.credit}` : "");
  return [image, make("figcaption", {}, caption, credit)];
}

/** A view that draws itself anew when its block or the story's pictures change; nothing in it can be typed into. */
function drawn(tag, className, draw) {
  return ({ node }) => {
    const dom = make(tag, { class: className, contenteditable: "false" });
    let shown = node;
    const show = () => dom.replaceChildren(...[draw(shown)].flat());
    show();
    document.addEventListener("pictures:change", show);
    return {
      dom,
      update(next) {
        if (next.type !== shown.type) return false;
        shown = next;
        show();
        return true;
      },
      selectNode: () => dom.setAttribute("data-on", ""),
      deselectNode: () => dom.removeAttribute("data-on"),
      destroy: () => document.removeEventListener("pictures:change", show),
      ignoreMutation: () => true,
    };
  };
}

const label = (name) => make("p", { class: "card-label" }, say(name));
const words = (text) => make("p", { dir: "auto" }, text);

export const figureView = drawn("figure", "block fig", (node) => pictureIn(node.attrs.attachment));

export const galleryView = drawn("div", "block card", (node) => {
  const thumbs = node.attrs.attachments.map((uuid) => {
    const picture = pictures()?.find(uuid);
    return picture ? make("img", { src: picture.thumbnail, alt: picture.alt, class: "thumb" }) : make("span", { class: "thumb none" }, "–");
  });
  return [label("gallery"), ...(node.attrs.title ? [words(node.attrs.title)] : []), make("div", { class: "line" }, ...thumbs)];
});

export const embedView = drawn("div", "block card", (node) => [
  label("embed"),
  ...(node.attrs.title ? [words(node.attrs.title)] : []),
  make("p", { dir: "ltr", class: "quiet" }, node.attrs.url),
]);

export const tableView = drawn("div", "block card", (node) => {
  const rows = [];
  node.forEach((row) => {
    const line = make("tr");
    row.forEach((cell) => line.append(make(cell.type.name === "header" ? "th" : "td", { dir: "auto" }, cell.textContent)));
    rows.push(line);
  });
  const caption = node.attrs.caption ? [make("caption", { dir: "auto" }, node.attrs.caption)] : [];
  return [label("table"), make("table", {}, ...caption, make("tbody", {}, ...rows))];
});

/** A view with one line of words of its own (`attribute`) beside what is written in it. */
export function lineBeside({ tag, className, attribute, ask, before = false }) {
  return ({ node, editor, getPos }) => {
    const inside = make("div", { class: "inside" });
    const line = make("input", { class: "plain line-beside", dir: "auto", placeholder: ask, "aria-label": ask });
    line.value = node.attrs[attribute] ?? "";
    line.disabled = !editor.isEditable;
    const holder = make("footer", { contenteditable: "false" }, line);
    const dom = make(tag, { class: className }, ...(before ? [holder, inside] : [inside, holder]));
    let shown = node;
    line.addEventListener("input", () => {
      editor.view.dispatch(editor.state.tr.setNodeAttribute(getPos(), attribute, line.value));
    });
    line.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      const behind = getPos() + shown.nodeSize;
      const isLast = behind >= editor.state.doc.content.size;
      const chain = editor.chain();
      if (isLast) chain.insertContentAt(behind, { type: "paragraph" });
      chain.setTextSelection(behind + 1).run();
      editor.view.focus();
    });
    return {
      dom,
      contentDOM: inside,
      update(next) {
        if (next.type !== shown.type) return false;
        shown = next;
        const value = next.attrs[attribute] ?? "";
        if (line.value !== value) line.value = value;
        return true;
      },
      stopEvent: (event) => holder.contains(event.target),
      ignoreMutation: (mutation) => !inside.contains(mutation.target),
    };
  };
}
