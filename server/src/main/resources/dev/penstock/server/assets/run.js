// The live part of a run's page: what the server tells is put in place. Nothing that has focus is
// replaced, and a chart that the pointer is on keeps still until it leaves.

import { follow, rest } from "./live.js";
import { morph, parse } from "./morph.js";

const STILL = ":is(.chain, .lane, .graph):hover";
const CHART = ".chain, .tl, .graph";

const waiting = new Map();
const put = (html) => {
  const part = parse(html).firstElementChild;
  const now = part && document.getElementById(part.id);
  // what was drawn before the viewer chose otherwise comes too late
  if (!now || part.dataset.choice !== now.dataset.choice) return;
  if (document.hidden || now.querySelector(STILL)) {
    waiting.set(part.id, part);
    return;
  }
  waiting.delete(part.id);
  change(now, part);
};
// Where links have changed, so has what they ask for.
const change = (now, part) => {
  morph(now, part);
  htmx.process(now);
};
const catchUp = () => {
  for (const [id, part] of waiting) change(document.getElementById(id), part);
  waiting.clear();
};
document.addEventListener("visibilitychange", () => document.hidden || catchUp());
document.addEventListener("pointerout", (event) => {
  if (event.target.closest?.(CHART) && !event.relatedTarget?.closest?.(CHART)) catchUp();
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

const address = () => {
  const url = document.getElementById("run-details")?.dataset.events;
  const last = document.querySelector("#log-lines li:last-child")?.dataset.line ?? document.getElementById("log")?.dataset.newest ?? "0";
  return url && `${url}&${document.getElementById("run-tasks").dataset.choice}&after=${last}`;
};
const listen = () =>
  follow(address, {
    part: (event) => put(event.data),
    log: (event) => addLines(event.data),
    tab: (event) => {
      const at = event.data.indexOf(" ");
      document.getElementById("icon").href = event.data.slice(0, at);
      document.title = event.data.slice(at + 1);
    },
    over: rest,
  });
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
requestAnimationFrame(end); // to scroll is to lay out, which need not be before the first picture

// The timeline by keys and by the wheel: what is under the pointer stays there.
const ZOOM = { "+": 0.5, "=": 0.5, "-": 2 };
const MOVE = { ArrowLeft: "zoom-left", ArrowRight: "zoom-right" };
const WHEEL = 1.002;

let pointer = 0.5;
let factor = 1;
let turning;
let wanted;

document.addEventListener("pointermove", (event) => {
  const lane = event.target.closest?.(".tl .lane");
  if (!lane) return (pointer = event.target.closest?.("#run-tasks") ? pointer : 0.5);
  const { left, width } = lane.getBoundingClientRect();
  pointer = (event.clientX - left) / width;
});
const zoom = () => {
  const { from, to, whole } = document.querySelector(".tl").dataset;
  const now = to - from;
  const width = Math.max(20, now * factor);
  const begin = Math.max(0, Number(from) + pointer * (now - width));
  const url = new URL(document.getElementById("zoom-in").href);
  url.hash = "";
  if (width < whole) url.searchParams.set("zoom", `${Math.round(begin)}-${Math.round(begin + width)}`);
  else url.searchParams.delete("zoom");
  wanted = url.pathname + url.search;
  factor = 1;
  document.getElementById("zoom-in").click();
};
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id === "zoom-in" && wanted) event.detail.path = wanted;
  wanted = undefined;
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(ZOOM[event.key] || MOVE[event.key])) return;
  if (event.target.closest?.("input, select, textarea")) return;
  if (!document.querySelector("#run-tasks:is(:hover, :focus-within) .tl")) return;
  event.preventDefault();
  if (MOVE[event.key]) return document.getElementById(MOVE[event.key])?.click();
  factor = ZOOM[event.key];
  zoom();
});
document.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey || !event.target.closest?.(".tl .lane")) return;
    event.preventDefault();
    factor *= WHEEL ** event.deltaY;
    clearTimeout(turning);
    turning = setTimeout(zoom, 120);
  },
  { passive: false },
);
