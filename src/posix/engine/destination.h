/** Where a session goes: the destination text and the option bag, checked against each other. */
#ifndef MIC_ENGINE_DESTINATION_H
#define MIC_ENGINE_DESTINATION_H

#include <mi.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "http/pool.h"
#include "model/bag.h"

#define MIC_PORT_HTTP  5985
#define MIC_PORT_HTTPS 5986

struct mic_destination {
    char *host; /* IPv6 without brackets, zone kept */
    uint16_t port;
    bool https;
    bool has_port, has_scheme; /* said by the text or an option, not left to the default */
    char *path;                /* begins with '/' */
    char *url;                 /* for a:To: brackets, no zone */
};

/** @param text     NULL, "" and "." mean this machine; host, host:port, [v6]:port, v6%zone, or a
 * URL
 *  @param options  may be NULL
 *  @return MI_RESULT_OK; INVALID_PARAMETER for what does not parse or contradicts an option;
 * NOT_SUPPORTED */
MI_Result mic_destination_init(struct mic_destination *destination, const char *text,
                               const struct mic_bag *options, struct mic_err *err);
void mic_destination_fini(struct mic_destination *destination);

/** NULL, WINRM and MI_REMOTE_WSMAN are this library's one protocol. */
MI_Result mic_destination_check_protocol(const char *protocol, struct mic_err *err);

/** Fill all that comes from the destination and the bag; everything in @p target is borrowed from
 * them. */
MI_Result mic_destination_target(const struct mic_destination *destination,
                                 const struct mic_bag *options, struct mic_http_target *target,
                                 struct mic_err *err);

#endif
