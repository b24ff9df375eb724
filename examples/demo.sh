#!/bin/sh
# A tour on a copy of the example vault; nothing else on this machine is touched. `make demo` runs it.
# Usage: demo.sh CONTACT   (with `infoview` on the PATH)
set -eu

contact=${1:?"usage: demo.sh CONTACT"}
today=2026-11-23 # the example's own day, so that the tour always looks the same
examples=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d)
unset INFOVIEW_VAULT

# Show a command as one would type it, then run it.
run() {
    printf '\n$'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9_./:=-]*) printf ' "%s"' "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    "$@"
}

cp -R "$examples/vault" "$place/vault"
cd "$place/vault"
touch "$place/before"

run infoview new request "$contact" --today "$today"
find . -name '*.md' -newer "$place/before" | while IFS= read -r note; do
    run cat "${note#./}"
done
run infoview index --today "$today"
run infoview due --within 0 --today "$today"
run infoview graph --format mermaid -o Network.md --today "$today"
run infoview graph --format json -o network.json --today "$today"

rm "$place/before"
printf '\nThe vault is in %s/vault: open it in Obsidian or any editor.\n' "$place"
printf 'The network is in it as Network.md (a diagram in Obsidian) and as network.json (for other programs).\n'
