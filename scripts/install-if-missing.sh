# Sourced by ./prove and ./verify, in the root of the checkout: installs the dependencies if they are missing or older than the lock file.
installed=node_modules/.package-lock.json
if [ ! -e "$installed" ] || [ -n "$(find package-lock.json -newer "$installed")" ]; then
  echo 'Installing the dependencies (npm ci) ...' >&2
  npm ci --no-audit --no-fund >&2 || exit 70
fi
