// The captions screen: the table, its keys, and the template beside it.
import "desk/caption_cells";
import { walkByKeys } from "desk/caption_keys";
import "desk/caption_template";

const table = document.querySelector("caption-cells");
if (table) {
  table.addEventListener("focusin", (event) => {
    if (!table.cells.has(event.target)) return;
    table.last = event.target;
    table.cells.get(event.target).wasTyped = false;
  });
  table.addEventListener("input", (event) => {
    const cell = table.cells.get(event.target);
    if (cell) cell.wasTyped = true;
  });
  walkByKeys(table);
}
