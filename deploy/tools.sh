#!/usr/bin/env bash
# Makes sure that the programs a check needs are there: installs Debian's packages where that is possible, and
# else says what to install. Usage: tools.sh chromium prometheus
set -euo pipefail
missing=()
for program in "$@"; do
  command -v "$program" >/dev/null 2>&1 || missing+=("$program")
done
[ ${#missing[@]} -eq 0 ] && exit 0
missing=("${missing[@]/#java/default-jre-headless}") # the one whose package has another name
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" fonts-dejavu-core >/dev/null
  exit 0
fi
echo "missing: ${missing[*]}. Install them (on Debian: sudo apt-get install ${missing[*]}) and run again." >&2
exit 1
