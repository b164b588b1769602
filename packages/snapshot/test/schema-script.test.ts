import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { captureSchema, compareSchemas, schemaScript, type Schema } from "../src/index.ts";
import { corpus } from "./corpus.ts";
import { openDatabase } from "./open-database.ts";

async function rebuilt(schema: Schema): Promise<Schema> {
  await using scratch = await openDatabase();
  const script = schemaScript(schema, randomUUID);
  await scratch.query(`OPTION IMPORT;\n${script.map(({ text }) => text).join(";\n")}`);
  return await captureSchema(scratch);
}

test("builds a schema of every kind of object again", async () => {
  await using db = await openDatabase();
  for (const stage of corpus) await db.query(stage.join(";\n"));
  const schema = await captureSchema(db);

  expect(compareSchemas(schema, await rebuilt(schema))).toEqual([]);
});

test("makes up the secrets, and never takes the word for one", async () => {
  await using db = await openDatabase();
  await db.query(`
    DEFINE ACCESS token ON DATABASE TYPE JWT ALGORITHM HS512 KEY 'open-sesame';
    DEFINE USER ada ON DATABASE PASSWORD 'tiger';
    DEFINE FUNCTION fn::mark() { RETURN '[REDACTED]' }`);
  const made: string[] = [];
  const script = schemaScript(await captureSchema(db), () => {
    made.push(randomUUID());
    return made.at(-1)!;
  });

  const texts = new Map(script.map(({ path, text }) => [path, text]));
  expect(texts.get("fn::mark")).toContain("[REDACTED]");
  for (const path of ["access token", "user ada"]) {
    expect(texts.get(path)).not.toContain("[REDACTED]");
    expect(made.some((secret) => texts.get(path)?.includes(secret))).toBe(true);
  }
  expect(made).toHaveLength(2);
});
