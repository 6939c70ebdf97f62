// Words as they are sought: without case, accents, vowel signs, tatweel and the forms of alef and hamza; quotes straight.

const ALIKE = { "ٱ": "ا", "ى": "ي", "ة": "ه", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‹": "'", "›": "'",
  "–": "-", "—": "-", "‐": "-", "\u00a0": " ", "\u202f": " " };
const UNSEEN = /[\p{M}\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/;

const known = new Map();

/** One character (a code point) folded; it may become none or several. */
function foldOne(letter) {
  let folded = known.get(letter);
  if (folded === undefined) {
    const bare = letter.normalize("NFKD").replace(UNSEEN, "").toLowerCase().replace(UNSEEN, "");
    folded = [...bare].map((one) => (DIGIT.test(one) ? String(one.charCodeAt(0) & 15) : ALIKE[one] ?? one)).join("");
    known.set(letter, folded);
  }
  return folded;
}

/** `text` folded. */
export function fold(text) {
  let folded = "";
  for (const letter of text) folded += foldOne(letter);
  return folded;
}

/** `text` folded, and for each of its characters where in `text` it begins; one more for the end. */
export function foldedAt(text) {
  let folded = "";
  const places = [];
  let at = 0;
  for (const letter of text) {
    const one = foldOne(letter);
    for (let part = 0; part < one.length; part += 1) places.push(at);
    folded += one;
    at += letter.length;
  }
  places.push(at);
  return { folded, places };
}
