import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A directory with these files, for as long as the test runs. */
export async function migrationDirectory(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "surql-migration-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
  return directory;
}

/** A small migration in the `.surql` format. */
export function surql(metadata: string, up = "RETURN 1;", down = "RETURN 2;"): string {
  return `-- @metadata\n${metadata}\n-- @up\n${up}\n-- @down\n${down}\n`;
}
