import { captureSchema } from "@surql/snapshot";
import { describe, expect, test } from "vitest";
import { analyzeSteps, builtInRules, defineRule, judgeSteps } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

const social = `
  DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE FIELD bio ON user TYPE option<string>;
  DEFINE TABLE post; DEFINE TABLE likes TYPE RELATION IN user OUT post; DEFINE TABLE knows TYPE RELATION;
  FOR $i IN 1..=1204 { CREATE type::record('user', $i) SET name = <string> $i };
  UPDATE user SET bio = 'x' WHERE record::id(id) <= 812;
  CREATE post:1; RELATE user:1->likes->post:1; RELATE user:2->likes->post:1; RELATE post:1->knows->post:1;`;

describe("an issue says which data, how much, and what to do", () => {
  test("a removed table", async () => {
    await using db = await openDatabase();
    await db.query(social);
    const { issues } = await analyzeSteps(db, stepsOf("DEFINE TABLE x;", "\nremove table user;"));
    expect(issues).toEqual([
      {
        safety: "unsafe",
        code: "table_removed",
        migration: "2",
        description:
          "Removes the table user with its definition, its indexes and all 1,204 records of user. " +
          "Edges that led to its records stay behind and lead nowhere. It is mentioned by likes.",
        affectedData: "all 1,204 records of user, 2 edges of likes left dangling",
        recommendation: "INSERT INTO user_backup (SELECT * FROM user) RETURN NONE;",
        statement: "remove table user",
        object: { kind: "table", name: "user" },
        impact: { records: 1204, exact: true },
      },
    ]);
  });

  test("a removed field, and the writes that it blocks", async () => {
    await using db = await openDatabase();
    await db.query(social);
    const steps = stepsOf("REMOVE FIELD bio ON TABLE user;");
    const { issues, overallSafety, requiresApproval } = await analyzeSteps(db, steps);
    expect(issues).toMatchObject([
      {
        code: "field_removed",
        affectedData: "812 values of user.bio",
        object: { kind: "field", table: "user", name: "bio" },
        recommendation:
          "INSERT INTO user_bio_backup (SELECT id, bio FROM user WHERE bio IS NOT NONE) RETURN NONE;",
        impact: { records: 812, exact: true },
      },
      {
        code: "writes_blocked",
        affectedData: "812 records of user with bio",
        recommendation: "UPDATE user UNSET bio;",
        impact: { records: 812, exact: true },
      },
    ]);
    expect({ overallSafety, requiresApproval }).toEqual({
      overallSafety: "data_loss",
      requiresApproval: true,
    });
  });

  test("the engine does what the issue says, and the recommendations help", async () => {
    await using db = await openDatabase();
    await db.query(social);
    const { issues } = await analyzeSteps(db, stepsOf("REMOVE FIELD bio ON user;"));
    const [keep, clean] = issues.map(({ recommendation }) => recommendation!);

    await db.query(keep!);
    await db.query("REMOVE FIELD bio ON user;");
    await expect(db.query("UPDATE user:1 SET name = 'y'")).rejects.toThrow(/no such field/);
    await db.query(clean!);
    await db.query("UPDATE user:1 SET name = 'y'");
    expect(
      await db.query("SELECT VALUE count FROM (SELECT count() FROM user_bio_backup GROUP ALL)"),
    ).toEqual([[812]]);
  });

  test("duplicates, with some of their records", async () => {
    await using db = await openDatabase();
    await db.query("CREATE user:1, user:2, user:3 SET email = 'a'; CREATE user:4 SET email = 'b'");
    const [issue] = (
      await analyzeSteps(db, stepsOf("DEFINE INDEX mail ON user FIELDS email UNIQUE;"))
    ).issues;
    expect(issue).toMatchObject({
      description:
        "The unique index user.mail cannot be built: records share email (user:1 = user:2 = user:3).",
      affectedData: "1 group of duplicates: 3 records of user",
      impact: { records: 3, exact: true },
    });
    expect(await db.query(issue!.recommendation!)).toMatchObject([[{ key0: "a", entries: 3 }]]);
    await expect(db.query(issue!.statement!)).rejects.toThrow(/already contains/);
  });

  test("records that a required field misses", async () => {
    await using db = await openDatabase();
    await db.query("CREATE user:1 SET age = 3; CREATE user:2, user:3");
    const down = "DEFINE FIELD age ON user TYPE int DEFAULT 18;";
    const [issue] = (await analyzeSteps(db, stepsOf(down))).issues;
    expect(issue).toMatchObject({ affectedData: "2 records of user without age" });
    await db.query(down);
    await expect(db.query("UPDATE user:2 SET a = 1")).rejects.toThrow(/Expected `int`/);
    await db.query(issue!.recommendation!);
    await db.query("UPDATE user SET a = 1");
  });

  test("users of a function", async () => {
    await using db = await openDatabase();
    await db.query(
      "DEFINE FUNCTION fn::f() { RETURN 1 }; DEFINE FIELD a ON t VALUE fn::f(); DEFINE EVENT e ON t THEN { fn::f() }",
    );
    const [issue] = (await analyzeSteps(db, stepsOf("REMOVE FUNCTION fn::f;"))).issues;
    expect(issue).toMatchObject({ affectedData: "2 users of fn::f: t.a, t.e" });
  });

  test("what stored code does", async () => {
    await using db = await openDatabase();
    await db.query(
      "DEFINE FUNCTION fn::f() { DELETE user; CREATE entry; http::get('http://localhost') }",
    );
    const [issue] = (await analyzeSteps(db, stepsOf("fn::f();"))).issues;
    expect(issue?.description).toBe(
      "Calls fn::f. It writes to user, entry. It deletes records of user, calls http::get.",
    );
  });
});

