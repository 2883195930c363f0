/* Replies to a GetClass. */
#include "exchange_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mic_request request = {.verb = MIC_VERB_GET_CLASS, .class_name = "Test_Shelf"};
    struct exchange_fuzz fuzz = {.data = data, .size = size};
    struct mic_class *cls = NULL;

    exchange_fuzz_run(&fuzz, &request, &cls);
    mic_class_unref(cls);
    return 0;
}
