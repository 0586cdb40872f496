// Clusters keep out of each other's way, go together, apart, and lie as a stack.

import assert from "node:assert/strict";
import { Barriers } from "../harness/axe.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const NB = { language: "nb" };

// No note lies on another, and no loose one on a cluster's frame.
const nothingLiesOnAnything = (person) =>
  person.page.evaluate(() => {
    const all = [...document.querySelectorAll("[data-note]")].map((one) => one.getBoundingClientRect());
    const frames = [...document.querySelectorAll("[data-cluster]")].map((one) => one.getBoundingClientRect());
    const on = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const notes = all.some((one, at) => all.slice(at + 1).some((other) => on(one, other)));
    const clusters = frames.some((one, at) => frames.slice(at + 1).some((other) => on(one, other)));
    const inside = (one, frame) => one.left >= frame.left && one.right <= frame.right && one.top >= frame.top && one.bottom <= frame.bottom;
    const loose = all.filter((one) => !frames.some((frame) => inside(one, frame)));
    return !notes && !clusters && !loose.some((one) => frames.some((frame) => on(one, frame)));
  });

async function laid(people, document) {
  const truth = await document();
  const [a, b, c, d] = truth.addNotes([
    { words: "To lister", at: [322, 354] },
    { words: "Apoteket var stengt", at: [522, 354] },
    { words: "Ingen ringte", at: [322, 520] },
    { words: "Løs lapp", at: [330, 720] },
  ]);
  const medicines = truth.addCluster("Medisinene", [a, b], { at: [300, 300] });
  const calls = truth.addCluster("Telefonen", [c], { at: [300, 466] });
  return { truth, a, b, c, d, medicines, calls };
}

story("a cluster that grows pushes its neighbours aside, as one step, also from a phone", async ({ people, document }) => {
  const truth = await document();
  const [a, b, c] = truth.addNotes([
    { words: "To lister", at: [322, 320] },
    { words: "Apoteket var stengt", at: [522, 320] },
    { words: "Ingen ringte", at: [322, 480] },
  ]);
  const [loose] = truth.addNotes([{ words: "Ny lapp", at: [900, 320] }]);
  truth.addCluster("Medisinene", [a, b], { at: [300, 266] });
  const kari = await people.desk("Kari", NB);
  const ali = await people.phone("Ali", NB);
  await kari.sees("Ingen ringte");
  const place = (id) => truth.doc.getMap("notes").get(id).get("pos");
  const before = [place(c), place(loose)];
  await kari.dragsOnto(kari.note(loose), kari.note(a));
  await until("it is in the cluster", () => truth.clusters()[0].notes.length === 3);
  await kari.isAtRest();
  await until("nothing lies on anything", () => nothingLiesOnAnything(kari));
  assert.notDeepEqual(place(c), before[0], "what lay in the way went aside");
  await kari.undoes();
  await untilEqual("one step takes all of it back", () => [place(c), place(loose)], before);

  // The same by a phone's menu.
  await ali.opens("board");
  await ali.taps(ali.note(loose).getByRole("button").first());
  await ali.taps(ali.note(loose).getByRole("button", { name: text("phone.move_to_cluster", {}, "nb") }));
  await ali.taps(ali.page.locator("dialog[open] .row-cluster__press").first());
  await until("it is in the cluster again", () => truth.clusters()[0].notes.length === 3);
  await kari.isAtRest();
  await until("and nothing lies on anything", () => nothingLiesOnAnything(kari));
});

story("a new cluster stays where its first note lay, and the view stays, too", async ({ people, document }) => {
  const truth = await document();
  const [a, b, c] = truth.addNotes([
    { words: "Bussen går ikke", at: [400, 420] },
    { words: "Toget er innstilt", at: [620, 420] },
    { words: "I veien", at: [400, 580] },
  ]);
  const kari = await people.desk("Kari", NB);
  await kari.sees("I veien");
  await kari.isAtRest();
  const lay = await kari.note(a).boundingBox();
  await kari.selects(a, b);
  await kari.key("g");
  await kari.types("Veien dit");
  await kari.key("Escape");
  await until("it is a cluster", () => truth.clusters()[0]?.notes.length === 2);
  await kari.isAtRest();
  const now = await kari.note(a).boundingBox();
  assert.ok(Math.hypot(now.x - lay.x, now.y - lay.y) < 3, `${JSON.stringify(lay)} → ${JSON.stringify(now)}`);
  await until("nothing lies on anything", () => nothingLiesOnAnything(kari));
  assert.ok(c);
});

