// Search as you type. Without this file the same form works by loading /search.
import { countOf, drawHits } from "./results.js";

const PAUSE = 180; // milliseconds without a key before asking
const TIMEOUT = 15_000;

const form = document.querySelector("[data-search]");
const field = form.elements.q;
const part = Object.fromEntries(
  [...document.querySelectorAll("[data-part]")].map((node) => [node.dataset.part, node]),
);
const idle = document.querySelectorAll("[data-idle]");
const start = { address: form.dataset.start, title: form.dataset.title };
let timer;
let request = new AbortController();

const meant = (pairs) => new URLSearchParams(
  [...pairs].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value),
);
const asked = () => meant(new FormData(form));
const served = meant(new URLSearchParams(location.search));
let shown = served.has("q") ? served.toString() : ""; // the question whose answer is on the page

const show = ({ hits = [], count = "", notice = "", error = "", nothing = false }) => {
  const reading = part.hits.contains(document.activeElement);
  part.hits.replaceChildren(...drawHits(hits));
  if (reading) field.focus();
  part.count.textContent = count;
  part.notice.textContent = notice;
  part.notice.hidden = !notice;
  part.error.textContent = error;
  part.error.hidden = !error;
  part.nothing.hidden = !nothing;
};

const present = (query) => {
  for (const node of idle) node.hidden = Boolean(query);
  part.found.hidden = !query;
  document.title = query ? `${query} · ${start.title}` : start.title;
};

const trouble = async (response) => {
  const problem = await response.json().catch(() => ({}));
  const id = response.headers.get("X-Request-ID") ?? problem.request_id;
  const what = problem.detail ?? problem.title ?? "The search did not work.";
  return id ? `${what} Request id: ${id}` : what;
};

const fetched = async (query, signal) => {
  const response = await fetch(`/api/v1/search?${query}`, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) return { error: await trouble(response) };
  const answer = await response.json();
  return {
    hits: answer.hits,
    count: countOf(answer),
    notice: answer.degraded ? `${part.notice.dataset.text} (${answer.degraded})` : "",
    nothing: answer.hits.length === 0,
  };
};

const ask = async () => {
  clearTimeout(timer);
  const query = asked();
  const wanted = query.has("q") ? query.toString() : "";
  if (wanted === shown) return;
  request.abort();
  const mine = request = new AbortController();
  shown = wanted;
  present(query.get("q"));
  history.replaceState(null, "", wanted ? `/search?${wanted}` : start.address);
  part.found.ariaBusy = Boolean(wanted);
  const outcome = wanted
    ? await fetched(query, AbortSignal.any([mine.signal, AbortSignal.timeout(TIMEOUT)])).catch((error) => ({
      error: error.name === "TimeoutError" ? form.dataset.slow : form.dataset.offline,
    }))
    : {};
  if (mine.signal.aborted) return; // a newer question is under way
  if (outcome.error) shown = null; // asking the same again is another try
  show(outcome);
  part.found.ariaBusy = false;
};

const results = () => [...part.hits.querySelectorAll("a")];

const move = (event) => {
  const stops = [field, ...results()];
  const at = stops.indexOf(document.activeElement);
  if (at < 0) return;
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (next !== field) next.closest("li").scrollIntoView({ block: "nearest" });
};

const clear = (event) => {
  if (!form.contains(document.activeElement) && !part.found.contains(document.activeElement)) return;
  event.preventDefault();
  field.value = "";
  field.focus();
  ask();
};

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
document.addEventListener("keydown", (event) => {
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event);
  if (event.key === "Escape") clear(event);
});
// A browser that restores what was typed (back, reload) gets the results of it, too.
if (asked().get("q")) ask();
