// Lists as programs really put them on the clipboard: Word's are paragraphs that only look like items, Docs' inner lists
// stand beside their items, LibreOffice's inside them. All are read as items with a depth, and put together here.

const DEEPEST = 3; // as body/blocks.py has it
const NUMBERED = /^\(?([0-9\u0660-\u0669\u06f0-\u06f9]{1,3}|[a-z]|[ivxlc]{1,6}|[\u0623-\u064a]{1,2})[.)\-–]+$/i;
const BULLET = /^([·•▪◦‣–*§\uf0b7\uf0a7\uf0d8\uf076-]|o)(?:\s{2,}|\t|\u00a0)/;

/** What Word says of a paragraph's place in a list: `{depth, ordered, marker}`; null for one that is in none. */
export function wordItem(element, style) {
  const [, level] = /level([1-9])/.exec(style["mso-list"] ?? "") ?? [];
  if (level) {
    const ignored = [...element.querySelectorAll("[data-style]")].find((one) => /mso-list:\s*ignore/i.test(one.getAttribute("data-style")));
    const marker = (ignored?.textContent ?? "").replace(/[\s\u00a0]+/g, "");
    return { depth: Number(level), ordered: NUMBERED.test(marker), marker: ignored };
  }
  if (!/\bMsoListParagraph/.test(element.className)) return null;
  const [bullet] = BULLET.exec(element.textContent.trimStart()) ?? [];
  return bullet ? { depth: 1, ordered: false, lead: bullet.trim().length } : null;
}

/** Nested lists made of `items` (`{depth, ordered, parts}`), as elements of `page`. */
export function listsOf(items, page, put) {
  const found = [];
  const open = []; // the lists that are open, the outer one first: {list, depth}
  for (const { depth, ordered, parts } of items) {
    while (open.length && open.at(-1).depth > depth) open.pop();
    // Another kind of list at the same depth is another list.
    if (open.length && open.at(-1).depth === depth && open.at(-1).ordered !== ordered) open.pop();
    if (!open.length || (open.at(-1).depth < depth && open.length < DEEPEST)) {
      const list = page.createElement(ordered ? "ol" : "ul");
      if (open.length) open.at(-1).list.lastElementChild.append(list);
      else found.push(list);
      open.push({ list, depth, ordered });
    }
    const item = page.createElement("li");
    for (const part of parts) item.append(put(part));
    open.at(-1).list.append(item);
  }
  return found;
}
