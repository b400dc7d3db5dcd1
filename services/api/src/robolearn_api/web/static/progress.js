// Keeps the first page's line about the index up to date until everything is searchable by meaning.
const PAUSE = 3000;
const box = document.querySelector("[data-progress]");
const bar = box?.querySelector("progress");
const line = box?.querySelector("p");

const look = async () => {
  if (document.hidden || box.hidden) return;
  const response = await fetch("/api/v1/index/status").catch(() => null);
  if (!response?.ok) return;
  const { embedded, passages, pending } = await response.json();
  bar.max = passages;
  bar.value = embedded;
  line.textContent = pending
    ? line.dataset.busy.replace("{done}", embedded.toLocaleString("en")).replace("{total}", passages.toLocaleString("en"))
    : line.dataset.done;
  if (pending) return;
  bar.remove();
  clearInterval(timer);
};

const timer = box && setInterval(look, PAUSE);
