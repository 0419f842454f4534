#!/usr/bin/env bash
# Does the package work where it is used? Packs what is built (npm run build) and installs the tarball into empty folders
# with empty caches, by npm, npm 10, pnpm and yarn; compiles, runs and bundles programs there. It needs a registry, and
# says so and passes where there is none. All of it happens behind a firewall: the engine's install script is sent to a
# proxy that does not exist, whether this network has a firewall or not.
#
#   bash test/long/consumers.sh [npm|npm10|pnpm|yarn ...]      default: all
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
source test/long/pack.sh
here=$PWD
sources=$here/test/long/consumer
export GLOBAL_AGENT_HTTPS_PROXY=http://127.0.0.1:9
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# check WHAT COMMAND...: runs it, and shows what it said if it fails.
check() {
  local what=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    echo "ok      $what"
  else
    echo "FAILED  $what"
    tail -n 20 "$work/log"
    failed=$((failed + 1))
  fi
}

# The version range of a development dependency of this checkout.
range() {
  node -p "require('./package.json').devDependencies['$1']"
}

# A command-line tool from the registry, in a folder of its own: bring NAME PACKAGE. pnpm's script fetches its program.
bring() {
  mkdir -p "$work/tools/$1"
  echo '{ "private": true, "allowScripts": { "pnpm": true } }' >"$work/tools/$1/package.json"
  npm install --prefix "$work/tools/$1" --no-fund --no-audit "$2"
}

# An empty project, entered.
project() {
  mkdir "$work/$1" && cd "$work/$1" || return 1
  echo '{ "name": "app", "version": "1.0.0", "private": true, "type": "module" }' >package.json
  cp "$sources"/*.ts "$sources"/*.js .
  [ -f "$work/program.js" ] && cp "$work/program.js" .
  return 0
}

# Is the native engine there? (pnpm and yarn have it elsewhere and never run its script.)
native() {
  [ -d node_modules/onnxruntime-node ]
}

compile() {
  npx --no-install tsc --strict --target es2023 --types node --skipLibCheck false "$@" program.ts
}

# With the caches of a user who comes for the first time.
npm_fresh() {
  npm "$@" --cache "$work/npm-cache" --no-fund --no-audit
}

with_npm() {
  project npm || return
  check 'npm install' npm_fresh install "$work/singleshot.tgz"
  check 'npm: installs tools for the next checks' npm_fresh install --save-dev \
    "typescript@$typescript" "@types/node@$node_types" "vite@$vite" esbuild
  check 'npm: TypeScript, moduleResolution bundler' compile --module esnext --moduleResolution bundler --noEmit
  check 'npm: TypeScript, moduleResolution nodenext' compile --module nodenext
  cp program.js "$work/program.js"
  check 'npm: the program runs with what was installed' node program.js first
  check 'npm: JavaScript detects' node detect.js first/run "$(echo first/scenes/JPEGImages/*0.jpg | cut -d' ' -f1)"
  check 'npm: the command runs' npx --no-install singleshot --help
  check 'npm install --ignore-scripts' npm_fresh install --ignore-scripts
  check 'npm: brings the native engine' native
  check 'npm install, afterwards' npm_fresh install
  check 'npm: leaves the native engine' native
  check 'npm: the program runs natively' node program.js native
  check 'npm: esbuild bundles singleshot/core and singleshot/web' npx --no-install esbuild "$sources/page/page.js" \
    --bundle --format=esm --platform=browser --outfile=page.js
  cp -r "$sources/page" page
  check 'npm: Vite bundles singleshot/core and singleshot/web' npx --no-install vite build page
}

with_npm10() {
  local npm10=$work/tools/npm10/node_modules/npm/bin/npm-cli.js
  check 'npm 10 is there' bring npm10 npm@10
  project npm10 || return
  check 'npm 10 install' node "$npm10" install --cache "$work/npm10-cache" "$work/singleshot.tgz"
  check 'npm 10: the program runs with what was installed' node program.js first
  check 'npm 10 install --ignore-scripts' node "$npm10" install --cache "$work/npm10-cache" --ignore-scripts
  check 'npm 10: brings the native engine' native
}

with_pnpm() {
  local pnpm=$work/tools/pnpm/node_modules/.bin/pnpm
  check 'pnpm is there' bring pnpm pnpm
  project pnpm || return
  check 'pnpm add --ignore-scripts' "$pnpm" add --store-dir "$work/pnpm-store" --ignore-scripts "$work/singleshot.tgz"
  check 'pnpm: the program runs' node program.js first
  project pnpm-plain || return
  # Newer versions end with 1 whenever they leave a script out, though all is installed; the program decides.
  "$pnpm" add --store-dir "$work/pnpm-store" "$work/singleshot.tgz" >/dev/null 2>&1
  check 'pnpm add, without the option: the program runs' node program.js first
}

with_yarn() {
  local yarn=$work/tools/yarn/node_modules/.bin/yarn
  check 'yarn is there' bring yarn @yarnpkg/cli-dist
  project yarn || return
  touch yarn.lock
  export YARN_GLOBAL_FOLDER=$work/yarn
  check 'yarn add' "$yarn" add "singleshot@file:$work/singleshot.tgz"
  check "yarn: the program runs under Plug'n'Play" "$yarn" node program.js first
}

if ! npm view pnpm version --fetch-retries=0 --fetch-timeout=20000 >/dev/null 2>&1; then
  echo 'NOTE: no package registry can be reached; the checks of the installed package were SKIPPED'
  exit 0
fi
typescript=$(range typescript) node_types=$(range @types/node) vite=$(range vite)
check 'npm pack' pack "$work"
# The program is compiled once, by the first.
managers=(npm npm10 pnpm yarn)
[ $# -gt 0 ] && managers=(npm "$@")
for manager in $(printf '%s\n' "${managers[@]}" | awk '!seen[$0]++'); do
  "with_$manager"
  cd "$here" || exit 1
done
[ "$failed" = 0 ]
