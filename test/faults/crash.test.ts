import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { killAtPoints } from "./crash/kill-at-points.ts";

/** Child processes cannot load TypeScript on Node 20: they use what this compiles. */
beforeAll(async () => {
  const tsc = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "--build", import.meta.dirname]);
}, 240_000);

it("leaves a database before or after, wherever a process is killed, and one ordinary command goes on", async () => {
  const report = await killAtPoints({ points: 60, seed: 1 });
  expect(report).toMatchObject({ points: 60, wrong: [] });
  // A run may make a call less than another.
  expect(report.killed).toBeGreaterThan(50);
}, 600_000);

it("goes on with batches that were interrupted", async () => {
  const report = await killAtPoints({
    points: 4,
    seed: 1,
    scenario: "rollback-batches",
    store: "surrealkv",
  });
  expect(report).toMatchObject({ points: 4, killed: 4, wrong: [] });
}, 600_000);
