// The check-in at the door: taps are kept on the phone until the server has them.
// Each has its own key, so that one sent again counts once. Without this script every button is a plain form.
"use strict";

const screen_ = document.getElementById("door");
const queueKey = `lecen.check-in.${screen_.dataset.event}`;
const words = screen_.dataset;
const state = document.getElementById("door-state");
const total = document.getElementById("door-total");
const lastSection = document.getElementById("door-last");
const lastList = lastSection.querySelector("ol");
const SHOWN = 5;
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60000;
let pause = FIRST_PAUSE;
let timer = 0;
let sending = false;
let signedOut = false;
let said = "";
let refusal = "";

// --- What waits: {taps: [...], undone: [...]}; read anew each time, another tab may have changed it. ---
const read = () => JSON.parse(localStorage.getItem(queueKey)) || { taps: [], undone: [] };
const write = (queue) => localStorage.setItem(queueKey, JSON.stringify(queue));
const sent = new Set(Array.from(read().taps, (tap) => tap.id)); // of an earlier visit: perhaps already there

function newKey() {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }
  // Not offered on a plain http address in a local network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// --- What the screen says ---
function show() {
  const queue = read();
  const waiting = queue.taps.length + queue.undone.length;
  total.textContent = Number(total.dataset.counted) + queue.taps.length;
  for (const count of document.querySelectorAll("[data-band]")) {
    const here = queue.taps.filter((tap) => tap.age_band === count.dataset.band).length;
    count.textContent = Number(count.dataset.counted) + here;
  }
  const lines = [];
  if (waiting) {
    lines.push(waiting === 1 ? words.one : words.many.replace("{n}", waiting));
    if (signedOut) {
      lines.push(words.signedOut);
    } else if (pause > FIRST_PAUSE || !navigator.onLine) {
      lines.push(words.offline);
    }
  } else if (said !== "") {
    lines.push(words.sent);
  }
  if (refusal) {
    lines.push(refusal);
  }
  if (waiting) {
    said = "waiting";
  }
  state.hidden = lines.length === 0;
  state.classList.toggle("door__state--waiting", waiting > 0);
  const text = lines.join(". ").replace("..", ".");
  if (state.textContent !== text) {
    state.textContent = text;
  }
}

function remember(key, label) {
  const row = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = `+1 ${label}`;
  const undo = document.createElement("button");
  undo.type = "button";
  undo.textContent = words.undo;
  const hidden = document.createElement("span");
  hidden.className = "sr-only";
  hidden.textContent = ` +1 ${label}`;
  undo.append(hidden);
  undo.addEventListener("click", () => takeBack(key, row));
  row.append(name, undo);
  lastList.prepend(row);
  while (lastList.children.length > SHOWN) {
    lastList.lastElementChild.remove();
  }
  lastSection.hidden = false;
}

// --- What a finger does ---
function tap(form, button) {
  const data = new FormData(form);
  const key = newKey();
  const queue = read();
  queue.taps.push({
    id: key,
    age_band: button.value,
    origin: data.get("origin") || "unknown",
    first_time: data.get("first_time") || "unknown",
  });
  write(queue);
  form.reset(); // what was noted was about this person
  navigator.vibrate?.(20);
  remember(key, button.querySelector(".door__label").textContent);
  show();
  send();
}

function takeBack(key, row) {
  const queue = read();
  const waits = queue.taps.find((waiting) => waiting.id === key);
  queue.taps = queue.taps.filter((waiting) => waiting.id !== key);
  // What was once on its way may have arrived, so the server is asked to undo it as well.
  if (!waits || sent.has(key)) {
    queue.undone.push(key);
  }
  write(queue);
  row.remove();
  lastSection.hidden = lastList.children.length === 0;
  show();
  send();
}

// --- What goes to the server ---
async function send() {
  const queue = read();
  if (sending || !navigator.onLine || !(queue.taps.length || queue.undone.length)) {
    return; // the return of the connection is an event that sends
  }
  sending = true;
  clearTimeout(timer);
  try {
    await deliver({ taps: queue.taps.slice(0, 200), undone: queue.undone.slice(0, 200) });
    pause = FIRST_PAUSE;
  } catch {
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
  sending = false;
  show();
  const left = read();
  if ((left.taps.length || left.undone.length) && !signedOut) {
    timer = setTimeout(send, pause === FIRST_PAUSE ? 0 : pause);
  }
}

async function deliver(batch) {
  batch.taps.forEach((tap) => sent.add(tap.id));
  const response = await fetch(words.api, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
    },
    body: JSON.stringify(batch),
    signal: AbortSignal.timeout(15000),
  });
  signedOut = [401, 403, 404].includes(response.status);
  if (!response.ok && response.status !== 409 && response.status !== 422) {
    throw new Error(response.status);
  }
  const answer = await response.json();
  if (!response.ok) {
    // The event takes no more taps at all: say why and keep them, a person decides.
    signedOut = true;
    words.signedOut = answer.detail || answer.title;
    throw new Error(response.status);
  }
  const arrived = new Set(batch.taps.map((tap) => tap.id));
  const undone = new Set(batch.undone);
  const queue = read();
  write({
    taps: queue.taps.filter((waiting) => !arrived.has(waiting.id)),
    undone: queue.undone.filter((key) => !undone.has(key)),
  });
  refusal = answer.refused.map((tap) => tap.message)[0] || "";
  total.dataset.counted = answer.people;
  for (const count of document.querySelectorAll("[data-band]")) {
    count.dataset.counted = answer.by_age_band[count.dataset.band];
  }
}

for (const form of document.querySelectorAll("form[data-taps]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tap(form, event.submitter);
  });
}
for (const form of document.querySelectorAll("form[data-undo-tap]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    takeBack(form.dataset.undoTap, form.closest("li"));
  });
}
window.addEventListener("online", () => {
  pause = FIRST_PAUSE;
  send();
});
window.addEventListener("offline", show);
window.addEventListener("storage", show);
show();
send();
