// The writing room: what the whole screen does. Counters, panels, keys, and the warning before words are lost.
import { openDesk } from "desk/desk";
import { openPaper } from "desk/paper";
import { keyOf, say } from "desk/words";
import "desk/pictures"; // before the editor, whose figures ask it what they show
import "desk/editor";
import "desk/lines";
import "desk/choose";

const form = document.querySelector("#story-form");

// -- Counters: silent until the field has the focus or is over its good length

function count(output) {
  const field = document.getElementById(output.dataset.count);
  if (!field) return;
  const now = [...field.value].length;
  const good = Number(output.dataset.good);
  const speaks = now > good || document.activeElement === field;
  output.textContent = speaks ? say("length", { now, good: now > good && output.dataset.most ? output.dataset.most : good }) : "";
  output.toggleAttribute("data-over", now > good);
  if (now > good) output.dataset.is = "long";
  else delete output.dataset.is;
}

const counters = () => [...document.querySelectorAll("output[data-count]")];
for (const event of ["input", "focusin", "focusout"]) {
  document.addEventListener(event, (happened) => {
    for (const output of counters()) {
      if (output.dataset.count === happened.target.id) requestAnimationFrame(() => count(output));
    }
  });
}
counters().forEach(count);

// -- Panels: a link to something in a panel opens it

function show(target) {
  const panel = target?.closest(".tab");
  if (panel) document.querySelector(`#t-${panel.id}`).checked = true;
  if (!target) return;
  target.scrollIntoView({ block: "center" });
  const field = target.matches("body-editor")
    ? target.querySelector(".tiptap")
    : target.matches("input, textarea, select") ? target : target.querySelector("textarea, select, input:not([type=hidden])") ?? target;
  field.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  if (link.dataset.tab) document.querySelector(`#t-${link.dataset.tab}`).checked = true;
  const target = document.getElementById(link.hash.slice(1));
  if (target && !target.matches(".tab")) show(target);
  else if (target) target.scrollIntoView({ block: "nearest" });
});

if (form) {
  // -- Once something changed, it can be published again; without saving by itself, words that would be lost are asked about

  let changed = Boolean(form.querySelector("[data-unsaved]"));
  let leaving = false;
  const waiting = () => form.querySelectorAll("[data-once-changed]"); // asked anew: the bar's buttons change with the status
  for (const button of waiting()) button.hidden = true;
  const noteChange = () => {
    changed = true;
    for (const button of waiting()) button.hidden = false;
    if (desk.isOn) return;
    const saved = form.querySelector("[data-saved]");
    saved.textContent = say("changed");
    saved.dataset.is = "open";
  };
  const desk = openDesk(form, noteChange);
  openPaper(form);
  form.addEventListener("input", (event) => {
    const { name } = event.target;
    if (name && name !== "tab" && !name.endsWith("_typed") && !name.endsWith("_reason")) noteChange();
  });
  if (changed) noteChange();
  form.addEventListener("desk:change", noteChange);
  form.addEventListener("desk:rows", () => counters().forEach(count));
  form.addEventListener("submit", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("beforeunload", (event) => {
    if (leaving || (desk.isOn ? desk.isSafe : !changed)) return;
    event.preventDefault();
  });

  // -- A new story begins with its headline; a save comes back to where one was writing

  const floor = form.querySelector(".desk");
  const text = form.querySelector("body-editor");
  const headline = form.querySelector("#id_headline:enabled");
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "save") return;
    const at = text.contains(document.activeElement) ? text.editor?.state.selection.from : undefined;
    sessionStorage.setItem("desk:place", JSON.stringify({ at, desk: floor.scrollTop, page: scrollY, when: Date.now() }));
  });
  const place = JSON.parse(sessionStorage.getItem("desk:place") ?? "null");
  sessionStorage.removeItem("desk:place");
  if (place && Date.now() - place.when < 20000 && !form.querySelector(".notes .note")) {
    if (place.at !== undefined) text.editor?.chain().setTextSelection(place.at).focus(null, { scrollIntoView: false }).run();
    floor.scrollTop = place.desk;
    scrollTo(0, place.page);
  } else if (headline && !headline.value && location.pathname.endsWith("/add/")) headline.focus();

  // -- Enter in a line goes nowhere: saving is Ctrl S, and a button says what it does

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    if (event.target.matches("input:not([type=checkbox], [type=radio], [type=file]), textarea[rows='1']")) event.preventDefault();
  });

  // -- The surface follows the language of the story

  const language = form.querySelector("#id_language");
  language?.addEventListener("change", () => {
    form.dataset.language = language.value;
    const sheet = form.querySelector(".sheet");
    sheet.lang = language.value;
    sheet.dir = new Intl.Locale(language.value).getTextInfo?.().direction ?? (language.value === "ar" ? "rtl" : "ltr");
  });

  // -- Keys

  let lack = -1;
  const press = (selector) => {
    const button = form.querySelector(selector);
    if (button && !button.hidden) button.click();
  };
  const regions = () => [form.querySelector(".tiptap"), form.querySelector(".side .tab-on, .tabs input:checked"), form.querySelector(".bar a")];
  document.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    const key = keyOf(event);
    if (command && key === "s") desk.ready.then((isOn) => (isOn ? desk.askForVersion() : press("[data-save]")));
    else if (command && event.key === "Enter") press('.bar [data-kind="go"]');
    else if (command && key === "/") document.querySelector("#keys").togglePopover();
    else if (event.shiftKey && event.key === "F9") press("[data-look]");
    else if (event.key === "F9") press('[value="preview"]');
    else if (event.key === "F6") {
      const places = regions().filter(Boolean);
      const at = places.findIndex((place) => place === document.activeElement || place.parentElement?.contains(document.activeElement));
      places[(at + 1) % places.length].focus();
    } else if (event.shiftKey && event.key === "F8") {
      const lacks = [...form.querySelectorAll("[data-lack]")];
      lack = (lack + 1) % lacks.length;
      lacks[lack]?.click();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
}
