#!/bin/sh
# The certificate is looked at before nginx is started: what it could only refuse with a code is said in a sentence.
# Without one, a self-signed one is made, which browsers warn of.
set -eu

certificate="$CERTIFICATE_DIR/tls.crt"
key="$CERTIFICATE_DIR/tls.key"
# The mark of our own making in a certificate; such a one may be made anew, a given one is never touched.
OURS="Self-signed by the gateway"
# The lone * stands for any name; a certificate is then made for this machine alone.
set -f
[ "$SERVER_NAME" = "*" ] && given_names=localhost || given_names=$SERVER_NAME
WARN_SECONDS=$((21 * 24 * 3600))

refuse() {
    echo "gateway: $1" >&2
    exit 1
}

warn() {
    echo "gateway: warning: $1" >&2
}

alternative_names() {
    for name in $given_names localhost; do printf 'DNS:%s,' "$name"; done
    printf 'IP:127.0.0.1,IP:::1'
}

make_certificate() {
    folder=$(mktemp -d "$CERTIFICATE_DIR/new.XXXXXX" 2>/dev/null) ||
        refuse "$CERTIFICATE_DIR cannot be written by user $(id -u), so no self-signed certificate can be made there; give the folder to that user, or put tls.crt and tls.key into it."
    (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 \
        -subj "/O=$OURS/CN=${given_names%% *}" -addext "subjectAltName=$(alternative_names)" \
        -addext "basicConstraints=critical,CA:FALSE" -addext "extendedKeyUsage=serverAuth" \
        -keyout "$folder/tls.key" -out "$folder/tls.crt" 2>"$folder/log") || refuse "No self-signed certificate could be made: $(cat "$folder/log")"
    chmod 644 "$folder/tls.crt"
    mv "$folder/tls.crt" "$certificate"
    mv "$folder/tls.key" "$key"
    rm -r "$folder"
}

is_ours() {
    openssl x509 -in "$certificate" -noout -subject 2>/dev/null | grep -q "$OURS"
}

is_for() {
    openssl x509 -in "$certificate" -noout -checkhost "$1" | grep -q 'does match'
}

# Without its key too: whoever made it was killed between the two.
is_stale() {
    [ -e "$key" ] || return 0
    for name in $given_names; do is_for "$name" || return 0; done
    ! openssl x509 -in "$certificate" -noout -checkend "$WARN_SECONDS" >/dev/null
}

check_readable() {
    [ -e "$1" ] || refuse "$1 is missing, and $2 is there; put both into $CERTIFICATE_DIR, or neither for a self-signed one."
    [ -r "$1" ] || refuse "$1 cannot be read by user $(id -u); let that user read it."
}

check_pair() {
    public=$(openssl x509 -in "$certificate" -noout -pubkey 2>/dev/null) ||
        refuse "$certificate is no certificate in PEM form; it begins with -----BEGIN CERTIFICATE-----."
    private=$(openssl pkey -in "$key" -passin pass: -pubout 2>/dev/null) ||
        refuse "$key is no private key in PEM form without a passphrase."
    [ "$public" = "$private" ] ||
        refuse "$certificate does not match $key; the key has to be the one that the certificate was asked for with, and the server's own certificate the first in its file."
}

check_time() {
    end=$(openssl x509 -in "$certificate" -noout -enddate | cut -d= -f2)
    openssl x509 -in "$certificate" -noout -checkend 0 >/dev/null ||
        refuse "$certificate expired on $end; put a renewed one there."
    openssl x509 -in "$certificate" -noout -checkend "$WARN_SECONDS" >/dev/null ||
        warn "$certificate expires on $end; renew it."
}

check_names() {
    for name in $given_names; do
        is_for "$name" || warn "$certificate is not for $name (SERVER_NAME); browsers will refuse it."
    done
}

command -v openssl >/dev/null || refuse "This image has no openssl, which looks at certificates; take the Debian variant of nginx."
if { [ ! -e "$certificate" ] && [ ! -e "$key" ]; } || { is_ours && is_stale; }; then
    make_certificate
fi
check_readable "$certificate" "$key"
check_readable "$key" "$certificate"
check_pair
check_time
if is_ours; then
    warn "the certificate is self-signed, and browsers warn of it; put a real tls.crt and tls.key into $CERTIFICATE_DIR."
else
    check_names
fi
