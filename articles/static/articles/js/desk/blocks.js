// The blocks a story is made of, under the names the server knows (body/blocks.py). What stands in a block here may
// stand in it there; what is not edited yet is kept as it came.
import { Bold, Document, HardBreak, InputRule, Italic, Node, Strike, Subscript, Superscript, Text, pm } from "editor";
import { embedView, figureView, galleryView, lineBeside, tableView } from "desk/cards";
import { Link } from "desk/link";
import { say } from "desk/words";

const { NodeSelection, TextSelection } = pm.state;

/** `pattern` typed at the start of a paragraph of the story turns it into something else. */
function rule(pattern, turn) {
  return new InputRule({
    find: pattern,
    handler: ({ state, range, chain }) => {
      const at = state.doc.resolve(range.from);
      if (at.depth !== 1 || at.parent.type.name !== "paragraph") return null;
      turn(chain().deleteRange(range)).run();
    },
  });
}

const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000,
  group: "block",
  content: "inline*",
  parseHTML: () => [{ tag: "p" }],
  renderHTML: () => ["p", { dir: "auto" }, 0],
  addCommands() {
    return { setParagraph: () => ({ commands }) => commands.setNode(this.name) };
  },
  addKeyboardShortcuts() {
    return { "Mod-Alt-0": () => this.editor.commands.setParagraph() };
  },
});

const Crosshead = Node.create({
  name: "crosshead",
  group: "block",
  content: "inline*",
  defining: true,
  parseHTML: () => ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag) => ({ tag })),
  renderHTML: () => ["h2", { dir: "auto", class: "cross" }, 0],
  addInputRules: () => [rule(/^#{1,3}\s$/, (chain) => chain.setNode("crosshead"))],
  addKeyboardShortcuts() {
    const onlyHere = () => this.editor.isActive("crosshead") && this.editor.state.selection.empty;
    return {
      "Mod-Alt-2": () => this.editor.commands.toggleNode("crosshead", "paragraph"),
      // At the start of a crosshead the key takes the heading away, not the line before.
      Backspace: () =>
        onlyHere() && this.editor.state.selection.$from.parentOffset === 0 && this.editor.commands.setNode("paragraph"),
    };
  },
});

/** A quote, spoken in the story or pulled out of it: paragraphs, and who said them. */
function quote(name, className, tags, typed) {
  return Node.create({
    name,
    group: "block",
    content: "paragraph+",
    defining: true,
    addAttributes: () => ({ attribution: { default: "" } }),
    parseHTML: () => tags.map((tag) => ({ tag })),
    renderHTML: ({ HTMLAttributes }) => ["blockquote", { ...HTMLAttributes, class: className }, 0],
    addNodeView: () => lineBeside({ tag: "blockquote", className, attribute: "attribution", ask: say("attribution") }),
    addInputRules: () => (typed ? [rule(typed, (chain) => chain.wrapIn(name))] : []),
    addKeyboardShortcuts() {
      return {
        // On an empty line the quote is over: who said it comes next.
        Enter: () => {
          const { $from, empty } = this.editor.state.selection;
          const isEmptyEnd = empty && $from.depth > 1 && $from.node(-1).type.name === name && !$from.parent.content.size;
          return isEmptyEnd && this.editor.commands.liftEmptyBlock();
        },
      };
    },
  });
}

const List = Node.create({
  name: "list",
  group: "block",
  content: "item+",
  addAttributes: () => ({
    ordered: { default: false, parseHTML: (element) => element.tagName === "OL", rendered: false },
  }),
  parseHTML: () => [{ tag: "ul" }, { tag: "ol" }],
  renderHTML: ({ node }) => [node.attrs.ordered ? "ol" : "ul", {}, 0],
  addCommands: () => ({
    toggleOurList:
      (ordered) =>
      ({ editor, commands }) => {
        if (editor.isActive("list", { ordered: !ordered })) return commands.updateAttributes("list", { ordered });
        return commands.toggleList("list", "item", false, { ordered });
      },
  }),
  addInputRules: () => [
    rule(/^[-*•]\s$/, (chain) => chain.toggleOurList(false)),
    rule(/^(1|١)[.)]\s$/, (chain) => chain.toggleOurList(true)),
  ],
  addNodeView: () => ({ node }) => {
    const dom = document.createElement(node.attrs.ordered ? "ol" : "ul");
    return { dom, contentDOM: dom, update: (next) => next.type.name === "list" && next.attrs.ordered === node.attrs.ordered };
  },
});

