import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes a migration file into the working directory. */
export async function writeMigration(
  version: string,
  up: string,
  down = "",
  metadata = "",
): Promise<string> {
  const path = join("migrations", `${version}_step.surql`);
  await mkdir("migrations", { recursive: true });
  await writeFile(
    path,
    [
      "-- @metadata",
      `-- version: ${version}`,
      `-- description: Step ${version}`,
      ...(metadata === "" ? [] : [`-- ${metadata}`]),
      "-- @up",
      up,
      "-- @down",
      down,
      "",
    ].join("\n"),
  );
  return path;
}
