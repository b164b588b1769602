// Counts every call into the engine that holds a certain store, and kills the process at one of them. The product
// knows nothing of it: what it finds in the engine's place is this.
import { createRequire } from "node:module";
import { kill, pid } from "node:process";
import { renewal } from "../renewal.ts";
import type { Blow, CountedCall } from "./blow.ts";

interface Native {
  execute(request: Uint8Array): Promise<Uint8Array>;
  free(): void;
}

interface NativeClass {
  connect(url: string): Promise<Native>;
}

/**
 * To be called before the first store is opened.
 *
 * @param folder Of the store. Others are left alone: what a scratch engine is asked changes nothing that stays.
 * @returns The calls that were made, which grow.
 */
export async function countCalls(folder: string, blow?: Blow): Promise<readonly CountedCall[]> {
  const calls: CountedCall[] = [];

  const begin = (label: string): number => {
    calls.push({ label, ms: 0 });
    if (blow?.call === calls.length && blow.when === "before") kill(pid, "SIGKILL");
    return calls.length;
  };
  const end = (position: number, label: string, ms: number): void => {
    if (blow?.call === position && blow.when === "after") kill(pid, "SIGKILL");
    calls[position - 1] = { label, ms };
  };
  const counted = async <T>(label: string, work: () => Promise<T>): Promise<T> => {
    const position = begin(label);
    const started = performance.now();
    const answer = work();
    if (blow?.call === position && blow.when === "during") {
      // The engine works in threads of its own; a timer would be late.
      while (performance.now() - started < blow.afterMs);
      kill(pid, "SIGKILL");
    }
    try {
      return await answer;
    } finally {
      end(position, label, performance.now() - started);
    }
  };

  await replaceEngine((original) => ({
    async connect(url) {
      if (!url.includes(folder)) return original.connect(url);
      const engine = await counted("open", () => original.connect(url));
      return {
        execute(request) {
          if (Buffer.from(request).includes(renewal)) return engine.execute(request);
          return counted(labelOf(request), () => engine.execute(request));
        },
        free() {
          const position = begin("free");
          engine.free();
          end(position, "free", 0);
        },
      };
    },
  }));
  return calls;
}

async function replaceEngine(replace: (original: NativeClass) => NativeClass): Promise<void> {
  await import("@surrealdb/node");
  const { cache } = createRequire(import.meta.url);
  const loaded = Object.values(cache).find((one) => one?.filename.endsWith(".node"));
  if (loaded === undefined) throw new Error("The engine's module is not where it was.");
  const native = loaded.exports as { readonly SurrealNodeEngine: NativeClass };
  // The class itself cannot be changed; what is found under its name can.
  loaded.exports = { ...native, SurrealNodeEngine: replace(native.SurrealNodeEngine) };
}

/** The readable part of a request, shortened. */
function labelOf(request: Uint8Array): string {
  const text = Buffer.from(request)
    .toString("latin1")
    .replaceAll(/[^!-~]+/g, " ");
  return text.slice(0, 160);
}
