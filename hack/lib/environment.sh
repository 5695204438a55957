# shellcheck shell=bash
# The shell lines of --env: the tools that we installed, first on PATH, where the user's own are not good enough.

environment_print() {
  local tool folders='' before="$PATH:"
  for tool in "$@"; do
    if ! tool_find "$tool"; then
      say "$tool is missing: $MISSING_WHY"
      MISSING=$((MISSING + 1))
    elif [ "$FOUND_AS" = ours ]; then
      folders=$folders$("${tool}_bin"):
    fi
  done
  printf 'export SYSINIT_LIMA_TOOLS=%s\n' "$(quote "$TOOLS")"
  if [ -n "$folders" ] && [ "${before#"$folders"}" = "$before" ]; then # not first already
    # shellcheck disable=SC2016 # for the shell that reads it
    printf 'export PATH=%s"$PATH"\n' "$(quote "$folders")"
  fi
}
