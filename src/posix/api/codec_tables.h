/** The tables of MI_Serializer, MI_Deserializer and MI_Utilities. */
#ifndef MIC_API_CODEC_TABLES_H
#define MIC_API_CODEC_TABLES_H

#include <mi.h>

extern const MI_SerializerFT mic_serializer_ft;
extern const MI_DeserializerFT mic_deserializer_ft;
extern const MI_UtilitiesFT mic_utilities_ft;

#endif
