#!/usr/bin/env bash
# Makes the pictures of the page in this folder, from examples/storefront and its visitors. Needs Chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

port=${1:-8089}
address=http://127.0.0.1:$port/touchstone/

mvn -B -ntp -q -pl examples/storefront -am -DskipTests package spring-boot:run \
  -Dspring-boot.run.arguments="--server.port=$port --storefront.pause=100ms" &
shop=$!
trap 'kill "$shop"' EXIT
until curl -fs -o /dev/null "$address"; do
  kill -0 "$shop"
  sleep 1
done
sleep "${SECONDS_OF_VISITS:-90}" # so that there is something to see

mvn -B -ntp -q -pl servlet-adapter/tests/page -am -Dtest=PicturesTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dspotless.check.skip=true -Dtouchstone.pictures.address="$address" -Dtouchstone.pictures.folder="$PWD/docs" test
