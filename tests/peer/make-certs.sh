#!/bin/sh
# make-certs.sh DIR: a test CA and what it issues, valid for decades. Nothing here is a secret.
set -eu

dir=$1
mkdir -p "$dir"
cd "$dir"
rm -rf ./*.pem ./*.key ./*.csr ./*.p12 ./*.ocsp ./index.txt* ./serial* ./crlnumber* ./trusted
: > index.txt
echo 1000 > serial
echo 1000 > crlnumber

cat > ca.cnf <<'CONF'
[ca]
default_ca = test
[test]
database = index.txt
serial = serial
crlnumber = crlnumber
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
default_crl_days = 14000
policy = any
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
CN = unused
[v3_ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[local]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost,IP:127.0.0.1,IP:::1
[other]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:elsewhere.example
[stapled]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost,IP:127.0.0.1,IP:::1
tlsfeature = status_request
[client]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
[responder]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
CONF

key() {
    openssl ecparam -name prime256v1 -genkey -noout -out "$1"
}

# issue NAME CN SECTION START END
issue() {
    key "$1.key"
    openssl req -new -config ca.cnf -key "$1.key" -subj "/CN=$2" -out "$1.csr"
    openssl ca -batch -notext -config ca.cnf -extensions "$3" -startdate "$4" -enddate "$5" \
        -in "$1.csr" -out "$1.pem" 2>ca.log || { cat ca.log >&2; exit 1; }
}

key ca.key
openssl req -new -x509 -config ca.cnf -extensions v3_ca -key ca.key -days 14000 \
    -subj "/CN=miclient test CA" -out ca.pem
issue good localhost local 20200101000000Z 20600101000000Z
issue expired localhost local 20200101000000Z 20210101000000Z
issue wrong-name elsewhere.example other 20200101000000Z 20600101000000Z
issue revoked localhost local 20200101000000Z 20600101000000Z
openssl ca -config ca.cnf -revoke revoked.pem 2>ca.log
openssl ca -config ca.cnf -gencrl -out ca.crl 2>ca.log
key self-signed.key
openssl req -new -x509 -config ca.cnf -extensions local -key self-signed.key -days 14000 \
    -subj "/CN=localhost" -out self-signed.pem
issue must-staple localhost stapled 20200101000000Z 20600101000000Z
# What channel bindings hash with is what the certificate was signed with.
for hash in sha384 sha512; do
    key "$hash.key"
    openssl req -new -config ca.cnf -key "$hash.key" -subj "/CN=localhost" -out "$hash.csr"
    openssl ca -batch -notext -config ca.cnf -md "$hash" -extensions local -startdate 20200101000000Z \
        -enddate 20600101000000Z -in "$hash.csr" -out "$hash.pem" 2>ca.log || { cat ca.log >&2; exit 1; }
done
openssl req -new -config ca.cnf -newkey rsa:2048 -nodes -keyout rsa-ca.key -subj "/CN=miclient RSA CA" \
    -out rsa-ca.csr 2>ca.log
openssl ca -batch -notext -config ca.cnf -extensions v3_ca -startdate 20200101000000Z \
    -enddate 20600101000000Z -in rsa-ca.csr -out rsa-ca.pem 2>ca.log || { cat ca.log >&2; exit 1; }
key rsa-pss.key
openssl req -new -config ca.cnf -key rsa-pss.key -subj "/CN=localhost" -out rsa-pss.csr
openssl x509 -req -in rsa-pss.csr -CA rsa-ca.pem -CAkey rsa-ca.key -set_serial 8 -days 14000 -sha384 \
    -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -extfile ca.cnf -extensions local \
    -out rsa-pss.pem 2>ca.log || { cat ca.log >&2; exit 1; }
cat rsa-ca.pem >>rsa-pss.pem
cat ca.pem ca.crl >ca-with-crl.pem
mkdir trusted
cp ca.pem trusted
cp ca.crl trusted/list.pem
openssl rehash trusted

# Users; a password of a file is "file password" with an umlaut.
issue client tester client 20200101000000Z 20600101000000Z
issue client1 tester1 client 20200101000000Z 20600101000000Z
issue client2 tester2 client 20200101000000Z 20600101000000Z
issue client-stranger stranger client 20200101000000Z 20600101000000Z
issue client-expired tester client 20200101000000Z 20210101000000Z
key other-ca.key
openssl req -new -x509 -config ca.cnf -extensions v3_ca -key other-ca.key -days 14000 \
    -subj "/CN=another CA" -out other-ca.pem
key client-foreign.key
openssl req -new -config ca.cnf -key client-foreign.key -subj "/CN=tester" -out client-foreign.csr
openssl x509 -req -in client-foreign.csr -CA other-ca.pem -CAkey other-ca.key -set_serial 7 \
    -days 14000 -extfile ca.cnf -extensions client -out client-foreign.pem 2>ca.log
printf 'file p\303\244ssword\n' >client.password
cat client.pem client.key >client-both.pem
cat client.pem ca.pem >client-chain.pem
openssl pkcs8 -topk8 -in client.key -passout file:client.password -out client-locked.key
openssl pkcs12 -export -in client.pem -inkey client.key -certfile ca.pem -name tester \
    -passout file:client.password -out client.p12
openssl pkcs12 -export -in client.pem -inkey client.key -passout pass: -out client-open.p12

# answer NAME CERTIFICATE SIGNER: what an OCSP responder says.
answer() {
    openssl ocsp -index index.txt -CA ca.pem -rsigner "$3.pem" -rkey "$3.key" -issuer ca.pem \
        -cert "$2.pem" -ndays 14000 -noverify -respout "$1.ocsp" >ca.log 2>&1 ||
        { cat ca.log >&2; exit 1; }
}
issue responder "OCSP responder" responder 20200101000000Z 20600101000000Z
answer good good ca
answer good-delegated good responder
answer good-forged good other-ca
answer good-undelegated good client
answer revoked revoked ca
# What CredSSP shows, as Windows makes it.
openssl req -new -x509 -config ca.cnf -extensions local -newkey rsa:2048 -nodes -keyout credssp.key \
    -days 14000 -subj "/CN=CREDSSP" -out credssp.pem 2>ca.log
rm -f ./*.csr ./1*.pem
touch "done"
