import type { Example } from "./example.ts";

/** A line that somebody would type. */
export interface TypedCommand {
  /** Without its remark. */
  readonly text: string;
  /** As the remark says it: `# exit code 4`. */
  readonly exitCode: number;
  /** What a `console` block shows beneath it. */
  readonly shown: readonly string[];
}

/** The commands of a block: each line of `sh`, each line behind `$` of `console`. */
export function readCommands({ language, text }: Example): readonly TypedCommand[] {
  const commands: { text: string; exitCode: number; shown: string[] }[] = [];
  for (const line of text.split("\n")) {
    const typed = language === "sh" ? line : /^\$ (.*)$/.exec(line)?.[1];
    if (typed === undefined) {
      commands.at(-1)?.shown.push(line);
      continue;
    }
    const [command = "", ...remark] = typed.split(/\s+# /);
    const exitCode = Number(/\bexit code (\d+)/.exec(remark.join(" "))?.[1] ?? 0);
    if (command.trim() !== "") commands.push({ text: command.trim(), exitCode, shown: [] });
  }
  return commands;
}
