# The raw disk of a NixOS system: a GPT with the ESP and the root file system, as nixos-install would leave them.
# From: $toplevel, $closure (of closureInfo), $bootLoader (systemd-boot's program), $loaderTimeout, $partitions (repart.d),
# $architecture (in systemd-repart's words), $seed. Makes: $out/$fileName.
# shellcheck shell=bash disable=SC2154 # the environment is the derivation's

shopt -s inherit_errexit

work=$PWD/work
mkdir "$work" "$work"/{esp,root,repart.d,temporary}
export HOME=$work/temporary TMPDIR=$work/temporary USER=nobody

if ! reason=$(unshare --map-root-user true 2>&1); then
	echo "error: cannot open a user namespace, which systemd-repart is run in: $reason" >&2
	echo "  hint: on Ubuntu 24.04 and later: sysctl kernel.apparmor_restrict_unprivileged_userns=0" >&2
	exit 1
fi

# The EFI system partition, with the names that NixOS's own systemd-boot-builder.py gives: it takes this generation over at
# the first `nixos-rebuild`, and finds the boot loader that it may have to update. An instance starts with empty firmware
# variables and therefore from the removable path.
esp=$work/esp
program=${bootLoader##*/}
mkdir -p "$esp"/EFI/{BOOT,nixos,systemd} "$esp"/loader/entries
cp "$bootLoader" "$esp/EFI/systemd/$program"
cp "$bootLoader" "$esp/EFI/BOOT/$(tr '[:lower:]' '[:upper:]' <<<"${program#systemd-}")"

bootspec() {
	jq --raw-output --exit-status ".\"org.nixos.bootspec.v1\" | $1" "$toplevel/boot.json"
}
copy_to_esp() { # FILE: its path on the ESP
	local file path
	file=$(readlink -f "$1")
	path=${file#/nix/store/}
	path=/EFI/nixos/${path//\//-}.efi
	cp "$file" "$esp$path"
	echo "$path"
}
kernel=$(copy_to_esp "$(bootspec .kernel)")
initrd=$(copy_to_esp "$(bootspec .initrd)")
cat >"$esp/loader/entries/nixos-generation-1.conf" <<ENTRY
title NixOS
version Generation 1 $(bootspec .label)
linux $kernel
initrd $initrd
options $(bootspec '["init=" + .init] + .kernelParams | join(" ")')
sort-key nixos
ENTRY
cat >"$esp/loader/loader.conf" <<LOADER
timeout $loaderTimeout
default nixos-*
LOADER

# The root file system but for the store: the first generation of the system profile, and the Nix database.
root=$work/root
mkdir -p "$root"/etc "$root"/nix/var/nix/{gcroots,profiles}
touch "$root/etc/NIXOS"
ln -s "$toplevel" "$root/nix/var/nix/profiles/system-1-link"
ln -s system-1-link "$root/nix/var/nix/profiles/system"
# nix makes this link only together with its folder, which NixOS makes first; without it the profiles are garbage.
ln -s /nix/var/nix/profiles "$root/nix/var/nix/gcroots/profiles"

# In a store of its own, whose other folders name places of this machine.
NIX_REMOTE="local?root=$work/temporary/store" nix-store --load-db <"$closure/registration"
sqlite3 "$work/temporary/store/nix/var/nix/db/db.sqlite" "UPDATE ValidPaths SET registrationTime = 1"
mkdir "$root/nix/var/nix/db"
cp "$work"/temporary/store/nix/var/nix/db/{db.sqlite,schema} "$root/nix/var/nix/db/"

# As in the store: when the image was built is not in it.
find "$esp" "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

cp "$partitions"/*.conf "$work/repart.d/"
chmod u+w "$work"/repart.d/*.conf
echo "CopyFiles=$esp:/" >>"$work/repart.d/10-esp.conf"
{
	echo "CopyFiles=$root:/"
	sed 's/^/CopyFiles=/' "$closure/store-paths"
} >>"$work/repart.d/20-root.conf"

# Sectors of 512 bytes, because that is what both of Lima's drivers present. fakeroot makes every file root's: the builder's
# user namespace knows no other owner.
mkdir "$out"
unshare --map-root-user fakeroot systemd-repart --offline=yes --empty=create --size=auto --sector-size=512 --dry-run=no \
	--architecture="$architecture" --seed="$seed" --definitions="$work/repart.d" "$out/$fileName"
