// An embed: something that plays elsewhere, kept as its address and a title. Readers see a card that loads nothing from
// there (templates/blocks/embed.html); so does the desk.
import { Extension, pm } from "editor";
import { fill, label, line, view, whole } from "desk/cards";
import { enter, putIn } from "desk/moving";
import { make, providers, say } from "desk/words";

const { history } = pm;
const { Plugin } = pm.state;
const LONGEST = 2048; // characters (body/links.py)

/** `typed` as the address of an embed is kept; "" where it is none. The server decides again (body/links.py). */
export function webAddress(typed) {
  const trimmed = typed.trim();
  const address = /^[^\s:/@]+\.[^\s:/@]{2,}(\/\S*)?$/.test(trimmed) ? `https://${trimmed}` : trimmed;
  if (!/^https?:\/\/[^/\\?#]/i.test(address) || /[\\\p{C}\p{Z}]/u.test(address) || address.length > LONGEST) return "";
  try {
    return new URL(address).hostname ? address.replace(/^https?:/i, (scheme) => scheme.toLowerCase()) : "";
  } catch {
    return "";
  }
}

/** Who plays it, as readers know them: a name of the table (body/embeds.py), else the site's own. */
export function providerOf(address) {
  const host = new URL(address).hostname.replace(/^www\./, "");
  const isAt = (one) => host === one || host.endsWith(`.${one}`);
  return Object.keys(providers).find((name) => providers[name].some(isAt)) ?? "";
}

const hostOf = (address) => new URL(address).hostname.replace(/^www\./, "");

function draw(dom, tools) {
  const name = label("embed");
  const title = line(say("embed_title"), (value) => tools.set("title", value), () => tools.leave(), { class: "plain line-beside embed-title" });
  const wrong = make("p", { class: "bad small", role: "alert", lang: document.documentElement.lang });
  // An address that is none stays in its field, with the reason; the story keeps the one before.
  const address = line(say("embed_address"), (value) => {
    const tidy = webAddress(value);
    wrong.textContent = tidy ? "" : say("embed_bad");
    if (tidy && tidy !== tools.node().attrs.url) tools.set("url", tidy);
  }, () => tools.leave(), { dir: "ltr", type: "url", maxlength: null });
  dom.append(name, title, address, wrong);
  return (node) => {
    const { url } = node.attrs;
    name.replaceChildren(make("bdi", {}, providerOf(url) || say("embed")), " ", make("bdi", { class: "quiet" }, hostOf(url)));
    if (title.value.trim() !== node.attrs.title.trim()) fill(title, node.attrs.title);
    if (document.activeElement !== address) {
      fill(address, url);
      wrong.textContent = "";
    }
    title.disabled = address.disabled = !tools.editor.isEditable;
  };
}

export const Embed = whole("embed", { url: "", title: "" }, view("div", "block card embed-card", draw), {
  sound: ({ url, title }) => typeof url === "string" && webAddress(url) === url && typeof title === "string",
  addCommands: () => ({
    // An embed begins with its address: one without is nothing the story could keep.
    insertEmbed:
      () =>
      ({ editor, dispatch }) => {
        if (dispatch) askForEmbed(editor);
        return true;
      },
  }),
});

function askForEmbed(editor) {
  const host = editor.options.element;
  host.querySelector(".embed-strip")?.remove();
  const field = make("input", { class: "in", dir: "ltr", type: "url", "aria-label": say("embed_address"), placeholder: say("embed_address") });
  const wrong = make("p", { class: "bad small", role: "alert" });
  const strip = make("div", { class: "pop link-strip embed-strip", role: "dialog", "aria-label": say("embed"), lang: document.documentElement.lang }, field, wrong);
  let isOpen = true;
  const close = () => {
    if (isOpen) {
      isOpen = false;
      strip.remove();
    }
  };
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    const url = webAddress(field.value);
    if (event.key === "Enter" && !url) {
      wrong.textContent = say("embed_none");
      return;
    }
    close();
    editor.view.focus();
    if (event.key === "Escape") return;
    const { change, at } = putIn(editor.state, editor.schema.nodes.embed.create({ url }));
    editor.view.dispatch(enter(change, at).scrollIntoView());
    editor.view.nodeDOM(at)?.querySelector("input")?.focus();
  });
  strip.addEventListener("focusout", (event) => {
    if (!strip.contains(event.relatedTarget)) close();
  });
  const spot = editor.view.coordsAtPos(editor.state.selection.from);
  host.append(strip);
  strip.style.insetBlockStart = `${spot.bottom - host.getBoundingClientRect().top + 6}px`;
  // The menu this was chosen from gives the focus back to the text first.
  requestAnimationFrame(() => field.focus());
}

/** Whether `text` is the bare address of something a provider we know plays: a film or a post, not their front page. */
function isPost(text) {
  const url = /^https?:\/\/\S+$/i.test(text) ? webAddress(text) : "";
  return url && providerOf(url) && new URL(url).pathname.length > 1 ? url : "";
}

export const EmbedPaste = Extension.create({
  name: "embed_paste",
  addProseMirrorPlugins() {
    const handlePaste = (view, event) => {
      const { $from, empty } = view.state.selection;
      const isFresh = empty && $from.depth === 1 && $from.parent.type.name === "paragraph" && !$from.parent.content.size;
      const url = isFresh && isPost(event.clipboardData?.getData("text/plain").trim() ?? "");
      if (!url) return false;
      const { schema } = view.state;
      // Two steps: who wanted the link takes back the second.
      const link = schema.text(url, [schema.marks.link.create({ href: url })]);
      view.dispatch(history.closeHistory(view.state.tr.replaceSelectionWith(link, false)).setMeta("paste", true).setMeta("uiEvent", "paste"));
      const start = view.state.selection.$from.before(1);
      const change = view.state.tr.replaceWith(start, view.state.selection.$from.after(1), schema.nodes.embed.create({ url }));
      const behind = start + 1;
      const next = change.doc.nodeAt(behind);
      if (!next || next.isAtom) change.insert(behind, schema.nodes.paragraph.create());
      view.dispatch(history.closeHistory(enter(change, behind)).scrollIntoView());
      return true;
    };
    return [new Plugin({ props: { handlePaste } })];
  },
});
