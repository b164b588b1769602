import { cp, mkdir, mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { connect } from "surql";
import { root } from "./find-examples.ts";
import { runSurql, type Run } from "./run-program.ts";
import { writeShop } from "./shop.ts";

/** A folder that a page builds up from top to bottom. */
export interface PageProject {
  readonly folder: string;
  /** Runs a line of `surql`, as somebody would who answers every question with yes and writes what there is to write. */
  run(line: string): Promise<Run>;
  /** Writes a file that the page shows. */
  write(path: string, text: string): Promise<void>;
}

/** Writes both directions into the files that were created and still have none: a table of the file's own name. */
async function fillIn(folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".surql"));
  for (const file of files) {
    const text = await readFile(join(folder, file), "utf8");
    if (/^[^-\s]/m.test(text)) continue;
    const table = file.replace(/^\d+_\d+_(.*)\.surql$/, "$1");
    const up = `DEFINE TABLE ${table} SCHEMAFULL;\nDEFINE FIELD text ON TABLE ${table} TYPE string;`;
    const scripts = `-- @up\n${up}\n-- @down\nREMOVE TABLE ${table};\n`;
    await writeFile(join(folder, file), text.replace(/^-- @up\n[\s\S]*$/m, scripts));
  }
}

/** Changes the database of a project beside its migrations. */
async function changeByHand(folder: string, sql: string): Promise<void> {
  const url = `surrealkv://${join(folder, ".surql/database")}`;
  const db = await connect({ url, namespace: "development", database: "main" });
  await db.query(sql);
  await db.close();
}

async function setUp(name: string, folder: string): Promise<void> {
  if (name === "legacy") {
    await changeByHand(folder, "DEFINE TABLE user; DEFINE FIELD name ON user TYPE string");
  }
  if (name === "empty" || name === "legacy") return;
  if (name === "marketplace") {
    const from = join(root, "examples/marketplace");
    await cp(join(from, "migrations"), join(folder, "migrations"), { recursive: true });
    await cp(join(from, "surql.config.json"), join(folder, "surql.config.json"));
  } else {
    await writeShop(folder);
  }
  const { exitCode, output } = await runSurql(["migrate", "up", "--auto-snapshot"], folder);
  if (exitCode !== 0) throw new Error(output);
  if (name === "drifted") {
    await changeByHand(folder, "DEFINE FIELD nickname ON user TYPE option<string>");
  }
}

/**
 * Makes a project: `empty`; `shop` or `marketplace` with everything applied; `drifted`, a shop that somebody has changed by
 * hand; `legacy`, a database without a history.
 */
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
      const asks =
        /^(?:rollback|restore-schema|squash)$/.test(args[1] ?? "") && !args.includes("--yes");
      const answers = args[1] === "squash" ? ["--yes"] : ["--force", "--yes"];
      const result = await runSurql(asks ? [...args, ...answers] : args, folder);
      if (args[1] === "create") await fillIn(join(folder, "migrations"));
      return result;
    },
    async write(path, text) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), `${text}\n`);
    },
  };
}
