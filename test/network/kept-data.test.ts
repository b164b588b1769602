import { afterAll, beforeAll, expect, it } from "vitest";
import { connect } from "@surql/connection";
import { ensureLedger } from "surql";
import { exportQuarantine, importRecords, restoreQuarantined } from "surql";
import { listen, type TestServer } from "../server/listen.ts";

let server: TestServer;
beforeAll(async () => {
  server = await listen();
});
afterAll(() => server.close());

it.each(["ws", "http"] as const)(
  "kept data comes back over %s, and goes through a file",
  async (scheme) => {
    const url = scheme === "ws" ? server.url : server.httpUrl;
    await using db = await connect({ url, namespace: "kept", database: scheme });
    await ensureLedger(db);
    await db.query(`
    DEFINE TABLE user; CREATE user:1 SET n = 2;
    CREATE _rollback_quarantine:q1 CONTENT { kind: "table", state: "kept", event: "e", migration: "1", sequence: 0, table: "user",
      count: 2, rows: 1, kept_at: time::now() };
    CREATE _rollback_quarantine:["q1", 0] CONTENT { relation: false,
      items: [{ id: user:1, n: 1f }, { id: user:["a", { b: NONE }], re: /a+/ }] } RETURN NONE;
  `);
    const dry = await restoreQuarantined(db, undefined, { rule: "theirs", dryRun: true });
    expect(dry.restored).toMatchObject([{ records: 2, stayed: 1 }]);
    const lines: string[] = [];
    await exportQuarantine(db, "q1", async (line) => void lines.push(line));
    await restoreQuarantined(db, "q1", { rule: "ours" });
    const stored = "[{ id: user:1, n: 1f }, { id: user:['a', { b: NONE }], re: /a+/ }]";
    expect(await db.query("RETURN <string>(SELECT * FROM user)")).toEqual([stored]);
    await db.query("DELETE user");
    const event = await importRecords(db, [{ name: "user.jsonl", lines }]);
    await restoreQuarantined(db, event, { rule: "only-if-none" });
    expect(await db.query("RETURN <string>(SELECT * FROM user)")).toEqual([stored]);
  },
);
