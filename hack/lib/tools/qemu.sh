# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# QEMU for this machine's own architecture, its disk tool, and UEFI firmware where limactl looks for it.

QEMU_WANTED=8.0 # 7.2 oopses a Linux 6.12 guest with two CPUs under emulation

qemu_good() { # PROGRAM
  local version folder
  version=$("$1" --version 2>/dev/null) || { WHY_NOT="$1 does not run"; return 1; }
  version=$(version_in "$version")
  version_at_least "$version" "$QEMU_WANTED" || { WHY_NOT="$1 is $version, $QEMU_WANTED or newer is wanted"; return 1; }
  folder=$(dirname "$1")
  [ -x "$folder/qemu-img" ] || { WHY_NOT="$1 has no qemu-img beside it"; return 1; }
  FIRMWARE=$(qemu_firmware "${folder%/bin}") || { WHY_NOT="$1 has no UEFI firmware that limactl would find"; return 1; }
  FOUND_VERSION=$version FOUND_AT=$1
}

qemu_firmware() { # PREFIX: prints the firmware file that limactl would take
  local file
  for file in "${HOME:-}/.local/share/qemu/edk2-$MACHINE_ARCH-code.fd" "$1/share/qemu/edk2-$MACHINE_ARCH-code.fd" $(qemu_firmware_of_distributions); do
    if [ -r "$file" ]; then
      echo "$file"
      return 0
    fi
  done
  return 1
}

qemu_firmware_of_distributions() {
  case $MACHINE_ARCH in
    x86_64) echo /usr/share/edk2/x64/OVMF_CODE.4m.fd /usr/share/OVMF/OVMF_CODE.fd /usr/share/OVMF/OVMF_CODE_4M.fd /usr/share/edk2/ovmf/OVMF_CODE.fd ;;
    aarch64) echo /usr/share/AAVMF/AAVMF_CODE.fd /usr/share/qemu-efi-aarch64/QEMU_EFI.fd ;;
  esac
}

qemu_program() { echo "qemu-system-$MACHINE_ARCH"; }

qemu_on_path() {
  local program
  program=$(program_on_path "$(qemu_program)") || { WHY_NOT="$(qemu_program) is not on PATH"; return 1; }
  qemu_good "$program"
}

qemu_bin() { echo "$TOOLS/qemu/bin"; }
qemu_ours() { [ -x "$TOOLS/qemu/bin/$(qemu_program)" ] && qemu_good "$TOOLS/qemu/bin/$(qemu_program)"; }
qemu_help() { echo "install QEMU $QEMU_WANTED or newer with UEFI firmware (Debian: qemu-system-x86 qemu-utils ovmf; Fedora: qemu-kvm edk2-ovmf; macOS: brew install qemu) and run ./hack/setup again"; }
qemu_ways() { if [ "$MACHINE_OS" = darwin ]; then echo brew; else echo debian_packages; fi; }

qemu_by_brew() { brew_way qemu qemu; }

qemu_by_debian_packages() {
  WHY_NOT=$(debian_tree_possible) || return 1
  reachable "$(debian_mirror)" || { WHY_NOT="$(server_of "$(debian_mirror)") does not answer"; return 1; }
  HOW="Debian $DEBIAN_RELEASE's packages, unpacked"
  run_step "unpacking QEMU and UEFI firmware from Debian $DEBIAN_RELEASE" qemu_make_debian "$TOOLS_TMP/qemu" &&
    tool_made_note "$TOOLS_TMP/qemu" && tools_folder_put "$TOOLS_TMP/qemu" qemu
}

# The aarch64 names are Debian's; that they boot has not been verified.
qemu_make_debian() { # FOLDER
  local folder=$1 tree=$TOOLS/qemu/tree system firmware code data='' directory program modules
  case $MACHINE_ARCH in
    x86_64) system=qemu-system-x86 firmware=ovmf code=usr/share/OVMF/OVMF_CODE_4M.fd ;;
    aarch64) system=qemu-system-arm firmware=qemu-efi-aarch64 code=usr/share/AAVMF/AAVMF_CODE.fd ;;
  esac
  debian_tree_make "$folder/tree" "$system" qemu-utils "$firmware" || return 1
  mkdir -p "$folder/bin" "$folder/share/qemu" || return 1
  # limactl looks for the firmware beside the program that it starts.
  cp "$folder/tree/$code" "$folder/share/qemu/edk2-$MACHINE_ARCH-code.fd" || return 1
  modules="export QEMU_MODULE_DIR=$(quote "$tree/usr/lib/$DEBIAN_TRIPLET/qemu")"
  for directory in usr/share/qemu usr/share/seabios usr/lib/ipxe/qemu; do
    data="$data${data:+ }-L $(quote "$tree/$directory")"
  done
  launcher_write "$folder/bin/$(qemu_program)" "$tree" "$(qemu_program)" "$modules" "$data" || return 1
  for program in qemu-img qemu-io qemu-nbd; do
    launcher_write "$folder/bin/$program" "$tree" "$program" "$modules" || return 1
  done
}
