import { redactSecrets } from "@surql/surrealql";
import { messageOf } from "./errors.ts";
import { importModule } from "./import-module.ts";
import { readMetadata } from "./metadata.ts";
import { emptyContent } from "./migration-content.ts";
import type { MigrationContent } from "./migration-content.ts";
import type { MigrationProblem } from "./migration-problem.ts";
import { invalidMetadata, invalidModule, moduleFailed } from "./problems.ts";
import { splitText } from "./split-text.ts";
import type { SplitText } from "./split-text.ts";

const none: SplitText = { statements: [], problems: [] };

/** Loads a module migration and calls its `up` and its `down` once each. */
export async function readModule(path: string, checksum: string): Promise<MigrationContent> {
  let exported: Record<string, unknown>;
  try {
    exported = Object(await importModule(path, checksum)) as Record<string, unknown>;
  } catch (error) {
    return emptyContent(moduleFailed(path, undefined, reason(error)));
  }
  const { metadata, faults } = readMetadata(
    Object.entries(Object(exported["metadata"])).map(([word, value]) => ({ word, value })),
  );
  const up = await callExport(path, "up", exported["up"]);
  const down =
    exported["down"] === undefined ? none : await callExport(path, "down", exported["down"]);
  return {
    metadata,
    up: up.statements,
    down: down.statements,
    problems: [
      ...(isRecord(exported["metadata"])
        ? []
        : [invalidModule(path, "metadata", "is not an exported object")]),
      ...faults.map(({ key, fault }) => invalidMetadata(path, key, fault)),
      ...up.problems,
      ...down.problems,
    ],
  };
}

async function callExport(path: string, name: string, call: unknown): Promise<SplitText> {
  if (typeof call !== "function")
    return failed(invalidModule(path, name, "is not an exported function"));
  let returned: unknown;
  try {
    returned = await call();
  } catch (error) {
    return failed(moduleFailed(path, name, reason(error)));
  }
  if (!Array.isArray(returned)) {
    return failed(invalidModule(path, `${name}()`, "did not return a list of statements"));
  }
  const parts = Array.from(returned, (text: unknown, index) =>
    splitText(path, `${name}()[${index}]`, text),
  );
  return {
    statements: parts.flatMap(({ statements }) => statements),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

function failed(problem: MigrationProblem): SplitText {
  return { statements: [], problems: [problem] };
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function reason(error: unknown): string {
  return redactSecrets(messageOf(error));
}
