// The link: a mark of our own, for the bundle's asks in a window over the text. Where it may lead the server decides
// again (body/links.py); here the same rule keeps what is pasted clean. It is asked for in a strip (strip.js).
import { Mark } from "editor";
import { LinkStrip } from "desk/strip";

const ALLOWED = /^(https?:\/\/[^\s/]|mailto:[^\s@]+@|story:|\/(?!\/))/i;

/** `address` as it is kept: with https:// before a bare host; "" where it may not be. */
export function tidy(address) {
  const trimmed = address.trim();
  if (ALLOWED.test(trimmed)) return trimmed;
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(trimmed)) return `mailto:${trimmed}`;
  if (/^[^\s:/@]+\.[^\s:/@]{2,}(\/\S*)?$/.test(trimmed)) return `https://${trimmed}`;
  return "";
}

export const Link = Mark.create({
  name: "link",
  priority: 1000,
  inclusive: false,
  keepOnSplit: false,

  addAttributes() {
    return { href: { default: null } };
  },

  parseHTML() {
    return [{ tag: "a[href]", getAttrs: (element) => (ALLOWED.test(element.getAttribute("href")) ? null : false) }];
  },

  // Followed nowhere while writing: a slip of the finger must not leave the page.
  renderHTML({ mark }) {
    return ["a", { href: mark.attrs.href, rel: "noopener", target: "_blank" }, 0];
  },

  addKeyboardShortcuts() {
    return { "Mod-k": () => askForLink(this.editor) };
  },
});

/** Ask where the words that are chosen lead, in a strip beneath them. Empty takes the link away. */
export function askForLink(editor) {
  editor.options.element.querySelector(".link-strip")?.remove();
  // Words chosen by keys a moment ago: the browser reports them later than the next key.
  editor.view.domObserver.flush();
  editor.commands.extendMarkRange("link");
  if (!editor.state.selection.empty) new LinkStrip(editor, tidy);
  return true;
}
