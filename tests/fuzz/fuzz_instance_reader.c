/* Replies to an Enumerate and its Pulls, with and without a class to type them by. */
#include "exchange_fuzz.h"

static const char declaration[] =
    "\x08<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><CLASS "
    "NAME='Test_Shelf'><PROPERTY NAME='Id' TYPE='uint32'><QUALIFIER NAME='key' TYPE='boolean'/>"
    "</PROPERTY><PROPERTY NAME='Label' TYPE='string'/><PROPERTY.ARRAY NAME='Codes' TYPE='uint16'/>"
    "<PROPERTY NAME='Built' TYPE='datetime'/><PROPERTY NAME='Active' TYPE='boolean'/>"
    "<PROPERTY NAME='Ratio' TYPE='real64'/><PROPERTY NAME='Size' TYPE='sint64'/><PROPERTY.ARRAY "
    "NAME='Tags' TYPE='string'/><PROPERTY NAME='Sign' TYPE='char16'/><PROPERTY NAME='Box' "
    "TYPE='string' EmbeddedObject='object'/><PROPERTY.REFERENCE NAME='Room'/></CLASS></s:Body>"
    "</s:Envelope>";

static struct mic_class *read_class(void)
{
    struct mic_request request = {.verb = MIC_VERB_GET_CLASS, .class_name = "Test_Shelf"};
    struct exchange_fuzz fuzz = {
        .data = (const uint8_t *)declaration,
        .size = sizeof(declaration) - 1,
    };
    struct mic_class *cls = NULL;

    exchange_fuzz_run(&fuzz, &request, &cls);
    return cls;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const MI_Uint32 flags[] = {
        0,
        MI_OPERATIONFLAGS_NO_RTTI,
        MI_OPERATIONFLAGS_FULL_RTTI,
        MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW,
    };
    struct mic_request request = {.verb = MIC_VERB_ENUMERATE, .class_name = "Test_Shelf"};

    if (size < 1) {
        return 0;
    }
    request.flags = flags[data[0] & 3];
    request.keys_only = (data[0] & 4) != 0;
    struct mic_class *cls = read_class();
    struct exchange_fuzz fuzz = {.data = data + 1, .size = size - 1, .cls = cls};
    exchange_fuzz_run(&fuzz, &request, NULL);
    mic_class_unref(cls);
    return 0;
}
