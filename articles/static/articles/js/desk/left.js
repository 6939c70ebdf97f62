// What was left behind: text in the outbox of a tab that is gone, sent by the next page that opens.
import { pieces } from "desk/changes";
import { divide } from "desk/divide";
import { post } from "desk/line";

/** Send it. Gives what to tell the editor: `{count}` of pieces sent, `{letter, sentence}` for each that was refused. */
export async function sendLeft(outbox, stories) {
  const begun = new Map();
  const said = [];
  let count = 0;
  const waiting = await outbox.left();
  while (waiting.length) {
    const letter = waiting.shift();
    const { parts } = divide(letter.change);
    if (parts.length > 1) {
      waiting.unshift(...(await outbox.divide(letter, parts)));
      continue;
    }
    const came = await sendLetter(letter, stories, begun);
    if (came.is === "done") {
      outbox.drop(letter.save);
      count += pieces(letter.change);
    } else if (came.is === "refused") said.push({ letter, sentence: came.sentence });
    else break; // the next page that opens tries again
  }
  return count ? [{ count }, ...said] : said;
}

async function sendLetter(letter, stories, begun) {
  let { story, version, change } = letter;
  if (!story) {
    const came = begun.get(letter.begin.save) ?? (await post(`${stories}begin/`, letter.begin));
    if (came.is !== "done") return came;
    begun.set(letter.begin.save, came);
    story = came.answer.number;
    version = came.answer.version;
    change = from(baseOf(came.answer), change);
  }
  return post(`${stories}${story}/save/`, { save: letter.save, version, change });
}

/** The state that an answer holds whole. */
export function baseOf(answer) {
  const { fields, blocks, order } = answer.state;
  return { version: answer.version, fields: { ...fields }, blocks: { ...blocks }, order: order ?? Object.keys(blocks) };
}

/** A change set that was made before the story had a number, made one from what the story began as. */
function from(base, change) {
  const fields = Object.entries(change.fields).map(([name, { to }]) => [name, { from: base.fields[name], to }]);
  const others = Object.entries(base.blocks).filter(([id]) => !(id in change.blocks));
  const gone = others.map(([id, block]) => [id, { from: block, to: null }]);
  const order = change.order && { from: base.order, to: change.order.to };
  const blocks = change.order ? { ...Object.fromEntries(gone), ...change.blocks } : {};
  return { fields: Object.fromEntries(fields), blocks, order };
}
