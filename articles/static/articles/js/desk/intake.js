// What the server holds, as far as this page knows, and how what others wrote comes in: into the page where nobody writes
// here, aside where somebody does (docs/saving.md, "What the browser does with `state`").
import { advance, changes, merged, same, touched } from "desk/changes";
import { baseOf } from "desk/left";

export class Intake {
  /** `base` is what the server holds, `shown` what the page showed of it, `aside` the server's for what is written here. */
  constructor(form, surface) {
    Object.assign(this, { form, surface, library: {}, aside: { fields: {}, blocks: {} }, whose: new Map(), arrived: [] });
    this.shown = surface.read();
    this.base = form.dataset.number ? this.rendered() : { version: 0, fields: { ...this.shown.fields }, blocks: {}, order: [] };
    surface.editor.on("create", () => this.named());
  }

  /** The editor gives ids to blocks that came without one (the empty line of a story without text): nobody's change. */
  named() {
    const now = this.surface.read();
    const standIn = this.shown.nodes.get(null);
    const id = now.order[0];
    if (standIn && id) now.nodes.set(id, standIn.type.create({ ...standIn.attrs, id }, standIn.content));
    this.shown.nodes = now.nodes;
    this.shown.order = now.order;
  }

  /** The story as the server put it into the page, before anything is typed. */
  rendered() {
    const blocks = Object.fromEntries((this.surface.text.stored?.content ?? []).map((block) => [block.attrs.id, block]));
    const version = Number(this.form.elements.version.value) || 0;
    return { version, fields: { ...this.shown.fields }, blocks, order: Object.keys(blocks) };
  }

  /** The story has just got its number: it holds what `answer` says, and nothing of it is on the page. */
  begin(answer) {
    this.base = baseOf(answer);
    this.shown = { fields: { ...this.base.fields }, nodes: new Map(), order: this.base.order };
    this.surface.rows.learn(answer.state.fields.attachments ?? [], answer.state.pictures ?? {});
  }

  /** What was done on the page since the last answer, or since the letter that is `sending`. */
  unsent(sending = null) {
    const now = this.surface.read();
    if (!sending) return changes(this.base, this.shown, now);
    return changes(advance(this.base, sending.change), sending.shown, now);
  }

  /** What the page would show if `change` alone were done, of all that is done on it now. */
  shownAfter(change) {
    const now = this.surface.read();
    const fields = { ...this.shown.fields };
    for (const name of Object.keys(change.fields)) fields[name] = now.fields[name];
    const nodes = new Map(this.shown.nodes);
    for (const [id, pair] of Object.entries(change.blocks)) {
      if (pair.to) nodes.set(id, now.nodes.get(id));
      else nodes.delete(id);
    }
    const order = change.order ? merged(change.order.to, this.shown.order.filter((id) => nodes.has(id))) : this.shown.order;
    return { fields, nodes, order };
  }

  /** The server has taken `sent` in. */
  advance(sent) {
    this.base = advance(this.base, sent.change);
    this.shown = sent.shown;
  }

  /** Take an answer in. `arrived` says afterwards what of it went into the page. */
  async take(answer) {
    await this.composed();
    const { state } = answer;
    this.base.version = answer.version;
    this.form.elements.version.value = answer.version;
    Object.assign(this.library, state.pictures);
    this.attribute(answer);
    await this.takeFields(state.fields);
    this.takeBlocks(state);
  }

  /** Remember whose the changes in `answer` are. */
  attribute({ came = [], state }) {
    for (const deed of came) {
      const fields = state.whole ? Object.keys(state.fields) : deed.fields;
      const blocks = state.whole ? Object.keys(state.blocks) : deed.blocks;
      for (const name of fields) this.whose.set(`field ${name}`, deed);
      for (const id of blocks) this.whose.set(`block ${id}`, deed);
    }
  }

  note(kind, name, isThere = true) {
    const deed = this.whose.get(`${kind} ${name}`);
    if (deed && !deed.own) this.arrived.push({ kind, name, isThere, by: deed.name, at: deed.at });
  }

