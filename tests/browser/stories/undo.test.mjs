// One step back: one's own last one, and nothing that others have done.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const place = (truth, id) => truth.doc.getMap("notes").get(id).get("pos");
const field = (truth, id, name) => truth.doc.getMap("notes").get(id).get(name);
const CHANGED = text("common.changed_since");

// Drags a note and waits until everybody has it there.
async function drags(person, truth, id, by) {
  const before = place(truth, id);
  await person.drags(person.note(id), by);
  await until(`${person.name} moved it`, () => `${place(truth, id)}` !== `${before}`);
  return place(truth, id);
}

story("a step that others have gone over is used up and said so, and the one before it stays", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  const ola = await people.desk("Ola");
  const id = await kari.posts("Ventetid", { at: [500, 300] });
  await ola.sees("Ventetid");
  await ola.liesStill(id);
  await ola.writesIn(id);
  await ola.types(" på svar");
  await ola.stopsWriting();
  await kari.sees("Ventetid på svar");
  await ola.key("Escape");
  await drags(kari, truth, id, [140, 90]);
  await ola.liesStill(id);
  const his = await drags(ola, truth, id, [-60, 160]);
  await kari.canvas.focus();
  await kari.undoes();
  await kari.isTold(CHANGED);
  assert.deepEqual(place(truth, id), his);
  assert.deepEqual(truth.texts(), ["Ventetid på svar"], "nobody's words went");

  // The next press takes her own letters, and his stay.
  await kari.undoes();
  await untilEqual("his words are left", () => truth.texts(), [" på svar"]);
  await kari.undoes();
  await kari.undoes();
  assert.deepEqual(truth.texts(), [" på svar"], "the note is his as well");
  await kari.key("Control+Shift+z");
  for (const person of [kari, ola]) await person.sees("Ventetid på svar");
});

story("two move one note at the same moment: who won puts it back where it was, in its cluster", async ({ people, document }) => {
  const truth = await document();
  const [id, other] = truth.addNotes([
    { words: "Bussen går ikke", kind: "habit", at: [500, 300] },
    { words: "Toget er innstilt", at: [712, 300] },
  ]);
  const cluster = truth.addCluster("Veien dit", [id, other], { at: [480, 240] });
  const kari = await people.desk("Kari");
  const ola = await people.desk("Ola");
  for (const person of [kari, ola]) await person.sees("Bussen går ikke");
  await kari.losesTheNetwork();
  await kari.drags(kari.note(id), [-300, 250]);
  const his = await drags(ola, truth, id, [-300, -250]);
  await kari.getsTheNetworkBack();
  await kari.isSaved();
  await untilEqual("it is in no cluster", () => field(truth, id, "cluster"), undefined);
  const [winner, loser] = `${place(truth, id)}` === `${his}` ? [ola, kari] : [kari, ola];
  const won = place(truth, id);
  await loser.canvas.focus();
  await loser.undoes();
  await loser.isTold(CHANGED);
  assert.deepEqual([place(truth, id), field(truth, id, "cluster")], [won, undefined]);
  await winner.canvas.focus();
  await winner.undoes();
  await untilEqual("it lies where it lay", () => place(truth, id), [500, 300]);
  assert.equal(field(truth, id, "kind"), "habit");
  await untilEqual("and is in its cluster", () => field(truth, id, "cluster"), cluster);
  for (const person of [kari, ola]) await person.seesClusters(["Veien dit"]);
});

story("a deleted note comes back with what somebody wrote in it without a network", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  const ola = await people.desk("Ola");
  const id = await kari.posts("Ventetid", { at: [500, 300] });
  await ola.sees("Ventetid");
  const [lay, kind] = [place(truth, id), field(truth, id, "kind")];
  await ola.liesStill(id);
  await ola.losesTheNetwork();
  await ola.writesIn(id);
  await ola.types(" på svar");
  await ola.stopsWriting();
  await kari.note(id).click();
  await kari.key("Delete");
  await untilEqual("it is gone", () => truth.texts(), []);
  await ola.getsTheNetworkBack();
  await ola.isSaved();
  await untilEqual("his words are in it", () => field(truth, id, "text").toString(), "Ventetid på svar");
  await kari.undoes();
  for (const person of [kari, ola]) await person.sees("Ventetid på svar");
  assert.deepEqual([place(truth, id), field(truth, id, "kind")], [lay, kind]);
  // To delete it again would take words that she had not seen.
  await kari.key("Control+y");
  await kari.isTold(CHANGED);
  assert.deepEqual(truth.texts(), ["Ventetid på svar"]);
});

const waysBack = (person) => person.page.locator(".notice__action");

story("a notice takes back what it speaks of, whatever was done since, on desk and phone", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  const ali = await people.phone("Ali");
  const [first, second] = truth.addNotes([
    { words: "Først", at: [420, 260] },
    { words: "Så", at: [700, 260] },
  ]);
  await kari.sees("Så");
  for (const id of [first, second]) {
    await kari.liesStill(id);
    await kari.note(id).click();
    await kari.key("Delete");
    await kari.note(id).waitFor({ state: "detached" });
  }
  await kari.posts("Noe helt annet", { at: [500, 560] });
  assert.equal(await waysBack(kari).count(), 2, "the same words twice, each with its own way back");
  await waysBack(kari).first().click();
  await untilEqual("the first is back", () => truth.texts(), ["Først", "Noe helt annet"]);
  await waysBack(kari).first().click();
  await untilEqual("and the second", () => truth.texts(), ["Først", "Noe helt annet", "Så"]);

  await ali.posts("Alis lapp");
  await ali.by("my-notes").locator("[data-note]").first().tap();
  await ali.taps(ali.by("my-notes").getByRole("button", { name: text("note.delete"), exact: true }));
  await untilEqual("his is gone", () => truth.texts(), ["Først", "Noe helt annet", "Så"]);
  await ali.posts("Noe nytt");
  await ali.taps(waysBack(ali));
  await untilEqual("his is back, and what he wrote since stays", () => truth.texts(), ["Alis lapp", "Først", "Noe helt annet", "Noe nytt", "Så"]);
});

story("a dissolved cluster and a deleted link have their own way back", async ({ people, document }) => {
  const truth = await document();
  const [problem, idea] = truth.addNotes([
    { words: "Ingen ringte", at: [380, 300] },
    { words: "Ring dagen etter", kind: "idea", at: [760, 300] },
  ]);
  truth.addCluster("Overgangen", [problem], { at: [360, 240] });
  const kari = await people.desk("Kari");
  await kari.sees("Ring dagen etter");
  await kari.note(idea).click();
  await kari.key("k");
  await kari.note(problem).click();
  await kari.by("link-label").first().click();
  await kari.by("link-delete").click();
  await untilEqual("the link is gone", () => kari.by("link").count(), 0);
  await kari.cluster(await kari.onlyCluster()).locator(".cluster__title").click();
  await kari.key("Shift+G");
  await untilEqual("the cluster, too", () => truth.clusters(), []);
  await kari.posts("Noe helt annet", { at: [500, 620] });
  await waysBack(kari).first().click();
  await untilEqual("the link is back", () => kari.by("link").count(), 1);
  assert.deepEqual(truth.clusters(), []);
  await waysBack(kari).first().click();
  await untilEqual("the cluster, too", () => truth.clusters(), [{ title: "Overgangen", notes: ["Ingen ringte"] }]);
  assert.ok(truth.texts().includes("Noe helt annet"));
});
