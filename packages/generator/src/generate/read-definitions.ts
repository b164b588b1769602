import type { Database } from "@surql/connection";
import { checkSyntax, findForbidden } from "@surql/safety-analyzer";
import {
  readingOf,
  redactSecrets,
  splitStatements,
  type ObjectReference,
  type Statement,
} from "@surql/surrealql";
import { objectPath } from "@surql/snapshot";
import { invalidDefinitions, writesRecords, type DefinitionProblem } from "./generate-errors.ts";

/** A file of definitions. */
export interface DefinitionFile {
  /** How to call it in messages. */
  readonly path: string;
  readonly text: string;
}

/** A `DEFINE` statement, and what it defines. */
export interface Definition extends Statement {
  readonly file: string;
  readonly object: ObjectReference;
}

/**
 * Reads files that describe a schema. Nothing of them is run.
 *
 * @param parser Any database: it is only asked to parse.
 * @throws `GENERATOR.INVALID_DEFINITIONS` with every problem.
 */
export async function readDefinitions(
  parser: Database,
  files: readonly DefinitionFile[],
): Promise<readonly Definition[]> {
  const steps = files.map(({ path, text }) => ({
    migration: path,
    statements: splitStatements(text),
  }));
  const problems: DefinitionProblem[] = [];
  for (const { migration: file, reason, ...place } of await checkSyntax(parser, steps)) {
    problems.push({ file, reason, ...place });
  }
  if (problems.length > 0) throw invalidDefinitions(problems);
  for (const { migration: file, line, column, statement, what, why } of findForbidden(steps)) {
    const isOfExport = /^OPTION\s+IMPORT$/i.test(statement);
    if (!isOfExport) problems.push({ file, line, column, statement, reason: `${what}: ${why}` });
  }

  const definitions: Definition[] = [];
  const defined = new Map<string, Definition>();
  for (const { migration: file, statements } of steps) {
    for (const statement of statements) {
      const { line, column, text } = statement;
      const refuse = (reason: string): void => {
        problems.push({ file, line, column, statement: redactSecrets(text), reason });
      };
      const object = definedBy(statement);
      if (/^OPTION\s+IMPORT$/i.test(text)) continue;
      if (object === undefined) {
        refuse(whyNoDefinition(text));
        continue;
      }
      const key = `${object.kind} ${objectPath(object)}`;
      const other = defined.get(key);
      if (other !== undefined) {
        refuse(`${key} is defined in ${other.file}:${other.line} already`);
        continue;
      }
      const definition = { ...statement, file, object };
      defined.set(key, definition);
      definitions.push(definition);
    }
  }
  if (problems.length > 0) throw invalidDefinitions(problems);
  return definitions;
}

function definedBy(statement: Statement): ObjectReference | undefined {
  if (!/^DEFINE\s/i.test(statement.text)) return undefined;
  const define = readingOf(statement).touches.find(({ effect }) => effect === "define");
  if (define?.effect !== "define") return undefined;
  const { object } = define;
  const isOutside = object.level !== undefined || ["namespace", "database"].includes(object.kind);
  return isOutside ? undefined : object;
}

function whyNoDefinition(text: string): string {
  const words = firstWords(text);
  if (writesRecords(text)) return `${words} writes records, and a schema holds none`;
  if (/^(?:ALTER|REMOVE)\s/i.test(text)) {
    return `${words} changes a schema: write what is to be there as DEFINE, and leave out what is not`;
  }
  return `${words} is no definition of a part of a database`;
}

/** Enough to find it by, and too little to hold a secret. */
function firstWords(text: string): string {
  return /^\w+(\s+\w+)?/.exec(text)?.[0] ?? "This";
}
