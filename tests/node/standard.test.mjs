// Two standard clients with nothing of ours between them but the server: node --test tests/node/
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const binary = process.env.SAMTAVLE_BIN ?? new URL("../../target/debug/samtavle", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "samtavle-"));
const people = [];
let server, address, board;

before(async () => {
  server = spawn(binary, ["--listen", "127.0.0.1:0", "--data", folder], { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: server.stdout })) {
    address = line.match(/^Samtavle: http:\/\/(\S+)/)?.[1];
    if (address) break;
  }
  const made = await fetch(`http://${address}/api/boards`, { method: "POST" });
  board = await made.json();
});

after(() => {
  people.forEach((provider) => provider.destroy());
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A standard client at the board. */
function sitsDown(key = board.keys.participant) {
  const options = { params: { key }, WebSocketPolyfill: WebSocket, disableBc: true };
  const provider = new WebsocketProvider(`ws://${address}/yjs`, board.id, new Y.Doc(), options);
  people.push(provider);
  return provider;
}

/** Waits until something is so. */
async function until(what, isSo) {
  const deadline = Date.now() + 20_000;
  while (!isSo()) {
    assert.ok(Date.now() < deadline, `waited for ${what} in vain`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("what one standard client writes another sees", async () => {
  const [kari, ola] = [sitsDown(), sitsDown()];
  await until("both to sync", () => kari.synced && ola.synced);
  kari.doc.transact(() => {
    const note = new Y.Map();
    note.set("kind", "idea");
    note.set("pos", [100, -50.5]);
    note.set("text", new Y.Text("Ride together 🚌"));
    kari.doc.getMap("notes").set("n1", note);
  });
  await until("the note", () => ola.doc.getMap("notes").get("n1"));
  const note = ola.doc.getMap("notes").get("n1");
  assert.equal(note.get("text").toString(), "Ride together 🚌");
  assert.deepEqual(note.get("pos"), [100, -50.5]);

  note.get("text").insert(0, "Let us: ");
  await until("the edit", () => kari.doc.getMap("notes").get("n1").get("text").toString().startsWith("Let us: "));
  kari.doc.getMap("notes").delete("n1");
  await until("the note to go", () => ola.doc.getMap("notes").size === 0);
});

test("standard clients see each other until one goes", async () => {
  const [kari, ola] = [sitsDown(), sitsDown()];
  await until("both to sync", () => kari.synced && ola.synced);
  const sees = () => ola.awareness.getStates().get(kari.doc.clientID);
  kari.awareness.setLocalStateField("user", { name: "Kari", color: "#0a5a45" });
  await until("Kari to be seen", () => sees()?.user?.name === "Kari");
  kari.destroy();
  await until("Kari to be gone", () => !sees());
});

test("a standard client that is alone is not taken for disconnected", { timeout: 60_000 }, async () => {
  const kari = sitsDown();
  await until("sync", () => kari.synced);
  let closed = 0;
  kari.on("connection-close", () => (closed += 1));
  // y-websocket gives up on a server that is silent for 30 s.
  await new Promise((resolve) => setTimeout(resolve, 34_000));
  assert.equal(closed, 0);
  assert.ok(kari.wsconnected);
});

test("undo of a standard client brings a deleted note back for all", async () => {
  const [kari, ola] = [sitsDown(), sitsDown()];
  await until("both to sync", () => kari.synced && ola.synced);
  const notes = kari.doc.getMap("notes");
  const undo = new Y.UndoManager(notes);
  const note = new Y.Map([["kind", "habit"], ["pos", [0, 0]], ["text", new Y.Text("Meetings")]]);
  notes.set("n2", note);
  undo.stopCapturing();
  notes.delete("n2");
  await until("it to go", () => kari.doc.getMap("notes").size === 0);
  undo.undo();
  await until("it to come back", () => ola.doc.getMap("notes").get("n2")?.get("text")?.toString() === "Meetings");
  assert.ok(kari.wsconnected && ola.wsconnected, "nobody was refused");
});
