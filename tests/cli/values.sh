# Values that are typed: what is refused before anything is changed, and how it is told.
start_peer

# refuses NAME TEXT ARGUMENT...: the class was asked, nothing else.
refuses() {
    begin "$1"
    local text=$2
    shift 2
    : >log
    mi_in "$@"
    is_status 2
    out_empty
    err_has "mi: $text"
    is_clean err
    log_hasnot action=Create
    log_hasnot action=Put
    log_hasnot action=Invoke
}

refuses unit_behind_a_number \
    "Peer_AllTypes.v_uint64 (uint64): '10GB' is not a whole number from 0 to 18446744073709551615" \
    create Peer_AllTypes Id=x v_uint64=10GB
refuses number_out_of_range "Peer_AllTypes.v_sint8 (sint8): '128' is not a whole number from -128 to 127" \
    create Peer_AllTypes v_sint8=128
refuses element_out_of_range "Peer_AllTypes.a_uint8 (uint8[]): '300' is not" \
    create Peer_AllTypes a_uint8=1 a_uint8=300 a_uint8=2
refuses boolean_that_is_none "Peer_AllTypes.v_boolean (boolean): '1' is not true or false" \
    create Peer_AllTypes v_boolean=1
refuses real_that_is_none "Peer_AllTypes.v_real64 (real64): '1,5' is not a number" \
    create Peer_AllTypes v_real64=1,5
refuses datetime_that_is_none "Peer_AllTypes.v_datetime (datetime): 'tomorrow' is not a time" \
    create Peer_AllTypes v_datetime=tomorrow
refuses reference_that_is_none "Peer_AllTypes.v_reference (reference): 'here' is not an object path" \
    create Peer_AllTypes v_reference=here
refuses embedded_instance 'Peer_AllTypes.v_instance (instance): an embedded instance cannot be typed' \
    create Peer_AllTypes 'v_instance=X.Y=1'
refuses empty_text_for_a_number "Peer_AllTypes.v_uint8 (uint8): '' is not" create Peer_AllTypes v_uint8=
refuses scalar_given_twice 'Peer_AllTypes.v_uint8 (uint8): is given twice' \
    create Peer_AllTypes v_uint8=1 V_UINT8=2
refuses empty_for_a_scalar 'Peer_AllTypes.v_uint8 (uint8): is not an array' \
    create Peer_AllTypes --empty v_uint8
refuses misspelt_property_with_what_is_near \
    "Peer_AllTypes has no property 'v_unit64'; near: v_uint64" create Peer_AllTypes v_unit64=1
refuses misspelt_property_of_null "Peer_AllTypes has no property 'v_unit64'; near: v_uint64" \
    create Peer_AllTypes --null v_unit64
refuses unknown_property_with_the_class \
    "Peer_Few has no property 'Whatever'; 'mi class Peer_Few' shows them" create Peer_Few Whatever=1
refuses control_characters_in_a_value '' create Peer_AllTypes $'v_uint8=\e[2J'
refuses set_without_a_key 'Peer_Few.Id (string): is a key, but has no value' set Peer_Few Text=x
refuses set_with_a_null_key 'Peer_Few.Id (string): is a key, but has no value' \
    set Peer_Few Text=x --null Id
refuses set_with_the_wrong_type "Peer_Base.BaseNumber (uint32): 'ten' is not" \
    set Peer_Base Name=x Namespace=y BaseNumber=ten
refuses unknown_method "Peer_Base has no method 'Ad'; near: Add" invoke Peer_Base Ad X=1
refuses unknown_argument "Peer_Base.Add has no parameter 'Z'; near: X, Y" invoke Peer_Base Add Z=1
refuses argument_of_the_wrong_type "Peer_Base.Add(X) (uint32): 'one' is not" \
    invoke Peer_Base Add X=one Y=2
refuses argument_that_is_an_out_parameter 'Peer_Base.Add(Sum) (uint64): is an out parameter' \
    invoke Peer_Base Add X=1 Y=2 Sum=3
refuses key_that_is_none 'Peer_Base.BaseNumber (uint32): is not a key' \
    invoke Peer_Base Name=x BaseNumber=1 Touch

for dialect in openwsman idrac; do
    start_peer --dialect "$dialect"

    refuses "${dialect}_set_does_not_guess_the_keys" \
        'Peer_Few.Id: the server gives no class, so say which are keys: --key NAME' \
        set Peer_Few Id=3 Text=x
    refuses "${dialect}_set_with_a_key_that_has_no_value" 'Peer_Few.Id: is a key, but has no value' \
        set Peer_Few Text=x --key Id

    begin "${dialect}_without_a_class_is_said_with_v_only"
    mi_in create Peer_Few Id=9
    err_hasnot 'gives no class'
    mi_in create Peer_Few Id=9 -v
    err_has 'Peer_Few: the server gives no class; values go as strings'
done

begin a_server_that_is_not_there_is_told_once
dead=$port
stop_peer
mi create Peer_Few Id=9 -H "127.0.0.1:$dead"
is_status 11
[ "$(grep -c '(MI_RESULT' err)" -eq 1 ] || bad 'not told once'
