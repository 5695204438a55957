/** What `help TOPIC` says beside the help of each command, by topic. */
export const topics: Readonly<Record<string, { title: string; text: string }>> = {
  config: {
    title: "lima-cli.yaml and the other places of settings",
    text: `The nearest lima-cli.yaml upward, no further than the root of the git work tree, makes its folder a project.
\`lima-cli init\` writes one with every key as a comment; an editor that knows YAML schemas completes them.

  image                  flake installable, name in the store, URL@sha256:HEX, or oci://…
  template               Lima template, relative to the file
  cpus, memory, disk     in place of what the template says
  mounts                 location, mountPoint, writable
  ports                  guest, host
  provision              script, as (root or user)
  checks                 command, unit, port, file or http; timeout
  lifetime               ttl, startTimeout

A setting is taken from the first of these that has it; a list as a whole:
  1. a flag              --image, --template, --cpus, --memory, --disk, --ttl, --timeout
  2. the environment     see lima-cli help environment
  3. lima-cli.yaml       of the project
  4. the user's own      $XDG_CONFIG_HOME/lima-cli/config.yaml, or ~/.config/lima-cli/config.yaml

lima-cli config show --origin says what holds and where it came from.`,
  },
  environment: {
    title: "Variables of the environment",
    text: `LIMA_CLI_IMAGE, LIMA_CLI_TEMPLATE, LIMA_CLI_CPUS, LIMA_CLI_MEMORY, LIMA_CLI_DISK, LIMA_CLI_TTL,
LIMA_CLI_START_TIMEOUT   settings, see lima-cli help config
LIMA_HOME                where Lima keeps instances, and we the images; by default ~/.lima
XDG_CONFIG_HOME          where the user's own configuration is
XDG_CACHE_HOME           where code that Node has compiled is kept, in lima-cli/code; by default ~/.cache
NODE_DISABLE_COMPILE_CACHE   1: no such code is kept
NO_COLOR                 no colour, if it is not empty
TERM=dumb, CI            plain lines in place of a live view`,
  },
  "exit-status": {
    title: "What an exit status means",
    text: `0      done
1      failed
2      wrong usage or configuration
3      something is missing on this machine; lima-cli doctor says what
124    timed out
125    exec, run and shell: we failed, not the command in the guest, whose own status is passed on otherwise
128+n  ended by signal n; the first Ctrl-C cleans up, the second leaves at once. The first one during run goes to the command`,
  },
  golden: {
    title: "Golden VMs: what takes long to install is installed once",
    text: `lima-cli run starts a clone of a stopped VM whose name begins with golden, when \`up\` made that of the same image and
template. Clones share their disk with it where the file system can.

  lima-cli up golden-tools
  lima-cli exec golden-tools --root -- sh -c '… install …'
  lima-cli stop golden-tools
  lima-cli run -- tool               a clone, gone afterwards
  lima-cli run --fresh -- tool       not a clone
  lima-cli run --from golden-tools -- tool   that one, whatever it was made of

One of a template that mounts nothing (--template) can be suspended: it keeps its memory, and the clone of a run that mounts
nothing either goes on from there in a fraction of a boot.

  lima-cli stop golden-tools --suspend`,
  },
  changes: {
    title: "What has changed since a VM was made",
    text: `status and up compare what a VM was made of with what holds now: the nix files and the lock of a flake on this machine, the
image's digest in the store, the template, the settings. A flake from elsewhere is not asked.

  needs nothing     taken in by the next up
  needs a restart   what Lima reads at every start: cpus, memory, mounts, ports, provision, a larger disk
  needs a new VM    image, user, a smaller disk, and what is not known to be less

lima-cli up --recreate does what is needed. Additional disks (additionalDisks of a template) are things of their own to Lima:
they stay when the VM is made anew.`,
  },
};
