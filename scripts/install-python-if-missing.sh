# Sourced by ./verify, in the root of the checkout: the model is compared with real Pythons, so there must be a libpython and a C compiler.
# What cannot be installed here is a failure later, with a message that says what is missing.
missing=libpython3.11
for library in /usr/lib/*/libpython3.*.so.1.0 /usr/lib64/libpython3.*.so.1.0; do
  [ -e "$library" ] && missing=
done
command -v "${CC:-cc}" >/dev/null 2>&1 || missing="$missing gcc libc6-dev"
if [ -n "$missing" ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing $missing (apt-get) ..." >&2
  # shellcheck disable=SC2086
  apt-get install -y --no-install-recommends $missing >&2 || { apt-get update >&2 && apt-get install -y --no-install-recommends $missing >&2; } ||
    echo "Could not install $missing." >&2
fi
