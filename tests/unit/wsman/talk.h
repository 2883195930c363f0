/** A dialogue with canned replies, told as text: what was sent, asked for and delivered, a line
 * each. */
#ifndef MIC_TEST_TALK_H
#define MIC_TEST_TALK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "common/result.h"
#include "mic_test.h"
#include "model/value.h"
#include "wsman/exchange.h"
#include "wsman/value_text.h"

#define TALK_REPLIES_MAX 8

struct talk_reply {
    unsigned status;
    const char *type;
    struct mic_buf bytes;
};

struct talk {
    struct mic_request request;
    struct mic_wsman_session session;
    struct mic_uuid_series message_ids;
    struct mic_instance *key;
    struct talk_reply replies[TALK_REPLIES_MAX];
    size_t reply_count;
    size_t piece;            /* bytes per feed; 0: all at once */
    size_t split;            /* with piece 0: first feed has this many bytes; 0: no split */
    bool ahead;              /* replies are in to their end at once, and Pulls go ahead */
    struct mic_class *cls;   /* answer to CLASS for its own name; counted by the caller */
    struct mic_class *other; /* likewise */
    MI_OperationCallback_ResponseType answer; /* to every question */
    bool is_mute;                             /* ... or none is given */
    struct mic_buf requests;                  /* every request written */
    struct mic_buf farewell;                  /* what follows the end: Release, Unsubscribe, End */
    struct mic_buf log;
};

static inline void talk_init(struct talk *talk, enum mic_verb verb)
{
    memset(talk, 0, sizeof(*talk));
    talk->request.verb = verb;
    talk->request.class_name = "Test_Shelf";
    talk->request.name_space = "root/test";
    talk->session.message_ids = &talk->message_ids;
    talk->session.to = "http://server:5985/wsman";
    snprintf(talk->session.session_id, sizeof(talk->session.session_id), "uuid:SESSION");
    talk->session.max_envelope_size = 512000;
    talk->session.max_elements = 32000;
    talk->session.locale = talk->session.data_locale = "en-US";
    mic_buf_init(&talk->requests);
    mic_buf_init(&talk->farewell);
    mic_buf_init(&talk->log);
}

static inline void talk_fini(struct talk *talk)
{
    for (size_t i = 0; i < talk->reply_count; i++) {
        mic_buf_fini(&talk->replies[i].bytes);
    }
    mic_buf_fini(&talk->requests);
    mic_buf_fini(&talk->farewell);
    mic_buf_fini(&talk->log);
    mic_instance_delete(talk->key);
}

static inline struct mic_buf *talk_reply_with(struct talk *talk, unsigned status, const char *text)
{
    struct talk_reply *reply = &talk->replies[talk->reply_count++];

    reply->status = status;
    reply->type = "application/soap+xml;charset=UTF-8";
    mic_buf_init(&reply->bytes);
    mic_buf_append_text(&reply->bytes, text);
    return &reply->bytes;
}

static inline void talk_read_file(const char *name, struct mic_buf *out)
{
    char path[512], bytes[4096];
    size_t size;

    snprintf(path, sizeof(path), "%s/%s", GOLDEN_DIR, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        MIC_FAIL("cannot open %s", path);
        return;
    }
    while ((size = fread(bytes, 1, sizeof(bytes), file)) > 0) {
        mic_buf_append(out, bytes, size);
    }
    fclose(file);
}

static inline struct mic_buf *talk_reply_file(struct talk *talk, unsigned status, const char *name)
{
    struct mic_buf *bytes = talk_reply_with(talk, status, "");
    talk_read_file(name, bytes);
    return bytes;
}

static inline void talk_key(struct talk *talk, const char *name, const char *text)
{
    MI_Value value;

    if (talk->key == NULL) {
        talk->key = mic_instance_new("Test_Shelf", NULL);
    }
    MIC_REQUIRE(talk->key != NULL);
    value.string = (MI_Char *)(uintptr_t)text;
    mic_instance_set(talk->key, name, MI_STRING, &value, MI_FLAG_KEY, NULL);
    talk->request.instance = &talk->key->public_instance;
    talk->request.class_name = NULL;
}

static inline void talk_tell_instance(struct mic_buf *log, const MI_Instance *instance);

static inline void talk_tell_one(struct mic_buf *log, MI_Type type, const MI_Value *value)
{
    char room[MIC_VALUE_ROOM];

    if (type == MI_INSTANCE || type == MI_REFERENCE) {
        talk_tell_instance(log, value->instance);
        return;
    }
    const char *text = mic_value_text(type, value, room);
    mic_buf_append_text(log, text == NULL ? "?" : text);
}

