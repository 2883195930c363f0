#include <stdio.h>
#include <string.h>

#include "wsman/dialogue.h"

struct status_row {
    unsigned first, last;
    enum mic_err_code code;
    const char *meaning;
};

static const struct status_row rows[] = {
    {301, 308, MIC_E_HTTP_REDIRECT, "it redirects to another address"},
    {400, 400, MIC_E_HTTP_BAD_REQUEST, "bad request"},
    {401, 401, MIC_E_LOGON, "the logon was refused"},
    {403, 403, MIC_E_ACCESS_DENIED, "forbidden"},
    {404, 404, MIC_E_HTTP_NOT_FOUND, "not found"},
    {407, 407, MIC_E_PROXY_LOGON, "a proxy on the way wants a logon"},
    {413, 413, MIC_E_HTTP_TOO_LARGE, "the request is too large"},
    {503, 503, MIC_E_HTTP_UNAVAILABLE, "the service is not available"},
};

static const struct status_row *find(unsigned status)
{
    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        if (status >= rows[i].first && status <= rows[i].last) {
            return &rows[i];
        }
    }
    return NULL;
}

MI_Result mic_reply_status_error(const struct mic_reply *reply, struct mic_err *err)
{
    const struct status_row *row = find(reply->status);
    bool is_success = reply->status >= 200 && reply->status < 300;
    enum mic_err_code code = row != NULL  ? row->code
                             : is_success ? MIC_E_PROTOCOL
                                          : MIC_E_HTTP_STATUS;
    const char *type = reply->content_type[0] != '\0' ? reply->content_type : "none";
    char start[sizeof(reply->start) * 2];
    MI_Result result;

    mic_err_quote((struct mic_str){reply->start, reply->start_size}, start, sizeof(start));
    if (start[0] != '\0') {
        result = mic_err_set(err, code,
                             "the server answered with HTTP status %u%s%s and no SOAP envelope "
                             "(content type %s): \"%s\"",
                             reply->status, row != NULL ? ", " : "",
                             row != NULL ? row->meaning : "", type, start);
    } else {
        result = mic_err_set(err, code,
                             "the server answered with HTTP status %u%s%s and no SOAP envelope "
                             "(content type %s)",
                             reply->status, row != NULL ? ", " : "",
                             row != NULL ? row->meaning : "", type);
    }
    if (code == MIC_E_HTTP_TOO_LARGE) {
        size_t used = strlen(err->message);
        (void)snprintf(err->message + used, sizeof(err->message) - used,
                       "; the request has %zu bytes", reply->request_size);
    }
    if (code == MIC_E_PROTOCOL) {
        mic_err_remedy(err, "Check that the port and the URL prefix (default /wsman) belong to a "
                            "WS-Management service.");
    }
    err->native = reply->status;
    return result;
}

bool mic_reply_status_is_good(const struct mic_reply *reply)
{
    return reply->status == 0 || (reply->status >= 200 && reply->status < 300);
}
