// A server whose disk is full: people work on together, every screen says what it is and blames no network, and all
// of it is saved when there is room.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

story("on a full disk every screen says so, the notes still meet, and all is saved when there is room", async ({ server, people, document }) => {
  const truth = await document();
  const [kari, ali, wall] = [await people.desk("Kari"), await people.phone("Ali"), await people.wall()];
  const screens = [kari, ali, wall];
  for (const screen of screens) {
    await screen.page.evaluate(() => {
      window.said = [];
      const chip = document.querySelector('[data-testid="connection"]');
      new MutationObserver(() => window.said.push(chip.dataset.state)).observe(chip, { attributes: true });
    });
  }
  server.hasRoom(false);
  await ali.posts("Skrevet av Ali");
  await kari.pastes("Skrevet av Kari");
  for (const screen of screens) {
    await until(`${screen.name} is told`, async () => (await screen.connection()) === "unsaving");
    await screen.page.getByText(text(screen === wall ? "wall.unsaving" : "connection.disk_full")).waitFor();
    assert.equal(await screen.page.getByText(text("connection.offline")).count(), 0);
  }
  await kari.page.getByText(text("connection.unsaving"), { exact: true }).waitFor();
  await untilEqual("they meet", () => truth.texts(), ["Skrevet av Ali", "Skrevet av Kari"]);
  await kari.sees("Skrevet av Ali");
  assert.ok(!(await ali.myNotes()).includes(text("phone.saved")), "it is called saved");
  await ali.page.reload();
  await ali.page.getByText(text("connection.disk_full")).waitFor();
  if (process.env.LOOK) for (const screen of screens) await screen.page.screenshot({ path: `${process.env.LOOK}/${screen.name}.png` });

  server.hasRoom(true);
  for (const screen of screens) {
    await screen.isSaved();
    await screen.page.getByText(text("connection.disk_full")).waitFor({ state: "detached" });
  }
  for (const screen of [kari, wall]) {
    const said = await screen.page.evaluate(() => window.said);
    assert.ok(!said.some((state) => ["unsent", "away", "waiting", "offline"].includes(state)), `${screen.name}: ${said}`);
  }
  await server.die();
  await server.startAgain();
  await Promise.all(screens.map((screen) => screen.isSaved()));
  await untilEqual("all is there", () => truth.texts(), ["Skrevet av Ali", "Skrevet av Kari"]);
});
