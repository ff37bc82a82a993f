// A list that grows at its top while it is looked at: what is new waits behind a button, so that no
// row moves under the pointer.

import { follow } from "./live.js";
import { parse } from "./morph.js";

const feed = document.getElementById("feed");
const fresh = document.getElementById("fresh");
const button = fresh?.querySelector("button");
let waiting = [];
let last;

// After a break it goes on behind what has come.
const address = () => {
  if (!feed?.dataset.feed) return "";
  const url = new URL(feed.dataset.feed, location);
  if (last) url.searchParams.set("after", last);
  return url;
};

follow(address, {
  rows: (event) => {
    last = event.lastEventId;
    waiting = [...parse(event.data).children, ...waiting].slice(0, 500);
    const thing = feed.dataset.thing;
    button.textContent = `Show ${waiting.length} new ${waiting.length === 1 ? thing : `${thing}s`}`;
    fresh.hidden = false;
  },
});
button?.addEventListener("click", () => {
  feed.prepend(...waiting);
  document.querySelector(".empty")?.remove();
  waiting = [];
  fresh.hidden = true;
});
