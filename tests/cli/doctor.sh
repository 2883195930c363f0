# mi doctor: every line says OK, WARN, FAIL or SKIP, and nothing waits for ever.
export KRB5_CONFIG=/dev/null KRB5CCNAME=FILE:$dir/nobody # no realm, no ticket, no name server
password='N0 colon and no blank at its end' # gss-ntlmssp's file of users takes neither

# examine HOST [OPTION]...: as tester
examine() { MI_PASSWORD=$password mi doctor "$@" -u "$user"; }
# says STATUS NAME [TEXT]
says() { grep -qE "^$1 +$2 .*${3:-}" out || bad "no line '$1 $2 ${3:-}'"; }
# advises NAME TEXT: the line behind it
advises() { grep -A1 -E "^[A-Z]+ +$1 " out | grep -qF -- "-> $2" || bad "no remedy '$2' for $1"; }
lines='name http.port https.port tls certificate certificate.trust certificate.name
certificate.revocation certificate.pin identify schemes clock.server logon clock.kdc spn sealing
cleartext binding envelope'
says_each_line_once() {
    for line in $lines; do
        [ "$(grep -cE "^(OK|WARN|FAIL|SKIP) +$line " out)" -eq 1 ] || bad "not one line $line"
    done
    is_clean out
}

has_ntlm=$("$MI_PEER" --lacks ntlm >/dev/null 2>&1; [ $? -eq 0 ] && echo yes)

start_peer

begin healthy_without_credentials
mi doctor "127.0.0.1:$port"
is_status 0
says_each_line_once
says OK name '127.0.0.1 is 127.0.0.1'
says OK http.port "port $port \(HTTP\) is open"
says SKIP https.port
says OK identify 'Microsoft Corporation OS: 0.0.0'
says OK schemes 'the server offers Negotiate, Kerberos, Basic'
says OK clock.server
says SKIP logon 'no credentials'
says SKIP sealing
err_empty
log_hasnot "user=$user"

begin host_by_option_and_not_twice
mi doctor -H "127.0.0.1:$port"
is_status 0
mi doctor "127.0.0.1:$port" -H localhost
is_status 2

if [ -n "$has_ntlm" ]; then
    begin sealed_logon
    examine "127.0.0.1:$port" --auth NTLM
    is_status 0
    says_each_line_once
    says OK logon "$user was logged on with NTLM; the server is OS: 10"
    says OK sealing
    says OK cleartext 'refuses'
    says OK envelope 'up to 500 KB'

    begin wrong_password_is_tried_once
    : >log
    MI_PASSWORD=Wr0ngOne mi doctor "127.0.0.1:$port" -u "$user" --auth NTLM
    is_status 1
    says FAIL logon 'refused the logon'
    says SKIP spn
    says SKIP sealing
    says SKIP envelope
    out_hasnot Wr0ngOne
    [ "$(grep -c 'status=401.*auth=Negotiate\|gss=major' log)" -le 2 ] || bad "tried again"
fi

begin basic_over_http_is_not_sent
for more in '' --clear-text; do
    : >log
    # shellcheck disable=SC2086
    examine "127.0.0.1:$port" --auth Basic $more
    log_hasnot "user=$user"
done
says WARN logon 'not tried'
is_status 0
advises logon 'Use --auth Negotiate, or --https.'

begin chosen_scheme_is_not_offered
examine "127.0.0.1:$port" --auth CredSSP
is_status 1
says FAIL schemes 'and not CredSSP'

begin json_names_are_those_of_the_lines
mi doctor "127.0.0.1:$port" -o json
is_status 0
is_json
for line in $lines; do out_has "\"check\":\"$line\""; done
out_has '"host":"127.0.0.1:' '"result":"OK"' "\"port\":$port" '"open":true' '"skew_seconds":' \
    '"addresses":["127.0.0.1"]' '"offered":["Negotiate","Kerberos","Basic"]'

begin jsonl_is_an_object_for_each_line
mi doctor "127.0.0.1:$port" -o jsonl
is_json -l
out_lines 19

