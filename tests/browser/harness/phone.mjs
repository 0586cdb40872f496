// Somebody with a phone: one thumb.

import { Person } from "./person.mjs";
import { until } from "./until.mjs";

// By then a click has come of a tap, however busy the machine is.
const PRESS_MS = 2_000;

export class Phone extends Person {
  async isReady() {
    await this.by("compose").waitFor();
    await this.isSaved();
  }

  async posts(words) {
    await this.opens("write");
    await this.by("compose").fill(words);
    await this.taps(this.by("post"));
    await until(`${this.name}'s box is empty again`, async () => (await this.by("compose").inputValue()) === "");
  }

  // A tab: write, clusters or board.
  opens(tab) {
    return this.taps(this.by(`tab-${tab}`));
  }

  // A finger that comes down while the page moves under it presses nothing, and the person presses again.
  async taps(locator) {
    for (let times = 0; times < 3; times += 1) {
      const element = await locator.elementHandle();
      const isPressed = element
        .evaluate(
          (pressed, patience) =>
            new Promise((resolve) => {
              pressed.addEventListener("click", () => resolve(true), { once: true, capture: true });
              setTimeout(() => resolve(false), patience);
            }),
          PRESS_MS,
        )
        .catch(() => true); // the press led to another page
      await locator.tap();
      if (await isPressed) return;
    }
    throw new Error(`${this.name} pressed three times, and nothing was pressed`);
  }

  // What "my notes" says.
  myNotes() {
    return this.by("my-notes").innerText();
  }

  async texts() {
    await this.opens("board");
    return super.texts();
  }
}
