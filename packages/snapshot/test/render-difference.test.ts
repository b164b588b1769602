import { expect, test } from "vitest";
import { compareSnapshots, createSnapshot, renderDifference } from "../src/index.ts";
import { define, openDatabase } from "./open-database.ts";

test("one line for each change, in the order of paths", async () => {
  await using db = await openDatabase();
  await define(db, [
    "DEFINE TABLE user SCHEMAFULL",
    "DEFINE FIELD bio ON user TYPE string DEFAULT 'none yet'",
    "DEFINE FIELD email ON user TYPE string",
    "DEFINE TABLE post",
    "DEFINE FUNCTION fn::greet() { RETURN 1 }",
    "DEFINE SEQUENCE number",
  ]);
  const before = await createSnapshot(db, { version: "1" });
  await define(db, [
    "DEFINE FIELD OVERWRITE bio ON user TYPE option<string> READONLY",
    "DEFINE INDEX email ON user FIELDS email UNIQUE",
    "DEFINE TABLE likes TYPE RELATION",
    "REMOVE TABLE post",
    "REMOVE FUNCTION fn::greet",
    "DEFINE PARAM $limit VALUE 1",
    "REMOVE SEQUENCE number",
    "DEFINE TABLE `line\nbreak \u001b[31m`",
  ]);
  const after = await createSnapshot(db, { version: "2" });
  expect(renderDifference(compareSnapshots(before, after)).split("\n")).toEqual([
    "+ $limit",
    "+ `line\\nbreak \\u001b[31m`",
    "- fn::greet",
    "+ likes (edge)",
    "+ likes.in",
    "+ likes.out",
    "- post",
    "- sequence number",
    "~ user.bio: - default 'none yet', readonly false → true, type string → option<string>",
    "+ user.email (index)",
  ]);
  expect(renderDifference(compareSnapshots(before, before))).toBe("");
});
