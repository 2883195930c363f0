#!/bin/bash
# selftest.sh MI-PEER CERTS: the endpoint against requests written by hand. Prints
# "N passed, N failed"; 77 if a tool is missing.
set -u

peer=$1
certs=$2
for tool in curl xmllint; do
    command -v "$tool" >/dev/null || { echo "SKIP: no $tool"; exit 77; }
done
dir=$(mktemp -d) || exit 1
passed=0
failed=0
pid=
trap '[ -n "$pid" ] && kill "$pid" 2>/dev/null; rm -rf "$dir"' EXIT
export MI_PEER_PASSWORD='S3cret:with colon'

DMTF=http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2
ALL='http://schemas.dmtf.org/wbem/wscim/1/*'
WQL=http://schemas.microsoft.com/wbem/wsman/1/WQL
CQL=http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf
ASSOC=http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter
CIMXML='http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*'
WMI=http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2
ANON=http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous
XFER=http://schemas.xmlsoap.org/ws/2004/09/transfer
EVENT=http://schemas.xmlsoap.org/ws/2004/08/eventing
ENUM=http://schemas.xmlsoap.org/ws/2004/09/enumeration

stop() {
    [ -n "$pid" ] || return 0
    kill "$pid" 2>/dev/null
    wait "$pid"
    local status=$?
    pid=
    [ "$status" -eq 0 ] || { failed=$((failed + 1)); echo "FAIL $dialect: exit status $status"; cat "$dir/err"; }
}

# start DIALECT [OPTION]...
start() {
    stop
    dialect=$1
    shift
    rm -f "$dir/port"
    "$peer" --dialect "$dialect" --user tester --ready-file "$dir/port" --log "$dir/log" "$@" \
        >"$dir/out" 2>"$dir/err" &
    pid=$!
    for _ in $(seq 200); do
        [ -s "$dir/port" ] && break
        kill -0 "$pid" 2>/dev/null || { cat "$dir/err"; exit 1; }
        read -rt 0.05 <> <(:) || :
    done
    port=$(cat "$dir/port")
    url=http://127.0.0.1:$port/wsman
}

uuid() {
    local u
    read -r u < /proc/sys/kernel/random/uuid
    echo "${u^^}"
}

# Pieces of a request; a test changes one of them and calls envelope again.
defaults() {
    h_to='<a:To>http://host:5985/wsman</a:To>'
    h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$DMTF/Peer_Few</w:ResourceURI>"
    h_reply="<a:ReplyTo><a:Address s:mustUnderstand=\"true\">$ANON</a:Address></a:ReplyTo>"
    h_action="<a:Action s:mustUnderstand=\"true\">$XFER/Get</a:Action>"
    h_size='<w:MaxEnvelopeSize s:mustUnderstand="true">512000</w:MaxEnvelopeSize>'
    h_id="<a:MessageID>uuid:$(uuid)</a:MessageID>"
    h_locale='<w:Locale xml:lang="en-US" s:mustUnderstand="false"/><p:DataLocale xml:lang="en-US" s:mustUnderstand="false"/>'
    h_op="<p:SessionId s:mustUnderstand=\"false\">uuid:$(uuid)</p:SessionId><p:OperationID s:mustUnderstand=\"false\">uuid:$(uuid)</p:OperationID><p:SequenceId s:mustUnderstand=\"false\">1</p:SequenceId>"
    h_ns='<w:Selector Name="__cimnamespace">root/cimv2</w:Selector>'
    h_keys=
    h_options='<w:Option Name="msftwinrm:UsePreciseArrays" Type="xs:boolean">true</w:Option>'
    h_more=
    body=
}

envelope() {
    echo "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" xmlns:n=\"$ENUM\" xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\" xmlns:b=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd\" xmlns:e=\"$EVENT\"><s:Header>$h_to$h_uri$h_reply$h_action$h_size$h_id$h_locale$h_op<w:SelectorSet>$h_ns$h_keys</w:SelectorSet><w:OptionSet>$h_options</w:OptionSet>$h_more</s:Header><s:Body>$body</s:Body></s:Envelope>"
}

agent='Microsoft WinRM Client'
type='application/soap+xml;charset=UTF-8'
send() {
    curl -s -i --max-time 20 -u "tester:$MI_PEER_PASSWORD" -A "$agent" -H "Content-Type: $type" \
        -H 'Expect:' --data-binary @- "$@" "$url" | tr -d '\r' > "$dir/reply"
    sed '1,/^$/d' "$dir/reply" > "$dir/body"
}

call() {
    envelope | send
}

ok() {
    passed=$((passed + 1))
}

bad() {
    failed=$((failed + 1))
    echo "FAIL $dialect: $*"
    head -c 1500 "$dir/reply"
    echo
}

# has NAME TEXT...: the reply holds every text
has() {
    local name=$1 text
    shift
    for text in "$@"; do
        grep -qF -- "$text" "$dir/reply" || { bad "$name (missing: $text)"; return; }
    done
    ok
}

hasnot() {
    if grep -qF -- "$2" "$dir/reply"; then bad "$1 (has: $2)"; else ok; fi
}

wellformed() {
    if xmllint --noout "$dir/body" 2>/dev/null; then ok; else bad "$1 is not well-formed"; fi
}

count() {
    local n
    n=$(grep -oF -- "$2" "$dir/reply" | wc -l)
    [ "$n" -eq "$3" ] && ok || bad "$1 ($2: $n instead of $3)"
}

counter() {
    curl -s --max-time 10 "http://127.0.0.1:$port/control/counters" | sed -n "s/^$1 //p"
}

counts() {
    local n
    n=$(counter "$1")
    [ "$n" = "$2" ] && ok || bad "counter $1 is $n, not $2"
}

# soon NAME N: the counter gets there
soon() {
    local i
    for i in $(seq 100); do
        [ "$(counter "$1")" = "$2" ] && { ok; return; }
        read -rt 0.05 <> <(:) || :
    done
    bad "counter $1 is $(counter "$1"), not $2"
}

faults() {
    printf '%s\n' "$@" | curl -s --max-time 10 -o /dev/null --data-binary @- "http://127.0.0.1:$port/control/faults"
}

reset() {
    curl -s --max-time 10 -o /dev/null -X POST -d '' "http://127.0.0.1:$port/control/reset"
}

get_few() {
    defaults
    h_keys='<w:Selector Name="Id">3</w:Selector>'
}

get_class() {
    defaults
    h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$CIMXML</w:ResourceURI>"
    h_keys="<w:Selector Name=\"ClassName\">$1</w:Selector>"
    h_options="<w:Option Name=\"IncludeInheritanceHierarchy\" Type=\"xs:boolean\">true</w:Option><w:Option Name=\"IncludeInheritedElements\" Type=\"xs:boolean\">true</w:Option><w:Option Name=\"IncludeQualifiers\" Type=\"xs:boolean\">true</w:Option>$h_options"
}

# enumerate CLASS MODE MAX [MORE]
enumerate() {
    defaults
    h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$DMTF/$1</w:ResourceURI>"
    h_action="<a:Action s:mustUnderstand=\"true\">$ENUM/Enumerate</a:Action>"
    body="<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>$3</w:MaxElements><w:EnumerationMode>$2</w:EnumerationMode>${4-}</n:Enumerate>"
}

# pull CLASS CONTEXT MAX
pull() {
    defaults
    h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$DMTF/$1</w:ResourceURI>"
    h_action="<a:Action s:mustUnderstand=\"true\">$ENUM/Pull</a:Action>"
    body="<n:Pull><n:EnumerationContext>$2</n:EnumerationContext><n:MaxElements>$3</n:MaxElements></n:Pull>"
}

release() {
    pull "$1" "$2" 1
    h_action="<a:Action s:mustUnderstand=\"true\">$ENUM/Release</a:Action>"
    body="<n:Release><n:EnumerationContext>$2</n:EnumerationContext></n:Release>"
}

context() {
    sed -n 's/.*EnumerationContext>\([^<]\{1,\}\)<.*/\1/p' "$dir/reply" | tail -1
}

raw() {
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf "$1" >&3
    timeout 5 cat <&3 | tr -d '\r' > "$dir/reply"
    exec 3>&-
}

identify='<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>'
basic="Authorization: Basic $(printf 'tester:%s' "$MI_PEER_PASSWORD" | base64)"

