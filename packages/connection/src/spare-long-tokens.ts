import type { Surreal } from "surrealdb";

/** The longest that a timer of Node waits. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Keeps a client from renewing a token that is valid for longer than a timer can wait.
 *
 * The client sets a timer to the end of the token. Node turns one of more than 24.8 days into one of a
 * millisecond, and the client would sign in over and over. It asks its listeners before it reads the end
 * from the token that it shows them, so this takes the token away from it.
 */
export function spareLongTokens(client: Surreal): void {
  client.subscribe("auth", (tokens) => {
    if (tokens !== null && outlivesTimers(tokens.access)) tokens.access = "";
  });
}

function outlivesTimers(token: string): boolean {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
    );
    const { exp } = claims as { exp?: number };
    return exp !== undefined && exp * 1000 - Date.now() > longestTimerMs;
  } catch {
    return false;
  }
}
