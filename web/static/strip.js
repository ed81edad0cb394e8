// The history strip takes one stop of the tab key; within it the arrow keys walk the visits.
const keys = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

document.addEventListener("keydown", (event) => {
  const strip = event.target.closest?.("[data-strip]");
  if (!strip || !(event.key in keys)) return;
  const ticks = [...strip.querySelectorAll("ol a")].filter((tick) => tick.checkVisibility());
  const here = ticks.indexOf(document.activeElement);
  const next = ticks[Math.min(Math.max(here + keys[event.key], 0), ticks.length - 1)];
  event.preventDefault();
  for (const tick of ticks) tick.tabIndex = tick === next ? 0 : -1;
  next.focus();
});
