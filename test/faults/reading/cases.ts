/** How a command is run that must leave the database as it is. */
export interface Case {
  readonly argv: readonly string[];
  /** What it must end with, so that it has done its work and not stopped at its own arguments; 0 unless told. */
  readonly exits?: number;
  /** Which database: one with all kinds of things in it, one with a migration half-way, or one with nothing. */
  readonly database?: "main" | "half-way" | "empty";
}

/** Every command that writes to no database, or only tries; by its id. */
export const reading: Readonly<Record<string, readonly Case[]>> = {
  "db:ping": [{ argv: [] }],
  "migrate:baseline": [{ argv: ["--dry-run", "--directory", "new"], database: "empty" }],
  "migrate:compare": [{ argv: ["1", "live"] }, { argv: ["1", "live", "--format", "sql"] }],
  "migrate:generate": [{ argv: ["by hand", "--dry-run"] }],
  "migrate:graph": [{ argv: [] }],
  "migrate:history": [{ argv: [] }, { argv: [], database: "empty" }],
  "migrate:list-snapshots": [{ argv: [] }, { argv: [], database: "empty" }],
  "migrate:plan-rollback": [
    { argv: ["1", "--preserve", "--output", "plan.json"] },
    { argv: ["base", "--rehearse", "--sample", "10"] },
    { argv: ["1", "--from-database"] },
  ],
  "migrate:repair": [
    { argv: ["--dry-run"] },
    { argv: ["--dry-run"], database: "empty" },
    { argv: ["--dry-run", "--abandon"], database: "half-way" },
  ],
  "migrate:restore": [
    { argv: ["--list"] },
    { argv: ["--dry-run", "--rule", "ours"] },
    { argv: ["--dry-run", "--prune", "--restored"] },
    { argv: ["--list"], database: "empty" },
  ],
  "migrate:restore-schema": [
    { argv: ["2", "--dry-run"] },
    { argv: ["base", "--dry-run", "--preserve"] },
  ],
  "migrate:rollback": [
    { argv: ["1", "--dry-run", "--force"] },
    { argv: ["1", "--dry-run", "--force", "--preserve", "--rehearse"] },
    { argv: ["--plan", "kept.json", "--dry-run", "--force"] },
    // Refused: nobody has approved it.
    { argv: ["1"], exits: 3 },
  ],
  "migrate:squash": [{ argv: ["--to", "3", "--dry-run"] }, { argv: ["--apply", "--dry-run"] }],
  "migrate:status": [
    { argv: [] },
    { argv: [], database: "half-way" },
    { argv: [], database: "empty" },
  ],
  "migrate:test": [{ argv: ["2"] }, { argv: ["2", "--sample", "5"] }],
  "migrate:unlock": [{ argv: [], exits: 3 }],
  "migrate:up": [
    { argv: ["--dry-run"] },
    { argv: ["--dry-run", "--restore", "ours"] },
    { argv: ["--dry-run", "--auto-snapshot"], database: "empty" },
  ],
  "migrate:validate": [{ argv: [] }],
  "migrate:verify": [
    { argv: [], exits: 4 },
    { argv: ["2"], exits: 4 },
  ],
};

/** Commands that have no way of only trying: they write files, or exactly what they are asked to. */
export const writing: readonly string[] = [
  "init",
  "migrate:create",
  "migrate:hash",
  "migrate:merge",
  "migrate:prune-snapshots",
  "migrate:snapshot",
];
