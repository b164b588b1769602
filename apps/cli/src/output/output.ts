import { styleFor } from "./style.ts";
import type { Style } from "./style.ts";

/** A stream that text is written to. */
export interface Sink {
  readonly isTTY?: boolean;
  write(text: string, encoding?: "utf8", done?: () => void): unknown;
}

/** The one place that writes: data to stdout, everything else to stderr. */
export interface Output {
  /** The style of what goes to stdout. */
  readonly style: Style;
  /** The style of what goes to stderr. */
  readonly noteStyle: Style;
  /** Whether somebody watches stderr, so that progress is worth showing. */
  readonly watched: boolean;
  /** Writes a document to stdout as JSON. */
  document(value: unknown): void;
  /** Writes text to stdout. */
  text(text: string): void;
  /** Writes text to stderr. */
  note(text: string): void;
  /** Resolves when everything written has left this process. */
  flush(): Promise<void>;
}

/** Output to a pair of streams. */
export function createOutput(
  stdout: Sink,
  stderr: Sink,
  environment: Readonly<Record<string, string | undefined>>,
): Output {
  return {
    style: styleFor(stdout, environment),
    noteStyle: styleFor(stderr, environment),
    watched: stderr.isTTY === true,
    document: (value) => void stdout.write(`${toJson(value)}\n`),
    text: (text) => void stdout.write(endLine(text)),
    note: (text) => void stderr.write(endLine(text)),
    flush: async () => {
      for (const stream of [stdout, stderr]) {
        await new Promise<void>((resolve) => stream.write("", "utf8", resolve));
      }
    },
  };
}

/** Output of this process. */
export function processOutput(): Output {
  return createOutput(process.stdout, process.stderr, process.env);
}

function endLine(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function toJson(value: unknown): string {
  return JSON.stringify(
    value,
    // The client reads large integers as bigint, which JSON has no word for.
    (_key, part: unknown) => (typeof part === "bigint" ? part.toString() : part),
    2,
  );
}