begin other_formats_are_refused
mi doctor "127.0.0.1:$port" -o csv
is_status 2
mi doctor "127.0.0.1:$port" -o xml
is_status 2

begin https_spoken_to_an_http_port
mi doctor "127.0.0.1:$port" --https -o json
is_status 1
is_json
out_has '"speaks":"HTTP"' '"result":"FAIL"'
mi doctor "127.0.0.1:$port" --https
says FAIL https.port 'speaks plain HTTP, not HTTPS'
advises https.port 'Connect with HTTP'

begin names_the_path_that_is_wrong
mi doctor "127.0.0.1:$port" --url-prefix /elsewhere
is_status 1
says FAIL identify 404

begin unresolvable_host
label=$(head -c 70 /dev/zero | tr '\0' h)
mi doctor "$label.invalid" --timeout 20
is_status 1
says FAIL name 'cannot resolve'
says SKIP http.port
says_each_line_once

begin host_that_does_not_parse
mi doctor 'http://[::1' -o json
is_status 14
is_json

begin ipv6
start_peer --listen ::1
mi doctor "[::1]:$port"
is_status 0
says OK http.port

begin closed_port
dead=$port
stop_peer
mi doctor "127.0.0.1:$dead"
is_status 1
says FAIL http.port 'efused'
says SKIP identify
says_each_line_once

begin basic_only
start_peer --auth-offer Basic
mi doctor "127.0.0.1:$port"
is_status 1
says FAIL schemes 'offers Basic: nothing that can be used from here over HTTP'
advises schemes 'Use --https for Basic'
start_peer --tls --auth-offer Basic
examine "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem"
is_status 0
says WARN schemes 'Basic'
says OK logon 'with Basic'
says SKIP binding
says OK envelope

begin server_that_asks_for_no_logon
start_peer --no-auth
mi doctor "127.0.0.1:$port"
is_status 0
says WARN schemes 'no logon'
says OK envelope

begin clocks
start_peer --clock -4000
mi doctor "127.0.0.1:$port"
is_status 0
says WARN clock.server '(4000|3999|4001) s behind'
start_peer --clock 90
mi doctor "127.0.0.1:$port"
says WARN clock.server '(90|89|91) s ahead'

begin small_envelope_and_clear_text
start_peer --max-envelope 102400 --allow-clear
mi doctor "127.0.0.1:$port"
is_status 0
if [ -n "$has_ntlm" ]; then
    examine "127.0.0.1:$port" --auth NTLM
    is_status 0
    says WARN envelope 'up to 100 KB'
    says WARN cleartext 'not sealed'
fi

begin good_certificate
start_peer --tls
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem"
is_status 0
says_each_line_once
says OK tls TLSv1.3
says OK certificate 'CN=localhost, issued by CN=miclient test CA'
says OK certificate.trust
says OK certificate.name
says OK certificate.revocation
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem" -o json
is_json
out_has '"version":"TLSv1.3"' '"signature_hash":"SHA256"' '"binding_hash":"SHA256"' '"days_left":' \
    '"not_after":"2060-01-01T00:00:00Z"' '"self_signed":false'

begin unknown_ca_and_no_password_for_it
: >log
examine "127.0.0.1:$port" --https --auth Basic
is_status 1
says FAIL certificate.trust 'unable to get'
says OK certificate.name
says SKIP logon 'nothing is shown'
log_hasnot "user=$user"
mi doctor "127.0.0.1:$port" --https --no-verify-ca
is_status 0
says WARN certificate.trust

begin pins
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem" --pin "$(openssl x509 -in "$CERTS/good.pem" -noout -fingerprint -sha256 | cut -d= -f2)"
is_status 0
says OK certificate.pin
examine "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem" --pin "$(openssl x509 -in "$CERTS/ca.pem" -noout -fingerprint -sha256 | cut -d= -f2)"
is_status 1
says FAIL certificate.pin
says SKIP logon

