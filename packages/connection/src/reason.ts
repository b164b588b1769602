/** The most telling words in an error and the errors that led to it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (error.cause !== undefined && error.cause !== null) return reasonOf(error.cause);
  return error.message === "" ? error.name : error.message;
}
