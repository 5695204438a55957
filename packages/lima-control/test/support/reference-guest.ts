/** The image that the machine tests boot; `hack/test` builds it and says where it is. */
export function referenceImage(): string {
  const image = process.env["SYSINIT_TEST_IMAGE"] ?? "";
  if (image === "") throw new Error("SYSINIT_TEST_IMAGE names no image to boot: run ./hack/test");
  return image;
}

/** A template for the reference guest, or another build of it, that mounts one directory of the host or none. */
export function referenceTemplate(options: { projects?: string; image?: string }): string {
  const mounts =
    options.projects === undefined
      ? "mounts: []"
      : `mounts:
- location: ${JSON.stringify(options.projects)}
  mountPoint: /home/dev/projects
  writable: true`;
  return `
vmType: qemu
images:
- location: ${JSON.stringify(options.image ?? referenceImage())}
cpus: 2
memory: 2GiB
disk: 20GiB
user: {name: dev, home: /home/dev}
mountType: 9p
${mounts}
containerd: {system: false, user: false}
`;
}
