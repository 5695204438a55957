# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# The names of this machine, as each tool spells them. Only x86_64 Linux has been seen to work; the others are names from
# the tools' own documentation.

machine_name() {
  case $(uname -s) in
    Linux) MACHINE_OS=linux ;;
    Darwin) MACHINE_OS=darwin ;;
    *) die 1 "this system is $(uname -s): only Linux and macOS are supported" "use a Linux machine or a Mac" ;;
  esac
  case $(uname -m) in
    x86_64 | amd64)
      MACHINE_ARCH=x86_64 NODE_ARCH=x64 DEBIAN_ARCH=amd64
      DEBIAN_TRIPLET=x86_64-linux-gnu DEBIAN_LOADER=usr/lib64/ld-linux-x86-64.so.2
      ;;
    aarch64 | arm64)
      MACHINE_ARCH=aarch64 NODE_ARCH=arm64 DEBIAN_ARCH=arm64
      DEBIAN_TRIPLET=aarch64-linux-gnu DEBIAN_LOADER=usr/lib/ld-linux-aarch64.so.1
      ;;
    *) die 1 "this machine is $(uname -m): only x86_64 and aarch64 are supported" "use such a machine" ;;
  esac
}
