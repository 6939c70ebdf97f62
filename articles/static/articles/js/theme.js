/* The reader's choice of light or dark, kept in this browser and nowhere else. Without this file the choice in the
   colophon holds for the page it is made on. */

const KEY = "theme";
const root = document.documentElement;

function kept() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // a browser that keeps nothing for us
  }
}

function keep(choice) {
  try {
    if (choice) localStorage.setItem(KEY, choice);
    else localStorage.removeItem(KEY);
  } catch {
    // the choice holds for this page
  }
}

function show(choice) {
  if (choice === "light" || choice === "dark") root.dataset.theme = choice;
  else delete root.dataset.theme;
}

function enhance() {
  const choice = kept();
  for (const radio of document.querySelectorAll('input[name="theme"]')) {
    if (choice && radio.id === `theme-${choice}`) radio.checked = true;
    radio.addEventListener("change", () => {
      const chosen = radio.id.slice("theme-".length);
      show(chosen);
      keep(chosen === "auto" ? "" : chosen);
    });
  }
}

show(kept());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", enhance);
else enhance();
