// Where one's notes are: one that lies far away, forty on one spot, and words that are longer than a line.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const FAR = 3_000_000;

const home = (count) =>
  Array.from({ length: count }, (_, number) => ({
    words: `Lapp nummer ${number}`,
    kind: ["problem", "habit", "idea", "plan"][number % 4],
    at: [200 + (number % 4) * 220, 200 + Math.floor(number / 4) * 160],
  }));

// Where the notes with these ids lie in the document.
const placesOf = (document, ids) => ids.map((id) => document.doc.getMap("notes").get(id).get("pos"));

// How many notes are wholly in this person's window, as elements.
const inView = (person) =>
  person.page.locator("[data-note]").evaluateAll(
    (notes) =>
      notes.filter((note) => {
        const { left, top, right, bottom } = note.getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
      }).length,
  );

const isNear = ([x, y]) => Math.abs(x) < 5_000 && Math.abs(y) < 5_000;

story("a note three million units away hides no other, and is shown and brought here", async ({ people, document }) => {
  const truth = await document();
  truth.addNotes(home(12));
  const [stray] = truth.addNotes([{ words: "Helt for meg selv", at: [FAR, -FAR] }]);
  const kari = await people.desk("Kari");
  await until("the desk opens on the twelve", async () => (await inView(kari)) === 12);
  const scale = async () => Number(await kari.canvas.getAttribute("data-scale"));
  assert.ok((await scale()) > 0.4, `it opens at ${await scale()}`);
  await untilEqual("it says that one is far away", () => kari.by("far-away").innerText(), text("note.far_1", { count: 1 }));

  await kari.by("far-show").click();
  await until("the stray is shown", async () => (await kari.note(stray).boundingBox())?.x > 0 && (await inView(kari)) === 1);
  await kari.note(stray).click();
  await kari.fits();
  await until("fit shows the twelve again", async () => (await inView(kari)) === 12);

  await kari.by("far-fetch").click();
  await until("it is laid near the others", () => isNear(placesOf(truth, [stray])[0]));
  await until("all thirteen are in view", async () => (await inView(kari)) === 13);
  await until("nothing is far away any more", async () => !(await kari.by("far-show").isVisible()));
  await kari.canvas.focus();
  await kari.undoes();
  await untilEqual("one step takes it back", () => placesOf(truth, [stray])[0], [FAR, -FAR]);

  const ola = await people.phone("Ola");
  await ola.opens("board");
  const seen = async () => (await ola.page.locator(".overview__picture").getAttribute("viewBox")).split(" ").map(Number);
  await until("the phone's picture is of the twelve", async () => (await seen())[2] < 5_000);
  await untilEqual("the phone says it, too", () => ola.by("far-away").innerText(), text("note.far_1", { count: 1 }));
  await ola.taps(ola.by("far-show"));
  await until("the picture is of the stray", async () => (await seen())[0] > FAR - 2_000);
  await ola.taps(ola.by("overview-fit"));
  await until("and of the twelve again", async () => (await seen())[0] < 5_000);
  await ola.posts("Ny lapp fra telefonen");
  await until("what is posted without a place comes to the others", () => {
    const place = truth.fields("Ny lapp fra telefonen")?.pos;
    return place && isNear(place);
  });
  await ola.opens("board");
  await ola.taps(ola.by("far-fetch"));
  await until("the phone brings it here", () => isNear(placesOf(truth, [stray])[0]));
});

story("forty notes on one spot are seen to be forty, and are spread by one step", async ({ people, document }) => {
  const truth = await document();
  const pile = truth.addNotes(Array.from({ length: 40 }, (_, number) => ({ words: `Bunke ${number}`, at: [400, 300] })));
  const other = truth.addNotes([{ words: "Ved siden av", at: [700, 300] }]);
  const before = [[400, 300]];
  const spots = () => [...new Set(placesOf(truth, pile).map(String))];
  const isSpread = () => spots().length === 40;

  const kari = await people.desk("Kari");
  await untilEqual("the pile says how many it is", () => kari.by("pile").innerText(), "40");
  await kari.key("-", "-", "-", "-", "-", "-", "-");
  await until("also from far away", async () => Number(await kari.canvas.getAttribute("data-scale")) < 0.3 && (await kari.by("pile").isVisible()));
  await kari.fits();

  await kari.by("pile").click();
  await kari.by("spread").click();
  await until("all forty lie apart", isSpread);
  await until("the mark is gone", async () => (await kari.by("pile").count()) === 0);
  assert.deepEqual(placesOf(truth, other), [[700, 300]]);
  await kari.canvas.focus();
  await kari.undoes();
  await untilEqual("one step takes it back", () => spots(), before.map(String));

  await kari.by("pile").waitFor();
  await kari.canvas.focus();
  await kari.key("Escape", "Tab", "b");
  await until("the same by keys alone", isSpread);
  await kari.undoes();
  await untilEqual("and back", () => spots(), before.map(String));

  const ola = await people.phone("Ola");
  await ola.opens("board");
  await untilEqual("the phone's picture has the count", () => ola.by("overview-count").textContent(), "40");
  await untilEqual("and a sentence", () => ola.by("piles").innerText(), text("note.pile", { count: 40 }));
  await ola.taps(ola.by("spread"));
  await until("the phone spreads them", isSpread);

  const wall = await people.wall();
  await until("the wall never laid them on each other", async () => {
    const faults = await wall.faults();
    return !faults.some((fault) => fault.includes("lies on another"));
  });
});

// Texts that a browser may break in more lines than somebody counts.
const ADDRESS =
  "https://www.helsedirektoratet.no/tema/pasient-og-brukerrettigheter/hjem-fra-sykehus/?kapittel=fem-og-femti-minutter&side=2&sist-endret=2024-11-28#hva-sier-pasientene";
