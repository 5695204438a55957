# The raw disk: a GPT with the ESP and the root file system, written by systemd-repart without root and without loop devices.
# From: $tools, $rootFileSystem, $esp, $installer (a program that makes the root file system in the folder that it is given a
# guest of Lima, and $payload, which it may use), $partitions (repart.d), $seed, $rootLabel, $espLabel. Makes: $out/disk.raw.
# shellcheck shell=sh disable=SC2154 # the environment is the derivation's
# shellcheck source=nix/reference-guest/builders/library.sh
. "$library"

phase "checking the host"
require_user_namespace
work=$NIX_BUILD_TOP/work
mkdir "$work"
sweep_at_end "$work"

phase "unpacking the root file system"
export PATH="$tools/bin:$PATH"
mkdir "$work/source" "$work/temporary" "$work/source/root" "$work/source/esp"
# shellcheck disable=SC2016 # expanded by the inner shell
in_user_namespace sh -eu -c '
	# The kernel and its initrd lie on the ESP, which the guest mounts at /boot.
	tar --extract --file="$1/root-file-system.tar" --directory="$2/root" --numeric-owner --same-owner \
		--preserve-permissions --exclude="./boot/?*" --exclude="./dev/?*"
	cp -R "$3/." "$2/esp/"
	chmod -R u+w "$2/esp"
	sh "$4" "$2/root"
' unpack "$rootFileSystem" "$work/source" "$esp" "$installer"

phase "writing partitions"
mkdir "$work/repart.d" "$out"
for definition in "$partitions"/*.conf; do
	sed "s/@rootLabel@/$rootLabel/; s/@espLabel@/$espLabel/" "$definition" >"$work/repart.d/${definition##*/}"
done
TMPDIR=$work/temporary in_user_namespace systemd-repart --offline=yes --empty=create --size=auto --dry-run=no --seed="$seed" \
	--definitions="$work/repart.d" --copy-source="$work/source" "$out/disk.raw"
say "$(($(stat -c %s "$out/disk.raw") / 1000000)) MB, of which $(($(stat -c %b "$out/disk.raw") * 512 / 1000000)) MB are written"
