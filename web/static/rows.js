// Ticked rows: how many there are, and all of them at once.
const form = document.querySelector(".ticking");

if (form) {
  const boxes = [...form.querySelectorAll("input[name=id]")];
  const all = form.querySelector("[data-tick-all]");
  const say = form.querySelector("[data-ticked]");
  all.parentElement.classList.remove("scripted");

  const count = () => {
    const n = boxes.filter((box) => box.checked).length;
    all.checked = n === boxes.length && n > 0;
    all.indeterminate = n > 0 && n < boxes.length;
    say.textContent = n > 0 ? `${n} selected` : "";
  };

  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes) box.checked = all.checked;
    count();
  });
  addEventListener("pageshow", count); // going back, browsers tick again what was ticked
}