begin http_spoken_to_an_https_port
mi doctor "127.0.0.1:$port"
is_status 1
says FAIL http.port 'speaks TLS, not HTTP'
advises http.port 'Connect with HTTPS (--https)'

begin expired_certificate
start_peer --tls --cert-kind expired
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem"
is_status 1
says FAIL certificate 'has expired: it was valid until 2021-01-01'
says FAIL certificate.trust
says OK certificate.name

begin self_signed_certificate
start_peer --tls --cert-kind self-signed
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem" -o json
is_status 1
out_has '"self_signed":true'
mi doctor "127.0.0.1:$port" --https
says FAIL certificate.trust 'self.signed'

begin certificate_of_another_name
start_peer --tls --cert-kind wrong-name
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem"
is_status 1
says OK certificate.trust
says FAIL certificate.name 'is for another name'

begin revoked_certificate
start_peer --tls --cert-kind revoked
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca-with-crl.pem"
is_status 1
says FAIL certificate.revocation revoked

if [ -n "$has_ntlm" ]; then
    for level in strict relaxed none; do
        begin "binding_$level"
        case $level in none) start_peer --tls ;; *) start_peer --tls "--$level-bindings" ;; esac
        examine "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem" --auth NTLM
        is_status 0
        says '(OK|WARN)' binding "$level: "
    done
    begin binding_behind_a_device_that_ends_tls
    start_peer --tls --false-bindings
    examine "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem" --auth NTLM
    is_status 1
    says FAIL logon
    says SKIP binding
fi

# hangs_at LINE PHASE [OPTION]...: the server as started
hangs_at() {
    local line=$1 phase=$2
    shift 2
    examine "127.0.0.1:$port" --timeout 1.5 "$@"
    is_status 1
    says FAIL "$line" "no answer within 1.500 s \(phase $phase\)"
    says_each_line_once
}

begin hangs_in_tls
start_peer --tls --fault stall-connect
hangs_at https.port TLS --https

begin hangs_behind_tls
start_peer --tls --fault stall
hangs_at https.port HTTP --https --ca-file "$CERTS/ca.pem"
says OK tls
says OK certificate.trust

begin hangs_in_http
start_peer --fault stall
hangs_at http.port HTTP

begin hangs_at_identify
start_peer --fault stall,from=2
hangs_at identify HTTP

if [ -n "$has_ntlm" ]; then
    begin hangs_at_the_sealed_message
    start_peer --fault stall,from=4
    hangs_at logon HTTP --auth NTLM

    begin hangs_at_the_configuration
    start_peer --fault stall,only=Get
    hangs_at envelope HTTP --auth NTLM
fi

begin drops_every_connection
start_peer --fault close-before-reply
mi doctor "127.0.0.1:$port"
is_status 1
says FAIL http.port 'closed the connection'

begin drops_every_connection_behind_tls
start_peer --tls --fault close-before-reply
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem"
is_status 1
says FAIL https.port 'closed the connection'
says OK tls
says SKIP identify 'no answer on port'

begin demanded_client_certificate
start_peer --tls --client-ca "$CERTS/ca.pem" --ask demand
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem"
is_status 1
says FAIL https.port 'wants a client certificate, and none was given'
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem" --cert "$CERTS/client-both.pem"
is_status 0
says OK https.port
says OK identify
says OK schemes
says OK logon 'client certificate was logged on'
says_each_line_once
: >log
mi doctor "127.0.0.1:$port" --https --cert "$CERTS/client-both.pem"
is_status 1
says FAIL https.port 'was refused: self-signed'
log_hasnot "user=$user"

begin client_certificate_demanded_in_the_handshake
start_peer --tls --tls-max 1.2 --client-ca "$CERTS/ca.pem" --ask demand
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem"
is_status 1
says FAIL https.port 'wants a client certificate, and none was given'
advises https.port 'Name its file with'
mi doctor "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem" --cert "$CERTS/client-both.pem"
is_status 0
says OK https.port
says OK tls 'TLSv1.2'
says OK certificate.trust
says OK certificate.name
says OK identify
says OK logon 'client certificate was logged on'
says_each_line_once
: >log
mi doctor "127.0.0.1:$port" --https --cert "$CERTS/client-both.pem"
is_status 1
says FAIL https.port 'was refused: self-signed'
log_hasnot "user=$user"

