#!/bin/sh
set -e

# An upgrade runs this too, after the new files are in place.
case "$1" in
  remove | purge) ;;
  *) exit 0 ;;
esac

if [ "$(readlink /usr/bin/stint)" = '/opt/${sanitizedProductName}/stint' ]; then
  rm -f /usr/bin/stint
fi

profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
  if command -v apparmor_parser >/dev/null && ! { command -v ischroot >/dev/null && ischroot; }; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi

if command -v update-desktop-database >/dev/null; then
  update-desktop-database /usr/share/applications || true
fi
