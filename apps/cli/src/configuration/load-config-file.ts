import { pathToFileURL } from "node:url";

// What a parser says of a broken file quotes the file, and a password may stand in it:
// only the place of the mistake is passed on.

/** Runs a JavaScript module and returns its default export. */
export async function loadModule(path: string): Promise<unknown> {
  const module: { readonly default?: unknown } = await import(pathToFileURL(path).href);
  return module.default;
}

/** Runs a TypeScript module and returns its default export. */
export async function loadTypeScript(path: string): Promise<unknown> {
  const { createJiti } = await import("jiti");
  return createJiti(import.meta.url).import(path, { default: true });
}

/** Parses JSON. Throws an error that says where it is wrong, as far as the parser tells. */
export function loadJson(_path: string, content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ""));
  } catch (error) {
    const offset = /at position (\d+)/.exec(String(error))?.[1];
    if (offset === undefined) throw new Error("It is not valid JSON.", { cause: error });
    const before = content.slice(0, Number(offset)).split("\n");
    throw new Error(
      `It is not valid JSON at line ${before.length}, column ${(before.at(-1) ?? "").length + 1}.`,
      { cause: error },
    );
  }
}

/** Parses YAML. Throws an error that says where it is wrong. */
export async function loadYaml(_path: string, content: string): Promise<unknown> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(content);
  const [problem] = document.errors;
  if (problem === undefined) return document.toJS();
  const [at] = problem.linePos ?? [];
  throw new Error(
    `It is not valid YAML${at === undefined ? "" : ` at line ${at.line}, column ${at.col}`}.`,
  );
}
