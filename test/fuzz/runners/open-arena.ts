import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "surql";
import type { Database } from "surql";
import type { Surreal } from "surrealdb";
import { listen } from "../../server/listen.ts";
import type { MeetingPlace } from "./interleaving.ts";

/** A store that many runners can open, each in a session or over a socket of its own. */
export interface Arena extends AsyncDisposable {
  open(database: string): Promise<Database>;
}

export async function openArena(place: MeetingPlace): Promise<Arena> {
  if (place === "mem") return openMemory();
  if (place === "ws") {
    const server = await listen();
    return {
      open: (database) => connect({ url: server.url, namespace: "fuzz", database }),
      [Symbol.asyncDispose]: () => server.close(),
    };
  }
  const folder = await mkdtemp(join(tmpdir(), "surql-runners-"));
  const url = `${place}://${join(folder, "store")}`;
  // Keeps the store open: what is closed last is slow to open again.
  const keeper = await connect({ url, namespace: "fuzz", database: "keeper" });
  return {
    open: (database) => connect({ url, namespace: "fuzz", database }),
    async [Symbol.asyncDispose]() {
      await keeper.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** An engine in memory is one connection's own, so its runners have a session each. */
async function openMemory(): Promise<Arena> {
  const keeper = await connect({ url: "mem://", namespace: "fuzz", database: "keeper" });
  return {
    async open(database) {
      const session = await keeper.client.newSession();
      const client = new Proxy<Surreal>(keeper.client, {
        get(whole, key) {
          const owner = Reflect.has(session, key) ? session : whole;
          const value: unknown = Reflect.get(owner, key);
          return typeof value === "function" ? value.bind(owner) : value;
        },
      });
      await client.use({ namespace: "fuzz", database });
      const db = await connect({ client, namespace: "fuzz", database });
      return { ...db, close: () => session.closeSession() };
    },
    [Symbol.asyncDispose]: () => keeper.close(),
  };
}
