import { expect, it } from "vitest";
import { findLastVersion } from "../../src/index.ts";
import { migrationOf } from "./engine.ts";

const branched = [
  migrationOf("1", "DEFINE TABLE a"),
  migrationOf("2", "DEFINE TABLE b", ["1"]),
  migrationOf("3", "DEFINE TABLE c", ["1"]),
];
const versionsOf = (list: readonly { readonly version: string }[]) =>
  list.map(({ version }) => version);

it("builds the first migration on nothing", () => {
  expect(findLastVersion([])).toEqual({ parents: [], migrations: [] });
});

it("builds on the one head", () => {
  const { parents, migrations } = findLastVersion(branched.slice(0, 2));
  expect(parents).toEqual(["2"]);
  expect(versionsOf(migrations)).toEqual(["1", "2"]);
});

it("names several heads, and takes one or all of them when told", () => {
  expect(() => findLastVersion(branched)).toThrow(
    expect.objectContaining({ code: "GENERATOR.SEVERAL_HEADS", meta: { heads: ["2", "3"] } }),
  );
  const one = findLastVersion(branched, { dependsOn: ["3"] });
  expect([one.parents, versionsOf(one.migrations)]).toEqual([["3"], ["1", "3"]]);
  const both = findLastVersion(branched, { dependsOn: ["3", "2", "3"] });
  expect([both.parents, versionsOf(both.migrations)]).toEqual([
    ["2", "3"],
    ["1", "2", "3"],
  ]);
});

it("takes what is applied for the last version of a database", () => {
  expect(findLastVersion(branched, { applied: ["1", "2"] }).parents).toEqual(["2"]);
  const all = { applied: ["1", "2", "3"] };
  expect(() => findLastVersion(branched, { ...all, dependsOn: ["2"] })).toThrow(
    expect.objectContaining({ code: "GENERATOR.NOT_THE_HEADS" }),
  );
  expect(findLastVersion(branched, { ...all, dependsOn: ["2", "3"] }).migrations).toHaveLength(3);
});

it("refuses a parent that is not there", () => {
  expect(() => findLastVersion(branched, { dependsOn: ["7"] })).toThrow(
    expect.objectContaining({ code: "GENERATOR.UNKNOWN_PARENT" }),
  );
});
