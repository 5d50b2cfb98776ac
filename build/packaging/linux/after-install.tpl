#!/bin/sh
set -e
folder='/opt/${sanitizedProductName}'

ln -sfn "$folder/stint" /usr/bin/stint

# Chromium's sandbox uses user namespaces; where the kernel forbids them to ordinary users it needs its setuid helper.
# Root may always make them, so the switch for everyone else is asked too.
if unshare --user true 2>/dev/null && [ "$(cat /proc/sys/kernel/unprivileged_userns_clone 2>/dev/null)" != 0 ]; then
  chmod 0755 "$folder/chrome-sandbox" || true
else
  chmod 4755 "$folder/chrome-sandbox" || true
fi

if command -v update-desktop-database >/dev/null; then
  update-desktop-database /usr/share/applications || true
fi

# Ubuntu 24.04 and later allow user namespaces only to programs with a profile; an AppArmor too old for this one does not need it.
profile="$folder/resources/apparmor-profile"
if command -v apparmor_parser >/dev/null && apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
  cp -f "$profile" '/etc/apparmor.d/${executable}'
  if ! { command -v ischroot >/dev/null && ischroot; }; then
    apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
  fi
fi
