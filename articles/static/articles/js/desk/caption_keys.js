// Keys of the captions table: walking the cells, the cell above, the next one that lacks something.

const LETTERS = "input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]";

/** Let `table` (a `<caption-cells>`) be walked by keys. */
export function walkByKeys(table) {
  table.addEventListener("keydown", (event) => {
    const input = event.target.closest?.("textarea[data-field]");
    if (!input || event.isComposing) return;
    if (act(table, input, event)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    const isTyping = event.target.closest?.(LETTERS);
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (isCommand && key === "z" && !event.shiftKey && !isTypedIn(table, event.target)) {
      const undo = document.querySelector("#undo button");
      if (undo) undo.click();
      else return;
    } else if (isTyping || isCommand) return;
    else if (key === "n") nextLacking(table, null);
    else if (key === "t") {
      document.querySelector("#template .whole").open = true;
      document.querySelector("#template input[name=tick]")?.focus();
    }
    else return;
    event.preventDefault();
  });
}

/** Whether Ctrl Z belongs to the words being typed: it undoes a batch only where no letter would be taken back. */
function isTypedIn(table, target) {
  const field = target.closest?.(LETTERS);
  if (!field) return false;
  const cell = table.cells.get(field);
  return cell ? cell.wasTyped : true;
}

function act(table, input, event) {
  const isCommand = event.ctrlKey || event.metaKey;
  const { key } = event;
  if (isCommand && (key === "ArrowDown" || key === "ArrowUp")) return go(beside(table, input, key === "ArrowDown" ? 1 : -1));
  if (isCommand && key.toLowerCase() === "d") return copyAbove(table, input);
  if (key === "Enter" && !event.shiftKey && !isCommand && !event.altKey) return go(beside(table, input, 1)) || true;
  if (key === "Escape") {
    input.blur();
    return true;
  }
  if (isCommand || event.altKey || event.shiftKey) return false;
  return walk(table, input, key);
}

/** Arrows leave a cell where the cursor stands at its edge. */
function walk(table, input, key) {
  if (input.selectionStart !== input.selectionEnd) return false;
  const isFirst = input.selectionStart === 0;
  const isLast = input.selectionEnd === input.value.length;
  if (key === "ArrowUp" && isFirst) return go(beside(table, input, -1), "end");
  if (key === "ArrowDown" && isLast) return go(beside(table, input, 1), "start");
  // Inside a cell arrows follow its own script; between cells they follow the table's.
  const isCellRtl = getComputedStyle(input).direction === "rtl";
  const isTableRtl = getComputedStyle(table).direction === "rtl";
  const isOnward = (key === "ArrowRight") !== isCellRtl;
  const step = (key === "ArrowRight") !== isTableRtl ? 1 : -1;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return false;
  if (isOnward ? !isLast : !isFirst) return false;
  return go(sideways(input, step), step > 0 ? "start" : "end");
}

function go(input, at = "all") {
  if (!input) return false;
  input.focus();
  if (at === "all") input.select();
  else {
    const place = at === "end" ? input.value.length : 0;
    input.setSelectionRange(place, place);
  }
  return true;
}

/** The same field of the picture `step` rows on. */
function beside(table, input, step) {
  let row = input.closest("tr");
  do row = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  while (row && !fieldIn(row, input.dataset.field));
  return row && fieldIn(row, input.dataset.field);
}

const fieldIn = (row, field) => row.querySelector(`textarea[data-field="${CSS.escape(field)}"]`);

function sideways(input, step) {
  const all = [...input.closest("tr").querySelectorAll("textarea[data-field]")];
  return all[all.indexOf(input) + step];
}

/** "As above": the words of the same field one row up. */
function copyAbove(table, input) {
  const above = beside(table, input, -1);
  if (above && above.value !== input.value) {
    const cell = table.cells.get(input);
    cell.value = above.value;
    table.typed(cell);
  }
  return true;
}

/** The next empty cell behind the one that has, or had, the focus. */
export function nextLacking(table) {
  const all = [...table.querySelectorAll("textarea[data-field]")];
  const from = all.indexOf(table.last);
  const order = [...all.slice(from + 1), ...all.slice(0, from + 1)];
  const next = order.find((input) => input.closest("td").dataset.is === "missing" && input.checkVisibility());
  if (next) {
    go(next);
    next.scrollIntoView({ block: "center" });
  }
}
