#!/usr/bin/env bash
# Makes the pictures of the page in this folder, from the box office of examples/servlet. Needs Chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

port=${1:-8089}
address=http://127.0.0.1:$port/touchstone/

mvn -B -ntp -q -pl examples/servlet -am -DskipTests package
java -jar examples/servlet/target/servlet.jar "$port" &
office=$!
trap 'kill "$office"' EXIT
sleep "${SECONDS_OF_VISITS:-90}" # so that there is something to see

mvn -B -ntp -q -pl servlet-adapter/tests/page -am -Dtest=PicturesTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dspotless.check.skip=true -Dtouchstone.pictures.address="$address" -Dtouchstone.pictures.folder="$PWD/docs" test
