/**
 * Words that a bare name must not be, in upper case.
 *
 * The first block is what the engines of 2.6 and 3.0 themselves put in backticks; the second is
 * what the 3.0.2 parser was seen to take for something else where a table, field, index or
 * function name stands, or in an expression.
 */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "AFTER ALL ALTER ANALYZE BEFORE BEGIN BREAK BY CANCEL COMMIT CONTINUE CREATE DEFINE DELETE DIFF FALSE FOR " +
    "FUNCTION IF INFO INSERT KILL LET LIVE NONE NULL OPTION RAND REBUILD RELATE REMOVE RETURN SELECT SEQUENCE " +
    "SHOW SLEEP TABLE TB THROW TRUE UPDATE UPSERT USE VALUE WHERE " +
    "ACCESS AND EXPLAIN FROM INFINITY NAN NOT ONLY OR OVERWRITE"
  ).split(" "),
);
