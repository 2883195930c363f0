/* Classes of events. */
#include "model.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const alert_ns[] = {"root/cimv2", "root/dcim", "root/test", NULL};

static const struct peer_prop alert_props[] = {
    {"Sequence", PT_UINT64, 0, NULL, "Counts the alerts since the start or a reset"},
    {"Message", PT_STRING, 0, NULL, NULL},
    {"Severity", PT_UINT16, 0, NULL, NULL},
    {"FiredAt", PT_DATETIME, 0, NULL, NULL},
    {"Details", PT_STRING, PP_ARRAY, NULL, NULL},
};
static const struct peer_prop event_props[] = {
    {"SECURITY_DESCRIPTOR", PT_UINT8, PP_ARRAY, NULL, NULL},
    {"TIME_CREATED", PT_UINT64, 0, NULL, "Units of 100 ns since 1601"},
    {"TargetInstance", PT_INSTANCE, 0, NULL, "What happened to it"},
};
static const struct peer_prop change_props[] = {
    {"PreviousInstance", PT_INSTANCE, 0, NULL, "What it was before"},
};

static void nothing(struct peer *peer, const struct peer_class *cls, const char *ns,
                    struct peer_arena *arena, struct peer_sink *sink)
{
    (void)peer;
    (void)cls;
    (void)ns;
    (void)arena;
    (void)sink;
}

static const struct peer_provider no_provider = {nothing, NULL};

#define EVENT(class_name, table, its_count, parent, description)                                   \
    {                                                                                              \
        .name = (class_name), .super = (parent), .props = (table), .prop_count = (its_count),      \
        .provider = &no_provider, .namespaces = alert_ns, .flags = PC_INDICATION,                  \
        .text = (description)                                                                      \
    }
#define OPERATION                                                                                  \
    EVENT("__InstanceOperationEvent", event_props, COUNT(event_props), NULL,                       \
          "Something happened to an instance")

static const struct peer_class operation_class = OPERATION;

const struct peer_class *peer_alert_classes(size_t *count)
{
    static const struct peer_class classes[] = {
        EVENT("Peer_Alert", alert_props, COUNT(alert_props), NULL, "Fired on demand"),
        OPERATION,
        EVENT("__InstanceCreationEvent", NULL, 0, &operation_class, "A note was created"),
        EVENT("__InstanceDeletionEvent", NULL, 0, &operation_class, "A note was deleted"),
        EVENT("__InstanceModificationEvent", change_props, COUNT(change_props), &operation_class,
              "A note was changed"),
    };

    *count = COUNT(classes);
    return classes;
}
