#include "auth/credssp_inner.h"

#include "auth/kerberos.h"
#include "auth/ntlm.h"
#include "base/mem.h"
#include "base/secret.h"

#define SEAL_HEAD      4  /* what auth.h puts in front of a sealed message */
#define NTLM_SIGNATURE 16 /* and what it says of NTLM */

struct mic_credssp_inner {
    struct mic_auth_settings settings; /* of a message that is always sealed */
    struct mic_auth *kerberos;         /* NULL: given up, or not there */
    struct mic_ntlm *ntlm;             /* NULL: its turn has not come */
    struct mic_buf first;              /* Kerberos' first token */
    bool has_ntlm, is_prepared, is_answered;
    char no_ntlm[240];  /* why has_ntlm is false */
    struct mic_err why; /* Kerberos was given up */
};

static MI_Result no_memory(struct mic_err *err)
{
    return mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
}

/* A user of the server's own has no KDC. */
static bool is_local_user(const struct mic_auth_settings *settings)
{
    return mic_str_equal(mic_str_from(settings->domain), MIC_STR("."));
}

struct mic_credssp_inner *mic_credssp_inner_new(const struct mic_auth_settings *settings,
                                                struct mic_err *err)
{
    struct mic_credssp_inner *inner = mic_calloc(1, sizeof(*inner));
    struct mic_err no_ntlm, ignored;

    if (inner == NULL) {
        no_memory(err);
        return NULL;
    }
    inner->settings = *settings;
    inner->settings.https = false;
    inner->settings.privacy = true;
    inner->settings.delegation = MIC_DELEGATE_NEVER; /* the password itself is handed over */
    mic_buf_init(&inner->first);
    mic_err_init(&inner->why);
    mic_err_init(&no_ntlm);
    mic_err_init(&ignored);
    inner->has_ntlm = mic_ntlm_check(&inner->settings, &no_ntlm) == MI_RESULT_OK;
    mic_err_quote(mic_str_from(no_ntlm.message), inner->no_ntlm, sizeof(inner->no_ntlm));
    if (!(inner->has_ntlm && is_local_user(settings)) && mic_gss_check(&ignored) == MI_RESULT_OK) {
        inner->kerberos = mic_auth_kerberos_spnego.open(&inner->settings, MIC_STR(""), err);
        if (inner->kerberos == NULL) {
            mic_credssp_inner_free(inner);
            return NULL;
        }
    }
    return inner;
}

void mic_credssp_inner_free(struct mic_credssp_inner *inner)
{
    if (inner == NULL) {
        return;
    }
    if (inner->kerberos != NULL) {
        inner->kerberos->scheme->close(inner->kerberos);
    }
    mic_ntlm_free(inner->ntlm);
    mic_buf_fini(&inner->first);
    mic_free(inner);
}

bool mic_credssp_inner_may_block(const struct mic_credssp_inner *inner)
{
    return inner->kerberos != NULL && !inner->is_prepared;
}

MI_Result mic_credssp_inner_prepare(struct mic_credssp_inner *inner, struct mic_err *err)
{
    MI_Result result = mic_kerberos_begin(inner->kerberos, &inner->first, err);

    inner->is_prepared = true;
    return result == MI_RESULT_OK || mic_credssp_inner_give_up(inner, err) ? MI_RESULT_OK : result;
}

bool mic_credssp_inner_give_up(struct mic_credssp_inner *inner, struct mic_err *err)
{
    if (inner->kerberos != NULL) {
        mic_gss_refuse(mic_kerberos_gss(inner->kerberos));
    }
    if (inner->kerberos == NULL || err->code == MIC_E_MEMORY ||
        !mic_kerberos_may_try_another(inner->kerberos)) {
        return false;
    }
    if (!inner->has_ntlm) {
        mic_auth_tell_no_ntlm(inner->no_ntlm, err);
        return false;
    }
    inner->why = *err;
    if (err->code == MIC_E_NONE) {
        mic_err_set(&inner->why, MIC_E_LOGON, "the server refused the ticket for %s (status 401)",
                    mic_gss_target(mic_kerberos_gss(inner->kerberos)));
    }
    mic_err_init(err);
    inner->kerberos->scheme->close(inner->kerberos);
    inner->kerberos = NULL;
    return true;
}

