# Sourced by ./verify, in the root of the checkout: exported models are compared with SPIN and Rumur, so both must be there, with a C compiler.
# What cannot be installed here is a failure later, with a message that says what is missing.
missing=
command -v spin >/dev/null 2>&1 || missing="$missing spin"
command -v rumur >/dev/null 2>&1 || missing="$missing rumur"
command -v gcc >/dev/null 2>&1 || missing="$missing gcc libc6-dev"
if [ -n "$missing" ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing$missing (apt-get) ..." >&2
  # shellcheck disable=SC2086
  apt-get install -y --no-install-recommends $missing >&2 || { apt-get update >&2 && apt-get install -y --no-install-recommends $missing >&2; } ||
    echo "Could not install$missing." >&2
fi
