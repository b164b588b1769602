import { styleFor } from "./style.ts";
import type { Style } from "./style.ts";

/** A stream that text is written to. */
export interface Sink {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string, encoding?: "utf8", done?: () => void): unknown;
}

/** The one place that writes: data to stdout, everything else to stderr. */
export interface Output {
  /** The style of what goes to stdout. */
  readonly style: Style;
  /** The style of what goes to stderr. */
  readonly noteStyle: Style;
  /** Writes a document to stdout as JSON. There is only one: a second is not written. */
  document(value: unknown): void;
  /** Writes text to stdout. */
  text(text: string): void;
  /** Writes text that a program reads to stdout: as it is, unless a terminal shows it. */
  code(text: string): void;
  /** Writes text to stderr. */
  note(text: string): void;
  /** Shows one line on stderr until something else is written; nothing when nobody watches. */
  progress(text: string): void;
  /** Resolves when everything written has left this process. */
  flush(): Promise<void>;
}

const eraseLine = "\r\u001B[2K";

/** Output to a pair of streams. */
export function createOutput(
  stdout: Sink,
  stderr: Sink,
  environment: Readonly<Record<string, string | undefined>>,
): Output {
  const watched = stderr.isTTY === true && environment["TERM"] !== "dumb";
  let shown = false;
  let documented = false;
  const write = (stream: Sink, text: string): void => {
    if (shown) stderr.write(eraseLine);
    shown = false;
    stream.write(text);
  };
  return {
    style: styleFor(stdout, environment),
    noteStyle: styleFor(stderr, environment),
    document: (value) => {
      if (!documented) write(stdout, `${toJson(value)}\n`);
      documented = true;
    },
    text: (text) => write(stdout, endLine(text)),
    code: (text) => write(stdout, stdout.isTTY === true ? endLine(text) : text),
    note: (text) => write(stderr, endLine(text)),
    progress: (text) => {
      if (!watched) return;
      write(stderr, printable(text).slice(0, (stderr.columns ?? 80) - 1));
      shown = true;
    },
    flush: async () => {
      if (shown) write(stderr, "");
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

function toJson(value: unknown): string {
  return JSON.stringify(
    value,
    // The client reads large integers as bigint, which JSON has no word for.
    (_key, part: unknown) => (typeof part === "bigint" ? part.toString() : part),
    2,
  );
}

function endLine(text: string): string {
  return `${printable(text).replace(/\n$/, "")}\n`;
}

/** Text without what could steer a terminal, our own styles aside: names and descriptions may hold anything. */
function printable(text: string): string {
  return text.replaceAll(
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for.
    /\u001B\[\d+m|[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g,
    (found) => (found.endsWith("m") ? found : JSON.stringify(found).slice(1, -1)),
  );
}
