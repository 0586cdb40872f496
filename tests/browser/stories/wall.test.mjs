// The wall in a live session: nobody touches it, and it shows what the moment is about.

import assert from "node:assert/strict";
import { Barriers } from "../harness/axe.mjs";
import { Guest } from "../harness/guest.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const SIZES = [[1920, 1080], [3840, 2160], [1024, 768]];
const LONG = "Ingen eier overgangen fra sykehuset til kommunen, og ingen vet hvem som skal ringe hvem der";
const hour = { title: "Trygt hjem fra sykehuset", template: "samskaping-60" };

// Kari facilitates; the others speak with voices of their own.
async function guests({ server, board }) {
  const kari = await Guest.come(server, board, "Kari", { as: "facilitator" });
  const voices = { Ali: "patient", Liv: "next-of-kin", Eva: "youth", Nils: "leader" };
  const others = [];
  for (const [name, voice] of Object.entries(voices)) others.push(await Guest.come(server, board, name, { voice }));
  return { kari, others, all: [kari, ...others] };
}

// What was posted may come in two steps, and the wall lays itself out at each: in the end all of it stands right.
const fits = (wall, where) => untilEqual(`everything stands right: ${where}`, () => wall.faults(), []);

story("each scene comes by itself when its moment comes, and yields", async ({ server, board, people, document }) => {
  const truth = await document();
  const wall = await people.wall({ language: "nb" });
  const { kari, others, all } = await guests({ server, board });
  const [ali, liv] = others;
  await wall.shows("gather");
  await fits(wall, "gather");

  await kari.next();
  await wall.shows("silent");
  const secret = "Jeg fikk tre telefonnumre. Ingen av dem svarte.";
  await ali.drafts(secret);
  await liv.drafts("Mamma ble sendt hjem fredag kl. 16.", { lived: true });
  await until("the wall counts what is written", async () => (await wall.by("wall-drafts").innerText()).includes("2"));
  const page = await wall.page.content();
  assert.ok(!page.includes("telefonnumre") && !page.includes("fredag"), "no word of a draft is in the wall's page");
  await fits(wall, "silent");

  await kari.next();
  await wall.shows("reveal");
  await fits(wall, "reveal");
  const [first] = await wall.page.locator("[data-note]").all();
  assert.match(await first.innerText(), /Mamma/, "what is lived comes first");
  await wall.shows("clusters", { within: 20_000 });
  await wall.sees(secret);

  await kari.does("start-turns");
  await wall.shows("turns");
  await fits(wall, "turns");
  await kari.does("end-turns");
  await wall.shows("clusters");

  await kari.does("mix", { size: { groups: 2 } });
  await wall.shows("groups");
  await fits(wall, "groups");
  await kari.does("dissolve-groups");
  await wall.shows("clusters");

  await kari.does("open-round", { wish: { title: "", dots: 2, most_on_one: 1, on: "notes" } });
  await wall.shows("vote");
  const [note] = truth.doc.getMap("notes").keys();
  for (const guest of others) await guest.does("vote", { round: 1, dots: { [`note:${note}`]: 1 } });
  await until("the wall counts who has voted", async () => (await wall.by("wall-voted").innerText()).startsWith("4"));
  await kari.next();
  await wall.shows("result");
  await fits(wall, "result");
  // Opened again, it knows that the result is still what the room looks at.
  await wall.reload();
  await wall.shows("result");

  await kari.next();
  await wall.shows("clusters");
  await kari.does("disturb-all");
  await wall.shows("disturbance");
  await wall.shows("clusters", { within: 30_000 });
  for (const guest of all) guest.leave();
}, { board: hour });

