import { hostname, userInfo } from "node:os";

/** Who runs this process, in words for the lock and the audit; tells it from every other. */
export function actorOfProcess(): string {
  return `${userName()}@${hostname()}, process ${process.pid}`;
}

/** In a container the user may have a number only, and no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}
