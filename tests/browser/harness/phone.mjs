// Somebody with a phone: one thumb.

import { Person } from "./person.mjs";
import { until } from "./until.mjs";

export class Phone extends Person {
  async isReady() {
    await this.by("compose").waitFor();
    await this.isSaved();
  }

  async posts(words) {
    await this.opens("write");
    await this.by("compose").fill(words);
    await this.by("post").tap();
    await until(`${this.name}'s box is empty again`, async () => (await this.by("compose").inputValue()) === "");
  }

  // A tab: write, clusters or board.
  opens(tab) {
    return this.by(`tab-${tab}`).tap();
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
