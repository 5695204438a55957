# The image that Lima boots: the raw disk as qcow2.
# From: $tools, $disk, $imageFile. Makes: $out/$imageFile.
# shellcheck shell=sh disable=SC2154 # the environment is the derivation's
# shellcheck source=nix/reference-guest/builders/library.sh
. "$library"

phase "converting to qcow2"
mkdir -p "$out/nix-support"
"$tools/bin/qemu-img" convert -f raw -O qcow2 "$disk/disk.raw" "$out/$imageFile"

phase "checking the image"
"$tools/bin/qemu-img" check "$out/$imageFile"
echo "file qcow2-image $out/$imageFile" >"$out/nix-support/hydra-build-products"
say "$(($(stat -c %s "$out/$imageFile") / 1000000)) MB"
