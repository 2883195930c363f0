# Every option that changes the request.
start_peer

begin keys_only
mi_in enumerate Peer_Few --keys-only -o jsonl
is_status 0
out_hasnot 'text 4'
out_has '"Id":"4"'

# Windows leaves the choice of subclasses to the class; OMI does as it is asked.
start_peer --dialect omi

begin subclasses_come_with_their_properties
mi_in enumerate Peer_Base -o jsonl
is_status 0
out_has '"__CLASS":"Peer_LeafA"' '"__CLASS":"Peer_LeafB"'
cp out deep

begin shallow
mi_in enumerate Peer_Base --shallow -o jsonl
is_status 0
out_hasnot Peer_LeafA Peer_LeafB

begin base_properties
mi_in enumerate Peer_Base --base-properties -o jsonl
is_status 0
[ "$(wc -l <out)" -eq "$(wc -l <deep)" ] || bad "another number of instances"
[ "$(wc -c <out)" -lt "$(wc -c <deep)" ] || bad "as much as without"

start_peer

begin no_types_gives_strings_and_fetches_no_class
: >log
mi_in get Peer_AllTypes Id=typical --no-types -o jsonl
is_status 0
is_json
out_has '"v_uint64":"9007199254740993"'
log_hasnot GetClass

begin resource_uri_in_place_of_the_one_made_of_the_class
mi_in get Peer_Many Id=1 --resource-uri http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Peer_Few -o jsonl
is_status 0
out_has '"Text":"text 1"'

begin resource_uri_prefix
mi_in enumerate Peer_Few --resource-uri-prefix http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2 -o jsonl
is_status 0
out_has '"Text":"text 1"'
mi_in enumerate Peer_Few --resource-uri-prefix http://intel.com/wbem/wscim/1/amt-schema/1 -o jsonl
[ "$status" -gt 10 ] || bad "a URI this server does not know gave $status"

begin namespace
mi_in enumerate Peer_Base -n root/other -o jsonl
other=$status
mi_in enumerate Peer_Few -n root/cimv2
is_status 0
log_has ns=root/cimv2

begin namespace_with_backslashes
mi_in enumerate Peer_Few -n 'root\cimv2'
is_status 0

begin short_and_long_forms
MI_PASSWORD=$password mi enumerate Peer_Few "--host=127.0.0.1:$port" "--user=$user" --clear-text --output=jsonl --namespace=root/cimv2
is_status 0
out_lines 5
MI_PASSWORD=$password mi enumerate Peer_Few "-H127.0.0.1:$port" "-u$user" --clear-text -ojsonl -nroot/cimv2
is_status 0
out_lines 5

begin port_option
MI_PASSWORD=$password mi test -H 127.0.0.1 --port "$port" -u "$user" --clear-text
is_status 0

begin host_as_url
MI_PASSWORD=$password mi test -H "http://127.0.0.1:$port/wsman" -u "$user" --clear-text
is_status 0

begin host_by_name
MI_PASSWORD=$password mi test -H "localhost:$port" -u "$user" --clear-text
is_status 0

begin url_prefix
mi_in enumerate Peer_Few --url-prefix /wsman
is_status 0
mi_in enumerate Peer_Few --url-prefix /elsewhere
[ "$status" -gt 10 ] || bad "exit status $status"
err_has '--url-prefix'

begin scheme_basic_in_any_case
mi_in test --auth basic
is_status 0

begin scheme_that_is_not_there_yet_says_so
mi_in enumerate Peer_Few --auth Kerberos
[ "$status" -gt 10 ] || bad "exit status $status"
err_has 'Kerberos'

begin singleton_without_keys
mi_in get Peer_Singleton -o json
is_status 0
is_json

begin several_keys_of_every_kind
mi_in enumerate Peer_Keys -o jsonl
is_status 0
[ "$(wc -l <out)" -ge 1 ] || bad "nothing"

begin operands_after_options
MI_PASSWORD=$password mi -H "127.0.0.1:$port" -u "$user" --clear-text get -o jsonl Peer_Few -- Id=2
is_status 0
out_has '"Text":"text 2"'

begin ipv6
start_peer --listen ::1
MI_PASSWORD=$password mi enumerate Peer_Few -H "[::1]:$port" -u "$user" --clear-text
is_status 0
out_lines 7
