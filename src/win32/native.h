#ifndef MIC_WIN32_NATIVE_H
#define MIC_WIN32_NATIVE_H

/* Static: miclient.c includes every file of this folder, so the library is one object. */

#include <mi.h>
#include <string.h>

/** The system's function tables, loading mi.dll when that has not happened yet.
 *  @return mi.dll's tables, valid for the life of the process; NULL when mi.dll is missing, the
 *          reason then is GetLastError() (126 no module, 127 no entry point, or what the loader
 * said)
 *  @thread any; never from DllMain, where loading a library can deadlock
 */
static const MI_ClientFT_V1 *mic_native_tables(void);

/** The tables mi_clientFT_V1 points at until mi.dll is loaded: each slot loads it and forwards. */
static const MI_ClientFT_V1 mic_bootstrap_tables;

static const MI_ApplicationFT mic_bootstrap_application_ft;
static const MI_SessionFT mic_bootstrap_session_ft;
static const MI_OperationFT mic_bootstrap_operation_ft;
static const MI_HostedProviderFT mic_bootstrap_hosted_provider_ft;
static const MI_DestinationOptionsFT mic_bootstrap_destination_options_ft;
static const MI_OperationOptionsFT mic_bootstrap_operation_options_ft;
static const MI_SubscriptionDeliveryOptionsFT mic_bootstrap_subscription_options_ft;

/** An error object that says mi.dll is missing and what to install; class MSFT_WmiError, read-only.
 *  @param windows_error  why loading failed: a Windows error number
 *  @return owned by the caller, free with MI_Instance_Delete; NULL when memory is out
 *  @thread any
 */
static MI_Instance *mic_missing_error_new(unsigned long windows_error);

/** Fill an optional error output from GetLastError(), which is left as it was.
 *  @param[out] error  may be NULL; the object is the caller's, or NULL when memory is out
 */
static void mic_missing_error_report(MI_Instance **error);

/** Zero an output of a call that cannot be made; @p output may be NULL. */
static inline void mic_clear_output(void *output, size_t size)
{
    if (output != NULL) {
        memset(output, 0, size);
    }
}

#endif
