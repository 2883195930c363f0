/** Upper case as Windows forms it for the names of accounts: one UTF-16 unit to one, whatever the
 * language. */
#ifndef MIC_AUTH_UPCASE_H
#define MIC_AUTH_UPCASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void mic_upcase(uint16_t *units, size_t count);

#endif
