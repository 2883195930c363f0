# The same questions to the four kinds of server.
for dialect in windows omi openwsman idrac; do
    start_peer --dialect "$dialect" --many 300

    begin "${dialect}_test"
    mi_in test
    is_status 0
    out_has ProductVendor

    begin "${dialect}_enumerate"
    mi_in enumerate Peer_Few -o jsonl
    is_status 0
    is_json -l
    out_lines 5
    out_has '"Id":"4","Text":"text 4"'

    begin "${dialect}_enumerate_pages"
    mi_in enumerate Peer_Many -o jsonl
    is_status 0
    is_json -l
    out_lines 300

    begin "${dialect}_enumerate_every_type"
    mi_in enumerate Peer_AllTypes -o json
    is_status 0
    is_json
    case $dialect in
    windows | omi) out_has '"v_uint64":18446744073709551615,' ;;
    *) out_has '"v_uint64":"18446744073709551615",' ;;
    esac

    begin "${dialect}_get"
    mi_in get Peer_Few Id=3 -o jsonl
    is_status 0
    out_has '"Text":"text 3"'

    begin "${dialect}_class"
    mi_in class Peer_Few
    case $dialect in
    windows | omi)
        is_status 0
        out_has 'class Peer_Few' 'Text;'
        ;;
    *) # these have no schema to give
        [ "$status" -gt 10 ] || bad "exit status $status"
        out_empty
        err_has 'mi: Peer_Few: ' '(MI_RESULT_'
        ;;
    esac

    begin "${dialect}_unknown_instance"
    mi_in get Peer_Few Id=99
    [ "$status" -gt 10 ] || bad "exit status $status"
    err_has 'mi: Peer_Few: ' '(MI_RESULT_'

    begin "${dialect}_unknown_class"
    mi_in enumerate No_SuchClass
    [ "$status" -gt 10 ] || bad "exit status $status"
    err_has 'mi: No_SuchClass: ' '(MI_RESULT_'

    begin "${dialect}_wrong_password"
    MI_PASSWORD=wrong mi enumerate Peer_Few "${to[@]}"
    is_status 12
done

begin downlevel_windows
start_peer --downlevel
mi_in enumerate Peer_Few -o jsonl
is_status 0
out_lines 5
