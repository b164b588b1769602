import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { unreadableConfiguration } from "./errors.ts";
import { settings } from "./setting.ts";
import type { Configuration } from "./setting.ts";
import { validateConfiguration } from "./validate-configuration.ts";

/** The variables of an environment, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings in an environment. An empty variable counts as not set.
 *
 * @throws `CONFIG.INVALID` naming the variable.
 */
export function readEnvironment(
  environment: Environment,
  source = "the environment",
): Configuration {
  const present = settings.flatMap(({ key, variable }) => {
    const value = environment[variable];
    return value === undefined || value === "" ? [] : [[key, value] as const];
  });
  return validateConfiguration(
    Object.fromEntries(present),
    source,
    (key) => settings.find((setting) => setting.key === key)?.variable ?? key,
  );
}

/**
 * The settings in the `.env` file of a folder; none when there is no such file.
 *
 * @throws `CONFIG.UNREADABLE`, `CONFIG.INVALID`.
 */
export async function readDotenv(folder: string): Promise<Configuration> {
  const path = join(folder, ".env");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw unreadableConfiguration(path, error);
  });
  return readEnvironment(parseEnv(text), path);
}
