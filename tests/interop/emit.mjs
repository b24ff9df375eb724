// Reads JSON from standard input, a list of {"block": text}; answers for each what the npm package yaml reads in the
// block, and the block as it writes it again. NODE_PATH says where the package is.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const yaml = require("yaml");
const { version } = require("yaml/package.json");

const answers = JSON.parse(readFileSync(0, "utf8")).map(({ block }) => {
  try {
    const read = yaml.parse(block);
    const again = read === null ? "" : yaml.stringify(read, { lineWidth: 0, nullStr: "" });
    return { read, again };
  } catch (error) {
    return { error: String(error.message) };
  }
});
process.stdout.write(JSON.stringify({ version, answers }));
