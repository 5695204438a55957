/** How a VM came up, in seconds since the call of `limactl start`. */
export interface BootTimeline {
  /** One after the other, without gaps. What the guest cannot tell apart is one phase. */
  phases: BootPhase[];
  /** What systemd started, in the order of its beginning; the longest ones. */
  units: BootUnit[];
  /** When the first command in the guest had succeeded. */
  firstShellSeconds: number;
}

export interface BootPhase {
  name: "host" | "host and firmware" | "firmware" | "boot loader" | "kernel" | "initrd" | "units";
  startSeconds: number;
  seconds: number;
}

export interface BootUnit {
  name: string;
  startSeconds: number;
  seconds: number;
}
