// Preloaded into the program: tells on stderr when the engine has been at work on a SLEEP for half a second. Nothing
// else tells that a statement is under way, as nobody watches.
import { createRequire } from "node:module";

/** @typedef {{ execute(request: Uint8Array): Promise<Uint8Array>, free(): void }} Engine */

await import("@surrealdb/node");
const { cache } = createRequire(import.meta.url);
const loaded = Object.values(cache).find((one) => one?.filename.endsWith(".node"));
if (loaded === undefined) throw new Error("The engine's module is not where it was.");
/** @type {{ SurrealNodeEngine: { connect(url: string): Promise<Engine> } }} */
const { SurrealNodeEngine: original } = loaded.exports;

/** @param {string} url */
async function connect(url) {
  const engine = await original.connect(url);
  return {
    free: () => engine.free(),
    /** @param {Uint8Array} request */
    async execute(request) {
      if (!Buffer.from(request).includes("SLEEP")) return engine.execute(request);
      const timer = setTimeout(() => process.stderr.write("asleep\n"), 500);
      try {
        return await engine.execute(request);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

loaded.exports = { ...loaded.exports, SurrealNodeEngine: { connect } };
