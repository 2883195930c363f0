#!/bin/sh
# The library shows no global symbol but the public ones: of the archive, or with -D of the shared.
set -eu
nm=$1
archive=$2
shown=$("$nm" ${3:-} --defined-only --extern-only "$archive" | awk 'NF == 3 { print $3 }' | sort)
wanted=$(printf 'MI_Application_InitializeV1\nmi_clientFT_V1')
if [ "$shown" = "$wanted" ]; then
  echo "1 passed, 0 failed"
else
  echo "global symbols of $archive:"
  echo "$shown"
  echo "0 passed, 1 failed"
  exit 1
fi
