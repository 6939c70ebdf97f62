// The sheet on which pictures are chosen for the text: the story's own and the library's, one or several, in the order
// in which they are chosen.
import { search, takePhoto, tile } from "desk/library";
import { make, say } from "desk/words";

/**
 * Ask for pictures. `several`: more than one may be chosen; `without` are attachments not offered; `role` is what a
 * picture new to the story becomes. Gives the attachments' uuids; none where the sheet was closed.
 */
export function choosePictures({ label, several = false, without = [], role = "text" }) {
  const pictures = document.querySelector("story-pictures");
  return new Promise((done) => {
    const chosen = []; // {uuid} of a picture of the story, {photo} of the library
    const close = make("button", { type: "button", class: "btn", "data-kind": "quiet" }, say("close"));
    const field = make("input", { type: "search", dir: "auto", placeholder: say("find_picture"), "aria-label": say("find_picture"), autofocus: true });
    const put = make("button", { type: "button", class: "btn" }, "");
    const wrong = make("p", { class: "bad small", role: "alert", dir: "auto" });
    const own = make("div", { class: "grid" });
    const found = make("div", { class: "grid", "data-found": true });
    const sheet = make(
      "div", { popover: "auto", class: "pop library-sheet", role: "dialog", "aria-label": label },
      make("div", { class: "line" }, make("label", { class: "find grow" }, field), ...(several ? [put] : []), close),
      wrong, own, found,
    );
    let answer = [];
    const finish = async () => {
      sheet.setAttribute("data-busy", "");
      for (const one of [...chosen]) {
        if (one.uuid) continue;
        const { row, sentence } = await takePhoto(pictures, one.photo, { role });
        if (row) one.uuid = row.dataset.uuid;
        else {
          wrong.textContent = sentence;
          one.button.setAttribute("aria-pressed", "false");
          chosen.splice(chosen.indexOf(one), 1);
        }
      }
      sheet.removeAttribute("data-busy");
      count();
      if (wrong.textContent && (!several || !chosen.length)) return;
      answer = chosen.map((one) => one.uuid);
      sheet.hidePopover();
    };
    const count = () => {
      put.textContent = say(chosen.length === 1 ? "put_in_one" : "put_in", { count: chosen.length });
      put.hidden = !chosen.length;
      for (const button of sheet.querySelectorAll(".tile")) {
        const place = chosen.findIndex((one) => one.button === button);
        button.setAttribute("data-place", place < 0 ? "" : place + 1);
        if (several) button.setAttribute("aria-pressed", place >= 0);
      }
    };
    const offer = (said, one) => {
      const button = tile(said);
      const again = chosen.find((other) => other.photo && other.photo === one.photo);
      if (again) again.button = button; // found once more by other words
      button.addEventListener("click", () => {
        wrong.textContent = "";
        const place = chosen.findIndex((other) => other.button === button);
        if (place < 0) chosen.push({ ...one, button });
        else chosen.splice(place, 1);
        if (several) count();
        else finish();
      });
      return button;
    };
    const held = pictures.all();
    own.append(...held.filter(({ uuid }) => !without.includes(uuid))
      .map(({ uuid, thumbnail, name, caption }) => offer({ thumbnail, text: name, aside: caption }, { uuid })));
    if (own.childElementCount) own.before(make("h3", { class: "small quiet" }, say("in_this_story")));
    const title = make("h3", { class: "small quiet" }, say("in_the_library"));
    found.before(title);
    const ask = search(pictures.form, field, (results) => {
      title.hidden = results === null;
      const others = (results ?? []).filter(({ id }) => !held.some(({ photo }) => photo === id));
      const tiles = others.map(({ id, thumbnail, text, aside }) => offer({ thumbnail, text, aside }, { photo: id }));
      found.replaceChildren(...(tiles.length || results === null ? tiles : [make("p", { class: "empty" }, say("none_found"))]));
      count();
    });
    put.addEventListener("click", finish);
    close.addEventListener("click", () => sheet.hidePopover());
    sheet.addEventListener("toggle", (event) => {
      if (event.newState === "open") return;
      sheet.remove();
      done(answer);
    });
    count();
    document.body.append(sheet);
    sheet.showPopover();
    ask();
  });
}
