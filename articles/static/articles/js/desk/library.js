// The library as the writing room asks it: photos found by words, and one of them made a picture of this story.
import { make, say } from "desk/words";

const WAIT = 200; // milliseconds after the last letter

/** The photos that hold `words`; null where they could not be asked for, or may not be seen. */
export async function findPhotos(form, words) {
  try {
    const address = `${form.dataset.choices}?${new URLSearchParams({ q: words, language: form.dataset.language })}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok && !answer.redirected ? (await answer.json()).results : null;
  } catch {
    return null;
  }
}

/**
 * Make `photo` (its uuid) a picture of the story: its row is put among the others. `uuid` is the attachment's, where it
 * has one already. Gives the row, or a `sentence` that says why not and whether asking `again` may help.
 */
export async function takePhoto(pictures, photo, { uuid = "", role = "" } = {}) {
  const body = pictures.letter();
  body.append("photo", photo);
  if (uuid) body.append("uuid", uuid);
  if (role) body.delete("lead");
  let answer;
  try {
    answer = await fetch(pictures.form.dataset.pictures, { method: "POST", body });
  } catch {
    return { sentence: say("picture_offline"), again: true };
  }
  const isOurs = !answer.redirected && answer.headers.get("Content-Type")?.includes("json");
  const said = isOurs ? await answer.json() : {};
  if (said.html) {
    const row = pictures.insert(said.html, role);
    return { row };
  }
  if (said.refused) return { sentence: said.refused, again: false };
  return answer.status === 403 && !answer.redirected
    ? { sentence: say("picture_forbidden"), again: false }
    : { sentence: say("picture_offline"), again: true };
}

/** A picture to choose. */
export function tile({ thumbnail, text, aside = "" }) {
  const picture = thumbnail ? make("img", { src: thumbnail, alt: "" }) : make("span", { class: "none" }, "–");
  const name = make("bdi", { class: "name" }, text);
  return make("button", { type: "button", class: "tile" }, picture, name, make("span", { class: "name quiet", dir: "auto" }, aside));
}

/** Ask for photos while somebody types in `field`, and `show(results)` them: the last words asked for count. */
export function search(form, field, show) {
  let asking;
  const ask = async () => {
    const words = field.value;
    const results = await findPhotos(form, words);
    if (words === field.value) show(results);
  };
  field.addEventListener("input", (event) => {
    event.stopPropagation(); // no change of the story
    clearTimeout(asking);
    asking = setTimeout(ask, WAIT);
  });
  return ask;
}
