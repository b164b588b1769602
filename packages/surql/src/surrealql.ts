export * from "@surql/surrealql";
