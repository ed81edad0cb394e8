// The light switch without a new page: system, light, dark. The server reads the same cookie.
const after = { system: "light", light: "dark", dark: "system" };
const form = document.querySelector("[data-theme-form]");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const root = document.documentElement;
  const chosen = after[root.dataset.theme] ?? "system";
  const age = chosen === "system" ? 0 : 365 * 24 * 60 * 60;
  document.cookie = `theme=${chosen}; path=/; max-age=${age}; samesite=lax`;
  root.dataset.theme = chosen;
  const button = form.querySelector("button");
  button.value = after[chosen];
  button.title = `Theme: ${chosen}. Next: ${after[chosen]}.`;
  form.querySelector("[data-theme-name]").textContent = chosen;
});
