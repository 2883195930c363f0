/** Which hosts are reached without the environment's proxy. No I/O, no name is looked up. */
#ifndef MIC_ENGINE_NO_PROXY_H
#define MIC_ENGINE_NO_PROXY_H

#include <stdbool.h>
#include <stdint.h>

/** @param list  items between commas or blanks: `*`; a name, with or without a dot or `*.` before
 *               it, which stands for itself and all below it; an address; a range such as
 *               10.0.0.0/8 or fd00::/8. Names and addresses may have a `:port` behind them, IPv6
 *               in brackets then. What is none of these is passed over. NULL: empty
 *  @param host  name or address, IPv6 without brackets */
bool mic_no_proxy_matches(const char *list, const char *host, uint16_t port);

/** localhost, names below it, 127.0.0.0/8 and ::1: another machine has others. */
bool mic_host_is_loopback(const char *host);

#endif
