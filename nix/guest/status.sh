# shellcheck shell=bash disable=SC2154
# Beside lib.sh. The record of what the steps did: a file a step in /run/lima/steps, and out of them /run/lima/status.json:
#
# {"version": 1, "instanceId": …, "finished": …, "ok": …, "steps": [{"name", "ok", "exitCode", "seconds", "messages"}]}

json_string() {
	local text=$1 code
	text=${text//\\/\\\\}
	text=${text//\"/\\\"}
	text=${text//$'\n'/\\n}
	text=${text//$'\t'/\\t}
	if [[ $text == *[[:cntrl:]]* ]]; then
		for code in {1..8} 11 12 {14..31} 13; do
			printf -v code '\\x%02x' "$code"
			printf -v code '%b' "$code"
			text=${text//"$code"/ }
		done
	fi
	printf -v REPLY '"%s"' "$text"
}

# By the machine's uptime, since a step may set the clock.
uptime_centiseconds() {
	read -r REPLY _ </proc/uptime
	REPLY=${REPLY/./}
}

# record_step NAME STATUS BEGAN COUNT MESSAGES: BEGAN in centiseconds of uptime, COUNT for the order of those that began at once,
# MESSAGES a file of texts that end in NUL, if there were any. A failure is said on every console.
record_step() {
	local name=$1 status=$2 began=$3 count=$4 messages=$5 list='' message ok=true old key taken
	if [ -e "$messages" ]; then
		while IFS= read -r -d '' message; do
			json_string "$message"
			list+=${list:+,}$REPLY
		done <"$messages"
		rm -f "$messages"
	fi
	if [ "$status" -ne 0 ]; then
		ok=false
		[ -n "$list" ] || list="\"ended with status $status\""
		echo "<3>lima-guest: $name failed: ${list:0:400}" 2>/dev/null >"$root/dev/kmsg" || true
	fi
	uptime_centiseconds
	taken=$((REPLY - began))
	printf -v key '%012d.%02d' "$began" "$count"
	for old in "$state"/steps/*-"$name".json; do [ ! -e "$old" ] || rm -f "$old"; done
	printf '{"name":"%s","ok":%s,"exitCode":%d,"seconds":%d.%02d,"messages":[%s]}\n' "$name" "$ok" "$status" \
		"$((taken / 100))" "$((taken % 100))" "$list" >"$state/steps/$key-$name.json"
}

# write_status: status.json anew, and in REPLY the names of the steps that failed.
write_status() {
	local record text name id='' finished=false ok=true steps='' failed='' new=$state/.status.json.$$
	[ ! -e "$state/finished" ] || finished=true
	while IFS= read -r text; do
		[[ $text != instance-id:* ]] || id=${text#instance-id:}
	done 2>/dev/null <"$cidata/meta-data"
	for record in "$state"/steps/*.json; do
		[ -e "$record" ] || continue
		IFS= read -r text <"$record" || continue
		steps+=${steps:+,$'\n    '}$text
		if [[ $text == *'"ok":false'* ]]; then
			ok=false name=${record##*/} name=${name#*-}
			failed+=${failed:+, }${name%.json}
		fi
	done
	printf '{\n  "version": 1,\n  "instanceId": "%s",\n  "finished": %s,\n  "ok": %s,\n  "steps": [\n    %s\n  ]\n}\n' \
		"${id//[^a-zA-Z0-9.-]/}" "$finished" "$ok" "$steps" >"$new" && mv -f "$new" "$state/status.json"
	REPLY=$failed
}
