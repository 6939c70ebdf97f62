// A table, written in where it stands: single cells of words, each of which may be empty, in rows of the same length. The
// server takes no joined cells (body/blocks.py); what is pasted with some is taken apart as it is read (clipboard_reader.js).
import { Node, commands, pm } from "editor";
import { putIn } from "desk/moving";
import { children, down } from "desk/table_rows";
import { tableView } from "desk/table_view";

const { Fragment, Slice } = pm.model;
const { Plugin, TextSelection } = pm.state;
const { addRowAfter, goToNextCell, isInTable, tableEditing } = pm.tables;

export const Table = Node.create({
  name: "table",
  group: "block",
  content: "row+",
  isolating: true,
  tableRole: "table",
  addAttributes: () => ({
    caption: {
      default: "",
      rendered: false,
      parseHTML: (element) => element.querySelector(":scope > caption")?.textContent.trim().slice(0, 1000) ?? "",
    },
  }),
  parseHTML: () => [{ tag: "table" }, { tag: "table > caption", ignore: true }],
  renderHTML: ({ node }) => ["table", ...(node.attrs.caption ? [["caption", node.attrs.caption]] : []), ["tbody", 0]],
  addNodeView: () => tableView,
  // Other nodes say which part of a table they are in the same way.
  extendNodeSchema: (extension) => ({ tableRole: extension.config.tableRole }),
  addCommands: () => ({
    // What makes a paragraph something else first makes it plain; a cell would become the first kind a row may hold.
    clearNodes: () => (props) => !isInTable(props.state) && commands.clearNodes()(props),
    /** Three columns and two rows, the first of headings; the cursor goes into the first cell. */
    insertTable:
      () =>
      ({ state }) => {
        const { table, row, header, cell } = state.schema.nodes;
        const of = (type) => row.create(null, [type.create(), type.create(), type.create()]);
        const { change, at } = putIn(state, table.create(null, [of(header), of(cell)]));
        change.setSelection(TextSelection.near(change.doc.resolve(at + 1))).scrollIntoView();
        return true;
      },
  }),
  addKeyboardShortcuts() {
    const { editor } = this;
    const run = (command) => command(editor.state, editor.view.dispatch);
    const within = (does) => () => isInTable(editor.state) && does();
    return {
      Tab: within(() => run(goToNextCell(1)) || (run(addRowAfter) && run(goToNextCell(1)))),
      "Shift-Tab": within(() => run(goToNextCell(-1)) || true),
      Enter: within(() => down(editor)),
    };
  },
  addProseMirrorPlugins: () => [
    new Plugin({ props: { handlePaste: pasteIntoCell } }),
    tableEditing({ allowTableNodeSelection: true }),
  ],
});

const isCells = (fragment) => fragment.childCount === 1 && ["table", "row", "cell", "header"].includes(fragment.firstChild.type.name);

/** What is pasted into a cell stays in it, paragraphs as lines; a table goes into the cells from here on. */
function pasteIntoCell(view, event, slice) {
  if (!isInTable(view.state) || isCells(slice.content) || slice.content.firstChild?.type.spec.tableRole) return false;
  const { hard_break: lineBreak } = view.state.schema.nodes;
  const words = [];
  slice.content.descendants((node) => {
    if (!node.isTextblock) return true;
    if (words.length) words.push(lineBreak.create());
    words.push(...children(node));
    return false;
  });
  if (!words.length) words.push(...children({ forEach: (does) => slice.content.forEach((node) => node.isInline && does(node)) }));
  view.dispatch(view.state.tr.replaceSelection(new Slice(Fragment.from(words), 0, 0)).setMeta("paste", true).scrollIntoView());
  return true;
}

export const Row = Node.create({
  name: "row",
  content: "(header | cell)+",
  tableRole: "row",
  parseHTML: () => [{ tag: "tr" }],
  renderHTML: () => ["tr", 0],
});

const cell = (name, tag, tableRole) =>
  Node.create({
    name,
    content: "inline*",
    isolating: true,
    tableRole,
    // Each stands by itself; the part of the editor that walks through tables asks every cell all the same.
    addAttributes: () => ({ colspan: alone(1), rowspan: alone(1), colwidth: alone(null) }),
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag, { dir: "auto" }, 0],
  });
const alone = (value) => ({ default: value, rendered: false, parseHTML: () => value });

export const Header = cell("header", "th", "header_cell");
export const Cell = cell("cell", "td", "cell");

export const tableNodes = [Table, Row, Header, Cell];
