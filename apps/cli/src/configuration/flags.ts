import { Flags } from "@oclif/core";
import { commandLine } from "./errors.ts";
import { authLevels, outOfOrderRules, restoreChoices, settings } from "./setting.ts";
import type { Configuration } from "./setting.ts";
import { validateConfiguration } from "./validate-configuration.ts";

const helpGroup = "CONNECTION";

/** Where the migrations are. */
export const directoryFlag = Flags.string({
  char: "d",
  summary: "Directory of the migrations [env: SURQL_MIGRATION_PATH]",
  helpValue: "<path>",
});

/** How long to wait for another runner. */
export const lockTimeoutFlag = Flags.string({
  summary: "Wait so long for a lock that another runner holds [env: SURQL_LOCK_TIMEOUT]",
  helpValue: "30s",
});

/** Consent to what was applied being something else than what the files say now. */
export const allowChangedFlag = Flags.boolean({
  summary: "Go on although files were edited after they were applied",
});

/** Do without the migration files. */
export const fromDatabaseFlag = Flags.boolean({
  summary: "Use the scripts that the database keeps, not the migration files",
});

/** Do without the down scripts that nobody wrote. */
export const fromSnapshotsOptions = {
  summary: "Compute the way back from stored snapshots where there is no down script",
} as const;

/** Run a plan on the database before it is shown, and keep nothing of it. */
export const rehearseFlag = Flags.boolean({
  summary: "Run the plan on the database first, in a transaction that is cancelled",
});

/** What to do about a migration that comes late. */
export const outOfOrderFlag = Flags.option({ options: outOfOrderRules })({
  summary:
    "Do this with one that comes before what is applied; warn unless told [env: SURQL_OUT_OF_ORDER]",
});

/** Go back along one branch. */
export const branchOptions = {
  summary: "Take only this version back with what leads to it alone; other branches stay",
  helpValue: "<version>",
} as const;

/** Keep what a rollback takes. */
export const preserveOptions = {
  summary:
    "Keep what it takes in the quarantine of the database, for migrate restore [config: preserve]",
  allowNo: true,
} as const;

/** How long what a rollback takes is kept. */
export const keepForOptions = {
  summary: "How long it is kept: 30d, or forever; 90 days unless told [env: SURQL_KEEP_FOR]",
  helpValue: "<duration>",
} as const;

/** Give back what a rollback kept. */
export const restoreFlag = Flags.option({ options: restoreChoices })({
  summary: "Give back what the last rollback of these kept, by this rule [env: SURQL_RESTORE]",
});

/** From when on what is kept is kept in batches. */
export const batchAboveOptions = {
  summary: "Keep larger tables in batches before the transaction; 100000 records unless told",
  helpValue: "<n>",
  min: 0,
} as const;

/** From when on what is kept is given back in batches. */
export const restoreBatchAboveOptions = {
  summary: "Give more records than this back in batches; 100000 unless told",
  helpValue: "<n>",
  min: 0,
} as const;

/** What the flags for how much of the data is looked at have in common. */
export const rowBudgetOptions = {
  summary: "Look at this many records of a larger table, and estimate; 100000 unless told",
  helpValue: "<n>",
  min: 1,
} as const;

/** Where the database is, and as whom to connect. */
export const connectionFlags = {
  url: Flags.string({
    summary: "ws, wss, http, https, mem, surrealkv or rocksdb URL [env: SURQL_URL]",
    helpGroup,
    helpValue: "<url>",
  }),
  namespace: Flags.string({ summary: "Namespace [env: SURQL_NAMESPACE]", helpGroup }),
  database: Flags.string({ summary: "Database [env: SURQL_DATABASE]", helpGroup }),
  username: Flags.string({ summary: "User to sign in as [env: SURQL_USERNAME]", helpGroup }),
  password: Flags.string({
    summary: "Password of the user; better in SURQL_PASSWORD, where other users cannot see it",
    helpGroup,
  }),
  token: Flags.string({
    summary: "Token to sign in with; better in SURQL_TOKEN",
    helpGroup,
  }),
  "auth-level": Flags.option({ options: authLevels })({
    summary: "Where the user is defined [env: SURQL_AUTH_LEVEL]",
    helpGroup,
  }),
};

/**
 * What the flags of a command say.
 *
 * @throws `CONFIG.INVALID` naming the flag.
 */
export function readFlags(flags: Readonly<Record<string, unknown>>): Configuration {
  const present = settings.flatMap(({ key, flag }) =>
    flags[flag] === undefined ? [] : [[key, flags[flag]] as const],
  );
  return validateConfiguration(Object.fromEntries(present), commandLine, (key) => {
    const setting = settings.find((candidate) => candidate.key === key);
    return `--${setting?.flag ?? key}`;
  });
}
