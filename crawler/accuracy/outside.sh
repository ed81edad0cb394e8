#!/bin/sh
# Brings tests that other people wrote into a folder, and says what it could not get. What is there already stays.
#
#   crawler/accuracy/outside.sh FOLDER
#
# Nothing of them is kept in this repository: is-antibot is MIT, robotstxt-spec-test Apache-2.0, link-check ISC, and
# the cases of the URL standard are BSD-3 and come with the URL library.
set -u
folder=${1:?usage: outside.sh FOLDER}
mkdir -p "$folder"

have() { [ -e "$folder/$1" ]; }
missing() { echo "outside: could not get $1: $2" >&2; }

if ! have urls; then
	library=$(go list -m -f '{{.Dir}}' github.com/nlnwa/whatwg-url 2>/dev/null)
	if [ -f "$library/testdata/urltestdata.json" ]; then
		mkdir "$folder/urls" && cp "$library/testdata/urltestdata.json" "$folder/urls/"
	else
		missing urltestdata.json "the URL library is not in the module cache"
	fi
fi

if ! have is-antibot; then
	if (cd "$folder" && npm pack --silent is-antibot >/dev/null 2>&1) && mkdir "$folder/is-antibot" &&
		tar -xzf "$folder"/is-antibot-*.tgz -C "$folder/is-antibot"; then
		rm -f "$folder"/is-antibot-*.tgz
	else
		missing is-antibot "npm pack failed"
	fi
fi

clone() {
	have "$1" || git clone --quiet --depth 1 "https://github.com/$2" "$folder/$1" 2>/dev/null || missing "$1" "git clone failed"
}
clone robotstxt-spec-test google/robotstxt-spec-test
clone link-check tcort/link-check

if have link-check && ! have link-check/node_modules; then
	(cd "$folder/link-check" && npm install --silent --no-audit --no-fund express@4 expect.js >/dev/null 2>&1) ||
		missing "what link-check's test needs" "npm install failed"
fi
exit 0
