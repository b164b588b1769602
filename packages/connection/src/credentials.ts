import type { ProvidedAuth } from "surrealdb";
import type { ConnectConfig } from "./config.ts";
import { badConfig } from "./errors/connecting.ts";

/** Who signs in: the part of a configuration, or of a URL, that says so. */
export type Credentials = Pick<
  ConnectConfig,
  "namespace" | "database" | "username" | "password" | "token" | "authLevel"
>;

/**
 * Turns credentials into what the client signs in with; `null` when there are none.
 *
 * Throws `CONNECTION.BAD_CONFIG` when they are incomplete.
 */
export function authentication(credentials: Credentials): ProvidedAuth {
  const { token, username, password, namespace, database, authLevel = "root" } = credentials;
  if (token) return token;
  if (!username && !password) return null;
  if (!username)
    throw badConfig("There is a password, but no user name.", "Give the user name too.");
  if (!password)
    throw badConfig("There is a user name, but no password.", "Give the password too.");
  switch (authLevel) {
    case "root":
      return { username, password };
    case "namespace":
      return { namespace, username, password };
    case "database":
      return { namespace, database, username, password };
    default:
      throw badConfig(
        `"${String(authLevel)}" is not a level to sign in at.`,
        "Use root, namespace or database.",
      );
  }
}
