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

// What cannot be undone asks back, naming how many; a button that was pressed says what it does.
const dialog = document.getElementById("ask");
const answered = new WeakSet();
const ask = (form, button, question) => {
  const chosen = form.querySelector(".chosen")?.textContent.replace(" selected", "");
  document.getElementById("ask-what").textContent = question.replace("{chosen}", chosen);
  dialog.querySelector("[value=yes]").textContent = button.textContent;
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") return button.focus();
    answered.add(button);
    form.requestSubmit(button);
  };
  dialog.showModal();
};
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const question = button?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !answered.delete(button)) {
    event.preventDefault();
    ask(event.target, button, question);
    return;
  }
  if (button?.getAttribute("aria-disabled")) return event.preventDefault();
  if (button?.dataset.doing) {
    button.setAttribute("aria-disabled", "true");
    button.lastChild.textContent = button.dataset.doing;
  }
});

// Rows that are selected turn the head of their list into the bar of what can be done to them.
const choose = (form) => {
  const chosen = form.querySelectorAll("tbody input:checked, .letters input:checked").length;
  const title = form.querySelector(".chosen");
  const thing = form.dataset.bulk;
  title.dataset.all ??= title.textContent;
  title.textContent = chosen ? `${chosen} ${chosen === 1 ? thing : `${thing}s`} selected` : title.dataset.all;
  for (const act of form.querySelectorAll(".bulk-act")) act.hidden = !chosen;
  for (const rest of form.querySelectorAll(".bulk-rest")) rest.hidden = chosen > 0;
};
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-bulk]");
  if (!form) return;
  if (event.target.matches(".bulk-all")) {
    for (const box of form.querySelectorAll("tbody input[type=checkbox]")) box.checked = event.target.checked;
  }
  choose(form);
});
document.addEventListener("click", (event) => {
  const form = event.target.closest(".bulk-clear")?.closest("[data-bulk]");
  if (!form) return;
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
  choose(form);
});

// Saved views of the runs are names for an address, kept by this browser.
const views = document.getElementById("saved");
if (views) {
  const key = "penstock-views";
  const read = () => JSON.parse(localStorage.getItem(key) ?? "[]");
  const write = (all) => {
    localStorage.setItem(key, JSON.stringify(all));
    show();
  };
  const show = () => {
    const shown = read().map(({ name, address }) => {
      const view = document.createElement("span");
      view.className = "chip";
      const link = document.createElement("a");
      link.href = address;
      link.textContent = name;
      const forget = document.createElement("button");
      forget.type = "button";
      forget.className = "x";
      forget.setAttribute("aria-label", `Forget view ${name}`);
      forget.textContent = "\u00d7";
      forget.addEventListener("click", () => write(read().filter((each) => each.name !== name)));
      view.append(link, forget);
      return view;
    });
    views.querySelector(".saved").replaceChildren(...shown);
  };
  views.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = views.elements.view.value.trim();
    if (!name) return;
    write([...read().filter((each) => each.name !== name), { name, address: `/runs${location.search}` }]);
    views.reset();
  });
  // what is not filtered needs no name
  views.hidden = !location.search && read().length === 0;
  document.addEventListener("htmx:pushedIntoHistory", () => (views.hidden = false));
  show();
}
