// The page under one thumb: two taps to a note, nothing moves away from a finger, the keyboard hides no button.

import assert from "node:assert/strict";
import { turn } from "../harness/sizes.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };

async function leads(kari, hook) {
  await kari.opens("lead");
  const tool = kari.by(hook).first();
  await kari.by("lead-next").waitFor();
  if (!(await tool.isVisible())) await kari.by("lead-more").tap();
  await tool.tap();
}

const top = async (locator) => (await locator.boundingBox()).y;
const near = (one, other) => Math.abs(one - other) <= 2;

story("two taps lead from a link, a picture or a code to a note", async ({ people, board, document }) => {
  const truth = await document();
  // What the picture says is the link.
  const ali = await people.at("phone", `/join/${board.code}`);
  await ali.by("compose").tap();
  await ali.page.keyboard.insertText("Bussen er for sen");
  await ali.by("post").tap();
  await untilEqual("it is on the board", () => truth.texts(), ["Bussen er for sen"]);

  const liv = await people.at("phone", "/");
  await liv.page.getByLabel(text("home.open_field")).fill(board.code);
  await liv.page.keyboard.press("Enter");
  await liv.by("compose").tap();
  await liv.page.keyboard.insertText("Ingen ringte");
  await liv.by("post").tap();
  await untilEqual("so is hers", () => truth.texts(), ["Bussen er for sen", "Ingen ringte"]);
});

story(
  "the black button stays where a thumb is on its way to, whatever comes or goes above it",
  async ({ people, document }) => {
    const truth = await document();
    const kari = await people.phone("Kari", { as: "facilitator" });
    const ali = await people.phone("Ali");
    truth.addNotes([{ words: "Apoteket var stengt" }, { words: "Ingen ringte" }]);
    await leads(kari, "lead-next");
    await until("it is silent", async () => (await ali.by("post").innerText()) === text("session.put_in_pile"));
    await leads(kari, "lead-next");
    await until("all is shown", async () => (await ali.by("post").innerText()) === text("phone.post"));
    await until("nothing stands above the box", async () => !(await ali.page.locator(".moments__line").count()));

    // A card comes while he writes: it says so, and waits.
    await ali.by("compose").fill("Skrevet mens det kom noe");
    const before = await top(ali.by("post"));
    await leads(kari, "lead-disturb-all");
    await ali.by("moment-disturbance").waitFor({ state: "attached" });
    assert.ok(near(await top(ali.by("post")), before), "nothing was pushed down");
    await ali.by("card-above").waitFor();
    await ali.by("post").tap();
    await until("it was pressed", async () => (await ali.by("compose").inputValue()) === "");
    await ali.by("card-above").tap();
    await until("the card is in view", async () => (await top(ali.by("moment-disturbance"))) > 0);

    // The card in view goes while a finger is down, and the page is at its very top.
    await ali.by("moment-aside").tap();
    await leads(kari, "lead-turns");
    await ali.by("moment-turn").waitFor();
    await ali.by("compose").fill("Skrevet mens noe ble borte");
    await ali.page.locator(".phone__page").evaluate((page) => page.scrollTo(0, 0));
    const there = await top(ali.by("post"));
    await leads(kari, "lead-turns");
    await ali.by("moment-turn").waitFor({ state: "detached" });
    assert.ok(near(await top(ali.by("post")), there), "nothing was pulled up");
    await ali.by("post").tap();
    await until("it was pressed", async () => (await ali.by("compose").inputValue()) === "");
    await until("the room is given back", async () => (await top(ali.by("post"))) < there - 20);
    assert.equal(truth.texts().length, 4);
  },
  HOUR,
);

story("with the keyboard open the box and its button are seen", async ({ people }) => {
  const ali = await people.phone("Ali");
  await ali.by("compose").tap();
  for (const [width, height] of [[390, 460], [320, 290], [844, 170]]) {
    await turn(ali.page, { width, height });
    await until(`both are seen at ${width} × ${height}`, async () => {
      const [field, post] = [await ali.by("compose").boundingBox(), await ali.by("post").boundingBox()];
      return field.y >= 0 && post.y + post.height <= height && post.x + post.width <= width;
    });
    const words = `Skrevet på ${width}`;
    await ali.page.keyboard.insertText(words);
    await ali.by("post").tap();
    await until("it was pressed", async () => (await ali.by("compose").inputValue()) === "");
  }
});
