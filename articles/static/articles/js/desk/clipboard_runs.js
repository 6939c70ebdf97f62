// Runs of words, and what is made right about them: spaces, breaks, emphasis that was meant for something else.
import { spaced } from "desk/tidy";

const LONGEST_CROSSHEAD = 90; // letters of a bold line that is taken for a crosshead

export const without = (marks, name) => Object.fromEntries(Object.entries(marks).filter(([mark]) => mark !== name));
export const bare = (runs, name) => runs.map((run) => (run.isBreak ? run : { ...run, marks: without(run.marks, name) }));
export const lettersIn = (runs) => runs.reduce((sum, run) => sum + (run.text?.trim().length ?? 0), 0);
const textOf = (runs) => runs.map((run) => run.text ?? "\n").join("");

export function isWholly(runs, mark) {
  return runs.some((run) => run.text?.trim()) && runs.every((run) => run.isBreak || !run.text.trim() || run.marks[mark]);
}

/** Runs joined where their marks are the same, with single spaces, none at either end. */
export function trim(runs, keepsEnds = false) {
  const joined = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (!run.isBreak && last && !last.isBreak && JSON.stringify(last.marks) === JSON.stringify(run.marks)) last.text += run.text;
    else joined.push({ ...run });
  }
  let before = keepsEnds ? "" : " ";
  for (const run of joined) {
    if (run.isBreak) before = " ";
    else {
      run.text = spaced(run.text);
      if (/\s$/.test(before)) run.text = run.text.replace(/^[ \u00a0]+/, "");
      before = run.text || before;
    }
  }
  const isNothing = (run) => run.isBreak || !run.text;
  while (joined.length && !keepsEnds && isNothing(joined[0])) joined.shift();
  for (let place = joined.length - 1; place >= 0 && !keepsEnds; place -= 1) {
    const run = joined[place];
    if (!run.isBreak && (!joined[place + 1] || joined[place + 1].isBreak)) run.text = run.text.replace(/[ \u00a0]+$/, "");
    if (!joined[place + 1] && isNothing(run)) joined.pop();
  }
  return joined.filter((run) => run.isBreak || run.text);
}

/** Two breaks in a row part paragraphs, as pages do that know no better. */
function parted(runs) {
  const parts = [[]];
  runs.forEach((run, place) => {
    const isNext = run.isBreak && runs.slice(place + 1).find((one) => one.isBreak || one.text.trim())?.isBreak;
    const isLast = run.isBreak && parts.at(-1).every((one) => !one.text?.trim());
    if (isNext) parts.push([]);
    else if (!isLast) parts.at(-1).push(run);
  });
  return parts;
}

export function trimmed(blocks, isInline) {
  return blocks.flatMap((block) => {
    if (block.parts) {
      const parts = block.parts.flatMap(parted).map((runs) => trim(runs)).filter((runs) => runs.length);
      return parts.length ? [{ ...block, parts }] : [];
    }
    if (!block.runs) return [block];
    if (block.kind === "h") {
      const runs = trim(bare(bare(block.runs.map((run) => (run.isBreak ? { text: " ", marks: {} } : run)), "bold"), "italic"));
      return runs.length ? [{ ...block, runs }] : [];
    }
    const parts = parted(block.runs).map((runs) => trim(runs, isInline && blocks.length === 1)).filter((runs) => runs.length);
    return parts.map((runs) => ({ ...block, runs }));
  });
}

/** Blocks with their emphasis as it was meant: bold throughout means nothing, a short bold line is a crosshead. */
export function settled(found, isInline) {
  // Word sets quotes in italics; here they are quotes.
  const upright = (block) => (block.kind === "quote" && isWholly(block.runs, "italic") ? { ...block, runs: bare(block.runs, "italic") } : block);
  let blocks = trimmed(found, isInline).map(upright);
  const paragraphs = blocks.filter((block) => block.kind === "p" && !block.isMark);
  if (paragraphs.length < 2) return blocks;
  for (const mark of ["bold", "italic"]) {
    const all = paragraphs.reduce((sum, block) => sum + lettersIn(block.runs), 0);
    const marked = paragraphs.reduce((sum, block) => sum + lettersIn(block.runs.filter((run) => run.marks?.[mark])), 0);
    if (marked > all * 0.7) blocks = blocks.map((block) => (block.kind === "p" ? { ...block, runs: trim(bare(block.runs, mark)) } : block));
  }
  return blocks.map((block, place) => {
    const next = blocks.slice(place + 1).find((one) => !one.isMark);
    if (block.kind !== "p" || !next || !isWholly(block.runs, "bold") || block.runs.some((run) => run.isBreak || run.marks.href)) return block;
    const text = textOf(block.runs).trim();
    const isTitle = text.length <= LONGEST_CROSSHEAD && !/[.!…,،;؛]$/.test(text);
    const isFollowed = next.kind !== "p" || !isWholly(next.runs, "bold");
    return isTitle && isFollowed && next.kind !== "h" ? { kind: "h", runs: trim(bare(bare(block.runs, "bold"), "italic")) } : block;
  });
}