const WORD = "minoritetsladningsbærerdiffusjonskoeffisientmålingsapparaturforskningsavdelingsmedarbeideren";
const NASTY = {
  address: ADDRESS,
  "address in a sentence": `Se ${ADDRESS.slice(0, 90)} (NAV).`,
  word: WORD,
  "word in a sentence": `En ${WORD} til.`,
  hyphens: "24-timers e-post-og-IT-avdelings-ordning, på-og-av-telefon, 10–12-åringer",
  brackets: "(a)(b)(c)[dette](også)[her]{der}(igjen)hva?(ja)nei!(nei)hva?Ja?Nei?Kanskje?Aldri?",
  spaces: `mange${" ".repeat(60)}mellomrom${" ".repeat(30)}til ${" ".repeat(90)}`,
  tabs: "Problem\tHvem\tVentetid på telefon\tPasient\t\t\tMer\tMer\tMer\tMer\tMer",
  emoji: "👨‍👩‍👧👨‍👩‍👧👍🏽👍🏽🇳🇴🇸🇪😀😀😀😀😀😀😀❤️❤️ ja 🎉🎉🎉🎉🎉🎉 nei",
  marks: `${"e\u0301".repeat(40)} ${"å\u030a".repeat(12)} n\u0303o`,
  rightToLeft: "لا أحد يرد على الهاتف؟ (NAV) لا أحد يرد على الهاتف ولا على البريد الإلكتروني",
  mixed: "Ring 22 00 00 00 (NAV) – לא עונים – 電話に出ない – Никто не отвечает – ingen svarer…",
  signs: "誰も電話に出ない。母は金曜日の午後四時に家に帰された。「薬局は閉まっていた」と言った。",
  cyrillic: "Никто не перезвонил после того, как маму выписали в пятницу вечером; аптека была закрыта",
};

story("long words and addresses are as high as they are measured, on all screens", async ({ people, document }) => {
  const truth = await document();
  const texts = Object.values(NASTY);
  const ids = truth.addNotes(texts.map((words, number) => ({ words, at: [(number % 7) * 220, Math.floor(number / 7) * 420] })));
  const kari = await people.desk("Kari");
  await until("all are elements", async () => (await kari.page.locator("[data-note]").count()) === ids.length);
  const papers = await kari.page.locator("[data-note]").evaluateAll(async (papers) => {
    await document.fonts.ready;
    return papers.map((paper) => {
      const text = paper.querySelector(".note__text");
      const range = document.createRange();
      range.selectNodeContents(text);
      const scale = paper.getBoundingClientRect().width / paper.offsetWidth;
      return {
        words: text.textContent.slice(0, 40),
        measured: parseFloat(paper.style.minHeight || paper.style.height),
        high: paper.offsetHeight,
        // What the words and the foot need, as the styles have them.
        needed: 12 + Math.round(range.getBoundingClientRect().height / scale / 22) * 22 + 4 + 18 + 10,
        foot: (paper.querySelector(".note__foot").getBoundingClientRect().bottom - paper.getBoundingClientRect().top) / scale,
        wide: text.scrollWidth - text.clientWidth,
      };
    });
  });
  assert.equal(papers.length, ids.length);
  for (const paper of papers) {
    assert.ok(Math.abs(paper.high - paper.measured) < 1, `measured ${paper.measured}, but painted ${paper.high}: ${paper.words}`);
    assert.ok(paper.foot <= paper.high - 9, `its foot is at ${paper.foot} of ${paper.high}: ${paper.words}`);
    assert.ok(paper.wide <= 1, `it sticks out by ${paper.wide}: ${paper.words}`);
  }
  // Nor is paper left over: a line at most, two where a letter's font is not ours.
  for (const { words, measured, needed } of papers) {
    const spare = Math.round((measured - Math.max(needed, 124)) / 22);
    assert.ok(spare <= (/^[\u0000-\u024f]*$/.test(words) ? 1 : 3), `${spare} lines too many: ${words}`);
  }

  // While it is written the field lies on the words, and is as high.
  await kari.writesIn(ids[0]);
  const [field, paper] = await Promise.all([kari.field.boundingBox(), kari.note(ids[0]).boundingBox()]);
  assert.ok(field.y + field.height <= paper.y + paper.height, "the field is higher than its paper");
  await kari.stopsWriting();

  const ola = await people.phone("Ola");
  await ola.opens("board");
  await until("the phone lists them", async () => (await ola.page.locator("[data-note]").count()) === ids.length);
  const stickOut = await ola.page.locator("[data-note]").evaluateAll((rows) =>
    rows.flatMap((row) => {
      const text = row.querySelector(".row-note__text").getBoundingClientRect();
      const box = row.getBoundingClientRect();
      const isIn = text.left >= 0 && text.right <= innerWidth && text.bottom <= box.bottom + 1 && row.scrollWidth <= row.clientWidth + 1;
      return isIn ? [] : [row.textContent.slice(0, 40)];
    }),
  );
  assert.deepEqual(stickOut, []);

  const wall = await people.wall();
  await until("the wall shows some", async () => (await wall.texts()).length > 3);
  // A word longer than the wall's widest line is broken there, and spaces hang over the margin.
  const isMeant = (fault) => fault.startsWith("broken") || fault === `outside: ${NASTY.spaces.trim()}`;
  const wrong = async () => (await wall.faults()).filter((fault) => !isMeant(fault));
  // A wall that fills lays itself out anew meanwhile.
  await untilEqual("nothing stands wrong on the wall", wrong, []);
});
