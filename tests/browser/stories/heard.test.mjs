// What a screen reader says of what others do.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until } from "../harness/until.mjs";

// All that the one live region has said since.
async function listens(person) {
  await person.by("announced").evaluate((region) => {
    window.said = [];
    new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  });
}
const said = (person) => person.page.evaluate(() => window.said.filter(Boolean));
const hears = (person, words) => until(`${person.name} hears ${words}`, async () => (await said(person)).some((one) => words.test(one)));
// So that nobody waits for the rest between two sentences.
const later = (person) => person.page.evaluate(() => { const now = Date.now; Date.now = () => now() + 12_000; });

story("a screen reader says what others did in one sentence, until it is told not to", async ({ people, document }) => {
  const truth = await document();
  truth.addNote("Lå der fra før");
  const kari = await people.desk("Kari", { language: "nb" });
  const ali = await people.phone("Ali", { language: "nb" });
  for (const person of [kari, ali]) await person.sees("Lå der fra før");
  for (const person of [kari, ali]) await listens(person);

  truth.addCluster("Kommunikasjon", truth.addNotes([{ words: "Ingen ringte" }, { words: "Ingen svarte" }, { words: "To lister" }]));
  for (const person of [kari, ali]) {
    await hears(person, /^3 nye lapper, 1 ny klynge: Kommunikasjon$/);
    assert.equal((await said(person)).length, 1, "one sentence, and nothing of what was there before");
  }

  await kari.page.getByRole("button", { name: text("desk.menu", {}, "nb") }).click();
  const choice = kari.by("news-wanted");
  assert.equal(await choice.getAttribute("aria-checked"), "true");
  await choice.click();
  truth.addNote("Sagt til den som lytter");
  for (const person of [kari, ali]) await person.sees("Sagt til den som lytter");
  for (const person of [kari, ali]) await later(person);
  await hears(ali, /^Ny lapp: Sagt til den som lytter$/);
  assert.equal((await said(kari)).length, 1, "Kari is told no more");
  assert.equal(await kari.by("announced").getAttribute("aria-live"), "polite");
});
