// Tables as Word, Docs, LibreOffice and web pages write them, made into single cells with lines of words in them.

const LINES = "p, div, li, h1, h2, h3, h4, h5, h6, blockquote, pre, dt, dd, tr";
const MOST_COLUMNS = 60;
const MOST_ROWS = 1000;

/** The `html` of a paste with its tables so made. */
export function toSingleCells(html) {
  if (!/<table\b/i.test(html)) return html;
  const page = new DOMParser().parseFromString(html, "text/html");
  // The innermost first: a table in a cell becomes lines of that cell.
  for (const table of [...page.querySelectorAll("table")].reverse()) {
    const rows = [...table.rows];
    const cells = rows.flatMap((row) => [...row.cells]);
    if (table.parentElement.closest("td, th")) unwrap(table, rows);
    else if (cells.length < 2) table.replaceWith(...cells.flatMap((cell) => [...cell.childNodes])); // only a frame
    else takeApart(page, table, rows);
  }
  return page.body.innerHTML;
}

function unwrap(table, rows) {
  const lines = rows.map((row) => {
    const line = table.ownerDocument.createElement("div");
    [...row.cells].forEach((cell, place) => line.append(...(place ? [" "] : []), ...cell.childNodes));
    return line;
  });
  table.replaceWith(...lines);
}

function takeApart(page, table, rows) {
  const grid = rows.slice(0, MOST_ROWS).map(() => []);
  rows.slice(0, MOST_ROWS).forEach((row, top) => {
    let left = 0;
    for (const cell of row.cells) {
      while (grid[top][left]) left += 1;
      const wide = Math.min(Math.max(cell.colSpan, 1), MOST_COLUMNS);
      const high = Math.min(cell.rowSpan || rows.length, grid.length - top);
      for (let down = 0; down < high; down += 1) {
        for (let across = 0; across < wide; across += 1) {
          // The words stand in the first of the cells that were joined.
          grid[top + down][left + across] = down || across ? page.createElement(cell.localName) : single(page, cell);
        }
      }
      left += wide;
    }
  });
  const width = Math.max(...grid.map((row) => row.length));
  const body = page.createElement("tbody");
  for (const cells of grid) {
    const row = page.createElement("tr");
    for (let place = 0; place < width; place += 1) row.append(cells[place] ?? page.createElement("td"));
    body.append(row);
  }
  const caption = table.caption;
  const made = page.createElement("table");
  if (caption) made.append(caption);
  made.append(body);
  table.replaceWith(made);
}

/** The cell with its paragraphs as lines, which is all that may stand in one. */
function single(page, cell) {
  const made = page.createElement(cell.localName);
  const lines = [];
  const add = (node, starts) => {
    if (starts || !lines.length) lines.push(page.createElement("span"));
    if (node) lines.at(-1).append(node);
  };
  const walk = (parent) => {
    for (const node of [...parent.childNodes]) {
      if (node.nodeType === 1 && node.matches("ul, ol, dl, section, article, center")) walk(node);
      else if (node.nodeType === 1 && node.matches(LINES)) {
        add(null, true);
        walk(node);
        add(null, true);
      } else if (node.nodeName === "BR") add(null, true);
      else if (node.nodeType === 1 && node.querySelector(LINES)) walk(node);
      else if (node.nodeType === 1 || (node.nodeType === 3 && node.textContent.trim()) || lines.at(-1)?.hasChildNodes()) add(node, false);
    }
  };
  walk(cell);
  const filled = lines.filter((line) => line.textContent.trim());
  filled.forEach((line, place) => made.append(...(place ? [page.createElement("br")] : []), ...line.childNodes));
  return made;
}
