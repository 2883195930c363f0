# What comes out, and that it is well formed whatever comes in.
start_peer --many 200

begin table_has_keys_first_and_a_rule
mi_in enumerate Peer_Few
is_status 0
err_empty
out_lines 7
[ "$(sed -n 1p out)" = 'Id  Text' ] || bad heading
[ "$(sed -n 2p out)" = '--  ----' ] || bad rule
out_matches '^4 +text 4$'

begin table_of_many_is_aligned
mi_in enumerate Peer_Many
is_status 0
out_lines 202

begin table_leaves_out_arrays_and_objects
mi_in enumerate Peer_AllTypes
is_status 0
[ "$(head -n 1 out | wc -w)" -eq 8 ] || bad "not 8 columns"
out_hasnot a_string v_instance
is_clean out

begin table_of_nothing_is_nothing
mi_in enumerate Peer_Empty
is_status 0
out_empty

begin list_is_aligned
mi_in get Peer_AllTypes Id=typical
is_status 0
[ "$(grep -c '^.\{12\}:' out)" -eq "$(wc -l <out)" ] || bad "colons do not stand below each other"
out_matches '^Id +: typical$'
out_matches '^v_uint64 +: 9007199254740993$'
out_matches '^v_datetime +: 20240229123456\.789012\+060$'
out_matches '^a_char16 +: \{a, λ, €\}$'
out_matches '^v_reference +: root/cimv2:Peer_LeafA\.Name="leaf a"$'
out_matches '^v_instance +: Peer_Embedded\{Name=first, Value=41'

begin list_shows_null_and_empty_apart
mi_in get Peer_AllTypes Id=nulls
out_matches '^a_string +:$'
mi_in enumerate Peer_AllTypes -o list
out_matches '^a_string +: \{\}$'

begin list_escapes_line_ends_in_values
mi_in get Peer_AllTypes Id=unicode
is_status 0
out_has '😀 Güße 日本' 'line one\nline two\ttab\r\nCR'

begin control_characters_stay_inside_in_table_and_list
mi_in enumerate Peer_Control -o table
is_clean out
mi_in enumerate Peer_Control -o list
is_clean out
is_clean err

for class in Peer_AllTypes Peer_Few Peer_Keys Peer_Odd Peer_Control Peer_Empty Peer_Base \
    Peer_Singleton Peer_Many Peer_Wide Peer_Opaque Win32_OperatingSystem Win32_Process \
    Win32_LogicalDisk; do
    begin "json_of_${class}_is_valid"
    mi_in enumerate "$class" -o json
    plain=$status
    is_json
    is_clean out
    mi_in enumerate "$class" -o jsonl
    is_json -l
    [ "$plain" -eq "$status" ] || bad "json and jsonl end differently"
done

begin json_is_one_array
mi_in enumerate Peer_Few -o json
[ "$(tr -d '\n' <out)" = '[{"__CLASS":"Peer_Few","Id":"0","Text":"text 0"},{"__CLASS":"Peer_Few","Id":"1","Text":"text 1"},{"__CLASS":"Peer_Few","Id":"2","Text":"text 2"},{"__CLASS":"Peer_Few","Id":"3","Text":"text 3"},{"__CLASS":"Peer_Few","Id":"4","Text":"text 4"}]' ] || bad content

begin json_of_nothing_is_an_empty_array
mi_in enumerate Peer_Empty -o json
is_status 0
[ "$(cat out)" = '[]' ] || bad content

begin jsonl_is_a_line_each
mi_in enumerate Peer_Few -o jsonl
out_lines 5
is_json -l

begin json_keeps_64_bits
mi_in get Peer_AllTypes Id=highest -o jsonl
out_has '"v_uint64":18446744073709551615' '"v_sint64":9223372036854775807'

begin json_gives_infinite_and_nan_as_null
mi_in get Peer_AllTypes Id=infinite -o jsonl
is_json
out_has '"v_real32":null' '"v_real64":null' '"a_real64":[null,0,null]'
mi_in get Peer_AllTypes Id=nan -o jsonl
is_json
out_has '"v_real64":null'

begin json_nests_instances
mi_in get Peer_AllTypes Id=typical -o jsonl
out_has '"v_instance":{"__CLASS":"Peer_Embedded","Name":"first"' '"Inner":{"__CLASS":"Peer_Embedded"'
out_has '"a_instance":[{' '"a_reference":["root/cimv2:Peer_LeafA.Name=\"leaf a\"",'
out_has '"v_datetime":"20240229123456.789012+060"' '"v_boolean":true' '"a_uint8":[0,128,255]'

