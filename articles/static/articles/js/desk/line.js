// The line to the server: what is said over it, and what came of it (docs/saving.md).

const WAIT = 20000; // milliseconds after which an answer is given up; the same save is sent again
const MOST_KEPT_ALIVE = 60000; // bytes: browsers let a page that is left send 64 KB

export const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

// Who opened this page: words typed here are nobody else's, whoever signs in meanwhile.
const writer = () => document.querySelector("#story-form")?.dataset.user ?? "";

/**
 * What came of a request: `is` is "done", "offline", "signed_out", "refused" (all with the `sentence` and `code` that the
 * server gave) or "absent".
 */
async function read(response) {
  if (response.redirected && /\/login\//.test(response.url)) return { is: "signed_out" };
  const isJson = response.headers.get("Content-Type")?.includes("json");
  const answer = isJson ? await response.json() : null;
  const said = { code: answer?.code ?? "", sentence: answer?.refused ?? "" };
  if (response.status === 401) return { is: "signed_out", ...said };
  if (response.status >= 500) return { is: "offline", ...said };
  if (response.status === 413) return { is: "refused", ...said, code: "too_large" }; // also from a server before ours
  if (!answer) return { is: "absent" };
  if (response.ok) return { is: "done", answer };
  return { is: "refused", ...said, answer };
}

async function ask(address, method, body, isLeaving) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const request = {
    method,
    body: text,
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token(), "X-Desk-User": writer() },
    keepalive: isLeaving && (text?.length ?? 0) * 3 < MOST_KEPT_ALIVE,
  };
  if (!isLeaving) request.signal = AbortSignal.timeout(WAIT);
  try {
    return await read(await fetch(address, request));
  } catch {
    return { is: "offline" }; // cut, given up, or an answer that broke off
  }
}

export const get = (address) => ask(address, "GET");

export async function post(address, body, { isLeaving = false } = {}) {
  const came = await ask(address, "POST", body, isLeaving);
  if (came.code !== "csrf") return came;
  // Signing in again changes the token: once more with the one that is there now. Where it is not there yet, the text waits.
  const again = await ask(address, "POST", body, isLeaving);
  return again.code === "csrf" ? { ...again, is: "signed_out" } : again;
}
