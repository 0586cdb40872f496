// Nobody is kept out: axe finds nothing serious, light and dark.

import { Barriers } from "../harness/axe.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { workshop } from "../harness/workshop.mjs";

for (const theme of ["light", "dark"]) {
  story(`the front page keeps nobody out (${theme})`, async ({ people }) => {
    const barriers = new Barriers();
    const kari = await people.at("desk", "/", { theme });
    await kari.page.getByRole("button", { name: text("home.make") }).waitFor();
    await barriers.lookAt(kari, "front page");
    const ali = await people.at("phone", "/", { theme });
    await ali.page.getByRole("button", { name: text("home.make") }).waitFor();
    await barriers.lookAt(ali, "front page on a phone");
    barriers.expectNone();
  });

  story(`the desk and its dialogs keep nobody out (${theme})`, async ({ people, document }) => {
    const barriers = new Barriers();
    const { notes } = workshop(await document());
    const kari = await people.desk("Kari", { as: "facilitator", theme });
    await kari.fits();
    await kari.sees(notes[0].words);
    await barriers.lookAt(kari, "desk");
    await kari.by("invite").first().click();
    await kari.page.getByRole("dialog").waitFor();
    await barriers.lookAt(kari, "invite");
    await kari.key("Escape");
    await kari.by("people").first().click();
    await barriers.lookAt(kari, "people");
    await kari.key("Escape");
    await kari.key("?");
    await kari.page.getByRole("dialog").waitFor();
    await barriers.lookAt(kari, "keyboard shortcuts");
    barriers.expectNone();
  });

  story(`the phone keeps nobody out (${theme})`, async ({ people, document }) => {
    const barriers = new Barriers();
    workshop(await document());
    const ali = await people.phone("Ali", { theme });
    await ali.posts("Fra bussen");
    for (const tab of ["write", "clusters", "board"]) {
      await ali.opens(tab);
      await barriers.lookAt(ali, tab);
    }
    barriers.expectNone();
  });

  story(`the wall keeps nobody out (${theme})`, async ({ people, document }) => {
    const barriers = new Barriers();
    const { notes } = workshop(await document());
    const wall = await people.wall({ theme });
    await wall.sees(notes[0].words);
    await barriers.lookAt(wall, "wall");
    barriers.expectNone();
  });
}