begin json_of_nulls
mi_in get Peer_AllTypes Id=nulls -o jsonl
is_json
out_has '"v_string":null' '"a_instance":null' '"v_datetime":null'

if command -v python3 >/dev/null && python3 -c 'import json' 2>/dev/null; then
    begin json_is_read_by_python
    mi_in enumerate Peer_AllTypes -o json
    python3 -c '
import json, sys
rows = {row["Id"]: row for row in json.load(open("out", encoding="utf-8"))}
assert rows["highest"]["v_uint64"] == 18446744073709551615
assert rows["unicode"]["a_string"][3] == "line one\nline two\ttab\r\nCR", rows["unicode"]["a_string"]
assert rows["typical"]["v_instance"]["Inner"]["Name"] == "inner"
assert rows["empty"]["a_string"] == [] and rows["nulls"]["a_string"] is None
' 2>err || bad "python3 does not agree"
fi

# csv_of ARGUMENT...: then ./rows has a field per line, and an empty line behind each record. A reader
# of RFC 4180 in awk: quotes, doubled quotes, line ends inside.
csv_of() {
    mi_in "$@" -o csv
    LC_ALL=C awk 'BEGIN { RS = "\001" } {
        n = length($0); quoted = 0; field = ""
        for (i = 1; i <= n; i++) {
            c = substr($0, i, 1)
            if (quoted) {
                if (c != "\"") { field = field (c == "\n" ? "<LF>" : c == "\r" ? "<CR>" : c); continue }
                if (substr($0, i + 1, 1) == "\"") { field = field c; i++; continue }
                quoted = 0
            } else if (c == "\"" && field == "") quoted = 1
            else if (c == ",") { print field "|"; field = "" }
            else if (c == "\r" && substr($0, i + 1, 1) == "\n") { print field "|"; print ""; field = ""; i++ }
            else field = field c
        }
        if (field != "" || quoted) print "UNENDED " field
    }' out >rows
}
rows_have() { for t; do grep -qxF -- "$t|" rows || bad "no field '$t'"; done; }

begin csv_has_a_header_and_a_line_each
mi_in enumerate Peer_Few -o csv
is_status 0
err_empty
printf '__CLASS,Id,Text\r\n' >expected
for i in 0 1 2 3 4; do printf 'Peer_Few,%s,text %s\r\n' "$i" "$i" >>expected; done
cmp -s out expected || bad content

begin csv_quotes_what_needs_it
csv_of get Peer_AllTypes Id=unicode
is_status 0
rows_have Peer_AllTypes unicode
grep -q UNENDED rows && bad 'a quote is open at the end'
[ "$(grep -c '^$' rows)" -eq 2 ] || bad "$(grep -c '^$' rows) records"

begin csv_has_as_many_fields_in_each_record
csv_of enumerate Peer_AllTypes
[ "$(awk 'BEGIN { RS = "" } { print gsub(/\n/, "") }' rows | sort -u | wc -l)" -eq 1 ] || bad 'the records differ'

begin csv_of_every_kind_of_value
csv_of get Peer_AllTypes Id=typical
rows_have 9007199254740993 20240229123456.789012+060 true '[0,128,255]' \
    'root/cimv2:Peer_LeafA.Name="leaf a"'
grep -q '^{"__CLASS":"Peer_Embedded","Name":"first"' rows || bad 'no embedded instance'

begin csv_tells_null_from_the_empty_text
mi_in get Peer_AllTypes Id=nulls -o csv
[ "$(tail -n 1 out | grep -c '""')" -eq 0 ] || bad 'NULL has quotes'
mi_in get Peer_AllTypes Id=empty -o csv
tail -n 1 out | grep -q ',"",' || bad 'the empty text has none'
tail -n 1 out | grep -q ',\[\],' || bad 'no empty array'

begin csv_without_control_characters
mi_in enumerate Peer_Control -o csv
is_status 0
tr -d '\r' <out >plain
is_clean plain

begin csv_of_nothing_is_nothing
mi_in enumerate Peer_Empty -o csv
is_status 0
out_empty

begin csv_says_what_has_no_column
start_peer --dialect omi
mi_in enumerate Peer_Base -o csv
is_status 0
[ "$(grep -c 'the columns are those of the first' err)" -eq 1 ] || bad 'not told once'
mi_in enumerate Peer_Base --base-properties -o csv
is_status 0
err_empty
start_peer --many 200

