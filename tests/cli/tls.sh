# HTTPS: what is checked by default, and the options that change it.
tls_to() { to=(-H "$1:$port" -u "$user" --https); }

start_peer --tls
tls_to 127.0.0.1

begin unknown_ca_is_refused
mi_in enumerate Peer_Few
is_status 11
err_has 'certificate' '--ca-file'
log_hasnot action=Enumerate

begin ca_file
mi_in enumerate Peer_Few --ca-file "$CERTS/ca.pem"
is_status 0
out_lines 7

begin no_verify_ca
mi_in enumerate Peer_Few --no-verify-ca
is_status 0

begin missing_ca_file
mi_in enumerate Peer_Few --ca-file nowhere.pem
[ "$status" -gt 10 ] || bad "exit status $status"
err_has nowhere.pem

begin ca_file_without_certificate
echo nothing >empty.pem
mi_in enumerate Peer_Few --ca-file empty.pem
[ "$status" -gt 10 ] || bad "exit status $status"

begin https_by_url
MI_PASSWORD=$password mi enumerate Peer_Few -H "https://localhost:$port" -u "$user" --ca-file "$CERTS/ca.pem"
is_status 0

begin basic_over_https_needs_no_clear_text
mi_in test --ca-file "$CERTS/ca.pem"
is_status 0

begin http_spoken_to_an_https_port
MI_PASSWORD=$password mi test -H "127.0.0.1:$port" -u "$user" --clear-text
is_status 11

begin other_name_is_refused
start_peer --tls --cert-kind wrong-name
tls_to localhost
mi_in enumerate Peer_Few --ca-file "$CERTS/ca.pem"
is_status 11
err_has '--no-verify-name'

begin no_verify_name
mi_in enumerate Peer_Few --ca-file "$CERTS/ca.pem" --no-verify-name
is_status 0

begin no_verify_ca_still_checks_the_name
mi_in enumerate Peer_Few --no-verify-ca
is_status 11

begin both_checks_off
mi_in enumerate Peer_Few --no-verify-ca --no-verify-name
is_status 0

begin no_verify_name_still_checks_the_ca
mi_in enumerate Peer_Few --no-verify-name
is_status 11

begin expired_is_refused
start_peer --tls --cert-kind expired
tls_to localhost
mi_in enumerate Peer_Few --ca-file "$CERTS/ca.pem"
is_status 11
err_has expired

begin self_signed_is_refused
start_peer --tls --cert-kind self-signed
tls_to localhost
mi_in enumerate Peer_Few --ca-file "$CERTS/ca.pem"
is_status 11

begin tls_1_2
start_peer --tls --tls-max 1.2
tls_to localhost
mi_in enumerate Peer_Few --ca-file "$CERTS/ca.pem"
is_status 0

begin ipv6_over_tls
start_peer --tls --listen ::1
MI_PASSWORD=$password mi enumerate Peer_Few -H "[::1]:$port" --https -u "$user" --ca-file "$CERTS/ca.pem"
is_status 0
