#include "proxy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gssapi/gssapi.h>
#include <openssl/evp.h>

struct gss {
    gss_ctx_id_t context;
};

/* NTLM_USER_FILE of gss-ntlmssp: DOMAIN:USER:PASSWORD, a line for each. */
bool gss_start(const struct proxy *proxy, char path[64])
{
    FILE *file;
    int fd;

    snprintf(path, 64, "/tmp/mi-proxy-users-XXXXXX");
    fd = mkstemp(path);
    file = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (file == NULL) {
        return false;
    }
    for (unsigned i = 0; i < proxy->user_count; i++) {
        fprintf(file, "PROXY:%s:%s\n", proxy->users[i].name, proxy->users[i].password);
    }
    fclose(file);
    return setenv("NTLM_USER_FILE", path, 1) == 0;
}

/* Without the domain, whatever side it is on. */
static void take_name(gss_name_t name, char user[NAME_SIZE])
{
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor;

    if (gss_display_name(&minor, name, &text, NULL) == GSS_S_COMPLETE) {
        const char *from = text.value;
        const char *backslash = memchr(from, '\\', text.length);
        size_t skipped = backslash != NULL ? (size_t)(backslash + 1 - from) : 0;

        snprintf(user, NAME_SIZE, "%.*s", (int)(text.length - skipped), from + skipped);
        user[strcspn(user, "@")] = '\0';
    }
    gss_release_buffer(&minor, &text);
}

static enum verdict accept_token(struct gss *gss, gss_buffer_t token, char *answer, size_t size,
                                 char user[NAME_SIZE])
{
    gss_buffer_desc out = GSS_C_EMPTY_BUFFER;
    gss_name_t name = GSS_C_NO_NAME;
    enum verdict verdict = LOGON_REFUSED;
    OM_uint32 minor, flags;
    OM_uint32 major =
        gss_accept_sec_context(&minor, &gss->context, GSS_C_NO_CREDENTIAL, token,
                               GSS_C_NO_CHANNEL_BINDINGS, &name, NULL, &out, &flags, NULL, NULL);

    answer[0] = '\0';
    if (!GSS_ERROR(major) && out.length * 2 + 8 < size) {
        EVP_EncodeBlock((unsigned char *)answer, out.value, (int)out.length);
        verdict = (major & GSS_S_CONTINUE_NEEDED) != 0 ? LOGON_GO_ON : LOGON_DONE;
    }
    if (verdict == LOGON_DONE) {
        take_name(name, user);
    }
    gss_release_buffer(&minor, &out);
    gss_release_name(&minor, &name);
    return verdict;
}

enum verdict gss_take(struct gss **gss, const char *text, char *answer, size_t size,
                      char user[NAME_SIZE])
{
    size_t length = strlen(text);
    unsigned char *raw = malloc(length + 4);
    enum verdict verdict = LOGON_REFUSED;
    gss_buffer_desc token;
    int got = EVP_DecodeBlock(raw, (const unsigned char *)text, (int)length);

    answer[0] = '\0';
    if (*gss == NULL) {
        *gss = calloc(1, sizeof(**gss));
        (*gss)->context = GSS_C_NO_CONTEXT;
    }
    if (got > 0) {
        while (length > 0 && text[length - 1] == '=') {
            got--;
            length--;
        }
        token.length = (size_t)got;
        token.value = raw;
        verdict = accept_token(*gss, &token, answer, size, user);
    }
    free(raw);
    return verdict;
}

void gss_end(struct gss *gss)
{
    OM_uint32 minor;

    if (gss != NULL) {
        if (gss->context != GSS_C_NO_CONTEXT) {
            gss_delete_sec_context(&minor, &gss->context, GSS_C_NO_BUFFER);
        }
        free(gss);
    }
}
