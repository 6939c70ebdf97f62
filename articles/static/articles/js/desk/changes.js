// A change set: what was done to the story since the state the server is known to hold (body/changes.py, docs/saving.md).

/** `value` written so that equal values are written alike. */
export function written(value) {
  return JSON.stringify(value, (key, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner);
}

export const same = (one, other) => one === other || written(one) === written(other);

const sameNode = (one, other) => one === other || Boolean(one && other && one.eq(other));

/** Whether a block stands in `now` otherwise than in `shown`. */
export const touched = (shown, now, id) => !sameNode(shown.nodes.get(id), now.nodes.get(id));

/**
 * What to send: `base` is what the server holds (`fields`, `blocks`, `order`), `shown` what the page showed of it,
 * `now` what the page shows (`fields`, `nodes`, `order`). Null where nothing was done.
 */
export function changes(base, shown, now) {
  const change = { fields: {}, blocks: {} };
  for (const [name, value] of Object.entries(now.fields)) {
    const isKnown = name in base.fields && name in shown.fields;
    if (isKnown && !same(value, shown.fields[name])) change.fields[name] = { from: base.fields[name], to: value };
  }
  let isOther = !same(shown.order, now.order);
  // The empty line that an editor shows where there is no text is none of the story's.
  const isStandIn = (id) => !(id in base.blocks) && shown.nodes.has(id) && !touched(shown, now, id);
  for (const [id, node] of now.nodes) {
    const isTouched = touched(shown, now, id);
    isOther ||= isTouched;
    if (isTouched) change.blocks[id] = { from: base.blocks[id] ?? null, to: node.toJSON() };
  }
  for (const [id, block] of Object.entries(base.blocks)) {
    if (!now.nodes.has(id)) change.blocks[id] = { from: block, to: null };
  }
  if (isOther) change.order = { from: base.order, to: now.order.filter((id) => !isStandIn(id)) };
  else change.blocks = {};
  return isOther || Object.keys(change.fields).length ? change : null;
}

/** `base` with `change` laid on it: what the server holds once it has taken the change in. */
export function advance(base, change) {
  const next = { version: base.version, fields: { ...base.fields }, blocks: { ...base.blocks }, order: base.order };
  for (const [name, pair] of Object.entries(change.fields)) next.fields[name] = pair.to;
  for (const [id, pair] of Object.entries(change.blocks)) {
    if (pair.to) next.blocks[id] = pair.to;
    else delete next.blocks[id];
  }
  if (change.order) next.order = change.order.to;
  return next;
}

/** How many pieces of the story a change set touches. */
export const pieces = (change) =>
  Math.max(1, Object.keys(change.fields).length + Object.keys(change.blocks).length);

/** `order` with the ids of `other` that it lacks, each behind the neighbour that it has there. */
export function merged(order, other) {
  const has = new Set(order);
  const behind = new Map(); // the ids that are lacking, by the neighbour they follow (null: at the beginning)
  let neighbour = null;
  for (const id of other) {
    if (has.has(id)) neighbour = id;
    else if (behind.has(neighbour)) behind.get(neighbour).push(id);
    else behind.set(neighbour, [id]);
  }
  return [null, ...order].flatMap((id) => [...(id === null ? [] : [id]), ...(behind.get(id) ?? [])]);
}
