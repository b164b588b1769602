import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { quoteIdentifier, readStatement, tokenize, type Touch } from "../src/index.ts";
import { corpus } from "./corpus.ts";
import { type Engine, openEngine } from "./engine.ts";
import { fragments } from "./fragments.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(async () => {
  await engine.close();
});

const effects = [
  "DELETE victim",
  "REMOVE TABLE victim",
  "REMOVE FIELD x ON victim",
  "ALTER TABLE victim SCHEMAFULL",
  "UPDATE victim SET x = 2",
  "CREATE fresh",
  "UPSERT fresh:1",
  "INSERT INTO fresh { a: 1 }",
  "RELATE victim:1->edge->victim:1",
  "DEFINE TABLE fresh",
  "fn::write()",
];

const wrappings: readonly ((statement: string) => string)[] = [
  (statement) => statement,
  (statement) => `(${statement})`,
  (statement) => `{ ${statement}; }`,
  (statement) => `[${statement}]`,
  (statement) => `{ a: ${statement} }`,
  (statement) => `IF true { ${statement} }`,
  (statement) => `IF true THEN ${statement} END`,
  (statement) => `FOR $i IN [1] { ${statement} }`,
  (statement) => `[1].map(|$v| ${statement})`,
  (statement) => `count(${statement})`,
  (statement) => `RETURN ${statement}`,
  (statement) => `LET $x = ${statement}`,
  (statement) => `<string> (${statement})`,
  (statement) => `SELECT (${statement}) FROM victim`,
  (statement) => `CREATE other SET a = (${statement})`,
];

const isHarmless = (touch: Touch): boolean =>
  touch.effect === "read" || (touch.effect === "control" && touch.word === "RETURN");

/** A touch without its clauses, and without the condition under which it happens. */
function essence(touch: Touch): object {
  return { ...touch, clauses: undefined, conditional: undefined };
}

/** All that a test statement can change in its database. */
async function state(): Promise<string> {
  const outcomes = await engine.run(
    "INFO FOR DB; INFO FOR TABLE victim; SELECT * FROM victim; SELECT * FROM fresh; SELECT * FROM edge; " +
      "SELECT * FROM user",
  );
  return JSON.stringify(outcomes);
}

async function prepare(): Promise<void> {
  await engine.fresh();
  await engine.run(
    "DEFINE TABLE victim; DEFINE FIELD x ON victim; CREATE victim:1 SET x = 1; CREATE user:1; " +
      "DEFINE FUNCTION fn::write() { CREATE fresh }; DEFINE PARAM $a VALUE 5; DEFINE PARAM $target VALUE user:1",
  );
}

