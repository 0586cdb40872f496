// Whether a phone's page holds at every size that a phone has: nothing sticks out, no word is cut, every target can be
// met with a thumb. Pictures to look at go to results/screens/phone-sizes, light and dark.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { RESULTS } from "./story.mjs";

export const SIZES = [
  { name: "320", width: 320, height: 568 },
  { name: "390", width: 390, height: 844 },
  { name: "844", width: 844, height: 390 },
  { name: "320-large", width: 320, height: 568, letters: 2 },
];

export class Sizes {
  #faults = [];
  #folder;
  #number = 0;

  constructor(theme = "light") {
    this.#folder = join(RESULTS, "screens", "phone-sizes", theme);
    mkdirSync(this.#folder, { recursive: true });
  }

  // The person's page as it is now, at all sizes; then as it was.
  async lookAt(person, what) {
    const { page } = person;
    const before = page.viewportSize();
    this.#number += 1;
    for (const size of SIZES) {
      await turn(page, size);
      const faults = await page.evaluate(faultsOf);
      this.#faults.push(...faults.map((fault) => `${what} at ${size.name}: ${fault}`));
      const name = [String(this.#number).padStart(2, "0"), what.replace(/\W+/g, "-"), size.name].join("_");
      await page.screenshot({ path: join(this.#folder, `${name}.jpeg`), type: "jpeg", quality: 70, scale: "css", animations: "disabled" });
    }
    await turn(page, before);
  }

  expectNone() {
    assert.deepEqual([...new Set(this.#faults)], []);
  }
}

export async function turn(page, { width, height, letters = 1 }) {
  await page.setViewportSize({ width, height });
  await page.evaluate((percent) => {
    document.documentElement.style.fontSize = percent === 100 ? "" : `${percent}%`;
    // A page that nobody looks at draws no frames: then it is laid out when it is asked.
    return Promise.race([new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))), new Promise((done) => setTimeout(done, 1_000))]);
  }, letters * 100);
}

// Runs in the page.
function faultsOf() {
  const faults = [];
  const named = (element) => {
    const words = (element.getAttribute("aria-label") ?? element.textContent).trim().replace(/\s+/g, " ").slice(0, 40);
    return `${element.tagName.toLowerCase()}.${[...element.classList].slice(0, 2).join(".")} “${words}”`;
  };
  const dialog = document.querySelector("dialog[open]");
  const shown = dialog ?? document.querySelector(".phone");
  const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest(".visually-hidden, [hidden]");
  // What may be scrolled sideways, and what is one picture.
  const isElsewhere = (element) => {
    for (let outer = element.parentElement; outer && outer !== shown; outer = outer.parentElement) {
      if (outer.matches("svg, .overview__view")) return true;
      if (["auto", "scroll"].includes(getComputedStyle(outer).overflowX) && outer.scrollWidth > outer.clientWidth && !outer.matches(".phone__page")) return true;
    }
    return false;
  };
  for (const box of [document.scrollingElement, ...document.querySelectorAll("dialog[open], .dialog__body")]) {
    if (box.scrollWidth > box.clientWidth + 1) faults.push(`${named(box)} is ${box.scrollWidth} wide in ${box.clientWidth}`);
  }
  const targets = [];
  for (const element of shown.querySelectorAll("*")) {
    if (element.closest("svg") || !isSeen(element)) continue;
    const place = element.getBoundingClientRect();
    if (place.width === 0 || place.height === 0) continue;
    const hasWords = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    if (hasWords && !isElsewhere(element)) {
      if (place.left < -1 || place.right > innerWidth + 1) faults.push(`${named(element)} sticks out: ${Math.round(place.left)} to ${Math.round(place.right)}`);
      const style = getComputedStyle(element);
      const isCut = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
      if (isCut && style.textOverflow !== "ellipsis") faults.push(`${named(element)} is cut`);
      for (let outer = element.parentElement; outer && outer !== shown; outer = outer.parentElement) {
        if (getComputedStyle(outer).overflowX !== "hidden" || outer.scrollWidth <= outer.clientWidth + 1) continue;
        const frame = outer.getBoundingClientRect();
        if (place.right > frame.right + 1) faults.push(`${named(element)} is cut by ${named(outer)}`);
      }
    }
    if (element.matches("button, a[href], input, select, textarea, summary")) {
      const label = (element.closest("label") ?? element.labels?.[0])?.getBoundingClientRect() ?? place;
      targets.push([element, Math.min(place.width, place.height) > Math.min(label.width, label.height) ? place : label]);
    }
  }
  for (const [element, place] of targets) {
    if (Math.min(place.width, place.height) >= 43.5) continue;
    const middle = [place.left + place.width / 2, place.top + place.height / 2];
    const isAlone = targets.every(([other, their]) => {
      if (other === element) return true;
      const away = Math.hypot(Math.max(their.left - middle[0], 0, middle[0] - their.right), Math.max(their.top - middle[1], 0, middle[1] - their.bottom));
      return away >= 22;
    });
    if (Math.min(place.width, place.height) < 24 || !isAlone) faults.push(`${named(element)} is ${Math.round(place.width)} × ${Math.round(place.height)}`);
  }
  return faults;
}
