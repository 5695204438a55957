import { schemaAddress } from "./config/json-schema.ts";

/** What `init` writes: every key, as a comment but for the image, when one is given. */
export function initText(image: string | undefined): string {
  return `# yaml-language-server: $schema=${schemaAddress}
#
# The VM of this project. In any folder of it:
#
#   lima-cli up        make or start it, and wait until it is ready
#   lima-cli shell     a shell in it, in the folder where you are
#   lima-cli delete    gone
#
# Every key may be left out. \`lima-cli config show --origin\` says what holds and where it came from.

# What it boots: what a flake builds, the name of an image in the store (\`lima-cli images list\`), or a file to download
# by its digest.
${image === undefined ? "#image: .#lima-minimal-image" : `image: ${JSON.stringify(image)}`}
#image: lima-minimal
#image: https://example.org/nixos.qcow2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef

# A Lima template; by default the built-in one. This folder is always mounted, at the path that it has here.
#template: lima.yaml

# In place of what the template says.
#cpus: 4
#memory: 4GiB
#disk: 40GiB

# More folders of this machine. A relative location starts at this file.
#mounts:
#  - location: ~/notes
#    mountPoint: /notes
#    writable: true

# TCP ports of the guest on 127.0.0.1 of this machine.
#ports:
#  - guest: 8080
#  - guest: 5432
#    host: 15432

# Scripts that the guest runs at every boot.
#provision:
#  - script: |
#      #!/bin/sh
#      echo hello >/etc/motd
#  - as: user
#    script: |
#      #!/bin/sh
#      git config --global init.defaultBranch main

# What must be seen in the guest before \`up\` says that it is ready.
#checks:
#  - unit: sshd.service
#  - port: 5432
#    timeout: 5m
#  - file: /etc/motd
#  - command: [test, -d, /run]
#  - http: http://127.0.0.1:8080/health

# After \`ttl\` from its last start by \`up\`, \`lima-cli sweep\` deletes it.
#lifetime:
#  ttl: 8h
#  startTimeout: 15m
`;
}
