import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

const packages = [
  "connection",
  "errors",
  "executor",
  "generator",
  "graph",
  "history",
  "migration",
  "proof",
  "safety-analyzer",
  "snapshot",
  "surrealql",
];

it.each(packages)("gives what @surql/%s gives, here and under its own name", async (name) => {
  const facade: Readonly<Record<string, unknown>> = await import("surql");
  const part: Readonly<Record<string, unknown>> = await import(`../src/${name}.ts`);
  const original: Readonly<Record<string, unknown>> = await import(`../../${name}/src/index.ts`);
  expect(Object.keys(part).toSorted()).toEqual(Object.keys(original).toSorted());
  for (const [key, value] of Object.entries(original)) {
    expect(part[key]).toBe(value);
    expect(facade[key]).toBe(value);
  }
});

it("has a path for every package it depends on", async () => {
  const text = await readFile(join(import.meta.dirname, "../package.json"), "utf8");
  const { exports, dependencies }: Record<string, object> = JSON.parse(text);
  expect(
    Object.keys(exports ?? {}).filter((path) => path.startsWith("./") && !path.endsWith("json")),
  ).toEqual(packages.map((name) => `./${name}`));
  expect(Object.keys(dependencies ?? {})).toEqual(packages.map((name) => `@surql/${name}`));
});

it("has the names that the contract promises", async () => {
  const facade = await import("surql");
  expect(facade).toMatchObject(
    Object.fromEntries(
      [
        "connect",
        "discoverMigrations",
        "applyMigrations",
        "executeMigration",
        "getAppliedMigrations",
        "getMigrationStatus",
        "createSnapshot",
        "storeSnapshot",
        "loadSnapshot",
        "listSnapshots",
        "deleteSnapshot",
        "pruneSnapshots",
        "compareSnapshots",
        "VersionGraph",
        "buildVersionGraph",
        "createRollbackPlan",
        "planRollbackToVersion",
        "analyzeRollbackSafety",
        "executeRollback",
        "enableAutoSnapshots",
        "disableAutoSnapshots",
        "isAutoSnapshotEnabled",
        "SurqlError",
      ].map((name) => [name, expect.any(Function)]),
    ),
  );
});
