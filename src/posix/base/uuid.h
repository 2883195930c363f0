#ifndef MIC_BASE_UUID_H
#define MIC_BASE_UUID_H

#define MIC_UUID_TEXT_SIZE 37

/** A random (version 4) UUID in upper case, as Windows' client writes them. */
void mic_uuid_new(char out[MIC_UUID_TEXT_SIZE]);

#endif
