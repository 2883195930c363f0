#include "auth/ntlm_message.h"

#include <string.h>

#include "auth/upcase.h"
#include "base/mem.h"
#include "base/secret.h"
#include "common/utf.h"

#define SIGNATURE      "NTLMSSP" /* with its zero */
#define SIGNATURE_SIZE ((size_t)8)
#define CHALLENGE_SIZE ((size_t)48) /* up to its Version, which nobody needs */
#define ANSWER_SIZE    ((size_t)88)
#define LM_SIZE        ((size_t)24)
#define CHALLENGE_MAX  ((size_t)0x8000)
#define FIELD_MAX      ((size_t)0xffff)

static const unsigned char zeros[LM_SIZE];

/* ---- writing ---- */

static void put_u16(struct mic_buf *out, size_t value)
{
    mic_buf_append_char(out, (char)(value & 0xff));
    mic_buf_append_char(out, (char)(value >> 8 & 0xff));
}

static void put_u32(struct mic_buf *out, uint32_t value)
{
    put_u16(out, value & 0xffff);
    put_u16(out, value >> 16);
}

/* The version of Windows that servers' logs would show: 6.1, revision of NTLMSSP 15. */
static void put_version(struct mic_buf *out)
{
    static const unsigned char version[8] = {6, 1, 0, 0, 0, 0, 0, 15};

    mic_buf_append(out, version, sizeof(version));
}

static void begin_message(struct mic_buf *out, uint32_t type)
{
    mic_buf_append(out, SIGNATURE, SIGNATURE_SIZE);
    put_u32(out, type);
}

/* Length, allocated length, offset. */
static void put_field(struct mic_buf *out, size_t size, size_t *offset)
{
    put_u16(out, size);
    put_u16(out, size);
    put_u32(out, (uint32_t)*offset);
    *offset += size;
}

uint32_t mic_ntlm_wanted_flags(bool seals)
{
    return MIC_NTLM_56 | MIC_NTLM_UNICODE | MIC_NTLM_REQUEST_TARGET | MIC_NTLM_SIGN |
           MIC_NTLM_NTLM | MIC_NTLM_ALWAYS_SIGN | MIC_NTLM_EXTENDED_SECURITY | MIC_NTLM_VERSION |
           MIC_NTLM_128 | MIC_NTLM_KEY_EXCHANGE | (seals ? MIC_NTLM_SEAL : 0U);
}

void mic_ntlm_write_negotiate(struct mic_buf *out, uint32_t flags)
{
    begin_message(out, 1);
    put_u32(out, flags);
    mic_buf_append(out, zeros, 16); /* domain and workstation: not told here */
    put_version(out);
}

static void put_pair(struct mic_buf *out, size_t id, const void *bytes, size_t size)
{
    put_u16(out, id);
    put_u16(out, size);
    mic_buf_append(out, bytes, size);
}

static size_t get_u16(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;

    return (size_t)b[0] | (size_t)b[1] << 8;
}

static uint32_t get_u32(const char *at)
{
    return (uint32_t)get_u16(at) | (uint32_t)get_u16(at + 2) << 16;
}

/* The next pair of a list, which is advanced behind it. @return false at its end, or when it is cut
 */
static bool next_pair(struct mic_str *rest, size_t *id, struct mic_str *value)
{
    size_t size;

    if (rest->size < 4) {
        return false;
    }
    *id = get_u16(rest->data);
    size = get_u16(rest->data + 2);
    if (*id == MIC_NTLM_AV_END || size > rest->size - 4) {
        return false;
    }
    *value = (struct mic_str){rest->data + 4, size};
    rest->data += 4 + size;
    rest->size -= 4 + size;
    return true;
}

void mic_ntlm_write_pairs(struct mic_buf *out, const struct mic_ntlm_challenge *challenge,
                          struct mic_str target_name, const unsigned char binding[16])
{
    struct mic_str rest = challenge->pairs, value;
    uint32_t flags = challenge->av_flags | MIC_NTLM_AV_FLAG_MIC;
    size_t id;

    while (next_pair(&rest, &id, &value)) {
        if (id != MIC_NTLM_AV_FLAGS && id != MIC_NTLM_AV_TARGET_NAME &&
            id != MIC_NTLM_AV_CHANNEL_BINDINGS) {
            put_pair(out, id, value.data, value.size);
        }
    }
    put_u16(out, MIC_NTLM_AV_FLAGS);
    put_u16(out, 4);
    put_u32(out, flags);
    put_pair(out, MIC_NTLM_AV_CHANNEL_BINDINGS, binding, 16);
    put_pair(out, MIC_NTLM_AV_TARGET_NAME, target_name.data, target_name.size);
    put_u32(out, MIC_NTLM_AV_END);
}

void mic_ntlm_write_answer(struct mic_buf *out, const struct mic_ntlm_answer *answer)
{
    size_t offset = ANSWER_SIZE;
    size_t texts = answer->domain.size + answer->user.size + answer->workstation.size;

    begin_message(out, 3);
    /* The payload's order is free (2.2.1.3); the texts first, as Windows has it. */
    offset += texts;
    put_field(out, LM_SIZE, &offset);
    put_field(out, answer->response.size, &offset);
    offset = ANSWER_SIZE;
    put_field(out, answer->domain.size, &offset);
    put_field(out, answer->user.size, &offset);
    put_field(out, answer->workstation.size, &offset);
    offset += LM_SIZE + answer->response.size;
    put_field(out, answer->session_key.size, &offset);
    put_u32(out, answer->flags);
    put_version(out);
    mic_buf_append(out, zeros, MIC_NTLM_MIC_SIZE);
    mic_buf_append_str(out, answer->domain);
    mic_buf_append_str(out, answer->user);
    mic_buf_append_str(out, answer->workstation);
    mic_buf_append(out, zeros, LM_SIZE); /* no LMv2 beside a timestamp (3.1.5.1.2) */
    mic_buf_append_str(out, answer->response);
    mic_buf_append_str(out, answer->session_key);
}

