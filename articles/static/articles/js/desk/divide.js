// A change set that is too large for one save, made several: each is one from the state the one before it leaves behind.
// What is in the story's fields goes first, so that no figure comes before its picture; what is taken out goes last.
import { merged } from "desk/changes";

export const MOST = 1900000; // bytes; the server takes two million, with what goes round a change set
export const LEAST = 30000; // where even this is refused as too large, dividing does not help

/** The bytes of `value` as JSON. */
export function bytes(value) {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/**
 * `change` in parts of at most `most` bytes. Gives `parts` (change sets, to be sent one after the other) and `left`: how
 * many pieces are too large by themselves, and in none of them.
 */
export function divide(change, most = MOST) {
  if (JSON.stringify(change).length * 3 <= most || bytes(change) <= most) return { parts: [change], left: 0 };
  const room = most - Math.min(most / 2, change.order ? 2 * bytes([change.order.from, change.order.to]) : 0);
  const parts = [];
  let left = 0;
  let held = 0;
  for (const [kind, name, pair] of pieces(change)) {
    const size = bytes(name) + bytes(pair) + 2;
    if (size > room) {
      left += 1;
      continue;
    }
    if (!parts.length || held + size > room) {
      parts.push({ fields: {}, blocks: {} });
      held = 0;
    }
    parts.at(-1)[kind][name] = pair;
    held += size;
  }
  if (change.order) order(change, parts);
  return { parts, left };
}

function pieces({ fields, blocks, order: { to = [] } = {} }) {
  const names = Object.keys(fields).sort((one, other) => (other === "attachments") - (one === "attachments"));
  const stays = to.filter((id) => id in blocks);
  const goes = Object.keys(blocks).filter((id) => !blocks[id].to);
  return [
    ...names.map((name) => ["fields", name, fields[name]]),
    ...[...stays, ...goes].map((id) => ["blocks", id, blocks[id]]),
  ];
}

/** Give each part the order of blocks before it and after: of what is there by then, in the order it is meant to have. */
function order(change, parts) {
  let from = change.order.from;
  const isMoveOnly = !Object.keys(change.blocks).length;
  for (const part of parts) {
    if (!Object.keys(part.blocks).length && !isMoveOnly) continue;
    const there = new Set(from);
    const to = merged(
      change.order.to.filter((id) => there.has(id) || part.blocks[id]),
      from.filter((id) => !(id in part.blocks) || part.blocks[id].to),
    );
    part.order = { from, to };
    from = to;
  }
}
