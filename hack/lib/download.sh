# shellcheck shell=bash
# Files from the internet, kept only when their digest is the published one.

download_possible() { type -P curl >/dev/null || type -P wget >/dev/null; }

download() { # URL FILE
  if type -P curl >/dev/null; then
    curl -fsSL --connect-timeout 10 --speed-limit 1024 --speed-time 30 --retry 2 -o "$2" "$1"
  else
    wget -q --timeout=30 --tries=3 -O "$2" "$1"
  fi
}

sha256_of() {
  if type -P sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# download_checked URL FILE SUMS-URL: SUMS-URL is the "digest  name" list that the release publishes beside the file.
download_checked() {
  local url=$1 file=$2 sums=$3 name wanted seen
  name=${url##*/}
  download "$sums" "$file.sums" || { echo "no list of digests at $sums"; return 1; }
  download "$url" "$file" || { echo "cannot download $url"; return 1; }
  wanted=$(sed -n "s/^\([0-9a-f]\{64\}\)[ *]*\(\.\/\)\{0,1\}$(printf '%s' "$name" | sed 's/[.]/\\./g')\$/\1/p" "$file.sums" | head -n 1)
  [ -n "$wanted" ] || { echo "$sums does not name $name"; return 1; }
  seen=$(sha256_of "$file")
  [ "$seen" = "$wanted" ] || { echo "$name has digest $seen, published is $wanted"; return 1; }
  echo "$name: digest $seen as published"
}
