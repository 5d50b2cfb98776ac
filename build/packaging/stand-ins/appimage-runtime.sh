#!/bin/sh
# Stands in for the AppImage runtime: unpacks the squashfs behind this script with unsquashfs, then runs what was packed. Not for users:
# it needs squashfs-tools and unpacks everything at each start.
self=$(readlink -f "$0")
folder=$(mktemp -d "${TMPDIR:-/tmp}/stint-appimage.XXXXXX")
unsquashfs -quiet -no-progress -offset 4096 -dest "$folder/root" "$self" >/dev/null || exit 1
if [ "${1-}" = "--appimage-extract" ]; then
  mv "$folder/root" ./squashfs-root && rmdir "$folder"
  exit
fi
if [ "${1-}" = "--appimage-extract-and-run" ]; then shift; fi
export APPIMAGE="$self" APPDIR="$folder/root"
trap 'rm -rf "$folder"' EXIT
"$folder/root/AppRun" "$@" <&0 &
child=$!
trap 'kill "$child" 2>/dev/null; wait "$child"; exit 143' TERM INT HUP
wait "$child"
exit $?