static inline void talk_tell_value(struct mic_buf *log, MI_Type type, const MI_Value *value)
{
    if (!MIC_TYPE_IS_ARRAY(type)) {
        talk_tell_one(log, type, value);
        return;
    }
    MI_Type element = MIC_TYPE_ELEMENT(type);
    size_t size = mic_type_size(element);
    mic_buf_append_char(log, '[');
    for (MI_Uint32 i = 0; i < value->array.size; i++) {
        MI_Value one;
        memset(&one, 0, sizeof(one));
        memcpy(&one, (const char *)value->array.data + i * size, size);
        mic_buf_append_text(log, i > 0 ? "," : "");
        talk_tell_one(log, element, &one);
    }
    mic_buf_append_char(log, ']');
}

static inline void talk_tell_instance(struct mic_buf *log, const MI_Instance *instance)
{
    const MI_Char *class_name = NULL, *name_space = NULL;
    MI_Uint32 count = 0;

    instance->ft->GetClassName(instance, &class_name);
    instance->ft->GetNameSpace(instance, &name_space);
    instance->ft->GetElementCount(instance, &count);
    mic_buf_append_format(log, "%s@%s{", class_name, name_space == NULL ? "-" : name_space);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_Value value;
        MI_Type type;
        MI_Uint32 flags;
        instance->ft->GetElementAt(instance, i, &name, &value, &type, &flags);
        mic_buf_append_format(log, "%s%s%s:%s=", i > 0 ? ";" : "", name,
                              (flags & MI_FLAG_KEY) != 0 ? "*" : "", mic_type_name(type));
        if ((flags & MI_FLAG_NULL) != 0) {
            mic_buf_append_text(log, "NULL");
        } else {
            talk_tell_value(log, type, &value);
        }
    }
    mic_buf_append_char(log, '}');
}

static inline void talk_tell_class(struct mic_buf *log, const MI_Class *cls)
{
    const MI_ClassDecl *decl = cls->classDecl;

    mic_buf_append_format(log, "class %s : %s", decl->name,
                          decl->superClass == NULL ? "-" : decl->superClass);
    for (MI_Uint32 i = 0; i < decl->numProperties; i++) {
        const MI_PropertyDecl *property = decl->properties[i];
        mic_buf_append_format(
            log, "\n  %s:%s flags=%x origin=%s class=%s size=%u", property->name,
            mic_type_name((MI_Type)property->type), (unsigned)property->flags, property->origin,
            property->className == NULL ? "-" : property->className, (unsigned)property->subscript);
        if (property->value != NULL) {
            MI_Value value;
            mic_buf_append_text(log, " default=");
            memcpy(&value, property->value, sizeof(value));
            talk_tell_value(log, (MI_Type)property->type, &value);
        }
    }
}

static inline void talk_tell_sent(struct talk *talk, const struct mic_buf *request)
{
    static const char mark[] = "<a:Action s:mustUnderstand=\"true\">";
    const char *text = request->data;
    const char *action = memmem(text, request->size, mark, sizeof(mark) - 1);

    if (action == NULL) {
        mic_buf_append_text(&talk->log, "send\n");
        return;
    }
    const char *end = strchr(action + sizeof(mark) - 1, '<');
    const char *begin = end;
    while (begin[-1] != '/') {
        begin--;
    }
    mic_buf_append_format(&talk->log, "send %.*s\n", (int)(end - begin), begin);
}

static inline bool talk_send(struct talk *talk, struct mic_exchange *exchange, struct mic_err *err)
{
    struct mic_buf request;
    MI_Result result;

    mic_buf_init(&request);
    result = mic_exchange_write(exchange, &request, err);
    if (result == MI_RESULT_OK && !request.failed) {
        mic_buf_append(&talk->requests, request.data, request.size);
        (void)mic_buf_text(&request);
        talk_tell_sent(talk, &request);
    }
    mic_buf_fini(&request);
    return result == MI_RESULT_OK;
}

struct talk_place {
    size_t reply, at;
    bool begun;
};

static inline bool talk_feed(struct talk *talk, struct mic_exchange *exchange,
                             struct talk_place *place)
{
    if (place->reply >= talk->reply_count) {
        return false;
    }
    const struct talk_reply *reply = &talk->replies[place->reply];
    if (!place->begun) {
        mic_exchange_reply(exchange, reply->status, reply->type);
        place->begun = true;
        place->at = 0;
    }
    size_t left = reply->bytes.size - place->at, size = left;
    if (left == 0) {
        mic_exchange_feed_end(exchange);
        place->begun = false;
        place->reply++;
        return true;
    }
    if (talk->piece > 0 && talk->piece < left) {
        size = talk->piece;
    } else if (talk->split > place->at) {
        size = talk->split - place->at < left ? talk->split - place->at : left;
    }
    /* A copy of its own, so that a sanitizer sees every step beyond it. */
    char *copy = malloc(size);
    if (copy != NULL) {
        memcpy(copy, reply->bytes.data + place->at, size);
        mic_exchange_feed(exchange, copy, size);
        free(copy);
    }
    place->at += size;
    if (talk->ahead && place->at == reply->bytes.size) {
        mic_exchange_feed_end(exchange);
        place->begun = false;
        place->reply++;
    }
    return true;
}

