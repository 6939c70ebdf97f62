// The writing room with saving: what stands in the bar, beside the text and over it, and the moves that wait for a save.
import { Arrived } from "desk/arrived";
import { Bar } from "desk/bar";
import { Beside } from "desk/beside";
import { token } from "desk/line";
import { Look } from "desk/look";
import { Moves } from "desk/moves";
import { Saving } from "desk/saving";
import { icon, make, say } from "desk/words";

const POSTED = "desk-posted"; // in this tab's memory: everything on the form was saved before it was posted

/** Start saving for `form`. Gives `ready` (whether it runs), `isOn`, `isSafe` (nothing waits only here), and what keys do. */
export function openDesk(form, noteChange) {
  const desk = { isOn: false, isSafe: true, ready: Promise.resolve(false), askForVersion() {} };
  const text = form.querySelector("body-editor");
  const wasSaved = sessionStorage.getItem(POSTED) === location.pathname;
  sessionStorage.removeItem(POSTED);
  // A form that came back and was not saved before is the old way of saving: it stays so until it is through.
  const isUnsaved = Boolean(form.querySelector("[data-unsaved]"));
  if (form.hasAttribute("data-read-only") || !text?.editor || text.broken || (isUnsaved && !wasSaved)) return desk;
  if (isUnsaved) {
    location.replace(location.pathname);
    return desk;
  }
  const saving = new Saving(form);
  new Bar(form, saving);
  new Moves(form, saving);
  const beside = new Beside(form, saving);
  new Arrived(form, saving, beside);
  saving.addEventListener("answer", (event) => event.detail.changed && saving.isOn && noteChange());
  Object.defineProperty(desk, "isSafe", { get: () => saving.isClean || saving.outbox.works });
  desk.ready = saving.start().then((isOn) => {
    desk.isOn = isOn;
    if (isOn) dress(form, saving, beside);
    if (isOn) desk.look = new Look(form, saving);
    return isOn;
  });
  desk.askForVersion = () => askForVersion(form, saving);
  return desk;
}

function dress(form, saving, beside) {
  for (const button of form.querySelectorAll('[value="save"]')) button.hidden = true;
  const decide = form.querySelector("[data-saved] + .btn");
  decide.addEventListener("click", () => beside.show());
  const siblings = form.querySelector('desk-choose[data-name="siblings"]');
  siblings?.addEventListener("desk:change", () =>
    saving.putSiblings([...siblings.querySelectorAll(".chosen input:checked")].map((tick) => Number(tick.value))));
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    if (submitter?.form !== form || submitter.hasAttribute("formaction")) return;
    if (submitter === settled) return;
    event.preventDefault();
    carryOut(form, saving, submitter);
  });
}

let settled = null; // the button whose form may go out as without scripts
let isMoving = false;

/** Save, then do what `button` says. Nothing is done twice by a hand that is quicker than the line. */
async function carryOut(form, saving, button) {
  if (isMoving) return;
  isMoving = true;
  form.querySelector('desk-choose[data-name="tags"]')?.addTyped(form.querySelector('[name="tags_typed"]')?.value ?? "");
  const isTyped = [...form.querySelectorAll("desk-choose input[type=text]")].some((field) => field.value.trim());
  if (isTyped && (await saving.settle())) return sendForm(form, saving, button);
  const { value } = button;
  const answers = Object.fromEntries([...new FormData(form)].filter(([name]) => ["tab", "correction"].includes(name) || name.endsWith("_reason")));
  const address = isTyped ? null : await saving.move(value, answers);
  isMoving = false;
  if (address) return location.assign(address);
  const waits = make("p", { class: "note", "data-is": "warn", role: "alert" }, make("span", {}, say("waits")));
  form.querySelector(".notes").replaceChildren(waits);
}

/** A name typed and not chosen is looked for by the server, as without scripts: the form itself goes out. */
function sendForm(form, saving, button) {
  isMoving = false;
  settled = button;
  saving.surface.rows.settle();
  sessionStorage.setItem(POSTED, location.pathname);
  form.elements.csrfmiddlewaretoken.value = token(); // signing in again changed it
  // Not from within the event: a form that is being submitted takes no second submit.
  setTimeout(() => form.requestSubmit(button));
}

/** "Keep this version": a strip that asks for its name. */
function askForVersion(form, saving) {
  document.querySelector("#keep-version")?.remove();
  const before = document.activeElement;
  const field = make("input", { class: "in", dir: "auto", maxlength: "120", "aria-label": say("version_name") });
  const now = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }).format(new Date());
  field.value = say("version_of", { time: now });
  const keep = make("button", { type: "button", class: "btn", "data-kind": "go" }, icon("ok"), say("keep_version"));
  const strip = make("div", { popover: "auto", id: "keep-version", class: "pop keep-version", role: "dialog", "aria-label": say("keep_version") }, field, keep);
  const done = () => {
    strip.remove();
    before?.focus?.();
  };
  const act = () => {
    const name = field.value.trim();
    done();
    if (name) saving.keepVersion(name);
  };
  keep.addEventListener("click", act);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") done();
    else if (event.key === "Enter") act();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(strip);
  strip.showPopover();
  field.focus();
  field.select();
}
