// Reads a page from the clipboard into blocks: `{kind, runs}` for "p", "h" and "quote", items of lists, tables, lines. A run
// is `{text, marks}`, or a break. Nothing but that is taken from the page.
import { wordItem } from "desk/clipboard_lists";
import { bare, isWholly, lettersIn, trim, without } from "desk/clipboard_runs";
import { destination, fit, spaced } from "desk/tidy";

const BLOCKS = new Set("ADDRESS ARTICLE ASIDE CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM HEADER HGROUP MAIN NAV P SECTION SUMMARY TBODY TD TFOOT TH THEAD TR CAPTION".split(" "));
const MARKS = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", SUP: "sup", SUB: "sub" };

/** Where the picture number `place` of a paste stands, until it has a place in the story. */
export const markOf = (place) => `\ue000${place}\ue001`;
export const MARK = /\ue000(\d+)\ue001/g;

function stylesOf(element) {
  const pairs = (element.getAttribute("data-style") ?? "").toLowerCase().split(";").map((one) => one.split(/:(.*)/s));
  return Object.fromEntries(pairs.filter(([, value]) => value).map(([name, value]) => [name.trim(), value.trim()]));
}

export class Reader {
  constructor() {
    Object.assign(this, { blocks: [], pictures: [], runs: [], kind: "p", item: null, depth: 0, isInline: true, waiting: [], behind: [] });
  }

  read(element) {
    for (const child of element.childNodes) this.node(child, {}, false);
    this.end();
    this.blocks.push(...this.waiting.splice(0));
  }

  /** End the paragraph that is being read. */
  end() {
    const { runs } = this;
    this.runs = [];
    if (!runs.some((run) => run.isBreak || /[^\s\u00a0]/.test(run.text))) return;
    if (this.item) {
      this.item.parts.push(runs);
      if (this.item.parts.length === 1) this.blocks.push(this.item);
    } else this.push({ kind: this.kind, runs });
  }

  push(block) {
    this.blocks.push(...this.waiting.splice(0), block, ...this.behind.splice(0));
  }

  node(node, marks, isPre) {
    if (node.nodeType === 3) {
      const text = isPre ? node.data : node.data.replace(/[\t\n\r\f ]+/g, " ");
      if (!isPre) this.words(text, marks);
      else text.split(/\r\n?|\n/).forEach((line, place) => {
        if (place) this.runs.push({ isBreak: true });
        this.words(line, marks);
      });
    } else if (node.nodeType === 1) this.element(node, marks, isPre);
  }

  words(text, marks) {
    const kept = fit(text);
    if (kept) this.runs.push({ text: kept, marks });
  }

  inside(element, marks, isPre) {
    for (const child of element.childNodes) this.node(child, marks, isPre);
  }

  element(element, before, isPre) {
    const name = element.tagName;
    const style = stylesOf(element);
    if (style.display === "none" || style["mso-hide"] === "all" || /^comment/.test(style["mso-element"] ?? "")) return;
    if (/ignore/.test(style["mso-list"] ?? "") && name === "SPAN") return; // Word's own bullet
    const marks = this.marks(element, before, style);
    if (name === "BR") {
      if (!/Apple-interchange-newline/.test(element.className) && style["page-break-before"] !== "always") this.runs.push({ isBreak: true });
    } else if (name === "IMG") this.picture(element);
    else if (name === "HR") {
      this.end();
      if (element.getAttribute("width") !== "33%") this.push({ kind: "line" }); // Word's line over footnotes
    } else if (name === "TABLE") this.table(element, marks);
    else if (name === "UL" || name === "OL") this.list(element, marks);
    else if (name === "LI") this.listItem(element, marks, style);
    else if (/^H[1-6]$/.test(name) || element.getAttribute("role") === "heading" || /\bMso(Title|Subtitle)\b/.test(element.className)) {
      this.block("h", () => this.inside(element, {}, false));
    } else if (name === "BLOCKQUOTE" || /\bMso(Intense)?Quote/.test(element.className)) {
      this.block("quote", () => this.inside(element, name === "BLOCKQUOTE" ? marks : without(marks, "italic"), isPre));
    } else if (name === "PRE") this.block(this.kind, () => this.inside(element, marks, true));
    else if (BLOCKS.has(name)) this.paragraph(element, marks, style, isPre);
    else this.inside(element, marks, isPre || style["white-space"] === "pre");
  }

  marks(element, before, style) {
    const marks = { ...before };
    const put = (mark, isSet) => (isSet ? (marks[mark] = true) : delete marks[mark]);
    if (MARKS[element.tagName]) put(MARKS[element.tagName], true);
    if (/^(bold|bolder|[6-9]00)$/.test(style["font-weight"])) put("bold", true);
    // Docs wraps everything in <b style="font-weight:normal">.
    else if (/^(normal|lighter|[1-5]00)$/.test(style["font-weight"])) put("bold", false);
    if (style["font-style"]) put("italic", /^(italic|oblique)/.test(style["font-style"]));
    if (/line-through/.test(style["text-decoration"] ?? style["text-decoration-line"] ?? "")) put("strike", true);
    if (/^super/.test(style["vertical-align"]) || /Mso(Foot|End)noteReference/.test(element.className)) put("sup", true);
    if (/^sub/.test(style["vertical-align"])) put("sub", true);
    if (element.tagName === "A" && element.hasAttribute("href")) {
      const href = destination(element.getAttribute("href"));
      if (href) marks.href = href;
    }
    return marks;
  }

