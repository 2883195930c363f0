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

# sha256_of FILE: of the certificate, in hexadecimal with colons
sha256_of() { openssl x509 -in "$CERTS/$1" -noout -fingerprint -sha256 | cut -d= -f2; }

begin pin_of_the_certificate
start_peer --tls
tls_to localhost
mi_in enumerate Peer_Few --ca-file "$CERTS/ca.pem" --pin "$(sha256_of good.pem)"
is_status 0

begin pin_of_another_certificate
: >log
mi_in enumerate Peer_Few --ca-file "$CERTS/ca.pem" --pin "$(sha256_of ca.pem)"
is_status 11
err_has 'not a pinned one'
log_hasnot action=Enumerate

begin pin_that_is_none
mi_in enumerate Peer_Few --ca-file "$CERTS/ca.pem" --pin 1234
err_has 'is no pin'
[ "$status" -gt 10 ] || bad "exit status $status"

begin pin_instead_of_a_ca
start_peer --tls --cert-kind self-signed
tls_to localhost
mi_in enumerate Peer_Few --no-verify-ca --pin "$(sha256_of self-signed.pem)"
is_status 0

begin revoked_is_refused
start_peer --tls --cert-kind revoked
tls_to localhost
mi_in enumerate Peer_Few --ca-file "$CERTS/ca-with-crl.pem"
is_status 11
err_has revoked

begin no_verify_revocation
mi_in enumerate Peer_Few --ca-file "$CERTS/ca-with-crl.pem" --no-verify-revocation
is_status 0

start_peer --tls --client-ca "$CERTS/ca.pem" --ask later
shown=(-H "localhost:$port" --https --ca-file "$CERTS/ca.pem")

begin client_certificate_is_the_logon
mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client.pem" --cert-key "$CERTS/client.key"
is_status 0
log_has "user=tester action=Enumerate"

begin client_certificate_and_key_in_one_file
mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client-both.pem"
is_status 0

begin client_certificate_beside_a_user
MI_PASSWORD=$password mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client1.pem" --cert-key "$CERTS/client1.key" -u "$user"
is_status 0

begin pkcs12_with_its_password_in_a_file
mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client.p12" --key-password-file "$CERTS/client.password"
is_status 0

begin pkcs12_with_its_password_in_the_environment
MI_KEY_PASSWORD=$(cat "$CERTS/client.password") mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client.p12"
is_status 0

if "$AT_TERMINAL" -- true </dev/null >/dev/null 2>&1; then
    begin pkcs12_with_its_password_at_a_prompt
    "$AT_TERMINAL" 'expect:Password for ' echo:off "send:$(cat "$CERTS/client.password")^M" -- \
        "$MI" enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client.p12" >out 2>err
    status=$?
    is_status 0
    out_has 'text 4'
    out_hasnot "$(cat "$CERTS/client.password")"
fi

begin pkcs12_without_a_terminal
mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client.p12"
is_status 2
err_has --key-password-file MI_KEY_PASSWORD

begin pkcs12_with_a_wrong_password
MI_KEY_PASSWORD=WrongOne mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client.p12"
[ "$status" -gt 10 ] || bad "exit status $status"
err_has 'cannot be opened with the password given'
err_hasnot WrongOne

begin locked_key
mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client.pem" --cert-key "$CERTS/client-locked.key" --key-password-file "$CERTS/client.password"
is_status 0

begin thumbprint
mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client-both.pem" --thumbprint "$(sha256_of client.pem)"
is_status 0
mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client-both.pem" --thumbprint "$(sha256_of client1.pem)"
[ "$status" -gt 10 ] || bad "exit status $status"
err_has thumbprint

begin unmapped_client_certificate
mi enumerate Peer_Few "${shown[@]}" --cert "$CERTS/client-stranger.pem" --cert-key "$CERTS/client-stranger.key"
is_status 12
err_has CN=stranger

begin certificate_options_that_need_others
mi enumerate Peer_Few "${shown[@]}" --cert-key "$CERTS/client.key"
is_status 2
mi enumerate Peer_Few "${shown[@]}" --key-password-file "$CERTS/client.password"
is_status 2
mi enumerate Peer_Few "${shown[@]}" --auth certificate -u "$user" --cert "$CERTS/client-both.pem"
is_status 2
mi enumerate Peer_Few "${shown[@]}" --auth certificate
err_has 'no certificate was given'

begin ipv6_over_tls
start_peer --tls --listen ::1
MI_PASSWORD=$password mi enumerate Peer_Few -H "[::1]:$port" --https -u "$user" --ca-file "$CERTS/ca.pem"
is_status 0
