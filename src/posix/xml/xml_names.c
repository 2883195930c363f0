#include "xml/xml_names.h"

#include <string.h>

struct ns_row {
    const char *prefix;
    struct mic_str uri;
};

static const struct ns_row namespaces[] = {
#define MIC_NS(name, prefix, uri) {prefix, {uri, sizeof(uri) - 1}},
#include "xml/xml_names.def"
};

struct alias_row {
    enum mic_xml_ns ns;
    struct mic_str uri;
};

static const struct alias_row aliases[] = {
#define MIC_NS_ALIAS(name, uri) {MIC_XNS_##name, {uri, sizeof(uri) - 1}},
#include "xml/xml_names.def"
};

struct name_row {
    enum mic_xml_ns ns;
    struct mic_str local;
};

static const struct name_row names[] = {
    {MIC_XNS_UNKNOWN, {"", 0}},
#define MIC_NAME(name, ns, local) {MIC_XNS_##ns, {local, sizeof(local) - 1}},
#include "xml/xml_names.def"
};

enum mic_xml_ns mic_xml_ns_find(struct mic_str uri)
{
    for (size_t i = 0; i < sizeof(namespaces) / sizeof(namespaces[0]); i++) {
        if (mic_str_equal(namespaces[i].uri, uri)) {
            return (enum mic_xml_ns)i;
        }
    }
    for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
        if (mic_str_equal(aliases[i].uri, uri)) {
            return aliases[i].ns;
        }
    }
    return MIC_XNS_UNKNOWN;
}

const char *mic_xml_ns_prefix(enum mic_xml_ns ns)
{
    return namespaces[ns].prefix;
}

const char *mic_xml_ns_uri(enum mic_xml_ns ns)
{
    return namespaces[ns].uri.data;
}

static bool is_protocol(enum mic_xml_ns ns)
{
    return ns >= MIC_XNS_S && ns <= MIC_XNS_F;
}

enum mic_xml_token mic_xml_token_find(enum mic_xml_ns ns, struct mic_str local)
{
    enum mic_xml_token neighbour = MIC_XN_UNKNOWN;

    if (ns == MIC_XNS_UNKNOWN || local.size == 0) {
        return MIC_XN_UNKNOWN;
    }
    for (size_t i = 1; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].local.size != local.size || names[i].local.data[0] != local.data[0] ||
            memcmp(names[i].local.data, local.data, local.size) != 0) {
            continue;
        }
        if (names[i].ns == ns) {
            return (enum mic_xml_token)i;
        }
        if (neighbour == MIC_XN_UNKNOWN && is_protocol(names[i].ns) && is_protocol(ns)) {
            neighbour = (enum mic_xml_token)i;
        }
    }
    return neighbour;
}

enum mic_xml_ns mic_xml_token_ns(enum mic_xml_token token)
{
    return names[token].ns;
}

struct mic_str mic_xml_token_local(enum mic_xml_token token)
{
    return names[token].local;
}
