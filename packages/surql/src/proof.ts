export * from "@surql/proof";
