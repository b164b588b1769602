import { readStatement, redactSecrets, splitStatements, tokenize } from "@surql/surrealql";

/**
 * What must hold for every text, SurrealQL or not. Nothing here may throw either.
 *
 * @returns What does not hold; empty when all is well.
 */
export function brokenLaws(text: string): readonly string[] {
  const broken: string[] = [];
  const tokens = tokenize(text);
  if (tokens.map((token) => token.text).join("") !== text) broken.push("tokens lose text");
  let at = 0;
  for (const token of tokens) {
    if (token.start !== at || token.end <= token.start)
      broken.push(`a token at ${at} is misplaced`);
    at = token.end;
  }

  const lines = text.split("\n");
  for (const { text: statement, line, column } of splitStatements(text)) {
    const rest = [lines[line - 1]?.slice(column - 1), ...lines.slice(line)].join("\n");
    if (!rest.startsWith(statement)) broken.push(`a statement is not at ${line}:${column}`);
    const again = splitStatements(statement);
    if (again.length !== 1 || again[0]?.text !== statement) {
      broken.push("a statement is split once more");
    }
    readStatement(statement);
  }

  readStatement(text);
  const redacted = redactSecrets(text);
  if (redactSecrets(redacted) !== redacted) broken.push("redacting twice changes more");
  return broken;
}
