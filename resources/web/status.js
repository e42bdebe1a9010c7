// Keeps the status page up to date: looks at /status.json, and where that has changed takes the
// page's text anew. Without this script the page is as complete, and as old as its loading.
"use strict";

const EVERY = 5000; // milliseconds

const live = document.getElementById("live");
let seen = null;
let words = "";

async function load(path) {
  const response = await fetch(path, { cache: "no-store" });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status}`);
  }
  return response.text();
}

function replace(page) {
  const main = document.getElementById("main");
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("main");
  const open = [...main.querySelectorAll("details[open]")].map((each) => each.id);
  main.replaceChildren(...fresh.childNodes);
  for (const id of open) {
    const details = document.getElementById(id);
    if (details) {
      details.open = true;
    }
  }
}

function isBeingRead() {
  const main = document.getElementById("main");
  const selection = document.getSelection();
  return main.contains(document.activeElement) || !(selection === null || selection.isCollapsed);
}

function say(text) {
  if (text !== words) {
    words = text;
    live.textContent = text;
    live.hidden = false;
  }
}

async function look() {
  if (document.hidden) {
    return;
  }
  try {
    const now = await load("/status.json");
    if (now !== seen && !isBeingRead()) {
      replace(await load("/status"));
      seen = now;
    }
    live.className = "";
    say("Live");
  } catch {
    live.className = "lost";
    say("The entry does not answer; these figures are old");
  }
}

look();
setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
