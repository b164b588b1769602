/** Cases whose expectation does not hold yet. One that begins to hold fails the test, so that it is taken off. */
export const pending: ReadonlySet<string> = new Set();
