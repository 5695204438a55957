// The terminal of the tests of internal/terminal serves here as well.
export { inTerminal } from "../../../internal/terminal/test/in-terminal.ts";
