// A person's network cable: a TCP proxy between a browser and the server that can be cut and joined, and get bad.

import { connect, createServer } from "node:net";

// How long TCP waits until it sends a lost packet again; all that comes after it waits, too.
const LOST_AGAIN_MS = 1_000;

export class Line {
  #pairs = new Set();
  #listener;
  #isCut = false;
  #quality = { delay: 0, loss: 0 };
  #chance = 1;

  // A line to the server at `port`; `host` is what the browser calls it.
  static async to(port, host = "127.0.0.1") {
    const line = new Line();
    line.host = host;
    line.#listener = createServer((near) => line.#carry(near, port));
    await new Promise((resolve) => line.#listener.listen(0, "127.0.0.1", resolve));
    return line;
  }

  get address() {
    return `http://${this.host}:${this.#listener.address().port}`;
  }

  // Everything that goes through it breaks off, and nothing new gets through.
  cut() {
    this.#isCut = true;
    this.breaks();
  }

  join() {
    this.#isCut = false;
  }

  // Everything that goes through it breaks off; what comes next gets through.
  breaks() {
    for (const pair of this.#pairs) pair.sockets.forEach((socket) => socket.destroy());
  }

  // Another network, or a sleep: what goes through it is dead without a word to either end.
  goesDead() {
    for (const pair of this.#pairs) pair.isDead = true;
  }

  // `delay` ms there and back in all, and of a hundred packets `loss` are lost. The same each time.
  getsBad({ delay = 0, loss = 0 }) {
    this.#quality = { delay, loss };
  }

  async close() {
    this.cut();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #carry(near, port) {
    if (this.#isCut) return near.destroy();
    const far = connect(port, "127.0.0.1");
    const pair = { sockets: [near, far], isDead: false };
    this.#pairs.add(pair);
    this.#pass(near, far, pair);
    this.#pass(far, near, pair);
    for (const socket of pair.sockets) {
      socket.setNoDelay(true);
      socket.on("error", () => {}); // the close that follows says it
      socket.on("close", () => {
        pair.sockets.forEach((other) => other.destroy());
        this.#pairs.delete(pair);
      });
    }
  }

  // In order, each piece as late as the line is bad.
  #pass(from, to, pair) {
    let last = Promise.resolve();
    const later = (act) => {
      const late = this.#lateness();
      const arrives = late > 0 ? new Promise((resolve) => setTimeout(resolve, late)) : undefined;
      last = arrives ? Promise.all([last, arrives]).then(act) : last.then(act);
    };
    from.on("data", (piece) => later(() => pair.isDead || to.destroyed || to.write(piece)));
    from.on("end", () => later(() => pair.isDead || to.destroyed || to.end()));
  }

  #lateness() {
    const { delay, loss } = this.#quality;
    this.#chance = (this.#chance * 48_271) % 2_147_483_647;
    return delay / 2 + (this.#chance % 100 < loss ? LOST_AGAIN_MS : 0);
  }
}
