import path from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of the repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));

// npm hands its whole configuration to what it starts, and pnpm obeys it: `omit=dev` of one user would
// leave out the tools. What says how to reach a registry stays.
const reachesRegistry =
  /^npm_config_(\/\/.*|.*registry|userconfig|globalconfig|cache|ca|cafile|cert|key|proxy|https?_proxy|noproxy|strict_ssl)$/i;

/** @param {string} name */
function isKept(name) {
  if (name.toUpperCase() === "PATH" || name === "NODE_ENV" || name === "INIT_CWD") return false;
  return !/^(npm|pnpm)_/i.test(name) || reachesRegistry.test(name);
}

/**
 * The environment of every command that the scripts start: the user's, without what npm added to it, and
 * with this very Node, pnpm and the repository's tools first on the path.
 *
 * @type {NodeJS.ProcessEnv}
 */
export const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => isKept(name))),
  PATH: [
    path.join(root, "node_modules", ".bin"),
    path.join(root, ".tools", "node_modules", ".bin"),
    path.dirname(process.execPath),
    process.env["PATH"],
  ].join(path.delimiter),
  DO_NOT_TRACK: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
};
