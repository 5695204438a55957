/**
 * A template whose image is a text file: limactl copies it and asks no more, so an instance of it costs nothing. Started
 * under emulation it runs, and never gets further than its firmware.
 */
export const dummyTemplate = `
images:
- location: /etc/profile
cpus: 1
memory: 256MiB
disk: 1MiB
mounts: []
containerd: {system: false, user: false}
`;
