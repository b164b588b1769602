import { expect, test } from "vitest";
import { judgeCases } from "../judge-cases.ts";
import { openDatabase } from "../open-database.ts";

const live = (definition: string): string =>
  `DEFINE TABLE user; CREATE user:1; CREATE user:2 SET age = 'x'; DEFINE FIELD age ON user ${definition};`;

judgeCases("unfreeze-field", [
  {
    name: "a required field, by ALTER",
    live: live("TYPE int READONLY"),
    down: "ALTER FIELD age ON user DROP READONLY;",
    issues: ["data_loss writes_blocked user.age 2"],
  },
  {
    name: "an optional one, by OVERWRITE",
    live: live("TYPE option<int> READONLY"),
    down: "define field overwrite age on user type option<int>;",
    issues: ["data_loss writes_blocked user.age 1"],
  },
  {
    name: "one of a type that no query tests",
    live: live("TYPE option<array<int>> READONLY"),
    down: "ALTER FIELD age ON user DROP READONLY;",
    issues: ["data_loss writes_blocked user.age 1"],
  },
  {
    name: "one with an assertion",
    live: live("ASSERT $value = 1 READONLY"),
    down: "DEFINE FIELD OVERWRITE age ON user ASSERT $value = 1;",
    issues: ["data_loss writes_blocked user.age 2"],
  },
]);

judgeCases("unfreeze-field is silent", [
  {
    name: "about values that fit",
    live: "DEFINE TABLE user; DEFINE FIELD age ON user TYPE int | string READONLY; CREATE user:1 SET age = 1; CREATE user:2 SET age = 'x';",
    down: "ALTER FIELD age ON user DROP READONLY;",
    issues: [],
    byDataAlone: true,
  },
  {
    name: "about a field that takes everything",
    live: live("READONLY"),
    down: "ALTER FIELD age ON user DROP READONLY;",
    issues: [],
  },
  {
    name: "about a table without records",
    live: "DEFINE TABLE user; DEFINE FIELD age ON user TYPE int READONLY;",
    down: "ALTER FIELD age ON user DROP READONLY;",
    issues: [],
    byDataAlone: true,
  },
]);

test("the engine does not check the stored value of a READONLY field", async () => {
  await using db = await openDatabase();
  await db.query(live("TYPE int READONLY"));
  await db.query("UPDATE user SET other = 1");
  await db.query("ALTER FIELD age ON user DROP READONLY");
  await expect(db.query("UPDATE user:1 SET other = 2")).rejects.toThrow(/Expected `int`/);
  await expect(db.query("UPDATE user:2 SET other = 2")).rejects.toThrow(/Expected `int`/);
});
