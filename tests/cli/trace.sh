# Traces say more at each level, and never a secret.
start_peer
secrets() {
    printf '%s' "$user:$password" | base64 -w 0
    printf '\n%s\n%s\n' "$password" S3cret
}
has_no_secret() {
    while IFS= read -r secret; do
        for file; do
            ! grep -qF -- "${secret%=}" "$file" || bad "$file has the password"
        done
    done < <(secrets)
}

begin nothing_is_traced_unless_asked
mi_in enumerate Peer_Few
err_empty

begin level_1_has_phases
mi_in enumerate Peer_Few -v
is_status 0
out_lines 7
[ -s err ] || bad 'no trace'
err_hasnot 'Content-Type' '<s:Envelope'
has_no_secret err
wc -c <err >one

begin level_2_has_headers
mi_in enumerate Peer_Few -vv
is_status 0
err_has 'Content-Type' 'Authorization'
has_no_secret err
wc -c <err >two

begin level_3_has_messages
mi_in enumerate Peer_Few -vvv
is_status 0
err_has 'Envelope' 'Peer_Few'
has_no_secret err
wc -c <err >three

begin levels_grow
[ "$(cat one)" -lt "$(cat two)" ] && [ "$(cat two)" -lt "$(cat three)" ] || bad "$(cat one two three)"

begin single_letters_add_up
mi_in enumerate Peer_Few -v --verbose -v
is_status 0
err_has 'Envelope'

begin wrong_password_is_not_traced
MI_PASSWORD='Wr0ngWr0ng' mi enumerate Peer_Few "${to[@]}" -vvv
is_status 12
err_hasnot 'Wr0ngWr0ng' "$(printf '%s' "$user:Wr0ngWr0ng" | base64)"

begin to_a_file
MI_TRACE_FILE=trace.txt mi_in enumerate Peer_Few -vvv
is_status 0
err_empty
[ -s trace.txt ] || bad 'no trace'
has_no_secret trace.txt

begin messages_as_files
mkdir wire
MI_TRACE_WIRE=wire mi_in enumerate Peer_Few
is_status 0
[ "$(find wire -name '*-out.xml' | wc -l)" -ge 1 ] || bad 'no request'
[ "$(find wire -name '*-in.xml' | wc -l)" -ge 1 ] || bad 'no reply'
has_no_secret wire/*
