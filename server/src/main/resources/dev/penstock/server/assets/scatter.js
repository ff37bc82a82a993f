// A drag across the plot of durations chooses the time in which runs were made.

const NARROWEST = 4;
const zone = document.documentElement.dataset.zone;
const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "medium" });

let drag;

const shareOf = (chart, event) => {
  const { left, width } = chart.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - left) / width));
};

// Where a pixel is more than half a minute, seconds say nothing.
const times = ({ chart, width, began, at }) => {
  const from = Number(chart.dataset.from);
  const length = Number(chart.dataset.to) - from;
  const unit = length / width > 30_000 ? 60_000 : 1000;
  const since = Math.floor((from + Math.min(began, at) * length) / unit) * unit;
  const until = Math.ceil((from + Math.max(began, at) * length) / unit) * unit;
  return [since, Math.max(until, since + unit)].map((time) => new Date(time));
};

const isDrag = ({ width, began, at }) => Math.abs(at - began) * width >= NARROWEST;

const draw = () => {
  const { chart, began, at } = drag;
  const band = chart.querySelector(".band");
  band.toggleAttribute("hidden", !isDrag(drag));
  const from = Math.min(began, at);
  const width = Math.abs(at - began);
  band.firstElementChild.setAttribute("x", `${from * 100}%`);
  band.firstElementChild.setAttribute("width", `${width * 100}%`);
  const middle = from + width / 2;
  const [anchor, x] = middle < 0.1 ? ["start", 0] : middle > 0.9 ? ["end", 1] : ["middle", middle];
  band.lastElementChild.setAttribute("text-anchor", anchor);
  band.lastElementChild.setAttribute("x", `${x * 100}%`);
  band.lastElementChild.textContent = times(drag).map((time) => clock.format(time)).join(" to ");
};

const end = () => {
  drag?.chart.querySelector(".band").setAttribute("hidden", "");
  drag = undefined;
};

document.addEventListener("pointerdown", (event) => {
  const chart = event.target.closest?.(".scatter");
  if (!chart || event.button !== 0) return;
  const began = shareOf(chart, event);
  drag = { chart, width: chart.getBoundingClientRect().width, began, at: began };
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  drag.at = shareOf(drag.chart, event);
  draw();
});
document.addEventListener("pointerup", () => {
  if (!drag) return;
  if (isDrag(drag)) {
    const [since, until] = times(drag).map((time) => time.toISOString());
    location.assign(`${drag.chart.dataset.address}&${new URLSearchParams({ since, until })}`);
  }
  end();
});
document.addEventListener("pointercancel", end);
document.addEventListener("keydown", (event) => event.key === "Escape" && end());
// A point is a link, which would be dragged itself.
document.addEventListener("dragstart", (event) => event.target.closest?.(".scatter") && event.preventDefault());
