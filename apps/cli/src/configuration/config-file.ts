import { join } from "node:path";
import { lilconfig } from "lilconfig";
import { isSurqlError } from "surql/errors";
import { invalidConfiguration, unreadableConfiguration } from "./errors.ts";
import { loadJson, loadModule, loadTypeScript, loadYaml } from "./load-config-file.ts";
import type { Configuration } from "./setting.ts";
import { validateConfiguration } from "./validate-configuration.ts";

/** A configuration file that was found, and what it says. */
export interface ConfigFile {
  readonly path: string;
  readonly configuration: Configuration;
}

/** The names of a configuration file, in the order in which a folder is searched. */
export const configFileNames = [
  "surql.config.ts",
  "surql.config.mjs",
  "surql.config.js",
  "surql.config.json",
  "surql.config.yaml",
] as const;

/**
 * Finds and reads the configuration file of a folder, or of the nearest folder above that has one.
 *
 * @returns `undefined` when there is none.
 * @throws `CONFIG.UNREADABLE` when it cannot be parsed or run, `CONFIG.INVALID` when it says something wrong.
 */
export async function findConfigFile(folder: string): Promise<ConfigFile | undefined> {
  const search = lilconfig("surql", {
    searchPlaces: [...configFileNames, "package.json"],
    ignoreEmptySearchPlaces: false,
    loaders: {
      ".ts": naming(loadTypeScript),
      ".mjs": naming(loadModule),
      ".js": naming(loadModule),
      ".json": naming(loadJson),
      ".yaml": naming(loadYaml),
    },
  }).search(folder);
  const found = await search.catch((error: unknown) => {
    throw isSurqlError(error)
      ? error
      : unreadableConfiguration(join(folder, "surql.config.*"), error);
  });
  if (found === null) return undefined;
  const value: unknown = found.isEmpty === true ? {} : found.config;
  const configuration = validateConfiguration(value, found.filepath);
  await refuseInvalidPolicies(configuration, found.filepath);
  await refuseInvalidDrift(configuration, found.filepath);
  return { path: found.filepath, configuration };
}

/** Loads the rules only where there is something that they have to know. */
async function refuseInvalidPolicies({ policies }: Configuration, path: string): Promise<void> {
  if (policies === undefined) return;
  const { checkPolicies } = await import("surql/safety-analyzer");
  const problems = checkPolicies(policies);
  if (problems.length === 0) return;
  throw invalidConfiguration(
    path,
    problems.map((found) => `${found.path} ${found.problem}`),
  );
}

async function refuseInvalidDrift({ drift }: Configuration, path: string): Promise<void> {
  if (drift?.ignore === undefined) return;
  const { checkDriftRules } = await import("surql/executor");
  const problems = checkDriftRules(drift.ignore);
  if (problems.length === 0) return;
  throw invalidConfiguration(
    path,
    problems.map((found) => `drift.${found.path} ${found.problem}`),
  );
}

type Load = (path: string, content: string) => unknown;

function naming(load: Load): (path: string, content: string) => Promise<unknown> {
  return async (path, content) => {
    try {
      return await load(path, content);
    } catch (error) {
      throw unreadableConfiguration(path, error);
    }
  };
}
