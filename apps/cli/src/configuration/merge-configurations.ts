import { isAbsolute, resolve } from "node:path";
import { parseDuration } from "../parse-duration.ts";
import { invalidCredentials } from "./errors.ts";
import type { Configuration, SettingKey } from "./setting.ts";
import type { Credentials, Settings } from "./settings.ts";

/** A source of configuration, and the folder that its relative paths start from. */
export interface Layer {
  readonly configuration: Configuration;
  readonly folder: string;
}

/** The embedded database of a project that configures none, relative to its root. */
export const defaultDatabasePath = ".surql/database";

/**
 * Joins the sources into settings; earlier layers win. Pure.
 *
 * @param layers Flags, environment, `.env` and configuration file, in this order.
 * @param root The folder of the project, for what no layer says.
 * @throws `CONFIG.INVALID_CREDENTIALS` for a user without a password, or the reverse, or a user and a token in one source.
 */
export function mergeConfigurations(layers: readonly Layer[], root: string): Settings {
  const first = <K extends SettingKey>(key: K): Configuration[K] =>
    layers.find((layer) => layer.configuration[key] !== undefined)?.configuration[key];
  const place = (key: "url" | "directory"): string =>
    layers.find((layer) => layer.configuration[key] !== undefined)?.folder ?? root;

  const url = first("url");
  return {
    url: absoluteUrl(url ?? `surrealkv://${defaultDatabasePath}`, place("url")),
    namespace: first("namespace") ?? "development",
    database: first("database") ?? "main",
    credentials: credentialsOf(layers, first),
    directory: resolve(place("directory"), first("directory") ?? "migrations"),
    lockTimeoutMs: parseDuration("lockTimeout", first("lockTimeout") ?? "0s"),
    driftRules: layers.flatMap(({ configuration }) => configuration.drift?.ignore ?? []),
    policies: layers.flatMap(({ configuration }) => configuration.policies ?? []),
    preserve: layers.some(({ configuration }) => configuration.preserve === true),
    keepForMs: keepForOf(first("keepFor")),
    restore: first("restore"),
    outOfOrder: first("outOfOrder") ?? "warn",
    root,
    usesDefaultDatabase: url === undefined,
  };
}

function keepForOf(text: string | undefined): number | null | undefined {
  if (text === "forever") return null;
  return text === undefined ? undefined : parseDuration("keepFor", text);
}

/** The path of a file store starts where its source stands, so that a command works the same in every folder below. */
function absoluteUrl(url: string, folder: string): string {
  const [, scheme = "", path = "", query = ""] =
    /^(surrealkv|rocksdb):\/\/([^?]*)(.*)$/s.exec(url) ?? [];
  if (scheme === "" || path === "" || isAbsolute(path)) return url;
  return `${scheme}://${resolve(folder, path)}${query}`;
}

function credentialsOf(
  layers: readonly Layer[],
  first: <K extends SettingKey>(key: K) => Configuration[K],
): Credentials {
  const authLevel = first("authLevel");
  const rank = (key: SettingKey): number => {
    const index = layers.findIndex((layer) => layer.configuration[key] !== undefined);
    return index === -1 ? Number.POSITIVE_INFINITY : index;
  };
  const user = Math.min(rank("username"), rank("password"));
  const token = rank("token");
  if (user === Number.POSITIVE_INFINITY && token === Number.POSITIVE_INFINITY) return { authLevel };
  if (user === token) {
    throw invalidCredentials(
      "A user and a token are both configured in one place.",
      "Keep one of them.",
    );
  }
  if (token < user) return { token: first("token"), authLevel };

  const username = first("username");
  const password = first("password");
  if (username === undefined || password === undefined) {
    throw invalidCredentials(
      username === undefined
        ? "A password is configured, but no user name."
        : "A user name is configured, but no password.",
      username === undefined
        ? "Set SURQL_USERNAME or pass --username."
        : "Set SURQL_PASSWORD in the environment or in .env.",
    );
  }
  return { username, password, authLevel };
}
