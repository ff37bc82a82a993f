// What every page does: the viewer's time zone and theme, copying, asking back, selecting rows.
// Pages work without it, but for these.

const root = document.documentElement;

const keep = (name, value) => {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
};

// Times are written by the server in the zone that the browser names; the first page does not know it.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && zone !== root.dataset.zone && !document.cookie.includes("tz=")) {
  keep("tz", encodeURIComponent(zone));
  if (document.cookie.includes("tz=")) location.reload();
}

const themes = ["system", "light", "dark"];
const theme = document.getElementById("theme");
theme?.addEventListener("click", () => {
  const next = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
  root.dataset.theme = next;
  theme.setAttribute("aria-label", `Theme: ${next}`);
  keep("theme", next);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    document.getElementById("jump")?.focus();
  }
});

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (!copy) return;
  await navigator.clipboard.writeText(copy.dataset.copy);
  const said = copy.lastChild;
  said.textContent = "Copied";
  setTimeout(() => (said.textContent = "Copy"), 2000);
});

// What cannot be undone asks back; a button that was pressed says what it does.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const question = button?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !confirm(question)) {
    event.preventDefault();
    return;
  }
  if (button?.dataset.doing) {
    button.setAttribute("aria-disabled", "true");
    button.lastChild.textContent = button.dataset.doing;
  }
});

// Selected runs turn the header of the list into the bar of what can be done to them.
const choose = () => {
  const bulk = document.getElementById("bulk");
  if (!bulk) return;
  const title = document.getElementById("chosen");
  title.dataset.all ??= title.textContent;
  const chosen = bulk.querySelectorAll("input[name=run]:checked").length;
  title.textContent = chosen ? `${chosen} ${chosen === 1 ? "run" : "runs"} selected` : title.dataset.all;
  document.getElementById("bulk-acts").hidden = !chosen;
};
document.addEventListener("change", (event) => {
  if (event.target.id === "bulk-all") {
    for (const box of document.querySelectorAll("#bulk input[name=run]")) box.checked = event.target.checked;
  }
  if (event.target.closest("#bulk")) choose();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("#bulk-clear")) {
    for (const box of document.querySelectorAll("#bulk input[type=checkbox]")) box.checked = false;
    choose();
  }
});
