/** The TLS that CredSSP runs in, whose records travel as tokens and as sealed messages: no socket.
 * The server's certificate is nobody's: what it is worth is told by credssp_key.h. */
#ifndef MIC_AUTH_CREDSSP_TLS_H
#define MIC_AUTH_CREDSSP_TLS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/** Plain bytes of one record at most (RFC 8446 5.1). */
#define MIC_CREDSSP_RECORD ((size_t)16384)

struct mic_credssp_tls;

/** @param library  OpenSSL's library context. @return NULL with @p err set */
struct mic_credssp_tls *mic_credssp_tls_new(void *library, struct mic_err *err);
void mic_credssp_tls_free(struct mic_credssp_tls *tls);

/** One move of the handshake.
 *  @param input    the server's records; empty at first
 *  @param output   appended: ours, perhaps none
 *  @param is_done  whether the handshake is complete on this side */
MI_Result mic_credssp_tls_shake(struct mic_credssp_tls *tls, struct mic_str input,
                                struct mic_buf *output, bool *is_done, struct mic_err *err);
/** Append the content of the server's SubjectPublicKey. */
MI_Result mic_credssp_tls_key(const struct mic_credssp_tls *tls, struct mic_buf *out,
                              struct mic_err *err);

/** Append @p plain as records.
 *  @param[out] trailer  bytes behind the ciphertext in the last of them; may be NULL */
MI_Result mic_credssp_tls_write(struct mic_credssp_tls *tls, struct mic_str plain,
                                struct mic_buf *out, size_t *trailer, struct mic_err *err);
/** Append what the records hold, perhaps nothing: TLS 1.3 sends tickets when it likes. After a
 * failure (MIC_E_SEAL) nothing more can be read. */
MI_Result mic_credssp_tls_read(struct mic_credssp_tls *tls, struct mic_str records,
                               struct mic_buf *out, struct mic_err *err);
/** Whether all records given were whole. */
bool mic_credssp_tls_is_even(const struct mic_credssp_tls *tls);

#endif
