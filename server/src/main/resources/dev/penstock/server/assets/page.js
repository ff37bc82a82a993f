// A page that is told anew whenever something on it has changed. While the pointer is on a list or a
// chart, or the focus in one, it keeps still until they leave.

import { follow } from "./live.js";
import { morph, parse } from "./morph.js";

const main = document.getElementById("main");
const menu = document.getElementById("nav");
const KEPT = "table, ul, form, .chart, .limit";
let waiting;

const kept = () => document.hidden || main.querySelector(`:is(${KEPT}):is(:hover, :focus-within)`);
const put = () => {
  if (!waiting || kept()) return;
  morph(main, waiting);
  waiting = undefined;
};

follow(() => main.dataset.live, {
  page: (event) => {
    const page = parse(event.data);
    morph(menu, page.getElementById("nav"));
    waiting = page.getElementById("main");
    put();
  },
});
document.addEventListener("visibilitychange", put);
document.addEventListener("pointerout", () => setTimeout(put));
document.addEventListener("focusout", () => setTimeout(put));
