/** How ssh reaches a guest without limactl. */
export interface SshConfig {
  /** For `ssh -F file host`, and all that takes such a file: scp, rsync, Ansible, an editor. */
  file: string;
  host: string;
  hostname: string;
  port: number;
  user: string;
  identityFile: string;
  /** Socket of the connection that Lima holds open. */
  controlPath: string;
}
