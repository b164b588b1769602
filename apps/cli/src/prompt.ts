import type { Readable, Writable } from "node:stream";
import { interrupted } from "./errors.ts";

/** Questions to the person at the terminal. Each throws `CLI.INTERRUPTED` on Ctrl-C. */
export interface Prompts {
  /** Asks a question whose answer is yes or no; no unless it is changed. */
  confirm(question: string): Promise<boolean>;
  /** Asks for the word `yes`. Anything else is no. */
  typeYes(question: string): Promise<boolean>;
}

/** Questions over a pair of streams. */
export function createPrompts(input: Readable, output: Writable): Prompts {
  return {
    confirm: async (message) => {
      const { confirm, isCancel } = await import("@clack/prompts");
      const answer = await confirm({ message, initialValue: false, input, output });
      if (isCancel(answer)) throw interrupted();
      return answer;
    },
    typeYes: async (message) => {
      const { isCancel, text } = await import("@clack/prompts");
      const answer = await text({ message, input, output });
      if (isCancel(answer)) throw interrupted();
      return answer.trim() === "yes";
    },
  };
}

/** Questions on the terminal of this process; stdout stays free for data. */
export function processPrompts(): Prompts {
  return createPrompts(process.stdin, process.stderr);
}

/** Whether somebody sits at this process's terminal. */
export function hasTerminal(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}
