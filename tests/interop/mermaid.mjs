// Says what the npm package mermaid reads in diagrams. Standard input is a JSON list of texts; for each the answer has
// {"type", "nodes": [[id, text]], "edges": [[from, to, text]], "groups": [[title, [ids]]]}, or {"error"}.
// NODE_PATH, or a node_modules folder beside this file, says where the package is.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const path = require.resolve("mermaid");
const load = async (file) => (await import(pathToFileURL(file).href)).default;

// It cleans what it shows with a package that needs a browser; here nothing is shown.
const purify = await load(join(dirname(createRequire(path).resolve("dompurify")), "purify.es.mjs"));
purify.addHook = () => {};
purify.sanitize = (text) => text;

const mermaid = await load(path);
mermaid.initialize({ maxTextSize: 50000, maxEdges: 500, securityLevel: "strict" });

const read = async (text) => {
  try {
    if (text.length > 50000) return { error: "more characters than are drawn" };
    const { diagramType: type } = await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    return {
      type,
      nodes: [...db.getVertices().values()].map(({ id, text }) => [id, text]),
      edges: db.getEdges().map(({ start, end, text }) => [start, end, text]),
      groups: db.getSubGraphs().map(({ title, nodes }) => [title, nodes]),
    };
  } catch (error) {
    return { error: String(error.message) };
  }
};

const answers = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) answers.push(await read(text));
process.stdout.write(JSON.stringify(answers));
