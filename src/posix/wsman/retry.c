/* Faults that are no end: the request is sent again in another form. */
#include "wsman/dialogue.h"

/* Can the class be named by the DMTF URI and by WMI's own? */
bool mic_exchange_has_two_families(const struct mic_exchange *exchange)
{
    return exchange->custom_uri == NULL && (exchange->row->resource == MIC_RESOURCE_CLASS ||
                                            exchange->row->resource == MIC_RESOURCE_ALL);
}

static void trace_retry(const struct mic_exchange *exchange, const char *how)
{
    mic_trace_line(exchange->session->trace, MIC_TRACE_WSMAN, 1, NULL,
                   "the server refuses this form of the request: again %s", how);
}

static bool is_unsupported(const struct mic_fault *fault, const char *subcode)
{
    return mic_text_equal_nocase(fault->subcode, subcode) && fault->code == 0 &&
           !fault->has_status && fault->detail[0] == '\0';
}

static bool refuses_operation_id(const struct mic_exchange *exchange, const struct mic_fault *fault)
{
    return !exchange->without_operation_id && exchange->row->resource != MIC_RESOURCE_NONE &&
           (mic_text_equal_nocase(fault->subcode, "InvalidMessageInformationHeader") ||
            mic_text_equal_nocase(fault->value, "MustUnderstand"));
}

static bool refuses_family(const struct mic_exchange *exchange, const struct mic_fault *fault)
{
    return !exchange->down_level && mic_exchange_has_two_families(exchange) &&
           (fault->code == MIC_CODE_NON_DMTF_CLASS || fault->code == MIC_CODE_WRONG_DMTF_VERSION);
}

static bool refuses_mode(const struct mic_exchange *exchange, const struct mic_fault *fault)
{
    return exchange->row->is_paged && !exchange->objects_only &&
           (mic_text_equal_nocase(fault->detail, "EnumerationMode") ||
            fault->code == MIC_CODE_ENUMERATION_MODE ||
            is_unsupported(fault, "UnsupportedFeature"));
}

/* Which form of a date a server takes is not written anywhere (MS-WSMV 2.2.4 knows both). */
static bool refuses_dates(const struct mic_exchange *exchange, const struct mic_fault *fault)
{
    return exchange->has_dates && !exchange->has_xs_dates &&
           (mic_text_equal_nocase(fault->subcode, "InvalidRepresentation") ||
            mic_text_equal_nocase(fault->subcode, "SchemaValidationError"));
}

/* Forms a server may refuse of the first request, each tried once. @return how it is sent again,
 * or NULL. */
static const char *other_form(struct mic_exchange *exchange, const struct mic_fault *fault)
{
    if (refuses_operation_id(exchange, fault)) {
        exchange->without_operation_id = exchange->has_tried_again = true;
        return "without an OperationID";
    }
    if (refuses_family(exchange, fault)) {
        exchange->down_level = true;
        return "with the WMI resource URI";
    }
    if (refuses_mode(exchange, fault)) {
        exchange->objects_only = true;
        return "without an enumeration mode";
    }
    if (refuses_dates(exchange, fault)) {
        exchange->has_xs_dates = true;
        return "with dates in the form of XML Schema";
    }
    return NULL;
}

/* A page over a limit of the server's: fewer items may fit. */
static bool is_page_too_large(const struct mic_exchange *exchange, const struct mic_fault *fault)
{
    bool is_limit = fault->code == 0 ? mic_text_equal_nocase(fault->subcode, "EncodingLimit") ||
                                           mic_text_equal_nocase(fault->subcode, "QuotaLimit")
                                     : fault->code == MIC_CODE_ENCODING_LIMIT ||
                                           fault->code == MIC_CODE_QUOTA_LIMIT ||
                                           (fault->code >= MIC_CODE_MAX_ENVELOPE_SIZE &&
                                            fault->code <= MIC_CODE_SERVER_ENVELOPE_LIMIT);
    return is_limit && exchange->row->is_paged && exchange->max_elements > 1;
}

static void shrink_page(struct mic_exchange *exchange)
{
    exchange->max_elements = exchange->max_elements > 100 ? 100 : exchange->max_elements / 4;
    exchange->max_elements = exchange->max_elements > 0 ? exchange->max_elements : 1;
}

/* Is what the fault says: send again? A Pull that timed out has a context that is still good
 * (DSP0226 8.6). */
bool mic_exchange_retries(struct mic_exchange *exchange, const struct mic_fault *fault)
{
    bool is_pull = exchange->last_message == MIC_MESSAGE_PULL;
    const char *how = is_pull ? NULL : other_form(exchange, fault);

    if (how == NULL && is_page_too_large(exchange, fault)) {
        shrink_page(exchange);
        how = "for a smaller page";
    }
    if (how != NULL) {
        trace_retry(exchange, how);
        return true;
    }
    exchange->is_put_off =
        is_pull && (fault->code == MIC_CODE_TIMED_OUT ||
                    (fault->code == 0 && mic_text_equal_nocase(fault->subcode, "TimedOut")));
    return exchange->is_put_off;
}
