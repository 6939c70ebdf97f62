// The blocks a story is made of, under the names the server knows (body/blocks.py). What stands in a block here may
// stand in it there.
import { Bold, Document, HardBreak, InputRule, Italic, Node, Strike, Subscript, Superscript, Text } from "editor";
import { lineBeside } from "desk/cards";
import { Copies } from "desk/copies";
import { Embed, EmbedPaste } from "desk/embed";
import { Figure } from "desk/figure";
import { Gallery } from "desk/gallery";
import { BlockHandle } from "desk/handle";
import { Link } from "desk/link";
import { enter, goOn, placeOf, putIn, remove } from "desk/moving";
import { tableNodes } from "desk/table";
import { say } from "desk/words";

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
  addKeyboardShortcuts() {
    const inside = () => {
      const { $from, empty } = this.editor.state.selection;
      const isEmptyLine = empty && $from.depth === 2 && $from.node(1).type.name === "fact_box" && !$from.parent.content.size;
      return isEmptyLine && { box: $from.node(1), at: $from.before(1), line: $from.before(2), place: $from.index(1) };
    };
    return {
      // As in a quote: on an empty last line the box is over.
      Enter: () => {
        const found = inside();
        if (!found || found.place !== found.box.childCount - 1 || found.box.childCount === 1) return false;
        this.editor.view.dispatch(this.editor.state.tr.delete(found.line, found.line + 2));
        goOn(this.editor, found.at);
        return true;
      },
      Backspace: () => {
        const found = inside();
        return Boolean(found) && found.box.childCount === 1 && !found.box.attrs.title && remove(this.editor, placeOf(this.editor.state));
      },
    };
  },
});

const Divider = Node.create({
  name: "divider",
  group: "block",
  parseHTML: () => [{ tag: "hr" }],
  renderHTML: () => ["hr"],
  addCommands: () => ({
    /** A divider where the cursor is, and the cursor behind it. */
    insertDivider:
      () =>
      ({ state }) => {
        const { change, behind } = putIn(state, state.schema.nodes.divider.create());
        if (change.doc.nodeAt(behind)?.isAtom) change.insert(behind, state.schema.nodes.paragraph.create());
        return Boolean(enter(change, behind));
      },
  }),
  addInputRules: () => [rule(/^(?:---|\*\*\*)\s$/, (chain) => chain.insertDivider())],
});

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
  EmbedPaste,
  Divider,
  ...tableNodes,
  Copies,
  BlockHandle,
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
