#!/bin/sh
# Starts the program of an AppImage. An image that twice did not come up gives way to the one before.
set -eu
here=$(dirname "$(readlink -f "$0")")
image=${APPIMAGE:-}
beside=$(dirname "$image")/.$(basename "$image").update

# Only what starts a peer counts: `closedmesh --help` says nothing about a version. And the variable
# may be that of another image, which started this one.
case " $* " in
"  " | *" app "* | *" serve "* | *" entry "*)
    if [ "$(readlink -f "${APPDIR:-/}")" = "$here" ] && [ -f "$beside/trial" ] &&
        [ -w "$beside" ]; then
        read -r tries version <"$beside/trial"
        if [ "$tries" -ge 2 ] && [ -s "$beside/previous" ]; then
            echo "$version" >"$beside/failed"
            mv "$beside/previous" "$image"
            rm -f "$beside/trial"
            exec "$image" "$@"
        fi
        echo "$((tries + 1)) $version" >"$beside/trial.new"
        mv "$beside/trial.new" "$beside/trial"
    fi
    ;;
esac
exec "$here/usr/bin/closedmesh" "$@"
