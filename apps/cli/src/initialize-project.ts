import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { configFileNames } from "./configuration/config-file.ts";
import { defaultDatabasePath } from "./configuration/merge-configurations.ts";
import { commandLine, invalidConfiguration } from "./configuration/errors.ts";
import { fileFailed } from "./file-errors.ts";

/** The types of configuration file that can be written. */
export const configFileTypes = ["json", "ts"] as const;

/** What a new configuration file says. */
export interface InitialConfiguration {
  readonly url?: string | undefined;
  readonly namespace: string;
  readonly database: string;
  readonly directory?: string | undefined;
}

/** Paths relative to the project: what was made, and what was there already. */
export interface InitResult {
  readonly created: readonly string[];
  readonly kept: readonly string[];
}

/**
 * Makes a project of a folder: configuration, directory of migrations, and a `.gitignore` for the embedded database.
 *
 * @throws `CONFIG.INVALID` for a URL with credentials, `CLI.FILE_UNWRITABLE`.
 */
export async function initializeProject(
  root: string,
  type: (typeof configFileTypes)[number],
  initial: InitialConfiguration,
): Promise<InitResult> {
  const url = initial.url ?? `surrealkv://${defaultDatabasePath}`;
  if (/\/\/[^/]*@/.test(url)) {
    throw invalidConfiguration(commandLine, [
      "--url must not hold a password, because it is written to a file",
    ]);
  }
  const directory = initial.directory ?? "migrations";
  const configuration = {
    url,
    namespace: initial.namespace,
    database: initial.database,
    directory,
    preserve: true,
  };
  const existing = (await readdir(root)).find((name) =>
    configFileNames.some((candidate) => candidate === name),
  );

  const created: string[] = [];
  const kept: string[] = [];
  const note = (path: string, isNew: boolean): void => void (isNew ? created : kept).push(path);

  if (existing === undefined) {
    const name = `surql.config.${type}`;
    note(name, await writeNew(join(root, name), configFileText(type, configuration)));
  } else note(existing, false);
  note(directory, await makeDirectory(resolve(root, directory)));
  if (initial.url === undefined) {
    const ignore = join(dirname(defaultDatabasePath), ".gitignore");
    note(ignore, await writeNew(join(root, ignore), "*\n"));
  }
  return { created, kept };
}

function configFileText(type: (typeof configFileTypes)[number], configuration: object): string {
  const text = JSON.stringify(configuration, null, 2);
  if (type === "json") return `${text}\n`;
  const object = text.replaceAll(/^( +)"(\w+)":/gm, "$1$2:");
  return [
    `import type { Configuration } from "@surql/cli";`,
    "",
    `export default ${object} satisfies Configuration;`,
    "",
  ].join("\n");
}

/** Writes a file that is not there yet; says whether it did. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw fileFailed("write", path, error);
  }
}

/** Makes a directory that is not there yet; says whether it did. */
async function makeDirectory(path: string): Promise<boolean> {
  try {
    return (await mkdir(path, { recursive: true })) !== undefined;
  } catch (error) {
    throw fileFailed("write", path, error);
  }
}
