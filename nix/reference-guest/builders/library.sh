# Shared by the builders, which source it: phases for nix's progress, failures in one line, user namespaces.
# shellcheck shell=sh disable=SC2154 # the environment is the derivation's

# phase NAME: tells nix (internal-json) and the build log where the build is.
phase() {
	if [ -n "${NIX_LOG_FD:-}" ]; then
		printf '@nix {"action":"setPhase","phase":"%s"}\n' "$1" >&"$NIX_LOG_FD"
	fi
	say "$1"
}

# say TEXT: one line in the build log.
say() {
	printf '%s\n' "$1"
}

# fail WHAT WHY HINT: ends the build with one line.
fail() {
	printf '%s: error: %s: %s (hint: %s)\n' "$name" "$1" "$2" "$3" >&2
	exit 1
}

# require_program PROGRAM DEBIAN-PACKAGE
require_program() {
	command -v "$1" >/dev/null 2>&1 ||
		fail "cannot build on this machine" "program $1 is not in $PATH" \
			"install it, on Debian and Ubuntu: apt-get install $2"
}

# require_user_namespace: the right owners inside the guest need a user namespace with a range of ids.
require_user_namespace() {
	require_program unshare util-linux
	require_program newuidmap uidmap
	reason=$(unshare --map-root-user --map-auto true 2>&1) && return
	reason=$(printf '%s' "$reason" | tr '\n' ' ')
	if grep -q '^NoNewPrivs:[[:space:]]*1' /proc/self/status; then
		fail "cannot open a user namespace" "nix forbids its builders to gain privileges ($reason)" \
			"set allow-new-privileges = true and sandbox = false in nix.conf or NIX_CONFIG"
	fi
	fail "cannot open a user namespace" "$reason" \
		"the user who builds needs 65536 ids in /etc/subuid and /etc/subgid, and the kernel must allow user namespaces"
}

# in_user_namespace COMMAND...: as root there, with a range of ids for the other owners.
in_user_namespace() {
	unshare --map-root-user --map-auto "$@"
}

# sweep_at_end FOLDER: removes FOLDER, whose files belong to subordinate ids, when the builder ends in whatever way.
# nix run by an ordinary user cannot delete such files. A killed builder runs no trap, and a builder whose nix was killed
# goes on; so a process outside its group watches both, ends what is left, and removes the build folder too.
sweep_at_end() {
	sweep_folder=$1
	# shellcheck disable=SC2016 # expanded by the inner shell
	setsid sh -c '
		while [ -d "/proc/$1" ] && [ -d "/proc/$2" ]; do sleep 1; done
		# Again, as long as what was killed may still be writing.
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			kill -KILL -- "-$1"
			unshare --map-root-user --map-auto rm -rf -- "$3" && break
			sleep 1
		done
	' sweep "$$" "$PPID" "$NIX_BUILD_TOP" </dev/null >/dev/null 2>&1 &
	sweeper=$!
	trap 'kill "$sweeper"; in_user_namespace rm -rf -- "$sweep_folder"' EXIT
}

# apt_proxy_settings FILE: the host's own proxy settings for apt, in apt's syntax.
apt_proxy_settings() {
	apt-config dump 2>/dev/null | grep -Ei '^Acquire::https?::(Proxy|Proxy-Auto-Detect)(::[^ ]*)? ' >"$1" || true
}

# require_mirror: asks the mirror for the suite's release file, with the host's own apt settings.
require_mirror() {
	apt_helper=/usr/lib/apt/apt-helper
	[ -x "$apt_helper" ] || return 0
	log=$NIX_BUILD_TOP/mirror.log
	"$apt_helper" -o APT::Sandbox::User= -o Acquire::Retries=2 -o Acquire::http::Timeout=20 \
		download-file "$mirror/dists/$suite/InRelease" "$NIX_BUILD_TOP/InRelease" >"$log" 2>&1 && return
	fail "cannot reach the Debian mirror $mirror" "$(grep -m 1 '^E:' "$log" || echo "no answer")" \
		"check the network, or the proxy settings of apt on this machine (apt-config dump Acquire::http)"
}
