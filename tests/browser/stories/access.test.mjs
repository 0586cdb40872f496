// Nobody is kept out: axe finds nothing serious, light and dark.

import { expectNoBarriers } from "../harness/axe.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { workshop } from "../harness/workshop.mjs";

for (const theme of ["light", "dark"]) {
  story(`the front page keeps nobody out (${theme})`, async ({ people }) => {
    const kari = await people.at("desk", "/", { theme });
    await kari.page.getByRole("button", { name: text("home.make") }).waitFor();
    await expectNoBarriers(kari, "front page");
    const ali = await people.at("phone", "/", { theme });
    await ali.page.getByRole("button", { name: text("home.make") }).waitFor();
    await expectNoBarriers(ali, "front page on a phone");
  });

  story(`the desk and its dialogs keep nobody out (${theme})`, async ({ people, document }) => {
    const { notes } = workshop(await document());
    const kari = await people.desk("Kari", { as: "facilitator", theme });
    await kari.fits();
    await kari.sees(notes[0].words);
    await expectNoBarriers(kari, "desk");
    await kari.by("invite").first().click();
    await kari.page.getByRole("dialog").waitFor();
    await expectNoBarriers(kari, "invite");
    await kari.key("Escape");
    await kari.by("people").first().click();
    await expectNoBarriers(kari, "people");
    await kari.key("Escape");
    await kari.key("?");
    await kari.page.getByRole("dialog").waitFor();
    await expectNoBarriers(kari, "keyboard shortcuts");
  });

  story(`the phone keeps nobody out (${theme})`, async ({ people, document }) => {
    workshop(await document());
    const ali = await people.phone("Ali", { theme });
    await ali.posts("Fra bussen");
    for (const tab of ["write", "clusters", "board"]) {
      await ali.opens(tab);
      await expectNoBarriers(ali, tab);
    }
  });

  story(`the wall keeps nobody out (${theme})`, async ({ people, document }) => {
    const { notes } = workshop(await document());
    const wall = await people.wall({ theme });
    await wall.sees(notes[0].words);
    await expectNoBarriers(wall, "wall");
  });
}
