import { relative } from "node:path";
import { judgeBothWays } from "surql/executor";
import type { JudgedSchemas, MigrationFinding } from "surql/executor";
import { renderMigrationScript } from "surql/generator";
import type { MigrationScripts, Rename } from "surql/generator";
import type { CreatedMigration } from "surql/migration";
import type { SafetyPolicy } from "surql/safety-analyzer";
import { objectPath } from "surql/snapshot";
import { redactSecrets, splitStatements } from "surql/surrealql";
import type { Renderers } from "../base-command.ts";
import { renderGenerated, type Generated } from "../render/generated.ts";

/** What came of comparing two schemas. */
export interface GeneratedResult extends JudgedSchemas {
  readonly name: string;
  /** `live`, or the path of files. */
  readonly target: string;
  readonly parents: readonly string[];
  readonly renames: readonly Rename[];
  readonly scripts: MigrationScripts;
  /** The file; `undefined` in a dry run, and where nothing differs. */
  readonly written: CreatedMigration | undefined;
  /** Whether it was recorded as applied. */
  readonly recorded: boolean;
  readonly policies: readonly SafetyPolicy[] | undefined;
}

/** The document of a migration that was written from a difference. */
export function describeGenerated(result: GeneratedResult): Generated {
  const { name, target, renames, scripts, written, parents, recorded, policies } = result;
  const { up, down } = scripts;
  const judged = written?.migration ?? {
    version: name,
    up: splitStatements(renderMigrationScript(up)),
    down: splitStatements(renderMigrationScript(down)),
  };
  const identical = [up, down].every(
    ({ statements, gaps }) => statements.length + gaps.length === 0,
  );
  return {
    target,
    identical,
    version: written?.migration.version ?? null,
    path: written?.path ?? null,
    dependsOn: parents,
    recorded,
    renames: renames.map(({ kind, table, from, to }) => ({
      from: objectPath({ kind, table, name: from }),
      to: objectPath({ kind, table, name: to }),
    })),
    up: up.statements.map(({ text }) => redactSecrets(text)),
    down: down.statements.map(({ text }) => redactSecrets(text)),
    gaps: (["up", "down"] as const).flatMap((direction) =>
      scripts[direction].gaps.map((gap) => ({ direction, ...gap })),
    ),
    notMoved: [
      ...up.notMoved.map((one) => ({ direction: "up" as const, ...one })),
      ...down.notMoved.map((one) => ({ direction: "down" as const, ...one })),
    ],
    issues: identical ? [] : withoutMoves(judgeBothWays(judged, result, { policies }), result),
  };
}

/** What is only moved is not lost, and a table that is opened for that is closed again as it was. */
function withoutMoves(
  issues: readonly MigrationFinding[],
  { renames, scripts, before, after }: GeneratedResult,
): readonly MigrationFinding[] {
  if (renames.length === 0) return issues;
  const moves = new Set(
    [...scripts.up.statements, ...scripts.down.statements]
      .filter(({ effect }) => effect === "move")
      .map(({ text }) => text),
  );
  return issues.filter(({ code, object, statement, direction }) => {
    if (statement !== undefined && moves.has(statement)) return false;
    if (code === "writes_blocked" && object?.kind === "table") {
      const [was, is] = [before, after].map((schema) => schema.tables[object.name]?.definition);
      if (was !== undefined && was === is) return false;
    }
    return !renames.some(({ kind, table, from, to }) => {
      const gone = direction === "up" ? from : to;
      return object?.kind === kind && object.table === table && object.name === gone;
    });
  });
}

/** How that is shown: with the path as it is seen from here. */
export const generatedRenderers: Renderers<Generated> = {
  table: ({ path, ...rest }, style) =>
    renderGenerated({ ...rest, path: path && relative(process.cwd(), path) }, style),
};
