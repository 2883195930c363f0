#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/utf.h"

struct row {
    MI_Result result;
    uint32_t hresult;
    uint32_t category;
    uint16_t cause;
    enum mic_phase phase;
    const char *remedy;
};

static const struct row rows[] = {
#define MIC_E(name, result, hresult, category, cause, phase, remedy)                               \
    [MIC_E_##name] = {MI_RESULT_##result, hresult, MI_ERRORCATEGORY_##category, cause,             \
                      MIC_PHASE_##phase,  remedy},
#include "base/err_codes.def"
#undef MIC_E
};

void mic_err_init(struct mic_err *err)
{
    const struct row *row = &rows[MIC_E_NONE];

    err->code = MIC_E_NONE;
    err->result = row->result;
    err->hresult = row->hresult;
    err->category = row->category;
    err->cause = row->cause;
    err->phase = row->phase;
    err->native = 0;
    err->message[0] = '\0';
    err->remedy[0] = '\0';
}

/* A text that was cut may end inside a character, and one that quotes a peer may be anything. */
static void make_valid(char *text)
{
    size_t size = strlen(text), bad_at;

    while (!mic_utf8_is_valid(text, size, &bad_at)) {
        unsigned char lead = (unsigned char)text[bad_at];
        size_t rest = size - bad_at;

        /* The border of a cut: the beginning of a character and nothing behind it. */
        if (lead >= 0xC2 && lead <= 0xF4 && rest < 4 &&
            rest < (lead < 0xE0   ? 2U
                    : lead < 0xF0 ? 3U
                                  : 4U)) {
            text[bad_at] = '\0';
            return;
        }
        text[bad_at] = '?';
    }
}

static void __attribute__((format(printf, 2, 0)))
fill(struct mic_err *err, const char *format, va_list arguments, enum mic_err_code code)
{
    const struct row *row = &rows[code];

    err->code = code;
    err->result = row->result;
    err->hresult = row->hresult;
    err->category = row->category;
    err->cause = row->cause;
    err->phase = row->phase;
    err->native = 0;
    (void)vsnprintf(err->message, sizeof(err->message), format, arguments);
    make_valid(err->message);
    (void)snprintf(err->remedy, sizeof(err->remedy), "%s", row->remedy);
}

MI_Result mic_err_set(struct mic_err *err, enum mic_err_code code, const char *format, ...)
{
    if (err) {
        va_list arguments;

        va_start(arguments, format);
        fill(err, format, arguments, code);
        va_end(arguments);
    }
    return rows[code].result;
}

/* strerror_r comes in two forms; both are thread-safe. */
__attribute__((unused)) static const char *from_status(int status, const char *buffer)
{
    return status == 0 ? buffer : "";
}

__attribute__((unused)) static const char *from_text(const char *text, const char *buffer)
{
    (void)buffer;
    return text;
}

#define ERROR_TEXT(number, buffer, size)                                                           \
    _Generic(strerror_r((number), (buffer), (size)), int: from_status, char *: from_text)(         \
        strerror_r((number), (buffer), (size)), (buffer))

MI_Result mic_err_set_errno(struct mic_err *err, enum mic_err_code code, int error_number,
                            const char *format, ...)
{
    if (err) {
        char buffer[128] = "";
        const char *reason = ERROR_TEXT(error_number, buffer, sizeof(buffer));
        va_list arguments;
        size_t used;

        va_start(arguments, format);
        fill(err, format, arguments, code);
        va_end(arguments);
        err->native = (uint32_t)error_number;
        used = strlen(err->message);
        (void)snprintf(err->message + used, sizeof(err->message) - used, ": %s (errno %d)", reason,
                       error_number);
        make_valid(err->message);
    }
    return rows[code].result;
}

void mic_err_remedy(struct mic_err *err, const char *format, ...)
{
    if (err) {
        va_list arguments;

        va_start(arguments, format);
        (void)vsnprintf(err->remedy, sizeof(err->remedy), format, arguments);
        va_end(arguments);
        make_valid(err->remedy);
    }
}

const char *mic_err_silence_remedy(enum mic_phase phase)
{
    static const char *const remedies[] = {
        [MIC_PHASE_RESOLVE] = "Check the name servers of this machine: they do not answer.",
        [MIC_PHASE_CONNECT] = "Check that the host is up, and that no firewall on the way drops "
                              "connections to the port.",
        [MIC_PHASE_PROXY] = "Check that the proxy works and can reach the host.",
        [MIC_PHASE_TLS] = "Check that the port speaks HTTPS (5986): another protocol waits for "
                          "what TLS does not send.",
        [MIC_PHASE_LOGON] = "Check that the domain controllers (KDC) answer this machine and the "
                            "server.",
    };
    size_t index = (size_t)phase;

    return index < MIC_COUNT(remedies) && remedies[index] != NULL ? remedies[index]
                                                                  : rows[MIC_E_TIMEOUT].remedy;
}

void mic_err_silence(struct mic_err *err, enum mic_phase phase)
{
    err->phase = phase;
    mic_err_remedy(err, "%s", mic_err_silence_remedy(phase));
}

/* One character of @p text for a message. @return bytes read; @p written bytes are at @p out. */
static size_t quote_character(struct mic_str text, char out[4], size_t *written)
{
    uint32_t code_point = 0;
    size_t length = mic_utf8_decode(text.data, text.size, &code_point);

    *written = 1;
    if (length == 0) {
        out[0] = '?';
        return 1;
    }
    if (code_point < 0x20) {
        out[0] = ' ';
    } else if (code_point >= 0x7F && code_point < 0xA0) {
        out[0] = '?';
    } else {
        memcpy(out, text.data, length);
        *written = length;
    }
    return length;
}

void mic_err_quote(struct mic_str text, char *out, size_t size)
{
    static const char dots[] = "...";
    size_t used = 0, cut = 0; /* behind `cut` the dots still fit */

    if (size == 0) {
        return;
    }
    while (text.size > 0) {
        char piece[4];
        size_t length, read = quote_character(text, piece, &length);

        if (used + length + 1 > size) {
            used = cut;
            length = size - 1 - cut < sizeof(dots) - 1 ? size - 1 - cut : sizeof(dots) - 1;
            memcpy(out + used, dots, length);
            used += length;
            break;
        }
        memcpy(out + used, piece, length);
        used += length;
        if (used + sizeof(dots) <= size) {
            cut = used;
        }
        text.data += read;
        text.size -= read;
    }
    out[used] = '\0';
}

const char *mic_phase_name(enum mic_phase phase)
{
    static const char *const names[] = {
        [MIC_PHASE_NONE] = "",           [MIC_PHASE_ARGUMENT] = "argument",
        [MIC_PHASE_RESOLVE] = "resolve", [MIC_PHASE_CONNECT] = "connect",
        [MIC_PHASE_PROXY] = "proxy",     [MIC_PHASE_TLS] = "TLS",
        [MIC_PHASE_LOGON] = "logon",     [MIC_PHASE_AUTHORISATION] = "authorisation",
        [MIC_PHASE_HTTP] = "HTTP",       [MIC_PHASE_SOAP] = "SOAP",
        [MIC_PHASE_DECODE] = "decode",
    };
    size_t index = (size_t)phase;

    return index < MIC_COUNT(names) ? names[index] : "";
}
