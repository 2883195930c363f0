# The programs of examples/, each as its text says.
start_peer
export MI_HOST=127.0.0.1:$port MI_USER=$user MI_PASSWORD=$password MI_CLEAR_TEXT=1
# The examples widen ASCII only on Windows; here MI_Char is char, so any password will do.

# example NAME ARGUMENT...
example() {
    local program=$1
    shift
    timeout 60 "$EXAMPLES/$program" "$@" >out 2>err </dev/null
    status=$?
}

begin enumerate
example enumerate Peer_Few
is_status 0
out_has Peer_Few 'Text = text 4'

begin enumerate_async
example enumerate_async Peer_Few
is_status 0
out_has 'Text = text 4' '5 instances'

begin get_instance
example get_instance Peer_Few Id 3
is_status 0
out_has 'Text = text 3'
out_hasnot 'text 2'

begin get_class
example get_class Peer_Few
is_status 0
out_has key Id Text

begin query
example query "SELECT * FROM Peer_Few WHERE Id='3'"
is_status 0
out_has 'Text = text 3'
out_hasnot 'text 2'

begin associators
example associators Peer_Few Id 1
is_status 0
out_has 'Text = text 0' 'Text = text 3'
out_hasnot 'text 1'

begin references
example references Peer_Few Id 1
is_status 0
[ "$(grep -c '^Peer_Link$' out)" -eq 2 ] || bad 'not two associations'

begin create_modify_delete
example create Peer_Note Number 1 Topic a Title one
is_status 0
out_has 'Number = 1'
example get_instance Peer_Note Number 1 Topic a
out_has 'Title = one'
example modify Peer_Note Title two Number 1 Topic a
is_status 0
example get_instance Peer_Note Number 1 Topic a
out_has 'Title = two'
example delete Peer_Note Number 1 Topic a
is_status 0
example get_instance Peer_Note Number 1 Topic a
is_status 1
err_has 'MI_Result 6'

begin invoke
example invoke Peer_Service ResetAll
is_status 0
out_has 'ReturnValue = 0'
example invoke Peer_Base Add X 1 Y 41
is_status 0
out_has 'Sum = 42'

begin enumerate_classes
example enumerate_classes
is_status 0
out_has Peer_Base Peer_Few
out_hasnot Peer_Middle
example enumerate_classes Peer_Base
is_status 0
out_lines 1
out_has Peer_Middle

begin test_connection
example test_connection
is_status 0
out_has ProductVendor

for program in enumerate enumerate_async get_instance query associators references create modify \
    delete invoke get_class enumerate_classes subscribe test_connection; do
    begin "${program}_shows_its_usage"
    case $program in
    invoke) example "$program" one two three ;;
    *) example "$program" one two three four five six ;;
    esac
    is_status 2
    err_has usage

    begin "${program}_fails_with_the_message"
    case $program in
    get_instance | associators | references | delete) operands='Peer_Few Id 3' ;;
    modify) operands='Peer_Few Text x Id 3' ;;
    create) operands='Peer_Few Id 3' ;;
    invoke) operands='Peer_Service ResetAll' ;;
    query) operands='SELECT' ;;
    subscribe) operands='SELECT 1' ;;
    test_connection) operands= ;;
    *) operands=Peer_Few ;;
    esac
    MI_USER=nobody MI_PASSWORD=nothing example "$program" $operands
    # Identify is answered without logon by some servers, this one included.
    if [ "$program" != test_connection ] || [ "$status" -ne 0 ]; then
        is_status 1
        err_has 'MI_Result 2'
    fi
done
