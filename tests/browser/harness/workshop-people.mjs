// A mixed group in one workshop: who leads, who sits at a desk, who is on a phone, and the wall; and what all of
// them can be asked at once.

import assert from "node:assert/strict";
import { until } from "./until.mjs";

export class Workshop {
  // `voices` by name, for those on phones; `desks` are names.
  static async gather(people, { lead, desks, phones }) {
    const workshop = new Workshop();
    const nb = { language: "nb" };
    workshop.lead = await people.desk(lead, { ...nb, as: "facilitator" });
    workshop.wall = await people.wall(nb);
    workshop.desks = [];
    for (const [name, voice] of Object.entries(desks)) workshop.desks.push(await named(people.desk(name, nb), voice));
    workshop.phones = [];
    for (const [name, voice] of Object.entries(phones)) workshop.phones.push(await named(people.phone(name, nb), voice));
    return workshop;
  }

  // Those who take part and do not lead.
  get participants() {
    return [...this.desks, ...this.phones];
  }

  get screens() {
    return [this.lead, ...this.participants, this.wall];
  }

  get withPhones() {
    return Object.fromEntries(this.phones.map((phone) => [phone.name, phone]));
  }

  // Each says who they speak as, in the one tap that the screen offers.
  async takeVoices() {
    for (const person of this.participants) {
      await person.by("introduce").getByRole("button", { name: person.voice, exact: true }).first().click();
    }
    await this.each("has said their voice", this.participants, async (person) => (await person.by("introduce").count()) === 0);
  }

  // The one black button.
  next() {
    return this.lead.by("lead-next").click();
  }

  async press(tool) {
    const button = this.lead.by(tool).first();
    await button.scrollIntoViewIfNeeded();
    await button.click();
  }

  // A phone has it where one writes.
  async title(person) {
    if (this.phones.includes(person)) await person.opens("write");
    return person.by(person === this.wall ? "wall-title" : "phase-title").first().innerText();
  }

  timeLeft(person) {
    return person.by(person === this.wall ? "wall-time" : "time-left").first().innerText();
  }

  allStandIn(title) {
    return this.each(`is in “${title}”`, this.screens, async (person) => (await this.title(person)).includes(title));
  }

  wallShows(scene) {
    return until(`the wall shows ${scene}`, async () => (await this.wallScene()) === scene);
  }

  wallScene() {
    return this.wall.by("wall-scene").first().getAttribute("data-scene");
  }

  async each(what, people, holds) {
    for (const person of people) await until(`${person.name} ${what}`, () => holds(person));
  }

  // Nobody but these has this anywhere in their page: not on the screen, not in an attribute, not in a script's data.
  async onlyHas(words, writers) {
    for (const person of this.screens) {
      const has = (await person.page.content()).includes(words);
      const types = await person.page.locator("textarea").evaluateAll((fields, text) => fields.some((field) => field.value.includes(text)), words);
      assert.equal(has || types, writers.includes(person), `“${words}” at ${person.name}`);
    }
  }
}

async function named(coming, voice) {
  const person = await coming;
  person.voice = voice;
  return person;
}
