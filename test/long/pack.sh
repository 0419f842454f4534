# Sourced by the checks of the package: packs what is built, without building it again.

# pack FOLDER: writes singleshot.tgz into it.
pack() {
  npm pack --ignore-scripts --silent --pack-destination "$1" >/dev/null && mv "$1"/singleshot-*.tgz "$1/singleshot.tgz"
}
