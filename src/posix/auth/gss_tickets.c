/* The tickets of a user who gave a password, kept for all connections of a session. One logon at a
 * time asks the KDC: the others wait, and find its tickets, or its failure: a wrong password counts
 * once. What runs meanwhile is the logon's first step, on the blocking pool. */
#include <pthread.h>

#include "auth/gss_parts.h"
#include "base/mem.h"

/* A ticket that ends within this time is not begun with. */
#define FRESH_SECONDS 60

struct mic_gss_ticket {
    unsigned references; /* with the lock of its tickets held */
    gss_cred_id_t credential;
    struct mic_gss_cache *cache; /* what that rests on */
};

struct mic_gss_tickets {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned references;
    bool is_busy, is_closed;
    unsigned long tries;           /* that came to an end */
    struct mic_gss_ticket *ticket; /* NULL: there is none that is good */
    bool has_failed, is_final;     /* the last try, and how */
    struct mic_err failure;
};

struct mic_gss_tickets *mic_gss_tickets_new(void)
{
    struct mic_gss_tickets *tickets = mic_calloc(1, sizeof(*tickets));

    if (tickets != NULL) {
        tickets->references = 1;
        pthread_mutex_init(&tickets->lock, NULL);
        pthread_cond_init(&tickets->changed, NULL);
    }
    return tickets;
}

/* With the lock held. @return what is to be released without it */
static struct mic_gss_ticket *ticket_unref(struct mic_gss_ticket **place)
{
    struct mic_gss_ticket *ticket = *place;

    *place = NULL;
    return ticket != NULL && --ticket->references == 0 ? ticket : NULL;
}

static void release(struct mic_gss_ticket *ticket)
{
    OM_uint32 minor;

    if (ticket != NULL) {
        gss_release_cred(&minor, &ticket->credential);
        mic_gss_cache_free(ticket->cache);
        mic_free(ticket);
    }
}

/* With the lock held, which it gives up. */
static void unref_and_unlock(struct mic_gss_tickets *tickets)
{
    bool is_last = --tickets->references == 0;
    struct mic_gss_ticket *ticket =
        is_last || tickets->is_closed ? ticket_unref(&tickets->ticket) : NULL;

    pthread_mutex_unlock(&tickets->lock);
    release(ticket);
    if (is_last) {
        pthread_cond_destroy(&tickets->changed);
        pthread_mutex_destroy(&tickets->lock);
        mic_free(tickets);
    }
}

void mic_gss_tickets_close(struct mic_gss_tickets *tickets)
{
    if (tickets == NULL) {
        return;
    }
    pthread_mutex_lock(&tickets->lock);
    tickets->is_closed = true;
    pthread_cond_broadcast(&tickets->changed);
    unref_and_unlock(tickets);
}

void mic_gss_tickets_join(struct mic_gss *gss, struct mic_gss_tickets *tickets)
{
    pthread_mutex_lock(&tickets->lock);
    tickets->references++;
    pthread_mutex_unlock(&tickets->lock);
    gss->tickets = tickets;
}

static void use_ticket(struct mic_gss *gss, struct mic_gss_ticket *ticket)
{
    gss->ticket = ticket;
    gss->credential = ticket != NULL ? ticket->credential : GSS_C_NO_CREDENTIAL;
    if (ticket != NULL) {
        ticket->references++;
    }
}

MI_Result mic_gss_tickets_enter(struct mic_gss *gss, struct mic_err *err)
{
    struct mic_gss_tickets *tickets = gss->tickets;
    unsigned long seen;
    MI_Result result = MI_RESULT_OK;

    pthread_mutex_lock(&tickets->lock);
    seen = tickets->tries;
    while (tickets->is_busy && !tickets->is_closed) {
        pthread_cond_wait(&tickets->changed, &tickets->lock);
    }
    if (tickets->is_closed) {
        result = mic_err_set(err, MIC_E_CANCELLED, "the session was closed");
    } else if (tickets->tries != seen && tickets->has_failed) { /* meanwhile */
        *err = tickets->failure;
        gss->is_final = tickets->is_final;
        result = err->result;
    } else {
        tickets->is_busy = true;
        use_ticket(gss, tickets->ticket);
    }
    pthread_mutex_unlock(&tickets->lock);
    if (result == MI_RESULT_OK && gss->ticket != NULL && !mic_gss_is_fresh(gss->credential)) {
        mic_gss_tickets_drop(gss);
    }
    return result;
}

bool mic_gss_is_fresh(gss_cred_id_t credential)
{
    OM_uint32 minor, seconds = 0;

    return gss_inquire_cred(&minor, credential, NULL, &seconds, NULL, NULL) == GSS_S_COMPLETE &&
           seconds > FRESH_SECONDS;
}

/* The one just got, in @p gss, for all. Without memory it is this logon's alone. */
static void keep(struct mic_gss *gss)
{
    struct mic_gss_ticket *ticket = mic_calloc(1, sizeof(*ticket));

    if (ticket != NULL) {
        ticket->credential = gss->credential;
        ticket->cache = gss->cache;
        gss->cache = NULL;
        use_ticket(gss, ticket); /* and the reference of the tickets */
        ticket->references++;
        gss->tickets->ticket = ticket;
    }
}

void mic_gss_tickets_leave(struct mic_gss *gss, MI_Result result, const struct mic_err *err)
{
    struct mic_gss_tickets *tickets = gss->tickets;

    pthread_mutex_lock(&tickets->lock);
    if (gss->credential != GSS_C_NO_CREDENTIAL && gss->ticket == NULL && tickets->ticket == NULL &&
        !tickets->is_closed) {
        keep(gss);
    }
    tickets->has_failed = result != MI_RESULT_OK && err->code != MIC_E_MEMORY;
    if (tickets->has_failed) {
        tickets->failure = *err;
        tickets->is_final = gss->is_final;
    }
    tickets->tries++;
    tickets->is_busy = false;
    pthread_cond_broadcast(&tickets->changed);
    pthread_mutex_unlock(&tickets->lock);
}

/* A copy of it may still be in use by another logon. */
void mic_gss_tickets_drop(struct mic_gss *gss)
{
    struct mic_gss_tickets *tickets = gss->tickets;
    struct mic_gss_ticket *mine, *shared = NULL;

    pthread_mutex_lock(&tickets->lock);
    if (tickets->ticket != NULL && tickets->ticket == gss->ticket) {
        shared = ticket_unref(&tickets->ticket);
    }
    mine = ticket_unref(&gss->ticket);
    gss->credential = GSS_C_NO_CREDENTIAL;
    pthread_mutex_unlock(&tickets->lock);
    release(shared);
    release(mine);
}

void mic_gss_tickets_forget(struct mic_gss *gss)
{
    struct mic_gss_ticket *mine;

    pthread_mutex_lock(&gss->tickets->lock);
    mine = ticket_unref(&gss->ticket);
    gss->credential = GSS_C_NO_CREDENTIAL;
    pthread_mutex_unlock(&gss->tickets->lock);
    release(mine);
}

void mic_gss_tickets_part(struct mic_gss *gss)
{
    pthread_mutex_lock(&gss->tickets->lock);
    unref_and_unlock(gss->tickets);
    gss->tickets = NULL;
}
