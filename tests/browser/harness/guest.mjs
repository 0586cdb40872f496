// Somebody without a screen: says hello on our socket as docs/protocol.md tells, asks the session for things
// and hears how it stands. Many of them fit in a story where as many browsers would not.

import { createHash } from "node:crypto";
import WebSocket from "ws";
import { until } from "./until.mjs";

const OURS = 100;

export class Guest {
  #socket;
  #ids = 0;
  #answers = new Map();
  view;
  own = {};
  people = []; // as a facilitator sees them

  // `as` is the role of the key that they come with; `name` makes them the same person each time.
  static async come(server, board, name, { as = "participant", voice } = {}) {
    const guest = new Guest();
    guest.name = name;
    guest.#socket = new WebSocket(`${server.address.replace("http", "ws")}/socket/${board.id}`);
    guest.#socket.binaryType = "arraybuffer";
    guest.#socket.on("message", (bytes) => guest.#hear(new Uint8Array(bytes)));
    await new Promise((resolve, reject) => guest.#socket.once("open", resolve).once("error", reject));
    guest.#say({
      type: "hello",
      protocol: 2,
      key: board.keys[as],
      client: Math.floor(Math.random() * 2 ** 31),
      device: createHash("sha256").update(name).digest("hex").slice(0, 32),
      screen: as === "facilitator" ? "desk" : "phone",
    });
    await until(`${name} hears how the session stands`, () => guest.view);
    if (voice) await guest.does("introduce", { name, voices: [voice] });
    return guest;
  }

  // Asks the session for something, and fails when it declines: `kari.does("start-turns")`.
  async does(what, fields = {}) {
    const id = ++this.#ids;
    const answer = new Promise((resolve) => this.#answers.set(id, resolve));
    this.#say({ type: "command", id, command: { do: what, ...fields } });
    const { type, refusal } = await answer;
    if (type === "declined") throw new Error(`${this.name} may not ${what}: ${refusal}`);
  }

  // The facilitator's one black button, and until all have heard of it.
  async next() {
    const before = JSON.stringify([this.view.stage, this.view.next]);
    await this.does("next", { from: this.view.stage.in?.[0] ?? null, step: this.view.next });
    await until("the session has gone on", () => JSON.stringify([this.view.stage, this.view.next]) !== before);
  }

  drafts(text, { kind = "problem", lived = false } = {}) {
    const note = { note: `g-${Math.random().toString(36).slice(2)}`, kind, text, lived, voice: this.own.voices?.[0] };
    return this.does("write-draft", { note });
  }

  leave() {
    this.#socket.close();
  }

  #say(message) {
    const text = new TextEncoder().encode(JSON.stringify(message));
    this.#socket.send(Uint8Array.from([OURS, ...varUint(text.length), ...text]));
  }

  #hear(bytes) {
    if (bytes[0] !== OURS) return; // the document's own frames
    let at = 1;
    while (bytes[at++] > 127);
    const message = JSON.parse(new TextDecoder().decode(bytes.subarray(at)));
    if (message.type === "session") this.view = message.view;
    if (message.type === "own") this.own = message.view;
    if (message.type === "lead") this.people = message.view.people;
    if (message.type === "done" || message.type === "declined") {
      this.#answers.get(message.id)?.(message);
      this.#answers.delete(message.id);
    }
  }
}

function varUint(number) {
  const bytes = [];
  for (; number > 127; number = Math.floor(number / 128)) bytes.push(128 | (number % 128));
  return [...bytes, number];
}
