# Through a proxy: the option, the environment, and where its password comes from.
secret='op3n ses@me'

# start_proxy [OPTION]...: afterwards $gate, its address
start_proxy() {
    stop_proxy
    rm -f hold proxy.out
    mkfifo hold
    ASAN_OPTIONS=detect_leaks=0 MI_PROXY_USERS="gatekeeper:$secret" "$MI_PROXY" "$@" <hold >proxy.out &
    proxy_pid=$!
    exec 9>hold
    until [ -s proxy.out ]; do read -rt 0.02 <> <(:); done
    gate=127.0.0.1:$(sed 's/port //' proxy.out)
}
proxy_pid=''
stop_proxy() {
    [ -n "$proxy_pid" ] || return 0
    exec 9>&-
    kill "$proxy_pid"
    wait "$proxy_pid" 2>/dev/null
    proxy_pid=
}
tunnels() { # so many were made
    exec 8<>"/dev/tcp/${gate%:*}/${gate#*:}"
    printf 'GET /counters HTTP/1.0\r\n\r\n' >&8
    grep -qx "tunnels $1" <&8 || bad "not $1 tunnels"
    exec 8>&-
}
unset http_proxy https_proxy all_proxy no_proxy ALL_PROXY HTTPS_PROXY NO_PROXY MI_PROXY_PASSWORD

start_peer
start_proxy

begin by_option
mi_in enumerate Peer_Few --proxy "$gate"
is_status 0
tunnels 1
mi_in enumerate Peer_Few --proxy "http://$gate/"
is_status 0
tunnels 2

begin none
http_proxy=$gate mi_in enumerate Peer_Few --proxy none
is_status 0
tunnels 2

begin of_the_environment
http_proxy=$gate MI_PASSWORD=$password mi test -H "peer.test:$port" -u "$user" --clear-text
is_status 0
tunnels 3
http_proxy=$gate no_proxy=.test MI_PASSWORD=$password mi test -H "peer.test:$port" -u "$user" --clear-text
is_status 11
err_has 'resolve:'

begin https_inside
start_peer --tls
MI_PASSWORD=$password mi test -H "https://localhost:$port" -u "$user" --ca-file "$CERTS/ca.pem" --proxy "$gate"
is_status 0
tunnels 4

begin with_a_logon
start_peer
start_proxy --offer Basic
MI_PROXY_PASSWORD=$secret mi_in enumerate Peer_Few --proxy "$gate" --proxy-user gatekeeper
is_status 0
printf '%s\n' "$secret" >secret
mi_in enumerate Peer_Few --proxy "$gate" --proxy-user gatekeeper --proxy-password-file secret
is_status 0
tunnels 2

begin refused
mi_in enumerate Peer_Few --proxy "$gate"
is_status 12
err_has 'proxy:' '--proxy-user' 'it offers Basic'
MI_PROXY_PASSWORD=Wr0ngWr0ng mi_in enumerate Peer_Few --proxy "$gate" --proxy-user gatekeeper
is_status 12
err_has 'refused the logon of user "gatekeeper" with Basic (status 407)'
err_hasnot Wr0ng

begin no_terminal_names_the_ways
mi_in enumerate Peer_Few --proxy "$gate" --proxy-user gatekeeper
is_status 2
err_has --proxy-password-file MI_PROXY_PASSWORD

begin no_password_on_the_command_line
mi test --proxy-password=hidden
is_status 2
err_has MI_PROXY_PASSWORD
err_hasnot hidden
mi_in test --proxy "http://gatekeeper:hidden@$gate"
[ "$status" -gt 10 ] || bad "exit status $status"
err_has AddProxyCredentials
err_hasnot hidden

begin options_that_need_each_other
mi test --proxy-password-file secret
is_status 2
mi test --proxy none --proxy-user gatekeeper
is_status 2

begin not_supported
mi_in test --proxy "https://$gate"
[ "$status" -gt 10 ] || bad "exit status $status"
err_has 'over HTTPS'

begin nobody_there
stop_proxy
mi_in test --proxy "$gate"
is_status 11
err_has 'cannot connect to the proxy'
