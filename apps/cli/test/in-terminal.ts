// The terminal of the tests of internal/terminal serves here as well.
export { inTerminal, markSequence } from "../../../internal/terminal/test/in-terminal.ts";
