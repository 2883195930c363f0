/* Peer_Many: as many instances of 46 properties as asked for, always the same bytes. */
#include <stdio.h>
#include <string.h>

#include "model.h"
#include "peer.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const many_ns[] = {"root/cimv2", "root/dcim", NULL};

static const struct peer_prop many_props[] = {
    {"Id", PT_UINT32, PP_KEY, NULL, NULL},
    {"Caption", PT_STRING, 0, NULL, NULL},
    {"Description", PT_STRING, 0, NULL, NULL},
    {"ElementName", PT_STRING, 0, NULL, NULL},
    {"InstanceID", PT_STRING, 0, NULL, NULL},
    {"Name", PT_STRING, 0, NULL, NULL},
    {"DisplayName", PT_STRING, 0, NULL, NULL},
    {"PathName", PT_STRING, 0, NULL, NULL},
    {"ServiceType", PT_STRING, 0, NULL, NULL},
    {"StartMode", PT_STRING, 0, NULL, NULL},
    {"StartName", PT_STRING, 0, NULL, NULL},
    {"State", PT_STRING, 0, NULL, NULL},
    {"Status", PT_STRING, 0, NULL, NULL},
    {"SystemName", PT_STRING, 0, NULL, NULL},
    {"SystemCreationClassName", PT_STRING, 0, NULL, NULL},
    {"CreationClassName", PT_STRING, 0, NULL, NULL},
    {"ErrorControl", PT_STRING, 0, NULL, NULL},
    {"Manufacturer", PT_STRING, 0, NULL, NULL},
    {"Model", PT_STRING, 0, NULL, NULL},
    {"SerialNumber", PT_STRING, 0, NULL, NULL},
    {"Location", PT_STRING, 0, NULL, NULL},
    {"Owner", PT_STRING, 0, NULL, NULL},
    {"Comment", PT_STRING, 0, NULL, NULL},
    {"LoadOrderGroup", PT_STRING, 0, NULL, NULL},
    {"OtherIdentifyingInfo", PT_STRING, 0, NULL, NULL},
    {"ProcessId", PT_UINT32, 0, NULL, NULL},
    {"ExitCode", PT_UINT32, 0, NULL, NULL},
    {"TagId", PT_UINT32, 0, NULL, NULL},
    {"WaitHint", PT_UINT32, 0, NULL, NULL},
    {"Size", PT_UINT64, 0, NULL, NULL},
    {"FreeSpace", PT_UINT64, 0, NULL, NULL},
    {"Offset", PT_SINT64, 0, NULL, NULL},
    {"Delta", PT_SINT32, 0, NULL, NULL},
    {"Level", PT_UINT8, 0, NULL, NULL},
    {"Port", PT_UINT16, 0, NULL, NULL},
    {"Zone", PT_SINT16, 0, NULL, NULL},
    {"Enabled", PT_BOOLEAN, 0, NULL, NULL},
    {"Started", PT_BOOLEAN, 0, NULL, NULL},
    {"AcceptStop", PT_BOOLEAN, 0, NULL, NULL},
    {"InstallDate", PT_DATETIME, 0, NULL, NULL},
    {"Uptime", PT_DATETIME, 0, NULL, NULL},
    {"Ratio", PT_REAL64, 0, NULL, NULL},
    {"Tags", PT_STRING, PP_ARRAY, NULL, NULL},
    {"Values", PT_UINT32, PP_ARRAY, NULL, NULL},
    {"OperationalStatus", PT_UINT16, PP_ARRAY, NULL, NULL},
    {"Missing", PT_STRING, 0, NULL, NULL},
};

_Static_assert(COUNT(many_props) == 46, "Peer_Many has exactly 46 properties");

static void many_texts(struct peer_arena *arena, struct peer_instance *inst, unsigned i)
{
    static const char *const modes[] = {"Auto", "Manual", "Disabled"};
    static const char *const states[] = {"Running", "Stopped", "Paused"};

    peer_set_at(inst, 0, peer_fmt(arena, "%u", i));
    peer_set_at(inst, 1, peer_fmt(arena, "Caption of item %u", i));
    peer_set_at(inst, 2,
                peer_fmt(arena,
                         "A longer text that describes item %u <well enough> & gives the "
                         "instance a size as met in practice.",
                         i));
    peer_set_at(inst, 3, peer_fmt(arena, "Element %u", i));
    peer_set_at(inst, 4, peer_fmt(arena, "Peer:Many:%08u", i));
    peer_set_at(inst, 5, peer_fmt(arena, "many-%u", i));
    peer_set_at(inst, 6, peer_fmt(arena, "Item \"%u\" of many", i));
    peer_set_at(inst, 7, peer_fmt(arena, "C:\\Program Files\\Peer\\item%u.exe -k run", i));
    peer_set_at(inst, 8, "Own Process");
    peer_set_at(inst, 9, modes[i % 3]);
    peer_set_at(inst, 10, "NT AUTHORITY\\LocalService");
    peer_set_at(inst, 11, states[i / 3 % 3]);
    peer_set_at(inst, 12, "OK");
    peer_set_at(inst, 13, "PEERHOST");
    peer_set_at(inst, 14, "Win32_ComputerSystem");
    peer_set_at(inst, 15, inst->cls->name);
    peer_set_at(inst, 16, "Normal");
    peer_set_at(inst, 17, "miclient test endpoint");
    peer_set_at(inst, 18, peer_fmt(arena, "M-%u", i % 100));
    peer_set_at(inst, 19, peer_fmt(arena, "SN%010u", i * 7919U));
    peer_set_at(inst, 20, peer_fmt(arena, "Rack %u, slot %u", i / 40, i % 40));
    peer_set_at(inst, 21, "G\xC3\xBCnther M\xC3\xBCller");
    peer_set_at(inst, 22, "");
    peer_set_at(inst, 23, "PlugPlay");
    peer_set_at(inst, 24, peer_fmt(arena, "{%08X-0000-4000-8000-%012X}", i, i * 31U));
}

