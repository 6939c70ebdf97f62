// The link: a mark of our own, for the bundle's asks in a window over the text. Where it may lead the server decides
// again (body/links.py); here the same rule keeps what is pasted clean.
import { Mark } from "editor";
import { make, say } from "desk/words";

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

/** Ask for the address of the words that are chosen, in a strip beneath them. Empty takes the link away. */
export function askForLink(editor) {
  const host = editor.options.element;
  host.querySelector(".link-strip")?.remove();
  // Words chosen by keys a moment ago: the browser reports them later than the next key.
  editor.view.domObserver.flush();
  editor.commands.extendMarkRange("link");
  if (editor.state.selection.empty) return true;
  const field = make("input", { class: "in", dir: "ltr", "aria-label": say("link_address"), placeholder: "https://" });
  field.value = editor.getAttributes("link").href ?? "";
  const wrong = make("p", { class: "bad small", role: "alert" });
  const strip = make("div", { class: "pop link-strip", role: "dialog", "aria-label": say("link_address") }, field, wrong);
  let isOpen = true;
  // Taking the strip away takes the focus from it, which would take it away again.
  const close = () => {
    if (isOpen) {
      isOpen = false;
      strip.remove();
    }
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      editor.view.focus();
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    const href = tidy(field.value);
    if (field.value.trim() && !href) {
      wrong.textContent = say("link_bad");
      return;
    }
    close();
    // Tiptap's own focus comes a frame later, and whoever types fast has gone on by then.
    editor.view.focus();
    if (href) editor.commands.setMark("link", { href });
    else editor.commands.unsetMark("link");
  });
  strip.addEventListener("focusout", (event) => {
    if (!strip.contains(event.relatedTarget)) close();
  });
  const spot = editor.view.coordsAtPos(editor.state.selection.to);
  const sheet = host.getBoundingClientRect();
  host.append(strip);
  strip.style.insetBlockStart = `${spot.bottom - sheet.top + 6}px`;
  field.focus();
  field.select();
  return true;
}
