/** Names of elements and attributes as numbers; the list is xml_names.def. */
#ifndef MIC_XML_NAMES_H
#define MIC_XML_NAMES_H

#include "base/str.h"

enum mic_xml_ns {
#define MIC_NS(name, prefix, uri) MIC_XNS_##name,
#include "xml/xml_names.def"
    MIC_XNS_UNKNOWN
};

enum mic_xml_token {
    MIC_XN_UNKNOWN, /* a name that is not in the list: keeps its text only */
#define MIC_NAME(name, ns, local) MIC_XN_##name,
#include "xml/xml_names.def"
    MIC_XN_COUNT
};

/** @return MIC_XNS_UNKNOWN for a URI that is none of ours. */
enum mic_xml_ns mic_xml_ns_find(struct mic_str uri);
const char *mic_xml_ns_prefix(enum mic_xml_ns ns);
const char *mic_xml_ns_uri(enum mic_xml_ns ns);
/** Exact match first; then, among the namespaces of the protocol itself, by local name alone, since
 *  some servers put elements into a neighbouring one (Items in w or n). */
enum mic_xml_token mic_xml_token_find(enum mic_xml_ns ns, struct mic_str local);
enum mic_xml_ns mic_xml_token_ns(enum mic_xml_token token);
struct mic_str mic_xml_token_local(enum mic_xml_token token);

#endif
