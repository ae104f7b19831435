#!/usr/bin/env bash
# Makes the pictures of the page in docs/pictures, from examples/storefront and its visitors. Needs Chromium.
# Usage: docs/pictures.sh [port]. Ends within 20 minutes: the shop has something to show after about five.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

port=${1:-8089}
shop=http://127.0.0.1:$port
patience=480 # seconds until the first bad day shows

mvn -B -ntp -q -Pquick -pl examples/storefront -am package
java -jar examples/storefront/target/storefront.jar --server.port="$port" &
pid=$!
trap 'kill "$pid" 2>/dev/null && wait "$pid" || true' EXIT

deadline=$((SECONDS + patience))
until [[ $(curl -fs --max-time 5 "$shop/actuator/prometheus") == *'signal_kind="DEGRADED"'* ]]; do
  if ! kill -0 "$pid" 2>/dev/null; then
    echo "The storefront ended; see above." >&2
    exit 1
  fi
  if ((SECONDS > deadline)); then
    echo "The storefront raised no DEGRADED signal within $patience seconds." >&2
    exit 1
  fi
  sleep 2
done

mkdir -p docs/pictures
timeout 600 mvn -B -ntp -q -pl servlet-adapter/tests/page -am -Dtest=PicturesTest \
  -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip=true \
  -Dtouchstone.pictures.address="$shop/touchstone/" -Dtouchstone.pictures.folder="$PWD/docs/pictures" test