  /** A block of `kind` round what `act` reads. What is inside a quote or a heading stays one. */
  block(kind, act) {
    this.isInline = false;
    this.end();
    const before = this.kind;
    this.kind = before === "p" ? kind : before;
    act();
    this.end();
    this.kind = before;
  }

  paragraph(element, marks, style, isPre) {
    const word = wordItem(element, style);
    if (!word) return this.block(this.kind, () => this.inside(element, marks, isPre));
    this.end();
    this.isInline = false;
    this.item = { kind: "item", depth: word.depth, ordered: word.ordered, parts: [] };
    word.marker?.remove();
    this.inside(element, marks, isPre);
    if (word.lead) this.runs.find((run) => run.text?.trim()).text = this.runs.find((run) => run.text?.trim()).text.trimStart().slice(word.lead);
    this.end();
    this.item = null;
    return undefined;
  }

  list(element, marks) {
    this.isInline = false;
    this.end();
    const { item } = this;
    this.item = null;
    this.depth += 1;
    this.inside(element, marks, false);
    this.end();
    this.depth -= 1;
    // What follows an inner list in its item is an item's further paragraph: it goes behind as an item of its own.
    this.item = item && { ...item, parts: [] };
  }

  listItem(element, marks, style) {
    this.end();
    const { item } = this;
    const level = Number(element.getAttribute("aria-level"));
    const depth = Math.max(this.depth, Number.isInteger(level) ? level : 0, 1);
    const ordered = element.parentElement?.tagName === "OL" && style["list-style-type"] !== "disc";
    this.item = { kind: "item", depth, ordered, parts: [] };
    this.inside(element, marks, false);
    this.end();
    this.item = item;
  }

  picture(element) {
    const src = element.getAttribute("src") ?? "";
    const size = Math.min(Number(element.getAttribute("width") ?? 99), Number(element.getAttribute("height") ?? 99));
    if (!src || size < 3) return; // the dot that counts who reads a page
    this.pictures.push({ src, alt: element.getAttribute("alt") ?? "" });
    // It stands behind the paragraph it is in, and behind the whole of a list.
    const place = this.item || !lettersIn(this.runs) ? this.waiting : this.behind;
    place.push({ kind: "p", runs: [{ text: markOf(this.pictures.length - 1), marks: {} }], isMark: true });
    this.isInline = false;
  }

  /** A table with single cells; one of a single column, or made for layout, is read as what stands in it. */
  table(element, marks) {
    this.end();
    this.isInline = false;
    const lines = [...element.rows].filter((row) => row.closest("table") === element);
    const isLayout = element.getAttribute("role") === "presentation" || element.querySelector("table") || lines.every((row) => row.cells.length < 2);
    if (isLayout || this.item || this.kind !== "p") return this.block(this.kind, () => this.inside(element, marks, false));
    const grid = lines.map(() => []);
    lines.forEach((row, place) => {
      let column = 0;
      for (const cell of row.cells) {
        while (grid[place][column]) column += 1;
        const runs = this.cell(cell, marks);
        const isHeader = cell.tagName === "TH" || row.parentElement.tagName === "THEAD";
        const down = Math.min(cell.rowSpan || 1, lines.length - place);
        const along = Math.min(cell.colSpan || 1, 50);
        for (let y = 0; y < down; y += 1) {
          for (let x = 0; x < along; x += 1) grid[place + y][column + x] = { runs: x || y ? [] : runs, isHeader };
        }
        column += along;
      }
    });
    const caption = element.caption ? fit(spaced(element.caption.textContent)).trim() : "";
    const width = Math.max(...grid.map((row) => row.length));
    const rows = grid.filter((row) => row.some((cell) => cell?.runs.length)).map((row) => Array.from({ length: width }, (_none, x) => row[x] ?? { runs: [] }));
    const isBold = (row) => row.every((cell) => !cell.runs.length || isWholly(cell.runs, "bold")) && row.some((cell) => cell.runs.length);
    if (rows.length > 1 && isBold(rows[0])) for (const cell of rows[0]) Object.assign(cell, { isHeader: true, runs: bare(cell.runs, "bold") });
    if (rows.length) this.push({ kind: "table", rows, caption });
    return undefined;
  }

  cell(element, marks) {
    const reader = new Reader();
    reader.pictures = this.pictures;
    for (const child of element.childNodes) reader.node(child, marks, false);
    reader.end();
    this.waiting.push(...reader.waiting, ...reader.behind);
    const marked = reader.blocks.filter((block) => block.isMark);
    this.waiting.push(...marked);
    const lines = reader.blocks.filter((block) => !block.isMark).flatMap((block) => (block.parts ? block.parts : block.runs ? [block.runs] : []));
    return lines.map((runs) => trim(runs)).filter((runs) => runs.length).flatMap((runs, place) => (place ? [{ isBreak: true }, ...runs] : runs));
  }
}
