import { CborCodec, Uuid } from "surrealdb";
import { callNative } from "./call-native.ts";
import type { NativeEngine } from "./native-module.ts";
import { quoteName } from "./quote-name.ts";

interface Answer {
  readonly status: string;
  readonly result: unknown;
}

type IndexState = readonly [
  table: string,
  name: string,
  building: { readonly status: string; readonly initial?: number },
];

const listIndexes = `RETURN array::flatten(object::keys((INFO FOR DB).tables).map(|$t|
  object::keys((INFO FOR TABLE $t).indexes).map(|$i| [$t, $i, (INFO FOR INDEX $i ON $t).building])))`;

/**
 * Makes a datastore that has built indexes fit to be freed.
 *
 * The engine keeps a note about every index that it built since it was opened, and the note holds the
 * datastore: freed, it would stay in memory and its folder locked until the process ends. `REMOVE INDEX`
 * drops the note as it runs; when the transaction is cancelled, the index is as before and the note stays
 * dropped. So every such index is removed in a transaction that ends in `CANCEL`. This takes about a
 * fifth of the time that building the index took.
 *
 * @returns Whether the datastore can be freed now. `false` when an index is still being built, or when the
 * indexes cannot be listed, such as when a table has a field whose name breaks it.
 */
export async function unpinIndexes(native: NativeEngine): Promise<boolean> {
  const codec = new CborCodec({});
  const session = Uuid.v4();
  const call = <Result>(method: string, params?: unknown[]) =>
    callNative<Result>(native, codec, { method, session, ...(params && { params }) });
  const ask = async <Result>(sql: string): Promise<Result> => {
    const [answer] = await call<readonly Answer[]>("query", [sql, {}]);
    if (answer?.status !== "OK") throw new Error(`${sql}: ${String(answer?.result)}`);
    return answer.result as Result;
  };

  try {
    await call("attach");
    const { namespaces } = await ask<{ namespaces: object }>("INFO FOR ROOT");
    for (const namespace of Object.keys(namespaces)) {
      await call("use", [namespace, null]);
      const { databases } = await ask<{ databases: object }>("INFO FOR NS");
      for (const database of Object.keys(databases)) {
        await call("use", [namespace, database]);
        const built = (await ask<readonly IndexState[]>(listIndexes)).filter(isPinning);
        if (built.some(([, , { status }]) => status !== "ready")) return false;
        if (built.length > 0) {
          const answers = await call<readonly Answer[]>("query", [removeAndCancel(built), {}]);
          if (!answers.every(isUndone)) return false;
        }
      }
    }
    return true;
  } catch {
    return false;
  } finally {
    await call("detach").catch(() => undefined);
  }
}

/** The engine counts for the indexes that it has a note about, and for no other. */
function isPinning([, , building]: IndexState): boolean {
  return building.initial !== undefined || building.status !== "ready";
}

function isUndone({ status, result }: Answer): boolean {
  return status === "OK" || String(result).includes("cancelled transaction");
}

function removeAndCancel(indexes: readonly IndexState[]): string {
  const removals = indexes.map(
    ([table, name]) => `REMOVE INDEX ${quoteName(name)} ON ${quoteName(table)};`,
  );
  return `BEGIN; ${removals.join(" ")} CANCEL;`;
}
