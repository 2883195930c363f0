#include "gss_server.h"

#include <gssapi/gssapi_krb5.h>
#include <stdint.h>
#include <string.h>

/* Debian's gss-ntlmssp, which GSSAPI loads where it is installed, forgets a name when it has no
 * credentials to accept with; only the server's side here asks it. Heimdal's libraries (their names
 * are not MIT's) keep contexts that failed and error texts; what we forget shows with MIT. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:gssntlmssp.so\nleak:libgssapi.so.3\nleak:libkrb5.so.26\n";
}

static void take_delegated(struct gss_server *server, gss_cred_id_t credential)
{
    gss_buffer_desc text = {0, NULL};
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 minor, seconds = 0;

    if (credential == GSS_C_NO_CREDENTIAL) {
        return;
    }
    if (gss_inquire_cred(&minor, credential, &name, &seconds, NULL, NULL) == GSS_S_COMPLETE &&
        seconds > 0 && gss_display_name(&minor, name, &text, NULL) == GSS_S_COMPLETE &&
        text.length < sizeof(server->delegated)) {
        memcpy(server->delegated, text.value, text.length);
        server->delegated[text.length] = '\0';
    }
    gss_release_buffer(&minor, &text);
    gss_release_name(&minor, &name);
    gss_release_cred(&minor, &credential);
}

bool gss_server_take(struct gss_server *server, const void *token, size_t size, gss_buffer_t answer)
{
    gss_buffer_desc input = {size, (void *)(uintptr_t)token};
    struct gss_channel_bindings_struct bindings = {0};
    gss_name_t client = GSS_C_NO_NAME;
    gss_cred_id_t delegated = GSS_C_NO_CREDENTIAL;
    OM_uint32 major, minor;

    if (server->binding != NULL) {
        bindings.application_data.length = strlen(server->binding);
        bindings.application_data.value = (void *)(uintptr_t)server->binding;
    }
    answer->length = 0;
    answer->value = NULL;
    major = gss_accept_sec_context(&minor, &server->context, GSS_C_NO_CREDENTIAL, &input,
                                   server->binding != NULL ? &bindings : GSS_C_NO_CHANNEL_BINDINGS,
                                   &client, NULL, answer, &server->flags, NULL, &delegated);
    if (major == GSS_S_COMPLETE) {
        gss_buffer_desc name = {0, NULL};

        server->is_complete = true;
        if (gss_display_name(&minor, client, &name, NULL) == GSS_S_COMPLETE &&
            name.length < sizeof(server->client)) {
            memcpy(server->client, name.value, name.length);
            server->client[name.length] = '\0';
        }
        gss_release_buffer(&minor, &name);
    }
    gss_release_name(&minor, &client);
    take_delegated(server, delegated);
    return !GSS_ERROR(major);
}

void gss_server_fini(struct gss_server *server)
{
    OM_uint32 minor;

    if (server->context != GSS_C_NO_CONTEXT) {
        gss_delete_sec_context(&minor, &server->context, GSS_C_NO_BUFFER);
    }
    memset(server, 0, sizeof(*server));
}

long gss_server_unseal(struct gss_server *server, const char *part, size_t size, char *plain)
{
    const unsigned char *at = (const unsigned char *)part;
    size_t header = (size_t)at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16 | (size_t)at[3] << 24;
    gss_iov_buffer_desc iov[3] = {{.type = GSS_IOV_BUFFER_TYPE_HEADER},
                                  {.type = GSS_IOV_BUFFER_TYPE_DATA},
                                  {.type = GSS_IOV_BUFFER_TYPE_PADDING}};
    OM_uint32 major, minor;
    int is_sealed = 0;

    if (size < 4 || header > size - 4) {
        return -1;
    }
    memcpy(plain, part + 4, size - 4);
    iov[0].buffer.value = plain;
    iov[0].buffer.length = header;
    iov[1].buffer.value = plain + header;
    iov[2].buffer.length = plain[0] == 0x60 ? 1 : 0; /* RC4's padding */
    iov[1].buffer.length = size - 4 - header - iov[2].buffer.length;
    iov[2].buffer.value = plain + header + iov[1].buffer.length;
    major = gss_unwrap_iov(&minor, server->context, &is_sealed, NULL, iov, 3);
    if (major != GSS_S_COMPLETE || !is_sealed) {
        return -1;
    }
    memmove(plain, iov[1].buffer.value, iov[1].buffer.length);
    return (long)iov[1].buffer.length;
}

size_t gss_server_seal(struct gss_server *server, const char *plain, size_t size, char *part)
{
    gss_iov_buffer_desc iov[3] = {
        {.type = GSS_IOV_BUFFER_TYPE_HEADER | GSS_IOV_BUFFER_FLAG_ALLOCATE},
        {.type = GSS_IOV_BUFFER_TYPE_DATA},
        {.type = GSS_IOV_BUFFER_TYPE_PADDING | GSS_IOV_BUFFER_FLAG_ALLOCATE}};
    OM_uint32 minor;
    size_t used = 4;
    int is_sealed = 0;
    char text[70000];

    if (size > sizeof(text)) {
        return 0;
    }
    memcpy(text, plain, size);
    iov[1].buffer.value = text;
    iov[1].buffer.length = size;
    if (gss_wrap_iov(&minor, server->context, 1, GSS_C_QOP_DEFAULT, &is_sealed, iov, 3) !=
            GSS_S_COMPLETE ||
        !is_sealed) {
        return 0;
    }
    for (unsigned i = 0; i < 4; i++) {
        part[i] = (char)(iov[0].buffer.length >> (8 * i) & 0xff);
    }
    for (unsigned i = 0; i < 3; i++) {
        if (iov[i].buffer.length > 0) {
            memcpy(part + used, iov[i].buffer.value, iov[i].buffer.length);
            used += iov[i].buffer.length;
        }
    }
    gss_release_iov_buffer(&minor, iov, 3);
    return used;
}
