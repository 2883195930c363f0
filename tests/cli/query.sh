# Queries, and what associations link.
start_peer

begin query_gives_a_table
mi_in query "SELECT * FROM Peer_Few WHERE Id='3'"
is_status 0
err_empty
out_lines 3
out_matches '^3 +text 3$'

begin query_in_every_format
for format in list json jsonl csv xml; do
    mi_in query "SELECT * FROM Peer_Few WHERE Id='3'" -o "$format"
    is_status 0
    out_has 'text 3'
    out_hasnot 'text 2'
done

begin query_of_nothing_is_success
mi_in query "SELECT * FROM Peer_Few WHERE Id='99'" -o jsonl
is_status 0
out_empty
err_empty

begin query_with_other_characters
mi_in query "SELECT * FROM Peer_Few WHERE Text='<&> \"日本\"'" -o jsonl
is_status 0
out_empty

begin what_the_server_tells_among_the_results_is_seen
mi_in enumerate Peer_Flawed -o jsonl
is_status 0
out_lines 3
err_has 'error: '
mi_in query 'SELECT * FROM Peer_Chatty' -o jsonl
is_status 0
out_lines 3
err_has 'warning: ' 'error: '
mi_in get Peer_Chatty Id=1 -o jsonl
is_status 0
out_has '"Answer":"auto:yes"'
err_has 'warning: '
err_hasnot 'verbose: '

begin query_that_is_wrong
mi_in query 'SELECT * FROM'
is_status 25
out_empty
err_has 'mi: query: ' 'MI_RESULT_INVALID_QUERY'

begin query_of_an_unknown_class
mi_in query 'SELECT * FROM Peer_Nothing'
is_status 15

begin query_in_an_unknown_language
mi_in query 'SELECT * FROM Peer_Few' --dialect CQL
is_status 24
err_has MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED

begin query_language_by_uri
mi_in query "SELECT * FROM Peer_Few WHERE Id='3'" -o jsonl \
    --dialect http://schemas.microsoft.com/wbem/wsman/1/WQL
is_status 0
out_lines 1

# Peer_Link goes from 0 to 1, 2 and 4, and from 1 to 3.
for dialect in windows omi openwsman idrac; do
    start_peer --dialect "$dialect"

    if [ "$dialect" != openwsman ]; then # which has no WQL
        begin "${dialect}_query"
        mi_in query "SELECT * FROM Peer_Few WHERE Id='3'" -o jsonl
        is_status 0
        out_lines 1
        out_has '"Text":"text 3"'
    fi

    begin "${dialect}_associators"
    mi_in associators Peer_Few Id=0 -o jsonl
    is_status 0
    is_json -l
    out_lines 3
    out_has 'text 1' 'text 2' 'text 4'

    begin "${dialect}_associators_by_role"
    mi_in associators Peer_Few Id=1 --role To -o jsonl
    is_status 0
    out_lines 1
    out_has '"Text":"text 0"'
    mi_in associators Peer_Few Id=1 --result-role To -o jsonl
    is_status 0
    out_lines 1
    out_has '"Text":"text 3"'

    begin "${dialect}_associators_by_class"
    mi_in associators Peer_Few Id=0 --assoc-class Peer_Link --result-class Peer_Few -o jsonl
    is_status 0
    out_lines 3
    mi_in associators Peer_Few Id=0 --assoc-class Peer_OSProcess -o jsonl
    out_hasnot text
    mi_in associators Peer_Few Id=0 --result-class Peer_Process -o jsonl
    out_hasnot text

    begin "${dialect}_associators_keys_only"
    mi_in associators Peer_Few Id=0 --keys-only -o jsonl
    is_status 0
    out_lines 3
    out_has '"Id":"4"'
    out_hasnot 'text 4'

    begin "${dialect}_references"
    mi_in references Peer_Few Id=1 -o jsonl
    is_status 0
    is_json -l
    out_lines 2
    out_has '"From":"root/cimv2:Peer_Few.Id=\"0\"","To":"root/cimv2:Peer_Few.Id=\"1\"","Weight":'

    begin "${dialect}_references_by_role_and_class"
    mi_in references Peer_Few Id=1 --role From -o jsonl
    is_status 0
    out_lines 1
    out_has '"To":"root/cimv2:Peer_Few.Id=\"3\""'
    mi_in references Peer_Few Id=1 --result-class Peer_Link -o jsonl
    out_lines 2
    mi_in references Peer_Few Id=1 --result-class Peer_OSProcess -o jsonl
    out_hasnot Weight

    begin "${dialect}_references_keys_only"
    mi_in references Peer_Few Id=1 --keys-only -o jsonl
    is_status 0
    out_lines 2
    out_hasnot 10 30
done

start_peer

begin associators_of_an_unknown_instance
mi_in associators Peer_Few Id=99
is_status 16
out_empty
err_has 'mi: Peer_Few: ' MI_RESULT_NOT_FOUND

begin reference_as_a_key_is_an_object_path
mi_in get Peer_Link 'From=Peer_Few.Id="1"' 'To=root/cimv2:Peer_Few.Id="3"' -o jsonl
is_status 0
out_has '"Weight":30'

begin text_as_a_key_may_look_like_an_object_path
mi_in get Peer_Few 'Id=A.B="c"'
is_status 16

begin key_that_is_no_path_is_not_looked_up
: >log
mi_in delete Peer_Few Id=99 --no-types
mi_in get Peer_Few Id=1 --no-types
is_status 0
log_hasnot GetClass

begin unknown_key_beside_an_object_path
mi_in get Peer_Link 'Frum=Peer_Few.Id="1"'
is_status 2
err_has "Peer_Link has no property 'Frum'; near: From"
