#!/bin/sh
# Installs ClosedMesh for this account, without administrator rights: ./install.sh
# Removes it again, and leaves chats and models where they are:    ./install.sh --remove
set -eu

here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/lib/closedmesh
command=$HOME/.local/bin/closedmesh
entry=$data/applications/closedmesh.desktop
icon=$data/icons/hicolor/scalable/apps/closedmesh.svg

refresh() {
    command -v update-desktop-database >/dev/null && update-desktop-database -q "$data/applications"
    return 0
}

if [ "${1:-}" = --remove ]; then
    rm -rf "$program"
    rm -f "$command" "$entry" "$icon"
    refresh
    echo "ClosedMesh is removed. Chats and models stay in $data/closedmesh."
    exit 0
fi
if [ $# -gt 0 ]; then
    echo "usage: ./install.sh [--remove]" >&2
    exit 2
fi

# Beside the old one, and then in its place: an interrupted installation changes nothing.
version=$(cat "$here/VERSION")
mkdir -p "$program/versions" "$(dirname "$command")" "$(dirname "$entry")" "$(dirname "$icon")"
rm -rf "$program/versions/$version.new"
cp -R "$here/closedmesh" "$program/versions/$version.new"
rm -rf "$program/versions/$version"
mv "$program/versions/$version.new" "$program/versions/$version"
for script in install.sh:install.sh launcher.sh:closedmesh; do
    cp "$here/${script%%:*}" "$program/${script##*:}.new"
    mv "$program/${script##*:}.new" "$program/${script##*:}"
done
# As the program's own updates do: the version before stays, to go back to.
rm -f "$program/trial" "$program/failed"
if [ -s "$program/current" ] && [ "$(cat "$program/current")" != "$version" ]; then
    cp "$program/current" "$program/previous"
    echo 0 >"$program/trial"
fi
echo "$version" >"$program/current.new"
mv "$program/current.new" "$program/current"
ln -sf "$program/closedmesh" "$command"
cp "$here/closedmesh.svg" "$icon"
# Menus may not know ~/.local/bin.
sed -e "s|^Exec=closedmesh|Exec=\"$program/closedmesh\"|" \
    -e "s|^TryExec=.*|TryExec=$program/closedmesh|" \
    "$here/closedmesh.desktop" >"$entry"
refresh
echo "ClosedMesh is in the menu. To remove it: $program/install.sh --remove"
