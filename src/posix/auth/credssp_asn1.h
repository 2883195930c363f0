/** The structures of CredSSP in DER ([MS-CSSP] 2.2.1): no state, no cryptography. Read strictly:
 * lengths in their shortest form, fields once and in order, nothing behind the end. */
#ifndef MIC_AUTH_CREDSSP_ASN1_H
#define MIC_AUTH_CREDSSP_ASN1_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/** A TSRequest. The texts are within the bytes read; NULL data: the field is not there. */
struct mic_ts_request {
    uint32_t version;
    struct mic_str token; /* the one of negoTokens */
    struct mic_str auth_info;
    struct mic_str key_auth; /* pubKeyAuth */
    bool has_error;
    uint32_t error; /* an NTSTATUS */
    struct mic_str nonce;
};

/** Whose credentials TSPasswordCreds holds, in UTF-8. */
struct mic_ts_password {
    struct mic_str domain, user, password;
};

/** @return false for anything that is no well-formed TSRequest */
bool mic_ts_request_read(struct mic_str bytes, struct mic_ts_request *request);
/** Append; what has no data is left out, has_error and error too: a client sends none. */
void mic_ts_request_write(struct mic_buf *out, const struct mic_ts_request *request);
/** Append TSCredentials with TSPasswordCreds. Room for all is made at once, so that no growing
 * leaves a copy of the password behind; the caller wipes @p out.
 *  @return false when a text is not UTF-8 or memory is out (@p out failed) */
bool mic_ts_password_write(struct mic_buf *out, const struct mic_ts_password *password);

#endif