if [ -n "$has_ntlm" ]; then
    begin credssp_over_https
    start_peer --tls --auth-offer Negotiate,CredSSP
    examine "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem" --auth CredSSP
    is_status 0
    says_each_line_once
    says OK logon "$user was logged on with CredSSP"

    begin credssp_over_http
    start_peer --auth-offer Negotiate,CredSSP
    examine "127.0.0.1:$port" --auth CredSSP
    is_status 0
    says_each_line_once
    says OK logon "$user was logged on with CredSSP"
    says OK sealing
fi

begin certificate_lines_where_tls_fails
start_peer --tls --fault stall-connect
mi doctor "127.0.0.1:$port" --https --timeout 1.5 --pin "$(openssl x509 -in "$CERTS/good.pem" -noout -fingerprint -sha256 | cut -d= -f2)"
is_status 1
says FAIL tls
for line in certificate certificate.trust certificate.name certificate.revocation certificate.pin; do
    says SKIP "$line" 'TLS does not come about'
done
says_each_line_once

if [ -n "$has_ntlm" ]; then
    begin refused_at_sealing_and_not_tried_again
    start_peer --allow-clear --fault status=401,from=5
    examine "127.0.0.1:$port" --auth NTLM
    is_status 1
    says OK logon
    says FAIL sealing 401
    says SKIP cleartext 'a further logon was refused'
    says SKIP envelope 'a further logon was refused'

    begin no_sealing_and_no_clear_text
    start_peer --allow-clear --fault close-before-reply,on=5
    examine "127.0.0.1:$port" --auth NTLM
    is_status 1
    says FAIL sealing
    says SKIP cleartext 'no sealed message'

    begin clear_text_that_gets_no_answer
    start_peer --allow-clear --fault close-before-reply,only=Identify,from=6
    examine "127.0.0.1:$port" --auth NTLM
    says OK sealing
    says WARN cleartext 'closed the connection'

    begin binding_that_is_cut_is_not_strict
    for drop in 2 3 4; do # the bound logon, the unbound one, the one bound elsewhere
        start_peer --tls --fault "logon-drop=2,on=$drop"
        examine "127.0.0.1:$port" --https --ca-file "$CERTS/ca.pem" --auth NTLM
        is_status 0
        says WARN binding unknown
    done
fi

begin proxy_that_is_closed
start_peer
mi doctor "127.0.0.1:$port" --proxy "127.0.0.1:$dead"
is_status 1
says FAIL http.port 'the proxy'

# through_proxy [OPTION]...: of mi-proxy, which ends with its standard input
through_proxy() {
    mkfifo hold
    MI_PROXY_USERS="gatekeeper:op3n" "$MI_PROXY" "$@" <hold >proxy.out &
    proxy_pid=$!
    exec 9>hold
    until [ -s proxy.out ]; do read -rt 0.02 <> <(:); done
    mi doctor "127.0.0.1:$port" --proxy "127.0.0.1:$(sed 's/port //' proxy.out)" "${more[@]}"
    exec 9>&-
    kill "$proxy_pid"
    wait "$proxy_pid" 2>/dev/null
    rm -f hold proxy.out
}

more=()
begin through_a_proxy
through_proxy
is_status 0
says OK name 'the proxy 127.0.0.1'
says OK http.port 'through the proxy'

begin password_of_a_proxy_is_not_shown_to_all
more=(--proxy-user gatekeeper)
MI_PROXY_PASSWORD=op3n through_proxy --offer Basic
is_status 1
says FAIL http.port 'was sent none: Basic shows its password'
advises http.port 'Use --proxy-auth Negotiate or NTLM'
