// The thread from problem to idea to plan, drawn on the desk.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until } from "../harness/until.mjs";

const NOTES = [
  { kind: "problem", words: "Ingen ringte", at: [300, 300] },
  { kind: "idea", words: "Én person følger deg", at: [640, 300] },
];
const links = (person) => person.page.getByTestId("link").count();
const has = (person, count) => until(`${person.name} has ${count} links`, async () => (await links(person)) === count);

async function twoDesks({ people, document }) {
  const truth = await document();
  const [problem, idea] = truth.addNotes(NOTES);
  const kari = await people.desk("Kari", { as: "facilitator" });
  const ola = await people.desk("Ola");
  for (const person of [kari, ola]) await person.sees("Ingen ringte");
  return { kari, ola, problem, idea };
}

story("a link is drawn by a key, says what it means, is deleted and comes back", async (told) => {
  const { kari, ola, problem, idea } = await twoDesks(told);
  await kari.note(idea).click();
  await kari.key("k");
  await kari.note(problem).click();
  for (const person of [kari, ola]) await has(person, 1);
  assert.equal((await kari.by("link-label").first().innerText()).trim(), text("note.link_answers"));

  await kari.by("link-label").first().click();
  await kari.by("link-delete").click();
  for (const person of [kari, ola]) await has(person, 0);
  await kari.undoes();
  for (const person of [kari, ola]) await has(person, 1);
});

story("an idea for this, in one press: written beside it and linked", async (told) => {
  const { kari, ola, problem } = await twoDesks(told);
  await kari.note(problem).click();
  await kari.by("answer-with").first().click();
  await kari.field.waitFor();
  await kari.types("Ring dagen etter");
  await kari.key("Escape");
  await ola.sees("Ring dagen etter");
  for (const person of [kari, ola]) await has(person, 1);
  const id = await kari.idOf("Ring dagen etter");
  await until("it heard what it answers", async () => (await kari.note(id).getAttribute("aria-label")).includes("Ingen ringte"));
});
