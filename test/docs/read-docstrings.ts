import type { Example } from "./example.ts";

const tag = /@example\n(?<body>(?:[ \t]*\*(?!\/).*\n)*)/g;
const fenced = /^```ts\n(?<code>[\s\S]*?)^```$/m;

/** The `@example`s in the docstrings of a source file. */
export function readDocstrings(file: string, source: string): readonly Example[] {
  return Array.from(source.matchAll(tag), ({ index, groups = {} }) => {
    const body = (groups["body"] ?? "").replaceAll(/^[ \t]*\* ?/gm, "");
    const line = source.slice(0, index).split("\n").length + 2;
    const text = fenced.exec(body)?.groups?.["code"]?.trimEnd();
    if (text === undefined)
      throw new Error(`${file}:${line - 1} is an @example without a block of ts.`);
    return { file, line, language: "ts", text };
  });
}