describe("what is given to the analysis", () => {
  test("without a database, the text alone is judged, and nothing is counted", () => {
    const { issues } = judgeSteps(
      stepsOf(
        "REMOVE TABLE user; REMOVE FIELD bio ON post; DEFINE INDEX i ON post FIELDS a UNIQUE;",
      ),
    );
    expect(issues.map(({ code, affectedData, impact }) => [code, affectedData, impact])).toEqual([
      ["table_removed", "all records of user", undefined],
      ["field_removed", "the values of post.bio", undefined],
      ["index_would_fail", undefined, undefined],
    ]);
  });

  test("a schema that was captured before is taken", async () => {
    await using db = await openDatabase();
    await db.query("DEFINE TABLE user; CREATE user:1");
    const steps = stepsOf("REMOVE TABLE IF EXISTS user;");
    const schema = await captureSchema(db);
    expect(judgeSteps(steps, { schema }).overallSafety).toBe("unsafe");
    await db.query("REMOVE TABLE user");
    expect((await analyzeSteps(db, steps, { schema })).issues).toMatchObject([
      { impact: { records: 0 } },
    ]);
    expect((await analyzeSteps(db, steps)).issues).toEqual([]);
  });

  test("codes that the caller handles are no issues", async () => {
    const steps = stepsOf("CREATE t:1; DEFINE INDEX OVERWRITE i ON t FIELDS a;");
    expect(judgeSteps(steps, { handles: ["index_hazard", "side_effects"] }).issues).toEqual([]);
  });

  test("rules of others are used like the built-in ones", async () => {
    await using db = await openDatabase();
    await db.query("CREATE user:1, user:2");
    const noEvents = defineRule({
      name: "no-events",
      codes: ["event_added"],
      judgeTouch({ touch }) {
        if (touch.effect !== "define" || touch.object.kind !== "event") return [];
        const { table = "", name } = touch.object;
        const question = { count: "records", table } as const;
        return [
          {
            safety: "data_loss",
            code: "event_added",
            object: { kind: "event", table, name },
            asks: [question],
            tell: (answers) => ({
              description: `${answers.count(question)?.records} records would set off ${name}.`,
            }),
          },
        ];
      },
    });
    const steps = stepsOf("DEFINE EVENT e ON user THEN { }; REMOVE TABLE IF EXISTS x;");
    const verdict = await analyzeSteps(db, steps, { rules: [...builtInRules, noEvents] });
    expect(verdict.issues).toMatchObject([
      { code: "event_added", description: "2 records would set off e." },
    ]);
  });

  test("nothing is written", async () => {
    await using db = await openDatabase();
    await db.query(social);
    const before = [
      await captureSchema(db),
      await db.query("SELECT * FROM user, post, likes, knows"),
    ];
    await analyzeSteps(
      db,
      stepsOf(
        "REMOVE TABLE user; DELETE post; DEFINE INDEX i ON post FIELDS a UNIQUE; fn::x(); http::get('x')",
      ),
    );
    expect([
      await captureSchema(db),
      await db.query("SELECT * FROM user, post, likes, knows"),
    ]).toEqual(before);
  });

  test("a table that the engine cannot read does not hide the others", async () => {
    await using db = await openDatabase();
    await db.query(
      "DEFINE TABLE ok; CREATE ok:1; DEFINE TABLE bad; CREATE bad:1; DEFINE FIELD `select` ON bad",
    );
    const { issues } = await analyzeSteps(db, stepsOf("REMOVE FIELD x ON bad; REMOVE TABLE ok;"));
    expect(issues.map(({ code, affectedData }) => [code, affectedData])).toEqual([
      ["field_removed", "the values of bad.x"],
      ["table_removed", "1 record of ok"],
    ]);
  });
});

test("no secret stands in an issue", async () => {
  await using db = await openDatabase();
  await db.query(
    "DEFINE USER ada ON DATABASE PASSWORD 'old'; DEFINE TABLE user; DEFINE FIELD password ON user TYPE string; CREATE user:1 SET password = 'hush'",
  );
  const verdict = await analyzeSteps(
    db,
    stepsOf(
      "DEFINE USER OVERWRITE ada ON DATABASE PASSWORD 'tiger'; UPDATE user SET password = 'tiger'; DEFINE FIELD OVERWRITE password ON user TYPE string VALUE crypto::argon2::generate('tiger') ASSERT $value != crypto::argon2::generate('tiger');",
    ),
  );
  expect(verdict.issues.length).toBeGreaterThan(3);
  expect(JSON.stringify(verdict)).not.toMatch(/tiger|hush|old'/);
});

test("a plan of 8,000 statements is judged as a whole", () => {
  const script = Array.from(
    { length: 2000 },
    (_, i) =>
      `REMOVE FIELD f${i} ON t${i % 50}; CREATE t${i % 50}:${i}; DEFINE EVENT e${i} ON u${i} THEN { CREATE x }; UPDATE u${i} UNSET a;`,
  );
  const { issues } = judgeSteps(stepsOf(script.join("\n")));
  expect(issues.length).toBeGreaterThan(2000);
});