test("finds every effect, however deep it is wrapped", async () => {
  const wrapped = fc
    .tuple(fc.constantFrom(...effects), fc.array(fc.constantFrom(...wrappings), { maxLength: 4 }))
    .map(([effect, wraps]) => [effect, wraps.reduce((text, wrap) => wrap(text), effect)] as const);
  await fc.assert(
    fc.asyncProperty(wrapped, async ([effect, text]) => {
      if ((await engine.countStatements(text)) !== 1) return;
      const found = readStatement(text).touches.map(essence);
      expect(found).toEqual(expect.arrayContaining(readStatement(effect).touches.map(essence)));
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("what it calls a read changes nothing, with an effect planted anywhere in a statement", async () => {
  const hosts = corpus.filter(
    (text) =>
      !/^(DEFINE|REMOVE) (NAMESPACE|DATABASE)|^(USE|LIVE|KILL|SLEEP|ALTER SYSTEM)/i.test(text),
  );
  const planted = fc
    .tuple(
      fc.constantFrom(...hosts),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom(...effects),
      fc.constantFrom(...wrappings),
    )
    .map(([host, at, removed, effect, wrap]) => {
      const tokens = tokenize(host).map(({ text }) => text);
      tokens.splice(at % (tokens.length + 1), removed, ` ${wrap(effect)} `);
      return tokens.join("");
    });
  let executed = 0;
  for (const text of fc.sample(planted, { seed: 8, numRuns: 1500 })) {
    if ((await engine.countStatements(text)) !== 1) continue;
    executed++;
    if (!readStatement(text).touches.every(isHarmless)) continue;
    await prepare();
    const before = await state();
    await engine.run(text);
    expect([text, await state()]).toEqual([text, before]);
  }
  expect(executed).toBeGreaterThan(100);
});

test("names objects as the engine does", async () => {
  const names = [
    "plain",
    "my-name",
    "a.b",
    "with `tick`",
    "back\\slash",
    "select",
    "😀",
    "1a",
    "tab\there",
  ];
  for (const name of names) {
    await engine.fresh();
    const quoted = quoteIdentifier(name);
    const field = name === "select" ? "a.b" : `${quoted}.*.x`;
    const statements = [
      `DEFINE TABLE ${quoted}`,
      `DEFINE FIELD ${field} ON TABLE ${quoted}`,
      `DEFINE INDEX ${quoted} ON ${quoted} FIELDS z`,
      `DEFINE EVENT ${quoted} ON ${quoted} THEN {}`,
      `DEFINE FUNCTION fn::${quoted}() {}`,
      `DEFINE PARAM $${quoted === name ? name : quoted} VALUE 1`,
      `DEFINE ANALYZER ${quoted} TOKENIZERS blank`,
    ];
    const errors = (await engine.run(statements.join("; "))).map(({ error }) => error);
    expect(errors).toEqual(statements.map(() => undefined));
    const db = await engine.valueOf<Record<string, object>>("INFO FOR DB");
    const table = await engine.valueOf<Record<string, object>>(`INFO FOR TABLE ${quoted}`);
    const keys = Object.entries({ ...db, ...table, tables: db["tables"] ?? {} }).flatMap(
      ([group, objects]) => Object.keys(objects).map((key) => `${group}: ${key}`),
    );
    const read = statements.flatMap((statement) => {
      const touch = readStatement(statement).touches[0];
      if (touch?.effect !== "define") return [];
      const { kind, name: found } = touch.object;
      return [`${kind === "index" ? "indexe" : kind}s: ${found.replace(/^fn::/, "")}`];
    });
    expect(read.sort()).toEqual(keys.sort());
  }
});

test("reads the same whatever stands between the tokens", () => {
  const hosts = corpus.filter((text) => !text.includes("--"));
  const gaps = fc.constantFrom(" ", "\n\t", " /* ; ' */ ", " -- x'\n", "\u2003", "#}\r\n");
  fc.assert(
    fc.property(fc.constantFrom(...hosts), fc.infiniteStream(gaps), (text, stream) => {
      const spread = tokenize(text)
        .map((token) => (token.kind === "whitespace" ? stream.next().value : token.text))
        .join("");
      expect(readStatement(spread).touches.map(essence)).toEqual(
        readStatement(text).touches.map(essence),
      );
    }),
    { seed: 9, numRuns: 500 },
  );
});

test("reads anything at all without failing", () => {
  fc.assert(
    fc.property(fc.oneof(fragments, fc.string({ unit: "binary", maxLength: 60 })), (text) => {
      for (const touch of readStatement(text).touches) expect(typeof touch.effect).toBe("string");
    }),
    { seed: 10, numRuns: 3000 },
  );
});

test.each([
  "(",
  "[",
  "{",
  "{a:",
  "IF a {",
  "|$x| ",
  "|$x: int, $y: int, ",
  "$x: int, ",
  "RETURN ",
  "!",
  "a.",
  "->(",
  "SELECT (",
  "<a<",
  "DEFINE TABLE ",
])("neither fails nor hangs on 200,000 times %s", (piece) => {
  const start = performance.now();
  expect(readStatement(piece.repeat(200_000)).touches.length).toBeGreaterThan(0);
  expect(performance.now() - start).toBeLessThan(20_000);
});
