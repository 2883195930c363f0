# Logons and seals, for run.sh: what they cost beside Basic over plain HTTP, with the same bytes. The KDC is
# MIT's, of this run and on loopback; without it, and without gss-ntlmssp, their rows are left out.
# shellcheck shell=bash
# shellcheck disable=SC2154  # build, runs, folder, peers: run.sh's

realm=BENCH.TEST
export BENCH_USER=tester BENCH_PASSWORD=of-the-bench MI_PEER_PASSWORD=of-the-bench

find_kdc() { PATH=$PATH:/usr/sbin:/usr/local/sbin command -v "$1"; }

krb5_conf() { # <port>
  cat <<TEXT
[libdefaults]
 default_realm = $realm
 dns_lookup_kdc = false
 dns_lookup_realm = false
[realms]
 $realm = {
  kdc = 127.0.0.1:$1
 }
TEXT
}

kdc_conf() { # <port>
  cat <<TEXT
[kdcdefaults]
 kdc_listen = 127.0.0.1:$1
 kdc_tcp_listen = 127.0.0.1:$1
[realms]
 $realm = {
  database_name = $folder/principal
  key_stash_file = $folder/stash
  supported_enctypes = aes256-cts:normal
 }
[logging]
 kdc = FILE:$folder/kdc.log
TEXT
}

# On a port that is free: the next one, until it starts.
start_kdc() {
  local kdc port tries
  kdc=$(find_kdc krb5kdc) && find_kdc kadmin.local >/dev/null && command -v kinit >/dev/null || return 1
  export KRB5_CONFIG=$folder/krb5.conf KRB5_KDC_PROFILE=$folder/kdc.conf KRB5_KTNAME=$folder/keytab
  export KRB5CCNAME=FILE:$folder/cache KRB5RCACHEDIR=$folder
  for port in $(shuf -i 20000-30000 -n 5); do
    krb5_conf "$port" >"$folder/krb5.conf"
    kdc_conf "$port" >"$folder/kdc.conf"
    if [ ! -e "$folder/principal" ]; then
      "$(find_kdc kdb5_util)" create -s -r $realm -P master >/dev/null 2>&1
      printf '%s\n' "addprinc -pw $BENCH_PASSWORD $BENCH_USER" "addprinc -randkey HTTP/localhost" \
        "ktadd -k $folder/keytab HTTP/localhost" | "$(find_kdc kadmin.local)" -r $realm >/dev/null 2>&1
    fi
    taskset -c 0 "$kdc" -n -r $realm >/dev/null 2>&1 &
    peers+=($!)
    for ((tries = 0; tries < 100; tries++)); do
      kill -0 "${peers[-1]}" 2>/dev/null || continue 2
      echo "$BENCH_PASSWORD" | kinit $BENCH_USER >/dev/null 2>&1 && return 0
      sleep 0.05
    done
  done
  return 1
}

start_logon_peer() { # <name> <arguments...>: sets $port
  local name=$1
  shift
  start_peer "$name" --user $BENCH_USER --many "$many" --auth-offer Negotiate,Kerberos,CredSSP,Basic \
    --listen 127.0.0.1 "$@"
}

logon_of() { field "$2" <"$folder/$1.logon" | median; } # <enumerate_way> <field>

print_seal() { # <way> <what>
  awk -v what="$2" -v v="$(logon_of "enumerate_$1" cpu_us)" -v b="$(logon_of enumerate_basic cpu_us)" \
    'BEGIN { printf "%-52s %10.1f %10.1f %7.2f\n", what, v / 1000, b / 1000, v / b }'
}

print_logon() { # <way> <what>
  awk -v what="$2" -v v="$(logon_of "logons_$1" cpu_us)" -v b="$(logon_of logons_basic cpu_us)" \
    -v w="$(logon_of "logons_$1" wall_us)" -v n="$logons" \
    'BEGIN { printf "%-52s %10.3f %10.3f %7.2f  %.0f a second of CPU, %.0f with the server on another core\n",
      what, v / n / 1000, b / n / 1000, v / b, n * 1e6 / v, n * 1e6 / w }'
}

run_logons() {
  local ways=(basic https certificate) way i http https asking certs logons=200
  lacks() { "$build/tests/peer/mi-peer" --lacks "$1" >/dev/null; [ $? -eq 2 ]; }
  SSL_CERT_FILE=$(find "$build/tests/peer" -name ca.pem | head -n 1)
  certs=$(dirname "$SSL_CERT_FILE")
  export SSL_CERT_FILE BENCH_CERTIFICATE=$certs/client.pem BENCH_KEY=$certs/client.key
  lacks ntlm || ways+=(ntlm credssp)
  start_kdc && ! lacks kerberos && ways+=(kerberos ticket)
  start_logon_peer logon_http --allow-clear
  http=$port
  start_logon_peer logon_https --tls
  https=$port
  start_logon_peer logon_asking --tls --client-ca "$SSL_CERT_FILE" --ask later
  asking=$port
  # One after the other, so that what slows the machine slows all.
  for ((i = 0; i < runs; i++)); do
    for way in "${ways[@]}"; do
      case $way in
      https) port=$https ;;
      certificate) port=$asking ;;
      *) port=$http ;;
      esac
      "$build/bench/bench_logon" enumerate "$port" "$way" >>"$folder/enumerate_$way.logon"
      "$build/bench/bench_logon" logons "$port" $logons "$way" >>"$folder/logons_$way.logon"
    done
  done
  printf '\n%-52s %10s %10s %7s\n' "" "ms" "HTTP, Basic" ratio
  for way in "${ways[@]:1}"; do
    [ "$way" = ticket ] || print_seal "$way" "enumerate $many x 46, $way: client CPU"
  done
  for way in "${ways[@]}"; do
    print_logon "$way" "a session, logon and Get, $way: client CPU"
  done
}

run_logons
