// Reads diagrams as a JSON array on standard input, answers with what mermaid's own parser says of each: null, or its message.
//
// mermaid cleans labels with DOMPurify, which needs a browser's document. Parsing does not depend on what it returns, so a
// module that returns text as it is takes its place here.
import { registerHooks } from "node:module";
import { readFileSync } from "node:fs";

const PASS = "data:text/javascript,export default { addHook() {}, removeHook() {}, sanitize: (text) => String(text) }";
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "dompurify" ? { url: PASS, shortCircuit: true } : next(specifier, context),
});

const { default: mermaid } = await import("mermaid");
const answers = [];
for (const diagram of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    await mermaid.parse(diagram);
    answers.push(null);
  } catch (error) {
    answers.push(String(error.message ?? error));
  }
}
console.log(JSON.stringify(answers));
