#ifndef PEER_ALLPROPS_H
#define PEER_ALLPROPS_H

/* A property or parameter of every type, scalar and array; rows of struct peer_prop tables. */
#define PEER_ALL_ROWS(flags)                                                                       \
    {"v_boolean", PT_BOOLEAN, (flags), NULL, NULL}, {"v_uint8", PT_UINT8, (flags), NULL, NULL},    \
        {"v_sint8", PT_SINT8, (flags), NULL, NULL}, {"v_uint16", PT_UINT16, (flags), NULL, NULL},  \
        {"v_sint16", PT_SINT16, (flags), NULL, NULL},                                              \
        {"v_uint32", PT_UINT32, (flags), NULL, NULL},                                              \
        {"v_sint32", PT_SINT32, (flags), NULL, NULL},                                              \
        {"v_uint64", PT_UINT64, (flags), NULL, NULL},                                              \
        {"v_sint64", PT_SINT64, (flags), NULL, NULL},                                              \
        {"v_real32", PT_REAL32, (flags), NULL, NULL},                                              \
        {"v_real64", PT_REAL64, (flags), NULL, NULL},                                              \
        {"v_char16", PT_CHAR16, (flags), NULL, NULL},                                              \
        {"v_datetime", PT_DATETIME, (flags), NULL, NULL},                                          \
        {"v_interval", PT_DATETIME, (flags), NULL, NULL},                                          \
        {"v_string", PT_STRING, (flags), NULL, NULL},                                              \
        {"v_reference", PT_REFERENCE, (flags), "Peer_Base", NULL},                                 \
        {"v_instance", PT_INSTANCE, (flags), "Peer_Embedded", NULL},                               \
        {"v_object", PT_INSTANCE, (flags), NULL, NULL},                                            \
        {"a_boolean", PT_BOOLEAN, (flags) | PP_ARRAY, NULL, NULL},                                 \
        {"a_uint8", PT_UINT8, (flags) | PP_ARRAY, NULL, NULL},                                     \
        {"a_sint8", PT_SINT8, (flags) | PP_ARRAY, NULL, NULL},                                     \
        {"a_uint16", PT_UINT16, (flags) | PP_ARRAY, NULL, NULL},                                   \
        {"a_sint16", PT_SINT16, (flags) | PP_ARRAY, NULL, NULL},                                   \
        {"a_uint32", PT_UINT32, (flags) | PP_ARRAY, NULL, NULL},                                   \
        {"a_sint32", PT_SINT32, (flags) | PP_ARRAY, NULL, NULL},                                   \
        {"a_uint64", PT_UINT64, (flags) | PP_ARRAY, NULL, NULL},                                   \
        {"a_sint64", PT_SINT64, (flags) | PP_ARRAY, NULL, NULL},                                   \
        {"a_real32", PT_REAL32, (flags) | PP_ARRAY, NULL, NULL},                                   \
        {"a_real64", PT_REAL64, (flags) | PP_ARRAY, NULL, NULL},                                   \
        {"a_char16", PT_CHAR16, (flags) | PP_ARRAY, NULL, NULL},                                   \
        {"a_datetime", PT_DATETIME, (flags) | PP_ARRAY, NULL, NULL},                               \
        {"a_interval", PT_DATETIME, (flags) | PP_ARRAY, NULL, NULL},                               \
        {"a_string", PT_STRING, (flags) | PP_ARRAY, NULL, NULL},                                   \
        {"a_reference", PT_REFERENCE, (flags) | PP_ARRAY, "Peer_Base", NULL},                      \
        {"a_instance", PT_INSTANCE, (flags) | PP_ARRAY, "Peer_Embedded", NULL},                    \
        {"a_object", PT_INSTANCE, (flags) | PP_ARRAY, NULL, NULL},                                 \
    {                                                                                              \
        "Octets", PT_UINT8, (flags) | PP_ARRAY | PP_OCTET, NULL, NULL                              \
    }

#endif
