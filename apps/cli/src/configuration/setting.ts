import type { DriftRule } from "surql/executor";
import type { SafetyPolicy } from "surql/safety-analyzer";

/** What every source can say, and how each calls it. */
export const settings = [
  { key: "url", flag: "url", variable: "SURQL_URL" },
  { key: "namespace", flag: "namespace", variable: "SURQL_NAMESPACE" },
  { key: "database", flag: "database", variable: "SURQL_DATABASE" },
  { key: "username", flag: "username", variable: "SURQL_USERNAME" },
  { key: "password", flag: "password", variable: "SURQL_PASSWORD" },
  { key: "token", flag: "token", variable: "SURQL_TOKEN" },
  { key: "authLevel", flag: "auth-level", variable: "SURQL_AUTH_LEVEL" },
  { key: "directory", flag: "directory", variable: "SURQL_MIGRATION_PATH" },
  { key: "lockTimeout", flag: "lock-timeout", variable: "SURQL_LOCK_TIMEOUT" },
  { key: "keepFor", flag: "keep-for", variable: "SURQL_KEEP_FOR" },
  { key: "outOfOrder", flag: "out-of-order", variable: "SURQL_OUT_OF_ORDER" },
  { key: "restore", flag: "restore", variable: "SURQL_RESTORE" },
] as const;

/** The name of a setting, as the configuration file spells it. */
export type SettingKey = (typeof settings)[number]["key"];

/** The levels that a user can sign in at. */
export const authLevels = ["root", "namespace", "database"] as const;

/** Whether what a rollback kept comes back when its migration is applied again, and by which rule. */
export const restoreChoices = ["theirs", "ours", "only-if-none", "none"] as const;

/** What becomes of a migration that comes before one that is applied. */
export const outOfOrderRules = ["refuse", "warn", "apply"] as const;

/** What one source says: the settings that it has. */
export interface Configuration {
  /** `ws://`, `wss://`, `http://`, `https://`, `mem://`, `surrealkv://` or `rocksdb://`. */
  readonly url?: string | undefined;
  readonly namespace?: string | undefined;
  readonly database?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  readonly authLevel?: (typeof authLevels)[number] | undefined;
  /** The directory of the migrations, relative to the configuration file. */
  readonly directory?: string | undefined;
  /** How long to wait for a lock that another runner holds: a number and one of s, m, h, d, w. */
  readonly lockTimeout?: string | undefined;
  /** In what the database may differ from what is recorded. Only the configuration file says it. */
  readonly drift?: { readonly ignore?: readonly DriftRule[] | undefined } | undefined;
  /** What was decided about issues beforehand. Only the configuration file says it. */
  readonly policies?: readonly SafetyPolicy[] | undefined;
  /** What becomes of a pending migration that comes before one that is applied and does not build on it; `warn` unless said. */
  readonly outOfOrder?: (typeof outOfOrderRules)[number] | undefined;
  /** Whether rollbacks keep what they take. Only the configuration file says it. */
  readonly preserve?: boolean | undefined;
  /** How long it is kept: a number and one of s, m, h, d, w, or `forever`. */
  readonly keepFor?: string | undefined;
  /** Whether what they kept comes back when a migration is applied again; asked in a terminal unless said. */
  readonly restore?: (typeof restoreChoices)[number] | undefined;
}
