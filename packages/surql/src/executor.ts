export * from "@surql/executor";
