/* Code compiled against a header that declares the two symbols dllimport, as MinGW's own mi.h does.
 */

#include <wchar.h>

#include "mic_test.h"

struct handle {
    unsigned long long reserved1;
    void *reserved2;
    const void *ft;
};

__declspec(dllimport) int __cdecl MI_Application_InitializeV1(unsigned int flags,
                                                              const wchar_t *application_id,
                                                              void **extended_error,
                                                              struct handle *application);
extern __declspec(dllimport) const void *mi_clientFT_V1;

MIC_TEST(import, imported_names_reach_the_static_library)
{
    const void *before = mi_clientFT_V1;
    struct handle application = {0, NULL, NULL};

    MIC_CHECK(before != NULL);
    MIC_CHECK_INT(MI_Application_InitializeV1(0, NULL, NULL, &application), 0);
    MIC_CHECK(application.ft != NULL);
    MIC_CHECK(mi_clientFT_V1 != before);
}
