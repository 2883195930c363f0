/** s:Fault to an error: MI_Result, category and HRESULT by table, the peer's own words kept. */
#ifndef MIC_WSMAN_FAULT_H
#define MIC_WSMAN_FAULT_H

#include <stdbool.h>

#include "base/err.h"
#include "model/instance.h"
#include "wsman/instance_read.h"
#include "xml/xml_reader.h"

struct mic_fault {
    uint32_t code;    /* of the innermost WSManFault, or the HRESULT said elsewhere; 0: none said */
    char value[32];   /* local part of s:Code/s:Value */
    char subcode[48]; /* local part, "" when there is none */
    char detail[64];  /* last part of w:FaultDetail, "" when there is none */
    bool has_status;  /* a CIM status (MI_Result) was said, which nothing may overrule */
    struct mic_instance *instance; /* the server's own error instance, on the heap; NULL: none */
    struct mic_err err;
};

/** @param element     stands on s:Fault
 *  @param is_keyed    the request named one instance: what cannot be found is that, not its class
 *  @return an error only when out of memory; then @p fault holds nothing to free */
MI_Result mic_fault_read(const struct mic_xml_cursor *element, struct mic_instance_reader *reader,
                         const char *name_space, bool is_keyed, struct mic_fault *fault,
                         struct mic_err *err);

#define MIC_CODE_TIMED_OUT             0x80338029u
#define MIC_CODE_ENCODING_LIMIT        0x80338035u
#define MIC_CODE_QUOTA_LIMIT           0x8033803Fu
#define MIC_CODE_MAX_ENVELOPE_SIZE     0x80338047u
#define MIC_CODE_SERVER_ENVELOPE_LIMIT 0x80338049u
#define MIC_CODE_NON_DMTF_CLASS        0x80338139u
#define MIC_CODE_WRONG_DMTF_VERSION    0x8033813Au
#define MIC_CODE_ENUMERATION_MODE      0x80338086u
#define MIC_CODE_WRONG_METADATA        0x803381E1u
#define MIC_CODE_NULL_KEY              0x803381EFu

#endif
