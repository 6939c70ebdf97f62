// What comes from the clipboard: Word, Docs, mail, pages. Its styles are read for what they mean (bold, italic) and then
// let go, before the policy of the page has to block them.
const UNWANTED = "style, script, meta, link, title, xml, o\\:p, img, button, input, select, textarea";

/** Style attributes renamed, so that they can be read and never applied. */
function disarmed(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<style\b[\s\S]*?(<\/style\s*>|$)/gi, "")
    .replace(/<[^>]+>/g, (tag) => tag.replace(/([\s"'/])style\s*=/gi, "$1data-style="));
}

function wrap(element, tag) {
  const outer = element.ownerDocument.createElement(tag);
  outer.append(...element.childNodes);
  element.append(outer);
}

/** `html` as it is pasted: words, blocks, links, and the emphasis that styles stood for. */
export function clean(html) {
  const page = new DOMParser().parseFromString(disarmed(html), "text/html");
  for (const element of page.body.querySelectorAll(UNWANTED)) element.remove();
  for (const element of page.body.querySelectorAll("[data-style]")) {
    const style = element.getAttribute("data-style").toLowerCase().replace(/\s/g, "");
    element.removeAttribute("data-style");
    const isBold = /font-weight:(bold|bolder|[6-9]00)/.test(style);
    const isPlain = /font-weight:(normal|lighter|[1-5]00)/.test(style);
    // Docs wraps everything in <b style="font-weight:normal">.
    if (isPlain && element.matches("b, strong")) element.replaceWith(...element.childNodes);
    else if (element.matches("span, font, a")) {
      if (isBold) wrap(element, "strong");
      if (/font-style:italic/.test(style)) wrap(element, "em");
      if (/vertical-align:super/.test(style)) wrap(element, "sup");
      if (/vertical-align:sub/.test(style)) wrap(element, "sub");
    }
  }
  return page.body.innerHTML;
}
