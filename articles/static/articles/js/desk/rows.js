// The rows of the story's pictures as they travel: what the story says of its own about each, over the library's words.

/** The story's page as the server would show it now: rows and names that came from others are taken from it. */
export async function stored(form) {
  try {
    const answer = await fetch(form.dataset.address, { headers: { Accept: "text/html" } });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null; // the line is cut: what others chose is put in with the next answer
  }
}

export class PictureRows {
  constructor(form) {
    this.form = form;
    this.pictures = form.querySelector("story-pictures");
    this.known = new Map(); // by uuid: `own`, as the server holds it, and the library's words
    this.isReady = !form.dataset.number;
  }

  /** Take in what the server says of the pictures: their own words, and the library's beneath. */
  learn(value, library) {
    this.isReady = true;
    for (const own of value) this.known.set(own.uuid, { own, library: library[own.uuid] ?? this.known.get(own.uuid)?.library });
  }

  /** The pictures in order; undefined as long as it is not known which of their words are the story's own. */
  read() {
    if (!this.isReady) return undefined;
    return this.pictures.rows.filter((row) => !input(row, "out")?.checked).map((row) => this.readRow(row));
  }

  readRow(row) {
    const { own, library } = this.facts(row);
    const caption = input(row, "caption").value.trim();
    const alt = input(row, "alt").value.trim();
    const decorative = input(row, "decorative").checked;
    const shown = over(own, library);
    const word = (name, value) => (value === shown[name] ? own[name] : value === library[name] ? "" : value);
    return {
      uuid: row.dataset.uuid,
      photo: input(row, "photo").value,
      role: input(row, "role").value,
      caption: word("caption", caption),
      alt: word("alt", alt),
      decorative: decorative === shown.decorative ? own.decorative : decorative,
      crop: own.crop ?? null,
    };
  }

  /** What the server holds of a picture; of a new one, that all its words are the library's. */
  facts(row) {
    const { uuid } = row.dataset;
    const first = (name) => row.querySelector(`[name="initial-picture-${uuid}-${name}"]`)?.value ?? "";
    const held = this.known.get(uuid) ?? {};
    // Read once: before the form is posted these inputs are made to say something else.
    held.library ??= { caption: first("caption").trim(), alt: first("alt").trim(), decorative: first("decorative") === "True" };
    held.own = { caption: "", alt: "", decorative: false, crop: null, ...held.own };
    this.known.set(uuid, held);
    return held;
  }

  /** Put in the pictures as others left them. */
  async put(value) {
    const rows = new Map(this.pictures.rows.map((row) => [row.dataset.uuid, row]));
    const page = value.some((one) => !rows.has(one.uuid)) ? await stored(this.form) : null;
    for (const one of value) {
      const there = rows.get(one.uuid) ?? page?.querySelector(`.pic[data-uuid="${CSS.escape(one.uuid)}"]`);
      if (!there) continue;
      if (!rows.has(one.uuid)) this.pictures.dress(there);
      const words = over(one, this.facts(there).library);
      for (const name of ["caption", "alt"]) input(there, name).value = words[name];
      input(there, "decorative").checked = words.decorative;
      input(there, "role").value = one.role;
      this.pictures.list.append(there); // in their order
    }
    const stays = new Set(value.map((one) => one.uuid));
    for (const [uuid, row] of rows) if (!stays.has(uuid)) row.remove();
    this.pictures.changed();
  }

  /** Before the form is posted: all words are in the story already, and none is new to it. */
  settle() {
    for (const row of this.pictures.rows) {
      for (const name of ["caption", "alt", "decorative"]) {
        const first = row.querySelector(`[name="initial-picture-${row.dataset.uuid}-${name}"]`);
        const now = input(row, name);
        if (!first) continue;
        if (name === "decorative") first.value = now.checked ? "True" : "False";
        else first.value = now.value;
      }
    }
  }
}

const input = (row, name) => row.querySelector(`[name="picture-${row.dataset.uuid}-${name}"]`);

function over(own, library = {}) {
  return {
    caption: own.caption || (library.caption ?? ""),
    alt: own.alt || (library.alt ?? ""),
    decorative: own.decorative || (!own.alt && Boolean(library.decorative)),
  };
}
