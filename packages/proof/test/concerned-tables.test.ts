import { captureSchema } from "@surql/snapshot";
import { expect, test } from "vitest";
import { concernedTables } from "../src/schema/concerned-tables.ts";
import { migration, openScratch } from "./made-migration.ts";

test("a migration has to do with what it names, what that names, and what goes along with it", async () => {
  await using db = await openScratch();
  await db.query(
    "DEFINE TABLE user; DEFINE TABLE post; DEFINE FIELD author ON post TYPE record<user>; DEFINE TABLE likes TYPE RELATION IN user OUT post;" +
      "DEFINE TABLE names AS SELECT id, name FROM user; DEFINE TABLE log; DEFINE TABLE job; DEFINE EVENT e ON job THEN { CREATE log };" +
      "DEFINE TABLE far; DEFINE FIELD of ON far TYPE option<record<gone>>; DEFINE TABLE gone; DEFINE FIELD of ON gone TYPE record<task>; DEFINE TABLE task; DEFINE EVENT e ON task THEN { DELETE task }",
  );
  const schema = await captureSchema(db);
  const of = (up: string, down = ""): readonly string[] =>
    [...concernedTables(migration("1", [up, down]), schema)].toSorted();
  const all = [...Object.keys(schema.tables), ...Object.keys(schema.edges)].toSorted();

  expect(of("DEFINE FIELD a ON user", "REMOVE FIELD a ON user")).toEqual(["names", "user"]);
  expect(of("DEFINE FIELD a ON post")).toEqual(["post"]);
  expect(of("DEFINE FIELD a ON post COMPUTED author.name")).toEqual(["post", "user"]);
  expect(of("DEFINE FIELD a ON likes")).toEqual(["likes", "post", "user"]);
  expect(of("UPDATE job SET n = 1")).toEqual(["job", "log"]);
  expect(of("DEFINE TABLE fresh")).toEqual([]);
  // A link has to lead somewhere where something is read through it, and no further.
  expect(of("DEFINE FIELD a ON far")).toEqual(["far"]);
  expect(of("UPDATE far SET n = 1.5, of = of")).toEqual(["far"]);
  expect(of("UPDATE far SET n = of.n")).toEqual(["far", "gone"]);
  expect(of("UPDATE far SET n = record::exists(of)")).toEqual(["far", "gone"]);
  expect(of("UPDATE far SET n = (SELECT VALUE n FROM ONLY of)")).toEqual(["far", "gone"]);
  expect(of("UPDATE far SET n = of.of.n")).toEqual(["far", "gone", "task"]);
  // Edges and references go along with what is removed.
  expect(of("DELETE user:1")).toEqual(["likes", "names", "post", "user"]);
  expect(of("DEFINE TABLE fresh", "REMOVE TABLE user")).toEqual(["likes", "names", "post", "user"]);
  expect(of("UPDATE task SET n = 1")).toEqual(["task"]);
  // How far values are read through links: an event reads what its record links to, and that may be changed.
  expect(of("UPDATE far SET n = of.n + of.of.n")).toEqual(["far", "gone", "task"]);
  // Reading cannot tell.
  expect(of("UPDATE user SET n = count(->?)")).toEqual(all);
  expect(of("UPDATE $target SET n = 1")).toEqual(all);
  expect(of("fn::all()")).toEqual(all);
  expect(of("UPDATE type::table('user') SET n = 1")).toEqual(all);
});

test("edges that join anything and references go along with what is removed, other links do not", async () => {
  await using db = await openScratch();
  await db.query(
    "DEFINE TABLE user PERMISSIONS FOR select, delete WHERE note.tag.id = $auth.id; DEFINE TABLE knows TYPE RELATION; DEFINE TABLE owns TYPE RELATION IN user OUT thing; DEFINE TABLE thing;" +
      "DEFINE TABLE note; DEFINE FIELD of ON note TYPE option<record<user>>; DEFINE TABLE pet; DEFINE FIELD of ON pet TYPE option<record<user>> REFERENCE ON DELETE CASCADE;" +
      "DEFINE TABLE tag; DEFINE FIELD of ON tag TYPE option<record<pet>> REFERENCE ON DELETE UNSET; DEFINE TABLE any; DEFINE FIELD of ON any TYPE option<record> REFERENCE;" +
      "DEFINE FUNCTION fn::clear($of: record<thing>) { DELETE note WHERE of = $of }",
  );
  const schema = await captureSchema(db);
  const of = (up: string): readonly string[] =>
    [...concernedTables(migration("1", [up, ""]), schema)].toSorted();

  expect(of("UPDATE note SET n = 1")).toEqual(["note"]);
  expect(of("UPDATE pet SET n = 1")).toEqual(["pet", "user"]);
  expect(of("DELETE user")).toEqual(["any", "knows", "owns", "pet", "tag", "thing", "user"]);
  expect(of("DELETE thing")).toEqual(["any", "knows", "owns", "thing", "user"]);
  expect(of("DEFINE TABLE owned TYPE RELATION IN thing OUT note")).toEqual(["note", "thing"]);
  expect(of("DEFINE FIELD n ON pet")).toEqual(["pet", "user"]);
  expect(of("DEFINE FUNCTION fn::other($of: record<thing>) { RETURN $of.n }")).toEqual([]);
  expect(of("DEFINE FIELD n ON thing VALUE fn::clear($this.id)")).toEqual([
    "note",
    "thing",
    "user",
  ]);
});
