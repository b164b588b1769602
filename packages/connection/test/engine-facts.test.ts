import { setTimeout as sleep } from "node:timers/promises";
import { CborCodec } from "surrealdb";
import { describe, expect, it } from "vitest";
import { loadNativeModule } from "../src/native-module.ts";
import type { NativeEngine } from "../src/native-module.ts";
import { unpinIndexes } from "../src/unpin-indexes.ts";
import { useTemporaryFolder } from "./temporary-folder.ts";

// What the code relies on without saying so in its types. The day an engine changes it, this file tells.

const inFolder = useTemporaryFolder();
const codec = new CborCodec({});

async function openNative(url: string): Promise<NativeEngine> {
  const { SurrealNodeEngine } = await loadNativeModule();
  return SurrealNodeEngine.connect(url);
}

async function call(native: NativeEngine, method: string, params: unknown[]): Promise<unknown> {
  return codec.decode(await native.execute(codec.encode({ id: "1", method, params })));
}

async function ask(native: NativeEngine, sql: string): Promise<readonly unknown[]> {
  const answers = await call(native, "query", [sql, {}]);
  return (answers as readonly { result: unknown }[]).map(({ result }) => result);
}

/** Whether a store that was freed is let go; on a busy machine that takes a while. */
async function canBeOpened(url: string, patienceMs = 20_000): Promise<boolean> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    try {
      (await openNative(url)).free();
      return true;
    } catch {
      await sleep(25);
    }
  }
  return false;
}

async function openFilled(url: string): Promise<NativeEngine> {
  const native = await openNative(url);
  await call(native, "use", ["a", "b"]);
  await ask(native, "CREATE t:1 SET n = 1; DEFINE TABLE u SCHEMALESS");
  return native;
}

const buildIndexes = `
  DEFINE INDEX \`odd name\` ON t FIELDS n UNIQUE; DEFINE INDEX other ON u FIELDS n;
  DEFINE NAMESPACE c; USE NS c; DEFINE DATABASE d; USE DB d; DEFINE INDEX third ON v FIELDS n`;

describe("a freed store", () => {
  it("of surrealkv can be opened again, unless an index was built", async () => {
    const [plain, indexed] = [`surrealkv://${inFolder("a")}`, `surrealkv://${inFolder("b")}`];
    (await openFilled(plain)).free();
    expect(await canBeOpened(plain)).toBe(true);

    const native = await openFilled(indexed);
    await ask(native, buildIndexes);
    native.free();
    expect(await canBeOpened(indexed, 1000)).toBe(false);
  });

  it("of surrealkv can be opened again when its indexes were removed and the removal cancelled", async () => {
    const url = `surrealkv://${inFolder("c")}`;
    const native = await openFilled(url);
    await ask(native, buildIndexes);
    const before = await ask(native, "INFO FOR TABLE t; INFO FOR TABLE u");
    expect(await unpinIndexes(native)).toBe(true);
    expect(await ask(native, "INFO FOR TABLE t; INFO FOR TABLE u")).toEqual(before);
    expect(await ask(native, "SELECT VALUE n FROM t WHERE n = 1")).toEqual([[1]]);
    expect(await ask(native, "CREATE t:2 SET n = 1")).toEqual([
      expect.stringContaining("already contains 1"),
    ]);
    native.free();
    expect(await canBeOpened(url)).toBe(true);
  });

  it("of rocksdb cannot be opened again in the same process", async () => {
    const url = `rocksdb://${inFolder("d")}`;
    (await openFilled(url)).free();
    expect(await canBeOpened(url, 1000)).toBe(false);
  });
});

it("an index that is being built, or a table that cannot be read, keeps a store from being freed", async () => {
  const building = await openFilled("mem://");
  // With 100 entries of each record it takes a second or two.
  await ask(building, "FOR $n IN 0..2000 { CREATE t SET n = array::range(0..100) }");
  await ask(building, "DEFINE INDEX slow ON t FIELDS n.* CONCURRENTLY");
  expect(await unpinIndexes(building)).toBe(false);

  const bricked = await openFilled("mem://");
  await ask(bricked, "DEFINE FIELD \\`select\\` ON t TYPE int".replaceAll("\\", ""));
  expect(await unpinIndexes(bricked)).toBe(false);
});

it("only indexes that were built since the store was opened have counters", async () => {
  const url = `surrealkv://${inFolder("e")}`;
  const native = await openFilled(url);
  const state = "INFO FOR INDEX i ON t";
  await ask(native, "DEFINE INDEX i ON t FIELDS n");
  expect(await ask(native, state)).toMatchObject([{ building: { status: "ready", initial: 1 } }]);
  await unpinIndexes(native);
  expect(await ask(native, state)).toEqual([{ building: { status: "ready" } }]);
  native.free();
});

it("selecting a database over RPC creates it, whoever asks", async () => {
  const native = await openNative("mem://");
  await call(native, "use", ["new", "one"]);
  await call(native, "use", ["new", null]);
  expect(await ask(native, "INFO FOR NS")).toMatchObject([{ databases: { one: {} } }]);
});

it("a statement's failure does not end an interactive transaction", async () => {
  const native = await openFilled("mem://");
  const id = await call(native, "begin", []);
  const inside = (sql: string) =>
    native.execute(codec.encode({ id: "1", method: "query", params: [sql, {}], txn: id }));
  await inside("CREATE t:1");
  await inside("CREATE t:2");
  await call(native, "commit", [id]);
  expect(await ask(native, "SELECT VALUE id.id() FROM t")).toEqual([[1, 2]]);
});
