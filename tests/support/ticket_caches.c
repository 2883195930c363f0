#include "ticket_caches.h"

#include <dlfcn.h>
#include <krb5.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "mic_test.h"

#define CACHES_MAX 4096

#ifdef KRB5_KRB5_H_INCLUDED /* MIT's header, not Heimdal's */
#    define TICKET_KEY(ticket)      ((ticket).keyblock.contents)
#    define TICKET_KEY_SIZE(ticket) ((ticket).keyblock.length)
#else
#    define TICKET_KEY(ticket)      ((ticket).session.keyvalue.data)
#    define TICKET_KEY_SIZE(ticket) ((ticket).session.keyvalue.length)
#endif

typedef krb5_error_code maker(krb5_context context, const char *type, const char *hint,
                              krb5_ccache *cache);

static struct {
    pthread_mutex_t lock;
    unsigned count;
    char names[CACHES_MAX][40];
} made = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* In front of libkrb5's own, for the libraries too. */
__attribute__((visibility("default"))) krb5_error_code
krb5_cc_new_unique(krb5_context context, const char *type, const char *hint, krb5_ccache *cache)
{
    maker *real;
    void *symbol = dlsym(RTLD_NEXT, "krb5_cc_new_unique");
    krb5_error_code code;

    memcpy(&real, &symbol, sizeof(real));
    code = real(context, type, hint, cache);
    if (code == 0 && strcmp(type, "MEMORY") == 0) {
        pthread_mutex_lock(&made.lock);
        if (made.count < CACHES_MAX) {
            (void)snprintf(made.names[made.count++], sizeof(made.names[0]), "MEMORY:%s",
                           krb5_cc_get_name(context, *cache));
        }
        pthread_mutex_unlock(&made.lock);
    }
    return code;
}

void ticket_caches_watch(void)
{
    pthread_mutex_lock(&made.lock);
    made.count = 0;
    pthread_mutex_unlock(&made.lock);
}

unsigned ticket_caches_made(void)
{
    unsigned count;

    pthread_mutex_lock(&made.lock);
    count = made.count;
    pthread_mutex_unlock(&made.lock);
    return count;
}

static unsigned read_cache(krb5_context context, krb5_ccache cache,
                           void (*take)(const void *key, size_t size, void *context),
                           void *argument)
{
    krb5_cc_cursor cursor;
    krb5_creds ticket;
    unsigned count = 0;

    if (krb5_cc_start_seq_get(context, cache, &cursor) != 0) {
        return 0;
    }
    while (krb5_cc_next_cred(context, cache, &cursor, &ticket) == 0) {
        count++;
        if (take != NULL) {
            take(TICKET_KEY(ticket), TICKET_KEY_SIZE(ticket), argument);
        }
        krb5_free_cred_contents(context, &ticket);
    }
    krb5_cc_end_seq_get(context, cache, &cursor);
    return count;
}

static unsigned read_all(void (*take)(const void *key, size_t size, void *context), void *argument)
{
    krb5_context context;
    krb5_ccache cache;
    unsigned left = 0;

    MIC_REQUIRE(krb5_init_context(&context) == 0);
    for (unsigned i = 0; i < made.count; i++) {
        if (krb5_cc_resolve(context, made.names[i], &cache) != 0) {
            continue;
        }
        if (read_cache(context, cache, take, argument) > 0) {
            left++;
            krb5_cc_close(context, cache);
        } else {
            /* Resolving made it. Heimdal names such caches by addresses and cannot make one of a
             * name that is still there. */
            krb5_cc_destroy(context, cache);
        }
    }
    krb5_free_context(context);
    return left;
}

unsigned ticket_caches_left(void)
{
    return read_all(NULL, NULL);
}

void ticket_caches_each_key(void (*take)(const void *key, size_t size, void *context),
                            void *context)
{
    (void)read_all(take, context);
}
