export * from "@surql/snapshot";