windows_headers() {
    get_few; call; has 'a sound Get' 'HTTP/1.1 200 OK' 'Transfer-Encoding: chunked' 'Microsoft-HTTPAPI/2.0' \
        'xsi:type="p:Peer_Few_Type"' '<p:Text>text 3</p:Text>' 'RelatesTo' '<p:SequenceId>1<'
    wellformed 'a Get reply'
    get_few; h_op=; h_more='<w:OperationTimeout>PT60.000S</w:OperationTimeout>'; call
    has 'without OperationID' 'HTTP/1.1 200 OK' 'Content-Length'
    hasnot 'without OperationID' 'Transfer-Encoding'
    get_few; h_op=; call; has 'neither OperationID nor timeout' 'a:MessageInformationHeaderRequired'
    get_few; h_reply=; call; has 'no ReplyTo' '500' 'a:MessageInformationHeaderRequired' 'Code="2150858769"'
    get_few; h_reply="<a:ReplyTo><a:Address s:mustUnderstand=\"true\">http://elsewhere/</a:Address></a:ReplyTo>"; call
    has 'ReplyTo elsewhere' 'w:UnsupportedFeature' 'faultDetail/AddressingMode'
    get_few; h_id=; call; has 'no MessageID' 'a:InvalidMessageInformationHeader'
    get_few; h_id='<a:MessageID/>'; call; has 'empty MessageID' 'a:InvalidMessageInformationHeader'
    get_few; h_to=; call; has 'no To' 'a:MessageInformationHeaderRequired'
    get_few; h_action=; call; has 'no Action' 'a:MessageInformationHeaderRequired'
    get_few; h_size=; call; has 'no MaxEnvelopeSize' 'a:MessageInformationHeaderRequired'
    get_few; h_size='<w:MaxEnvelopeSize s:mustUnderstand="true">8191</w:MaxEnvelopeSize>'; call
    has 'tiny envelope' 'w:EncodingLimit' 'MinimumEnvelopeLimit'
    get_few; h_locale='<w:Locale xml:lang="en-US" s:mustUnderstand="true"/>'; call
    has 'Locale marked' 'w:UnsupportedFeature' 'faultDetail/Locale'
    get_few; h_more='<z:Strange xmlns:z="urn:z" s:mustUnderstand="true"/>'; call
    has 'unknown header' 's:MustUnderstand' 'NotUnderstood qname="z:Strange"'
    get_few; h_more='<z:Strange xmlns:z="urn:z"/>'; call; has 'unknown unmarked header' '200 OK'
    get_few; call; call; has 'OperationID twice' 'a:InvalidMessageInformationHeader'
    get_few; h_op=${h_op/>1</>2<}; call; has 'SequenceId 2' 'a:InvalidMessageInformationHeader'
    get_few; h_op=${h_op//uuid:/}; call; has 'OperationID without uuid:' 'a:InvalidMessageInformationHeader'
    get_few; h_options='<w:Option Name="x" MustComply="true">1</w:Option>'; call; has 'MustComply' 'w:InvalidOptions'
    get_few; h_action="<a:Action>$XFER/Get</a:Action>"; call; has 'Action not marked' 'a:InvalidMessageInformationHeader'
    get_few; h_to="$h_to$h_to"; call; has 'To twice' 'a:InvalidMessageInformationHeader'
    get_few; h_more='<w:OperationTimeout>60</w:OperationTimeout>'; call; has 'bad timeout' 'w:InvalidParameter'
    get_few; envelope | sed 's#2003/05/soap-envelope#bad#' | send; has 'wrong envelope' 'HTTP/1.1 400'
    get_few; envelope | sed 's#http://www.w3.org/2003/05/soap-envelope#http://schemas.xmlsoap.org/soap/envelope/#' | send
    has 'SOAP 1.1' 's:VersionMismatch'
    get_few; envelope | sed 's#</s:Header>##' | send; has 'malformed' 'HTTP/1.1 400'
    get_few; body='<q:undeclared/>'; call; has 'undeclared prefix' 'HTTP/1.1 400'
    get_few; { echo '<!DOCTYPE x>'; envelope; } | send; has 'DOCTYPE' 'HTTP/1.1 400'
}

windows_resources() {
    get_few; h_keys=; call; has 'key missing' 'w:InvalidSelectors' 'InsufficientSelectors' '2150858842'
    get_few; h_keys+='<w:Selector Name="Other">1</w:Selector>'; call; has 'key too many' 'UnexpectedSelectors' '2150858843'
    get_few; h_keys+=$h_keys; call; has 'key twice' 'DuplicateSelectors'
    get_few; h_keys='<w:Selector Name="id">3</w:Selector>'; call; has 'key name in other case' '200 OK'
    get_few; h_keys='<w:Selector Name="Id">33</w:Selector>'; call
    has 'no such instance' '500' 'InvalidResourceURI' 'MSFT_WmiError' 'b:IsCIM_Error="true"' '>6</p:CIMStatusCode>' 'HRESULT 0x80041002'
    wellformed 'a typed error'
    get_few; h_keys='<w:Selector Name="Id">33</w:Selector>'; h_op=; h_more='<w:OperationTimeout>PT60.000S</w:OperationTimeout>'; call
    has 'no such instance, plain' 'f:ProviderFault' 'Code="2147749890"'
    get_few; h_uri=${h_uri/Peer_Few/Peer_None}; call; has 'no such class' '>5</p:CIMStatusCode>'
    get_few; h_ns=${h_ns/cimv2/none}; call; has 'no such namespace' '>3</p:CIMStatusCode>'
    get_few; h_ns=${h_ns/root\/cimv2/ROOT\\CIMv2}; call; has 'namespace with a backslash' '200 OK'
    get_few; h_uri='<w:ResourceURI s:mustUnderstand="true">http://no.such/resource</w:ResourceURI>'; call
    has 'no such URI' 'a:DestinationUnreachable' '2150858811'
    get_few; h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$WMI/Peer_Few</w:ResourceURI>"; h_ns=; call
    has 'the WMI family' '200 OK' "xmlns:p=\"$WMI/Peer_Few\""
    get_few; h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$WMI/Peer_Few</w:ResourceURI>"; h_ns=${h_ns/cimv2/test}; call
    has 'two namespaces' '2150859067'
    get_few; h_uri="<w:ResourceURI s:mustUnderstand=\"true\">http://schemas.dmtf.org/wbem/wscim/1/*</w:ResourceURI>"; call
    has 'Get on *' 'a:ActionNotSupported'
    get_few; h_action="<a:Action s:mustUnderstand=\"true\">$XFER/Nonsense</a:Action>"; call; has 'unknown action' 'a:ActionNotSupported'
    get_class Peer_LeafB; call; has 'GetClass' 'DERIVATION="Peer_Middle,Peer_Base"' '<PROPERTY NAME="Name" CLASSORIGIN="Peer_Base" PROPAGATED="true"' 'NAME="key"' 'PROPERTY.REFERENCE' 'METHOD NAME="Echo"'
    wellformed 'a class'
    get_class Peer_AllTypes; call; has 'all types' 'EmbeddedInstance' 'TYPE="real32"' 'TYPE="char16"' 'PROPERTY.ARRAY NAME="a_datetime"' 'object:Peer_Embedded'
    get_class Peer_Opaque; call; has 'class kept secret' '>5</p:CIMStatusCode>'
    get_class Peer_Wide; call; count 'wide class' '<PROPERTY ' 10000
    counts requests.GetClass 4
}

windows_enumerate() {
    local c
    reset
    enumerate Peer_Few EnumerateObjectAndEPR 32000; call
    has 'first answer' 'EnumerateResponse' '<w:Items><w:Item ' '<w:Selector Name="Id">0</w:Selector><w:Selector Name="__cimnamespace">root/cimv2'
    count 'first answer' '</p:Peer_Few>' 1
    hasnot 'first answer' EndOfSequence
    c=$(context)
    pull Peer_Few "$c" 2; call; count 'Pull of 2' '</p:Peer_Few>' 2
    has 'Pull of 2' '<n:Items>' "$c"
    pull Peer_Base "$c" 2; call; has 'Pull for another resource' 'n:InvalidEnumerationContext'
    counts enumerations.open 1
    pull Peer_Few "$c" 32000; call; count 'last Pull' '</p:Peer_Few>' 2
    has 'last Pull' '<n:EndOfSequence/>'
    hasnot 'last Pull' '<n:EnumerationContext>'
    pull Peer_Few "$c" 32000; call; has 'Pull after the end' 'n:InvalidEnumerationContext' '2150858779'
    enumerate Peer_Few '' 32000; call; count 'objects only' '</p:Peer_Few>' 1
    hasnot 'objects only' 'w:Item '
    release Peer_Few "$(context)"; call; has Release 'ReleaseResponse'
    counts enumerations.open 0
    counts requests.Release 1
    enumerate Peer_Empty EnumerateObjectAndEPR 10; call; has 'nothing' '<n:EnumerationContext></n:EnumerationContext>' '<w:EndOfSequence/>'
    enumerate Peer_Singleton EnumerateObjectAndEPR 10; call; has 'complete at once' '<n:EnumerationContext></n:EnumerationContext>' '<w:EndOfSequence/>' 'the only one'
    enumerate Peer_Few EnumerateEPR 10; call; has 'EPRs' '<w:Items><a:EndpointReference'
    enumerate Peer_Few Nonsense 10; call; has 'unknown mode' 'w:UnsupportedFeature'
    enumerate Peer_Few '' 10; h_keys='<w:Selector Name="Id">1</w:Selector>'; call; has 'Enumerate with a key' '2150859016'
    enumerate Peer_Few '' 10; body=${body/<w:Opt*ation\/>/}; call; has 'not optimized' '<n:EnumerationContext>uuid:'
    hasnot 'not optimized' '<w:Items>'
    enumerate Peer_Base EnumerateObjectAndEPR 10; call; pull Peer_Base "$(context)" 100; call
    has 'polymorphism' 'xsi:type="p:Peer_LeafB_Type"' 'xsi:type="p:Peer_Middle_Type"'
    enumerate Peer_Many '' 32000; call; pull Peer_Many "$(context)" 32000
    h_size='<w:MaxEnvelopeSize s:mustUnderstand="true">100000</w:MaxEnvelopeSize>'; call
    [ "$(wc -c < "$dir/body")" -le 100000 ] && [ "$(wc -c < "$dir/body")" -gt 60000 ] && ok || bad 'page and MaxEnvelopeSize'
    enumerate Peer_Wide '' 1; h_size=${h_size/512000/20000}; call; has 'object too large' 'MaxEnvelopeSizeExceeded'
    enumerate Win32_Process EnumerateObjectAndEPR 1; call; has 'live facts' 'Win32_Process_Type' '<cim:Datetime>20'
    enumerate Peer_Odd '' 1; call; pull Peer_Odd "$(context)" 100; call; wellformed 'odd page'
    enumerate Peer_AllTypes '' 1; call; pull Peer_AllTypes "$(context)" 100; call; wellformed 'all types'
    has 'all types' 'm:IsNullArray="true"' '>18446744073709551615<' '>-INF<' '>NaN<' '<cim:Interval>P12DT3H4M5.000678S<' '<cim:CIM_DateTime>20240229******'
    enumerate Peer_AllTypes '' 1; h_options=; call; pull Peer_AllTypes "$(context)" 100; h_options=; call
    hasnot 'not precise' IsNullArray
}

# query TEXT [DIALECT [MODE]]: on the resource of all classes
query() {
    enumerate Peer_Few "${3-}" 32000 "<w:Filter Dialect=\"${2-$WQL}\">$1</w:Filter>"
    h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$ALL</w:ResourceURI>"
}

# associators ID [ARGUMENTS [ELEMENT]]: starting at an instance of Peer_Few
associators() {
    query "<b:${3-AssociatedInstances}><b:Object><a:Address>$ANON</a:Address><a:ReferenceParameters><w:ResourceURI>$DMTF/Peer_Few</w:ResourceURI><w:SelectorSet><w:Selector Name=\"__cimnamespace\">root/cimv2</w:Selector><w:Selector Name=\"Id\">$1</w:Selector></w:SelectorSet></a:ReferenceParameters></b:Object>${2-}</b:${3-AssociatedInstances}>" "$ASSOC"
}

# finds NAME TEXT N: the query has so many results
finds() {
    query "$2"; call; count "$1" '</p:Peer_Few>' "$3"
}

queries() {
    start windows --first-batch 0
    finds 'WQL, all' 'SELECT * FROM Peer_Few' 5
    finds 'WQL, equal' 'select * from peer_few where id = "3"' 1
    finds 'WQL, unequal' "SELECT * FROM Peer_Few WHERE Id &lt;&gt; '3'" 4
    finds 'WQL, order' "SELECT * FROM Peer_Few WHERE Id &gt;= '1' AND Id &lt; '4'" 3
    finds 'WQL, or, parentheses' "SELECT * FROM Peer_Few WHERE (Id='1' OR Id='2') AND NOT Text LIKE '%2'" 1
    finds 'WQL, LIKE' "SELECT * FROM Peer_Few WHERE Text LIKE '_ext [0-2]'" 3
    finds 'WQL, NULL' 'SELECT * FROM Peer_Few WHERE Text IS NULL' 0
    finds 'WQL, NOT NULL' 'SELECT * FROM Peer_Few WHERE Text IS NOT NULL' 5
    finds 'WQL, turned' "SELECT * FROM Peer_Few WHERE '3' &lt; Id" 1
    finds 'WQL, NOT LIKE' "SELECT * FROM Peer_Few WHERE Id NOT LIKE '[01]'" 3
    query 'SELECT * FROM Peer_Base WHERE __this ISA "Peer_Middle"'; call; count 'ISA' '</p:Peer_LeafA>' 2; count 'ISA' '</p:Peer_Base>' 0
    query 'SELECT * FROM Peer_AllTypes WHERE v_uint64 &gt; 18446744073709551614'; call; count 'large numbers' '</p:Peer_AllTypes>' 1
    query "SELECT * FROM Peer_AllTypes WHERE v_boolean = FALSE"; call; count 'booleans' '</p:Peer_AllTypes>' 1
    query "SELECT * FROM Peer_AllTypes WHERE v_datetime &gt; '20240229000000.000000+000'"; call; count 'datetimes' '</p:Peer_AllTypes>' 5
    query 'SELECT v_uint8, v_datetime,Id,v_interval FROM Peer_AllTypes WHERE Id = "typical"'; call; wellformed 'a projection'
    has 'a projection' '<w:XmlFragment xmlns:xsi' '<Id>typical</Id><v_datetime><Datetime>2024-02-29T12:34:56.789012+01:00</Datetime></v_datetime><v_interval><Interval>P12DT3H4M5.000678S</Interval></v_interval><v_uint8>172</v_uint8></w:XmlFragment>'
    query 'SELECT Id FROM Peer_Few WHERE Id = "2"' "$WQL" EnumerateObjectAndEPR; call
    has 'projection and EPR' '<w:Item ' '</w:XmlFragment><a:EndpointReference' '<w:Selector Name="Id">2<'
    query 'SELECT Id FROM Peer_Few' http://no.such/dialect; call; has 'unknown dialect' 'n:FilterDialectRequestedUnavailable' '2150858777'
    query 'SELECT Id FROM Peer_Few' "$CQL"; call; has 'CQL on windows' 'n:FilterDialectRequestedUnavailable'
    for bad in 'SELEC Id FROM' 'SELECT FROM Peer_Few' 'SELECT * FROM Peer_Few WHERE' 'SELECT * FROM Peer_Few WHERE Id' "SELECT * FROM Peer_Few WHERE Id = '1" 'SELECT Nothing FROM Peer_Few' 'SELECT * FROM Peer_Few WHERE Nothing = 1' 'SELECT * FROM Peer_Few WITHIN 2' 'SELECT * FROM Peer_Few WHERE Id = 1)' 'SELECT * FROM Peer_AllTypes WHERE a_uint8 = 1'; do
        query "$bad"; call; has "bad query: $bad" 'n:CannotProcessFilter' '>15</p:CIMStatusCode>' 'HRESULT 0x80041017'
    done
    query 'SELEC'; h_op=; h_more='<w:OperationTimeout>PT60.000S</w:OperationTimeout>'; call; has 'bad query, plain' 'Code="2150858778"' 'Code="2147749911"'
    query 'SELECT * FROM Peer_None'; call; has 'query on no class' 'n:CannotProcessFilter' '>5</p:CIMStatusCode>'
    enumerate Peer_Few '' 9 "<w:Filter Dialect=\"$WQL\">SELECT * FROM Peer_Few</w:Filter>"; call; has 'WQL on a class' '2150859003'
    query 'x'; body="<n:Enumerate><w:OptimizeEnumeration/></n:Enumerate>"; call; has 'no filter' 'n:CannotProcessFilter'
    query 'SELECT * FROM Peer_Few'; h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$WMI/*</w:ResourceURI>"; h_ns=; call; count 'WMI family' '</p:Peer_Few>' 5; has 'WMI family' "xmlns:p=\"$WMI/Peer_Few\""
    enumerate Peer_Few '' 9 "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter\"><w:SelectorSet><w:Selector Name=\"Text\">text 3</w:Selector></w:SelectorSet></w:Filter>"; call; count 'selector filter' '</p:Peer_Few>' 1
    counts requests.Query 32

    associators 0; call; count 'associators' '</p:Peer_Few>' 3; wellformed associators
    associators 0 '<b:AssociationClassName>Peer_StrongLink</b:AssociationClassName>'; call; count 'by association class' '</p:Peer_Few>' 1; has 'by association class' 'text 4'
    associators 0 '<b:Role>To</b:Role>'; call; count 'by role' '</p:Peer_Few>' 0
    associators 1 '<b:Role>From</b:Role><b:ResultClassName>Peer_Few</b:ResultClassName><b:ResultRole>To</b:ResultRole>'; call; count 'all arguments' '</p:Peer_Few>' 1; has 'all arguments' 'text 3'
    associators 1 '<b:ResultRole>From</b:ResultRole>'; call; has 'by result role' 'text 0'
    associators 1 '<b:ResultClassName>Peer_Base</b:ResultClassName>'; call; count 'by result class' '</p:Peer_Few>' 0
    associators 0 '<b:ResultRole>To</b:ResultRole><b:Role>From</b:Role>'; call; has 'out of order' 'n:CannotProcessFilter' '2150859015'
    associators 0 '<b:Nonsense>x</b:Nonsense>'; call; has 'unknown argument' '2150859015'
    associators 0 '<b:ResultClassName>Peer_None</b:ResultClassName>'; call; has 'unknown result class' '>5</p:CIMStatusCode>'
    associators 77; call; has 'no such object' '>6</p:CIMStatusCode>'
    associators 0 '' AssociationInstances; call; count references '</p:Peer_Link>' 2; count references '</p:Peer_StrongLink>' 1; wellformed references
    has 'reference property' '<p:From><a:Address>' "<w:ResourceURI>$DMTF/Peer_Few</w:ResourceURI>"
    associators 1 '<b:Role>To</b:Role>' AssociationInstances; call; count 'references by role' '</p:Peer_Link>' 1
    associators 0 '<b:ResultClassName>Peer_StrongLink</b:ResultClassName>' AssociationInstances; call; count 'references by class' '</p:Peer_Link>' 0; count 'references by class' '</p:Peer_StrongLink>' 1
    associators 0 '<b:ResultRole>To</b:ResultRole>' AssociationInstances; call; has 'references have no result role' '2150859015'
    associators 0; body=${body/<w:EnumerationMode></<w:EnumerationMode>EnumerateEPR<}; call; count 'association EPRs' '</a:EndpointReference>' 3; hasnot 'association EPRs' '</p:Peer_Few>'
    enumerate Peer_OSProcess '' 99; call; has 'live association' '<p:Antecedent><a:Address>' '/Peer_Process<'
    enumerate Win32_OSFileSystem '' 99; call; has 'live association' '/Win32_LogicalDisk<'
    enumerate Peer_Link EnumerateEPR 9; call; has 'reference keys' '<w:Selector Name="From"><a:EndpointReference>'; wellformed 'reference keys'
    get_few; h_uri=${h_uri/Few/Link}; epr() { echo "<a:EndpointReference><a:Address>$ANON</a:Address><a:ReferenceParameters><w:ResourceURI>$DMTF/Peer_Few</w:ResourceURI><w:SelectorSet><w:Selector Name=\"Id\">$1</w:Selector></w:SelectorSet></a:ReferenceParameters></a:EndpointReference>"; }
    h_keys="<w:Selector Name=\"From\">$(epr 1)</w:Selector><w:Selector Name=\"To\">$(epr 3)</w:Selector>"; call; has 'Get by references' '<p:Weight>30<'
    get_class Peer_Link; call; has 'association class' 'NAME="Association"' '<PROPERTY.REFERENCE NAME="From"' 'REFERENCECLASS="Peer_Few"'

    start windows --downlevel
    query 'SELECT * FROM Peer_Few'; call; has 'downlevel query' '2150859065'
    query 'SELECT * FROM Peer_Few'; h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$WMI/*</w:ResourceURI>"; h_ns=; call; count 'downlevel WMI query' '</p:Peer_Few>' 1
    start omi
    query 'SELECT Id FROM Peer_Few WHERE Id = "2"'; call; has 'omi query' '<p:Id>2</p:Id></p:Peer_Few>'
    query 'SELECT Id FROM Peer_Few WHERE Id = "2"' "$CQL"; call; has 'omi CQL' '<p:Id>2</p:Id></p:Peer_Few>'
    query 'SELEC Id FROM'; call; has 'omi bad query' ' 500 ' 'SOAP-ENV:Receiver' 'wsman:InternalError' 'OMI:MI_Result:15'
    query 'SELECT * FROM Peer_Few' http://no.such/dialect; call; has 'omi unknown dialect' 'wsen:FilterDialectRequestedUnavailable'
    query 'SELECT * FROM Peer_Few'; h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$WMI/*</w:ResourceURI>"; h_ns=; call; has 'omi WMI URI' 'OMI:MI_Result:5'
    associators 0; call; count 'omi associators' '</p:Peer_Few>' 3
    associators 77; call; has 'omi no such object' 'Items></wsman:Items><wsman:EndOfSequence'
    start openwsman
    query 'SELECT * FROM Peer_Few'; call; has 'openwsman query' ' 400 ' 'wsa:ActionNotSupported' 'CIM_ERR_NOT_SUPPORTED'; hasnot 'openwsman query' FaultDetail
    query 'SELECT * FROM Peer_Few' http://no.such/dialect; call; has 'openwsman unknown dialect' 'wsen:FilterDialectRequestedUnavailable'
    associators 0; call; count 'openwsman associators' 'n1:Peer_Few>' 3; wellformed 'openwsman associators'
    start idrac
    query 'SELECT Text FROM Peer_Few WHERE Id = "2"'; call; has 'idrac query' '<n1:Text>text 2</n1:Text></n1:Peer_Few>'; wellformed 'idrac query'
    enumerate Peer_Few '' 9 "<w:Filter Dialect=\"$CQL\">SELECT * FROM Peer_Few WHERE Id = '2'</w:Filter>"; call; has 'idrac CQL on a class' '<n1:Id>2</n1:Id>'
}

XSI='xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

# note ACTION [NUMBER TOPIC [PROPERTIES [MODIFIED...]]]: a request about an instance of Peer_Note
note() {
    local action=$1 number=${2-} topic=${3-} props=${4-} name
    shift $(($# < 4 ? $# : 4))
    defaults
    h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$DMTF/Peer_Note</w:ResourceURI>"
    h_action="<a:Action s:mustUnderstand=\"true\">$XFER/$action</a:Action>"
    [ "$action" = Create ] || h_keys="<w:Selector Name=\"Number\">$number</w:Selector><w:Selector Name=\"Topic\">$topic</w:Selector>"
    for name; do h_options="<w:Option Name=\"wmiarray:__MIInstanceModifiedPropertiesList\" Type=\"xs:string\">$name</w:Option>$h_options"; done
    case $action in
    Create | Put) body="<p0:Peer_Note $XSI xmlns:p0=\"$DMTF/Peer_Note\" xsi:type=\"p0:Peer_Note_Type\"><p0:Number xsi:type=\"cim:cimUnsignedInt\">$number</p0:Number><p0:Topic xsi:type=\"cim:cimString\">$topic</p0:Topic>$props</p0:Peer_Note>" ;;
    esac
}

# v NAME TYPE TEXT
v() {
    printf '<p0:%s xsi:type="cim:%s">%s</p0:%s>' "$1" "$2" "$3" "$1"
}

epr_to_leaf="<a:Address>$ANON</a:Address><a:ReferenceParameters><w:ResourceURI>$DMTF/Peer_LeafA</w:ResourceURI><w:SelectorSet><w:Selector Name=\"__cimnamespace\">root/cimv2</w:Selector><w:Selector Name=\"Name\">leaf a</w:Selector></w:SelectorSet></a:ReferenceParameters>"
embedded="xmlns:q=\"$DMTF/Peer_Embedded\" xsi:type=\"q:Peer_Embedded_Type\"><q:Name xsi:type=\"cim:cimString\">e</q:Name><q:Value xsi:type=\"cim:cimUnsignedInt\">4</q:Value>"

# Every type, as Windows' client writes it.
every_type() {
    v v_boolean cimBoolean true; v v_uint8 cimUnsignedByte 255; v v_sint8 cimByte -128
    v v_uint16 cimUnsignedShort 65535; v v_sint16 cimShort -1; v v_uint32 cimUnsignedInt 7
    v v_sint32 cimInt -2147483648; v v_uint64 cimUnsignedLong 18446744073709551615
    v v_sint64 cimLong -9223372036854775808; v v_real32 cimFloat 1.5; v v_real64 cimDouble -INF
    v v_char16 cimChar16 65; v v_datetime cimDateTime '<cim:CIM_DateTime xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common">20240229123456.789012+060</cim:CIM_DateTime>'
    v v_interval cimDateTime '<cim:Interval xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common">P1DT2H3M4.5S</cim:Interval>'
    v v_string cimString 'a &lt;b&gt; &amp;'; v a_string cimString one; v a_string cimString ''
    v a_uint8 cimUnsignedByte 1; v a_boolean cimBoolean false; v a_boolean cimBoolean true
    v Octets cimBase64Binary AAEC/w==
    printf '<p0:v_reference>%s</p0:v_reference><p0:v_instance %s</p0:v_instance><p0:v_object %s</p0:v_object><p0:a_instance %s</p0:a_instance><p0:a_instance %s</p0:a_instance><p0:Title xsi:nil="true"/><p0:a_uint16 xsi:nil="true" p:IsNullArray="true"/>' "$epr_to_leaf" "$embedded" "$embedded" "$embedded" "$embedded"
}

every_value() {
    has "$1" '<p:v_boolean>true<' '<p:v_sint8>-128<' '<p:v_uint64>18446744073709551615<' '<p:v_sint64>-9223372036854775808<' '<p:v_real64>-INF<' '<p:v_char16>A<' '<cim:Datetime>2024-02-29T12:34:56.789012+01:00<' '<cim:Interval>P1DT2H3M4.5S<' '<p:v_string>a &lt;b&gt; &amp;<' '<p:a_string>one</p:a_string><p:a_string></p:a_string>' '<p:a_boolean>false</p:a_boolean><p:a_boolean>true<' '>AAEC/w==<' '<p:v_reference><a:Address>' 'Name="Name">leaf a<' 'Peer_Embedded_Type' ':Value>4<'
}

writing() {
    start windows --first-batch 0
    note Create 1 one "$(every_type)"; call; wellformed 'ResourceCreated'
    has Create '200 OK' 'transfer/CreateResponse' "<x:ResourceCreated><a:Address>" '<w:Selector Name="Number">1</w:Selector><w:Selector Name="Topic">one</w:Selector><w:Selector Name="__cimnamespace">root/cimv2<'
    note Get 1 one; call; every_value 'created'; has created '<p:Revision>1<' '<p:Title xsi:nil="true"/>' '<p:a_uint16 xmlns:m' ; wellformed created
    note Create 1 ONE; call; has 'Create twice' 'w:AlreadyExists' '>11</p:CIMStatusCode>' 'HRESULT 0x80041019'
    note Create 2 two "$(v Title cimString t)$(v v_uint8 cimUnsignedByte 3)" Number Topic Title; call; note Get 2 two; call
    has 'only what is named' '<p:Title>t<' '<p:v_uint8 xsi:nil'
    note Put 1 one "$(v Title cimString new)$(v v_uint8 cimUnsignedByte 9)" Title; call
    has Put 'transfer/PutResponse' '<p:Title>new<' '<p:v_uint8>255<' '<p:Revision>2<'; wellformed Put
    note Put 1 one "<p0:v_uint8 xsi:nil=\"true\"/>" v_uint8 a_string; call; has 'Put NULL and empty' '<p:v_uint8 xsi:nil="true"/>' '<p:a_string xsi:nil="true"/>' '<p:Title>new<'
    note Put 1 one "$(v Title cimString all)"; call; has 'Put, nothing named' '<p:Title>all<' '<p:v_string>a &lt;b'
    note Put 1 one '' Title; call; has 'named but not there' 'x:InvalidRepresentation' MissingValues
    note Put 1 one '' Nothing; call; has 'named and unknown' '>12</p:CIMStatusCode>'
    note Put 1 one "$(v Revision cimUnsignedInt 9)" Revision; call; has 'read-only' 'w:AccessDenied' '>2</p:CIMStatusCode>'
    note Put 1 one "$(v Revision cimUnsignedInt 9)$(v Title cimString x)" Title; call; hasnot 'read-only not named' '<p:Revision>9<'
    note Put 1 one; body=${body/>1</>2<}; call; has 'other keys' '2150858989'
    note Put 1 one; body=${body/<p0:Number*Number>/}; call; has 'key missing in the body' MissingValues
    note Put 9 nine; call; has 'Put nothing' '>6</p:CIMStatusCode>'
    note Put 1 one; h_keys=; call; has 'Put without keys' 'w:InvalidSelectors'
    note Put 1 one; body=${body/p0:Peer_Note_Type/p0:Peer_Other_Type}; call; has 'wrong root type' 'x:InvalidRepresentation' InvalidValues
    note Put 1 one; body=${body/ xsi:type=\"p0:Peer_Note_Type\"/}; call; has 'no root type' 'x:InvalidRepresentation'
    note Put 1 one; body=${body//Peer_Note\"/Peer_Base\"}; call; has 'wrong namespace' InvalidNamespace
    note Put 1 one; body=${body//$DMTF/$WMI}; call; has 'wrong family' InvalidNamespace
    local what
    for what in "$(v v_uint8 cimUnsignedByte 256)" "$(v v_uint8 cimUnsignedByte x)" "$(v v_uint8 cimByte 1)" '<p0:v_uint8>1</p0:v_uint8>' "$(v v_boolean cimBoolean yes)" "$(v v_sint8 cimByte -129)" "$(v v_datetime cimDateTime 20240229123456.789012+060)" "$(v v_uint8 cimUnsignedByte 1)$(v v_uint8 cimUnsignedByte 2)" "<p0:v_uint8 xsi:nil=\"true\">1</p0:v_uint8>" '<p0:a_uint8 xsi:nil="true"/>' "<p0:v_reference>x</p0:v_reference>" "<p0:v_reference>${epr_to_leaf/Peer_LeafA/Peer_Few}</p0:v_reference>" "<p0:v_reference>${epr_to_leaf/$DMTF/$WMI}</p0:v_reference>" "<p0:v_reference>${epr_to_leaf/\"Name\"/\"Other\"}</p0:v_reference>" "<p0:v_instance xmlns:q=\"$DMTF/Peer_Few\" xsi:type=\"q:Peer_Few_Type\"/>" '<p0:v_instance/>' "$(v Octets cimBase64Binary '***')"; do
        note Put 1 one "$what"; call; has "bad value $what" 'x:InvalidRepresentation'
    done
    note Put 1 one "$(v Nothing cimString x)"; call; has 'unknown property' '>12</p:CIMStatusCode>' InvalidValues
    faults no-cim-datetime; note Put 1 one "$(every_type)"; call; has 'no CIM_DateTime' 'x:InvalidRepresentation'; faults ''
    note Create 3 three; h_keys='<w:Selector Name="Number">3</w:Selector>'; call; has 'Create with keys' UnexpectedSelectors
    note Create 3 three; h_uri=${h_uri/Note/Few}; body=${body//Peer_Note/Peer_Few}; call; has 'cannot be created' 'a:ActionNotSupported' '>7</p:CIMStatusCode>'
    note Create 3 three; body=${body/<p0:Topic*Topic>/}; call; has 'Create without a key' MissingValues
    note Create '' three; call; has 'bad key' InvalidValues
    enumerate Peer_Note EnumerateObjectAndEPR 9; call; count 'notes' '</p:Peer_Note>' 2
    query 'SELECT * FROM Peer_Note WHERE v_instance.Value = 4'; call; count 'query for an embedded value' '</p:Peer_Note>' 1
    note Delete 2 two; call; has Delete '200 OK' 'transfer/DeleteResponse' '<s:Body></s:Body>'
    note Delete 2 two; call; has 'Delete twice' '>6</p:CIMStatusCode>'
    note Delete 1 one; body='<x/>'; call; has 'Delete with a body' 'w:SchemaValidationError'
    note Delete 1; h_keys='<w:Selector Name="Number">1</w:Selector>'; call; has 'Delete with a key too few' InsufficientSelectors
    counts requests.Create 7
    counts requests.Delete 4
    reset; note Get 1 one; call; has 'gone with a reset' '>6</p:CIMStatusCode>'

    start windows --lax
    note Create 1 one '<p0:v_uint8>1</p0:v_uint8>'; body=${body/ xsi:type=\"p0:Peer_Note_Type\"/}; call; has 'lax Create' ResourceCreated
    start windows --downlevel
    note Create 1 one; h_uri=${h_uri/$DMTF/$WMI}; h_ns=; body=${body//$DMTF/$WMI}; call; has 'downlevel Create' 'a:ActionNotSupported'
    note Delete 1 one; h_uri=${h_uri/$DMTF/$WMI}; h_ns=; call; has 'downlevel Delete' 'a:ActionNotSupported'
    start omi
    note Create 1 one '<p0:v_datetime>2024-06-06T05:05:00Z</p0:v_datetime><p0:v_interval>P1D</p0:v_interval><p0:a_string>a</p0:a_string><p0:a_string>b</p0:a_string><p0:v_char16>65</p0:v_char16>' v_uint8; call
    has 'omi Create' '<wxf:ResourceCreated><wsa:Address>' '<wsman:Selector Name="Topic">one</wsman:Selector></wsman:SelectorSet>'
    note Put 1 one '<p0:Title>t</p0:Title>' v_uint8; call; has 'omi Put' '<p:Title>t<' '<cim:Datetime>2024-06-06T05:05:00Z<' '<p:a_string>a</p:a_string><p:a_string>b<'; wellformed 'omi Put'
    note Put 1 one '<p0:v_datetime><cim:Datetime xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common">2024-06-06T05:05:00Z</cim:Datetime></p0:v_datetime>'; call; has 'omi Datetime' 'OMI:MI_Result:12'
    note Put 1 one "$(v v_datetime cimDateTime '<CIM_DateTime>19990929195959.000000-420</CIM_DateTime>')"; call; has 'omi CIM_DateTime' '<cim:Datetime>1999-09-29T19:59:59-07:00<'
    note Create 1 one; call; has 'omi Create twice' ' 500 ' 'wsman:InternalError' 'OMI:MI_Result:11'
    note Delete 1 one; call; has 'omi Delete' DeleteResponse
    note Delete 1 one; call; has 'omi Delete twice' 'OMI:MI_Result:6' 'wsa:DestinationUnreachable'
    start openwsman
    note Create 1 one '<p0:v_datetime>20240606050500.000000+060</p0:v_datetime><p0:a_string>a</p0:a_string>'; call; has 'openwsman Create' '<wxf:ResourceCreated><wsa:Address>'; wellformed 'openwsman Create'
    note Put 1 one '<p0:Title>t</p0:Title>'; call; has 'openwsman Put' '<n1:Title>t<' '<n1:v_datetime xsi:nil="true"/>'; wellformed 'openwsman Put'
    note Delete 1 one; call; has 'openwsman Delete' ' 200 ' DeleteResponse
    note Put 1 one '<p0:v_uint8>x</p0:v_uint8>'; call; has 'openwsman bad value' ' 400 ' 'wxf:InvalidRepresentation'
    start idrac
    note Create 1 one; h_ns=${h_ns/cimv2/dcim}; call; has 'idrac Create' '<wxf:ResourceCreated xmlns:wxf' '><wsa:EndpointReference>'; wellformed 'idrac Create'
    note Put 1 one; h_ns=${h_ns/cimv2/dcim}; call; has 'idrac Put' '<s:Body></s:Body>'
}

# invoke CLASS METHOD [PARAMETERS [KEYS]]
invoke() {
    defaults
    h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$DMTF/$1</w:ResourceURI>"
    h_action="<a:Action s:mustUnderstand=\"true\">$DMTF/$1/$2</a:Action>"
    h_keys=${4-}
    body="<p0:$2_INPUT $XSI xmlns:p0=\"$DMTF/$1\" xsi:type=\"$2_INPUT_Type\">${3-}</p0:$2_INPUT>"
}

alpha='<w:Selector Name="Name">alpha</w:Selector>'
beta='<w:Selector Name="Name">beta</w:Selector>'

get_service() {
    invoke Peer_Service Get '' "$1"
    h_action="<a:Action s:mustUnderstand=\"true\">$XFER/Get</a:Action>"
    body=
}

methods() {
    start windows --slow 300
    invoke Peer_Service Start '' "$beta"; call; wellformed 'a method'
    has Start 'Peer_Service/StartResponse' '<p:Start_OUTPUT xmlns:xsi=' 'xsi:type="p:Start_OUTPUT_Type"><p:ReturnValue>0</p:ReturnValue></p:Start_OUTPUT>'
    get_service "$beta"; call; has 'after Start' '<p:State>Running<' '<p:StartCount>1<'
    invoke Peer_Service Start '' "$beta"; call; has 'Start twice' '<p:ReturnValue>10<'
    invoke Peer_Service Stop '' "$alpha"; call; get_service "$alpha"; call; has 'after Stop' '<p:State>Stopped<'
    invoke Peer_Service Describe '' "$alpha"; call; has 'ReturnValue is a string' '<p:ReturnValue>alpha is Stopped<'
    invoke Peer_Service Ping '' "$alpha"; call; get_service "$alpha"; call; has 'calls count' '<p:CallCount>2<'
    local t=${EPOCHREALTIME/./}; invoke Peer_Service Slow '' "$alpha"; call; [ $((${EPOCHREALTIME/./} - t)) -ge 300000 ] && ok || bad Slow
    invoke Peer_Service Ping; call; has 'no keys' InsufficientSelectors
    invoke Peer_Service Ping '' '<w:Selector Name="Name">delta</w:Selector>'; call; has 'no such instance' '>6</p:CIMStatusCode>'
    invoke Peer_Service NoSuch '' "$alpha"; call; has 'no such method' '>17</p:CIMStatusCode>' 'HRESULT 0x8004102e'
    invoke Peer_Service Unfinished; call; has 'declared only' 'a:ActionNotSupported' '>7</p:CIMStatusCode>'
    invoke Peer_Service Fail "$(v Result cimUnsignedInt 2)"; call; has 'Fail 2' 'w:AccessDenied' '>2</p:CIMStatusCode>'
    invoke Peer_Service Fail; call; has 'Fail' 's:Receiver' '>1</p:CIMStatusCode>' 'HRESULT 0x80041001'
    invoke Peer_Service ResetAll; call; get_service "$beta"; call; has 'after ResetAll' '<p:State>Stopped<'
    invoke Peer_Base Add "$(v X cimUnsignedInt 4000000000)$(v Y cimUnsignedInt 4000000000)"; call; has Add '<p:Sum>8000000000</p:Sum><p:ReturnValue>0<'
    invoke Peer_Middle Add "$(v X cimUnsignedInt 1)"; call; has 'inherited, NULL' '<p:Sum>1</p:Sum>'
    invoke Peer_Base Touch '' '<w:Selector Name="Name">Peer_Base 0</w:Selector>'; call; has 'ReturnValue is a boolean' '<p:ReturnValue>true<'
    invoke Peer_Base Add "$(v Z cimUnsignedInt 1)"; call; has 'unknown parameter' 'w:InvalidParameter' 'HRESULT 0x8004102f'
    invoke Peer_Base Add "$(v Sum cimUnsignedLong 1)"; call; has 'out parameter given' 'w:InvalidParameter'
    invoke Peer_Base Add "$(v X cimString 1)"; call; has 'parameter of a wrong type' 'w:InvalidParameter'
    invoke Peer_Base Add; body=${body//Add_INPUT/Sub_INPUT}; call; has 'wrong element' 'w:InvalidParameter'
    invoke Peer_Base Add; body=${body//Peer_Base\"/Peer_Few\"}; call; has 'wrong namespace' InvalidNamespace
    invoke Peer_Base Add; body=; call; has 'no element' 'w:SchemaValidationError'
    invoke Peer_AllTypes EchoAll "$(every_type | sed 's/<p0:Title[^>]*>//')"; call; every_value EchoAll; wellformed EchoAll
    has EchoAll '<p:a_sint8 xmlns:m' '<p:v_object xmlns:p' '<p:ReturnValue>0<'
    invoke Peer_AllTypes EchoAll '<p0:v_uint8 xsi:nil="true"/>'; call; has 'NULL in and out' '<p:v_uint8 xsi:nil="true"/>' '<p:v_string xsi:nil="true"/>'
    note Create 1 one "$(v Title cimString a)"; call
    invoke Peer_Note Append "$(v Text cimString ' b')" '<w:Selector Name="Number">1</w:Selector><w:Selector Name="Topic">one</w:Selector>'; call; has Append '<p:Length>3</p:Length><p:ReturnValue>0<'
    note Get 1 one; call; has 'after Append' '<p:Title>a b<' '<p:Revision>2<'
    invoke Peer_Note Total; call; has Total '<p:Count>1</p:Count>'
    invoke Peer_Service Ping '' "$alpha"; h_uri=${h_uri/$DMTF/$WMI}; h_action=${h_action/$DMTF/$WMI}; body=${body//$DMTF/$WMI}; h_ns=; call; has 'WMI family' "xmlns:p=\"$WMI/Peer_Service\""
    get_class Peer_AllTypes; call; has 'declaration' '<METHOD NAME="EchoAll" TYPE="uint32"' 'NAME="Static"' '<PARAMETER.ARRAY NAME="a_real32" TYPE="real32">' '<PARAMETER.REFERENCE NAME="v_reference" REFERENCECLASS="Peer_Base">' '<PARAMETER.REFARRAY NAME="a_reference"' 'EmbeddedObject' 'NAME="OctetString"' 'NAME="IN"' 'NAME="Out"'; wellformed 'declaration'
    get_class Peer_Service; call; has 'methods' '<METHOD NAME="Describe" TYPE="string"'

    start omi
    invoke Peer_Service Describe '' "$alpha"; call; has 'omi method' "wsa:Action>$DMTF/Peer_Service/Describe</wsa:Action>" "<p:Peer_Service_OUTPUT xmlns:p=\"$DMTF/Peer_Service\"><p:ReturnValue>alpha is Running</p:ReturnValue></p:Peer_Service_OUTPUT>"
    invoke Peer_Base Add '<p0:X>1</p0:X><p0:Y>2</p0:Y>'; call; has 'omi static method' "<p:Add xmlns:p=\"$DMTF/Add\"><p:ReturnValue>0</p:ReturnValue><p:Sum>3</p:Sum></p:Add>"
    invoke Peer_Base Add; body=; call; has 'omi without a body' '<p:ReturnValue>0<'
    invoke Peer_Service NoSuch '' "$alpha"; call; has 'omi unknown method' 'wsman:InternalError' 'OMI:MI_Result:1<'
    invoke Peer_Base Add '<p0:Z>1</p0:Z>'; call; has 'omi unknown parameter' 'OMI:MI_Result:4<'
    invoke Peer_Base Add; h_action=${h_action/schemas.dmtf.org/elsewhere}; call; has 'omi, any host' '<p:ReturnValue>0<'
    invoke Peer_Base Add; h_uri=${h_uri/$DMTF/$WMI}; h_action=${h_action/$DMTF/$WMI}; call; has 'omi, WMI action' 'wsa:ActionNotSupported'
    start openwsman
    invoke Peer_Base Add '<p0:X>1</p0:X><p0:Y>2</p0:Y>'; call; has 'openwsman method' 'AddResponse</wsa:Action>' '<n1:Add_OUTPUT><n1:ReturnValue>0</n1:ReturnValue><n1:Sum>3</n1:Sum></n1:Add_OUTPUT>'
    invoke Peer_Service NoSuch '' "$alpha"; call; has 'openwsman unknown method' ' 400 ' 'wsa:ActionNotSupported' CIM_ERR_METHOD_NOT_FOUND
    start idrac
    invoke Peer_Base Echo '<p0:Text>t</p0:Text>' '<w:Selector Name="Name">Peer_Base 0</w:Selector>'; h_ns=${h_ns/cimv2/dcim}; call; has 'idrac method' '<n1:ReturnValue>0</n1:ReturnValue>' '</n1:ReturnValue><n1:Target xsi:nil="true"/>' '<n1:Text>t</n1:Text>'; wellformed 'idrac method'
}

# class_list CLASS [OPTION...]
class_list() {
    local name=$1 option
    shift
    get_class "$name"
    for option; do h_options="<w:Option Name=\"${option%=*}\" Type=\"xs:boolean\">${option#*=}</w:Option>$h_options"; done
    h_action="<a:Action s:mustUnderstand=\"true\">$ENUM/Enumerate</a:Action>"
    body="<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements></n:Enumerate>"
}

class_lists() {
    start windows --first-batch 0
    class_list Peer_Base; call; has 'classes below' '<w:Items><CLASS NAME="Peer_Middle"' '<CLASS NAME="Peer_LeafB" SUPERCLASS="Peer_Middle" DERIVATION="Peer_Middle,Peer_Base">'; count 'classes below' '<CLASS ' 3; hasnot 'classes below' 'CLASS NAME="Peer_Base"'; wellformed 'classes below'
    class_list Peer_Base IncludeSubClasses=false; call; count 'one level' '<CLASS ' 1
    class_list '' ExcludeClassSpecification=true; h_ns=${h_ns/cimv2/test}; call; count 'names from the top' '<CLASSNAME NAME="Peer_' 7; hasnot 'names from the top' '<CLASS '; wellformed 'names from the top'
    class_list '' IncludeSubClasses=false ExcludeClassSpecification=true; h_ns=${h_ns/cimv2/test}; call; count 'the top' '<CLASSNAME ' 5
    class_list Peer_None; call; has 'below no class' '>5</p:CIMStatusCode>'
    class_list ''; h_ns=${h_ns/cimv2/none}; call; has 'classes of no namespace' '>3</p:CIMStatusCode>'
    class_list ''; body=${body/32000/4}; call; count 'first page' '<CLASS ' 4
    pull Peer_Few "$(context)" 3; h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$CIMXML</w:ResourceURI>"; call; count 'second page' '<CLASS ' 3; wellformed 'second page'
    start windows --downlevel; class_list ''; call; has 'downlevel classes' 'a:DestinationUnreachable'
    start omi; class_list ''; call; has 'omi classes' 'OMI:MI_Result:5'
    start openwsman; class_list ''; call; has 'openwsman classes' 'wsa:DestinationUnreachable'
    start idrac; class_list ''; call; has 'idrac classes' InvalidResourceURI
}

# subscribe [FILTER [MORE [DELIVERY]]]: with an empty filter to Peer_Alert, else to what it selects
subscribe() {
    defaults
    h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$DMTF/Peer_Alert</w:ResourceURI>"
    [ -z "${1-}" ] || h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$ALL</w:ResourceURI>"
    h_action="<a:Action s:mustUnderstand=\"true\">$EVENT/Subscribe</a:Action>"
    body="<e:Subscribe><e:Delivery Mode=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull\">${3-}</e:Delivery>${1:+<w:Filter Dialect=\"$WQL\">$1</w:Filter>}${2-}</e:Subscribe>"
    last_uri=$h_uri
}

# poll [MAX [TIMEOUT]]: on the last subscription
poll() {
    pull x "$sub" "${1-20}"
    h_uri=$last_uri
    h_more="<w:OperationTimeout>${2-PT0.300S}</w:OperationTimeout>"
    call
}

subscribed() {
    call
    sub=$(context)
    ident=$(sed -n 's/.*<e:Identifier>\([^<]*\)<.*/\1/p' "$dir/reply")
    [ -n "$sub" ] && [ -n "$ident" ] && ok || bad "$1"
}

unsubscribe() {
    defaults
    h_uri=$last_uri
    h_action="<a:Action s:mustUnderstand=\"true\">$EVENT/Unsubscribe</a:Action>"
    h_more="<e:Identifier>$ident</e:Identifier>"
    body='<e:Unsubscribe/>'
}

fire() {
    printf '%s\n' "$@" | curl -s --max-time 10 --data-binary @- "http://127.0.0.1:$port/control/fire" > "$dir/fired"
    grep -q ok "$dir/fired" || bad "fire $*"
}

events() {
    local t bookmark
    start windows
    subscribe; subscribed Subscribe; wellformed Subscribe
    has Subscribe 'eventing/SubscribeResponse' '<e:SubscriptionManager><a:Address>' '<a:ReferenceProperties><w:ResourceURI>' '<e:Expires>PT0.000S<' '<n:EnumerationContext>uuid:'
    counts subscriptions.open 1
    t=${EPOCHREALTIME/./}; poll; [ $((${EPOCHREALTIME/./} - t)) -ge 300000 ] && ok || bad 'poll waits'
    has 'nothing yet' ' 500 ' 's:Receiver' 'w:TimedOut' '2150858793'
    fire count=3 'message=hello <there>' severity=5; poll; count 'alerts' '</p:Peer_Alert>' 3; wellformed alerts
    has alerts '<n:Items>' '<p:Sequence>1<' '<p:Message>hello &lt;there&gt;<' '<p:Severity>5<' '<cim:Datetime>' '<p:Details>first &amp; foremost<'; hasnot alerts EndOfSequence; hasnot alerts '<w:Bookmark>'
    fire count=3; poll 2; count 'two of three' '</p:Peer_Alert>' 2; poll 2; count 'the third' '</p:Peer_Alert>' 1
    (sleep 0.3; fire count=1) & poll 9 PT10.000S; count 'held until it came' '</p:Peer_Alert>' 1; wait $!
    counts events.sent 7
    pull Peer_Few "$sub" 9; h_more='<w:OperationTimeout>PT1.000S</w:OperationTimeout>'; call; has 'Pull on another resource' 'n:InvalidEnumerationContext'
    unsubscribe; h_more=; call; has 'no Identifier' 'e:InvalidMessage'
    unsubscribe; call; has Unsubscribe 'eventing/UnsubscribeResponse' '200 OK'; counts subscriptions.open 0
    poll; has 'Pull after Unsubscribe' 'n:InvalidEnumerationContext'
    unsubscribe; call; has 'Unsubscribe twice' 'e:InvalidMessage'

    subscribe 'SELECT * FROM Peer_Alert WHERE Severity &gt; 3' '<w:SendBookmarks/>'; subscribed 'with a filter'
    fire count=1 severity=2; fire count=1 severity=4; poll; count 'filtered' '</p:Peer_Alert>' 1; has 'bookmark' '<w:Bookmark><m:Bookmarks xmlns:m='; wellformed bookmark
    bookmark=$(sed -n 's/.*<w:Bookmark>\(.*\)<\/w:Bookmark>.*/\1/p' "$dir/reply")
    fire count=2 severity=9
    subscribe '' "<w:Bookmark>$bookmark</w:Bookmark><w:SendBookmarks/>"; subscribed 'from a bookmark'; poll; count 'from a bookmark' '</p:Peer_Alert>' 2
    subscribe '' '<w:Bookmark>http://schemas.dmtf.org/wbem/wsman/1/wsman/bookmark/earliest</w:Bookmark>'; subscribed 'from the first'; poll 99; count 'from the first' '</p:Peer_Alert>' 11
    subscribe '' '<w:Bookmark><x/></w:Bookmark>'; call; has 'bad bookmark' 'w:InvalidBookmark'
    subscribe 'SELECT Message FROM Peer_Alert'; subscribed 'projected'; fire count=1; poll; has 'projected' '<w:XmlFragment' '<Message>an alert<'

    subscribe "SELECT * FROM __InstanceCreationEvent WITHIN 2 WHERE TargetInstance ISA 'Peer_Note' AND TargetInstance.Number &gt; 4"; subscribed 'creation events'
    note Create 4 t; call; note Create 5 t "$(v Title cimString five)"; call
    poll; count 'created' '</p:__InstanceCreationEvent>' 1; wellformed created; has created '<p:TargetInstance xmlns:p1=' 'p1:Peer_Note_Type' '<p1:Title>five<' '<p1:Revision>1<'
    subscribe "SELECT * FROM __InstanceOperationEvent WITHIN 1"; subscribed 'all events'
    note Put 5 t "$(v Title cimString 6)"; call; note Delete 5 t; call; poll; has 'changed, deleted' '<p:__InstanceModificationEvent' '<p:PreviousInstance' '<p:__InstanceDeletionEvent'
    subscribe "SELECT * FROM __InstanceCreationEvent"; call; has 'no WITHIN' 'n:CannotProcessFilter'
    subscribe 'SELECT * FROM Peer_Few'; call; has 'no indication' 'n:CannotProcessFilter'
    subscribe 'SELECT * FRO'; call; has 'bad query' 'n:CannotProcessFilter' '>15</p:CIMStatusCode>'
    subscribe 'SELECT * FROM Peer_Alert'; body=${body/$WQL/$ENUM}; call; has 'filter dialect' 'e:FilteringRequestedUnavailable'
    subscribe; h_uri=${h_uri/Alert/Few}; call; has 'class without events' 'e:EventSourceUnableToProcess'
    subscribe; h_keys='<w:Selector Name="Sequence">1</w:Selector>'; call; has 'with keys' '2150859225'
    subscribe; body=${body/wsman\/Pull/wsman\/Push}; call; has 'push' 'e:DeliveryModeRequestedUnavailable' '2150858782'
    subscribe '' '<e:Expires>soon</e:Expires>'; call; has 'bad Expires' 'e:InvalidExpirationTime'
    subscribe '' '<w:Nonsense/>'; call; has 'unknown child' 'e:InvalidMessage'
    subscribe; body=${body/<e:Delivery*Delivery>/}; call; has 'no Delivery' 'e:InvalidMessage'
    subscribe '' '<e:Expires>PT0.4S</e:Expires>'; subscribed 'short'; has short '<e:Expires>PT0.'; poll 9 PT10.000S; has 'expired' 'eventing/SubscriptionEnd' '<e:SubscriptionEnd>' 'SourceCancelling'; wellformed expired
    poll; has 'after the end' 'n:InvalidEnumerationContext'
    subscribe '' '' '<w:Heartbeats>PT0.2S</w:Heartbeats><w:Locale xml:lang="en-US"/><p:DataLocale xml:lang="en-US"/><w:ContentEncoding>UTF-8</w:ContentEncoding>'; subscribed 'heartbeats'; poll 9 PT10.000S; has 'heartbeat' '/wsman/Heartbeat</a:Action>' '<n:Items></n:Items>'
    subscribe; subscribed 'to be ended'; (sleep 0.3; curl -s -o /dev/null -d '' "http://127.0.0.1:$port/control/end-subscriptions") & poll 9 PT10.000S; has 'ended' '<e:SubscriptionEnd>'; wait $!
    subscribe; subscribed 'client goes'; pull x "$sub" 9; h_uri=$last_uri; envelope | send --max-time 1; soon requests.gone 1
    start windows --poll 100 --fire-every 50
    subscribe; subscribed 'timer'; poll 9 PT10.000S; has 'timer' '<p:Message>the timer<'
    start windows --poll 100 --empty-polls
    subscribe; subscribed 'empty polls'; poll 9 PT10.000S; has 'empty poll' '200 OK' '<n:Items></n:Items>' "$sub"
    subscribe; subscribed 'held at the end'; pull x "$sub" 9; h_uri=$last_uri; (envelope | send) & soon requests.Pull 2; stop; wait
    start windows --downlevel
    subscribe; h_uri=${h_uri/$DMTF/$WMI}; h_ns=; call; has 'downlevel Subscribe' 'a:ActionNotSupported'
    start omi --poll 100
    subscribe 'select * from Peer_Alert'; subscribed 'omi'; has 'omi' '<wsa:ReferenceParameters>'; fire count=1; poll; has 'omi alert' '<wsen:Items><p:Peer_Alert'; poll; has 'omi nothing' 'wsman:TimedOut'
    unsubscribe; call; has 'omi Unsubscribe' UnsubscribeResponse
    subscribe 'select * from Peer_Alert'; body=${body/<e:Subscribe>/<e:Subscribe><e:Expires>PT60S<\/e:Expires>}; call; has 'omi order' 'e:InvalidMessage'
    subscribe 'select * from Peer_None'; call; has 'omi no class' 'OMI:MI_Result:6'
    for d in openwsman idrac; do start $d; subscribe; h_ns=; call; has "$d Subscribe" 'FilteringNotSupported' ' 400 '; done
}

# chat BITS PARAMETERS [OPTIONS]: a call of Peer_Service.Chat in the background
chat() {
    local n
    invoke Peer_Service Chat "$(for n in $2; do v "${n%=*}" cimUnsignedInt "${n#*=}"; done)" "$alpha"
    h_options="<w:Option Name=\"__MI_CallbackRegistration\" Type=\"xs:int\">$1</w:Option>${3-}$h_options"
    held
}

# held: send the request and do not wait for the end of the answer
held() {
    : > "$dir/held"
    envelope > "$dir/request"
    curl -s -N -i --max-time 20 -u "tester:$MI_PEER_PASSWORD" -A "$agent" -H "Content-Type: $type" -H 'Expect:' \
        --data-binary "@$dir/request" -o "$dir/held" "$url" &
    held=$!
}

# until_held TEXT [N]: the answer so far holds it
until_held() {
    local i
    for i in $(seq 100); do
        [ "$(grep -oF -- "$1" "$dir/held" | wc -l)" -ge "${2-1}" ] && { ok; return; }
        read -rt 0.05 <> <(:) || :
    done
    cp "$dir/held" "$dir/reply"
    bad "never came: $1"
}

finished() {
    wait "$held"
    tr -d '\r' < "$dir/held" > "$dir/reply"
}

# answer EVENT WORD SEQUENCE: on a connection of its own
answer() {
    local action=$h_action id=$h_id op=$h_op keep=$body
    h_action='<a:Action s:mustUnderstand="true">/InteractiveResponse</a:Action>'
    h_id="<a:MessageID>uuid:$(uuid)</a:MessageID>"
    h_op=${op/>1</>$3<}
    body="<i:InteractiveResponse xmlns:i=\"http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd\"><i:EventType>$1</i:EventType><i:Response>$2</i:Response></i:InteractiveResponse>"
    ${4-call}
    h_action=$action h_id=$id h_op=$op body=$keep
}

# control ACTION RESOURCE [BODY]: about the operation under way
control() {
    local op=${h_op#*<p:OperationID s:mustUnderstand=\"false\">}
    echo "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\"><s:Header><a:To>$ANON</a:To><w:ResourceURI s:mustUnderstand=\"true\">http://schemas.microsoft.com/wbem/wsman/1/wsman/$2</w:ResourceURI><a:Action s:mustUnderstand=\"true\">http://schemas.microsoft.com/wbem/wsman/1/wsman/$1</a:Action><a:MessageID>uuid:$(uuid)</a:MessageID><p:OperationID>${op%%<*}</p:OperationID></s:Header><s:Body>${3-}</s:Body></s:Envelope>" | send
}

channels='<w:Option Name="wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE" Type="xs:unsignedInt">0</w:Option><w:Option Name="wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE" Type="xs:unsignedInt">2</w:Option>'

# option NAME VALUE
option() {
    printf '<w:Option Name="wmi:__MI_OPERATIONOPTIONS_%s" Type="xs:unsignedInt">%s</w:Option>' "$1" "$2"
}

interactive() {
    local part
    start windows --slow 5000
    chat 31 'Warnings=2 Verboses=1 Debugs=1 Progresses=2 Reports=1 KeepAlives=1' "$channels"; finished
    count 'envelopes' '</s:Envelope>' 8; count warnings '<i:EventType>Warning<' 2; count debugs '<i:EventType>Debug<' 1; count 'channel 1 not asked for' '<i:EventType>Verbose<' 0
    has events "<a:Action>$DMTF/Peer_Service/ChatResponse</a:Action>" '<p:SequenceId>8<' '<w:OperationTimeout>PT120.000S<' '<i:Description>Warnings 2 of &lt;2&gt;<' '<i:PercentComplete>50<' '<i:SecondsRemaining>4294967295<' '<i:EventType>ErrorAction<' '<i:Description><p:MSFT_WmiError b:IsCIM_Error="true"' '<i:ActionType>Report<' '/wsman/Keepalive<' '<p:Chat_OUTPUT'
    for part in $(seq 8); do sed -n "s/<s:Envelope/\n&/g;p" "$dir/reply" | grep '^<s:Envelope' | sed -n "${part}p" | tr -d '\n' > "$dir/body"; wellformed "envelope $part"; done
    chat 0 'Warnings=2 Progresses=1 Reports=1 Prompts=1 Inquiries=1 Parts=2' "$channels"; finished; count 'no callbacks' '</s:Envelope>' 1
    has 'no callbacks' '<p:Answers>auto:yes</p:Answers><p:Answers>auto:yes</p:Answers>' '<p:Part>2<' '<p:Label>part 2 &amp; &lt;more&gt;<' '<p:ReturnValue>2<'
    chat 4 'Parts=2'; finished; count 'streamed' '<i:EventType>StreamingOutput<' 12; hasnot streamed '<p:Part>2<'
    has streamed '<i:Name>Part</i:Name><i:Type>5</i:Type><i:Value ' '<p:Part xsi:type="cim:cimUnsignedInt">2<' '<i:Type>13<' '<p:When xsi:type="cim:cimDateTime"><cim:Datetime>' '<i:Type>21<' '<p:Numbers xsi:type="cim:cimUnsignedInt">2<' '<i:Type>15<' '<p:Object xmlns:' '<i:Type>14<' '<p:Target><a:Address>' '<p:ReturnValue>0</p:ReturnValue></p:Chat_OUTPUT>'
    chat 16 'Prompts=3 Criticals=1'; until_held '<i:PromptType>Normal<'
    answer Confirm yes 1; has 'SequenceId 1' 'a:InvalidMessageInformationHeader'
    answer Confirm maybe 2; has 'no such word' 'w:SchemaValidationError'
    answer ErrorAction yes 2; has 'not asked' 'w:SchemaValidationError'
    h_op=${h_op/OperationID s:mustUnderstand=\"false\"/OperationID}; answer Confirm yes 2; has 'OperationID not marked' 'a:InvalidMessageInformationHeader'; h_op=${h_op/OperationID>/OperationID s:mustUnderstand=\"false\">}
    part=$h_keys; h_keys=$beta; answer Confirm yes 2; has 'other selectors' 'a:InvalidMessageInformationHeader'; h_keys=$part
    answer Confirm yes 2; has 'answer' '200 OK' '<s:Body></s:Body>'; until_held '<i:PromptType>Normal<' 2
    answer Confirm noToAll 3; has 'second answer' '200 OK'; until_held '<i:PromptType>Critical<'
    answer Confirm yes 3; has 'SequenceId again' 'a:InvalidMessageInformationHeader'
    answer Confirm yesToAll 4; finished; has 'answers' '<p:Answers>yes</p:Answers><p:Answers>noToAll</p:Answers><p:Answers>auto:no</p:Answers><p:Answers>yesToAll</p:Answers>' '<p:ReturnValue>2<'
    count 'prompts' '<i:EventType>Confirm<' 3
    control End FullDuplex; has End 'wsman/EndResponse'
    answer Confirm yes 5; has 'operation is over' 'a:InvalidMessageInformationHeader'
    counts interactive.answers 3
    chat 2 'Inquiries=2' "$(option WRITEERRORMODE 1)"; until_held '<i:ActionType>Inquire<'; answer ErrorAction yesToAll 2; finished; has 'inquiries' '<p:Answers>yesToAll</p:Answers><p:Answers>auto:yes</p:Answers>'
    chat 2 'Inquiries=1' "$(option WRITEERRORMODE 0)"; finished; has 'reported' '<i:ActionType>Report<' '<p:Answers>reported<'
    chat 16 'Prompts=1' "$(option PROMPTUSERMODE 0)"; finished; has 'report only' '<i:EventType>Confirm<' '<p:Answers>reported<'
    chat 16 'Prompts=1' "$(option PROMPTUSERMODE 2)$(option PROMPTUSERMODEREGULAR_ACKVALUE 0)"; finished; has 'ignored' '<p:Answers>auto:no<'; count ignored '<i:EventType>' 0
    chat 16 'Prompts=1' "$(option PROMPTUSERMODE 2)"; until_held '<i:PromptType>Normal<'; answer Confirm no 2; finished; has 'no ACKVALUE' '<p:Answers>no<' '<p:ReturnValue>0<'
    chat 16 'Criticals=1' "$(option PROMPTUSERMODE 2)$(option PROMPTUSERMODEREGULAR_ACKVALUE 1)"; until_held '<i:PromptType>Critical<'; answer Confirm yes 2; finished; has 'critical' '<p:Answers>yes<'
    chat 1 'Warnings=1 Acks=1' "$channels"; until_held 'wsman/AcknowledgeRequest<'
    control Acknowledge RobustConnection '<p:LastSequenceIdReceived>1</p:LastSequenceIdReceived>'; has 'wrong acknowledge' 'a:InvalidMessageInformationHeader'
    control Acknowledge RobustConnection '<p:LastSequenceIdReceived>2</p:LastSequenceIdReceived>'; has 'acknowledge' 'AcknowledgeResponse'; finished; has 'after acknowledge' '<p:SequenceId>3<' '<p:ReturnValue>0<'
    chat 16 'Prompts=1'; until_held '<i:PromptType>Normal<'; control Cancel FullDuplex; has Cancel 'wsman/CancelResponse'; finished; has 'cancelled' '<s:Fault>' '>1</p:CIMStatusCode>' 'HRESULT 0x80041032'
    invoke Peer_Service Slow '' "$alpha"; part=$(counter requests.Invoke); held; soon requests.Invoke $((part + 1)); read -rt 0.1 <> <(:) || :; part=${EPOCHREALTIME/./}; control Cancel FullDuplex; finished; has 'slow, cancelled' ' 500 ' 'HRESULT 0x80041032'; [ $((${EPOCHREALTIME/./} - part)) -lt 3000000 ] && ok || bad 'Cancel took too long'
    subscribe; subscribed 'to cancel'; pull x "$sub" 9; h_uri=$last_uri; part=$(counter requests.Pull); held; soon requests.Pull $((part + 1)); read -rt 0.1 <> <(:) || :; control Cancel FullDuplex; finished; has 'poll, cancelled' 'HRESULT 0x80041032'
    control Cancel FullDuplex; has 'Cancel of nothing' 'wsman/CancelResponse'
    chat 16 'Prompts=1'; until_held '<i:PromptType>Normal<'; kill "$held"; wait "$held" 2>/dev/null; soon requests.gone 1
    invoke Peer_Chatty Get '' '<w:Selector Name="Id">1</w:Selector>'; h_action="<a:Action s:mustUnderstand=\"true\">$XFER/Get</a:Action>"; body=; h_options="<w:Option Name=\"__MI_CallbackRegistration\" Type=\"xs:int\">27</w:Option>$channels$h_options"; held; until_held '<i:EventType>Confirm<'; answer Confirm no 2; finished
    has 'Get that asks' 'transfer/GetResponse' '<i:EventType>Warning<' '<i:EventType>Progress<' '<p:Answer>no<'
    enumerate Peer_Chatty EnumerateObjectAndEPR 9; h_options="<w:Option Name=\"__MI_CallbackRegistration\" Type=\"xs:int\">11</w:Option>$channels$h_options"; call; has 'Enumerate that speaks' '<i:EventType>Warning<' '<i:ActionType>Report<' '<p:Id>0<'
    pull Peer_Chatty "$(context)" 9; h_options="<w:Option Name=\"__MI_CallbackRegistration\" Type=\"xs:int\">11</w:Option>$channels$h_options"; call; has 'Pull that speaks' '<i:EventType>Progress<' '<p:Id>2<'; count 'Pull that speaks' '</s:Envelope>' 4
    enumerate Peer_Chatty '' 9; call; count 'Enumerate without callbacks' '</s:Envelope>' 1
    chat 16 'Prompts=1'; until_held '<i:PromptType>Normal<'; stop; wait "$held" 2>/dev/null; ok

    start windows --slow 500 --keep-alive 100
    invoke Peer_Service Slow '' "$alpha"; call; has 'slow, kept alive' '/wsman/Keepalive<' '<p:ReturnValue>0<'
    invoke Peer_Service Slow '' "$alpha"; h_op=; h_more='<w:OperationTimeout>PT0.2S</w:OperationTimeout>'; call; has 'slow, too late' ' 500 ' 'w:TimedOut'
    enumerate Peer_Slow '' 9; call; part=$(context); pull Peer_Slow "$part" 9; h_op=; h_more='<w:OperationTimeout>PT0.2S</w:OperationTimeout>'; call; has 'slow Pull, too late' 'w:TimedOut'
    pull Peer_Slow "$part" 9; h_op=; h_more='<w:OperationTimeout>PT9S</w:OperationTimeout>'; call; count 'context is still good' '</p:Peer_Slow>' 4
    faults truncate; chat 1 'Warnings=1' "$channels"; finished; has 'cut off' '<i:EventType>Warning<'; hasnot 'cut off' Chat_OUTPUT

    start windows --first-batch 0
    enumerate Peer_Flawed EnumerateObjectAndEPR 9; call; count flawed '</p:Peer_Flawed>' 3; count flawed '<p:MSFT_WmiError b:IsCIM_Error="true"' 3; count flawed '<w:Item ' 6; wellformed flawed
    faults only=Enumerate,quota=3; enumerate Peer_Few '' 4; call; has quota 'w:EncodingLimit'; enumerate Peer_Few '' 3; call; count quota '</p:Peer_Few>' 3
    faults only=Pull,quota=1; enumerate Peer_Few '' 1; call; part=$(context); pull Peer_Few "$part" 2; call; has 'quota of a Pull' 'w:EncodingLimit'; pull Peer_Few "$part" 1; call; count 'context is kept' '</p:Peer_Few>' 1
    faults no-operation-id; get_few; call; has no-operation-id 'a:InvalidMessageInformationHeader'; get_few; h_op=; h_more='<w:OperationTimeout>PT60.000S</w:OperationTimeout>'; call; has 'without OperationID' '200 OK'
    faults no-object-and-epr; enumerate Peer_Few EnumerateObjectAndEPR 9; call; has no-object-and-epr 'w:UnsupportedFeature' EnumerationMode; enumerate Peer_Few '' 9; call; has 'objects' '200 OK'
    start omi; enumerate Peer_Flawed '' 9; call; count 'omi flawed' 'p:OMI_Error wsmb:IsCIM_Error' 3; wellformed 'omi flawed'
    invoke Peer_Service Chat '<p0:Warnings>1</p0:Warnings><p0:Prompts>1</p0:Prompts>' "$alpha"; h_options="<w:Option Name=\"__MI_CallbackRegistration\" Type=\"xs:int\">31</w:Option>$channels"; call; count 'omi has no events' '</SOAP-ENV:Envelope>' 1; has 'omi has no events' '<p:Answers>auto:yes<'
}

http_strict() {
    reset
    local len=${#identify}
    raw "POST /wsman HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: $len\r\nContent-Type: $type\r\n\r\n$identify"
    has 'no logon' 'HTTP/1.1 401' 'WWW-Authenticate: Negotiate' 'WWW-Authenticate: Basic realm="WSMAN"'
    raw "POST /wsman HTTP/1.1\r\nHost: h\r\nConnection: close\r\nWSMANIDENTIFY: unauthenticated\r\nContent-Length: $len\r\nContent-Type: $type\r\n\r\n$identify"
    has 'anonymous Identify' '200 OK' 'OS: 0.0.0 SP: 0.0 Stack: 3.0'
    echo "$identify" | send; has Identify 'Microsoft Corporation' 'Stack: 3.0'
    wellformed Identify
    curl -s -i -u tester:wrong -H "Content-Type: $type" -d "$identify" "$url" > "$dir/reply"; has 'wrong password' ' 401 '
    counts auth.failures 1
    counts auth.challenges 1
    raw "POST /wsman HTTP/1.1\r\nHost: h\r\n$basic\r\nContent-Type: $type\r\n\r\n"; has 'no length' ' 411 '
    raw "POST /wsman HTTP/1.1\r\nHost: h\r\n$basic\r\nContent-Type: $type\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"; has 'chunked request' ' 411 '
    raw "POST /wsman HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"; has Expect ' 417 '
    raw "POST /wsman HTTP/1.1\r\nContent-Length: 0\r\n\r\n"; has 'no Host' ' 400 '
    raw "POST /wsman HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx"; has 'two lengths' ' 400 '
    raw "POST /wsman HTTP/1.1\r\nHost : h\r\nContent-Length: 0\r\n\r\n"; has 'blank before the colon' ' 400 '
    raw "POST /wsman HTTP/1.1\r\nHost: h\r\n folded\r\nContent-Length: 0\r\n\r\n"; has 'folded header' ' 400 '
    raw "GARBAGE\r\n\r\n"; has 'garbage' ' 400 '
    raw "POST /wsman HTTP/1.1\r\nHost: h\r\nContent-Length: 600000\r\n\r\n"; has 'too long' ' 413 '
    raw "GET /wsman HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"; has 'GET' ' 405 '
    raw "POST /other HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"; has 'other path' ' 404 '
    type='text/plain'; echo "$identify" | send; has 'wrong type' ' 415 '
    type='application/soap+xml;charset=UTF-16'; echo "$identify" | send; has 'wrong charset' 'w:EncodingLimit' CharacterSet
    type='application/soap+xml;charset=UTF-8'
    counts connections.open 0
}

sabotage() {
    reset
    get_few
    faults status=503,retry-after=7; call; has 'status' ' 503 ' 'Retry-After: 7'
    faults only=Pull,status=503; get_few; call; has 'only others' '200 OK'
    faults on=2,html; get_few; call; has 'first is good' '200 OK'; get_few; call; has 'second is HTML' 'text/html' 'It works!'
    get_few; call; has 'third is good' '200 OK'
    faults loop-401; get_few; call; has 'loop' ' 401 '
    faults soap-fault=w:TimedOut:2150858793; get_few; call; has 'made fault' 'w:TimedOut' 'Code="2150858793"'
    faults multi-envelope; get_few; call; count 'three envelopes' '</s:Envelope>' 3
    faults multi-envelope=odd; get_few; call; count 'three envelopes, odd chunks' '</s:Envelope>' 3
    faults deep=50; get_few; call; count 'deep' '<d>' 50
    faults entities; get_few; call; has 'entities' '<!ENTITY a29' '&a29;'
    faults doctype; get_few; call; has 'doctype' '<!DOCTYPE'
    faults non-utf8; get_few; call; if iconv -f UTF-8 -t UTF-16 "$dir/body" >/dev/null 2>&1; then bad 'still UTF-8'; else ok; fi
    faults mismatch-relates-to; get_few; call; hasnot 'RelatesTo' "RelatesTo>${h_id:13:41}<"
    faults truncate=100; get_few; call; [ "$(wc -c < "$dir/body")" -eq 100 ] && ok || bad truncate
    faults close-after=30; get_few; call; [ "$(wc -c < "$dir/reply")" -le 30 ] && ok || bad close-after
    faults close-before-reply; get_few; call; [ -s "$dir/reply" ] && bad close-before-reply || ok
    faults garbage=500; get_few; call; hasnot garbage 'HTTP/1.1 200'
    faults bad-chunk; get_few; call; has bad-chunk 'Transfer-Encoding'; hasnot bad-chunk '</s:Envelope>'
    faults wrong-length=10; get_few; call; hasnot wrong-length '</s:Envelope>'
    faults slow-drip; get_few; call; has slow-drip '</s:Envelope>'
    faults stall; get_few; envelope | send --max-time 1; [ -s "$dir/reply" ] && bad stall || ok
    faults stall-mid; get_few; envelope | send --max-time 1; has stall-mid '200 OK'
    faults huge=3000000; get_few; envelope | send; [ "$(wc -c < "$dir/body")" -gt 2900000 ] && ok || bad huge
    faults endless-headers; get_few; envelope | send --max-time 1; hasnot endless-headers Envelope
    faults empty-body; get_few; call; has empty-body '<s:Body></s:Body>'
    faults delay=200,keep-alive=50; get_few; call; count 'KeepAlives' 'wsman/Keepalive' 4; has 'after KeepAlives' '<p:Text>text 3'
    faults delay=2000; get_few; h_op=; h_more='<w:OperationTimeout>PT0.1S</w:OperationTimeout>'; call; has 'OperationTimeout' 's:Receiver' 'w:TimedOut' '2150858793'
    faults deep=1000001; get_few; envelope | send; [ "$(wc -c < "$dir/body")" -gt 3000000 ] && ok || bad 'deep stream'
    faults tag=70000; get_few; call; [ "$(wc -c < "$dir/body")" -gt 70000 ] && ok || bad tag; wellformed tag
    faults only=Pull,too-many; enumerate Peer_Few '' 9; call; pull Peer_Few "$(context)" 1; call; count 'too many' '</p:Peer_Few>' 4
    faults only=Enumerate,no-optimize; enumerate Peer_Few '' 9; call; hasnot 'no optimize' '<w:Items>'
    faults lost-context; enumerate Peer_Few '' 9; call; has 'lost context' '<n:EnumerationContext></'; hasnot 'lost context' EndOfSequence
    faults empty-page,on=1,only=Pull; enumerate Peer_Few '' 9; call; pull Peer_Few "$(context)" 9; call; has 'empty page' '<n:Items></n:Items>'; pull Peer_Few "$(context)" 9; call; count 'after it' '</p:Peer_Few>' 4
    faults rotate-context; enumerate Peer_Few '' 9; call; old=$(context); pull Peer_Few "$old" 1; call; hasnot 'new context' "$old"; pull Peer_Few "$old" 1; call; has 'old context' InvalidEnumerationContext
    faults close-on-reuse; raw "POST /wsman HTTP/1.1\r\nHost: h\r\n$basic\r\nContent-Type: $type\r\nContent-Length: ${#identify}\r\n\r\n${identify}POST /wsman HTTP/1.1\r\nHost: h\r\n$basic\r\nContent-Type: $type\r\nContent-Length: ${#identify}\r\n\r\n${identify}"
    count 'reuse' 'HTTP/1.1 200' 1
    faults drop-idle; raw "POST /wsman HTTP/1.1\r\nHost: h\r\n$basic\r\nContent-Type: $type\r\nContent-Length: ${#identify}\r\n\r\n${identify}"
    has 'drop-idle' '200 OK' '</s:Envelope>'; hasnot 'drop-idle' 'Connection: close'
    faults stall-connect; echo "$identify" | send --max-time 1; [ -s "$dir/reply" ] && bad stall-connect || ok
    faults expire-contexts,only=Pull; enumerate Peer_Few '' 9; call; pull Peer_Few "$(context)" 9; call; has 'expired' InvalidEnumerationContext
    faults delay=300; get_few; local t=${EPOCHREALTIME/./}; call; [ $((${EPOCHREALTIME/./} - t)) -ge 300000 ] && ok || bad delay
    curl -s --max-time 10 -d 'nonsense=1' "http://127.0.0.1:$port/control/faults" > "$dir/reply"; has 'bad grammar' 'bad fault'
    reset; get_few; call; has 'all well again' '200 OK'
}

dialect_forms() {
    start omi
    enumerate Peer_AllTypes EnumerateObjectAndEPR 1; h_options=; call; wellformed 'omi items'
    has 'omi Enumerate' '<SOAP-ENV:Envelope' '<wsen:EnumerationContext>' '<p:v_boolean>TRUE' '<cim:Datetime>' '<p:v_char16>65<' 'Connection: Keep-Alive'
    hasnot 'omi Enumerate' '<?xml'
    agent=curl; get_few; h_keys='<w:Selector Name="Id">typical</w:Selector>'; h_uri=${h_uri/Few/AllTypes}; call
    has 'omi, plain agent' '<p:v_datetime>2024-02-29T12:34:56.789012+01:00<'
    agent='Microsoft WinRM Client'
    enumerate Peer_Empty '' 5; call; has 'omi end' '<wsman:Items></wsman:Items><wsman:EndOfSequence/>'; hasnot 'omi end' 'EnumerationContext></'
    get_few; h_uri=${h_uri/Few/None}; call; has 'omi fault' 'OMI_Error' 'OMI:MI_Result:5'
    enumerate Peer_Base '' 9 '<b:PolymorphismMode>None</b:PolymorphismMode>'; call; has 'omi shallow' 'EndOfSequence'
    count 'omi shallow' '</p:Peer_Base>' 2; hasnot 'omi shallow' Peer_LeafA
    enumerate Peer_Base '' 9 '<b:PolymorphismMode>ExcludeSubClassProperties</b:PolymorphismMode>'; call
    count 'omi cut' '</p:Peer_Base>' 8; hasnot 'omi cut' MiddleText
    get_few; envelope | sed 's#\(<w:ResourceURI.*</w:ResourceURI>\)\(.*\)\(</s:Header>\)#\2\1\3#' | send; has 'omi order' 'wsman:InternalError'

    start openwsman
    enumerate Peer_AllTypes EnumerateObjectAndEPR 1; call; wellformed 'openwsman items'
    has 'openwsman Enumerate' '<?xml' '200 (null)' 'Connection: Close' '<wsman:Items><wsman:Item><n1:Peer_AllTypes><n1:Id>' '<n1:v_datetime>20240229123456.789012+060<' '<n1:v_reference><wsa:EndpointReference>'
    get_class Peer_Few; call; has 'openwsman GetClass' ' 503 ' 'wsa:DestinationUnreachable'
    get_few; h_more='<z:Strange xmlns:z="urn:z" s:mustUnderstand="true"/>'; call; has 'openwsman fault with 200' ' 200 ' 's:MustUnderstand'
    get_few; h_keys='<w:Selector Name="Id">33</w:Selector>'; call; has 'openwsman not found' ' 400 ' InvalidResourceURI; hasnot 'openwsman not found' WSManFault
    pull Peer_Few none 1; call; has 'openwsman context' ' 500 ' 's:Receiver' 'wsen:InvalidEnumerationContext'
    enumerate Peer_Few '' 9; call; has 'openwsman end' '</wsman:Items><wsman:EndOfSequence/>'

    start idrac
    h=root/dcim; enumerate Peer_Few '' 2; h_ns=${h_ns/root\/cimv2/$h}; call; wellformed 'idrac items'
    has 'idrac Enumerate' '</wsman:Items><wsen:EnumerationContext>'
    pull Peer_Few "$(context)" 9; h_ns=${h_ns/root\/cimv2/$h}; call
    has 'idrac Pull' '<wsman:Items>' '</wsman:Items><wsen:EnumerationContext></wsen:EnumerationContext><wsman:EndOfSequence/>'
    get_class Peer_Few; call; has 'idrac GetClass' InvalidResourceURI

    start windows --downlevel
    get_few; call; has 'downlevel' '2150859065'
    get_few; h_uri="<w:ResourceURI s:mustUnderstand=\"true\">$WMI/Peer_Few</w:ResourceURI>"; h_ns=; call; has 'downlevel WMI' '200 OK'
}

over_tls() {
    start windows --tls --listen 127.0.0.1 --listen ::1
    url=https://localhost:$port/wsman
    echo "$identify" | send --cacert "$certs/ca.pem"; has 'TLS' 'Stack: 3.0'
    url="https://[::1]:$port/wsman"
    echo "$identify" | send --cacert "$certs/ca.pem"; has 'TLS over IPv6' 'Stack: 3.0'
    echo "$identify" | send; [ -s "$dir/reply" ] && bad 'no CA given' || ok
    echo "$identify" | send --cacert "$certs/ca.pem" --tls-max 1.1; [ -s "$dir/reply" ] && bad 'TLS 1.1' || ok
    start windows --tls
    url=https://localhost:$port/wsman
    subscribe; envelope | send --cacert "$certs/ca.pem"; sub=$(context); pull x "$sub" 9; h_uri=$last_uri
    envelope | send --cacert "$certs/ca.pem" --max-time 1
    grep -q ' gone$' "$dir/log" && ok || { read -rt 1 <> <(:) || :; grep -q ' gone$' "$dir/log" && ok || bad 'held over TLS, client gone'; }
    for kind in expired wrong-name self-signed; do
        start windows --tls --cert-kind $kind
        url=https://localhost:$port/wsman
        echo "$identify" | send --cacert "$certs/ca.pem"; [ -s "$dir/reply" ] && bad "certificate $kind" || ok
    done
    local mutual='Authorization: http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual'
    local known=(--cacert "$certs/ca.pem" --cert "$certs/client.pem" --key "$certs/client.key")
    # Not in TLS 1.2: curl would resume its session instead of showing the certificate.
    start windows --tls --client-ca "$certs/ca.pem" --ask later
    url=https://localhost:$port/wsman
    get_few; envelope | send "${known[@]}" -u : -H "$mutual"; has 'certificate' '200 OK' 'text 3'
    get_few; envelope | send "${known[@]}" -u : -H 'Authorization:'; has 'certificate without its header' '401'
    get_few; envelope | send --cacert "$certs/ca.pem" -u : -H "$mutual"; grep -q '200 OK' "$dir/reply" && bad 'no certificate' || ok
}

crowd() {
    start windows --no-auth
    local fds=() fd i
    for _ in $(seq 200); do
        exec {fd}<>"/dev/tcp/127.0.0.1/$port" && fds+=("$fd")
        printf 'POST /wsman HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\nContent-Type: %s\r\n\r\n%s' ${#identify} "$type" "$identify" >&"$fd"
    done
    for fd in "${fds[@]}"; do read -r -t 10 line <&"$fd" && [[ $line == *200* ]] || bad 'crowd'; done
    counts connections.open 200
    counts requests.Identify 200
    head -c 20000 /dev/urandom > "/dev/tcp/127.0.0.1/$port"
    get_few; call; has 'after garbage' '200 OK'
    stop
    for fd in "${fds[@]}"; do exec {fd}>&-; done
    "$peer" --no-auth --exit-with-stdin < /dev/null > "$dir/out" && grep -q '^mi-peer: listening on http://127.0.0.1:' "$dir/out" && ok || bad 'end with standard input'
    grep -q "$MI_PEER_PASSWORD" "$dir/log" && bad 'password in the log' || ok
}

start windows
windows_headers
windows_resources
windows_enumerate
http_strict
sabotage
dialect_forms
queries
writing
methods
class_lists
events
interactive
over_tls
crowd
stop
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
