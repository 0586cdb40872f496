// What a session asks of notes on the desk: silence, the reveal, groups, a habit that is broken.

import assert from "node:assert/strict";
import { Guest } from "../harness/guest.mjs";
import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };
const next = (person) => person.by("lead-next").click();

story("silence on the desk: nobody else has what one writes until all is shown", async ({ people }) => {
  const kari = await people.desk("Kari", { as: "facilitator" });
  const ola = await people.desk("Ola");
  const ida = await people.desk("Ida");
  await next(kari);
  await ola.by("silent-compose").fill("Alle tror at noen andre har ringt");
  await ola.by("silent-post").click();
  await ola.by("draft").first().waitFor();
  // The key that makes a note at other times leads here.
  await ola.canvas.focus();
  await ola.key("p");
  await until("one writes for oneself", () => ola.by("silent-compose").evaluate((field) => field === document.activeElement));
  await until("the panel counts", async () => /1/.test(await kari.by("lead-drafts").innerText()));
  for (const person of [kari, ida]) assert.ok(!(await person.page.content()).includes("noen andre har ringt"), `${person.name} has it`);
  await next(kari);
  for (const person of [kari, ola, ida]) await person.sees("Alle tror at noen andre har ringt");
}, HOUR);

story("what was revealed is seen beside the panels, wherever one looked", async ({ people }) => {
  const kari = await people.desk("Kari", { as: "facilitator" });
  const ola = await people.desk("Ola");
  const ali = await people.phone("Ali");
  await next(kari);
  for (const words of ["En", "To", "Tre", "Fire", "Fem", "Seks"]) await ali.posts(words);
  await kari.canvas.focus();
  for (let turn = 0; turn < 20; turn += 1) await kari.key("ArrowRight");
  await next(kari);
  for (const person of [kari, ola]) {
    await person.sees("Seks");
    await until(`${person.name} sees all of them, and nothing lies over one`, () =>
      person.page.locator("[data-note]").evaluateAll((notes) =>
        notes.length === 6 &&
        notes.every((note) => {
          const { left, right, top, bottom } = note.getBoundingClientRect();
          const at = [[left + 4, top + 4], [right - 4, top + 4], [left + 4, bottom - 4], [right - 4, bottom - 4]];
          return at.every(([x, y]) => note.contains(document.elementFromPoint(x, y)));
        }),
      ),
    );
  }
}, HOUR);

story("who is seated in a group sees its place, and writes into it by a key", async ({ people }) => {
  const kari = await people.desk("Kari", { as: "facilitator" });
  const ola = await people.desk("Ola");
  await people.desk("Ida");
  for (const name of ["Ali", "Liv"]) await people.phone(name);
  await kari.by("lead-more").click();
  await kari.by("lead-groups").click();
  assert.match(await kari.by("lead-outlook").innerText(), /2/, "four people are two groups");
  await kari.by("lead-mix").click();
  await kari.by("lead-mix-quality").waitFor();
  await kari.key("Escape");
  await ola.by("moment-group").waitFor();
  const area = () =>
    ola.page.locator(".group-area").evaluateAll((areas) =>
      areas.map((one) => one.getBoundingClientRect()).map(({ left, right, top, bottom }) => ({ left, right, top, bottom })),
    );
  const inView = ({ left, right, top, bottom }) => left > 60 && right < 1_440 && top > 56 && bottom < 900;
  await until("one's own place is in view", async () => (await area()).some(inView));
  await ola.canvas.focus();
  await ola.key("p");
  await ola.field.waitFor();
  await ola.types("I gruppa");
  await ola.key("Escape");
  const note = await ola.note(await ola.idOf("I gruppa")).boundingBox();
  assert.ok((await area()).some(({ left, right, top, bottom }) => note.x >= left && note.x + note.width <= right && note.y >= top && note.y + note.height <= bottom), "it lies in a group's place");
}, HOUR);

story("a habit is asked about, broken, and says who stops in full", async ({ people, document }) => {
  const truth = await document();
  const [habit] = truth.addNotes([{ kind: "habit", words: "Å skrive ut på fredager", at: [440, 300] }]);
  truth.addNotes([{ kind: "problem", words: "Ingen ringte", at: [650, 300] }]);
  const kari = await people.desk("Kari", { as: "facilitator" });
  const ola = await people.desk("Ola");
  await kari.sees("Å skrive ut på fredager");
  await next(kari); // the first phase
  await kari.by("phase-title").waitFor();
  await kari.note(habit).click();
  await kari.by("selection-bar").waitFor();
  assert.equal(await kari.by("note-panel").count(), 0, "a phase about problems does not ask about habits");
  await kari.by("note-details").click();
  await kari.by("note-panel").waitFor();
  const panel = await kari.by("note-panel").boundingBox();
  for (const words of ["Ingen ringte", "Å skrive ut på fredager"]) {
    const note = await kari.note(await kari.idOf(words)).boundingBox();
    const apart = note.x >= panel.x + panel.width || note.x + note.width <= panel.x || note.y >= panel.y + panel.height || note.y + note.height <= panel.y;
    assert.ok(apart, `the questions do not lie over “${words}”`);
  }
  await kari.by("note-panel").getByTestId("break-habit").click();
  const fields = kari.page.locator("dialog[open] input, dialog[open] textarea");
  await fields.nth(0).fill("Sengepost 3 og alle som jobber der");
  await fields.nth(1).fill("1. januar");
  await kari.by("break-do").click();
  const line = ola.note(habit).locator(".note__more");
  await line.waitFor();
  const [high, inside] = await line.evaluate((one) => [one.scrollHeight <= one.clientHeight + 1, one.closest(".note").scrollHeight <= one.closest(".note").clientHeight + 1]);
  assert.ok(high && inside, "all of it is seen, inside of the note");
}, HOUR);

story("who stops and from when stay in the dialog until the server has written them", async ({ server, board, people, document }) => {
  const truth = await document();
  const words = "Å skrive ut på fredager";
  const [habit] = truth.addNotes([{ kind: "habit", words, at: [440, 300] }]);
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  await liv.next();
  const ola = await people.desk("Ola");
  await ola.note(habit).click();
  await ola.by("note-details").click();
  await ola.by("note-panel").getByTestId("break-habit").click();
  const fields = ola.page.locator("dialog[open] input, dialog[open] textarea");
  await fields.nth(0).fill("Sengepost 3");
  await fields.nth(1).fill("1. januar");
  const holds = async () => [await fields.nth(0).inputValue(), await fields.nth(1).inputValue()];

  // No server just now.
  await ola.losesTheNetwork();
  await until("they see it", async () => ["away", "unsent"].includes(await ola.connection()));
  await ola.by("break-do").click();
  await ola.page.locator("dialog[open] .notice").first().waitFor();
  assert.deepEqual(await holds(), ["Sengepost 3", "1. januar"]);
  await ola.getsTheNetworkBack();
  await ola.isSaved();

  // The server says no.
  const removed = truth.doc.getMap("notes").get(habit).toJSON().kind;
  truth.doc.getMap("notes").get(habit).set("kind", "idea");
  await untilEqual("it is no habit any more", () => truth.fields(words).kind, "idea");
  await ola.by("break-do").click();
  await ola.page.locator("dialog[open] .notice").first().waitFor();
  assert.deepEqual(await holds(), ["Sengepost 3", "1. januar"]);
  truth.doc.getMap("notes").get(habit).set("kind", removed);
  await ola.by("break-do").click();
  await until("it is broken", () => truth.fields(words).broken !== undefined);
  await fields.first().waitFor({ state: "detached" });
}, HOUR);
