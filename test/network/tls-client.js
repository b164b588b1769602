import { connect } from "@surql/connection";

const [, , url = ""] = process.argv;
const db = await connect({ url, namespace: "a", database: "b" });
const results = await db.transact([{ text: "RETURN [1, 2]" }]);
await db.close();
console.log(JSON.stringify({ results, url: db.target.url }));
