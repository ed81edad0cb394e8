// Times stay true while a page is open, and their exact form speaks the reader's zone.
const minute = 60, hour = 60 * minute, day = 24 * hour;
const zoned = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const short = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

// The same steps as format.go, so that nothing jumps when the script begins.
function rough(s) {
  if (s < hour) return `${Math.floor(s / minute)} min`;
  if (s < day) return `${Math.floor(s / hour)} h`;
  if (s < 2 * day) return "1 day";
  if (s < 60 * day) return `${Math.floor(s / day)} days`;
  if (s < 730 * day) return `${Math.floor(s / (30 * day))} months`;
  return `${Math.floor(s / (365 * day))} years`;
}

function relative(at) {
  const s = (Date.now() - at) / 1000;
  if (s > -5 && s < minute) return "just now";
  if (s <= 0 && s > -minute) return "in a moment";
  return s < 0 ? `in ${rough(-s)}` : `${rough(s)} ago`;
}

function word(element, at) {
  const s = (Date.now() - at) / 1000;
  if ("due" in element.dataset && s >= -5) return "due";
  if ("lasting" in element.dataset) return s < minute ? "less than a minute" : rough(s);
  return relative(at);
}

export function refresh(root = document, reword = true) {
  for (const element of root.querySelectorAll("time[data-local]:not([data-zoned])")) {
    element.textContent = short.format(new Date(element.dateTime));
    element.dataset.zoned = "yes";
  }
  for (const element of root.querySelectorAll("time[datetime]:not([data-exact], [data-local])")) {
    const at = new Date(element.dateTime);
    const text = word(element, at);
    if (reword && element.textContent !== text) element.textContent = text;
    if (!element.dataset.zoned) {
      element.title = zoned.format(at);
      element.dataset.zoned = "yes";
    }
  }
}

refresh(document, false); // the server has just worded them; a word that changed now would move the page
setInterval(() => refresh(), 20_000);
