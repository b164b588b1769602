import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "surql";

/** Decides in which order the calls of several runners reach the database. */
export interface Turns {
  /** The database as a runner sees it: each of its calls waits for its turn. */
  gate(runner: number, db: Database, onCall: () => Promise<void>): Database;
  /** A runner will make no calls any more. */
  leave(runner: number): void;
}

interface Waiting {
  readonly runner: number;
  readonly go: () => void;
}

/** Milliseconds to wait for runners that make no call: they sleep, or compute. */
const patienceMs = 8;

/**
 * Lets calls through in an order that only `seed` decides, as far as no runner sleeps on its own: whenever all runners
 * have come to a call, one of these is let through to its end, or sometimes several at once, which the engine then runs
 * side by side. Without a seed all calls go through as they come.
 */
export function takeTurns(runners: number, seed: number | undefined): Turns {
  const random = seed === undefined ? undefined : createRandom(seed);
  const live = new Set(Array.from({ length: runners }, (_, runner) => runner));
  const arrivals = createSignal();
  const allEnded = createSignal();
  let waiting: Waiting[] = [];
  let underWay = 0;
  let pumping = false;

  async function pump(): Promise<void> {
    if (pumping || random === undefined) return;
    pumping = true;
    while (waiting.length > 0) {
      await everybodyThere();
      waiting.sort((one, other) => one.runner - other.runner);
      const atOnce = random() < 0.7 ? 1 : 1 + Math.floor(random() * waiting.length);
      for (let n = 0; n < atOnce && waiting.length > 0; n += 1) {
        const [chosen] = waiting.splice(Math.floor(random() * waiting.length), 1);
        chosen?.go();
      }
      if (underWay > 0) await allEnded.next();
    }
    pumping = false;
  }

  async function everybodyThere(): Promise<void> {
    const end = performance.now() + patienceMs;
    for (let left = patienceMs; left > 0; left = end - performance.now()) {
      const there = new Set(waiting.map(({ runner }) => runner));
      if ([...live].every((runner) => there.has(runner))) return;
      await Promise.race([delay(left), arrivals.next()]);
    }
  }

  async function pass<T>(runner: number, call: () => Promise<T>): Promise<T> {
    if (random === undefined) return call();
    await new Promise<void>((resolve) => {
      const go = (): void => {
        underWay += 1;
        resolve();
      };
      waiting.push({ runner, go });
      arrivals.send();
      void pump();
    });
    try {
      return await call();
    } finally {
      underWay -= 1;
      if (underWay === 0) allEnded.send();
    }
  }

  return {
    gate: (runner, db, onCall) => {
      const through = async <T>(call: () => Promise<T>): Promise<T> => {
        await onCall();
        return pass(runner, call);
      };
      return {
        ...db,
        query: (sql, bindings) => through(() => db.query(sql, bindings)),
        transact: (script, bindings) => through(() => db.transact(script, bindings)),
        transaction: (work) => through(() => db.transaction(work)),
      };
    },
    leave: (runner) => {
      live.delete(runner);
      waiting = waiting.filter((one) => one.runner !== runner);
      arrivals.send();
    },
  };
}

interface Signal {
  readonly send: () => void;
  /** Resolves when it is sent the next time. */
  readonly next: () => Promise<void>;
}

function createSignal(): Signal {
  let listeners: (() => void)[] = [];
  return {
    send: () => {
      for (const listener of listeners) listener();
      listeners = [];
    },
    next: () =>
      new Promise((resolve) => {
        listeners.push(resolve);
      }),
  };
}

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
