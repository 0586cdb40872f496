// Several people in one note; and what is one's own.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const lettersOf = (words) => [...words].sort().join("");

// Does `words` hold all of `part`'s letters in their order?
function holds(words, part) {
  const letters = [...part];
  for (const letter of words) if (letter === letters[0]) letters.shift();
  return letters.length === 0;
}

story("two write in the same note at once, and every letter of both is there", async ({ people, document }) => {
  const truth = await document();
  const start = "Fjellet 🏔 er blått i går";
  const id = truth.addNote(start, { at: [420, 320] });
  const kari = await people.desk("Kari");
  const ola = await people.desk("Ola");
  await kari.sees(start);
  await ola.sees(start);
  const middle = "Fjellet 🏔".length;
  const rounds = [
    { kari: [0, "Åh, så ærlig: "], ola: [undefined, " – sa øya 🎣"] },
    { kari: [middle, "øø👩‍👩‍👧øø"], ola: [middle, "ææ🇳🇴ææ"] },
  ];
  for (const round of rounds) {
    await kari.writesIn(id, { caret: round.kari[0] });
    await ola.writesIn(id, { caret: round.ola[0] });
    const before = truth.textOf(id);
    await Promise.all([kari.types(round.kari[1]), ola.types(round.ola[1])]);
    const expected = lettersOf(before + round.kari[1] + round.ola[1]);
    await untilEqual("the document has every letter", () => lettersOf(truth.textOf(id)), expected);
    const now = truth.textOf(id);
    for (const part of [before, round.kari[1], round.ola[1]]) assert.ok(holds(now, part), `“${part}” is out of order in “${now}”`);
    await untilEqual("both fields show the same", async () => [await kari.field.inputValue(), await ola.field.inputValue()], [now, now]);
    await kari.stopsWriting();
    await ola.stopsWriting();
  }
  await kari.sees(truth.textOf(id));
  await ola.sees(truth.textOf(id));
});

story("a caret stays with its letters while somebody else writes before it", async ({ people, document }) => {
  const truth = await document();
  const id = truth.addNote("slutten", { at: [420, 320] });
  const kari = await people.desk("Kari");
  await kari.writesIn(id);
  truth.doc.getMap("notes").get(id).get("text").insert(0, "Før: ");
  await until("the field has the stranger's words", async () => (await kari.field.inputValue()) === "Før: slutten");
  await kari.types("!");
  await until("the mark is at the end", () => truth.textOf(id) === "Før: slutten!");
});

story("a word that an input method composes stays whole while somebody else writes", async ({ people, document }) => {
  const truth = await document();
  const id = truth.addNote("slutt", { at: [420, 320] });
  const kari = await people.desk("Kari");
  await kari.writesIn(id, { caret: 0 });
  const keyboard = await kari.context.newCDPSession(kari.page);
  for (const so of ["に", "にほ", "にほん"]) {
    await keyboard.send("Input.imeSetComposition", { text: so, selectionStart: so.length, selectionEnd: so.length });
    truth.doc.getMap("notes").get(id).get("text").insert(truth.textOf(id).length, ".");
  }
  await keyboard.send("Input.insertText", { text: "日本" });
  await untilEqual("both are there", () => truth.textOf(id), "日本slutt...");
  await until("and in the field", async () => (await kari.field.inputValue()) === "日本slutt...");
});

story("undo takes back only what one did oneself", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  const ola = await people.desk("Ola");
  const hers = await kari.posts("Karis lapp", { at: [400, 300] });
  await ola.posts("Olas lapp", { at: [700, 300] });
  await kari.sees("Olas lapp");
  await kari.note(hers).click();
  await kari.key("Delete");
  await untilEqual("hers is gone", () => truth.texts(), ["Olas lapp"]);
  await kari.undoes();
  await untilEqual("hers is back, with its words", () => truth.texts(), ["Karis lapp", "Olas lapp"]);
  for (let times = 0; times < 6; times += 1) await kari.undoes();
  await untilEqual("his stays however often she takes back", () => truth.texts(), ["Olas lapp"]);
  await kari.key("Control+Shift+z");
  await until("and she can do it again", () => truth.texts().length === 2);
});

story("several lines that are pasted become one note each", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  await kari.page.mouse.click(700, 450);
  await kari.pastes("Første linje\n\n  Andre linje æøå\r\nTredje 🎈\n");
  await untilEqual("three notes", () => truth.texts(), ["Andre linje æøå", "Første linje", "Tredje 🎈"]);
  await kari.undoes();
  await untilEqual("one step takes them back", () => truth.texts(), []);
});
