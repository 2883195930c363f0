/* One operation: the codec's request in one probe, its reply through the codec's reader. */
#include <string.h>

#include "doctor/walk.h"

static const MI_Instance *read_reply(struct mic_exchange *exchange, const struct mic_probe *probe,
                                     struct mic_err *err)
{
    struct mic_item item;
    const char *class_name = NULL;

    memset(&item, 0, sizeof(item));
    mic_exchange_reply(exchange, probe->status, probe->content_type);
    mic_exchange_feed(exchange, probe->body.data, probe->body.size);
    mic_exchange_feed_end(exchange);
    switch (mic_exchange_next(exchange, &item, &class_name, err)) {
    case MIC_STEP_ITEM:
        return item.instance;
    case MIC_STEP_FAILED:
        return NULL;
    case MIC_STEP_SEND:
    case MIC_STEP_BYTES:
    case MIC_STEP_SIDE:
    case MIC_STEP_CLASS:
    case MIC_STEP_EVENT:
    case MIC_STEP_DONE:
        break;
    }
    mic_err_set(err, MIC_E_PROTOCOL, "the server's reply holds no answer (status %u)",
                probe->status);
    return NULL;
}

void mic_ask(struct mic_walk *walk, struct mic_endpoint *endpoint,
             const struct mic_http_target *target, const struct mic_request *request,
             bool unauthenticated, struct mic_answer *out)
{
    struct mic_buf envelope;
    struct mic_probe_order order = {
        .target = target,
        .unauthenticated = unauthenticated,
        .timeout_ms = walk->timeout_ms,
    };

    memset(out, 0, sizeof(*out));
    mic_err_init(&out->err);
    mic_err_init(&out->probe.err);
    mic_buf_init(&out->probe.body);
    mic_buf_init(&envelope);
    out->exchange = mic_exchange_new(request, &endpoint->wsman, &out->err);
    if (out->exchange != NULL) {
        struct mic_item item;
        const char *class_name = NULL;

        (void)mic_exchange_next(out->exchange, &item, &class_name, &out->err);
        (void)mic_exchange_write(out->exchange, &envelope, &out->err);
    }
    if (out->err.code == MIC_E_NONE) {
        order.body = (struct mic_str){envelope.data, envelope.size};
        mic_probe_run(walk->runtime, &order, &out->probe);
        out->err = out->probe.err;
    }
    if (out->err.code == MIC_E_NONE) {
        out->item = read_reply(out->exchange, &out->probe, &out->err);
    }
    mic_buf_fini(&envelope);
}

void mic_ask_identify(struct mic_walk *walk, struct mic_endpoint *endpoint,
                      const struct mic_http_target *target, bool unauthenticated,
                      struct mic_answer *out)
{
    const struct mic_request request = {.verb = MIC_VERB_IDENTIFY,
                                        .flags = MI_OPERATIONFLAGS_NO_RTTI};

    mic_ask(walk, endpoint, target, &request, unauthenticated, out);
}

void mic_answer_fini(struct mic_answer *answer)
{
    mic_exchange_free(answer->exchange);
    mic_probe_fini(&answer->probe);
}

const char *mic_answer_text(const struct mic_answer *answer, const char *property)
{
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;

    if (answer->item == NULL ||
        MI_Instance_GetElement(answer->item, property, &value, &type, &flags, NULL) !=
            MI_RESULT_OK ||
        type != MI_STRING || (flags & MI_FLAG_NULL) != 0) {
        return NULL;
    }
    return value.string;
}
