#ifndef MIC_BASE_UUID_H
#define MIC_BASE_UUID_H

#include <stdatomic.h>
#include <stdint.h>

#define MIC_UUID_TEXT_SIZE 37

/** Random (version 4) UUIDs, all different, from one draw of the system's generator: a call of it
 *  for each MessageID is a twentieth of a Get. */
struct mic_uuid_series {
    unsigned char drawn[16];
    _Atomic uint64_t given;
};

void mic_uuid_series_init(struct mic_uuid_series *series);
/** In upper case, as Windows' client writes them. @thread any */
void mic_uuid_series_next(struct mic_uuid_series *series, char out[MIC_UUID_TEXT_SIZE]);

#endif
