import type { DriftRule } from "surql/executor";
import type { SafetyPolicy } from "surql/safety-analyzer";
import type { Configuration } from "./setting.ts";

/** What a command works with, when every source was asked. */
export interface Settings {
  readonly url: string;
  readonly namespace: string;
  readonly database: string;
  readonly credentials: Credentials;
  /** Absolute path of the migrations. */
  readonly directory: string;
  /** Milliseconds to wait for a lock that another runner holds. */
  readonly lockTimeoutMs: number;
  /** In what the database may differ from what is recorded. */
  readonly driftRules: readonly DriftRule[];
  readonly policies: readonly SafetyPolicy[];
  /** Whether rollbacks keep what they take. */
  readonly preserve: boolean;
  /** For how many milliseconds, `null` for good; 90 days unless said. */
  readonly keepForMs: number | null | undefined;
  /** Whether what they kept comes back when a migration is applied again, and by which rule. */
  readonly restore: Configuration["restore"];
  /** What becomes of a pending migration that comes before one that is applied. */
  readonly outOfOrder: NonNullable<Configuration["outOfOrder"]>;
  /** The folder of the configuration file, or the working directory when there is none. */
  readonly root: string;
  /** Whether nothing says which database to use, so that the embedded one of the project is. */
  readonly usesDefaultDatabase: boolean;
}

/** How to sign in: as a user, by a token, or not at all. */
export type Credentials = Pick<Configuration, "username" | "password" | "token" | "authLevel">;
