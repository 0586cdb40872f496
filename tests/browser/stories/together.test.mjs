// Two desks, a phone and a wall on one board.

import assert from "node:assert/strict";
import { allAgree } from "../harness/agree.mjs";
import { Guest } from "../harness/guest.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

story("what two desks and a phone post and cluster is on all screens", async ({ people, document }) => {
  const truth = await document();
  const [kari, ola, ali, wall] = [
    await people.desk("Kari", { as: "facilitator" }),
    await people.desk("Ola"),
    await people.phone("Ali"),
    await people.wall(),
  ];
  const first = await kari.posts("Mor får ikke sove", { at: [400, 300] });
  const second = await ola.posts("Nattevakten må vekke alle", { at: [700, 300] });
  await ali.posts("Ingen forteller hvem som kommer 🙋");
  await allAgree(truth, [kari, ola, ali, wall]);

  await kari.selects(first, second);
  await kari.key("g");
  await kari.types("Natten");
  await kari.key("Escape");
  const expected = [{ title: "Natten", notes: ["Mor får ikke sove", "Nattevakten må vekke alle"] }];
  await untilEqual("the document has the cluster", () => truth.clusters(), expected);
  await ola.seesClusters(["Natten"]);
  await wall.page.getByText("Natten").first().waitFor();
  await ali.opens("clusters");
  await ali.page.getByText("Natten").first().waitFor();
  await allAgree(truth, [kari, ola, ali, wall]);
});

story("a note of a standard Yjs client shows on every screen and is read aloud", async ({ people, document }) => {
  const stranger = await document();
  const screens = [await people.desk("Kari"), await people.phone("Ali"), await people.wall()];
  const words = "Skrevet av et program ingen kjenner: æøå 🌍";
  const id = stranger.addNote(words, { kind: "idea", at: [300, 260] });
  for (const screen of screens) {
    await screen.sees(words);
    const heard = await screen.heard();
    assert.ok(heard.includes(words), `${screen.name}'s screen reader does not have it:\n${heard}`);
  }
  const [kari] = screens;
  await kari.writesIn(id);
  await kari.types(" – og svart på");
  await until("the standard client has the answer", () => stranger.textOf(id) === `${words} – og svart på`);
});

story("an invitation leads a phone and the wall to the same board", async ({ people, board, document }) => {
  const kari = await people.desk("Kari", { as: "facilitator" });
  await kari.posts("Velkommen", { at: [500, 300] });
  await kari.by("invite").first().click();
  const dialog = kari.page.getByRole("dialog");
  assert.equal((await dialog.getByTestId("join-code").innerText()).trim(), board.code);
  const [toJoin, toWall] = [
    await dialog.getByLabel(text("invite.participant_link")).inputValue(),
    await dialog.getByLabel(text("invite.wall_link")).inputValue(),
  ];
  const ali = await people.at("phone", toJoin);
  await ali.isReady();
  await ali.sees("Velkommen");
  const wall = await people.at("wall", toWall);
  await wall.sees("Velkommen");
  assert.equal((await wall.by("join-code").innerText()).trim(), board.code);
  assert.equal((await document()).texts().length, 1);
});

story("each sees who is here, and where names are shown also where the others point", async ({ server, board, people, document }) => {
  const truth = await document();
  const lead = await Guest.come(server, board, "Liv", { as: "facilitator" });
  await lead.does("show", { showing: "named" });
  const kari = await people.desk("Kari");
  const ola = await people.desk("Ola");
  await kari.isCalled("Kari");
  await ola.isCalled("Ola");
  await kari.page.mouse.move(500, 400);
  await kari.page.mouse.move(640, 420, { steps: 4 });
  await until("Ola sees Kari's hand with her name", () => ola.page.locator(".cursor").filter({ hasText: "Kari" }).isVisible());
  await until("a standard client sees it, too", () =>
    [...truth.awareness.getStates().values()].some((state) => state.user?.name === "Kari" && Array.isArray(state.cursor)),
  );
  await ola.by("people").first().click();
  await ola.page.getByText("Kari").last().waitFor();
  await kari.context.close();
  await until("her hand goes when she goes", async () => (await ola.page.locator(".cursor").filter({ hasText: "Kari" }).count()) === 0);
});

story("where names are not shown, one sees that somebody writes, and neither who nor where they point", async ({ people, document }) => {
  const truth = await document();
  const id = truth.addNote("Ventetid", { at: [700, 320] });
  const kari = await people.desk("Kari");
  const ola = await people.desk("Ola");
  await kari.isCalled("Kari");
  await kari.page.mouse.move(640, 420, { steps: 4 });
  await kari.writesIn(id, { caret: 0 });
  await until("Ola sees that somebody writes", () =>
    ola.page.locator(".carets__name").filter({ hasText: text("people.somebody") }).isVisible(),
  );
  assert.equal(await ola.page.locator(".cursor").count(), 0);
  const states = [...truth.awareness.getStates().values()];
  assert.ok(states.every((state) => !state.cursor && !(state.user?.name && state.caret)), JSON.stringify(states));
  await ola.by("people").first().click();
  await ola.page.getByText("Kari").last().waitFor();
});
