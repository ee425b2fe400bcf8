// What the pages do better with scripts. Every page works without this file.

import { initAll } from "./govuk-frontend.min.js";

function groupsIn(part) {
  return part.querySelectorAll("[data-shown-by]");
}

function answerTo(group) {
  const scope = group.closest("form") || document;
  const boxes = scope.querySelectorAll(`[name="${CSS.escape(group.dataset.shownBy)}"]`);
  for (const box of boxes) {
    if (box.type === "radio" || box.type === "checkbox") {
      if (box.checked) return box.value;
    } else {
      return box.value;
    }
  }
  return null;
}

// A question that matters only after certain answers (cseplan.forms: shown_when). Its words are kept while hidden,
// and one in error is never hidden.
function showWhatMatters(part) {
  for (const group of groupsIn(part)) {
    const wanted = group.dataset.shownFor.split(" ");
    group.hidden = !wanted.includes(answerTo(group)) && !group.querySelector(".govuk-error-message");
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  if (form) showWhatMatters(form);
});

// Parts of a page that htmx brought in come to life like the page did.
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt === document.body) return;
  initAll({ scope: event.detail.elt });
  showWhatMatters(event.detail.elt);
});

// When htmx cannot get what it asked for, the browser goes there itself and shows what the site has to say.
document.addEventListener("htmx:responseError", (event) => {
  const { verb, path, finalRequestPath } = event.detail.requestConfig || {};
  if (verb === "get") window.location.assign(event.detail.pathInfo?.finalRequestPath || finalRequestPath || path);
});

// Without a connection what is on the page stays, and the page says that it is no longer what was asked for.
document.addEventListener("htmx:sendError", (event) => {
  const { target } = event.detail;
  target.querySelector(":scope > .govuk-error-message")?.remove();
  const said = document.createElement("p");
  said.className = "govuk-error-message";
  said.setAttribute("role", "alert");
  said.textContent = "This could not be refreshed. Check your connection, then choose again.";
  target.prepend(said);
});

// A filter's address says what was chosen and leaves out what was not, so that it can be sent to somebody.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") return;
  for (const [name, value] of [...event.detail.formData]) if (value === "") event.detail.formData.delete(name);
});

// On a phone a long row of filters starts folded, unless something is chosen.
const narrow = window.matchMedia("(max-width: 49.99em)");
for (const part of document.querySelectorAll("details[data-folds]")) part.open = !narrow.matches;

initAll();
showWhatMatters(document);
