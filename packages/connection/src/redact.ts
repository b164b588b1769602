/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

const mark = "[redacted]";

/**
 * A quoted value behind a word that announces a secret. The quote may be unclosed: the server's messages
 * quote single lines.
 */
const announced =
  /\b(PASSWORD|PASSHASH|PASSSCRAM|KEY)((?:\s|\/\*.*?\*\/)+)(?:'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?)/gis;

/**
 * The lines of source that a parse error quotes. They are cut in the middle when they are long, so that the
 * end of a secret may stand there without the word that announces it.
 */
const excerpt = /(--> \[\d+:\d+\])(?:\n[ \d]*\|[^\n]*)+\n?/g;

const jsonWebToken = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/**
 * Makes the function that every text of the server passes before it is shown.
 *
 * @param secrets What was configured: password and token. Empty and missing ones are skipped.
 * @param more What the caller wants taken out beside.
 * @example
 * ```ts
 * createRedact(["hunter2"])("DEFINE USER u PASSWORD 'x' -- not hunter2"); // … PASSWORD '[redacted]' -- not [redacted]
 * ```
 */
export function createRedact(secrets: readonly (string | undefined)[], more?: Redact): Redact {
  const known = secrets.flatMap((secret) => (secret ? [pattern(secret)] : []));
  return (text) => {
    let clean = text
      .replace(excerpt, "$1")
      .replace(announced, (_, word: string, gap: string) => `${word}${gap}'${mark}'`)
      .replace(jsonWebToken, mark);
    for (const secret of known) clean = clean.replace(secret, mark);
    return more === undefined ? clean : more(clean);
  };
}

/** A short secret is only taken out where it stands alone: it would blacken half of every message otherwise. */
function pattern(secret: string): RegExp {
  const literal = secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(secret.length < 4 ? `(?<!\\w)${literal}(?!\\w)` : literal, "g");
}

/** What may be shown of an error: itself when nothing in it is secret, a copy of its words otherwise. */
export function redactError(error: unknown, redact: Redact): unknown {
  if (!(error instanceof Error)) return redact(String(error));
  for (let link: unknown = error; link instanceof Error; link = link.cause) {
    if (redact(link.message) === link.message) continue;
    const shown = new Error(redact(error.message));
    shown.name = error.name;
    delete shown.stack;
    return shown;
  }
  return error;
}
