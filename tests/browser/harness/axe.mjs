// What axe finds that would keep somebody out.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// All that is serious or critical, on several screens of somebody's: `await barriers.lookAt(kari, "desk")`, and in
// the end `barriers.expectNone()`, so that one finding does not hide the next.
export class Barriers {
  #found = [];

  async lookAt(person, where) {
    await person.page.evaluate(settled);
    await person.page.evaluate(AXE);
    const { violations } = await person.page.evaluate(
      (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }),
      RULES,
    );
    for (const { id, impact, help, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      const elements = nodes.slice(0, 4).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`);
      this.#found.push(`${where}: ${id}: ${help}\n    ${elements.join("\n    ")}`);
    }
  }

  expectNone() {
    assert.ok(this.#found.length === 0, `axe found what keeps somebody out:\n  ${this.#found.join("\n  ")}`);
  }
}

// What fades in has its own colours only when it has come: all motion that ends has ended, also what began meanwhile.
async function settled() {
  const ends = (animation) => animation.effect?.getComputedTiming().endTime !== Infinity;
  const running = () => document.getAnimations().filter((one) => ends(one) && one.playState === "running");
  while (running().length > 0) await Promise.allSettled(running().map((one) => one.finished));
}
