export { createLima, type LimaOptions } from "./create-lima.ts";
export type { Lima } from "./lima.ts";
export type { CreateOptions } from "./create.ts";
export type { LaunchOptions, LaunchSettings, LaunchSource } from "./launch.ts";
export type { InstanceEvent, WatchOptions } from "./watch.ts";
export type { SweepOptions } from "./sweep.ts";
export type { LimaInfo } from "./limactl/info.ts";
export type { InstanceRecord } from "./instances/instance-record.ts";

export type { VmHandle } from "./handles/vm-handle.ts";
export type { GuestProcess } from "./handles/guest-process.ts";
export type { ForwardOptions, PortForward } from "./handles/port-forward.ts";
export type { SshConfig } from "./handles/ssh-config.ts";
export type { StoppedVm } from "./handles/stopped-vm.ts";
export type { InstanceChanges, TemplateValue } from "./handles/instance-changes.ts";
export type { Readiness, ResetWay, RunningVm } from "./handles/running-vm.ts";
export type { Keep } from "./handles/tenure.ts";
export type {
  CallOptions,
  CloneOptions,
  DeleteOptions,
  ExecOptions,
  FileOptions,
  GuestExit,
  GuestInput,
  GuestResult,
  LogLine,
  LogsOptions,
  ReadFileOptions,
  ResetOptions,
  RestartOptions,
  SaveBaselineOptions,
  ShellOptions,
  SpawnOptions,
  StartOptions,
  StopOptions,
  SuspendOptions,
  WaitForOptions,
  WriteFileOptions,
} from "./handles/options.ts";

export { probes } from "./probes/probes.ts";
export type { Probe, ProbeVerdict } from "./probes/probe.ts";

export { detectAccelerator, type DetectAcceleratorOptions } from "./detect-accelerator.ts";
export type { Accelerator } from "./accelerator/accelerator.ts";
export { checkHost, type CheckHostOptions } from "./check-host.ts";
export { hostProblemCodes, type HostProblem, type HostProblemCode } from "./host/host-problem.ts";
export { checkInstanceName } from "./check-instance-name.ts";

export type { MessageLevel, VmEvent, VmEventListener } from "./events/vm-event.ts";
export type { Cause } from "./diagnosis/cause.ts";
export { causeCodes } from "./diagnosis/find-cause.ts";
export { LimaControlError } from "./failures/lima-control-error.ts";
export { limaControlErrorCodes, type LimaControlErrorCode } from "./failures/error-codes.ts";
