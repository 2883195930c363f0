/** A whole dialogue over fuzzed replies: separated by a zero byte, each led by a byte of choices.
 */
#ifndef MIC_EXCHANGE_FUZZ_H
#define MIC_EXCHANGE_FUZZ_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wsman/exchange.h"

struct exchange_fuzz {
    const uint8_t *data;
    size_t size, at;
    struct mic_class *cls;                            /* answer to CLASS */
    void (*on_instance)(const MI_Instance *instance); /* may be NULL */
    unsigned steps;
};

static inline bool exchange_fuzz_reply(struct exchange_fuzz *fuzz, struct mic_exchange *exchange)
{
    static const unsigned statuses[] = {200, 200, 200, 500, 400, 401, 404, 503};

    if (fuzz->at >= fuzz->size) {
        return false;
    }
    unsigned choice = fuzz->data[fuzz->at++];
    const uint8_t *begin = fuzz->data + fuzz->at;
    const uint8_t *end = memchr(begin, 0, fuzz->size - fuzz->at);
    size_t size = end == NULL ? fuzz->size - fuzz->at : (size_t)(end - begin);
    fuzz->at += size + (end != NULL);
    mic_exchange_reply(exchange, statuses[choice & 7],
                       (choice & 8) != 0 ? "application/soap+xml;charset=UTF-8" : NULL);
    size_t half = (choice & 16) != 0 ? size / 2 : 0;
    mic_exchange_feed(exchange, (const char *)begin, half);
    mic_exchange_feed(exchange, (const char *)begin + half, size - half);
    mic_exchange_feed_end(exchange);
    return true;
}

/** Run to the end; @p keep receives the first class delivered, counted, when not NULL. */
static inline void exchange_fuzz_run(struct exchange_fuzz *fuzz, const struct mic_request *request,
                                     struct mic_class **keep)
{
    struct mic_uuid_series message_ids = {.given = 0};
    struct mic_wsman_session session = {
        .to = "http://h/wsman", .message_ids = &message_ids, .max_envelope_size = 200000};
    struct mic_err err;
    struct mic_item item;
    const char *name;
    struct mic_buf out;
    struct mic_exchange *exchange = mic_exchange_new(request, &session, &err);
    bool more = exchange != NULL;

    mic_buf_init(&out);
    while (more && fuzz->steps++ < 100000) {
        mic_buf_clear(&out);
        if (mic_exchange_can_send_ahead(exchange)) {
            (void)mic_exchange_write(exchange, &out, &err);
        }
        switch (mic_exchange_next(exchange, &item, &name, &err)) {
        case MIC_STEP_SEND:
            more = mic_exchange_write(exchange, &out, &err) == MI_RESULT_OK;
            break;
        case MIC_STEP_BYTES:
            more = exchange_fuzz_reply(fuzz, exchange);
            break;
        case MIC_STEP_SIDE:
            more = mic_exchange_write_side(exchange, &out, &err) == MI_RESULT_OK;
            break;
        case MIC_STEP_EVENT:
            if (item.event->error != NULL) {
                mic_instance_delete(mic_instance_clone(item.event->error));
            }
            mic_exchange_answer(exchange, (MI_OperationCallback_ResponseType)(fuzz->steps & 3));
            break;
        case MIC_STEP_CLASS:
            mic_exchange_set_class(exchange, strlen(name) % 2 == 0 ? fuzz->cls : NULL);
            break;
        case MIC_STEP_ITEM:
            if (item.instance != NULL) {
                mic_instance_delete(mic_instance_clone(item.instance));
                if (fuzz->on_instance != NULL) {
                    fuzz->on_instance(item.instance);
                }
            }
            if (item.cls != NULL && keep != NULL && *keep == NULL) {
                *keep = mic_class_ref(mic_class_from_public(item.cls));
            }
            break;
        case MIC_STEP_DONE:
        case MIC_STEP_FAILED:
        default:
            more = false;
            break;
        }
    }
    if (exchange != NULL) {
        (void)mic_exchange_side_reply(exchange, 500,
                                      (struct mic_str){(const char *)fuzz->data, fuzz->size}, &err);
        (void)mic_exchange_write_release(exchange, &out);
        (void)mic_exchange_write_end(exchange, &out);
    }
    mic_exchange_free(exchange);
    mic_buf_fini(&out);
}

#endif
