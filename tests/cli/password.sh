# Where the password comes from. The server's has blanks at its end and is not ASCII.
start_peer

begin from_the_environment
MI_PASSWORD=$password mi enumerate Peer_Few "${to[@]}"
is_status 0
log_has "user=$user action=Enumerate"

begin from_a_file
printf '%s\nnot this line\n' "$password" >secret
mi enumerate Peer_Few "${to[@]}" --password-file secret
is_status 0

begin from_a_file_without_newline
printf '%s' "$password" >secret
mi enumerate Peer_Few "${to[@]}" --password-file secret
is_status 0

begin from_a_file_of_windows
printf '\xEF\xBB\xBF%s\r\n' "$password" >secret
mi enumerate Peer_Few "${to[@]}" --password-file secret
is_status 0

begin from_standard_input
printf '%s\n' "$password" | timeout 60 "$MI" enumerate Peer_Few "${to[@]}" --password-file - >out 2>err
status=$?
is_status 0

begin file_goes_before_environment
printf '%s\n' "$password" >secret
MI_PASSWORD=wrong mi enumerate Peer_Few "${to[@]}" --password-file secret
is_status 0

begin blanks_belong_to_it
MI_PASSWORD=${password% } mi enumerate Peer_Few "${to[@]}"
is_status 12

begin wrong_password_is_access_denied_and_not_shown
MI_PASSWORD='Wr0ngWr0ng' mi enumerate Peer_Few "${to[@]}"
is_status 12
out_empty
err_has 'MI_RESULT_ACCESS_DENIED' 'user name and password'
err_hasnot Wr0ng

begin wrong_user_is_access_denied
MI_PASSWORD=$password mi enumerate Peer_Few -H "127.0.0.1:$port" --clear-text -u nobody
is_status 12

begin too_long_is_wrong_usage
head -c 1024 /dev/zero | tr '\0' x >secret
mi enumerate Peer_Few "${to[@]}" --password-file secret
is_status 2
err_has 'longer than'
MI_PASSWORD=$(cat secret) mi enumerate Peer_Few "${to[@]}"
is_status 2
err_has 'longer than'

begin as_long_as_allowed_is_tried
head -c 1023 /dev/zero | tr '\0' x >secret
mi enumerate Peer_Few "${to[@]}" --password-file secret
is_status 12

begin zero_byte_is_wrong_usage
printf 'a\0b\n' >secret
mi enumerate Peer_Few "${to[@]}" --password-file secret
is_status 2
err_has 'zero byte'

begin not_utf8_is_wrong_usage
printf 'a\xff\n' >secret
mi enumerate Peer_Few "${to[@]}" --password-file secret
is_status 2
err_has 'UTF-8'

begin folder_is_no_file
mi enumerate Peer_Few "${to[@]}" --password-file .
is_status 2
err_has 'cannot'

begin without_a_terminal_says_what_else_there_is
setsid -w timeout 60 "$MI" enumerate Peer_Few "${to[@]}" >out 2>err </dev/null
status=$?
is_status 2
err_has '--password-file' 'MI_PASSWORD'

begin clear_text_is_refused_before_anything_is_sent
: >log
MI_PASSWORD=$password mi enumerate Peer_Few -H "127.0.0.1:$port" -u "$user"
is_status 14
err_has 'MI_RESULT_INVALID_PARAMETER' '--https' '--clear-text'
err_hasnot 'S3cret'
[ ! -s log ] || bad 'the server heard something'

begin empty_password_is_sent
password='' start_peer
MI_PASSWORD='' mi enumerate Peer_Few "${to[@]}"
is_status 0

begin domain_and_user
user='DOMAIN\user' start_peer
MI_PASSWORD=$password mi enumerate Peer_Few -H "127.0.0.1:$port" --clear-text -u 'DOMAIN\user'
is_status 0

begin nobody_is_asked_when_no_user_is_given
start_peer --no-auth
mi enumerate Peer_Few -H "127.0.0.1:$port" --clear-text
is_status 0
