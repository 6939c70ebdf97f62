// Going down a table, and moving its rows.
import { pm } from "editor";
import { goOn, step } from "desk/moving";

const { Fragment } = pm.model;
const { TextSelection } = pm.state;
const { addRowAfter, deleteRow, selectedRect } = pm.tables;

/** Enter: the cell beneath. Under the last row there is a new one; an empty last row is taken away again, and left. */
export function down(editor) {
  const { state, view } = editor;
  const { map, table, tableStart, top, left } = selectedRect(state);
  if (top === map.height - 1) {
    if (map.height > 1 && !table.child(top).textContent) {
      deleteRow(state, view.dispatch);
      goOn(editor, tableStart - 1);
      return true;
    }
    addRowAfter(state, view.dispatch);
  }
  const rect = selectedRect(editor.state);
  const cell = rect.tableStart + rect.map.map[(top + 1) * rect.map.width + left];
  view.dispatch(editor.state.tr.setSelection(TextSelection.near(editor.state.doc.resolve(cell + 1))).scrollIntoView());
  return true;
}

/** Bring the row with the cursor one up or down; what is a heading there stays where it is: words move, not kinds. */
export function moveRow(editor, direction) {
  const { state } = editor;
  const { table, tableStart, top } = selectedRect(state);
  const other = top + direction;
  if (other < 0 || other >= table.childCount) return true;
  const [first, second] = direction < 0 ? [other, top] : [top, other];
  const swap = (row, words) => row.copy(Fragment.from(children(row).map((cell, at) => cell.copy(words.child(at).content))));
  const rows = children(table);
  [rows[first], rows[second]] = [swap(rows[first], rows[second]), swap(rows[second], rows[first])];
  const { $from } = state.selection;
  const cell = $from.index(2);
  const change = state.tr.replaceWith(tableStart, tableStart + table.content.size, rows);
  let position = tableStart + 1;
  for (let at = 0; at < other; at += 1) position += rows[at].nodeSize;
  for (let at = 0; at < cell; at += 1) position += rows[other].child(at).nodeSize;
  step(editor, change.setSelection(TextSelection.near(change.doc.resolve(position + 1))));
  return true;
}

/** The children of `node`, as a list. */
export function children(node) {
  const found = [];
  node.forEach((child) => found.push(child));
  return found;
}
