// Draws an answer of /api/v1/search with the page's own <template>, so that server and browser show the same.
const template = document.querySelector("#hit");

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
};

/** Text nodes and <mark>s. Offsets count code points, as the API does, not UTF-16 units. */
const highlighted = ({ text, highlights }) => {
  const characters = Array.from(text);
  const piece = (start, end) => characters.slice(start, end).join("");
  const parts = [];
  let done = 0;
  for (const [start, end] of highlights) {
    parts.push(piece(done, start), element("mark", "", piece(start, end)));
    done = end;
  }
  parts.push(piece(done));
  return parts;
};

const drawHit = (hit) => {
  const drawn = template.content.cloneNode(true);
  const slot = (name) => drawn.querySelector(`[data-slot=${name}]`);
  const { lesson, source } = hit;
  const headings = hit.heading_path.filter((heading, place) => place > 0 || heading !== lesson.title);
  const title = headings.pop();
  const where = title === undefined ? [lesson.course_title] : [lesson.course_title, lesson.title, ...headings];
  slot("link").href = hit.url;
  slot("link").textContent = title ?? lesson.title;
  slot("where").replaceChildren(...where.map((part) => element("span", "", part)));
  slot("snippet").replaceChildren(...highlighted(hit.snippet));
  slot("snippet").lang = lesson.language;
  const last = source.line_end > source.line_start ? `–${source.line_end}` : "";
  slot("path").textContent = `${source.path}:${source.line_start}${last}`;
  const badges = lesson.ros_distro.map((distro) => element("span", "badge", `ROS ${distro}`));
  if (lesson.level) badges.unshift(element("span", "badge level", lesson.level));
  if (!lesson.in_navigation) badges.push(element("span", "badge", "outside the navigation"));
  slot("from").append(...badges);
  return drawn;
};

export const drawHits = (hits) => hits.map(drawHit);

export const countOf = (answer) => {
  const found = answer.hits.length;
  if (found === 0) return `Nothing found for “${answer.query}”.`;
  return `${found} ${found === 1 ? "passage" : "passages"} for “${answer.query}”, best first.`;
};
