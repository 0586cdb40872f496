// All of it without a mouse.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

story("notes are made, written, chosen, clustered, deleted and brought back by keys alone", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  await kari.canvas.focus();
  for (const [key, words] of [["p", "Problemet"], ["i", "Ideen"], ["v", "Vanen"], ["l", "Planen"]]) {
    await kari.key(key);
    await kari.field.waitFor();
    await kari.types(words);
    await kari.key("Escape");
  }
  await untilEqual("four notes", () => truth.texts(), ["Ideen", "Planen", "Problemet", "Vanen"]);
  const kinds = [...truth.doc.getMap("notes").values()].map((note) => note.get("kind")).sort();
  assert.deepEqual(kinds, ["habit", "idea", "plan", "problem"]);

  await kari.key("Control+a", "g");
  await kari.types("Alt sammen");
  await kari.key("Escape");
  await until("all are in one cluster", () => truth.clusters().length === 1 && truth.clusters()[0].notes.length === 4);
  assert.equal(truth.clusters()[0].title, "Alt sammen");

  await kari.key("Escape", "Control+a", "Delete");
  await untilEqual("all are deleted", () => truth.texts(), []);
  await kari.undoes();
  await untilEqual("and back", () => truth.texts(), ["Ideen", "Planen", "Problemet", "Vanen"]);
});

story("a note is found with Tab, opened with Enter, and moved with the arrows", async ({ people, document }) => {
  const truth = await document();
  const id = truth.addNote("Finn meg", { at: [420, 320] });
  const kari = await people.desk("Kari");
  await kari.sees("Finn meg");
  await kari.canvas.focus();
  const focused = () => kari.page.evaluate(() => document.activeElement?.closest("[data-note]")?.dataset.note);
  await until("Tab comes to the note", async () => {
    if ((await focused()) === id) return true;
    await kari.key("Tab");
    return false;
  }, { each: 10 });
  await kari.key("Enter");
  await kari.field.waitFor();
  await kari.types("!");
  await kari.key("Escape");
  await until("it was written on", () => truth.textOf(id) === "Finn meg!");
  const [x] = truth.doc.getMap("notes").get(id).get("pos");
  await kari.key("ArrowRight");
  await until("it moved", () => truth.doc.getMap("notes").get(id).get("pos")[0] > x);
});
