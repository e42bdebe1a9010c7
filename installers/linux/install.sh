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
mkdir -p "$(dirname "$program")" "$(dirname "$command")" "$(dirname "$entry")" "$(dirname "$icon")"
rm -rf "$program.new"
cp -R "$here/closedmesh" "$program.new"
cp "$here/install.sh" "$program.new/install.sh"
rm -rf "$program"
mv "$program.new" "$program"
ln -sf "$program/closedmesh" "$command"
cp "$here/closedmesh.svg" "$icon"
# Menus may not know ~/.local/bin.
sed -e "s|^Exec=closedmesh|Exec=\"$program/closedmesh\"|" \
    -e "s|^TryExec=.*|TryExec=$program/closedmesh|" \
    "$here/closedmesh.desktop" >"$entry"
refresh
echo "ClosedMesh is in the menu. To remove it: $program/install.sh --remove"
