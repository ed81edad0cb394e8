// Forms: a page that is shown again for one that was refused keeps its own address, so that it can be loaded anew.
const at = document.documentElement.dataset.at;
if (at) history.replaceState(null, "", at);

// What was sent is not sent again by a second click, which would be refused as a decision on what has changed. A page that
// comes back from the browser's memory can be sent anew.
let sent = new WeakSet();
addEventListener("pageshow", () => { sent = new WeakSet(); });
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
});

// Of a number of days and a date, the one that was touched last holds.
document.addEventListener("input", (event) => {
  const until = event.target.closest(".decide fieldset")?.querySelector("[name=until]");
  if (!until) return;
  if (event.target === until) until.closest(".until").querySelector("[type=radio]").checked = true;
  else if (event.target.value !== "date") until.value = "";
});
