import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import type { DriftRule } from "surql/executor";
import { fileFailed } from "../file-errors.ts";
import { writeOutputFile } from "../write-output-file.ts";
import { findConfigFile } from "./config-file.ts";
import { commandLine, configurationNotEditable, invalidConfiguration } from "./errors.ts";
import { loadJson } from "./load-config-file.ts";

/**
 * Adds rules to `drift.ignore` of the configuration file; where there is none, makes one. JSON keeps its indentation, YAML
 * its comments too.
 *
 * @param folder Where the search for the file begins.
 * @returns The path of the file.
 * @throws `CONFIG.INVALID` for a rule that cannot be, `CONFIG.NOT_EDITABLE` for a file that is a program, with the lines to add to it; `CLI.FILE_UNREADABLE`,
 * `CLI.FILE_UNWRITABLE`.
 */
export async function addDriftRules(folder: string, rules: readonly DriftRule[]): Promise<string> {
  const { checkDriftRules } = await import("surql/executor");
  const problems = checkDriftRules(rules);
  if (problems.length > 0) {
    const told = problems.map(
      ({ path, problem }) => `${path.endsWith(".reason") ? "--reason" : "--ignore"} ${problem}`,
    );
    throw invalidConfiguration(commandLine, told);
  }
  const file = await findConfigFile(folder);
  const path = file?.path ?? join(folder, "surql.config.json");
  const kind = extname(path);
  if (kind !== ".json" && kind !== ".yaml") throw configurationNotEditable(path, rules);
  const text = file === undefined ? "{}\n" : await read(path);
  const keys = [...(basename(path) === "package.json" ? ["surql"] : []), "drift", "ignore"];
  const edited =
    kind === ".json" ? inJson(path, text, keys, rules) : await inYaml(text, keys, rules);
  await writeOutputFile(path, edited);
  return path;
}

async function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => {
    throw fileFailed("read", path, error);
  });
}

function inJson(
  path: string,
  text: string,
  keys: readonly string[],
  rules: readonly DriftRule[],
): string {
  const document = loadJson(path, text) as Record<string, unknown>;
  const [last = "", ...above] = keys.toReversed();
  let holder = document;
  for (const key of above.toReversed()) holder = (holder[key] ??= {}) as Record<string, unknown>;
  holder[last] = [...((holder[last] ?? []) as readonly DriftRule[]), ...rules];
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ";
  const end = text.endsWith("\n") ? "\n" : "";
  return `${mark}${JSON.stringify(document, null, indent)}${end}`;
}

async function inYaml(
  text: string,
  keys: readonly string[],
  rules: readonly DriftRule[],
): Promise<string> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text);
  const list: unknown = document.getIn(keys);
  if (list === undefined) document.setIn(keys, document.createNode(rules));
  else for (const rule of rules) document.addIn(keys, document.createNode(rule));
  return document.toString();
}
