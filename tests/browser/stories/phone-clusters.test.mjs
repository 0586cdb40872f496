// Clusters as a whole under one thumb: merged, split, laid in a stack, dissolved; by the same rules as on the desk.

import assert from "node:assert/strict";
import { Barriers } from "../harness/axe.mjs";
import { Guest } from "../harness/guest.mjs";
import { Sizes } from "../harness/sizes.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const NB = { language: "nb" };

async function laid(document) {
  const truth = await document();
  const [a, b, c] = truth.addNotes([
    { words: "To lister", at: [322, 354] },
    { words: "Apoteket var stengt", at: [522, 354] },
    { words: "Ingen ringte", at: [1_022, 354] },
  ]);
  const medicines = truth.addCluster("Medisinene", [a, b], { at: [300, 300] });
  const calls = truth.addCluster("Telefonen", [c], { at: [1_000, 300] });
  return { truth, medicines, calls };
}

const entry = (person, cluster) => person.page.locator(`.phone__page li[data-cluster="${cluster}"]`);

async function arranges(person, cluster, act) {
  await person.opens("clusters");
  if (!(await entry(person, cluster).isVisible())) await person.opens("clusters"); // from one of them to their list
  await person.taps(entry(person, cluster).getByRole("button"));
  await person.taps(person.by("cluster-arrange"));
  await person.by("cluster-acts").waitFor();
  if (act) await person.taps(person.by(act));
}

const wayBack = (person) => person.page.locator(".notices").getByRole("button", { name: text("common.undo", {}, "nb"), exact: true });

story("a phone merges two clusters, takes it back, and splits one", async ({ people, document }) => {
  const { truth, medicines, calls } = await laid(document);
  const before = truth.clusters();
  const ali = await people.phone("Ali", NB);
  const kari = await people.desk("Kari", NB);
  await arranges(ali, calls, "cluster-merge");
  await ali.taps(ali.by("cluster-choices").locator(`[data-cluster="${medicines}"]`).getByRole("button"));
  await untilEqual("they are one", () => truth.clusters(), [
    { title: "Medisinene", notes: ["Apoteket var stengt", "Ingen ringte", "To lister"] },
  ]);
  await ali.isTold(text("cluster.merged", { title: "Medisinene" }, "nb"));
  await until("the phone is in what they have become", async () => (await ali.page.locator(".phone__page .row-note").count()) === 3);
  await ali.taps(wayBack(ali));
  await untilEqual("one press takes all of it back", () => truth.clusters(), before);

  await arranges(ali, medicines, "cluster-split");
  await ali.by("split-do").waitFor();
  await ali.taps(ali.by("split-do"));
  await ali.by("split-notes").getByText(text("cluster.split_none", {}, "nb")).waitFor();
  const choice = (words) => ali.by("split-notes").getByRole("checkbox").filter({ hasText: words });
  await ali.taps(choice("To lister"));
  await ali.taps(choice("Apoteket var stengt"));
  await ali.by("split-notes").getByText(text("cluster.split_all", {}, "nb")).waitFor();
  await ali.taps(choice("To lister"));
  await ali.by("split-notes").getByRole("textbox").fill("Apoteket");
  await ali.taps(ali.by("split-do"));
  await untilEqual("they are apart", () => truth.clusters(), [
    { title: "Apoteket", notes: ["Apoteket var stengt"] },
    { title: "Medisinene", notes: ["To lister"] },
    { title: "Telefonen", notes: ["Ingen ringte"] },
  ]);
  await until("nothing lies on anything", () =>
    kari.page.evaluate(() => {
      const frames = [...document.querySelectorAll(".canvas__cluster")].map((one) => one.getBoundingClientRect());
      const on = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      return frames.length === 3 && !frames.some((one, at) => frames.slice(at + 1).some((other) => on(one, other)));
    }),
  );
  await ali.taps(wayBack(ali));
  await untilEqual("and back", () => truth.clusters(), before);
});

