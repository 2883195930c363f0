#include "doctor/doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/options.h"
#include "auth/gss.h"
#include "base/mem.h"
#include "base/uuid.h"
#include "doctor/walk.h"

#define OPTION(name) "__MI_DESTINATIONOPTIONS_" name

#define TIMEOUT_MS 10000U

static const char *const names[] = {
#define MIC_CHECK(name) #name,
#include "doctor/names.def"
#undef MIC_CHECK
};

/* ---- telling ---- */

static uint64_t bit_of(const char *name)
{
    for (size_t i = 0; i < MIC_COUNT(names); i++) {
        if (strcmp(names[i], name) == 0) {
            return (uint64_t)1 << i;
        }
    }
    return 0;
}

void mic_walk_tell(struct mic_walk *walk, const struct mic_check *check)
{
    walk->told |= bit_of(check->name);
    walk->tell(walk->context, check);
}

bool mic_walk_has_told(const struct mic_walk *walk, const char *name)
{
    return (walk->told & bit_of(name)) != 0;
}

void mic_walk_skip(struct mic_walk *walk, const char *name, const char *format, ...)
{
    struct mic_check check;
    char text[300];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    mic_check_init(&check, name);
    mic_check_say(&check, MIC_CHECK_SKIP, "%s", text);
    mic_walk_tell(walk, &check);
}

static void skip_rest(struct mic_walk *walk)
{
    for (size_t i = 0; i < MIC_COUNT(names); i++) {
        if (!mic_walk_has_told(walk, names[i])) {
            mic_walk_skip(walk, names[i], "not looked at: %s",
                          walk->stop[0] != '\0' ? walk->stop : "what is above failed");
        }
    }
}

/* ---- making ---- */

bool mic_walk_logs_on_with(const struct mic_walk *walk, const char *auth_type)
{
    return mic_text_equal_nocase(walk->main->target.auth_type, auth_type);
}

struct mic_http_target mic_walk_bare(const struct mic_endpoint *endpoint)
{
    struct mic_http_target target = endpoint->target;

    target.auth_type = MI_AUTH_TYPE_NONE;
    target.other_count = 0; /* and nobody behind it */
    target.domain = target.user = target.thumbprint = NULL;
    target.password = target.key_password = NULL;
    target.certificate_file = target.key_file = target.pins = NULL;
    target.thumbprint_is_issuer = false;
    target.check_ca = target.check_name = target.check_revocation = false;
    return target;
}

struct mic_http_target mic_walk_stranger(const struct mic_endpoint *endpoint)
{
    struct mic_http_target target = endpoint->target;

    if (!endpoint->wants_certificate) {
        return mic_walk_bare(endpoint);
    }
    target.auth_type = MI_AUTH_TYPE_NONE;
    target.other_count = 0;
    target.domain = target.user = NULL;
    target.password = NULL;
    return target;
}

static MI_Result set_url(struct mic_destination *to, struct mic_err *err)
{
    const char *mark = strchr(to->host, ':') != NULL ? "[" : "";
    struct mic_buf url;

    mic_buf_init(&url);
    mic_buf_append_format(&url, "%s://%s%.*s%s:%u%s", to->https ? "https" : "http", mark,
                          (int)strcspn(to->host, "%"), to->host, mark[0] != '\0' ? "]" : "",
                          (unsigned)to->port, to->path);
    mic_buf_append_char(&url, '\0');
    to->url = mic_buf_steal(&url, NULL);
    mic_buf_fini(&url);
    return to->url != NULL ? MI_RESULT_OK : mic_err_set(err, MIC_E_MEMORY, "out of memory");
}

static MI_Result copy_destination(struct mic_destination *to, const struct mic_destination *from,
                                  bool https, struct mic_err *err)
{
    to->https = https;
    to->port = from->has_port ? from->port : https ? MIC_PORT_HTTPS : MIC_PORT_HTTP;
    to->host = mic_strdup(from->host);
    to->path = mic_strdup(from->path);
    if (to->host == NULL || to->path == NULL) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory");
    }
    return set_url(to, err);
}

static void fill_wsman(struct mic_endpoint *endpoint, const struct mic_walk *walk)
{
    struct mic_wsman_session *wsman = &endpoint->wsman;
    char id[MIC_UUID_TEXT_SIZE];

    wsman->message_ids = &walk->runtime->message_ids;
    mic_uuid_series_next(wsman->message_ids, id);
    (void)snprintf(wsman->session_id, sizeof(wsman->session_id), "uuid:%s", id);
    wsman->to = endpoint->to.url;
    wsman->locale = wsman->data_locale = "en-US";
    wsman->max_envelope_size = MIC_ENVELOPE_SIZE_DOCTOR;
    wsman->max_elements = 1;
    wsman->operation_timeout_ms = walk->timeout_ms;
    wsman->trace = walk->runtime->trace;
}

