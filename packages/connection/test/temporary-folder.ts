import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** Gives the tests of a file a folder that is removed behind them. Returns the path of a name in it. */
export function useTemporaryFolder(): (name: string) => string {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "surql-connection-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  return (name) => join(folder, name);
}
