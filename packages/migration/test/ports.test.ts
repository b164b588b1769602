import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { discoverMigrations } from "../src/index.ts";

const fixtures = (port: string): string =>
  fileURLToPath(new URL(`fixtures/${port}`, import.meta.url));

test("files in the form of the Go port", async () => {
  const migrations = await discoverMigrations(fixtures("go-port"));
  expect(
    migrations.map(({ version, description, parents, up, down }) => ({
      version,
      description,
      parents,
      statements: [up.length, down.length],
    })),
  ).toEqual([
    { version: "20260301_101500", description: "Create customer", parents: [], statements: [2, 1] },
    {
      version: "20260302_090000",
      description: "add invoice totals",
      parents: ["20260301_101500"],
      statements: [2, 1],
    },
    {
      version: "20260303_090000",
      description: "Merge work",
      parents: ["20260301_101500", "20260302_090000"],
      statements: [0, 0],
    },
  ]);
});

test("files in the form of the Rust port", async () => {
  const migrations = await discoverMigrations(fixtures("rust-port"));
  expect(
    migrations.map(({ version, description, author, dependsOn, parents, up, down }) => ({
      version,
      description,
      author,
      dependsOn,
      parents,
      statements: [up.length, down.length],
    })),
  ).toEqual([
    {
      version: "20260401_080000",
      description: "Create ledger",
      author: "surql",
      dependsOn: undefined,
      parents: [],
      statements: [1, 1],
    },
    {
      version: "20260402_080000",
      description: "Backfill balances of old accounts",
      author: "surql",
      dependsOn: ["20260401_080000"],
      parents: ["20260401_080000"],
      statements: [2, 1],
    },
    {
      version: "20260403_080000",
      description: "create audit trail",
      author: undefined,
      dependsOn: undefined,
      parents: ["20260402_080000"],
      statements: [1, 1],
    },
    {
      version: "20260404_080000",
      description: "Seed users",
      author: "surql",
      dependsOn: undefined,
      parents: ["20260403_080000"],
      statements: [0, 0],
    },
  ]);
});
