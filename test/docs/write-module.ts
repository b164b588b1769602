import { join } from "node:path";
import { checkComments } from "./check-comments.ts";
import type { Example } from "./example.ts";

/** Where a name is exported. */
export interface Export {
  readonly from: string;
  readonly isType: boolean;
}

/** What examples take for granted, by name. */
export type Exports = ReadonlyMap<string, Export>;

/** A module that holds the example of a docstring, as a function `example`. */
export interface ExampleModule {
  readonly source: string;
  /** The names that it takes from its {@link Surroundings}. */
  readonly takes: readonly string[];
}

const noCode = /\/\/.*|"(?:\\.|[^"\\])*"/g;
const word = /(?<![\w$]|(?<!\.\.)\.)[A-Za-z_$][\w$]*\b(?!\s*:)/g;
const declaration = /(?:const|let|using|function) (?:\w+|\{[^}]*\}|\[[^\]]*\])/g;
const beside = (file: string) => JSON.stringify(join(import.meta.dirname, file));

/** The words of a code that may be names: no properties, nothing in quotes. */
function namesIn(text: string): readonly string[] {
  return [...new Set(text.replaceAll(noCode, "").match(word))];
}

/** The names that a code uses of those that its surroundings have, and does not declare itself. */
export function takenNames(text: string, surroundings: ReadonlySet<string>): readonly string[] {
  const declared = (text.match(declaration) ?? []).flatMap((names) => names.match(/\w+/g) ?? []);
  return namesIn(text).filter((name) => surroundings.has(name) && !declared.includes(name));
}

/**
 * Writes the module of a docstring's example, which is short and imports nothing: what it names is imported, or taken
 * from its surroundings. It stands in a function, so what it declares itself comes first.
 */
export function writeModule(
  { text, file }: Example,
  exports: Exports,
  surroundings: ReadonlySet<string>,
): ExampleModule {
  const imports = namesIn(text).filter((name) => exports.has(name));
  const takes = takenNames(text, surroundings);
  const isModule = /^export default /m.test(text);
  const body = isModule
    ? [text]
    : ["export async function example(): Promise<unknown> {", checkComments(text), "return;", "}"];
  return {
    takes,
    source: [
      `// ${file}`,
      `import { shows } from ${beside("shows.ts")};`,
      `import type { Surroundings } from ${beside("surroundings.ts")};`,
      ...imports.map((name) => writeImport(name, exports.get(name))),
      ...takes.map((name) => `declare const ${name}: Surroundings["${name}"];`),
      "void shows;",
      ...body,
      "",
    ].join("\n"),
  };
}

/** The line that imports a name. */
export function writeImport(
  name: string,
  { from = "", isType = false }: Partial<Export> = {},
): string {
  return `import ${isType ? "type " : ""}{ ${name} } from ${JSON.stringify(from)};`;
}
