// The table of contents: open on wide screens, and marking the section that is being read.
const box = document.querySelector(".toc > details");
const links = [...document.querySelectorAll(".toc a")];
const wide = matchMedia("(min-width: 64rem)");
const full = matchMedia("(min-width: 84rem)");

const fold = () => {
  if (box) box.open = wide.matches;
  document.querySelector(".contents > details").open = full.matches;
};
fold();
wide.addEventListener("change", fold);
full.addEventListener("change", fold);

const sections = links
  .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
  .filter((section) => section.heading);

const mark = () => {
  const top = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;
  const read = sections.filter(({ heading }) => heading.getBoundingClientRect().top <= top);
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  const current = atEnd && scrollY > 0 ? sections.at(-1) : (read.at(-1) ?? sections[0]);
  for (const { link } of sections) {
    if (link === current.link) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
};

if (sections.length) {
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  mark();
}

// The course's own list may be longer than the screen: show where the reader is, without moving the page.
const here = document.querySelector(".contents a[aria-current]");
const pane = here?.closest(".sticky");
if (here && pane) pane.scrollTop = here.offsetTop - pane.clientHeight / 2;

// A wide table, listing or formula can be scrolled by keyboard only if it can hold the focus.
for (const wideOne of document.querySelectorAll(".prose :is(pre, table, .math, p, li)")) {
  if (wideOne.scrollWidth > wideOne.clientWidth) wideOne.tabIndex = 0;
}
