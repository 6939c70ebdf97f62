// What comes from elsewhere, made as an editor would have typed it: characters, spaces, addresses.

// Control characters, embeddings and overrides of direction, lone halves of letters, and what only layout wanted (soft
// hyphens, zero-width spaces, marks of byte order). Marks and isolates of direction stay: mixed lines need them.
const UNFIT = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060\ufeff\ufff9-\ufffb\ufffe\uffff\ue000\ue001]|\p{Surrogate}/gu;

/** `text` without characters that no story keeps. */
export const fit = (text) => text.replace(UNFIT, "");

/** `text` with its spaces as words need them: one between two words; one that must not break only behind a figure. */
export function spaced(text) {
  const breaks = (_space, at, all) => (/\d/.test(all[at - 1] ?? "") && /[\d\p{L}%]/u.test(all[at + 1] ?? "") ? "\u00a0" : " ");
  return text
    .replace(/[\t\n\r\f\v\u0085\u2028\u2029]/g, " ")
    .replace(/\u00a0/g, breaks)
    .replace(/ {2,}/g, " ");
}

const WRAPPERS = [
  [/^https?:\/\/(www\.)?google\.[a-z.]+\/url$/, ["q", "url"]],
  [/^https?:\/\/[a-z0-9-]+\.safelinks\.protection\.outlook\.com\//, ["url"]],
  [/^https?:\/\/l\.(facebook|instagram)\.com\//, ["u"]],
  [/^https?:\/\/(www\.)?(t\.umblr\.com\/redirect|vk\.com\/away\.php|steamcommunity\.com\/linkfilter\/?)$/, ["z", "to", "url"]],
];
const TRACKERS = /^(utm_.+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|mc_cid|mc_eid|igshid|igsh|yclid|twclid|ttclid|_hsenc|_hsmi|mkt_tok|vero_id|ref_src|ref_url|cmpid|ocid|smid|guccounter|guce_.+)$/i;

/** Where a pasted link leads, without the detour and without what tells who followed it; "" where it leads nowhere. */
export function destination(href, depth = 0) {
  let address;
  try {
    address = new URL(fit(href).trim());
  } catch {
    return ""; // an anchor, or half an address: of a page that is not ours
  }
  if (address.protocol === "mailto:") return address.pathname.includes("@") ? address.href : "";
  if (address.protocol === "story:") return address.href;
  if (!/^https?:$/.test(address.protocol) || !address.hostname) return "";
  const [, names] = WRAPPERS.find(([wrapper]) => wrapper.test(address.origin + address.pathname)) ?? [];
  const inside = names?.map((name) => address.searchParams.get(name)).find((value) => /^https?:\/\//.test(value ?? ""));
  if (inside && depth < 3) return destination(inside, depth + 1);
  const told = [...address.searchParams.keys()].filter((name) => TRACKERS.test(name));
  if (!told.length) return address.href;
  for (const name of told) address.searchParams.delete(name);
  return address.href;
}
