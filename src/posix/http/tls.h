/** TLS for the connections of a session, on OpenSSL.
 *
 *  The checks switch off one by one:
 *  - check_ca: the chain leads to a trusted CA, each certificate is in its dates and made for this
 * use;
 *  - check_name: the certificate is for the host asked for, by name or by address;
 *  - check_revocation: the certificates are on none of the CRLs that the CA file or directory
 * holds, and the server's own is not revoked by the OCSP answer that the server sends along.
 * Without a CRL for an issuer and without an answer there is nothing to check: that is no error,
 * and a trace line says so, unless the certificate itself demands an answer (RFC 7633);
 *  - pins: the certificate or its public key is one of these.
 *  All are made whenever the server shows a certificate, before ours is shown.
 *
 *  OpenSSL's global state is left alone: a library context of our own, no configuration loaded, the
 *  error queue of the caller's thread as it was. */
#ifndef MIC_HTTP_TLS_H
#define MIC_HTTP_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/trace.h"

struct mic_tls_shared; /* http/pool.h */

/** Bits of MI_DestinationOptions_SetSslOptions, as OMI numbers them. TLS before 1.2 is off anyway.
 */
enum {
    MIC_TLS_NO_SSL2 = 0x01,
    MIC_TLS_NO_SSL3 = 0x02,
    MIC_TLS_NO_TLS1_0 = 0x04,
    MIC_TLS_NO_TLS1_1 = 0x08,
    MIC_TLS_NO_TLS1_2 = 0x10,
    MIC_TLS_NO_COMPRESSION = 0x20
};

struct mic_tls_settings {
    const char *host; /* a name, or an address without brackets; a zone is not looked at */
    uint16_t port;    /* for texts */
    bool check_ca, check_name, check_revocation;
    const char *ca_file, *ca_directory; /* PEM; NULL both: the system's */
    /* PEM: certificate and chain, the key behind them or in a file of its own. Or one file of
     * PKCS #12. */
    const char *certificate_file, *key_file;
    const struct mic_secret *key_password; /* opens key or PKCS #12; NULL: none given */
    /* SHA-1 or SHA-256 in hexadecimal that the certificate, or with thumbprint_is_issuer one of its
     * chain, must have; NULL or empty: any */
    const char *thumbprint;
    bool thumbprint_is_issuer;
    const char *pins; /* NULL: none; see mic_tls_pins_read */
    uint32_t disabled_versions;
    struct mic_trace *trace;
    uint32_t session_number;
};

/** What the connections of one session have in common: settings and the TLS session to resume. */
struct mic_tls_client;

/** Reads the files named, unless another client of @p shared has.
 *  @param settings  copied but for the trace
 *  @return NULL with @p err set. @thread any */
struct mic_tls_client *mic_tls_client_new(struct mic_tls_shared *shared,
                                          const struct mic_tls_settings *settings,
                                          struct mic_err *err);
/** After the last of its connections; NULL is allowed. @thread any */
void mic_tls_client_free(struct mic_tls_client *client);
/** "CN=..." of the certificate it shows; NULL: none. Lives as long as the client. */
const char *mic_tls_client_certificate(const struct mic_tls_client *client);

/** One connection. */
struct mic_tls;

enum mic_tls_io {
    MIC_TLS_OK,
    MIC_TLS_WANT_READ,  /* call again when the descriptor can be read */
    MIC_TLS_WANT_WRITE, /* call again when it can be written */
    MIC_TLS_CLOSED,     /* the peer ended the TLS connection as it should */
    MIC_TLS_CUT,        /* the peer closed without saying so in TLS: what came may be incomplete */
    MIC_TLS_LOST,       /* the socket failed: mic_tls_errno */
    MIC_TLS_FAILED      /* err says why */
};

/** @param fd a connected, non-blocking socket, the caller's; outlives the result */
struct mic_tls *mic_tls_new(struct mic_tls_client *client, int fd, struct mic_err *err);
/** Sends the closing message when that takes no wait. NULL is allowed. */
void mic_tls_free(struct mic_tls *tls);
/** Go on with the handshake. Call until MIC_TLS_OK. */
enum mic_tls_io mic_tls_handshake(struct mic_tls *tls, struct mic_err *err);
enum mic_tls_io mic_tls_read(struct mic_tls *tls, void *bytes, size_t size, size_t *got,
                             struct mic_err *err);
enum mic_tls_io mic_tls_write(struct mic_tls *tls, const void *bytes, size_t size, size_t *written,
                              struct mic_err *err);
/** Append what ties a logon to this connection: "tls-server-end-point:" and the hash of the
 * server's certificate (RFC 5929 4). Nothing, where that is not defined for its kind of signature.
 */
MI_Result mic_tls_channel_binding(const struct mic_tls *tls, struct mic_buf *out,
                                  struct mic_err *err);
/** Whether decrypted bytes wait to be read. */
bool mic_tls_has_pending(const struct mic_tls *tls);
/** errno of the socket call that failed last. */
int mic_tls_errno(const struct mic_tls *tls);
/** "TLSv1.3 TLS_AES_256_GCM_SHA384, resumed" for traces. */
void mic_tls_describe(const struct mic_tls *tls, char *out, size_t size);

/** What a diagnosis tells of a connection. */
struct mic_tls_facts {
    char version[16], cipher[64];
    char subject[200], issuer[200];
    char names[300];                 /* that the certificate is for */
    char begin[24], end[24];         /* "2026-11-29T12:00:00Z" */
    int64_t end_in_s, begin_in_s;    /* from now on; negative: past */
    char sha256[65];                 /* of the certificate */
    char signature[32], binding[32]; /* hash of its signature, of the channel binding; "" : none */
    bool is_self_signed;
};

/** After the handshake. @return false when there is no certificate */
bool mic_tls_facts(const struct mic_tls *tls, struct mic_tls_facts *facts);

#endif
