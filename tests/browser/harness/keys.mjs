// Somebody who only has a keyboard. Nothing here points at anything.

import assert from "node:assert/strict";
import { until } from "./until.mjs";

// More stops than any page of ours has before what one looks for.
const MOST_STOPS = 120;

export class Keys {
  #person;
  #unseen = [];

  constructor(person) {
    this.#person = person;
  }

  async press(...keys) {
    for (const key of keys) await this.#person.page.keyboard.press(key);
  }

  async types(words) {
    await this.#person.page.keyboard.type(words);
  }

  // Tab until it has the focus; each stop on the way must be seen.
  async reaches(what, { by = "Tab" } = {}) {
    await what.first().waitFor();
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await what.first().evaluate(hasFocus)) return;
      await this.press(by);
      const complaint = await this.#person.page.evaluate(complaintOfFocus);
      if (complaint) this.#unseen.push(complaint);
    }
    throw new Error(`${this.#person.name} does not come to ${what} with ${by}`);
  }

  async presses(what, options) {
    await this.reaches(what, options);
    await this.press("Enter");
  }

  async writesIn(what, words, options) {
    await this.reaches(what, options);
    await this.types(words);
  }

  // The focus has come back to where it was.
  comesBackTo(what) {
    return until(`the focus is at ${what} again`, () => what.first().evaluate(hasFocus));
  }

  expectSeen() {
    assert.deepEqual([...new Set(this.#unseen)], [], "the focus is seen wherever it is");
  }
}

const hasFocus = (element) => element === document.activeElement;

// Nothing, or what is wrong: no ring, or all of it under something else.
function complaintOfFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined; // between the page's end and its beginning
  const box = element.getBoundingClientRect();
  const name = `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} “${(element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40)}”`;
  const rings = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  const frame = element.closest(".compose__paper, .note, .writing");
  const isWriting = element.matches("input, textarea"); // its caret shows it, and its paper has the ring
  if (!rings(element) && !(frame && rings(frame)) && !isWriting) return `no ring: ${name}`;
  const inset = 2;
  const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + inset + x * (box.width - 2 * inset), box.top + inset + y * (box.height - 2 * inset)]));
  const isSeen = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element) || top.closest("label")?.contains(element));
  });
  return isSeen ? undefined : `hidden: ${name} at ${Math.round(box.left)},${Math.round(box.top)}`;
}