static void many_numbers(struct peer_arena *arena, struct peer_instance *inst, unsigned i)
{
    int s = (int)(i % 1000000U);

    peer_set_at(inst, 25, peer_fmt(arena, "%u", i * 4U));
    peer_set_at(inst, 26, "0");
    peer_set_at(inst, 27, peer_fmt(arena, "%u", i % 97));
    peer_set_at(inst, 28, "30000");
    peer_set_at(inst, 29, peer_fmt(arena, "%llu", 1000003ULL * i));
    peer_set_at(inst, 30, peer_fmt(arena, "%llu", 18446744073709551615ULL - i));
    peer_set_at(inst, 31, peer_fmt(arena, "%lld", -1000003LL * s));
    peer_set_at(inst, 32, peer_fmt(arena, "%d", -s));
    peer_set_at(inst, 33, peer_fmt(arena, "%u", i % 256));
    peer_set_at(inst, 34, peer_fmt(arena, "%u", i % 65536));
    peer_set_at(inst, 35, peer_fmt(arena, "%d", s % 1440 - 720));
    peer_set_at(inst, 36, i % 2 == 0 ? "true" : "false");
    peer_set_at(inst, 37, i % 3 == 0 ? "true" : "false");
    peer_set_at(inst, 38, "true");
    peer_set_at(inst, 39,
                peer_fmt(arena, "2024%02u%02u%02u%02u%02u.%06u+060", i % 12 + 1, i % 28 + 1, i % 24,
                         i % 60, i / 60 % 60, i % 1000000));
    peer_set_at(inst, 40,
                peer_fmt(arena, "%08u%02u%02u%02u.%06u:000", i % 10000, i % 24, i % 60, i % 60,
                         i % 1000000));
    peer_set_at(inst, 41, peer_fmt(arena, "%.17g", (double)i / 7.0));
}

static void many_arrays(struct peer_arena *arena, struct peer_instance *inst, unsigned i)
{
    static const char *const tags[] = {"alpha", "beta & <gamma>", "delta"};
    static const char *const status[] = {"2", "5"};
    const char *values[4];

    for (unsigned k = 0; k < 4; k++) {
        values[k] = peer_fmt(arena, "%u", i + k);
    }
    peer_set_array(arena, inst, "Tags", i % 3 + 1, tags);
    peer_set_array(arena, inst, "Values", 4, values);
    peer_set_array(arena, inst, "OperationalStatus", 2, status);
}

static const struct peer_instance *many_make(struct peer_arena *arena, const struct peer_class *cls,
                                             const char *ns, unsigned i)
{
    struct peer_instance *inst = peer_instance_new(arena, cls, ns);

    many_texts(arena, inst, i);
    many_numbers(arena, inst, i);
    many_arrays(arena, inst, i);
    return inst;
}

static void many_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                      struct peer_arena *arena, struct peer_sink *sink)
{
    (void)arena;
    for (unsigned i = 0; i < peer->config.many; i++) {
        struct peer_arena own = {0};

        sink->emit(sink, many_make(&own, cls, ns, i));
        peer_arena_free(&own);
    }
}

static const struct peer_instance *many_get(struct peer *peer, const struct peer_class *cls,
                                            const char *ns, struct peer_arena *arena,
                                            const struct peer_selector *keys, size_t count)
{
    uint64_t id;

    if (count != 1 || keys[0].is_epr || !peer_parse_u64(keys[0].value, &id) ||
        id >= peer->config.many) {
        return NULL;
    }
    return many_make(arena, cls, ns, (unsigned)id);
}

static const struct peer_provider many_provider = {many_list, many_get};

const struct peer_class *peer_many_classes(size_t *count)
{
    static const struct peer_class classes[] = {
        {.name = "Peer_Many",
         .props = many_props,
         .prop_count = COUNT(many_props),
         .provider = &many_provider,
         .namespaces = many_ns,
         .flags = PC_CACHED,
         .text = "As many as asked for"},
    };

    *count = COUNT(classes);
    return classes;
}
