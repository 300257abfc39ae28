# Sourced by ./verify, in the root of the checkout: HTML pages are tried in a real browser, so there must be one.
# What cannot be installed here is a failure later, with a message that says what is missing.
browser=
for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
  command -v "$name" >/dev/null 2>&1 && browser=$name
done
if [ -z "$browser" ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing chromium (apt-get) ..." >&2
  apt-get install -y --no-install-recommends chromium >&2 || { apt-get update >&2 && apt-get install -y --no-install-recommends chromium >&2; } ||
    echo "Could not install chromium." >&2
fi