static MI_Result make_endpoint(struct mic_walk *walk, struct mic_endpoint *endpoint,
                               const struct mic_destination *from, bool https, struct mic_err *err)
{
    MI_Result result = copy_destination(&endpoint->to, from, https, err);

    endpoint->is_wanted = !from->has_port || from->https == https;
    if (result == MI_RESULT_OK) {
        result = mic_proxy_choose(&endpoint->proxy, &endpoint->to, walk->options, getenv, err);
    }
    if (result == MI_RESULT_OK) {
        result = mic_destination_target(&endpoint->to, walk->options, &endpoint->target, err);
    }
    if (result == MI_RESULT_OK) {
        result = mic_proxy_target(&endpoint->proxy, walk->options, &endpoint->target, err);
    }
    if (result == MI_RESULT_OK) {
        endpoint->target.max_connections = 1;
        fill_wsman(endpoint, walk);
        /* It would show the proxy's password to everybody between here and there. */
        if (mic_text_equal_nocase(endpoint->target.proxy.auth_type, MI_AUTH_TYPE_BASIC)) {
            endpoint->hides_proxy_logon = true;
            endpoint->target.proxy.auth_type = NULL;
            endpoint->target.proxy.user = endpoint->target.proxy.domain = NULL;
            endpoint->target.proxy.password = NULL;
        }
    }
    return result;
}

static void free_endpoint(struct mic_endpoint *endpoint)
{
    mic_destination_fini(&endpoint->to);
    mic_proxy_fini(&endpoint->proxy);
}

static MI_Result prepare(struct mic_walk *walk, const char *host, struct mic_err *err)
{
    struct mic_destination to;
    unsigned long long timeout_ms = mic_bag_interval_ms(walk->options, OPTION("TIMEOUT"), 0);
    MI_Result result = mic_destination_init(&to, host, walk->options, err);

    if (result != MI_RESULT_OK) {
        return result;
    }
    walk->timeout_ms = timeout_ms == 0 || timeout_ms > 3600000 ? TIMEOUT_MS : (unsigned)timeout_ms;
    result = make_endpoint(walk, &walk->http, &to, false, err);
    if (result == MI_RESULT_OK) {
        result = make_endpoint(walk, &walk->https, &to, true, err);
    }
    walk->main = to.https ? &walk->https : &walk->http;
    if (!to.has_port && !to.has_scheme) {
        walk->main = NULL; /* whichever is open */
    }
    walk->has_logon = walk->http.target.auth_type != NULL
                          ? !mic_text_equal_nocase(walk->http.target.auth_type, MI_AUTH_TYPE_NONE)
                          : mic_gss_check(NULL) == MI_RESULT_OK; /* with the caller's ticket */
    mic_destination_fini(&to);
    return result;
}

static MI_Result walk_all(struct mic_walk *walk, const char *host, struct mic_err *err)
{
    MI_Result result = prepare(walk, host, err);

    if (result == MI_RESULT_OK) {
        if (mic_walk_reach(walk)) {
            mic_walk_talk(walk);
            mic_walk_logon(walk);
            mic_walk_ticket(walk);
            mic_walk_messages(walk);
        }
        skip_rest(walk);
    }
    free_endpoint(&walk->http);
    free_endpoint(&walk->https);
    return result;
}

MI_Result mic_doctor_run(const char *host, const MI_DestinationOptions *options,
                         mic_doctor_tell *tell, void *context, struct mic_err *err)
{
    struct mic_walk walk;
    MI_Result result;

    memset(&walk, 0, sizeof(walk));
    mic_err_init(&walk.logon_err);
    walk.tell = tell;
    walk.context = context;
    walk.options = mic_destination_options_acquire(options);
    walk.runtime = mic_runtime_new(err);
    result = walk.runtime != NULL ? mic_runtime_start(walk.runtime, err) : err->result;
    if (result == MI_RESULT_OK) {
        result = walk_all(&walk, host, err);
    }
    if (walk.runtime != NULL) {
        (void)mic_runtime_close(walk.runtime);
        mic_runtime_unref(walk.runtime);
    }
    if (walk.options != NULL) {
        mic_destination_options_release(options);
    }
    return result;
}