bool mic_ntlm_write_utf16(struct mic_buf *out, struct mic_str text, bool in_upper_case)
{
    size_t count = mic_utf8_to_utf16(text.data, text.size, NULL, 0);
    uint16_t *units;
    bool ok;

    if (text.size == 0) {
        return true;
    }
    if (count > FIELD_MAX / 2) { /* also what is not valid */
        return false;
    }
    units = mic_calloc(count, sizeof(*units));
    ok = units != NULL && mic_buf_reserve(out, 2 * count) &&
         mic_utf8_to_utf16(text.data, text.size, units, count) == count;
    if (ok && in_upper_case) {
        mic_upcase(units, count);
    }
    for (size_t i = 0; ok && i < count; i++) {
        put_u16(out, units[i]);
    }
    if (units != NULL) {
        mic_wipe(units, count * sizeof(*units)); /* passwords come here too */
    }
    mic_free(units);
    return ok;
}

/* ---- reading ---- */

static MI_Result malformed(struct mic_err *err, const char *what)
{
    MI_Result result = mic_err_set(err, MIC_E_LOGON_PROTOCOL,
                                   "the server's NTLM challenge is malformed: %s", what);

    mic_err_remedy(err, "The server or a device between damaged the logon; see the server's log.");
    return result;
}

static bool take_known_pair(struct mic_ntlm_challenge *challenge, size_t id, struct mic_str value)
{
    if (id == MIC_NTLM_AV_TIMESTAMP) {
        if (value.size != sizeof(challenge->time)) {
            return false;
        }
        memcpy(challenge->time, value.data, value.size);
        challenge->has_time = true;
    }
    if (id == MIC_NTLM_AV_FLAGS) {
        if (value.size != 4) {
            return false;
        }
        challenge->av_flags = get_u32(value.data);
    }
    return true;
}

static bool read_pairs(struct mic_ntlm_challenge *challenge, struct mic_str info)
{
    struct mic_str rest = info, value;
    size_t id;

    while (next_pair(&rest, &id, &value)) {
        if (!take_known_pair(challenge, id, value)) {
            return false;
        }
    }
    challenge->pairs = (struct mic_str){info.data, info.size - rest.size};
    return rest.size >= 4 && get_u32(rest.data) == MIC_NTLM_AV_END;
}

/* What a server must offer, and what it is called. */
static MI_Result check_offer(uint32_t flags, uint32_t wanted, struct mic_err *err)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } needs[] = {
        {MIC_NTLM_UNICODE, "Unicode"},
        {MIC_NTLM_EXTENDED_SECURITY, "extended session security"},
        {MIC_NTLM_TARGET_INFO, "NTLMv2 (no target information)"},
        {MIC_NTLM_128, "128-bit keys"},
        {MIC_NTLM_KEY_EXCHANGE, "key exchange"},
        {MIC_NTLM_SIGN, "signing"},
        {MIC_NTLM_SEAL, "sealing"},
    };

    for (size_t i = 0; i < MIC_COUNT(needs); i++) {
        bool is_wanted = needs[i].flag == MIC_NTLM_TARGET_INFO || (wanted & needs[i].flag) != 0;

        if (is_wanted && (flags & needs[i].flag) == 0) {
            MI_Result result = mic_err_set(
                err, MIC_E_LOGON_PROTOCOL,
                "the server's NTLM does not offer %s (flags 0x%08lx): the logon was given "
                "up",
                needs[i].name, (unsigned long)flags);
            mic_err_remedy(err, "Let the server offer NTLMv2 with 128-bit session security "
                                "(policy: Network security: minimum session security), or use "
                                "another scheme.");
            return result;
        }
    }
    return MI_RESULT_OK;
}

MI_Result mic_ntlm_read_challenge(struct mic_str message, uint32_t wanted,
                                  struct mic_ntlm_challenge *challenge, struct mic_err *err)
{
    size_t offset, size;
    MI_Result result;

    memset(challenge, 0, sizeof(*challenge));
    if (message.size < CHALLENGE_SIZE || message.size > CHALLENGE_MAX) {
        return malformed(err, "it is too short or too long");
    }
    if (memcmp(message.data, SIGNATURE, SIGNATURE_SIZE) != 0 || get_u32(message.data + 8) != 2) {
        return malformed(err, "it is another message");
    }
    challenge->flags = get_u32(message.data + 20);
    memcpy(challenge->server_challenge, message.data + 24, sizeof(challenge->server_challenge));
    result = check_offer(challenge->flags, wanted, err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    size = get_u16(message.data + 40);
    offset = get_u32(message.data + 44);
    if (offset > message.size || size > message.size - offset) {
        return malformed(err, "its target information lies outside");
    }
    if (!read_pairs(challenge, (struct mic_str){message.data + offset, size})) {
        return malformed(err, "its target information cannot be read");
    }
    return MI_RESULT_OK;
}
