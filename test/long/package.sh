#!/usr/bin/env bash
# Is the package well made? Looks at the tarball of what is built (npm run build) as a bundler (publint) and as
# TypeScript (attw) do. The package is ESM only, so CommonJS is not asked about.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/long/pack.sh
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
pack "$folder"
npx --no-install publint run "$folder/singleshot.tgz" --strict
npx --no-install attw "$folder/singleshot.tgz" --profile esm-only --no-emoji --no-color --format table-flipped
