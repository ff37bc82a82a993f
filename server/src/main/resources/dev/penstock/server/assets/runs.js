// The list of runs while it is looked at: states and durations change in place; new runs wait behind
// a button, so that no row moves under the pointer.

import { follow } from "./live.js";
import { parse } from "./morph.js";

const fresh = document.getElementById("fresh");

const listen = () => {
  fresh.hidden = true;
  follow(() => document.querySelector("table.runs")?.dataset.feed, {
    fresh: (event) => {
      const count = Number(event.data);
      fresh.hidden = count === 0;
      fresh.firstElementChild.textContent = `Show ${count} new ${count === 1 ? "run" : "runs"}`;
    },
    row: (event) => {
      const now = parse(`<table><tbody>${event.data}</tbody></table>`).querySelector("tr");
      const row = document.querySelector(`tr[data-run="${now.dataset.run}"]`);
      row?.querySelector(".state").replaceChildren(...now.querySelector(".state").childNodes);
      row?.querySelector(".length").replaceChildren(...now.querySelector(".length").childNodes);
    },
  });
};
fresh.firstElementChild.addEventListener("click", () => location.reload());
document.addEventListener("htmx:afterSettle", (event) => event.detail.target.id === "runs" && listen());
listen();
