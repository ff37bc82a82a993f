// The list of runs while it is looked at: states and durations change in place; new runs wait behind
// a button, so that no row moves under the pointer.

const fresh = document.getElementById("fresh");
const live = document.getElementById("live");
let source;

const listen = () => {
  source?.close();
  fresh.hidden = true;
  const feed = document.querySelector("table.runs")?.dataset.feed;
  if (!feed) return;
  source = new EventSource(feed);
  source.addEventListener("open", () => live.classList.remove("still", "off"));
  source.addEventListener("error", () => live.classList.add("off"));
  source.addEventListener("fresh", (event) => {
    const count = Number(event.data);
    fresh.hidden = count === 0;
    fresh.firstElementChild.textContent = `Show ${count} new ${count === 1 ? "run" : "runs"}`;
  });
  source.addEventListener("row", (event) => {
    const template = document.createElement("template");
    template.innerHTML = `<table><tbody>${event.data}</tbody></table>`;
    const now = template.content.querySelector("tr");
    const row = document.querySelector(`tr[data-run="${now.dataset.run}"]`);
    row?.querySelector(".state").replaceChildren(...now.querySelector(".state").childNodes);
    row?.querySelector(".length").replaceChildren(...now.querySelector(".length").childNodes);
  });
};
fresh.firstElementChild.addEventListener("click", () => location.reload());
document.addEventListener("htmx:afterSettle", (event) => event.detail.target.id === "runs" && listen());
listen();
