/**
 * What the renewal of a lock begins with. How many of these a run sends is up to the clock: counted, a number would
 * mean another call or frame in the next run.
 */
export const renewal = "UPDATE _migration_lock:lock SET expires_at";
