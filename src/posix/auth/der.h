/** Tags and lengths of ASN.1 as SPNEGO and CredSSP use them (X.690 8.1): one byte of tag, definite
 *  lengths. */
#ifndef MIC_AUTH_DER_H
#define MIC_AUTH_DER_H

#include "base/buf.h"

/** Of a value of @p size bytes with its tag and length. */
size_t mic_der_size(size_t size);
/** Tag and length of a value of @p size bytes, which the caller puts behind it. */
void mic_der_put_head(struct mic_buf *out, unsigned tag, size_t size);
/** The first value of @p rest, which is moved behind it. Lengths need not be the shortest. */
bool mic_der_take(struct mic_str *rest, unsigned *tag, struct mic_str *content);

#endif
