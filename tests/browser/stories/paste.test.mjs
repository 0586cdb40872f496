// What is pasted and dropped: from spreadsheets, documents, folders and other windows.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const SHEET = "Problem\tHvem\n\"Ventetid\npå telefon\"\tPasient\n• punkt\n1. nummer\n\u200b\n";
const FOUR = ["Problem", "Ventetid\npå telefon", "nummer", "punkt"];
// One pixel.
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

// Open, and keys are its own: the focus comes a frame later.
async function isAskedWhichColumn(person) {
  await person.by("paste-columns").waitFor();
  await untilEqual("the first column has the focus", () => person.page.evaluate(() => document.activeElement?.dataset.testid), "paste-column");
}

story("a row of a spreadsheet is one note, and which column is asked", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  await kari.page.mouse.click(700, 450);

  // As Excel and OneNote put it: text, a page, and a picture of both.
  await kari.pastes({ text: SHEET, html: "<table><tr><td>Problem", files: [["image.png", "image/png", PIXEL]] });
  await isAskedWhichColumn(kari);
  assert.equal(await kari.by("paste-column").count(), 3, "two columns, and the whole row");
  assert.deepEqual(truth.texts(), [], "nothing is there before it is known which");
  await kari.key("Enter");
  await untilEqual("the first column, each once", () => truth.texts(), FOUR);
  assert.equal(await kari.by("cut-picture").count(), 0, "the picture loses to the words");
  await kari.undoes();
  await untilEqual("one step takes them back", () => truth.texts(), []);

  await kari.pastes(SHEET);
  await isAskedWhichColumn(kari);
  await kari.key("ArrowDown");
  await untilEqual("what the notes will be is seen", () => kari.by("paste-preview").locator("li").allInnerTexts(), ["Hvem", "Pasient", "punkt"]);
  await kari.key("Enter");
  await untilEqual("the other column", () => truth.texts(), ["Hvem", "Pasient", "nummer", "punkt"]);
  await kari.undoes();

  await kari.pastes(SHEET);
  await isAskedWhichColumn(kari);
  await kari.key("Escape");
  await kari.by("paste-columns").waitFor({ state: "detached" });
  await kari.pastes({ text: "Ventetid\npå telefon\nKø\nStress", html: "<table><tr><td><p>Ventetid</p><p>på telefon</p></td></tr><tr><td>Kø</td></tr></table>Stress" });
  await untilEqual("a document's cell of two paragraphs", () => truth.texts(), ["Kø", "Stress", "Ventetid\npå telefon"]);
  await kari.undoes();
  await untilEqual("and back", () => truth.texts(), []);

  await kari.pastes("Kø\n".repeat(1_001));
  await kari.isTold(text("paste.too_many", { count: "1001", most: "1000" }));
  await kari.pastes(`Kort\n${"å".repeat(10_001)}`);
  await kari.isTold(text("paste.note_too_long", { number: "2" }));
  await kari.pastes({ files: [["referat.pdf", "application/pdf", PIXEL]] });
  await kari.isTold(text("paste.not_taken"));
  await untilEqual("nothing was cut off in silence", () => truth.texts(), []);
});

story("what is dragged here from another window arrives", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  await kari.page.mouse.move(640, 420);
  await kari.page.mouse.wheel(0, 40); // the view is hers from now on
  await kari.dropsFromElsewhere({ text: "Ingen ringer tilbake" }, [640, 420]);
  await untilEqual("on the canvas it is a note", () => truth.texts(), ["Ingen ringer tilbake"]);
  const note = kari.note(await kari.idOf("Ingen ringer tilbake"));
  const box = await note.boundingBox();
  assert.ok(Math.abs(box.x + box.width / 2 - 640) < 60 && Math.abs(box.y + box.height / 2 - 420) < 60, `where it was let go: ${JSON.stringify(box)}`);

  await kari.key("Enter"); // it is selected
  await kari.field.waitFor();
  const [x, y] = await kari.middleOf(kari.field);
  await kari.dropsFromElsewhere({ text: " (NAV)" }, [x, y]);
  await until("in a field it stands where it was let go", () => truth.texts()[0].includes("(NAV)") && truth.texts()[0].length === 26);
  const before = truth.texts();
  await kari.dropsFromElsewhere({ text: "å".repeat(10_000) }, [x, y]);
  await kari.isTold(text("paste.too_long_for_field"));
  await kari.pastesIntoField("å".repeat(10_000));
  await kari.stopsWriting();
  await untilEqual("what does not fit is left out as a whole", () => truth.texts(), before);

  const folder = mkdtempSync(join(tmpdir(), "samtavle-paste-"));
  const file = join(folder, "behov.csv");
  writeFileSync(file, Buffer.from("Behov;Hvem\r\nSvar p\xe5 telefon;Pasient\r\n", "latin1"));
  await kari.dropsFromElsewhere({ files: [file] }, [900, 500]);
  await isAskedWhichColumn(kari);
  await kari.key("Enter");
  await untilEqual("a file is read as what it is", () => truth.texts(), ["Behov", "Svar på telefon", ...before].sort());
  rmSync(folder, { recursive: true });

});

