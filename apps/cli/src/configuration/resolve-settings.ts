import { dirname } from "node:path";
import { findConfigFile } from "./config-file.ts";
import { readDotenv, readEnvironment } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { mergeConfigurations } from "./merge-configurations.ts";
import type { Configuration } from "./setting.ts";
import type { Settings } from "./settings.ts";

/**
 * Asks every source for settings: flags, then the environment, then `.env`, then the configuration file.
 *
 * @throws `CONFIG.INVALID`, `CONFIG.UNREADABLE`, `CONFIG.INVALID_CREDENTIALS`.
 */
export async function resolveSettings(
  flags: Configuration,
  environment: Environment,
  workingDirectory: string,
): Promise<Settings> {
  const file = await findConfigFile(workingDirectory);
  const root = file === undefined ? workingDirectory : dirname(file.path);
  return mergeConfigurations(
    [
      { configuration: flags, folder: workingDirectory },
      { configuration: readEnvironment(environment), folder: workingDirectory },
      { configuration: await readDotenv(root), folder: root },
      { configuration: file?.configuration ?? {}, folder: root },
    ],
    root,
  );
}