static inline struct mic_class *talk_answer(const struct talk *talk, const char *class_name)
{
    struct mic_class *const known[] = {talk->cls, talk->other};

    for (size_t i = 0; i < MIC_COUNT(known); i++) {
        if (known[i] != NULL &&
            mic_text_equal_nocase(class_name, known[i]->public_class.classDecl->name)) {
            return known[i];
        }
    }
    return NULL;
}

static inline void talk_tell_event(struct talk *talk, const struct mic_event *event)
{
    static const char *const kinds[] = {"prompt", "error", "message", "progress", "stream"};
    struct mic_buf *log = &talk->log;

    mic_buf_append_format(log, "event %s%s", kinds[event->kind], event->asks ? " asks" : "");
    switch (event->kind) {
    case MIC_EVENT_MESSAGE:
        mic_buf_append_format(log, " %u \"%s\"", (unsigned)event->channel, event->text);
        break;
    case MIC_EVENT_PROGRESS:
        mic_buf_append_format(log, " \"%s\" \"%s\" \"%s\" %u%% %u", event->text, event->step,
                              event->status, (unsigned)event->percent, (unsigned)event->seconds);
        break;
    case MIC_EVENT_PROMPT:
        mic_buf_append_format(log, " %d \"%s\"", (int)event->prompt_type, event->text);
        break;
    case MIC_EVENT_ERROR:
        mic_buf_append_char(log, ' ');
        talk_tell_instance(log, event->error);
        break;
    case MIC_EVENT_STREAM:
    default:
        mic_buf_append_format(log, " %s:%s=", event->name, mic_type_name(event->type));
        talk_tell_value(log, event->type, event->value);
        break;
    }
    mic_buf_append_char(log, '\n');
}

/* What goes out on another connection. */
static inline bool talk_send_side(struct talk *talk, struct mic_exchange *exchange,
                                  struct mic_err *err)
{
    bool is_answer = mic_exchange_side(exchange) == MIC_SIDE_ANSWER;
    struct mic_buf out;

    mic_buf_init(&out);
    bool is_good = mic_exchange_write_side(exchange, &out, err) == MI_RESULT_OK;
    if (is_good && mic_buf_text(&out)[0] != '\0') {
        mic_buf_append(&talk->requests, out.data, out.size);
        mic_buf_append_text(&talk->log, is_answer ? "answer: " : "notice: ");
        talk_tell_sent(talk, &out);
    }
    mic_buf_fini(&out);
    return is_good;
}

static inline void talk_tell_item(struct talk *talk, const struct mic_item *item)
{
    mic_buf_append_text(&talk->log, item->is_last ? "last " : "item ");
    if (item->instance != NULL) {
        talk_tell_instance(&talk->log, item->instance);
    }
    if (item->cls != NULL) {
        talk_tell_class(&talk->log, item->cls);
    }
    if (item->bookmark != NULL) {
        mic_buf_append_format(&talk->log, " bookmark %s", item->bookmark);
    }
    if (item->machine_id != NULL) {
        mic_buf_append_format(&talk->log, " from %s", item->machine_id);
    }
    mic_buf_append_char(&talk->log, '\n');
}

