import type { Readable, Writable } from "node:stream";
import { interrupted } from "./errors.ts";

/** Questions to the person at the terminal. Each throws `CLI.INTERRUPTED` on Ctrl-C and Ctrl-D. */
export interface Prompts {
  /** Asks a question whose answer is yes or no; no unless it is changed. */
  confirm(question: string): Promise<boolean>;
  /** Asks for the word `yes`. Anything else is no. */
  typeYes(question: string): Promise<boolean>;
  /** Asks to choose one of several answers. */
  choose<T extends string | undefined>(
    question: string,
    answers: readonly { readonly value: T; readonly label: string }[],
  ): Promise<T>;
}

/** Questions over a pair of streams. */
export function createPrompts(input: Readable, output: Writable): Prompts {
  return {
    confirm: async (message) => {
      const { confirm, isCancel } = await import("@clack/prompts");
      const answer = await untilEnd(input, (signal) =>
        confirm({ message, initialValue: false, input, output, signal }),
      );
      if (isCancel(answer)) throw interrupted();
      return answer;
    },
    typeYes: async (message) => {
      const { isCancel, text } = await import("@clack/prompts");
      const answer = await untilEnd(input, (signal) => text({ message, input, output, signal }));
      if (isCancel(answer)) throw interrupted();
      return answer.trim() === "yes";
    },
    choose: async <T extends string | undefined>(
      message: string,
      answers: readonly { readonly value: T; readonly label: string }[],
    ): Promise<T> => {
      const { isCancel, select } = await import("@clack/prompts");
      const options = answers.map(({ label }, index) => ({ value: index, label }));
      const chosen = await untilEnd(input, (signal) =>
        select({ message, options, input, output, signal }),
      );
      if (isCancel(chosen)) throw interrupted();
      return (answers[chosen] as { readonly value: T }).value;
    },
  };
}

/** Cancels a question that nobody can answer any more: at Ctrl-D, or when the input ends. */
async function untilEnd<T>(input: Readable, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const onEnd = (): void => ended.abort();
  const onKey = (_text: string | undefined, key: { ctrl?: boolean; name?: string }): void => {
    if (key.ctrl === true && key.name === "d") onEnd();
  };
  input.once("end", onEnd).on("keypress", onKey);
  try {
    return await ask(ended.signal);
  } finally {
    input.off("end", onEnd).off("keypress", onKey);
  }
}

/** Questions on the terminal of this process; stdout stays free for data. */
export function processPrompts(): Prompts {
  return createPrompts(process.stdin, process.stderr);
}

/** Whether somebody sits at this process's terminal. */
export function hasTerminal(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}
