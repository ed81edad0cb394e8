// Parts marked data-live="SECONDS" are replaced by the same parts of the page as it is now. One request serves
// them all, and the most eager sets the pace; a hidden page asks nothing; a server that does not answer is asked
// less and less often.
import { refresh } from "./time.js";

const least = 2_000, most = 60_000;
let failures = 0;

const parts = () => [...document.querySelectorAll("[data-live][id]")];
const period = () => Math.min(...parts().map((part) => part.dataset.live * 1000), most);
const wait = () => Math.min(Math.max(period(), least) * 2 ** failures, most);

// Whoever reads or points at a part is not to lose it under the hand.
const busy = (part) => part.contains(document.activeElement) || part.matches(":hover:has(details[open], a:hover, button:hover)");

function replace(fresh) {
  for (const part of parts()) {
    const next = fresh.getElementById(part.id);
    if (!next || busy(part)) continue;
    refresh(next);
    for (const [i, details] of [...part.querySelectorAll("details")].entries()) {
      const twin = next.querySelectorAll("details")[i];
      if (twin) twin.open = details.open;
    }
    if (next.outerHTML !== part.outerHTML) part.replaceWith(document.adoptNode(next));
  }
}

async function update() {
  if (document.visibilityState === "visible" && parts().length > 0) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
      failures = 0;
    } catch {
      failures = Math.min(failures + 1, 5);
    }
  }
  setTimeout(update, wait());
}

setTimeout(update, wait());
