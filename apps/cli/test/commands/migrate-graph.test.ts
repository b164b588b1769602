import { expect, it } from "vitest";
import MigrateGraph from "../../src/commands/migrate/graph.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

async function writeDiamond(): Promise<void> {
  await writeMigration("1", "DEFINE TABLE a");
  await writeMigration("2", "DEFINE TABLE b", "", "depends_on: [1]");
  await writeMigration("3", "DEFINE TABLE c", "", "depends_on: [1]");
  await writeMigration("4", "DEFINE TABLE d", "", "depends_on: [2, 3]");
}

it("draws branches and merges as text", async () => {
  await writeDiamond();
  const { stdout } = await runCommand(MigrateGraph);
  expect(stdout).toBe(
    ["○  4 Step 4", "├─╮", "│ ○  3 Step 3", "○ │  2 Step 2", "├─╯", "○  1 Step 1", ""].join("\n"),
  );
});

it("draws them for Mermaid", async () => {
  await writeDiamond();
  const { stdout } = await runCommand(MigrateGraph, "--format", "mermaid");
  expect(stdout).toMatch(/^flowchart TD\n/);
  expect(stdout.match(/-->/g)).toHaveLength(4);
});

it("prints them as JSON", async () => {
  await writeDiamond();
  const { document } = await runJson(MigrateGraph);
  expect(document).toEqual({
    roots: ["1"],
    heads: ["4"],
    versions: [
      { version: "1", description: "Step 1", parents: [] },
      { version: "2", description: "Step 2", parents: ["1"] },
      { version: "3", description: "Step 3", parents: ["1"] },
      { version: "4", description: "Step 4", parents: ["2", "3"] },
    ],
  });
});
