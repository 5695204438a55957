# shellcheck shell=bash disable=SC2034
# What every step shares: where things are, how a step speaks, and how Lima's files are read.
#
# LIMA_GUEST_ROOT is put before every file that a step reads or writes, so that a step can be tried on a made-up root
# folder. A step that is started by hand reads the cidata that is mounted and needs nothing else.

root=${LIMA_GUEST_ROOT:-}
cidata=$root/mnt/lima-cidata
run=$root/run
state=$run/lima
# Survives a boot: who was made by us, and the login keys of the last boot that had a cidata disk.
kept=$root/var/lib/lima-guest
user_data=$state/user-data
export LC_ALL=C.UTF-8

say() {
	printf 'LIMA %(%Y-%m-%dT%H:%M:%S%z)T| %s\n' -1 "$*"
}

# A message that the status file shows beside the step; run-steps says where to leave it.
leave_message() {
	[ -z "${LIMA_GUEST_MESSAGES:-}" ] || printf '%s\0' "$*" >>"$LIMA_GUEST_MESSAGES"
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

# make_folder MODE PATH...: with what is missing above it; the mode holds for the named ones, also where they exist.
make_folder() {
	local mode=$1
	shift
	mkdir -p "$@" && chmod "$mode" "$@"
}

# write_file PATH [MODE] <CONTENT: whole or not at all, and untouched when it already says so.
write_file() {
	local path=$1 mode=${2:-0644} new
	mkdir -p "$(dirname "$path")" || return 1
	new=$path.lima-new.$$
	if ! cat >"$new"; then
		rm -f "$new"
		return 1
	fi
	chmod "$mode" "$new"
	if [ ! -L "$path" ] && cmp -s "$new" "$path" && [ "$(stat -c %a "$path")" = "${mode#0}" ]; then
		rm -f "$new"
		return 0
	fi
	mv -fT "$new" "$path"
}

# read_values FILE MAP NAME-PATTERN: KEY=VALUE lines into the associative array MAP. Lima writes values raw: nothing is
# unquoted, nothing is run, and a line that begins no other value belongs to the one before it (a mount point may hold
# a newline).
read_values() {
	local -n into=$2
	local line name='' pattern="^($3)=(.*)$"
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

declare -A lima=()
read_lima() {
	[ -r "$cidata/lima.env" ] || fail "$cidata/lima.env cannot be read"
	read_values "$cidata/lima.env" lima 'LIMA_CIDATA_[A-Z0-9_]+'
}

# value NAME [DEFAULT]: LIMA_CIDATA_NAME of lima.env.
value() {
	printf '%s' "${lima[LIMA_CIDATA_$1]:-${2:-}}"
}

is_plain() {
	[ "$(value PLAIN)" = 1 ]
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
	for name in "${!lima[@]}"; do export "$name=${lima[$name]}"; done
	for name in "${!session[@]}"; do export "$name=${session[$name]}"; done
	export LIMA_CIDATA_MNT=$cidata
}

# passwd_entry NAME: the line of the user database, or nothing.
passwd_entry() {
	if [ -z "$root" ]; then getent passwd "$1"; else grep -m 1 "^$1:" "$root/etc/passwd"; fi || true
}

# owner_of_uid UID: the name that has it, or nothing.
owner_of_uid() {
	if [ -z "$root" ]; then
		{ getent passwd "$1" || true; } | cut -d : -f 1
	else
		awk -F : -v uid="$1" '$3 == uid { print $1; exit }' "$root/etc/passwd"
	fi
}

# The user and group ids that the guest's user really has (a declared user may have others than lima.yaml says).
user_uid() {
	passwd_entry "$(value USER)" | cut -d : -f 3
}
user_gid() {
	passwd_entry "$(value USER)" | cut -d : -f 4
}
user_home() {
	passwd_entry "$(value USER)" | cut -d : -f 6
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
	mkdir -p "$run"
	if [ -n "$(value IID)" ]; then
		printf '%s\n' "$(value IID)" >"$run/.$1.new"
	else
		cat "$cidata/meta-data" >"$run/.$1.new"
	fi
	chmod 0644 "$run/.$1.new"
	mv -f "$run/.$1.new" "$run/$1"
}
