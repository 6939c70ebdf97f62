// What straight signs become while one types: “ ” and ’ in English, « » in Arabic with “ ” inside, – for --, … for three
// dots. Each can be taken back at once: Backspace or Ctrl Z gives the sign as it was typed.
import { Extension, InputRule } from "editor";

const SWITCH = "desk:quotes"; // in this browser's memory: "off" where straight signs stay
const ADDRESS = /(:\/\/|www\.|mailto:|@)\S*$/i;
const OPENS_AFTER = /(^|[\s([{/—–“‘«‹\ufffc\u200e\u200f\u061c\u2066-\u2069])$/u;
const PAIRS = { "“": "”", "«": "»" };
const FIELDS = "#id_headline, #id_short_headline, #id_summary, #id_kicker, textarea[name=subheads]";

export const isOn = () => localStorage.getItem(SWITCH) !== "off";

export function turn(on) {
  if (on) localStorage.removeItem(SWITCH);
  else localStorage.setItem(SWITCH, "off");
}

/** Whether Arabic is written here: the nearest letter before says so, else the nearest behind, else the story's language. */
function isArabic(before, after, language) {
  const letter = before.match(/\p{L}(?=[^\p{L}]*$)/u)?.[0] ?? after.match(/\p{L}/u)?.[0];
  return letter ? /\p{Script=Arabic}/u.test(letter) : /^(ar|fa|ur|ckb|ps|ug)\b/.test(language);
}

/** The quotation marks that `text` opens and does not close, outermost first. */
function open(text) {
  const stack = [];
  for (const sign of text) {
    if (sign in PAIRS) stack.push(sign);
    else if (PAIRS[stack.at(-1)] === sign) stack.pop();
  }
  return stack;
}

function double(before, after, language) {
  const stack = open(before);
  const opens = OPENS_AFTER.test(before);
  if (!opens && stack.length) return PAIRS[stack.at(-1)];
  if (isArabic(before, after, language)) return stack.includes("«") ? "“" : "«"; // one-letter words are written onto the next
  if (/\d$/.test(before)) return null; // inches, seconds
  return opens ? "“" : "”";
}

function single(before, after, language) {
  if (isArabic(before, after, language) || /\d$/.test(before)) return null;
  return OPENS_AFTER.test(before) ? "‘" : "’";
}

/**
 * What becomes of the sign just typed: `text` ends with it, `after` follows. Gives how many characters are replaced
 * (`take`) by what (`put`); null where it stays as it is.
 */
export function smart(text, after, language) {
  const before = text.slice(0, -1);
  const typed = text.at(-1);
  if (ADDRESS.test(before)) return null;
  if (typed === '"' || typed === "'") {
    const put = (typed === '"' ? double : single)(before, after, language);
    return put && { take: 1, put };
  }
  if (/[^-–—]--$/.test(text)) return { take: 2, put: "–" };
  if (/–-$/.test(text)) return { take: 2, put: "—" };
  if (/(^|[^.…])\.\.\.$/.test(text)) return { take: 3, put: "…" };
  return null;
}

const language = () => document.querySelector("#story-form")?.dataset.language ?? "";

export const SmartQuotes = Extension.create({
  name: "smart_quotes",
  addInputRules: () => [
    new InputRule({
      find: /["'\-.]$/,
      handler: ({ state, range }) => {
        const at = state.doc.resolve(range.to);
        const text = at.parent.textBetween(0, at.parentOffset, "", "\ufffc");
        const after = at.parent.textBetween(at.parentOffset, at.parent.content.size, "", "\ufffc");
        const change = isOn() ? smart(text, after, language()) : null;
        if (!change) return null;
        state.tr.insertText(change.put, range.to - change.take, range.to);
      },
    }),
  ],
});

/** The same in the lines over the text: what is put in is a step of the field's own undoing. */
function onInput({ target, inputType, data, isComposing }) {
  if (inputType !== "insertText" || isComposing || !isOn() || !target.matches?.(FIELDS)) return;
  if (!/["'\-.]$/.test(data ?? "")) return;
  const at = target.selectionStart;
  const change = smart(target.value.slice(0, at), target.value.slice(at), language());
  if (!change) return;
  target.setSelectionRange(at - change.take, at);
  document.execCommand("insertText", false, change.put);
}

document.addEventListener("input", onInput);
document.addEventListener("change", ({ target }) => target.matches?.("[data-smart-quotes]") && turn(target.checked));
for (const tick of document.querySelectorAll("[data-smart-quotes]")) tick.checked = isOn();
