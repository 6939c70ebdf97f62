// Plain text from the clipboard: mail, notes, wires. A blank line parts paragraphs; where there is none, each line is one;
// lines that were only broken to fit a screen are joined again.

const ITEM = /^\s{0,3}(?:[-*•·–]|(\d{1,2}|[\u0660-\u0669]{1,2})[.)])\s+(?=\S)/;
const NARROW = 40; // letters: lines that were broken by a program are longer,
const WIDE = 100; // and not longer than this

/** Lines that a mail program broke: nearly as long as each other, but for the last. */
function isBroken(lines) {
  const lengths = lines.slice(0, -1).map((line) => [...line].length);
  return lines.length > 2 && lengths.every((length) => length > NARROW && length <= WIDE) && Math.max(...lengths) - Math.min(...lengths) < 30;
}

/** The blocks in `text`: `{kind: "p" | "item", lines, ordered}`. */
export function blocksOf(text) {
  const parts = text.replace(/\r\n?|[\u0085\u2028\u2029\f\v]/g, "\n").split(/\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+/);
  const chunks = parts.map((part) => part.split("\n").map((line) => line.trim()).filter(Boolean)).filter((lines) => lines.length);
  return chunks.flatMap((lines) => {
    if (lines.length > 1 && lines.every((line) => ITEM.test(line))) {
      return lines.map((line) => ({ kind: "item", ordered: Boolean(ITEM.exec(line)[1]), lines: [line.replace(ITEM, "")] }));
    }
    if (isBroken(lines)) return [{ kind: "p", lines: [lines.join(" ")] }];
    if (chunks.length === 1) return lines.map((line) => ({ kind: "p", lines: [line] }));
    return [{ kind: "p", lines }];
  });
}
