// The projector: nobody touches it.

import { Person } from "./person.mjs";
import { until } from "./until.mjs";

export class Wall extends Person {
  isReady() {
    return this.by("wall").waitFor();
  }

  scene() {
    return this.by("wall-scene").getAttribute("data-scene");
  }

  shows(scene, { within } = {}) {
    return until(`the wall shows ${scene}`, async () => (await this.scene()) === scene, { within });
  }

  // What stands wrong: letters under the smallest, words that are cut or broken or outside, notes on each other.
  // All that moves has come to rest before.
  async faults() {
    await this.page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
    return this.page.evaluate(standsWrong);
  }
}

function standsWrong() {
  /// 1/1080 of the picture's height, as docs/wall.md counts: notes, and all that stands beside them.
  const [NOTE, BESIDE, SAFE] = [24, 19, 20];
  const unit = Math.max(Math.min(innerHeight / 1080, innerWidth / 1440), 13 / 20);
  const wall = document.querySelector(".wall");
  const found = [];
  const words = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.data.trim();
    const parent = words.currentNode.parentElement;
    if (!text || parent.closest(".visually-hidden, svg")) continue;
    const letters = parseFloat(getComputedStyle(parent).fontSize);
    const least = (parent.closest(".note__text") ? NOTE : BESIDE) * unit;
    if (letters < least - 0.1) found.push(`letters of ${letters} px, not ${least}: ${text}`);
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    const isOutside = ({ left, right, top, bottom }) =>
      left < SAFE * unit || right > innerWidth - SAFE * unit || top < SAFE / 2 * unit || bottom > innerHeight - SAFE / 2 * unit;
    const isFolded = parent.closest(".wall__note--folded"); // what is beyond its last line is not seen
    if (!isFolded && [...range.getClientRects()].some(isOutside)) found.push(`outside: ${text}`);
    for (const { index, 0: word } of words.currentNode.data.matchAll(/\S+/g)) {
      range.setStart(words.currentNode, index);
      range.setEnd(words.currentNode, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top / letters)));
      if (lines.size > 1 && !word.includes("-")) found.push(`broken: ${word}`);
    }
  }
  for (const element of wall.querySelectorAll("*")) {
    if (element.closest("svg, .visually-hidden, .wall__note--folded") || getComputedStyle(element).overflowY !== "hidden") continue;
    // What hangs over a line's own height is no word cut.
    const over = 0.12 * parseFloat(getComputedStyle(element).fontSize) + 1;
    if (element.scrollHeight > element.clientHeight + over || element.scrollWidth > element.clientWidth + 1) {
      found.push(`cut: ${element.className}: ${element.textContent.slice(0, 60)}`);
    }
  }
  const notes = [...wall.querySelectorAll(".note")].map((note) => note.getBoundingClientRect());
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  notes.forEach((a, at) => notes.slice(at + 1).forEach((b) => meet(a, b) && found.push("a note lies on another")));
  for (const note of wall.querySelectorAll(".note")) {
    const foot = note.querySelector(".note__foot")?.getBoundingClientRect();
    const text = note.querySelector(".note__text")?.getBoundingClientRect();
    if (foot && (foot.bottom > note.getBoundingClientRect().bottom + 1 || text.bottom > foot.top + 2)) {
      found.push(`no room for its words: ${note.textContent}`);
    }
  }
  return found;
}
