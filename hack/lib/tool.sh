# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# One course for every tool: what is on PATH, else what we installed earlier, else its ways in order until one works.
#
# A tool TOOL is a file tools/TOOL.sh with
#   TOOL_on_path   is the user's own good enough? sets FOUND_VERSION, FOUND_AT; else WHY_NOT
#   TOOL_ours      the same for the one in our folder; WHY_NOT only when there is one
#   TOOL_ways      prints the names of the ways, in order; none when installing would not help
#   TOOL_by_WAY    installs it; when it cannot, sets WHY_NOT
#   TOOL_bin       prints the folder of ours that belongs on PATH
#   TOOL_help      prints what a person can do when no way works

FOUND_VERSION='' FOUND_AT='' FOUND_AS='' WHY_NOT='' MISSING_WHY='' HOW=''
MISSING=0 # how many tools are missing so far

tool_find() { # TOOL: sets FOUND_*, with FOUND_AS path or ours; else MISSING_WHY
  FOUND_VERSION='' FOUND_AT='' WHY_NOT=''
  if "$1_on_path"; then FOUND_AS=path; return 0; fi
  local on_path=$WHY_NOT
  WHY_NOT=''
  if "$1_ours"; then FOUND_AS=ours; return 0; fi
  MISSING_WHY=${WHY_NOT:-$on_path}
  return 1
}

tool_report_found() { # TOOL
  if [ "$FOUND_AS" = path ]; then
    report found "$1" "$FOUND_VERSION" "$FOUND_AT (on PATH)"
  else
    report found "$1" "$FOUND_VERSION" "$FOUND_AT (set up by us: $(tool_made_how "$1"))"
  fi
}

tool_made_note() { printf '%s\n' "$HOW" >"$1/made"; } # FOLDER: kept beside the tool, says where it came from
tool_made_how() { head -n 1 "$("$1_bin")/../made" 2>/dev/null; }

tool_check() { # TOOL: changes nothing
  if tool_find "$1"; then tool_report_found "$1"; return 0; fi
  report missing "$1" - "$MISSING_WHY; ./hack/setup sets it up in $TOOLS"
  MISSING=$((MISSING + 1))
  return 3
}

tool_ensure() { # TOOL
  local tool=$1 way
  if tool_find "$tool"; then tool_report_found "$tool"; return 0; fi
  tools_folder_open
  if tool_find "$tool"; then tool_report_found "$tool"; return 0; fi # another set-up was quicker
  say "$tool: $MISSING_WHY"
  for way in $("${tool}_ways"); do
    WHY_NOT='' HOW=$way
    if "${tool}_by_${way}"; then
      if tool_find "$tool"; then
        report 'set up' "$tool" "$FOUND_VERSION" "$FOUND_AT ($HOW)"
        return 0
      fi
      WHY_NOT="installed, but not usable: $WHY_NOT"
    fi
    say "  - ${way//_/ }: ${WHY_NOT:-failed}"
  done
  report missing "$tool" - "${WHY_NOT:-$MISSING_WHY}"
  say_error "$tool could not be set up" "$("${tool}_help")"
  MISSING=$((MISSING + 1))
  return 3
}
