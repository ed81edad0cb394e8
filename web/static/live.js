// The page stays true while it is open. The server tells by events when something happened; then the parts marked
// data-live="SECONDS" are replaced by the same parts of the page as it is now. Where there are no events, the page
// asks for itself at the pace of its most eager part. A hidden page asks and hears nothing.
import { refresh } from "./time.js";
import { keep } from "./steady.js";

const least = 2_000, most = 60_000, gap = 5_000;
let failures = 0;  // in a row
let stream = null; // of events
let heard = false; // the stream stands
let lost = false;  // the stream stood, and broke
let asked = 0;     // when the page was last asked for
let timer = 0;
let before = [];   // resources that were visited at the last event

const parts = () => [...document.querySelectorAll("[data-live][id]")];
const period = () => Math.min(...parts().map((part) => part.dataset.live * 1000), most);
const eager = () => period() <= least; // something was asked for here, and is on its way

// Whoever reads or points at a part is not to lose it under the hand.
const busy = (part) => part.contains(document.activeElement) || part.matches(":hover:has(details[open], a:hover, button:hover)");

function replace(fresh) {
  for (const part of parts()) {
    const next = fresh.getElementById(part.id);
    if (!next || busy(part) && !("steady" in part.dataset)) continue;
    refresh(next);
    if ("steady" in part.dataset) {
      keep(part, next, busy);
      continue;
    }
    for (const [i, details] of [...part.querySelectorAll("details")].entries()) {
      const twin = next.querySelectorAll("details")[i];
      if (twin) twin.open = details.open;
    }
    if (next.outerHTML !== part.outerHTML) part.replaceWith(document.adoptNode(next));
  }
}

async function update() {
  asked = Date.now();
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html", "Waymark-Live": "1" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.documentElement.toggleAttribute("data-events", fresh.documentElement.hasAttribute("data-events"));
    replace(fresh);
    failures = 0;
    listen();
  } catch {
    failures = Math.min(failures + 1, 5);
  }
  state();
  plan();
}

// plan sets the time of the next asking. With events there is none, but for what is on its way.
function plan(soon) {
  clearTimeout(timer);
  if (document.visibilityState !== "visible" || parts().length === 0) return;
  if (soon !== undefined) timer = setTimeout(update, soon);
  else if (!heard || eager() || failures > 0) timer = setTimeout(update, Math.min(Math.max(period(), least) * 2 ** failures, most));
}

// Many pages hear of the same change at once: they ask within a few seconds of each other, and none too often.
function turned() {
  plan(Math.max(gap - (Date.now() - asked), 0) + Math.random() * 500);
}

function progress(now) {
  const visits = document.querySelector("[data-visits]");
  if (visits && !busy(visits)) visits.innerHTML = now.visits; // rendered and escaped by the server
  const here = Number(document.querySelector("[data-resource]")?.dataset.resource);
  if (before.includes(here) !== now.resources.includes(here)) plan(300);
  const trouble = document.getElementById("offline").dataset;
  if ((trouble.offline === "true") !== now.offline || (trouble.stuck === "true") !== now.stuck) plan(0);
  before = now.resources;
}

function listen() {
  if (stream || !("events" in document.documentElement.dataset) || parts().length === 0) return;
  stream = new EventSource("/events");
  stream.addEventListener("open", () => { heard = true; lost = false; failures = 0; state(); plan(); });
  stream.addEventListener("error", () => {
    const stood = heard;
    lost ||= heard;
    heard = false;
    if (stream.readyState === EventSource.CLOSED) stream = null; // refused: it will not come back by itself
    if (stood) plan(500); // else an asking is planned already, and each further try would put it off
  });
  stream.addEventListener("turned", turned);
  stream.addEventListener("progress", (event) => progress(JSON.parse(event.data)));
}

function hush() {
  stream?.close();
  stream = null;
  heard = false;
  clearTimeout(timer);
}

// state says that the page is not as it is, once that is sure.
function state() {
  document.getElementById("unreached").hidden = failures < (lost ? 1 : 2);
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return hush();
  listen();
  plan(Date.now() - asked > most ? 0 : undefined);
});
addEventListener("pagehide", hush);
addEventListener("online", () => { listen(); plan(0); });

asked = Date.now();
listen();
plan();
