// What comes from the clipboard: Word, Docs, LibreOffice, mail, pages. It is read for what it means (words, crossheads,
// quotes, lists, tables, links, emphasis) and written anew; no style and no element of theirs comes through. Pictures
// leave a mark at their place. What was copied in a story here keeps its blocks.
import { listsOf } from "desk/clipboard_lists";
import { Reader } from "desk/clipboard_reader";
import { settled, trimmed } from "desk/clipboard_runs";
import { blocksOf } from "desk/clipboard_text";

const UNWANTED = "style, script, noscript, meta, link, title, xml, template, object, iframe, svg, math, audio, video, canvas, button, input, select, textarea, head";
const TAGS = [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["sup", "sup"], ["sub", "sub"]];

/** Style attributes renamed, so that they can be read and never applied (the page's policy would report each). */
export function disarmed(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<style\b[\s\S]*?(<\/style\s*>|$)/gi, "")
    .replace(/<[^>]+>/g, (tag) => tag.replace(/([\s"'/])style\s*=/gi, "$1data-style="));
}

/** `{html, pictures}`: what is pasted, and the pictures in it (`{src, alt}`), whose places `html` has marks for. */
export function clean(html) {
  const isOurs = /\sdata-pm-slice=/.test(html);
  const page = new DOMParser().parseFromString(disarmed(html), "text/html");
  for (const element of page.body.querySelectorAll(isOurs ? `${UNWANTED}, img` : UNWANTED)) element.remove();
  if (isOurs) return { html: page.body.innerHTML, pictures: [] };
  const reader = new Reader();
  reader.read(page.body);
  return { html: written(settled(reader.blocks, reader.isInline)), pictures: reader.pictures };
}

/** The HTML of plain text. */
export function ofText(text) {
  const blocks = blocksOf(text).map(({ kind, lines, ordered }) => {
    const runs = lines.flatMap((line, place) => [...(place ? [{ isBreak: true }] : []), { text: line, marks: {} }]);
    return kind === "item" ? { kind, depth: 1, ordered, parts: [runs] } : { kind, runs };
  });
  return written(trimmed(blocks, !/\n/.test(text)));
}

/** The HTML of blocks, in the elements that the surface reads. */
function written(blocks) {
  const page = document.implementation.createHTMLDocument("");
  const put = (tag, runs) => {
    const element = page.createElement(tag);
    for (const run of runs) element.append(run.isBreak ? page.createElement("br") : ofRun(page, run));
    return element;
  };
  for (let place = 0; place < blocks.length; place += 1) {
    const block = blocks[place];
    const same = () => {
      const group = [];
      while (blocks[place]?.kind === block.kind) group.push(blocks[place++]);
      place -= 1;
      return group;
    };
    if (block.kind === "item") page.body.append(...listsOf(same(), page, (runs) => put("p", runs)));
    else if (block.kind === "quote") {
      const quote = page.createElement("blockquote");
      quote.append(...same().map((one) => put("p", one.runs)));
      page.body.append(quote);
    } else if (block.kind === "table") page.body.append(ofTable(page, block, put));
    else if (block.kind === "line") page.body.append(page.createElement("hr"));
    else page.body.append(put(block.kind === "h" ? "h2" : "p", block.runs));
  }
  return page.body.innerHTML;
}

function ofRun(page, { text, marks }) {
  let inner = page.createTextNode(text);
  const wrap = (tag) => {
    const outer = page.createElement(tag);
    outer.append(inner);
    inner = outer;
    return outer;
  };
  for (const [mark, tag] of TAGS) if (marks[mark] && /\S/.test(text)) wrap(tag);
  if (marks.href) wrap("a").setAttribute("href", marks.href);
  return inner;
}

function ofTable(page, { rows, caption }, put) {
  const table = page.createElement("table");
  if (caption) table.append(put("caption", [{ text: caption, marks: {} }]));
  const body = page.createElement("tbody");
  for (const row of rows) {
    const line = page.createElement("tr");
    line.append(...row.map((cell) => put(cell.isHeader ? "th" : "td", cell.runs)));
    body.append(line);
  }
  table.append(body);
  return table;
}
