import type { Example } from "./example.ts";

const fence = /^```(\w*)\s*$/;
const note = /^<!-- (?:project: (?<project>\w+))?(?:, )?(?:file: (?<path>[\w./-]+))? -->$/;

/** The fenced blocks of a page of Markdown, from top to bottom. */
export function readPage(file: string, markdown: string): readonly Example[] {
  const lines = markdown.split("\n");
  const examples: Example[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const language = fence.exec(lines[at] ?? "")?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf("```", at + 1);
    if (end === -1) throw new Error(`${file}:${at + 1} opens a block that nothing closes.`);
    const text = lines.slice(at + 1, end).join("\n");
    const last = examples.at(-1);
    if (language === "" && last?.language === "ts") {
      examples.splice(-1, 1, { ...last, prints: text });
    } else {
      const { project, path } = note.exec(lines[at - 2] ?? "")?.groups ?? {};
      const asked = { ...(project && { project }), ...(path && { path }) };
      examples.push({ file, line: at + 2, language, text, ...asked });
    }
    at = end;
  }
  return examples;
}
