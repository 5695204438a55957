export { installFakeLimactl, type FakeLimactl, type FakeLimactlOptions } from "./install-fake-limactl.ts";
export type { FakeProgram, Faults } from "./faults.ts";
