// Pictures of paper notes: small and upright before they are sent, never lost on the way, cut into notes.

import assert from "node:assert/strict";
import { closeSync, ftruncateSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allAgree } from "../harness/agree.mjs";
import { Barriers } from "../harness/axe.mjs";
import { ask, flipChart, fromCamera, stored } from "../harness/pictures.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const SHEET = "dialog.dialog--whole[open]";
const PIECES = "**/api/boards/*/photos/*";

const takes = (person, buffer, name = "IMG_1.jpg", mimeType = "image/jpeg") =>
  person.by("photo-file").setInputFiles({ name, mimeType, buffer });
const mine = (person) => person.by("my-pictures").locator("li");
const opens = async (person) => {
  await mine(person).first().getByRole("button").first().click();
  await person.page.locator(SHEET).waitFor();
};
const closes = async (person) => {
  await person.page.keyboard.press("Escape");
  await person.page.locator(SHEET).waitFor({ state: "detached" });
};
const comes = (person, state) =>
  until(`${person.name}'s picture is ${state}`, async () => (await mine(person).first().getAttribute("data-state")) === state);

// Puts a rectangle in the middle of the paper at a place (fractions of the picture), and writes beside it.
async function marks(person, [x, y], words) {
  const picture = person.by("cut-picture");
  const { width, height } = await picture.boundingBox();
  const before = await picture.locator(".cut-mark").count();
  await picture.tap({ position: { x: x * width, y: y * height } });
  await until("there is one more", async () => (await picture.locator(".cut-mark").count()) === before + 1);
  if (words) await row(person, before + 1).locator("textarea").fill(words);
}
const row = (person, number) => person.page.locator(`[data-mark-row="${number}"]`);

story("three notes are cut out of a picture of a flip chart, and all screens have them", async ({ people, document, server, board }) => {
  const truth = await document();
  const [liv, ali, wall] = [await people.phone("Liv"), await people.phone("Ali"), await people.wall()];
  await ali.by("compose").fill("Nesten ferdig");
  await takes(ali, await flipChart(ali.page));
  await ali.page.locator(SHEET).waitFor();
  await marks(ali, [0.22, 0.3], "Ingen ringte");
  await marks(ali, [0.5, 0.5], "Apoteket var stengt");
  await marks(ali, [0.8, 0.7], "To lister");
  await marks(ali, [0.2, 0.85]);
  await row(ali, 2).locator("textarea").focus();
  await row(ali, 2).getByRole("radio", { name: text("note.kind_idea") }).click();
  await ali.by("post-cuts").click();
  await until("the one without words stays", async () => (await ali.by("cut-rows").locator("li").count()) === 1);
  await closes(ali);
  await untilEqual("the document has them", () => truth.texts(), ["Apoteket var stengt", "Ingen ringte", "To lister"]);
  await allAgree(truth, [liv, wall]);
  await comes(ali, "saved");
  const images = truth.doc.getMap("images");
  await until("the whole picture lies on the board", () => images.size === 1);
  const [photo] = images.keys();
  assert.equal((await ask(server, board, photo)).status, 200);
  const notes = [...truth.doc.getMap("notes").values()].map((note) => note.toJSON());
  for (const note of notes) assert.match(note.photo, new RegExp(`^${photo} 0\\.\\d{4} 0\\.\\d{4} 0\\.\\d{4} 0\\.\\d{4}$`));
  assert.equal(notes.find(({ text }) => text.startsWith("Apoteket")).kind, "idea");
  const image = images.get(photo).toJSON();
  const [left, top] = image.pos;
  const [right, bottom] = [left + image.size[0], top + image.size[1]];
  for (const { text, pos } of notes) {
    const lies = pos[0] + 184 <= left || pos[0] >= right || pos[1] + 124 <= top || pos[1] >= bottom;
    assert.ok(lies, `the picture covers “${text}”`);
  }
  assert.equal(await ali.by("compose").inputValue(), "Nesten ferdig");
  await opens(ali);
  assert.equal(await ali.page.locator(".cut-mark--posted").count(), 3, "it can be gone on with later");
});

story("a picture comes upright, small, and without what the camera wrote into it", async ({ people, server, board }) => {
  const ali = await people.phone("Ali");
  const sent = [];
  ali.page.on("request", (request) => request.method() === "PATCH" && sent.push(request.postDataBuffer()));
  const camera = fromCamera(await flipChart(ali.page, { width: 2400, height: 1600 }));
  assert.ok(camera.includes("Exif"));
  await takes(ali, camera);
  await ali.page.locator(SHEET).waitFor();
  await closes(ali);
  await comes(ali, "saved");
  const photo = await mine(ali).first().getAttribute("data-picture");
  const { bytes, width, height, corners } = await stored(ali, server, board, photo);
  assert.deepEqual([width, height], [1365, 2048], "turned, and not larger than is needed");
  assert.ok(sent.length > 0);
  const isRed = ([red, green, blue]) => red > 150 && green < 90 && blue < 90;
  assert.deepEqual(corners.map(isRed), [false, true, false, false], "what was left above is right above");
  for (const tell of ["Exif", "GPS", "II*\0"]) {
    assert.ok(!Buffer.concat(sent).includes(tell) && !bytes.includes(tell), `it tells ${tell}`);
  }
});

