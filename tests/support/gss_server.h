/** The accepting side of a GSSAPI logon, by the installed library: what a server does. */
#ifndef GSS_SERVER_H
#define GSS_SERVER_H

#include <gssapi/gssapi.h>
#include <stdbool.h>
#include <stddef.h>

struct gss_server {
    gss_ctx_id_t context;
    OM_uint32 flags; /* GSS_C_..._FLAG, once complete */
    bool is_complete;
    char delegated[128]; /* whose ticket came with the logon; "": none */
    char client[128];
    const char *binding; /* application data it insists on; NULL: none */
};

/** Take a token of the client's. @param[out] answer  to send back; freed by gss_release_buffer
 *  @return whether the logon goes on or is complete */
bool gss_server_take(struct gss_server *server, const void *token, size_t size,
                     gss_buffer_t answer);
void gss_server_fini(struct gss_server *server);

/** Open a part as the client sealed it: length, token, ciphertext. @param plain  of at least
 *  @p size bytes. @return the plain bytes, -1 when it is refused */
long gss_server_unseal(struct gss_server *server, const char *part, size_t size, char *plain);
/** Seal as SSPI does: with gss_wrap_iov, no trailer. @param part  of at least size + 256 bytes */
size_t gss_server_seal(struct gss_server *server, const char *plain, size_t size, char *part);

#endif