if command -v xmllint >/dev/null; then
    # is_xml XPATH...: well-formed, and each of them is true
    is_xml() {
        local path
        xmllint --noout out 2>xml.err || bad "not well-formed: $(head -n 1 xml.err)"
        for path; do
            [ "$(xmllint --xpath "$path" out 2>/dev/null)" = true ] || bad "not so: $path"
        done
    }
    property='/CIM/DECLARATION/DECLGROUP/VALUE.OBJECT/INSTANCE/PROPERTY'

    for class in Peer_AllTypes Peer_Control Peer_Odd Peer_Empty Peer_Singleton Peer_Keys Peer_Wide; do
        begin "xml_of_${class}_is_well_formed"
        mi_in enumerate "$class" -o xml
        is_xml
        is_clean out
    done

    begin xml_has_an_instance_each
    mi_in enumerate Peer_Few -o xml
    is_xml "count($property/..)=5" "string(($property[@NAME='Text'])[5]/VALUE)='text 4'"

    begin xml_has_every_type
    mi_in get Peer_AllTypes Id=typical -o xml
    is_xml "string($property[@NAME='v_uint64'][@TYPE='uint64']/VALUE)='9007199254740993'" \
        "string($property.ARRAY[@NAME='a_uint8']/VALUE.ARRAY/VALUE[2])='128'" \
        "string($property.REFERENCE[@NAME='v_reference']//INSTANCENAME/@CLASSNAME)='Peer_LeafA'" \
        "string($property.REFERENCE[@NAME='v_reference']//KEYBINDING[@NAME='Name']/KEYVALUE)='leaf a'" \
        "string($property.REFERENCE[@NAME='v_reference']//NAMESPACE/@NAME)='root/cimv2'" \
        "contains($property[@NAME='v_instance'][@EmbeddedObject]/VALUE,'<PROPERTY NAME=\"Name\"')"

    begin xml_keeps_line_ends_and_tabs
    mi_in get Peer_AllTypes Id=unicode -o xml
    is_xml "boolean(//VALUE[.='line one&#10;line two'])=false()"
    out_has 'line one&#10;line two&#9;tab&#13;&#10;CR'

    begin xml_of_nulls
    mi_in get Peer_AllTypes Id=nulls -o xml
    is_xml "count($property[@NAME='v_string'])=1" "count($property[@NAME='v_string']/VALUE)=0"

    begin xml_of_nothing_is_a_document
    mi_in enumerate Peer_Empty -o xml
    is_xml 'count(/CIM/DECLARATION/DECLGROUP/*)=0'

    begin xml_of_a_class
    mi_in class Peer_Base -o xml
    is_xml "string(//CLASS/@NAME)='Peer_Base'" 'count(//CLASS/METHOD)>0' \
        "count(//CLASS/PROPERTY/QUALIFIER[translate(@NAME,'KEY','key')='key'])>0"
    mi_in class Peer_AllTypes -o xml
    is_xml "count(//PROPERTY.ARRAY[@NAME='a_string'][@TYPE='string'])=1"
fi

begin class_is_mof
mi_in class Peer_AllTypes
is_status 0
out_has 'class Peer_AllTypes' 'uint64 v_uint64;' 'string a_string[];' '};'
out_matches '[[ ][Kk]ey[],]'
is_clean out

begin class_with_methods_is_mof
mi_in class Peer_Base
is_status 0
out_matches '^ +[a-z0-9]+ [A-Za-z]+\('

begin class_json_is_valid
for class in Peer_AllTypes Peer_Base Peer_LeafA Win32_Process; do
    mi_in class "$class" -o json
    is_status 0
    is_json
    out_has "{\"name\":\"$class\""
done

begin test_names_the_product
mi_in test
is_status 0
out_matches '^ProductVendor +: Microsoft'
mi_in test -o json
is_json

begin full_disk_is_an_error_and_ends_the_enumeration
MI_PASSWORD=$password timeout 60 "$MI" enumerate Peer_Many -o json "${to[@]}" >/dev/full 2>err </dev/null
status=$?
is_status 11
err_has 'cannot write the output: No space left'

begin closed_output_is_nobody_elses
MI_PASSWORD=$password timeout 60 "$MI" enumerate Peer_Few "${to[@]}" >&- 2>err </dev/null
status=$?
is_status 11
err_has 'cannot write the output: Bad file descriptor'
MI_PASSWORD=$password timeout 60 "$MI" enumerate Peer_Few "${to[@]}" >out 2>&- <&-
status=$?
is_status 0
out_has 'Id'

begin reader_that_goes_away_ends_it_quietly
start_peer --many 20000
set +m
MI_PASSWORD=$password timeout 60 "$MI" enumerate Peer_Many -o jsonl "${to[@]}" 2>err </dev/null | head -n 1 >out
status=${PIPESTATUS[0]}
is_status 141
out_lines 1
err_empty
log_has action=Release
