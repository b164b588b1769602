import { relative } from "node:path";
import { judgeBothWays } from "surql/executor";
import type { JudgedSchemas } from "surql/executor";
import type { MigrationScripts } from "surql/generator";
import type { CreatedMigration } from "surql/migration";
import type { SafetyPolicy } from "surql/safety-analyzer";
import { renderScript } from "surql/snapshot";
import { redactSecrets, splitStatements } from "surql/surrealql";
import type { Renderers } from "../base-command.ts";
import { renderGenerated, type Generated } from "../render/generated.ts";

/** What came of comparing two schemas. */
export interface GeneratedResult extends JudgedSchemas {
  readonly name: string;
  readonly parents: readonly string[];
  readonly scripts: MigrationScripts;
  /** The file; `undefined` in a dry run, and where nothing differs. */
  readonly written: CreatedMigration | undefined;
  /** Whether it was recorded as applied. */
  readonly recorded: boolean;
  readonly policies: readonly SafetyPolicy[] | undefined;
}

/** The document of a migration that was written from a difference. */
export function describeGenerated(result: GeneratedResult): Generated {
  const { name, scripts, written, parents, recorded, policies } = result;
  const { up, down } = scripts;
  const judged = written?.migration ?? {
    version: name,
    up: splitStatements(renderScript(up)),
    down: splitStatements(renderScript(down)),
  };
  const identical = [up, down].every(
    ({ statements, gaps }) => statements.length + gaps.length === 0,
  );
  return {
    identical,
    version: written?.migration.version ?? null,
    path: written?.path ?? null,
    dependsOn: parents,
    recorded,
    up: up.statements.map(({ text }) => redactSecrets(text)),
    down: down.statements.map(({ text }) => redactSecrets(text)),
    gaps: (["up", "down"] as const).flatMap((direction) =>
      scripts[direction].gaps.map((gap) => ({ direction, ...gap })),
    ),
    issues: identical ? [] : judgeBothWays(judged, result, { policies }),
  };
}

/** How that is shown: with the path as it is seen from here. */
export const generatedRenderers: Renderers<Generated> = {
  table: ({ path, ...rest }, style) =>
    renderGenerated({ ...rest, path: path && relative(process.cwd(), path) }, style),
};
