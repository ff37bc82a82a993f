// What the server tells is followed for as long as the page is looked at. Where the line breaks, the
// page says so, and it is tried again.

const live = document.getElementById("live");
const word = document.getElementById("live-word");
const broken = document.getElementById("broken");
const zone = word.textContent;
const SECONDS = 4;

let source;
let retry;

const say = (text, fine) => {
  word.textContent = text;
  live.classList.remove("still");
  live.classList.toggle("off", !fine);
  broken.hidden = fine;
};

// Nothing more comes.
export const rest = () => {
  clearTimeout(retry);
  source?.close();
  say(zone, true);
  live.classList.add("still");
};

// `address` gives where to go on, or nothing; `hear` has what is done with each kind of event.
export const follow = (address, hear) => {
  clearTimeout(retry);
  source?.close();
  const url = address();
  if (!url) return rest();
  source = new EventSource(url);
  source.addEventListener("open", () => say(`Live, ${zone}`, true));
  for (const [name, act] of Object.entries(hear)) source.addEventListener(name, act);
  source.addEventListener("error", () => {
    source.close();
    let seconds = SECONDS;
    const count = () => {
      if (seconds === 0) return follow(address, hear);
      say(`Trying again in ${seconds--} s`, false);
      retry = setTimeout(count, 1000);
    };
    count();
  });
};