/** Run to the end; the log says it all. @return the result of the operation. */
static inline MI_Result talk_run(struct talk *talk)
{
    struct mic_err err;
    struct talk_place place = {0, 0, false};
    MI_Result result = MI_RESULT_OK;

    mic_buf_clear(&talk->log);
    mic_buf_clear(&talk->requests);
    mic_buf_clear(&talk->farewell);
    mic_err_init(&err);
    struct mic_exchange *exchange = mic_exchange_new(&talk->request, &talk->session, &err);
    if (exchange == NULL) {
        mic_buf_append_format(&talk->log, "refused %d: %s\n", (int)err.result, err.message);
        return err.result;
    }
    for (bool more = true; more;) {
        struct mic_item item;
        const char *class_name = NULL;
        if (talk->ahead && mic_exchange_can_send_ahead(exchange)) {
            mic_buf_append_text(&talk->log, "ahead ");
            more = talk_send(talk, exchange, &err);
        }
        switch (mic_exchange_next(exchange, &item, &class_name, &err)) {
        case MIC_STEP_SEND:
            more = talk_send(talk, exchange, &err);
            result = more ? result : err.result;
            break;
        case MIC_STEP_BYTES:
            more = talk_feed(talk, exchange, &place);
            if (!more) {
                mic_buf_append_text(&talk->log, "waiting\n");
            }
            break;
        case MIC_STEP_SIDE:
            more = talk_send_side(talk, exchange, &err);
            result = more ? result : err.result;
            break;
        case MIC_STEP_CLASS:
            mic_buf_append_format(&talk->log, "class %s\n", class_name);
            mic_exchange_set_class(exchange, talk_answer(talk, class_name));
            break;
        case MIC_STEP_ITEM:
            talk_tell_item(talk, &item);
            break;
        case MIC_STEP_EVENT:
            talk_tell_event(talk, item.event);
            if (item.event->asks && !talk->is_mute) {
                mic_exchange_answer(exchange, talk->answer);
            }
            break;
        case MIC_STEP_DONE:
            mic_buf_append_text(&talk->log, "done\n");
            more = false;
            break;
        case MIC_STEP_FAILED:
        default:
            mic_buf_append_format(&talk->log, "failed %d %08x %u: %s\n", (int)err.result,
                                  (unsigned)err.hresult, (unsigned)err.category, err.message);
            if (mic_exchange_error_instance(exchange) != NULL) {
                talk_tell_instance(&talk->log, mic_exchange_error_instance(exchange));
                mic_buf_append_char(&talk->log, '\n');
            }
            result = err.result;
            more = false;
            break;
        }
    }
    if (mic_exchange_write_release(exchange, &talk->farewell) ||
        mic_exchange_write_end(exchange, &talk->farewell)) {
        (void)mic_buf_text(&talk->farewell);
        talk_tell_sent(talk, &talk->farewell);
    }
    mic_exchange_free(exchange);
    return result;
}

static inline const char *talk_log(struct talk *talk)
{
    return mic_buf_text(&talk->log);
}

/** Requests byte for byte against a file, what is new each time replaced: GUIDs become 'G's. */
static inline void talk_blank_ids(struct mic_buf *text)
{
    static const char mark[] = "uuid:";
    char *at = text->data;

    while (at != NULL && (at = strstr(at, mark)) != NULL) {
        at += sizeof(mark) - 1;
        if (strncmp(at, "SESSION", 7) == 0) {
            continue;
        }
        for (int i = 0; i < 36 && *at != '\0'; i++, at++) {
            bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
            MIC_CHECK(is_dash ? *at == '-' : strchr("0123456789ABCDEF", *at) != NULL);
            *at = is_dash ? '-' : 'G';
        }
    }
}

/* Run with the MIC_GOLDEN_WRITE environment variable set to write the files anew. */
static inline void talk_check_golden(struct mic_buf *text, const char *file)
{
    struct mic_buf expected;
    char path[512];

    (void)mic_buf_text(text);
    talk_blank_ids(text);
    snprintf(path, sizeof(path), "%s/%s", GOLDEN_DIR, file);
    if (getenv("MIC_GOLDEN_WRITE") != NULL) {
        FILE *out = fopen(path, "wb");
        MIC_REQUIRE(out != NULL);
        fwrite(text->data, 1, text->size, out);
        fclose(out);
    }
    mic_buf_init(&expected);
    talk_read_file(file, &expected);
    MIC_CHECK_TEXT(mic_buf_text(text), mic_buf_text(&expected));
    mic_buf_fini(&expected);
}

/** The declaration in a GetClass reply; the caller's. */
static inline struct mic_class *talk_class(const char *file)
{
    struct talk talk;
    struct mic_err err;
    struct mic_item item;
    const char *class_name;
    struct mic_class *cls = NULL;
    struct mic_buf request;
    struct talk_place place = {0, 0, false};

    talk_init(&talk, MIC_VERB_GET_CLASS);
    talk_reply_file(&talk, 200, file);
    mic_err_init(&err);
    mic_buf_init(&request);
    struct mic_exchange *exchange = mic_exchange_new(&talk.request, &talk.session, &err);
    MIC_REQUIRE(exchange != NULL);
    mic_exchange_write(exchange, &request, &err);
    while (talk_feed(&talk, exchange, &place)) {
    }
    if (MIC_CHECK_INT(mic_exchange_next(exchange, &item, &class_name, &err), MIC_STEP_ITEM)) {
        cls = mic_class_ref(mic_class_from_public(item.cls));
    }
    mic_exchange_free(exchange);
    mic_buf_fini(&request);
    talk_fini(&talk);
    return cls;
}

#endif
