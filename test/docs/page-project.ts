import { cp, mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./find-examples.ts";
import { runSurql, type Run } from "./run-program.ts";
import { writeShop } from "./shop.ts";

/** A folder that a page builds up from top to bottom. */
export interface PageProject {
  readonly folder: string;
  /** Runs a line of `surql`, as somebody would who answers every question with yes and writes what there is to write. */
  run(line: string): Promise<Run>;
}

const made = {
  up: "DEFINE TABLE note SCHEMAFULL;\nDEFINE FIELD text ON TABLE note TYPE string;",
  down: "REMOVE TABLE note;",
} as const;

/** Writes both directions into the files that were created and still have none. */
async function fillIn(folder: string): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  for (const file of files.filter((name) => name.endsWith(".surql"))) {
    const text = await readFile(join(folder, file), "utf8");
    const filled = text.replace(
      /^-- @up\n[\s\S]*$/m,
      `-- @up\n${made.up}\n-- @down\n${made.down}\n`,
    );
    const isEmpty = !/^[^-\s]/m.test(text);
    if (isEmpty) await writeFile(join(folder, file), filled);
  }
}

async function setUp(name: string, folder: string): Promise<void> {
  if (name === "shop") await writeShop(folder);
  if (name === "marketplace") {
    const from = join(root, "examples/marketplace");
    await cp(join(from, "migrations"), join(folder, "migrations"), { recursive: true });
    await cp(join(from, "surql.config.json"), join(folder, "surql.config.json"));
  }
  if (name === "empty") return;
  const { exitCode, output } = await runSurql(["migrate", "up", "--auto-snapshot"], folder);
  if (exitCode !== 0) throw new Error(output);
}

/** Makes a project: `empty`, or `shop` or `marketplace` with everything applied. */
export async function makePageProject(name: string, parent: string): Promise<PageProject> {
  const folder = await mkdtemp(join(parent, `${name}-`));
  await setUp(name, folder);
  return {
    folder,
    async run(line) {
      const args = line
        .replace(/^(?:npx )?surql /, "")
        .split(" ")
        .filter((word) => word !== "");
      const asks = args[1] === "rollback" && !args.includes("--yes");
      const result = await runSurql(asks ? [...args, "--force", "--yes"] : args, folder);
      if (args[1] === "create") await fillIn(join(folder, "migrations"));
      return result;
    },
  };
}
