// The live part of a run's page: what the server tells is put in place. Nothing that has focus is
// replaced, and a chain that the pointer is on keeps still until it leaves.

const live = document.getElementById("live");
const word = document.getElementById("live-word");
const broken = document.getElementById("broken");
const zone = word.textContent;

// Makes `now` like `wanted`, node by node, so that focus and scroll stay where they are.
const morph = (now, wanted) => {
  if (now.isEqualNode(wanted)) return;
  if (now.nodeType !== wanted.nodeType || now.nodeName !== wanted.nodeName) {
    now.replaceWith(wanted.cloneNode(true));
    return;
  }
  if (now.nodeType === Node.TEXT_NODE) {
    now.data = wanted.data;
    return;
  }
  if (now.nodeType !== Node.ELEMENT_NODE) return;
  if (now.matches("input, select, textarea") && now === document.activeElement) return;
  for (const { name } of [...now.attributes]) if (!wanted.hasAttribute(name)) now.removeAttribute(name);
  for (const { name, value } of wanted.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  const before = [...now.childNodes];
  const after = [...wanted.childNodes];
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    if (i >= after.length) before[i].remove();
    else if (i >= before.length) now.append(after[i].cloneNode(true));
    else morph(before[i], after[i]);
  }
};

const parse = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
};

const waiting = new Map();
const put = (html) => {
  const part = parse(html).firstElementChild;
  const now = part && document.getElementById(part.id);
  // what was drawn before the viewer chose otherwise comes too late
  if (!now || part.dataset.choice !== now.dataset.choice) return;
  if (document.hidden || (part.id === "run-pipeline" && now.querySelector(".chain:hover"))) {
    waiting.set(part.id, part);
    return;
  }
  waiting.delete(part.id);
  morph(now, part);
};
const catchUp = () => {
  for (const [id, part] of waiting) morph(document.getElementById(id), part);
  waiting.clear();
};
document.addEventListener("visibilitychange", () => document.hidden || catchUp());
document.addEventListener("pointerout", (event) => {
  if (event.target.closest?.(".chain") && !event.relatedTarget?.closest?.(".chain")) catchUp();
});

const MOST_LINES = 2000;
const addLines = (html) => {
  const lines = document.getElementById("log-lines");
  if (!lines) return;
  const log = document.getElementById("log");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const seen = new Set([...lines.children].slice(-600).map((line) => line.dataset.line));
  for (const line of parse(html).querySelectorAll("li")) if (!seen.has(line.dataset.line)) lines.append(line);
  while (lines.children.length > MOST_LINES) lines.firstElementChild.remove();
  document.getElementById("no-lines")?.remove();
  if (atEnd) log.scrollTop = log.scrollHeight;
  setTimeout(() => {
    for (const line of lines.querySelectorAll(".new")) line.classList.remove("new");
  }, 3000);
};

const state = (text, ok) => {
  word.textContent = text;
  live.classList.remove("still");
  live.classList.toggle("off", !ok);
  broken.hidden = ok;
};

let source;
let retry;
const listen = () => {
  clearTimeout(retry);
  source?.close();
  const url = document.getElementById("run-details")?.dataset.events;
  if (!url) return;
  const last = document.querySelector("#log-lines li:last-child")?.dataset.line ?? document.getElementById("log")?.dataset.newest ?? "0";
  const choice = document.getElementById("run-tasks").dataset.choice;
  source = new EventSource(`${url}&${choice}&after=${last}`);
  source.addEventListener("open", () => state(`Live, ${zone}`, true));
  source.addEventListener("part", (event) => put(event.data));
  source.addEventListener("log", (event) => addLines(event.data));
  source.addEventListener("tab", (event) => {
    const at = event.data.indexOf(" ");
    document.getElementById("icon").href = event.data.slice(0, at);
    document.title = event.data.slice(at + 1);
  });
  source.addEventListener("over", () => {
    source.close();
    state(zone, true);
    live.classList.add("still");
  });
  source.addEventListener("error", () => {
    source.close();
    let seconds = 4;
    const count = () => {
      if (seconds === 0) return listen();
      state(`Trying again in ${seconds--} s`, false);
      retry = setTimeout(count, 1000);
    };
    count();
  });
};
listen();
document.addEventListener("htmx:afterSettle", (event) => {
  const id = event.detail.target.id;
  if (id === "run-details") end();
  if (id === "run-details" || id === "run-tasks") listen();
});
const end = () => {
  const log = document.getElementById("log");
  if (log) log.scrollTop = log.scrollHeight;
};
end();

// The timeline by keys: + and - zoom, the arrows move, while nothing is typed.
const ZOOM = { "+": "zoom-in", "-": "zoom-out", ArrowLeft: "zoom-left", ArrowRight: "zoom-right" };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !ZOOM[event.key]) return;
  if (!event.target.closest?.("#run-tasks")) return;
  event.preventDefault();
  document.getElementById(ZOOM[event.key])?.click();
});
