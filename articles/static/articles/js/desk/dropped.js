// What was dropped, as files: those of a folder too, with all that lies beneath it, in the order of their names.

const names = new Intl.Collator(undefined, { numeric: true });

/** The files of a drop. Asked at once, for the browser forgets a drop with its event; hidden files are left out. */
export async function filesOf(transfer) {
  const entries = [...(transfer.items ?? [])].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const plain = [...transfer.files];
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found = await Promise.all(entries.map((entry) => (entry instanceof File ? [entry] : beneath(entry))));
  return found.flat();
}

/** A file, or all files of a folder; what cannot be read (a link to nowhere) stops no other. */
async function beneath(entry) {
  if (!entry || entry.name.startsWith(".")) return [];
  if (entry.isFile) return new Promise((done) => entry.file((file) => done([file]), () => done([])));
  const inside = await all(entry.createReader());
  inside.sort((one, other) => names.compare(one.name, other.name));
  const found = [];
  for (const one of inside) found.push(...(await beneath(one)));
  return found;
}

/** Every entry of a folder: browsers hand them out a hundred at a time. */
async function all(reader) {
  const found = [];
  for (;;) {
    const some = await new Promise((done) => reader.readEntries(done, () => done([])));
    if (!some.length) return found;
    found.push(...some);
  }
}
