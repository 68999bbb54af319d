"use strict";
// Filters of the error list, and ways to one error. All of it is in the page already; nothing is fetched or written.
const form = document.querySelector("form");
const list = document.getElementById("list");
const count = document.getElementById("count");
const errors = [...list.querySelectorAll(".error")];
const causes = [...document.querySelectorAll(".causes button")];
const words = new Map();
const articles = JSON.parse(document.getElementById("articles").textContent);
const REACH = 700;

// The words of an error, in one case and without the signs that only some keyboards have.
function folded(text) {
  return text.toLowerCase().replace(/[‘’ʻʼ`´]/g, "'").replace(/\s+/g, " ");
}

function wordsOf(error) {
  if (!words.has(error)) {
    const parts = [...error.querySelectorAll("h4, .sentence, dl")];
    words.set(error, folded(parts.map((part) => part.textContent).join(" ")));
  }
  return words.get(error);
}

function filter() {
  const wanted = [...form.querySelectorAll("select")].filter((select) => select.value);
  const parts = folded(form.text.value).split(" ").filter(Boolean);
  let shown = 0;
  for (const error of errors) {
    error.hidden =
      wanted.some((select) => error.dataset[select.name] !== select.value) ||
      parts.some((part) => !wordsOf(error).includes(part));
    shown += !error.hidden;
  }
  for (const group of list.querySelectorAll(".cause")) {
    const left = group.querySelectorAll(".error:not([hidden])").length;
    group.hidden = !left;
    group.querySelector(".number").textContent = left;
  }
  for (const button of causes) button.setAttribute("aria-pressed", button.dataset.cause === form.cause.value);
  count.textContent = shown === errors.length ? `All ${shown} errors` : `${shown} of ${errors.length} errors`;
}

function open(error) {
  if (error.hidden) {
    form.reset();
    filter();
  }
  error.focus({ preventScroll: true });
  error.scrollIntoView({ block: "center" });
}

function openLinked() {
  const error = document.getElementById(location.hash.slice(1));
  if (error && error.classList.contains("error")) open(error);
}

// More of the article around an error, when it is asked for. Offsets count code points, as everywhere in hamkor.
function showMore(details) {
  if (!details.open || details.querySelector("p")) return;
  const letters = Array.from(articles[details.closest(".error").dataset.article]);
  const [start, end] = [Number(details.dataset.start), Number(details.dataset.end)];
  const piece = document.createElement("p");
  piece.className = "more prose";
  const thing = document.createElement("b");
  thing.textContent = letters.slice(start, end).join("");
  piece.append(
    (start > REACH ? "…" : "") + letters.slice(Math.max(0, start - REACH), start).join(""),
    thing,
    letters.slice(end, end + REACH).join("") + (end + REACH < letters.length ? "…" : ""),
  );
  details.append(piece);
}

if (errors.length) {
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The fields are empty only after this event.
  form.addEventListener("reset", () => setTimeout(filter));
  for (const button of causes)
    button.addEventListener("click", () => {
      form.cause.value = button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.cause;
      filter();
    });
  list.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    // In the order of the page, which is by cause.
    const shown = errors.filter((error) => !error.hidden);
    const next = shown[shown.indexOf(event.target.closest(".error")) + step];
    if (next) {
      event.preventDefault();
      history.replaceState(null, "", "#" + next.id);
      open(next);
    }
  });
  // This event does not rise to the list, but it comes down through it.
  list.addEventListener("toggle", (event) => showMore(event.target), true);
  addEventListener("hashchange", openLinked);
  // A browser may bring back what was in the fields.
  filter();
  openLinked();
}
