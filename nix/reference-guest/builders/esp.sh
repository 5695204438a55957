# The content of the EFI system partition: systemd-boot at the removable path (an instance starts with empty firmware
# variables), one loader entry, the kernel and its initrd.
# From: $rootFileSystem, $rootLabel. Makes: $out with EFI/ and loader/.
# shellcheck shell=sh disable=SC2154 # the environment is the derivation's
# shellcheck source=nix/reference-guest/builders/library.sh
. "$library"

phase "taking kernel and boot loader from the root file system"
unpacked=$NIX_BUILD_TOP/unpacked
mkdir "$unpacked"
tar --extract --file="$rootFileSystem/root-file-system.tar" --directory="$unpacked" --no-same-owner --wildcards \
	'./boot/vmlinuz-*' './boot/initrd.img-*' "./usr/lib/systemd/boot/efi/systemd-boot$efiArchitecture.efi" ./usr/lib/os-release

kernel=$(find "$unpacked/boot" -name 'vmlinuz-*')
version=${kernel##*/vmlinuz-}
[ "$(printf '%s\n' "$kernel" | grep -c .)" = 1 ] ||
	fail "cannot choose a kernel" "the root file system has not exactly one: $kernel" "guest/packages.txt must name one kernel"
say "kernel $version"

phase "laying out the ESP"
removable=$(printf 'BOOT%s.EFI' "$efiArchitecture" | tr '[:lower:]' '[:upper:]')
mkdir -p "$out/EFI/BOOT" "$out/EFI/debian" "$out/loader/entries"
cp "$unpacked/usr/lib/systemd/boot/efi/systemd-boot$efiArchitecture.efi" "$out/EFI/BOOT/$removable"
cp "$kernel" "$out/EFI/debian/vmlinuz"
cp "$unpacked/boot/initrd.img-$version" "$out/EFI/debian/initrd.img"
cat >"$out/loader/loader.conf" <<END
timeout 0
editor no
END
# The last console is /dev/console: the kernel's errors and systemd's messages go to the serial log, which Lima keeps. Less
# important messages of the kernel stay in the journal, as on NixOS: an emulated console costs time for every letter.
cat >"$out/loader/entries/debian.conf" <<END
title Debian reference guest
version $version
linux /EFI/debian/vmlinuz
initrd /EFI/debian/initrd.img
options root=LABEL=$rootLabel rw console=tty0 console=$serialConsole loglevel=4 systemd.gpt_auto=0
END
du -sh "$out" | cut -f 1
