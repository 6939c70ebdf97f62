/* The page to try the API: shows each answer beneath its form. Without this file a form leads to the answer itself. */

function addressOf(form) {
  const asked = new URLSearchParams();
  let path = form.getAttribute("action");
  for (const field of form.elements) {
    if (!field.name || !field.value.trim()) continue;
    const value = field.value.trim();
    if ("inPath" in field.dataset) path = path.replace(`{${field.name}}`, encodeURIComponent(value));
    else asked.append(field.name, value);
  }
  const query = asked.toString();
  return new URL(query ? `${path}?${query}` : path, location.href);
}

async function said(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "omit" });
  const text = await answer.text();
  const status = `${answer.status} ${answer.statusText}`.trim();
  try {
    return { status, text: JSON.stringify(JSON.parse(text), null, 2) };
  } catch {
    return { status, text };
  }
}

function enhance(form) {
  const place = form.nextElementSibling;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const address = addressOf(form);
    const button = form.querySelector("button");
    button.disabled = true;
    let found;
    try {
      found = await said(address);
    } catch {
      found = { status: "", text: form.dataset.failed };
    }
    button.disabled = false;
    place.querySelector(".asked-for").textContent = `curl '${address}'`;
    place.querySelector(".status").textContent = found.status;
    place.querySelector("pre").textContent = found.text;
    place.hidden = false;
  });
}

document.querySelectorAll("form.asking").forEach(enhance);
