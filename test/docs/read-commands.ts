import type { Example } from "./example.ts";

/** A line that somebody would type. */
export interface TypedCommand {
  /** Without its remark. */
  readonly text: string;
  /** As the remark says it: `# exit code 4`. */
  readonly exitCode: number;
  /** Whether it is another way to do what the lines before it do: `# or …`. */
  readonly isAlternative: boolean;
  /** What a `console` block shows beneath it. */
  readonly shown: readonly string[];
}

/** The commands of a block: each line of `sh`, each line behind `$` of `console`. */
export function readCommands({ language, text: block }: Example): readonly TypedCommand[] {
  const commands: (TypedCommand & { readonly shown: string[] })[] = [];
  for (const line of block.split("\n")) {
    const typed = language === "sh" ? line : /^\$ (.*)$/.exec(line)?.[1];
    if (typed === undefined) {
      commands.at(-1)?.shown.push(line);
      continue;
    }
    const [command = "", ...remarks] = typed.split(/\s+# /);
    const remark = remarks.join(" ");
    const exitCode = Number(/\bexit code (\d+)/.exec(remark)?.[1] ?? 0);
    const isAlternative = remark.startsWith("or ");
    const text = command.trim();
    if (text !== "") commands.push({ text, exitCode, isAlternative, shown: [] });
  }
  return commands;
}