story("a scene that was chosen makes way for what begins unless it is pinned, and plans are shown where plans are made and when it is over", async ({ server, board, people, document }) => {
  const truth = await document();
  const wall = await people.wall({ language: "nb" });
  const { kari, all } = await guests({ server, board });
  truth.addNote("Ingen ringte", { kind: "problem" });
  const plan = truth.addNote("Ringe hjem dagen etter", { kind: "plan" });
  truth.doc.getMap("notes").get(plan).set("who", "Amina og Per");
  await wall.shows("clusters");
  await kari.next();
  await wall.shows("silent");
  await kari.does("set-scene", { scene: "plans" });
  await wall.shows("plans");
  await kari.does("start-turns");
  await wall.shows("turns");
  await kari.does("end-turns");
  await wall.shows("silent");
  await kari.does("set-scene", { scene: "plans", is_pinned: true });
  await wall.shows("plans");
  assert.equal(await wall.by("wall-pinned").innerText(), text("wall.pinned", {}, "nb"));
  await kari.does("start-turns");
  await kari.does("open-round", { wish: { title: "Hva først?", dots: 2, most_on_one: 1, on: "notes" } });
  await until("the session knows of both", () => kari.view.turns && kari.view.round?.is_open);
  assert.equal(await wall.scene(), "plans", "what is pinned stays");
  await kari.does("end-turns");
  await kari.does("set-scene", { scene: null });
  await wall.shows("vote");
  assert.equal(await wall.by("wall-pinned").count(), 0);
  await kari.does("close-round", { round: 1 });
  await wall.shows("result");
  await kari.does("start-silence").catch(() => {}); // it is silent already
  // In the phase that is about plans, by itself.
  const { phases } = kari.view;
  const about = phases.find((phase) => phase.kinds[0] === "plan");
  const goes = () => kari.does("go-to", { from: kari.view.stage.in[0], to: about.id });
  // Beyond the problem for the first time the room is asked first what is missing.
  await goes();
  await wall.shows("insights");
  await goes();
  await wall.shows("plans");
  await until("it is over", async () => {
    if (kari.view.stage === "over") return true;
    await kari.next();
  });
  await wall.shows("plans");
  assert.match(await wall.by("wall-title").innerText(), /Trygt hjem fra sykehuset/);
  await fits(wall, "over");
  for (const guest of all) guest.leave();
}, { board: hour });

story("the newest notes come in under the invitation, and say nothing of who wrote them", async ({ server, board, people, document }) => {
  const truth = await document();
  const wall = await people.wall({ language: "nb" });
  const { kari, others, all } = await guests({ server, board });
  await kari.does("set-scene", { scene: "gather" });
  await wall.shows("gather");
  const strip = wall.by("wall-newest").locator("[data-note]");
  const shown = () => strip.evaluateAll((notes) => notes.map((note) => note.querySelector(".note__text").textContent).sort());
  assert.equal(await strip.count(), 0);
  for (const [at, words] of ["Ingen ringte", "Jeg nikket", "Natta var verst", "Alle tror at noen andre har ringt"].entries()) {
    const note = truth.addNote(words);
    truth.doc.getMap("notes").get(note).set("voice", "patient");
    truth.doc.getMap("notes").get(note).set("at", at + 1);
  }
  await untilEqual("the three newest are there", shown, ["Alle tror at noen andre har ringt", "Jeg nikket", "Natta var verst"]);
  assert.ok(!/pasient/i.test(await wall.by("wall-newest").innerText()), "nobody is named");
  await fits(wall, "three of them");
  // A long one has the strip for itself, whole.
  const long = "Jeg ringte tre ganger og måtte fortelle det hele på nytt hver gang. ".repeat(4).trim();
  truth.doc.getMap("notes").get(truth.addNote(long)).set("at", 9);
  await until("the long one is there", async () => (await shown()).includes(long));
  await fits(wall, "a long one");
  // In silence it says how many have written, and nothing of what.
  await kari.does("start-silence");
  await others[0].drafts("Hemmelig");
  await until("it counts", async () => (await wall.by("wall-drafts").innerText()).includes("1"));
  for (const guest of all) guest.leave();
}, { board: hour });

for (const [width, height] of SIZES) {
  story(`notes read well from afar at ${width} × ${height}, few and many`, async ({ people, document }) => {
    const truth = await document();
    const wall = await people.wall({ language: "nb", viewport: { width, height } });
    const letters = () => wall.page.locator(".wall__stage").evaluate((stage) => parseFloat(getComputedStyle(stage).fontSize));
    const unit = Math.min(height / 1080, width / 1440);
    truth.addNotes(["Ingen spurte meg.", "Jeg nikket. Jeg forsto ikke.", "Bussen går ikke etter klokka seks."].map((words) => ({ words })));
    await wall.sees("Ingen spurte meg.");
    await fits(wall, "three notes");
    assert.ok((await letters()) >= 42 * unit, `three notes have letters of ${await letters()} px`);

    const texts = ["Hjemmesykepleietjenesten visste ikke om det før mandag.", "To lister med medisiner, og ingen vet hvilken som gjelder.", "Alle tror at noen andre har ringt."];
    const add = (count) => truth.addNotes(Array.from({ length: count }, (_, at) => ({ words: `${texts[at % 3]} (${at})` })));
    truth.addCluster(LONG, add(5));
    truth.addCluster("Vi snakker om, ikke med", add(4));
    await wall.page.getByText(LONG).first().waitFor();
    await fits(wall, "two clusters");
    truth.addCluster("Medisinene", add(60));
    await wall.page.locator(".wall__page").waitFor();
    await fits(wall, "pages");
  });
}

