// Parts marked data-steady, in which people press things. What is shown stays where it is: a row marked data-key, or a part
// without any, takes its new words while it keeps its height and nobody is at it. Whatever else is new waits behind a notice.
export function keep(part, next, busy) {
  const rows = (list) => new Map([...list.querySelectorAll("[data-key]")].map((row) => [row.dataset.key, row]));
  const shown = rows(part), fresh = rows(next);
  if (shown.size + fresh.size === 0) {
    if (!busy(part)) reword(part, next);
    return;
  }
  let more = 0, changed = 0;
  for (const [key, row] of fresh) {
    const old = shown.get(key);
    if (!old) more++;
    else if (!busy(old) && !old.querySelector("details[open]") && !reword(old, row)) changed++;
  }
  const fewer = [...shown.keys()].filter((key) => !fresh.has(key)).length;
  notice(more ? `${more} more` : changed ? `${changed} changed` : fewer ? `${fewer} fewer` : "");
}

// reword puts a row in the place of its twin, and takes that back when it would move what is below.
function reword(old, row) {
  if (old.outerHTML === row.outerHTML) return true;
  const height = old.offsetHeight;
  row = document.adoptNode(row);
  old.replaceWith(row);
  if (row.offsetHeight === height) return true;
  row.replaceWith(old);
  return false;
}

function notice(text) {
  const more = document.getElementById("more");
  more.hidden = text === "";
  more.querySelector("a").textContent = `${text} · Show`;
}
