#!/bin/sh
# make-certs.sh DIR: a test CA and what it issues, valid for decades. Nothing here is a secret.
set -eu

dir=$1
mkdir -p "$dir"
cd "$dir"
rm -f ./*.pem ./*.key ./*.csr ./index.txt* ./serial* ./crlnumber*
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
# What CredSSP shows, as Windows makes it.
openssl req -new -x509 -config ca.cnf -extensions local -newkey rsa:2048 -nodes -keyout credssp.key \
    -days 14000 -subj "/CN=CREDSSP" -out credssp.pem 2>ca.log
rm -f ./*.csr ./1*.pem
touch "done"
