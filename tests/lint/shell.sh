#!/bin/sh
# At least every shell script parses.
cd "$1" || exit 1
status=0
for script in dev .ci/run $(find tests bench packaging -name '*.sh'); do
  bash -n "$script" || status=1
done
exit $status
