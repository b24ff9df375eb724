// Says what the npm package yaml, which Obsidian uses, reads in the properties of a note. Each line of standard input is a
// block (the text between the fences) as a JSON string; the answer is a line of JSON: {"value": ...}, with every value
// marked by its kind, or {"error": code}. The first line of output is the version of the package.
// NODE_PATH, or a node_modules folder beside this file, says where the package is.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

process.on("warning", () => {}); // it warns of odd keys, and nobody reads standard error
const require = createRequire(import.meta.url);
const yaml = require("yaml");

const marked = (value) => {
  if (value === null || value === undefined) return ["null"];
  if (typeof value === "string") return ["text", value];
  if (typeof value === "boolean") return ["checkbox", value];
  if (typeof value === "number") return ["number", Object.is(value, -0) ? "0" : numberText(value)];
  if (Array.isArray(value)) return ["list", value.map(marked)];
  if (value instanceof Map) return ["mapping", [...value].map(([key, inner]) => [marked(key), marked(inner)])];
  return ["other", String(value)];
};

const numberText = (value) => yaml.stringify(value).trim();

const read = (block) => {
  try {
    const document = yaml.parseDocument(block, { logLevel: "silent" });
    if (document.errors.length > 0) return { error: document.errors[0].code };
    return { value: marked(document.toJS({ mapAsMap: true })) };
  } catch (error) {
    return { error: error.message.split("\n")[0] };
  }
};

const answer = (line) => process.stdout.write(JSON.stringify(line) + "\n");
answer(require("yaml/package.json").version);
for await (const line of createInterface({ input: process.stdin })) answer(read(JSON.parse(line)));