story("several lines in the box for one note can become several", async ({ people, document }) => {
  const truth = await document();
  const ali = await people.phone("Ali");
  const box = ali.by("compose");
  await box.tap();
  await ali.pastesIntoField("Kø\n• Stress\n\nIngen svarer");
  await ali.by("paste-offer").waitFor();
  assert.equal(await box.inputValue(), "Kø\n• Stress\n\nIngen svarer", "nothing is lost");
  await ali.taps(ali.by("paste-split"));
  await untilEqual("each is a note", () => truth.texts(), ["Ingen svarer", "Kø", "Stress"]);
  assert.equal(await box.inputValue(), "");

  await box.fill("Forresten");
  await ali.pastesIntoField("\nog så\nto til");
  await ali.by("paste-offer").waitFor();
  await ali.page.keyboard.type(" her");
  await ali.by("paste-offer").waitFor({ state: "detached" });
  await ali.taps(ali.by("post"));
  await until("who writes on has one note", () => truth.texts().includes("Forresten\nog så\nto til her"));

  await box.tap();
  await ali.pastesIntoField(`${"Lang linje om ventetid\n".repeat(600)}`);
  await ali.by("paste-offer").waitFor();
  assert.equal(await box.inputValue(), "", "what does not fit is not cut off");
  await ali.taps(ali.by("paste-split"));
  await until("it becomes its notes", () => truth.texts().length === 604);
});

story("what is carried as a page alone is words in a field, and beside an open dialog it is said that it needs one", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  const page = "<ul><li>Ventetid</li><li>Ingen <b>svarer</b></li></ul><table><tr><td>Kø</td></tr></table>";
  const id = await kari.posts("Jeg: ");
  await kari.writesIn(id);
  await kari.pastes({ html: page });
  await kari.page.keyboard.type("!");
  await untilEqual("in the note, as typed", () => truth.texts(), ["Jeg: Ventetid\nIngen svarer\nKø!"]);
  await kari.pastes({ html: `<p>${"å".repeat(10_000)}` });
  await kari.isTold(text("paste.too_long_for_field"));
  await kari.stopsWriting();

  const ali = await people.phone("Ali");
  await ali.by("compose").tap();
  await ali.pastes({ html: "<p>Fra en side" });
  await untilEqual("on the paper", () => ali.by("compose").inputValue(), "Fra en side");

  await kari.canvas.focus();
  await kari.key("?");
  const notice = kari.page.locator("dialog[open] .notice").filter({ hasText: text("paste.choose_field") });
  for (const what of ["Ventetid\nKø", { html: page }]) {
    await kari.pastes(what);
    await notice.waitFor();
    assert.ok(await notice.evaluate((one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    }), "it lies above the dialog");
    await notice.getByRole("button", { name: text("common.close") }).click();
    await notice.waitFor({ state: "detached" });
  }
  await kari.key("Escape");
  assert.equal(truth.texts().length, 1, "no note behind the dialog");
});

story("notes that are copied here and pasted are the same notes, with their lines and what they begin with", async ({ people, document }) => {
  const truth = await document();
  const words = ["1. mars\n2. april", "• med prikk", "1. Først"];
  truth.addNotes(words.map((words, at) => ({ words, at: [300 + 300 * at, 300] })));
  const kari = await people.desk("Kari");
  await kari.sees("• med prikk");
  const { origin } = new URL(kari.page.url());
  await kari.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  await kari.canvas.focus();
  await kari.key("Control+a", "Control+c", "Escape", "Control+v");
  await untilEqual("each twice", () => truth.texts(), [...words, ...words].sort());
  const plain = await kari.page.evaluate(() => navigator.clipboard.readText());
  assert.deepEqual(plain.split("\n").sort(), ["1. Først", "1. mars 2. april", "• med prikk"], "elsewhere each is a line");
});
