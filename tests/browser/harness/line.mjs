// A person's network cable: a TCP proxy between a browser and the server that can be cut and joined.

import { connect, createServer } from "node:net";

export class Line {
  #pairs = new Set();
  #listener;
  #isCut = false;

  // A line to the server at `port`.
  static async to(port) {
    const line = new Line();
    line.#listener = createServer((near) => line.#carry(near, port));
    await new Promise((resolve) => line.#listener.listen(0, "127.0.0.1", resolve));
    return line;
  }

  get address() {
    return `http://127.0.0.1:${this.#listener.address().port}`;
  }

  // Everything that goes through it breaks off, and nothing new gets through.
  cut() {
    this.#isCut = true;
    for (const pair of this.#pairs) pair.forEach((socket) => socket.destroy());
  }

  join() {
    this.#isCut = false;
  }

  async close() {
    this.cut();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #carry(near, port) {
    if (this.#isCut) return near.destroy();
    const far = connect(port, "127.0.0.1");
    const pair = [near, far];
    this.#pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on("error", () => {}); // the close that follows says it
      socket.on("close", () => {
        pair.forEach((other) => other.destroy());
        this.#pairs.delete(pair);
      });
    }
  }
}
