# Debian's programs for the later builders: packages and what they depend on, unpacked into one tree, with a wrapper for
# each program wanted. The host may run an older Debian: the wrappers use the tree's loader and libraries.
# From: $mirror, $suite, $packages, $programs. Makes: $out/tree, $out/bin.
# shellcheck shell=sh disable=SC2154 # the environment is the derivation's
# shellcheck source=nix/reference-guest/builders/library.sh
. "$library"

phase "checking the host"
require_program apt-get apt
require_program dpkg-deb dpkg
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keyring" ] || fail "cannot verify Debian's packages" "$keyring does not exist" \
	"on Debian and Ubuntu: apt-get install debian-archive-keyring"
require_mirror

phase "downloading packages"
apt=$NIX_BUILD_TOP/apt
mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/etc/none" "$apt/etc/preferences.d"
: >"$apt/status"
apt_proxy_settings "$apt/etc/apt.conf"
echo "deb [arch=$debianArchitecture signed-by=$keyring] $mirror $suite main" >"$apt/etc/sources.list"
cat >>"$apt/etc/apt.conf" <<END
Dir::Etc "$apt/etc";
Dir::Etc::Main "none.conf";
Dir::Etc::Parts "none";
Dir::State "$apt/state";
Dir::State::Status "$apt/status";
Dir::Cache "$apt/cache";
APT::Architecture "$debianArchitecture";
APT::Architectures { "$debianArchitecture"; };
APT::Install-Recommends "false";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "3";
Debug::NoLocking "true";
END
export APT_CONFIG="$apt/etc/apt.conf"
apt-get --quiet=2 update
# shellcheck disable=SC2086 # a list of package names
apt-get --quiet --yes --download-only install $packages >"$apt/log" 2>&1 || {
	cat "$apt/log" >&2
	fail "cannot download $packages" "apt-get: $(grep -m 1 '^E:' "$apt/log")" "run the build again; the mirror may be in the middle of an update"
}

phase "unpacking packages"
mkdir -p "$out/tree" "$out/bin"
count=0
for package in "$apt"/cache/archives/*.deb; do
	dpkg-deb --extract "$package" "$out/tree"
	count=$((count + 1))
done
rm -rf "$out/tree/usr/share/doc" "$out/tree/usr/share/man" "$out/tree/usr/share/locale"
# Set-user-id and sticky bits have no place in the store.
find "$out/tree" -perm /7000 -exec chmod a-s,-t {} +
say "$count packages unpacked"

phase "wrapping programs"
libraries=$out/tree/usr/lib/$multiarchTuple
for program in $programs; do
	target=
	for folder in usr/bin usr/sbin bin sbin; do
		if [ -e "$out/tree/$folder/$program" ]; then
			target=$out/tree/$folder/$program
			break
		fi
	done
	[ -n "$target" ] || fail "cannot wrap $program" "no package of $packages has it" "correct the list in reference-guest.nix"
	cat >"$out/bin/$program" <<END
#!/bin/sh
export QEMU_MODULE_DIR=$libraries/qemu MKE2FS_CONFIG=$out/tree/etc/mke2fs.conf
exec $out/tree/$dynamicLoader --argv0 $program --library-path $libraries:$libraries/systemd $target "\$@"
END
	chmod 755 "$out/bin/$program"
done
"$out/bin/systemd-repart" --version | head -n 1
"$out/bin/qemu-img" --version | head -n 1
