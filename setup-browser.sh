#!/bin/sh
# Gets a Chromium with its driver for the tests of the report page, on Debian and Ubuntu, if that
# needs no password. Elsewhere those tests say what they miss (and fail where CI=true).
set -eu
if command -v chromedriver >/dev/null 2>&1 && { command -v chromium || command -v chromium-browser ||
    command -v google-chrome; } >/dev/null 2>&1; then
    exit 0
fi
root=""
if [ "$(id -u)" != 0 ]; then
    root="sudo -n"
    $root true 2>/dev/null || { echo "No Chromium: its tests will be left out." >&2; exit 0; }
fi
command -v apt-get >/dev/null 2>&1 || { echo "No Chromium: its tests will be left out." >&2; exit 0; }
echo "Installing chromium and chromium-driver for the tests of the report page"
$root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends \
    chromium chromium-driver fonts-dejavu-core >/dev/null ||
    echo "Chromium could not be installed: its tests will be left out." >&2
