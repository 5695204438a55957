# shellcheck shell=bash disable=SC2034
# What every step shares: where things are, how a step speaks, and how Lima's files are read.
#
# LIMA_GUEST_ROOT is put before every file that a step reads or writes, so that a step can be tried on a made-up root
# folder. A step that is started by hand reads the cidata that is mounted and needs nothing else.
#
# run-steps sources the steps: what is here is read once for all of them, and lima.env too. A boot under emulation has many
# seconds to win by processes that are not started, so that a builtin is preferred here wherever it reads as well.

[ -z "${lima_guest_library:-}" ] || return 0
lima_guest_library=1

root=${LIMA_GUEST_ROOT:-}
cidata=$root/mnt/lima-cidata
run=$root/run
state=$run/lima
# Survives a boot: who was made by us, and the login keys of the last boot that had a cidata disk.
kept=$root/var/lib/lima-guest
user_data=$state/user-data
export LC_ALL=C.UTF-8
umask 022

say() {
	printf 'LIMA %(%Y-%m-%dT%H:%M:%S%z)T| %s\n' -1 "$*"
}

# A message that the status file shows beside the step; run-steps says where to leave it.
leave_message() {
	[ -z "${LIMA_GUEST_MESSAGES:-}" ] || { printf '%s\0' "$*" >>"$LIMA_GUEST_MESSAGES"; } 2>/dev/null || true
}

warn() {
	say "WARNING: $*"
	leave_message "$*"
}

fail() {
	say "ERROR: $*" >&2
	leave_message "$*"
	exit 1
}

# make_folder MODE [-o UID] [-g GID] PATH...: with what is missing above it; the mode holds for the named ones, also where they exist.
make_folder() {
	local mode=$1
	shift
	install -d -m "$mode" "$@"
}

# read_text FILE: the whole of it in REPLY, with its last newline; nothing where it cannot be read.
read_text() {
	REPLY=''
	{ IFS= read -r -d '' REPLY <"$1"; } 2>/dev/null || true
}

# has_line FILE BEGIN: whether a line of it begins so.
has_line() {
	local REPLY
	read_text "$1"
	[[ $'\n'$REPLY == *$'\n'"$2"* ]]
}

# write_file PATH TEXT [MODE]: whole or not at all, and untouched when it already says so.
write_file() {
	local path=$1 text=$2 mode=${3:-0644} new mask failed='' REPLY
	if [ -f "$path" ] && [ ! -L "$path" ]; then
		read_text "$path"
		if [ "$REPLY" = "$text" ] && [ "$(stat -c %a "$path")" = "${mode#0}" ]; then return 0; fi
	fi
	[ -d "${path%/*}" ] || mkdir -p "${path%/*}" || return 1
	new=$path.lima-new.$$
	printf -v mask '%04o' $((0666 & ~mode))
	umask "$mask"
	printf '%s' "$text" >"$new" || failed=1
	umask 022
	if [ -n "$failed" ] || ! mv -fT "$new" "$path"; then
		rm -f "$new"
		return 1
	fi
}

# read_values FILE MAP NAME-PATTERN [PREFIX]: KEY=VALUE lines into the associative array MAP, without the prefix that every
# name must have. Lima writes values raw: nothing is unquoted, nothing is run, and a line that begins no other value
# belongs to the one before it (a mount point may hold a newline).
read_values() {
	local -n into=$2
	local line name='' pattern="^${4:-}($3)=(.*)$"
	[ -r "$1" ] || return 0
	while IFS= read -r line || [ -n "$line" ]; do
		if [[ $line =~ $pattern ]]; then
			name=${BASH_REMATCH[1]}
			into["$name"]=${BASH_REMATCH[2]}
		elif [[ $line == '#LIMA-START' || $line == '#LIMA-END' ]]; then
			name=''
		elif [ -n "$name" ]; then
			into["$name"]+=$'\n'$line
		fi
	done <"$1"
	for name in "${!into[@]}"; do
		while [[ ${into["$name"]} == *$'\n' ]]; do into["$name"]=${into["$name"]%$'\n'}; done
	done
}