story("one cluster dropped on another is asked about; merged, split and merged by keys", async ({ people, document }) => {
  const { truth, a, c, medicines, calls } = await laid(people, document);
  const kari = await people.desk("Kari", NB);
  await kari.seesClusters(["Medisinene", "Telefonen"]);
  await kari.isAtRest();
  const drag = () => kari.dragsOnto(kari.cluster(calls).locator(".cluster__title"), kari.cluster(medicines).locator(".cluster__title"));
  const isAsked = () => kari.by("merge-asked").waitFor({ timeout: 2_000 }).then(() => true, () => false);
  // A hand that lets go beside it takes the cluster back, and once more: it must not wander out of view.
  const place = () => String(truth.doc.getMap("notes").get(c).get("pos"));
  const drops = async () => {
    const lay = place();
    await until("the one lies on the other", async () => {
      await kari.isAtRest();
      await drag();
      if (await isAsked()) return true;
      if (place() !== lay) await kari.undoes();
      return false;
    });
  };
  await drops();
  await kari.by("merge-asked").waitFor();
  const barriers = new Barriers();
  await barriers.lookAt(kari, "whether two clusters go together");
  barriers.expectNone();
  await kari.key("Escape");
  await kari.by("merge-asked").waitFor({ state: "detached" });
  assert.equal(truth.clusters().length, 2, "nothing was done");
  await kari.isAtRest();
  await drops();
  await kari.by("merge-do").click();
  const merged = [{ title: "Medisinene", notes: ["Apoteket var stengt", "Ingen ringte", "To lister"] }];
  await untilEqual("one cluster of all", () => truth.clusters(), merged);
  await kari.isAtRest();
  await until("nothing lies on anything", () => nothingLiesOnAnything(kari));

  await kari.selects(a);
  await kari.does("split");
  await kari.types("For seg");
  await kari.key("Escape");
  await untilEqual("one has a cluster of its own", () => truth.clusters().map(({ notes }) => notes.length).sort(), [1, 2]);
  await kari.isAtRest();
  await until("nothing lies on anything", () => nothingLiesOnAnything(kari));

  // Together again without a pointer.
  await kari.key("Shift+F10");
  await kari.page.getByRole("menuitem", { name: text("cluster.merge", {}, "nb") }).focus();
  await kari.key("Enter");
  await kari.by("merge-choices").waitFor();
  await kari.by("merge-choices").getByRole("button").first().focus();
  await kari.key("Enter");
  await untilEqual("merged from the list", () => truth.clusters().map(({ notes }) => notes.length), [3]);
  await kari.undoes();
  await until("and one step takes it back", () => truth.clusters().length === 2);
});

story("a cluster lies as a stack with its title and count, on all desks and on the wall, and is spread out again", async ({ people, document }) => {
  const { truth, a, c, medicines } = await laid(people, document);
  const kari = await people.desk("Kari", NB);
  const ola = await people.desk("Ola", { ...NB, theme: "dark" });
  const wall = await people.wall(NB);
  await kari.seesClusters(["Medisinene", "Telefonen"]);
  await kari.cluster(medicines).locator(".cluster__title").click();
  await kari.does("cluster-collapse");
  for (const person of [kari, ola]) {
    await until(`${person.name} sees a stack`, async () => (await person.cluster(medicines).getAttribute("class")).includes("cluster--collapsed"));
    await person.note(a).waitFor({ state: "detached" });
    assert.match(await person.cluster(medicines).innerText(), /Medisinene[\s\S]*2 lapper/);
  }
  assert.equal(truth.doc.getMap("clusters").get(medicines).get("collapsed"), true);
  await until("the wall says its title and count", async () => /Medisinene\s+2 lapper/.test(await wall.by("wall").innerText()));
  const barriers = new Barriers();
  await barriers.lookAt(kari, "a stack");
  barriers.expectNone();

  // Tab passes by what is in it.
  await kari.canvas.focus();
  await kari.key("Escape", "Control+a");
  await until("what lies in it is not chosen with the rest", async () => (await kari.page.locator(".note--selected").count()) === 2);
  await kari.key("Escape");
  await kari.cluster(medicines).getByTestId("cluster-expand").click();
  await ola.note(a).waitFor();
  await kari.isAtRest();
  await until("nothing lies on anything", () => nothingLiesOnAnything(kari));
  assert.ok(c);
});
