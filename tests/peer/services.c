/* Peer_Service: methods with effects that show, and methods that fail or take their time. */
#include <string.h>

#include "channel.h"
#include "chat.h"
#include "notes.h"
#include "store.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const service_ns[] = {"root/cimv2", "root/dcim", NULL};

static const struct peer_prop service_props[] = {
    {"Name", PT_STRING, PP_KEY, NULL, NULL},
    {"State", PT_STRING, 0, NULL, "Running or Stopped"},
    {"Started", PT_BOOLEAN, 0, NULL, NULL},
    {"StartCount", PT_UINT32, 0, NULL, "How often Start has changed something"},
    {"CallCount", PT_UINT32, 0, NULL, "Calls of Ping, Describe and Slow"},
};

static const struct peer_prop fail_params[] = {
    {"Result", PT_UINT32, PP_IN, NULL, "The MI_Result to fail with"},
};
static const struct peer_method service_methods[] = {
    {"Start", PT_UINT32, 0, NULL, 0},
    {"Stop", PT_UINT32, 0, NULL, 0},
    {"Describe", PT_STRING, 0, NULL, 0},
    {"Ping", PT_UINT32, 0, NULL, 0},
    {"Slow", PT_UINT32, 0, NULL, 0},
    {"Fail", PT_UINT32, PP_STATIC, fail_params, COUNT(fail_params)},
    {"ResetAll", PT_UINT32, PP_STATIC, NULL, 0},
    {"Unfinished", PT_UINT32, PP_STATIC, NULL, 0},
    PEER_CHAT_METHODS,
};

static void service_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                         struct peer_arena *arena, struct peer_sink *sink)
{
    for (size_t i = 0; i < PEER_SERVICES; i++) {
        struct peer_service service = peer_service_at(peer, i);
        struct peer_instance *inst = peer_instance_new(arena, cls, ns);

        peer_set(arena, inst, "Name", service.name);
        peer_set(arena, inst, "State", service.running ? "Running" : "Stopped");
        peer_set_bool(arena, inst, "Started", service.running);
        peer_set_u64(arena, inst, "StartCount", service.starts);
        peer_set_u64(arena, inst, "CallCount", service.calls);
        sink->emit(sink, inst);
    }
}

static size_t self_index(const struct peer_invocation *inv)
{
    return peer_service_find(peer_self_text(inv, "Name"));
}

/* 0, or 10 and 6 if it was so already, as Win32_Service says it. */
enum peer_fault peer_service_start(struct peer_invocation *inv)
{
    peer_return(inv, peer_service_switch(inv->call->peer, self_index(inv), true) ? "0" : "10");
    return FAULT_NONE;
}

enum peer_fault peer_service_stop(struct peer_invocation *inv)
{
    peer_return(inv, peer_service_switch(inv->call->peer, self_index(inv), false) ? "0" : "6");
    return FAULT_NONE;
}

enum peer_fault peer_service_describe(struct peer_invocation *inv)
{
    peer_service_called(inv->call->peer, self_index(inv));
    peer_return(inv, peer_fmt(inv->arena, "%s is %s", peer_self_text(inv, "Name"),
                              peer_self_text(inv, "State")));
    return FAULT_NONE;
}

enum peer_fault peer_service_ping(struct peer_invocation *inv)
{
    peer_service_called(inv->call->peer, self_index(inv));
    peer_return(inv, "0");
    return FAULT_NONE;
}

enum peer_fault peer_service_slow(struct peer_invocation *inv)
{
    struct peer_channel *channel = peer_channel_open(inv->call);
    enum peer_fault fault;

    peer_service_called(inv->call->peer, self_index(inv));
    fault = peer_channel_take_time(channel, inv->call->peer->config.slow_ms);
    peer_channel_close(channel);
    peer_return(inv, "0");
    return fault;
}

enum peer_fault peer_service_fail(struct peer_invocation *inv)
{
    static const struct {
        uint64_t result;
        enum peer_fault fault;
    } faults[] = {
        {2, FAULT_ACCESS_DENIED}, {4, FAULT_METHOD_PARAMS}, {6, FAULT_NOT_FOUND},
        {7, FAULT_NOT_CAPABLE},   {27, FAULT_QUOTA},
    };
    uint64_t result = peer_in_u64(inv, "Result", 1);

    if (result == 0) {
        peer_return(inv, "0");
        return FAULT_NONE;
    }
    for (size_t i = 0; i < COUNT(faults); i++) {
        if (faults[i].result == result) {
            return faults[i].fault;
        }
    }
    inv->call->why = "The service failed as it was told to.";
    return FAULT_FAILED;
}

enum peer_fault peer_service_reset_all(struct peer_invocation *inv)
{
    peer_store_reset(inv->call->peer->store);
    peer_return(inv, "0");
    return FAULT_NONE;
}

static const struct peer_provider service_provider = {service_list, NULL};

const struct peer_class *peer_service_classes(size_t *count)
{
    static const struct peer_class classes[] = {
        {.name = "Peer_Service",
         .props = service_props,
         .prop_count = COUNT(service_props),
         .methods = service_methods,
         .method_count = COUNT(service_methods),
         .provider = &service_provider,
         .namespaces = service_ns,
         .text = "Three services to start, stop and talk to"},
    };

    *count = COUNT(classes);
    return classes;
}
