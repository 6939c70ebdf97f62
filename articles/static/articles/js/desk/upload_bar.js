// What is seen of uploads: a bar for all of them, and for each its progress with a button that calls it back.
import { icon, make, say } from "desk/words";

/** A bar over all uploads of a page, with "12 of 40"; hidden while there are none. */
export function barOf(uploads) {
  const bar = make("progress", { max: "1", value: "0", "aria-label": say("uploads_all") });
  const words = make("span", { class: "small" });
  const all = make("div", { class: "all-uploads", hidden: true }, words, bar);
  uploads.addEventListener("upload", () => {
    const items = uploads.items.filter((item) => item.is !== "gone" && item.is !== "refused");
    const done = items.filter((item) => item.is === "done").length;
    all.hidden = done === items.length;
    const total = items.reduce((sum, item) => sum + item.size, 0);
    bar.value = total ? items.reduce((sum, item) => sum + item.sent, 0) / total : 0;
    const waits = items.find((item) => item.is === "lost");
    words.textContent = say("uploads_count", { done, count: items.length }) + (waits ? ` · ${waits.sentence}` : "");
    if (waits) bar.dataset.is = "wait";
    else delete bar.dataset.is;
  });
  return all;
}

/** The progress of one upload, and its button. Gives `{bar, stop, words}`; they follow the upload by themselves. */
export function partsOf(uploads, item) {
  const bar = make("progress", { max: String(item.size || 1), value: "0", "aria-label": say("uploading", { name: item.name }) });
  const stop = make("button", { type: "button", class: "btn", "data-kind": "quiet", "aria-label": say("upload_stop", { name: item.name }), title: say("upload_stop", { name: item.name }) }, icon("cross"));
  const words = make("span", { class: "quiet small" });
  stop.addEventListener("click", () => uploads.cancel(item));
  follow(uploads, item, () => {
    bar.value = item.sent;
    if (item.is === "lost") bar.dataset.is = "wait";
    else delete bar.dataset.is;
    words.textContent = item.is === "lost" ? item.sentence : item.is === "finishing" ? say("upload_reading") : "";
  });
  return { bar, stop, words };
}

/** Call `act` whenever something is told of this upload. */
export function follow(uploads, item, act) {
  uploads.addEventListener("upload", (event) => event.detail === item && act(item));
}
