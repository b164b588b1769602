// Runs SurrealQL on a store, closes it and has nothing more to do. Prints what the last statement gave.
import { connect } from "@surql/connection";

const [, , url = "", sql = ""] = process.argv;
try {
  const db = await connect({ url, namespace: "shop", database: "main" });
  const results = await db.query(sql);
  await db.close();
  console.log(JSON.stringify(results.at(-1) ?? null));
} catch (error) {
  console.log(JSON.stringify(error));
  process.exitCode = 1;
}
