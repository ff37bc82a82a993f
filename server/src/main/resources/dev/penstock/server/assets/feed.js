// A list that grows at its top while it is looked at: what is new waits behind a button, so that no
// row moves under the pointer.

const feed = document.getElementById("feed");
const fresh = document.getElementById("fresh");
const button = fresh?.querySelector("button");
let waiting = [];

if (feed?.dataset.feed) {
  const source = new EventSource(feed.dataset.feed);
  const live = document.getElementById("live");
  source.addEventListener("open", () => live.classList.remove("still", "off"));
  source.addEventListener("error", () => live.classList.add("off"));
  source.addEventListener("rows", (event) => {
    const template = document.createElement("template");
    template.innerHTML = event.data;
    waiting = [...template.content.children, ...waiting].slice(0, 500);
    const thing = feed.dataset.thing;
    button.textContent = `Show ${waiting.length} new ${waiting.length === 1 ? thing : `${thing}s`}`;
    fresh.hidden = false;
  });
  button.addEventListener("click", () => {
    feed.prepend(...waiting);
    document.querySelector(".empty")?.remove();
    waiting = [];
    fresh.hidden = true;
  });
}
