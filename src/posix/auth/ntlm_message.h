/** The three messages of an NTLM logon ([MS-NLMP] 2.2.1) as bytes: no cryptography. */
#ifndef MIC_AUTH_NTLM_MESSAGE_H
#define MIC_AUTH_NTLM_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/** Bits of NegotiateFlags ([MS-NLMP] 2.2.2.5). */
enum {
    MIC_NTLM_UNICODE = 0x00000001,
    MIC_NTLM_REQUEST_TARGET = 0x00000004,
    MIC_NTLM_SIGN = 0x00000010,
    MIC_NTLM_SEAL = 0x00000020,
    MIC_NTLM_NTLM = 0x00000200,
    MIC_NTLM_ALWAYS_SIGN = 0x00008000,
    MIC_NTLM_EXTENDED_SECURITY = 0x00080000,
    MIC_NTLM_TARGET_INFO = 0x00800000,
    MIC_NTLM_VERSION = 0x02000000,
    MIC_NTLM_128 = 0x20000000,
    MIC_NTLM_KEY_EXCHANGE = 0x40000000
};
#define MIC_NTLM_56 0x80000000U

/** AV_PAIR ids ([MS-NLMP] 2.2.2.1). */
enum {
    MIC_NTLM_AV_END = 0,
    MIC_NTLM_AV_FLAGS = 6,
    MIC_NTLM_AV_TIMESTAMP = 7,
    MIC_NTLM_AV_TARGET_NAME = 9,
    MIC_NTLM_AV_CHANNEL_BINDINGS = 10
};
#define MIC_NTLM_AV_FLAG_MIC 2U /* the AUTHENTICATE_MESSAGE has a MIC */

#define MIC_NTLM_MIC_AT   ((size_t)72) /* in an AUTHENTICATE_MESSAGE */
#define MIC_NTLM_MIC_SIZE ((size_t)16)

struct mic_ntlm_challenge {
    uint32_t flags;
    unsigned char server_challenge[8];
    struct mic_str pairs; /* the AV_PAIRs up to their end mark, checked; inside the message */
    uint32_t av_flags;
    bool has_time;
    unsigned char time[8];
};

/** What an AUTHENTICATE_MESSAGE is made of. Texts are UTF-16, little endian. */
struct mic_ntlm_answer {
    uint32_t flags;
    struct mic_str domain, user, workstation;
    struct mic_str response; /* NtChallengeResponse */
    struct mic_str session_key;
};

/** Flags to ask for. */
uint32_t mic_ntlm_wanted_flags(bool seals);
/** Append a NEGOTIATE_MESSAGE. */
void mic_ntlm_write_negotiate(struct mic_buf *out, uint32_t flags);
/** Read a CHALLENGE_MESSAGE. Everything in it is the server's word, and lies as it likes.
 *  @return MIC_E_LOGON_PROTOCOL for what is malformed, or offers less than NTLMv2 with 128 bits,
 * key exchange and what @p wanted asks for */
MI_Result mic_ntlm_read_challenge(struct mic_str message, uint32_t wanted,
                                  struct mic_ntlm_challenge *challenge, struct mic_err *err);
/** Append the AV_PAIRs of the response: the server's, but for those that are the client's to say.
 *  @param target_name  the SPN in UTF-16
 *  @param binding      MD5 of the channel bindings, 16 bytes, all zero when there are none */
void mic_ntlm_write_pairs(struct mic_buf *out, const struct mic_ntlm_challenge *challenge,
                          struct mic_str target_name, const unsigned char binding[16]);
/** Append an AUTHENTICATE_MESSAGE with its MIC still zero. */
void mic_ntlm_write_answer(struct mic_buf *out, const struct mic_ntlm_answer *answer);

/** Append UTF-8 as UTF-16, little endian; in upper case if told so.
 *  @return false when the text is not valid or memory fails */
bool mic_ntlm_write_utf16(struct mic_buf *out, struct mic_str text, bool in_upper_case);

#endif