story("a stack is one folded row on a phone, which opens and is spread out again", async ({ people, document }) => {
  const { truth, medicines } = await laid(document);
  const ali = await people.phone("Ali", NB);
  const liv = await people.phone("Liv", NB);
  await arranges(ali, medicines, "cluster-collapse");
  await until("it is a stack", () => truth.doc.getMap("clusters").get(medicines).get("collapsed") === true);
  await liv.opens("clusters");
  const mark = text("cluster.collapsed_mark", {}, "nb");
  await until("it says so in the list", async () => (await entry(liv, medicines).innerText()).includes(mark));
  await liv.opens("board");
  const group = liv.page.locator(".group").filter({ hasText: "Medisinene" });
  await group.locator(".group__press[aria-expanded=false]").waitFor();
  assert.match(await group.innerText(), /2/, "it says how many it holds");
  assert.equal(await group.locator("[data-note]").count(), 0);
  await liv.taps(group.locator(".group__press"));
  await until("it opens", async () => (await group.locator("[data-note]").count()) === 2);
  await arranges(ali, medicines, "cluster-collapse");
  await until("it is spread out", () => !truth.doc.getMap("clusters").get(medicines).get("collapsed"));
  await until("and no stack any more", async () => (await liv.page.locator(".group--stack").count()) === 0);
  await arranges(ali, medicines, "cluster-dissolve");
  await untilEqual("its notes are in none", () => truth.clusters().map((cluster) => cluster.title), ["Telefonen"]);
  await ali.taps(wayBack(ali));
  await untilEqual("and in it again", () => truth.clusters().map((cluster) => cluster.title), ["Medisinene", "Telefonen"]);
});

story("what is locked is not arranged, and a sheet that is open then closes", async ({ server, board, people, document }) => {
  const { medicines, calls } = await laid(document);
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const ali = await people.phone("Ali", NB);
  await arranges(ali, medicines, "cluster-merge");
  await ali.by("cluster-choices").waitFor();
  const locks = (clusters) => liv.does("lock", { locks: { board: false, clusters } });
  await locks([calls]);
  await until("a locked one takes nothing", async () => (await ali.by("cluster-choices").getByRole("button").count()) === 0);
  await locks([medicines]);
  await until("the sheet has closed", async () => (await ali.page.locator("dialog[open]").count()) === 0);
  await until("and there is no way to it", async () => (await ali.by("cluster-arrange").count()) === 0);
  await locks([]);
  await ali.by("cluster-arrange").waitFor();
  liv.leave();
}, { board: { title: "Trygt hjem", template: "samskaping-60" } });

for (const theme of ["light", "dark"]) {
  story(`the sheets of a cluster hold at every size and keep nobody out (${theme})`, async ({ people, document }) => {
    const { medicines, calls } = await laid(document);
    const ali = await people.phone("Ali", { ...NB, theme });
    const sizes = new Sizes(theme);
    const barriers = new Barriers();
    const look = async (what) => {
      await sizes.lookAt(ali, what);
      await barriers.lookAt(ali, what);
    };
    await arranges(ali, medicines);
    await look("what can be done with a cluster");
    await ali.taps(ali.by("cluster-split"));
    await ali.by("split-do").waitFor();
    await ali.taps(ali.by("split-notes").getByRole("checkbox").first());
    await look("splitting a cluster");
    await ali.page.keyboard.press("Escape");
    await arranges(ali, medicines, "cluster-merge");
    await ali.by("cluster-choices").waitFor();
    await look("merging clusters");
    await ali.page.keyboard.press("Escape");
    await arranges(ali, calls, "cluster-collapse");
    await look("a stack that is open");
    await ali.opens("clusters");
    await look("a stack among clusters");
    await ali.opens("board");
    await look("a stack on the board");
    sizes.expectNone();
    barriers.expectNone();
  });
}
