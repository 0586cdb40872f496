// Putting together what belongs together.

import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

// Three notes in a row, in the middle of the desk.
const ROW = [
  { words: "Bussen går ikke", at: [340, 320] },
  { words: "Toget er innstilt", at: [560, 320] },
  { words: "Drosje er for dyrt", at: [780, 320] },
];
const WORDS = ROW.map((note) => note.words).sort();

async function deskWithARow({ people, document }) {
  const truth = await document();
  const ids = truth.addNotes(ROW);
  const kari = await people.desk("Kari");
  for (const { words } of ROW) await kari.sees(words);
  return { truth, ids, kari };
}

story("notes are lassoed, clustered, named, dragged whole, taken out and set free", async (told) => {
  const { truth, ids, kari } = await deskWithARow(told);
  await kari.lassos([300, 280], [1000, 560]);
  await kari.key("g");
  await kari.types("Veien dit");
  await kari.key("Escape");
  await untilEqual("all three are in it", () => truth.clusters(), [{ title: "Veien dit", notes: WORDS }]);

  const cluster = await kari.onlyCluster();
  const before = await kari.note(ids[0]).boundingBox();
  await kari.drags(kari.cluster(cluster).locator(".cluster__title"), [60, 140]);
  await until("the notes come along", async () => {
    const now = await kari.note(ids[0]).boundingBox();
    return Math.abs(now.x - before.x - 60) < 3 && Math.abs(now.y - before.y - 140) < 3;
  });
  await untilEqual("it is still whole", () => truth.clusters(), [{ title: "Veien dit", notes: WORDS }]);

  await kari.drags(kari.note(ids[2]), [420, -330]);
  await untilEqual("one was taken out", () => truth.clusters(), [{ title: "Veien dit", notes: ["Bussen går ikke", "Toget er innstilt"] }]);

  await kari.cluster(cluster).locator(".cluster__title").click();
  await kari.key("Shift+G");
  await untilEqual("it is dissolved", () => truth.clusters(), []);
  await untilEqual("and no note went with it", () => truth.texts(), WORDS);
});

story("a note dropped on a note makes a cluster, and one step takes it back", async (told) => {
  const { truth, ids, kari } = await deskWithARow(told);
  await kari.dragsOnto(kari.note(ids[0]), kari.note(ids[1]));
  await until("two are together", () => truth.clusters().some((cluster) => cluster.notes.length === 2));
  await kari.key("Escape");
  await kari.undoes();
  await untilEqual("and apart again", () => truth.clusters(), []);
});

story("two cluster the same notes at once: no note is lost or in two", async ({ people, document }) => {
  const { truth, ids, kari } = await deskWithARow({ people, document });
  const ola = await people.desk("Ola");
  await ola.sees(ROW[0].words);
  await kari.selects(ids[0], ids[1]);
  await ola.selects(ids[1], ids[2]);
  await Promise.all([kari.key("g"), ola.key("g")]);
  await Promise.all([kari.types("Karis"), ola.types("Olas")]);
  await kari.key("Escape");
  await ola.key("Escape");
  await kari.isSaved();
  await ola.isSaved();
  await until("both clusters have come", () => truth.clusters().map((cluster) => cluster.title).sort().join() === "Karis,Olas");
  const inClusters = truth.clusters().flatMap((cluster) => cluster.notes).sort();
  await untilEqual("each note is in one of them", () => inClusters, WORDS);
  await untilEqual("no note was lost", () => truth.texts(), WORDS);
  await kari.seesClusters(["Karis", "Olas"]);
  await ola.seesClusters(["Karis", "Olas"]);
});
