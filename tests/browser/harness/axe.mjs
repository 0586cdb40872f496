// What would keep somebody out: what axe finds, and what it does not measure.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// All of it on several screens of somebody's: `await barriers.lookAt(kari, "desk")`, and in the end
// `barriers.expectNone()`, so that one finding does not hide the next.
export class Barriers {
  #found = [];

  async lookAt(person, where) {
    await person.page.evaluate(settled);
    await this.measure(person, where);
    await person.page.evaluate(AXE);
    const { violations } = await person.page.evaluate(
      (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags }, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] }),
      RULES,
    );
    this.#keep(violations, where);
  }

  // In light, and then only the colours in dark.
  async lookAtBoth(person, where) {
    await this.lookAt(person, where);
    await person.page.emulateMedia({ colorScheme: "dark" });
    await person.page.evaluate(settled);
    const { violations } = await person.page.evaluate(() => window.axe.run(document, { runOnly: { type: "rule", values: ["color-contrast"] }, resultTypes: ["violations"] }));
    this.#keep(violations, `${where}, dark`);
    await person.page.emulateMedia({ colorScheme: "light" });
  }

  // Only what takes no time: whether all can be hit, and whether the page is as wide as the screen.
  async measure(person, where) {
    for (const complaint of await person.page.evaluate(complaints)) this.#found.push(`${where}: ${complaint}`);
  }

  #keep(violations, where) {
    for (const { id, impact, help, nodes } of violations) {
      const elements = nodes.slice(0, 4).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`);
      this.#found.push(`${where}: ${id} (${impact}): ${help}\n    ${elements.join("\n    ")}`);
    }
  }

  expectNone() {
    assert.ok(this.#found.length === 0, `this keeps somebody out:\n  ${[...new Set(this.#found)].join("\n  ")}`);
  }
}

// What fades in has its own colours only when it has come: all motion that ends has ended, also what began meanwhile.
async function settled() {
  const ends = (animation) => animation.effect?.getComputedTiming().endTime !== Infinity;
  const running = () => document.getAnimations().filter((one) => ends(one) && one.playState === "running");
  while (running().length > 0) await Promise.allSettled(running().map((one) => one.finished));
}

function complaints() {
  const found = [];
  const least = 24 - 0.5; // WCAG 2.5.8; what is laid out in rem is rounded
  const canvas = document.querySelector(".canvas");
  const isZoomedOut = canvas !== null && Number(canvas.dataset.scale) < 1;
  const dialog = document.querySelector("dialog[open]");
  const targets = "a[href], button, input, select, textarea, summary, [role=button], [role=radio], [role^=menuitem]";
  for (const element of (dialog ?? document).querySelectorAll(targets)) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (isZoomedOut && canvas.contains(element)) continue; // how large that is, is the person's choice
    const isInSentence = element.tagName === "A" && getComputedStyle(element).display === "inline" && element.closest("p, li");
    if (isInSentence || element.closest(".skip, .visually-hidden")) continue;
    const box = element.getBoundingClientRect();
    const ways = [box, ...[...(element.labels ?? [])].map((label) => label.getBoundingClientRect())]; // a label is pressed as its box is
    const isLarge = ways.some(({ width, height }) => width >= least && height >= least);
    const name = `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} “${(element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40)}”`;
    if (!isLarge) found.push(`${Math.round(box.width)} × ${Math.round(box.height)} px to hit: ${name}`);
    const scrolls = (one) => one !== null && (["auto", "scroll"].includes(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    if (!canvas?.contains(element) && (box.left < -1 || box.right > innerWidth + 1) && !scrolls(element)) found.push(`beside the screen: ${name}`);
  }
  // What can neither be seen nor scrolled to.
  const clips = (one, side, end) => {
    for (let box = one.parentElement; box; box = box.parentElement) {
      const overflow = getComputedStyle(box)[side === "height" ? "overflowY" : "overflowX"];
      if (overflow === "auto" || overflow === "scroll") return false;
      if (getComputedStyle(box).position === "fixed") return one.getBoundingClientRect()[end] > (side === "height" ? innerHeight : innerWidth) + 1;
    }
    return false;
  };
  for (const one of document.querySelectorAll(".phone button, .phone [role=status], .phone h1, .rim__top *, .rim__tools button")) {
    if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || one.closest(".visually-hidden")) continue;
    if (clips(one, "height", "bottom") || clips(one, "width", "right")) found.push(`cut off: ${one.tagName.toLowerCase()}.${one.className} “${one.textContent.trim().slice(0, 40)}”`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide on a screen of ${innerWidth}`);
  return found;
}