# read_lima: lima.env, as lima[USER] for its LIMA_CIDATA_USER.
declare -A lima=()
read_lima() {
	[ "${#lima[@]}" -eq 0 ] || return 0
	[ -r "$cidata/lima.env" ] || fail "$cidata/lima.env cannot be read"
	read_values "$cidata/lima.env" lima '[A-Z0-9_]+' LIMA_CIDATA_
}

is_plain() {
	[ "${lima[PLAIN]:-}" = 1 ]
}

declare -A session=()
# read_session: `env:` and `param:` of lima.yaml.
read_session() {
	read_values "$cidata/etc_environment" session '[A-Za-z_][A-Za-z0-9_]*'
	read_values "$cidata/param.env" session 'PARAM_[A-Za-z0-9_]+'
}

# The environment in which Lima's boot script runs provisioning scripts.
export_all() {
	local name
	read_session
	for name in "${!lima[@]}"; do export "LIMA_CIDATA_$name=${lima[$name]}"; done
	for name in "${!session[@]}"; do export "$name=${session[$name]}"; done
	export LIMA_CIDATA_MNT=$cidata
}

# find_user NAME-OR-UID: the line of the user database in REPLY, or nothing.
find_user() {
	while IFS= read -r REPLY; do
		[[ $REPLY =~ ^([^:]*):[^:]*:([^:]*): ]] || continue
		[[ ${BASH_REMATCH[1]} != "$1" && ${BASH_REMATCH[2]} != "$1" ]] || return 0
	done <"$root/etc/passwd"
	REPLY=''
	# Databases other than the file are the machine's own, whatever folder stands for it here.
	[ -n "$root" ] || REPLY=$(getent passwd "$1" || true)
}

# read_user: what the user database says of the guest's user (a declared user may have other ids than lima.yaml says), in
# user_uid, user_gid, user_home and user_shell; empty where there is none.
read_user() {
	read_lima
	find_user "${lima[USER]:-}"
	IFS=: read -r _ _ user_uid user_gid _ user_home user_shell <<<"$REPLY"
}

# make_folders PATH UID GID: PATH and what is missing above it. What lies in a folder of that user becomes the user's
# own, the rest is root's; what was there keeps its owner.
make_folders() {
	local path=$1 uid=$2 gid=$3 missing=() above folder
	above=$path
	while [ ! -e "$above" ] && [ ! -L "$above" ]; do
		missing=("$above" "${missing[@]}")
		above=$(dirname "$above")
	done
	[ "${#missing[@]}" -gt 0 ] || return 0
	if [ "$(stat -Lc %u "$above")" != "$uid" ]; then uid=0 gid=0; fi
	for folder in "${missing[@]}"; do
		mkdir -m 0755 "$folder" || return 1
		chown "$uid:$gid" "$folder" || return 1
	done
}

# wait_for_network SECONDS: until there is a default route and a name server. Only for who is about to run scripts that
# may download: without such, nothing here waits for the network.
wait_for_network() {
	local deadline=$((SECONDS + $1))
	until awk '$2 == "00000000" { found = 1 } END { exit !found }' "$root/proc/net/route" 2>/dev/null &&
		grep -q '^nameserver' "$root/etc/resolv.conf" 2>/dev/null; do
		if [ "$SECONDS" -ge "$deadline" ]; then
			say "no network after $1 s; going on without"
			return 0
		fi
		sleep 0.2
	done
}

# signal NAME: the file that limactl compares with this start's own id. Up to Lima 2.0 it is a copy of meta-data.
signal() {
	[ -d "$run" ] || mkdir -p "$run"
	if [ -n "${lima[IID]:-}" ]; then
		printf '%s\n' "${lima[IID]}" >"$run/.$1.new"
	else
		cat "$cidata/meta-data" >"$run/.$1.new"
	fi
	mv -f "$run/.$1.new" "$run/$1"
}
