#include <string.h>

#include "cli/connect.h"
#include "cli/drain.h"
#include "cli/failure.h"
#include "cli/text.h"

/* One function per option, so that a refusal names the option. */

static MI_Result set_bookmark(const struct arguments *arguments,
                              MI_SubscriptionDeliveryOptions *delivery)
{
    const MI_Char *bookmark;
    MI_Result result;

    if (arguments->bookmark == NULL) {
        return MI_RESULT_OK;
    }
    if (strcmp(arguments->bookmark, "oldest") == 0) {
        return MI_SubscriptionDeliveryOptions_SetBookmark(delivery, MI_SUBSCRIBE_BOOKMARK_OLDEST);
    }
    if (strcmp(arguments->bookmark, "newest") == 0) {
        return MI_SubscriptionDeliveryOptions_SetBookmark(delivery, MI_SUBSCRIBE_BOOKMARK_NEWEST);
    }
    bookmark = text_to_mi(arguments->bookmark);
    result = MI_SubscriptionDeliveryOptions_SetBookmark(delivery, bookmark);
    text_release_mi(bookmark, arguments->bookmark);
    return result;
}

/* The server sends bookmarks only to who gives one. */
static MI_Result set_print_bookmarks(const struct arguments *arguments,
                                     MI_SubscriptionDeliveryOptions *delivery)
{
    return !arguments->print_bookmarks || arguments->bookmark != NULL
               ? MI_RESULT_OK
               : MI_SubscriptionDeliveryOptions_SetBookmark(delivery, MI_SUBSCRIBE_BOOKMARK_NEWEST);
}

static MI_Result set_expires(const struct arguments *arguments,
                             MI_SubscriptionDeliveryOptions *delivery)
{
    MI_Datetime end;

    memset(&end, 0, sizeof(end));
    end.u.interval = interval_of(arguments->expires);
    return arguments->expires <= 0
               ? MI_RESULT_OK
               : MI_SubscriptionDeliveryOptions_SetExpirationTime(delivery, &end);
}

static MI_Result set_heartbeat(const struct arguments *arguments,
                               MI_SubscriptionDeliveryOptions *delivery)
{
    MI_Interval interval = interval_of(arguments->heartbeat);

    return arguments->heartbeat <= 0
               ? MI_RESULT_OK
               : MI_SubscriptionDeliveryOptions_SetHeartbeatInterval(delivery, &interval);
}

static const struct {
    const char *option;
    MI_Result (*set)(const struct arguments *arguments, MI_SubscriptionDeliveryOptions *delivery);
} setters[] = {
    {"--bookmark", set_bookmark},
    {"--print-bookmarks", set_print_bookmarks},
    {"--expires", set_expires},
    {"--heartbeat", set_heartbeat},
};

static int make_delivery(struct connection *connection, MI_SubscriptionDeliveryOptions *out)
{
    MI_Result result = MI_Application_NewSubscriptionDeliveryOptions(
        &connection->application, MI_SubscriptionDeliveryType_Pull, out);

    if (result != MI_RESULT_OK) {
        return failure_report("subscribe", result, NULL, NULL);
    }
    for (size_t i = 0; i < sizeof(setters) / sizeof(setters[0]); i++) {
        result = setters[i].set(connection->arguments, out);
        if (result != MI_RESULT_OK) {
            return failure_report(setters[i].option, result, NULL, NULL);
        }
    }
    return -1;
}

static int subscribe(struct connection *connection, MI_SubscriptionDeliveryOptions *delivery,
                     struct output *output)
{
    static const struct printing printing = {.usual = OUTPUT_JSONL, .is_live = true};
    const struct arguments *arguments = connection->arguments;
    const char *dialect = arguments->dialect != NULL ? arguments->dialect : "WQL";
    const char *query = arguments->operands.at[0];
    const MI_Char *mi_dialect = text_to_mi(dialect), *mi_query = text_to_mi(query);
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_Subscribe(&connection->session, connection->flags, NULL, connection->name_space,
                         mi_dialect, mi_query, delivery, NULL, &operation);
    text_release_mi(mi_dialect, dialect);
    text_release_mi(mi_query, query);
    return drain_indications(&operation, arguments, &printing, "subscribe", output);
}

static int run(const struct arguments *arguments, struct output *output)
{
    MI_SubscriptionDeliveryOptions delivery;
    struct connection connection;
    int status = connection_open(arguments, &connection);

    if (status >= 0) {
        return status;
    }
    memset(&delivery, 0, sizeof(delivery));
    status = make_delivery(&connection, &delivery);
    if (status < 0) {
        status = subscribe(&connection, &delivery, output);
    }
    if (delivery.ft != NULL) {
        (void)MI_SubscriptionDeliveryOptions_Delete(&delivery);
    }
    connection_close(&connection);
    return status;
}

const struct verb verb_subscribe = {
    .name = "subscribe",
    .operands = "WQL",
    .summary = "The indications that a query selects, each as it comes, until Ctrl-C.",
    .examples = "  mi subscribe \"SELECT * FROM Win32_ProcessStartTrace\" --count 1 -H server\n",
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
