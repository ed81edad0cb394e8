// Shortcuts, and filters that apply as they are chosen.
const places = { o: "/", f: "/flagged", r: "/resources", s: "/sources", h: "/hosts", c: "/crawler" };
const help = document.getElementById("help");
const typing = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
const links = () => [...document.querySelectorAll("[data-rows] .c-main a, .flag h2 a, .decisions h2 a")];
let going = false; // a "g" was pressed, and the next key says where to

// The row under the focus, be it on the link, on the box to tick or, of a finding, on a button.
const rowOf = (element) => element?.closest("[data-rows] tr, .flag, .decisions li");

function step(by) {
  const all = links();
  if (all.length === 0) return;
  const here = all.findIndex((link) => rowOf(link) === rowOf(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1);
  all[next].focus();
}

function search() {
  const field = document.querySelector("[data-search]");
  field?.focus();
  field?.select();
}

const acts = {
  "/": search,
  j: () => step(1),
  k: () => step(-1),
  x: () => rowOf(document.activeElement)?.querySelector("input[type=checkbox]")?.click(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const place = going && places[event.key];
  going = event.key === "g";
  if (place) location.assign(place);
  else if (event.key in acts) {
    event.preventDefault();
    acts[event.key]();
  }
});

// On a phone the navigation scrolls: where the reader is must be in sight.
const nav = document.querySelector(".top nav"), here = nav.querySelector("[aria-current]");
if (here) nav.scrollLeft = here.offsetLeft + here.offsetWidth + 32 - nav.clientWidth;

const button = document.querySelector("[data-help]");
button.classList.remove("scripted");
button.addEventListener("click", () => help.showModal());

document.querySelector("[data-filters]")?.addEventListener("change", (event) => {
  if (event.target.matches("select")) event.currentTarget.requestSubmit();
});
