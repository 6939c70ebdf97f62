// The writing room with saving: what stands in the bar, beside the text and over it, and the moves that wait for a save.
import { Bar } from "desk/bar";
import { Beside } from "desk/beside";
import { Look } from "desk/look";
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
  const beside = new Beside(form, saving);
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
  form.querySelector('desk-choose[data-name="siblings"]')?.addEventListener("desk:change", () => keepSiblings(form, saving));
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.form !== form || event.submitter.hasAttribute("formaction")) return;
    if (saving.isClean) {
      saving.surface.rows.settle();
      sessionStorage.setItem(POSTED, location.pathname);
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    const isSettled = await saving.settle();
    // Not from within the event: a form that is being submitted takes no second submit.
    if (isSettled) setTimeout(() => form.requestSubmit(submitter));
    else form.querySelector(".notes").replaceChildren(make("p", { class: "note", "data-is": "warn", role: "alert" }, make("span", {}, say("waits"))));
  });
}

/** Siblings are no part of a save: the form is sent with them, as it is without scripts. */
async function keepSiblings(form, saving) {
  if (!saving.number && !(await saving.begin())) return;
  if (!(await saving.settle())) return;
  saving.surface.rows.settle();
  const body = new FormData(form);
  body.set("do", "save");
  const answer = await fetch(form.dataset.address, { method: "POST", body }).catch(() => null);
  // It answers with the story's page anew, or with this form and what is wrong with it.
  if (!answer?.redirected) saving.say("refused", {});
  else await saving.poll();
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
