# What is the same on every platform: mi against mi-peer, and mi.exe against an mi.dll that serves mi-peer's classes
# (win32/served.c), print what stands in same/, byte for byte but for the ends of lines, and end with that status.
# same_only, when set, is an expression for the names of those that run.
# MI_SAME_WRITE=1 writes those files instead; the difference is then for the eye of whoever commits it.
folder=$(dirname "${BASH_SOURCE[0]}")/same
export LC_ALL=C.UTF-8

# same NAME ARGUMENT...
same() {
    local file=$folder/$1.txt
    [[ $1 =~ ${same_only:-} ]] || return 0
    begin "$1"
    shift
    mi_in "$@"
    {
        printf '$ mi'
        printf ' %q' "$@"
        printf '\n'
        sed 's/\r$//' out
        printf -- '--- %s\n' "status $status"
        sed 's/\r$//' err
    } >transcript
    if [ -n "${MI_SAME_WRITE:-}" ]; then
        cp transcript "$file"
        bad "written, and compared with nothing"
    fi
    diff -a "$file" transcript >difference || bad "another output:
$(head -n 20 difference)"
}

start_peer

for id in typical lowest highest nulls empty unicode single infinite nan; do
    same "jsonl_$id" get Peer_AllTypes "Id=$id" -o jsonl
done
for id in typical nulls empty unicode nan; do
    same "list_$id" get Peer_AllTypes "Id=$id" -o list
done
for id in typical nulls unicode; do
    same "csv_$id" get Peer_AllTypes "Id=$id" -o csv
    same "xml_$id" get Peer_AllTypes "Id=$id" -o xml
done
same table_of_every_type enumerate Peer_AllTypes -o table
for format in table list json jsonl csv xml; do
    same "few_$format" enumerate Peer_Few -o "$format"
done
same none_table enumerate Peer_Empty -o table
same none_json enumerate Peer_Empty -o json
same subclass_table enumerate Peer_LeafB -o table
same keys_of_every_kind enumerate Peer_Keys -o list
same class_without_key enumerate Peer_Singleton -o json
same query query 'SELECT * FROM Peer_Few' -o jsonl
same class_mof class Peer_AllTypes
same class_json class Peer_AllTypes -o json
same class_xml class Peer_AllTypes -o xml
same class_that_inherits class Peer_LeafB
same classes_by_name classes Peer_Base --names-only
same classes_next_level classes Peer_Base --shallow -o jsonl

same values_in_and_out invoke Peer_AllTypes EchoAll v_boolean=true v_uint8=255 v_sint8=-128 v_uint16=0xFFFF \
    v_sint16=-32768 v_uint32=4294967295 v_sint32=-2147483648 v_uint64=18446744073709551615 v_sint64=-9223372036854775808 \
    v_real32=0.1 v_real64=-1.7976931348623157e+308 v_char16=€ v_datetime=20240229123456.789012+060 \
    v_interval=00000012030405.000678:000 v_string='Grüße 😀 "x" \' 'v_reference=Peer_LeafA.Name="leaf a"' a_uint8=0 a_uint8=255 \
    a_string= a_string=日本 --null a_real64 -o jsonl
same missing_instance get Peer_Few Id=99
same missing_class get Peer_Nothing Id=1
same missing_class_of_many enumerate 'Peer_Nothing_ü' -o json
same missing_class_declaration class Peer_Nothing
same what_the_provider_cannot create Peer_Few Id=9
same missing_method invoke Peer_Base Ad X=1
same value_that_does_not_fit create Peer_AllTypes v_uint64=10GB
same misspelt_property create Peer_AllTypes v_unit64=1
same unknown_verb 'Größe日'
same unknown_option enumerate Peer_Few --bogus