const Item = Node.create({
  name: "item",
  content: "(paragraph | list)+",
  defining: true,
  parseHTML: () => [{ tag: "li" }],
  renderHTML: () => ["li", 0],
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem("item"),
      Tab: () => this.editor.commands.sinkListItem("item"),
      "Shift-Tab": () => this.editor.commands.liftListItem("item"),
    };
  },
});

const FactBox = Node.create({
  name: "fact_box",
  group: "block",
  content: "(paragraph | list)+",
  defining: true,
  isolating: true,
  addAttributes: () => ({ title: { default: "" } }),
  parseHTML: () => [{ tag: "aside.facts-box" }],
  renderHTML: ({ HTMLAttributes }) => ["aside", { ...HTMLAttributes, class: "facts-box" }, 0],
  addNodeView: () =>
    lineBeside({ tag: "aside", className: "block facts-box", attribute: "title", ask: say("title"), before: true }),
});

/** The attributes that `renderHTML` of a whole block wrote into the clipboard; false where something else did. */
function attributesIn(element) {
  try {
    return JSON.parse(element.getAttribute("data-attrs"));
  } catch {
    return false;
  }
}

/** A block that is shown whole. */
function whole(name, attributes, view, more = {}) {
  return Node.create({
    name,
    group: "block",
    atom: true,
    selectable: true,
    draggable: true,
    addAttributes: () => Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, { default: value }])),
    renderHTML: ({ node }) => ["div", { "data-block": name, "data-attrs": JSON.stringify({ ...node.attrs, id: null }) }],
    parseHTML: () => [{ tag: `div[data-block="${name}"]`, getAttrs: attributesIn }],
    addNodeView: () => view,
    ...more,
  });
}

const Figure = whole("figure", { attachment: null }, figureView);
const Gallery = whole("gallery", { attachments: [], title: "" }, galleryView);
const Embed = whole("embed", { url: "", title: "" }, embedView);

const Divider = Node.create({
  name: "divider",
  group: "block",
  parseHTML: () => [{ tag: "hr" }],
  renderHTML: () => ["hr"],
});

// A table is read here and edited later: its words survive as they are, and so do those of one that is pasted.
const Table = Node.create({
  name: "table",
  group: "block",
  content: "row+",
  atom: true,
  draggable: true,
  isolating: true,
  addAttributes: () => ({
    caption: { default: "", parseHTML: (element) => element.querySelector("caption")?.textContent.trim() ?? "" },
  }),
  parseHTML: () => [{ tag: "table" }, { tag: "table > caption", ignore: true }],
  renderHTML: () => ["table", ["tbody", 0]],
  addNodeView: () => tableView,
});
const Row = Node.create({
  name: "row",
  content: "(header | cell)+",
  parseHTML: () => [{ tag: "tr" }],
  renderHTML: () => ["tr", 0],
});
const cell = (name, tag) =>
  Node.create({ name, content: "inline*", isolating: true, parseHTML: () => [{ tag }], renderHTML: () => [tag, 0] });

/** Moves the block with the cursor before the one above it, or behind the one below. */
export function moveBlock(editor, direction) {
  const { state, view } = editor;
  const at = state.selection.$from;
  const place = at.index(0);
  const other = place + direction;
  if (other < 0 || other >= state.doc.childCount) return false;
  const block = state.doc.child(place);
  const start = at.depth ? at.before(1) : state.selection.from;
  const offset = state.selection.from - start;
  const target = direction < 0 ? start - state.doc.child(other).nodeSize : start + state.doc.child(other).nodeSize;
  const change = state.tr.delete(start, start + block.nodeSize).insert(target, block);
  const spot = change.doc.resolve(Math.min(target + offset, change.doc.content.size));
  change.setSelection(at.depth ? TextSelection.near(spot) : NodeSelection.create(change.doc, target));
  view.dispatch(change.scrollIntoView());
  return true;
}

export const blocks = [
  Document,
  Text,
  Paragraph,
  Crosshead,
  quote("quote", "block quote", ["blockquote:not(.pull)"], /^>\s$/),
  quote("pull_quote", "block pull", ["blockquote.pull"], null),
  List,
  Item,
  FactBox,
  Figure,
  Gallery,
  Embed,
  Divider,
  Table,
  Row,
  cell("header", "th"),
  cell("cell", "td"),
  HardBreak.extend({
    name: "hard_break",
    // Ctrl Enter is the next move of the story, here as everywhere on the screen.
    addKeyboardShortcuts() {
      return { "Shift-Enter": () => this.editor.commands.setHardBreak() };
    },
  }),
  Bold,
  Italic,
  Strike,
  Superscript,
  Subscript,
  Link,
];