/* ---- moves ---- */

static MI_Result step_kerberos(struct mic_credssp_inner *inner, struct mic_str input,
                               struct mic_buf *output, struct mic_err *err)
{
    if (input.size > 0) {
        return mic_kerberos_take(inner->kerberos, input, output, err);
    }
    mic_buf_append(output, inner->first.data, inner->first.size);
    return output->failed ? no_memory(err) : MI_RESULT_OK;
}

static MI_Result step_ntlm(struct mic_credssp_inner *inner, struct mic_str input,
                           struct mic_buf *output, struct mic_err *err)
{
    MI_Result result;

    if (input.size > 0) {
        result = inner->is_answered || inner->ntlm == NULL
                     ? mic_err_set(err, MIC_E_LOGON_PROTOCOL,
                                   "the server sent one NTLM message too many")
                     : mic_ntlm_answer(inner->ntlm, input, output, err);
        inner->is_answered = result == MI_RESULT_OK;
        return result;
    }
    mic_ntlm_free(inner->ntlm);
    inner->is_answered = false;
    inner->ntlm = mic_ntlm_new(&inner->settings, MIC_STR(""), err);
    return inner->ntlm == NULL ? err->result : mic_ntlm_begin(inner->ntlm, output, err);
}

MI_Result mic_credssp_inner_step(struct mic_credssp_inner *inner, struct mic_str input,
                                 struct mic_buf *output, struct mic_err *err)
{
    return inner->kerberos != NULL ? step_kerberos(inner, input, output, err)
                                   : step_ntlm(inner, input, output, err);
}

bool mic_credssp_inner_is_ready(const struct mic_credssp_inner *inner)
{
    return inner->kerberos != NULL ? mic_gss_is_done(mic_kerberos_gss(inner->kerberos))
                                   : inner->is_answered;
}

const char *mic_credssp_inner_name(const struct mic_credssp_inner *inner)
{
    return inner->kerberos != NULL ? "Kerberos" : "NTLM";
}

const struct mic_err *mic_credssp_inner_why(const struct mic_credssp_inner *inner)
{
    return &inner->why;
}

/* ---- messages: as auth.h has them, but in one piece ---- */

MI_Result mic_credssp_inner_wrap(struct mic_credssp_inner *inner, struct mic_str plain,
                                 struct mic_buf *out, struct mic_err *err)
{
    struct mic_buf sealed;
    MI_Result result;

    mic_buf_init(&sealed);
    result =
        inner->kerberos != NULL
            ? mic_gss_seal(mic_kerberos_gss(inner->kerberos), plain.data, plain.size, &sealed, err)
            : mic_ntlm_seal(inner->ntlm, plain.data, plain.size, &sealed, err);
    if (result == MI_RESULT_OK) {
        mic_buf_append(out, sealed.data + SEAL_HEAD, sealed.size - SEAL_HEAD);
        result = out->failed ? no_memory(err) : MI_RESULT_OK;
    }
    mic_wipe(sealed.data, sealed.capacity); /* what failed half-way may be in clear text */
    mic_buf_fini(&sealed);
    return result;
}

static MI_Result unwrap_ntlm(struct mic_credssp_inner *inner, struct mic_str sealed,
                             struct mic_buf *out, struct mic_err *err)
{
    static const char head[SEAL_HEAD] = {NTLM_SIGNATURE};
    struct mic_buf whole;
    MI_Result result;

    mic_buf_init(&whole);
    mic_buf_append(&whole, head, sizeof(head));
    mic_buf_append_str(&whole, sealed);
    result = whole.failed ? no_memory(err)
                          : mic_ntlm_unseal(inner->ntlm, whole.data, whole.size, out, err);
    mic_buf_fini(&whole);
    return result;
}

MI_Result mic_credssp_inner_unwrap(struct mic_credssp_inner *inner, struct mic_str sealed,
                                   size_t plain_size, struct mic_buf *out, struct mic_err *err)
{
    return inner->kerberos != NULL ? mic_gss_unseal_whole(mic_kerberos_gss(inner->kerberos), sealed,
                                                          plain_size, out, err)
                                   : unwrap_ntlm(inner, sealed, out, err);
}
