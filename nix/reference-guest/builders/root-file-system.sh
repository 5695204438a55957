# Debian's root file system for the guest, as a tar archive whose owners are those of the guest.
# From: $mirror, $suite, $packages (a list), $beforePackages and $afterPackages (trees that are laid over the root file
# system before and after the packages are installed), $configure (a script that runs in the root file system).
# Makes: $out/root-file-system.tar.
# shellcheck shell=sh disable=SC2154 # the environment is the derivation's
# shellcheck source=nix/reference-guest/builders/library.sh
. "$library"

phase "checking the host"
require_program mmdebstrap mmdebstrap
require_program apt-get apt
require_user_namespace
require_mirror

# The namespace's root is not the builder's user: it has to pass through this folder.
chmod 0711 "$NIX_BUILD_TOP"
work=$NIX_BUILD_TOP/work
mkdir -m 0711 "$work"
sweep_at_end "$work"

# The trees come from the store, where everything is read-only and of the builder's user.
archive_tree() {
	tar --create --file="$2" --directory="$1" --owner=root:0 --group=root:0 --mode='u+w' --sort=name \
		--mtime="@$SOURCE_DATE_EPOCH" .
}
archive_tree "$beforePackages" "$NIX_BUILD_TOP/before-packages.tar"
archive_tree "$afterPackages" "$NIX_BUILD_TOP/after-packages.tar"
apt_proxy_settings "$NIX_BUILD_TOP/apt.conf"
echo 'Acquire::Retries "3";' >>"$NIX_BUILD_TOP/apt.conf"

phase "installing packages"
mkdir "$out"
include=$(sed -e "s/@debianArchitecture@/$debianArchitecture/" -e 's/#.*//' "$packages" | tr -s ' \t\n' ',' | sed 's/^,//; s/,$//')
say "$(printf '%s' "$include" | tr ',' '\n' | grep -c .) packages asked for, with what they depend on"
# shellcheck disable=SC2016 # $1 is what mmdebstrap gives its hooks
TMPDIR=$work mmdebstrap --verbose \
	--mode=unshare --format=tar --variant=minbase --architectures="$debianArchitecture" --components=main \
	--include="$include" \
	--aptopt='APT::Install-Recommends "false"' \
	--aptopt="$NIX_BUILD_TOP/apt.conf" \
	--dpkgopt='path-exclude=/usr/share/doc/*' \
	--dpkgopt='path-include=/usr/share/doc/*/copyright' \
	--dpkgopt='path-exclude=/usr/share/man/*' \
	--dpkgopt='path-exclude=/usr/share/info/*' \
	--dpkgopt='path-exclude=/usr/share/locale/*' \
	--dpkgopt='path-exclude=/usr/share/lintian/*' \
	--dpkgopt='path-exclude=/usr/share/vim/vim*/doc/*' \
	--essential-hook="tar-in '$NIX_BUILD_TOP/before-packages.tar' /" \
	--customize-hook="tar-in '$NIX_BUILD_TOP/after-packages.tar' /" \
	--customize-hook="chroot \"\$1\" env rootLabel='$rootLabel' espLabel='$espLabel' /bin/sh -eu <'$configure'" \
	--customize-hook='rm -f "$1/etc/apt/apt.conf.d/99mmdebstrap"' \
	"$suite" "$out/root-file-system.tar" "$mirror" 2>&1 ||
	fail "cannot make the root file system" "mmdebstrap failed (its messages are above)" \
		"the first line that starts with E: names the reason"
say "root file system of $(($(stat -c %s "$out/root-file-system.tar") / 1000000)) MB"
