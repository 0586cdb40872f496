// What a page holds on to, once all that it has let go of is thrown away.

export class Memory {
  #wire;

  static async of(page) {
    const memory = new Memory();
    memory.#wire = await page.context().newCDPSession(page);
    await memory.#wire.send("Performance.enable");
    await memory.#wire.send("HeapProfiler.enable");
    return memory;
  }

  // `{heap, nodes, listeners}`: bytes of JavaScript's own heap, DOM nodes (also those in no document), listeners.
  async held() {
    // The first round may only run the finalizers of what the second can free.
    for (let round = 0; round < 2; round += 1) await this.#wire.send("HeapProfiler.collectGarbage");
    const { usedSize: heap } = await this.#wire.send("Runtime.getHeapUsage");
    const { metrics } = await this.#wire.send("Performance.getMetrics");
    const of = (name) => metrics.find((metric) => metric.name === name).value;
    return { heap, nodes: of("Nodes"), listeners: of("JSEventListeners") };
  }
}
