// Somebody clears the site's data while the page is open, or the browser needs the room: the local copy is opened anew and
// filled, nothing unsent is lost, and whoever was there stays who they are.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

async function clears(person, storageTypes = "all") {
  const devtools = await person.context.newCDPSession(person.page);
  await devtools.send("Storage.clearDataForOrigin", { origin: new URL(person.line.address).origin, storageTypes });
}

// How many records the local copy has.
function records(person, board) {
  return person.page.evaluate(
    (name) =>
      new Promise((resolve) => {
        const request = indexedDB.open(name);
        request.onupgradeneeded = () => request.transaction.abort(); // it is for the page to make it
        request.onerror = () => resolve(-1);
        request.onsuccess = () => {
          const database = request.result;
          database.onversionchange = () => database.close();
          const count = database.transaction("updates").objectStore("updates").count();
          count.onsuccess = () => (database.close(), resolve(count.result));
        };
      }),
    `samtavle.${board.id}`,
  );
}

const device = (person, board) => person.page.evaluate((id) => localStorage.getItem(`samtavle.device.${id}`), board.id);
const isKept = (person) => person.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated");
const isTold = async (person) => (await person.heard()).includes(text("connection.no_local_copy"));

for (const screen of ["phone", "desk"]) {
  story(`site data that is cleared under the open page is kept anew, whole, on the ${screen}`, async ({ people, board, document }) => {
    const truth = await document();
    truth.addNote("Skrevet av andre");
    const kari = await people[screen]("Kari");
    await kari.sees("Skrevet av andre");
    await kari.posts("Før", { at: [1000, 500] });
    await kari.isSaved();
    await until("the worker is there", () => isKept(kari));
    const before = await device(kari, board);
    assert.match(before, /^[0-9a-f]{32}$/);

    // Without a network, so that what waits is nowhere else.
    await kari.losesTheNetwork();
    await kari.posts("Uten nett", { at: [1000, 250] });
    if (screen === "phone") {
      await kari.opens("write");
      await kari.by("compose").fill("Halvferdig");
    }
    await clears(kari);
    await until("the copy has all of it again", async () => (await records(kari, board)) > 0);
    await untilEqual("the device is who it was", () => device(kari, board), before);
    assert.equal(await isTold(kari), false);
    await kari.posts("Etterpå", { at: [600, 250] });
    await until("what comes after it is kept, too", async () => (await records(kari, board)) > 1);

    await kari.getsTheNetworkBack();
    await kari.isSaved();
    await until("the app is kept again", () => isKept(kari));
    await untilEqual("each came once", () => truth.texts(), ["Etterpå", "Før", "Skrevet av andre", "Uten nett"]);
    await kari.losesTheNetwork();
    await kari.page.reload();
    for (const words of ["Etterpå", "Før", "Skrevet av andre", "Uten nett"]) await kari.sees(words);
    assert.equal(await device(kari, board), before);
    await kari.getsTheNetworkBack();
    await kari.isSaved();
  });
}

story("a copy that is deleted from another tab, and one that closes without a word, are kept anew", async ({ people, board }) => {
  const ali = await people.phone("Ali");
  await ali.posts("Først");
  await ali.isSaved();
  await until("the worker is there", () => isKept(ali));
  const isDeleted = await ali.page.evaluate(
    (name) =>
      new Promise((resolve) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = () => resolve(true);
        request.onblocked = () => resolve(false);
      }),
    `samtavle.${board.id}`,
  );
  assert.equal(isDeleted, true, "nobody holds it up");
  await until("it is there again", async () => (await records(ali, board)) > 0);

  // Its transactions are refused from now on, and nobody says why; a new one works.
  await ali.page.evaluate(() => {
    const { transaction } = IDBDatabase.prototype;
    let dead;
    IDBDatabase.prototype.transaction = function (...what) {
      dead ??= this;
      if (this === dead) throw new DOMException("The database connection is closing.", "InvalidStateError");
      return transaction.apply(this, what);
    };
  });
  await ali.posts("Deretter");
  await ali.isSaved();
  await ali.losesTheNetwork();
  await ali.posts("Uten nett");
  assert.equal(await isTold(ali), false);
  await ali.page.reload();
  for (const words of ["Først", "Deretter", "Uten nett"]) await ali.sees(words);
  await ali.getsTheNetworkBack();
  await ali.isSaved();
});
