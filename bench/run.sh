#!/usr/bin/env bash
# Ratios of the library to the floor, medians of several runs, one server for all.
# usage: bench/run.sh BUILD_FOLDER [RUNS]
set -euo pipefail
build=$1
runs=${2:-5}
folder=$(mktemp -d)
peers=()
# shellcheck disable=SC2317
finish() {
  [ ${#peers[@]} -eq 0 ] || kill "${peers[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT

# The server on the first core, client and floor on the last.
start_peer() { # <name> <arguments...>: sets $port
  local name=$1
  shift
  taskset -c 0 "$build/tests/peer/mi-peer" --port 0 --ready-file "$folder/$name" "$@" \
    >"$folder/$name.log" 2>&1 </dev/null &
  peers+=($!)
  until [ -s "$folder/$name" ]; do
    kill -0 "${peers[-1]}" || { cat "$folder/$name.log"; exit 1; }
    sleep 0.05
  done
  port=$(cat "$folder/$name")
}

field() { sed -n "s/.*[ ^]*$1=\([0-9.-]*\).*/\1/p"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# collect <name>: floor and client runs alternate, so that what slows the machine slows both.
collect() { # <name> <floor arguments> -- <client arguments>
  local name=$1 floor=() i
  shift
  while [ "$1" != -- ]; do floor+=("$1"); shift; done
  shift
  for ((i = 0; i < runs; i++)); do
    "$build/bench/bench_floor" "${floor[@]}" >>"$folder/$name.floor"
    "$build/bench/bench_client" "$@" >>"$folder/$name.client"
  done
}

of() { grep -v _memory "$folder/$1.$2" | field "$3" | median; }

row() { # <what> <field> <name> <target>
  local base value
  base=$(of "$3" floor "$2")
  value=$(of "$3" client "$2")
  awk -v what="$1" -v v="$value" -v b="$base" -v t="$4" 'BEGIN {
    r = b > 0 ? v / b : 0
    printf "%-52s %10.1f %10.1f %7.2f  %s\n", what, v / 1000, b / 1000, r,
      t == "-" ? "(no target)" : (r <= t ? "ok, target " t : "MISSED, target " t) }'
}

value() { # <what> <value> <target> <unit>
  awk -v what="$1" -v v="$2" -v t="$3" -v u="$4" 'BEGIN {
    printf "%-52s %10.2f %-18s %s\n", what, v, u, v <= t ? "ok, target " t : "MISSED, target " t }'
}

many=20000
start_peer many --no-auth --many $many
many_port=$port
# The same run's CPU varies by a fifth on a shared machine: three rounds.
for types in strings typed strings typed strings typed; do
  collect "enumerate_$types" enumerate "$many_port" -- enumerate "$many_port" "$types"
done
# A few milliseconds each, most of them the server's: a median needs many.
for ((round = 0; round < 5; round++)); do
  collect first first "$many_port" -- first "$many_port" strings
done
collect get get "$many_port" 20000 -- get "$many_port" 20000
collect invoke invoke "$many_port" 10000 -- invoke "$many_port" 10000
exec 3<>"/dev/tcp/127.0.0.1/$many_port"
printf 'POST /control/fire HTTP/1.1\r\nHost: peer\r\nContent-Length: 11\r\n\r\ncount=10000' >&3
read -r _ <&3
exec 3>&-
for ((round = 0; round < 3; round++)); do
  collect subscribe subscribe "$many_port" 10000 -- subscribe "$many_port" 10000
done
start_peer slow --no-auth --many 10 --fault delay=100
# A tenth of a second of CPU each: three rounds, so that a neighbour's cache misses do not decide.
for ((round = 0; round < 3; round++)); do
  for types in strings typed; do
    collect "sessions_$types" sessions "$port" 1000 -- sessions "$port" 1000 "$types"
  done
done
start_peer tls --no-auth --tls --many 10
ca=$(find "$build/tests/peer" -name ca.pem | head -n 1)
system=/etc/ssl/certs/ca-certificates.crt
cat "$system" "$ca" >"$folder/bundle.pem"
SSL_CERT_FILE="$folder/bundle.pem" "$build/bench/bench_client" tls "$port" 300 "$folder/bundle.pem" \
  >"$folder/tls.client"

printf '%-52s %10s %10s %7s\n' "median of $runs runs" "library ms" "floor ms" ratio
for types in strings typed; do
  row "enumerate $many x 46, $types: client CPU" cpu_us "enumerate_$types" 1.3
  row "enumerate $many x 46, $types: wall" wall_us "enumerate_$types" -
  [ $types = typed ] || row "enumerate, first instance" first_us first 2
  value "enumerate, $types: our allocations per instance" \
    "$(awk -v a="$(of "enumerate_$types" client allocations)" "BEGIN { print a / $many }")" 2 ""
  value "enumerate, $types: peak memory" \
    "$(awk -v k="$(of "enumerate_$types" client peak_kb)" 'BEGIN { print k / 1024 }')" 16 MB
done
row "20000 Gets on one session: client CPU" cpu_us get 1.6
row "10000 Invokes on one session, typed: client CPU" cpu_us invoke -
row "10000 indications, typed: client CPU" cpu_us subscribe -
row "10000 indications, typed: wall" wall_us subscribe -
row "1000 sessions, 100 ms latency: wall" wall_us sessions_strings 1.5
row "1000 sessions, 100 ms latency: client CPU" cpu_us sessions_strings 1.8
value "1000 sessions: memory per session" "$(grep _memory "$folder/sessions_strings.client" |
  field per_session_kb | median)" 16 KB
row "1000 sessions, typed: wall" wall_us sessions_typed -
row "1000 sessions, typed: client CPU" cpu_us sessions_typed -
value "300 TLS connections: reads of the CA bundle" "$(field opens <"$folder/tls.client")" 1 ""
awk -v c="$(grep name=tls\  "$folder/tls.client" | field cpu_us)" \
  'BEGIN { printf "%-52s %10.2f ms each\n", "300 TLS connections: client CPU", c / 1000 / 300 }'

# shellcheck source=bench/logon.sh
source "$(dirname "$0")/logon.sh"