story("what has a place keeps it when a note comes", async ({ people, document }) => {
  const truth = await document();
  const wall = await people.wall();
  const words = (count) => Array.from({ length: count }, (_, at) => ({ words: `Ingen ringte (${at})` }));
  const frames = () => wall.page.locator("[data-cluster]").evaluateAll((all) =>
    all.map((one) => [one.querySelector("h2").textContent, one.style.left, one.style.top]).sort());
  truth.addCluster("Nettene", truth.addNotes(words(4)));
  await until("the first is there", async () => (await frames()).length === 1);
  // For this one there is no room, and all is laid out anew with some to spare. A first picture has none.
  truth.addCluster("Medisinene", truth.addNotes(words(1)));
  await until("both are there", async () => (await frames()).length === 2);
  const before = await frames();
  const cluster = [...truth.doc.getMap("clusters").keys()][1];
  const id = truth.addNote("Ny lapp");
  truth.doc.getMap("notes").get(id).set("cluster", cluster);
  await until("it is in its cluster", async () => (await wall.page.locator(`[data-cluster] [data-note="${id}"]`).count()) === 1);
  assert.deepEqual(await frames(), before);
});

for (const theme of ["light", "dark"]) {
  story(`the scenes of the wall keep nobody out (${theme})`, async ({ server, board, people, document }) => {
    const truth = await document();
    const barriers = new Barriers();
    const wall = await people.wall({ theme });
    const { kari, others, all } = await guests({ server, board });
    const looksAt = async (scene) => {
      await wall.shows(scene);
      await barriers.lookAt(wall, scene);
    };
    await looksAt("gather");
    await kari.next();
    await looksAt("silent");
    for (const guest of others) await guest.drafts("Ingen ringte meg");
    await kari.next();
    await looksAt("reveal");
    const [note] = truth.doc.getMap("notes").keys();
    await kari.does("spotlight", { item: `note:${note}` });
    await looksAt("spotlight");
    for (const scene of ["insights", "plans", "clusters", "follow"]) {
      await kari.does("set-scene", { scene });
      await looksAt(scene);
    }
    await kari.does("set-scene", { scene: null });
    await kari.does("start-turns");
    await looksAt("turns");
    await kari.does("end-turns");
    await kari.does("mix", { size: { groups: 2 } });
    await looksAt("groups");
    await kari.does("open-round", { wish: { dots: 1, most_on_one: 1, on: "notes" } });
    await looksAt("vote");
    for (const guest of others) await guest.does("vote", { round: 1, dots: { [`note:${note}`]: 1 } });
    await kari.next();
    await looksAt("result");
    barriers.expectNone();
    for (const guest of all) guest.leave();
  }, { board: hour });
}

for (const [width, height] of SIZES) {
  story(`who speaks stands whole under each note, also in narrow clusters, at ${width} × ${height}`, async ({ server, board, people, document }) => {
    const truth = await document();
    const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
    const guests = [];
    for (const { id } of liv.view.voices.slice(0, 6)) {
      const guest = await Guest.come(server, board, `Somebody who is ${id}`, { voice: id });
      await until("the voice is theirs", () => guest.own.voices?.length === 1);
      for (const words of ["Skjemaet spør om alt unntatt det jeg trenger.", "Mamma ble sendt hjem fredag. Apoteket var stengt."]) await guest.drafts(words);
      guests.push(guest);
    }
    const notes = () => [...truth.doc.getMap("notes").keys()];
    await until("all are on the board", () => notes().length === 12);
    truth.addCluster("Ingen eier overgangen", notes().slice(0, 3));
    truth.addCluster("Vi snakker om, ikke med", notes().slice(3, 5));
    const wall = await people.wall({ language: "nb", viewport: { width, height } });
    await until("both clusters are there", async () => (await wall.page.locator("[data-cluster]").count()) >= 2);
    await fits(wall, "voices");
    for (const guest of [liv, ...guests]) guest.leave();
  }, { board: hour });
}

story("a wall whose server restarts comes back by itself", async ({ server, people, document }) => {
  const truth = await document();
  const wall = await people.wall();
  truth.addNote("Ingen ringte");
  await wall.sees("Ingen ringte");
  await server.die();
  await until("the wall says that it is away", async () => (await wall.connection()) === "offline");
  await server.startAgain();
  await wall.isSaved();
  truth.addNote("Men nå er vi her igjen");
  await wall.sees("Men nå er vi her igjen");
});
