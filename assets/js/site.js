// Small improvements to pages that already work without them.
"use strict";

// A form is sent once: a second tap on a slow phone does nothing until the page has changed.
// Counters are meant to be tapped fast.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post], [data-counter]")) {
    return;
  }
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 5000) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = Date.now();
});

// Coming back by the browser's button shows the form as unsent.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
  }
});

// The menu closes on Escape and returns the focus to its button.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (event.key === "Escape" && menu && window.matchMedia("(max-width: 59.99em)").matches) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Errors are the first thing to read after a form came back.
document.querySelector(".error-summary")?.focus();
