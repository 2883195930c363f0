#include "http/resolve.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"

struct mic_lookup {
    struct mic_work work;
    mic_lookup_done *done;
    void *context;
    struct addrinfo *list;
    int status, error_number;
    uint16_t port;
    char host[];
};

static int resolve(const char *host, uint16_t port, int flags, struct addrinfo **list)
{
    struct addrinfo hints;
    char service[8];

    memset(&hints, 0, sizeof(hints));
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    (void)snprintf(service, sizeof(service), "%u", (unsigned)port);
    return getaddrinfo(host, service, &hints, list);
}

struct addrinfo *mic_resolve_numeric(const char *host, uint16_t port)
{
    struct addrinfo *list = NULL;

    return resolve(host, port, AI_NUMERICHOST, &list) == 0 ? list : NULL;
}

static void lookup_free(struct mic_lookup *lookup)
{
    if (lookup->list != NULL) {
        freeaddrinfo(lookup->list);
    }
    mic_free(lookup);
}

static void lookup_run(void *context)
{
    struct mic_lookup *lookup = context;

    errno = 0;
    lookup->status = resolve(lookup->host, lookup->port, 0, &lookup->list);
    lookup->error_number = errno;
    if (lookup->status != 0) {
        lookup->list = NULL;
    }
}

static void lookup_drop(void *context)
{
    lookup_free(context);
}

static void lookup_done(void *context, bool cancelled)
{
    struct mic_lookup *lookup = context;
    struct addrinfo *list = lookup->list;
    struct mic_err err;

    if (!cancelled && list != NULL) {
        lookup->list = NULL;
        lookup->done(lookup->context, list, NULL);
    } else if (!cancelled) {
        mic_err_init(&err);
        if (lookup->status == EAI_SYSTEM) {
            mic_err_set_errno(&err, MIC_E_RESOLVE, lookup->error_number,
                              "cannot resolve the name \"%s\"", lookup->host);
        } else {
            mic_err_set(&err, MIC_E_RESOLVE, "cannot resolve the name \"%s\": %s", lookup->host,
                        gai_strerror(lookup->status));
        }
        lookup->done(lookup->context, NULL, &err);
    }
    lookup_free(lookup);
}

struct mic_lookup *mic_lookup_start(struct mic_workpool *workpool, const char *host, uint16_t port,
                                    mic_lookup_done *done, void *context, struct mic_err *err)
{
    size_t size = strlen(host) + 1;
    struct mic_lookup *lookup = mic_calloc(1, sizeof(*lookup) + size);

    if (lookup == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a name lookup");
        return NULL;
    }
    lookup->work.run = lookup_run;
    lookup->work.done = lookup_done;
    lookup->work.drop = lookup_drop;
    lookup->work.context = lookup;
    lookup->done = done;
    lookup->context = context;
    lookup->port = port;
    memcpy(lookup->host, host, size);
    if (mic_workpool_run(workpool, &lookup->work, err) != MI_RESULT_OK) {
        lookup_free(lookup);
        return NULL;
    }
    return lookup;
}

void mic_lookup_cancel(struct mic_lookup *lookup)
{
    mic_work_cancel(&lookup->work);
}