story("a lost network costs a picture nothing: it says so, and goes on where it was", async ({ people, server, board }) => {
  const ali = await people.phone("Ali");
  const offsets = [];
  let isHeld = true;
  let saysHowFar = Promise.resolve();
  await ali.context.route(PIECES, async (route) => {
    const request = route.request();
    if (request.method() !== "PATCH") return route.continue();
    const offset = Number(request.headers()["upload-offset"]);
    if (isHeld && offset > 0) {
      await saysHowFar;
      return route.abort();
    }
    offsets.push(offset);
    return route.continue();
  });
  saysHowFar = until("it says how much has come", async () => {
    const says = (await mine(ali).count()) > 0 && (await mine(ali).first().innerText());
    return says && /Sending … \d+%/.test(says);
  });
  await takes(ali, await flipChart(ali.page, { width: 1000, height: 1200, noise: true }));
  await ali.page.locator(SHEET).waitFor();
  await marks(ali, [0.22, 0.3], "Ingen ringte");
  await until("the first piece has come", () => offsets.length > 0);
  await closes(ali);
  await ali.losesTheNetwork();
  await comes(ali, "unsent");
  await until("it says so", async () => (await mine(ali).first().innerText()).includes(text("phone.not_sent")));
  isHeld = false;
  await ali.getsTheNetworkBack();
  await comes(ali, "saved");
  assert.equal(offsets.filter((offset) => offset === 0).length, 1, "nothing was sent twice");
  assert.deepEqual(offsets, [...new Set(offsets)].sort((a, b) => a - b));

  // And a reload in the middle: the picture, the rectangle and the words are still there.
  isHeld = true;
  await takes(ali, await flipChart(ali.page, { width: 1200, height: 1000, noise: true }));
  await ali.page.locator(SHEET).waitFor();
  await marks(ali, [0.5, 0.5], "Skrevet før siden ble lastet på nytt");
  await until("the first piece has come", () => offsets.filter((offset) => offset === 0).length === 2);
  await ali.page.reload();
  await ali.isReady();
  await comes(ali, "unsent");
  await opens(ali);
  assert.equal(await row(ali, 1).locator("textarea").inputValue(), "Skrevet før siden ble lastet på nytt");
  await ali.by("cut-picture").locator("img").waitFor();
  isHeld = false;
  await closes(ali);
  await comes(ali, "saved");
  assert.equal(offsets.filter((offset) => offset === 0).length, 2, "it went on from where it was");
  const photo = await mine(ali).first().getAttribute("data-picture");
  assert.equal((await stored(ali, server, board, photo)).width, 1200);
});

story("in silence what is cut out waits with all the rest, and so does the picture", async ({ people, document }) => {
  const truth = await document();
  const [kari, ali] = [await people.phone("Kari", { as: "facilitator" }), await people.phone("Ali")];
  await kari.opens("lead");
  await kari.by("lead-next").tap();
  await until("it is silent", async () => (await ali.by("post").innerText()) === text("session.put_in_pile"));
  await takes(ali, await flipChart(ali.page));
  await ali.page.locator(SHEET).waitFor();
  await marks(ali, [0.22, 0.3], "Ingen ringte");
  await ali.by("post-cuts").click();
  await until("it is in the pile", async () => (await ali.by("draft").getAttribute("data-state")) === "kept");
  await comes(ali, "saved");
  assert.deepEqual([truth.texts(), truth.doc.getMap("images").size], [[], 0], "nobody sees any of it");
  await kari.by("lead-next").tap();
  await untilEqual("all see what was cut out", () => truth.texts(), ["Ingen ringte"]);
  await until("and the picture", () => truth.doc.getMap("images").size === 1);
  const [note] = truth.doc.getMap("notes").values();
  assert.ok(note.get("photo").startsWith([...truth.doc.getMap("images").keys()][0]));
}, { board: { template: "samskaping-60" } });

