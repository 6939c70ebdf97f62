// Clashes: two changes to the same words, side by side in their place in the text. Never a window over it, never a wall:
// one may go on writing and decide later.
import { make, say } from "desk/words";

const KEYS = { 1: "mine", 2: "theirs", 3: "both" };
const MOST_WORDS = 1500; // above that the words are shown without marks: finding them would take too long

/** The words of a block or of a field's value. */
export function wordsOf(value) {
  if (value === null || value === undefined) return say("taken_out");
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(wordsOf).join("\n");
  if (typeof value !== "object") return String(value);
  if (value.type) return blockWords(value);
  return Object.values(value).filter((one) => typeof one === "string").join("\n");
}

function blockWords(block) {
  const inner = (node) => (node.type === "text" ? node.text : node.type === "hard_break" ? "\n" : lines(node));
  const lines = (node) => {
    const isText = node.content?.some((one) => one.type === "text");
    return (node.content ?? []).map(inner).join(isText ? "" : "\n");
  };
  const beside = ["attribution", "title", "caption", "url"].map((name) => block.attrs?.[name]).filter(Boolean);
  return [lines(block), ...beside].filter(Boolean).join("\n") || say(block.type);
}

const split = (text) => text.match(/\s+|[^\s]+/g) ?? [];

/** Which of the `words` are not in `base`, as a row of yes and no: the longest common row of words is taken as kept. */
function added(words, base) {
  if (words.length > MOST_WORDS || base.length > MOST_WORDS) return words.map(() => false);
  const row = Array.from({ length: words.length + 1 }, () => new Uint16Array(base.length + 1));
  for (let one = words.length - 1; one >= 0; one -= 1) {
    for (let other = base.length - 1; other >= 0; other -= 1) {
      row[one][other] = words[one] === base[other] ? row[one + 1][other + 1] + 1 : Math.max(row[one + 1][other], row[one][other + 1]);
    }
  }
  let other = 0;
  return words.map((word, one) => {
    while (other < base.length && word !== base[other] && row[one][other + 1] > row[one + 1][other]) other += 1;
    const isKept = other < base.length && word === base[other];
    if (isKept) other += 1;
    return !isKept;
  });
}

function marked(text, base, side) {
  const words = split(text);
  const isNew = added(words, split(base));
  const paragraph = make("p", { dir: "auto", class: "clash-words" });
  words.forEach((word, place) => paragraph.append(isNew[place] && word.trim() ? make("mark", { class: side }, word) : word));
  return paragraph;
}

export const initials = (name) =>
  name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]).join("");

/** The section for `clash`: both sides, what both together would be, and the buttons. `choose` is told what was chosen. */
export function clashSection(clash, choose) {
  const title = make("h3", { id: `clash-${clash.uuid}`, class: "clash-title" },
    clash.own ? say("clash_own") : say("clash_other", { name: clash.by }));
  const section = make("section", { class: "clash", tabindex: "-1", contenteditable: "false", "aria-labelledby": title.id, "data-clash": clash.uuid });
  const base = clash.base === null ? "" : wordsOf(clash.base);
  const words = { mine: clash.shown?.mine || wordsOf(clash.mine), theirs: clash.shown?.theirs || wordsOf(clash.theirs) };
  const side = (name, label, person) =>
    make("section", name === "theirs" ? { "data-p": "3" } : {}, make("h4", { class: "line" }, ...person, label), marked(words[name], base, name));
  const mine = clash.own ? say("mine") : clash.by;
  section.append(
    make("header", {}, title),
    make("div", { class: "sides" },
      side("mine", mine, clash.own ? [] : [make("span", { class: "who", "data-p": "1", "aria-hidden": "true" }, initials(clash.by))]),
      side("theirs", say("in_the_story"), [])));
  if (clash.choices.includes("both") && clash.both !== null) {
    const both = marked(wordsOf(clash.both), base, "mine");
    section.append(make("div", { class: "both" }, make("h4", { class: "small quiet" }, say("both_would")), both));
  }
  const foot = make("footer");
  for (const [key, choice] of Object.entries(KEYS)) {
    if (!clash.choices.includes(choice)) continue;
    const label = choice === "mine" && !clash.own ? say("keep_named", { name: clash.by }) : say(`keep_${choice}`);
    const button = make("button", { type: "button", class: "btn", "data-kind": choice === "both" && "go", "data-choice": choice }, `${label} `, make("kbd", {}, key));
    button.addEventListener("click", () => decide(choice));
    foot.append(button);
  }
  const later = make("button", { type: "button", class: "btn push", "data-kind": "quiet" }, `${say("later_decide")} `, make("kbd", {}, "Esc"));
  later.addEventListener("click", () => fold());
  const open = make("button", { type: "button", class: "btn clash-open", hidden: true }, say("clash_open"));
  open.addEventListener("click", () => fold(false));
  foot.append(later, open);
  section.append(foot);

  function decide(choice) {
    for (const button of foot.querySelectorAll("[data-choice]")) button.disabled = true;
    choose(clash, choice).finally(() => {
      for (const button of foot.querySelectorAll("[data-choice]")) button.disabled = false;
    });
  }
  function fold(isFolded = true) {
    section.toggleAttribute("data-later", isFolded);
    open.hidden = !isFolded;
    if (isFolded) document.querySelector("body-editor .tiptap").focus();
    else section.focus();
  }
  section.addEventListener("keydown", (event) => {
    const choice = KEYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (choice && clash.choices.includes(choice)) decide(choice);
    else if (event.key === "Escape") fold();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return section;
}