  /** While letters are being composed (Arabic on a phone, Chinese) the text is left alone. */
  composed() {
    const { view } = this.surface.editor;
    if (!view.composing) return null;
    return new Promise((done) => view.dom.addEventListener("compositionend", () => setTimeout(done), { once: true }));
  }

  async takeFields(fields) {
    for (const [name, value] of Object.entries(fields)) {
      delete this.aside.fields[name];
      if (name in this.base.fields && same(this.base.fields[name], value)) continue;
      const now = this.surface.field(name);
      const isTouched = name in this.shown.fields && !same(now, this.shown.fields[name]);
      if ((isTouched || this.surface.isBusy(name)) && name in this.base.fields) this.aside.fields[name] = value;
      else await this.putField(name, value, isTouched);
    }
  }

  async putField(name, value, isTouched = false) {
    delete this.aside.fields[name];
    if (name in this.base.fields) this.note("field", name);
    this.base.fields[name] = value;
    if (name === "attachments") this.surface.rows.learn(value, this.library);
    if (!isTouched) await this.surface.putField(name, value);
    const shows = this.surface.field(name);
    if (shows !== undefined) this.shown.fields[name] = isTouched ? value : shows;
  }

  takeBlocks(state) {
    if (!state.order) return;
    const now = this.surface.read();
    const theirs = { ...state.blocks };
    if (state.whole) for (const id of this.base.order) if (!(id in theirs)) theirs[id] = null;
    const put = {};
    for (const [id, block] of Object.entries(theirs)) {
      delete this.aside.blocks[id];
      if (same(this.base.blocks[id] ?? null, block)) continue;
      if (touched(this.shown, now, id)) {
        this.aside.blocks[id] = block;
        continue;
      }
      put[id] = block;
      this.note("block", id, Boolean(block));
      if (block) this.base.blocks[id] = block;
      else delete this.base.blocks[id];
    }
    this.reorder(state.order, now, put);
  }

  /** Bring page and base into the order of the server, as far as nobody moved blocks here. */
  reorder(theirs, now, put) {
    const held = new Set(Object.keys(this.base.blocks));
    const before = this.shown.order.filter((id) => held.has(id));
    this.base.order = merged(theirs.filter((id) => held.has(id)), this.base.order.filter((id) => held.has(id)));
    const isHere = (id) => now.nodes.has(id) || (put[id] && !this.shown.nodes.has(id));
    const stays = now.order.filter((id) => put[id] !== null);
    const wasThere = new Set(before);
    const isStaying = new Set(stays);
    const common = (order) => order.filter((id) => wasThere.has(id) && isStaying.has(id));
    const isMoved = !same(common(stays), common(before));
    const wanted = this.base.order.filter(isHere);
    const order = isMoved ? merged(stays, wanted) : merged(wanted, stays);
    const blocks = Object.fromEntries(Object.entries(put).filter(([, block]) => block));
    this.surface.putBlocks(blocks, order);
    const after = this.surface.read();
    for (const id of Object.keys(put)) {
      if (put[id] && after.nodes.has(id)) this.shown.nodes.set(id, after.nodes.get(id));
      else this.shown.nodes.delete(id);
    }
    // What the page would show had nothing been done here since.
    const known = after.order.filter((id) => this.shown.nodes.has(id));
    const shown = this.shown.order.filter((id) => this.shown.nodes.has(id));
    this.shown.order = isMoved ? [...this.base.order] : merged(known, shown);
  }

  /** What was left aside goes in once the words here are again as they were sent. */
  putAside() {
    for (const [name, value] of Object.entries(this.aside.fields)) {
      if (same(this.surface.field(name), this.shown.fields[name]) && !this.surface.isBusy(name)) this.putField(name, value);
    }
    const now = this.surface.read();
    const back = Object.entries(this.aside.blocks).filter(([id]) => !touched(this.shown, now, id));
    if (!back.length) return;
    for (const [id] of back) delete this.aside.blocks[id];
    this.takeBlocks({ blocks: Object.fromEntries(back), order: this.base.order });
  }
}