story("at a desk a picture is pasted, cut, and thrown away again", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  const picture = await flipChart(kari.page, { width: 1200, height: 900 });
  await kari.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], "flip.jpg", { type: "image/jpeg" }));
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, picture.toString("base64"));
  await kari.page.locator(SHEET).waitFor();
  const frame = await kari.by("cut-picture").boundingBox();
  await kari.page.mouse.click(frame.x + 0.2 * frame.width, frame.y + 0.35 * frame.height);
  const before = await kari.page.locator(".cut-mark").boundingBox();
  await kari.draws([[before.x + 20, before.y + 30], [before.x + 60, before.y + 50]]);
  const after = await kari.page.locator(".cut-mark").boundingBox();
  assert.ok(Math.abs(after.x - before.x - 40) < 2 && Math.abs(after.y - before.y - 20) < 2, "it is where it was laid down");
  await row(kari, 1).locator("textarea").fill("Ingen ringte");
  await kari.by("post-cuts").click();
  await untilEqual("it is on the board", () => truth.texts(), ["Ingen ringte"]);
  await until("with the picture", () => truth.images().length === 1);
  await kari.by("pictures").click();
  await opens(kari);
  await kari.by("remove-picture").click();
  await until("the picture is gone", () => truth.images().length === 0);
  assert.deepEqual(truth.texts(), ["Ingen ringte"]);
});

story("what is no picture, or too large, is said in plain words, and nothing is lost", async ({ people }) => {
  const ali = await people.phone("Ali");
  await ali.by("compose").fill("Nesten ferdig");
  const says = (key) => until(`it says ${key}`, async () => (await ali.by("photo-words").innerText()).includes(text(key)));
  await takes(ali, Buffer.from("\0\0\0\x18ftypheic".repeat(2_000)), "IMG_2.HEIC", "image/heic");
  await says("photo.not_readable");
  const path = join(tmpdir(), `samtavle-large-${process.pid}.jpg`);
  const file = openSync(path, "w");
  ftruncateSync(file, 100 * 1024 * 1024);
  closeSync(file);
  await ali.by("photo-file").setInputFiles(path);
  await says("photo.too_large");
  rmSync(path);
  await ali.by("photo-file").dispatchEvent("cancel");
  await says("photo.nothing");
  assert.equal(await mine(ali).count(), 0);
  assert.equal(await ali.by("compose").inputValue(), "Nesten ferdig");
  await takes(ali, await flipChart(ali.page));
  await ali.page.locator(SHEET).waitFor();
  await until("the words are gone", async () => (await ali.by("photo-words").innerText()) === "");
});

story("where nothing can be kept, a picture is sent all the same, and it says that the page must stay", async ({ people, server, board }) => {
  const ali = await people.phone("Ali");
  await ali.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("forbidden", "SecurityError");
    };
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  let isHeld = true;
  await ali.context.route(PIECES, (route) => (isHeld ? route.abort() : route.continue()));
  await ali.page.reload();
  await ali.by("compose").waitFor();
  await takes(ali, await flipChart(ali.page, { noise: true }));
  await ali.page.locator(SHEET).waitFor();
  await marks(ali, [0.3, 0.3], "Bare i minnet");
  await closes(ali);
  await ali.page.getByText(text("photo.not_kept")).waitFor();
  isHeld = false;
  await comes(ali, "saved");
  await until("it need not stay any longer", async () => (await ali.page.getByText(text("photo.not_kept")).count()) === 0);
  const photo = await mine(ali).first().getAttribute("data-picture");
  assert.equal((await ask(server, board, photo)).status, 200);
  await opens(ali);
  await ali.by("post-cuts").click();
  await ali.sees("Bare i minnet");
});

for (const theme of ["light", "dark"]) {
  story(`a picture is cut by keyboard alone, and keeps nobody out (${theme})`, async ({ people, document }) => {
    const barriers = new Barriers();
    const truth = await document();
    const ali = await people.phone("Ali", { theme });
    await takes(ali, await flipChart(ali.page));
    await ali.page.locator(SHEET).waitFor();
    await barriers.lookAt(ali, "an uncut picture");
    await ali.by("add-mark").focus();
    await ali.page.keyboard.press("Enter");
    const first = ali.page.locator('[data-mark="1"]');
    const before = await first.boundingBox();
    await first.focus();
    for (const key of ["ArrowRight", "ArrowDown", "Shift+ArrowDown"]) await ali.page.keyboard.press(key);
    const after = await first.boundingBox();
    assert.ok(after.x > before.x && after.y > before.y && after.height > before.height, "arrows move and size it");
    await ali.page.keyboard.press("Enter");
    await ali.page.keyboard.type("Ingen ringte");
    await barriers.lookAt(ali, "a picture with a rectangle");
    await ali.by("post-cuts").focus();
    await ali.page.keyboard.press("Enter");
    await untilEqual("it is on the board", () => truth.texts(), ["Ingen ringte"]);
    await ali.page.locator(SHEET).waitFor({ state: "detached" });
    await comes(ali, "saved");
    await barriers.lookAt(ali, "my pictures");
    barriers.expectNone();
  });
}
