/* Servers that answer what no server should: nothing of it may cost more than it is long, or
 * outlive its reply. */
#include "talk.h"

#define ENVELOPE(header, body)                                                                     \
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' "                               \
    "xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' "                                  \
    "xmlns:e='http://schemas.xmlsoap.org/ws/2004/08/eventing' "                                    \
    "xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration' "                                 \
    "xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' "                                    \
    "xmlns:i='http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd'><s:Header>" header    \
    "</s:Header><s:Body>" body "</s:Body></s:Envelope>"
#define SHELF   "<p:Test_Shelf xmlns:p='urn:shelf'><p:Id>7</p:Id></p:Test_Shelf>"
#define WARNING "<i:InteractiveEvent><i:EventType>Warning</i:EventType></i:InteractiveEvent>"
#define REFUSED                                                                                    \
    "<s:Fault><s:Code><s:Value>s:MustUnderstand</s:Value></s:Code><s:Reason><s:Text>no</s:Text>"   \
    "</s:Reason></s:Fault>"

static void start(struct talk *talk, enum mic_verb verb)
{
    talk_init(talk, verb);
    talk_key(talk, "Id", "7");
    talk->request.flags = MI_OPERATIONFLAGS_NO_RTTI;
}

MIC_TEST(hostile, answer_of_a_reply_that_was_refused_is_forgotten)
{
    struct talk talk;

    start(&talk, MIC_VERB_MODIFY);
    talk_reply_with(&talk, 200, ENVELOPE("", SHELF REFUSED));
    talk_reply_with(&talk, 200, ENVELOPE("", ""));
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Put\nsend Put\ndone\n");
    talk_fini(&talk);
}

MIC_TEST(hostile, answer_in_an_envelope_that_is_none_ends_the_operation)
{
    static const char *const first[] = {
        ENVELOPE("", SHELF WARNING),
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' "
        "xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing'><s:Body>" SHELF
        "</s:Body><s:Header><a:Action>urn:x/Keepalive</a:Action></s:Header></s:Envelope>"};

    for (size_t i = 0; i < MIC_COUNT(first); i++) {
        struct talk talk;
        start(&talk, MIC_VERB_GET);
        mic_buf_append_text(talk_reply_with(&talk, 200, first[i]), ENVELOPE("", SHELF));
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
        MIC_CHECK(strstr(talk_log(&talk), "event") == NULL);
        talk_fini(&talk);
    }
}

/* A namespace is written again at each element of another one, so 70 KB could become gigabytes. */
static void append_repeated(struct mic_buf *out, const char *text, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        mic_buf_append_text(out, text);
    }
}

static void append_long_namespace(struct mic_buf *out, const char *element)
{
    mic_buf_append_format(out, "<%s xmlns:x='urn:", element);
    append_repeated(out, "0123456789", 4000);
    mic_buf_append_text(out, "'>");
}

static void subscribe(struct talk *talk)
{
    talk_init(talk, MIC_VERB_SUBSCRIBE);
    talk->request.class_name = NULL;
    talk->request.dialect = "WQL";
    talk->request.query = "SELECT * FROM Test_ShelfFull";
    talk->request.flags = MI_OPERATIONFLAGS_NO_RTTI;
}

#define ENVELOPE_BEGIN                                                                             \
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' "                               \
    "xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' "                                  \
    "xmlns:e='http://schemas.xmlsoap.org/ws/2004/08/eventing' "                                    \
    "xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration' "                                 \
    "xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'>"
#define CONTEXT "<n:EnumerationContext>c</n:EnumerationContext>"

static void check_is_refused(struct talk *talk)
{
    MIC_CHECK_INT(talk_run(talk), MI_RESULT_SERVER_LIMITS_EXCEEDED);
    MIC_CHECK(strstr(talk_log(talk), "MaxEnvelopeSize") != NULL);
    MIC_CHECK(talk->farewell.size < 2 * talk->session.max_envelope_size);
    talk_fini(talk);
}

MIC_TEST(hostile, manager_that_grows_when_it_is_kept_is_refused)
{
    static const char *const parts[] = {"<x:p/>", "<w:SelectorSet><w:Selector Name='k'><x:p/>"
                                                  "</w:Selector></w:SelectorSet>"};

    for (size_t i = 0; i < MIC_COUNT(parts); i++) {
        struct talk talk;
        subscribe(&talk);
        struct mic_buf *bytes = talk_reply_with(
            &talk, 200, ENVELOPE_BEGIN "<s:Body><e:SubscribeResponse><e:SubscriptionManager>");
        append_long_namespace(bytes, "a:ReferenceParameters");
        append_repeated(bytes, parts[i], 500);
        mic_buf_append_text(bytes, "</a:ReferenceParameters></e:SubscriptionManager>" CONTEXT
                                   "</e:SubscribeResponse></s:Body></s:Envelope>");
        check_is_refused(&talk);
    }
}

static void append_attributes(struct mic_buf *bytes)
{
    mic_buf_append_text(bytes, "<p ");
    for (unsigned n = 0; n < 500; n++) {
        mic_buf_append_format(bytes, "x:b%u='' ", n);
    }
    mic_buf_append_text(bytes, "/>");
}

static void append_children(struct mic_buf *bytes)
{
    mic_buf_append_text(bytes, "<p>");
    append_repeated(bytes, "<y/><x:p/>", 500);
    mic_buf_append_text(bytes, "</p>");
}

MIC_TEST(hostile, bookmark_that_grows_when_it_is_kept_is_refused)
{
    static void (*const append[])(struct mic_buf *) = {append_attributes, append_children};

    for (size_t i = 0; i < MIC_COUNT(append); i++) {
        struct talk talk;
        subscribe(&talk);
        talk_reply_with(&talk, 200,
                        ENVELOPE_BEGIN "<s:Body><e:SubscribeResponse>" CONTEXT
                                       "</e:SubscribeResponse></s:Body></s:Envelope>");
        struct mic_buf *bytes = talk_reply_with(&talk, 200, ENVELOPE_BEGIN "<s:Header>");
        append_long_namespace(bytes, "w:Bookmark");
        append[i](bytes);
        mic_buf_append_text(bytes, "</w:Bookmark></s:Header><s:Body/></s:Envelope>");
        check_is_refused(&talk);
    }
}

/* ---- instances of another make ---- */

/* Its two keys refer to itself: all that is written of it ends nowhere. */
static MI_Result MI_CALL serpent_class(const MI_Instance *self, const MI_Char **out)
{
    (void)self;
    *out = "Test_Shelf";
    return MI_RESULT_OK;
}

static MI_Result MI_CALL serpent_space(const MI_Instance *self, const MI_Char **out)
{
    (void)self;
    *out = NULL;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL serpent_count(const MI_Instance *self, MI_Uint32 *count)
{
    (void)self;
    *count = 2;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL serpent_at(const MI_Instance *self, MI_Uint32 index, const MI_Char **name,
                                    MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    static const MI_Instance headless;
    const MI_Instance *next = self->reserved[0] != 0 ? &headless : self;

    if (name != NULL) {
        *name = index == 0 ? "Head" : "Tail";
    }
    if (value != NULL) {
        value->reference = (MI_Instance *)(uintptr_t)next;
    }
    if (type != NULL) {
        *type = MI_REFERENCE;
    }
    if (flags != NULL) {
        *flags = MI_FLAG_KEY;
    }
    return MI_RESULT_OK;
}

static const MI_InstanceFT serpent_table = {.GetClassName = serpent_class,
                                            .GetNameSpace = serpent_space,
                                            .GetElementCount = serpent_count,
                                            .GetElementAt = serpent_at};

MIC_TEST(hostile, keys_that_refer_to_their_own_instance_or_to_nothing_are_refused)
{
    const MI_Instance serpents[] = {{.ft = &serpent_table},
                                    {.ft = &serpent_table, .reserved = {1}}};

    for (size_t i = 0; i < MIC_COUNT(serpents); i++) {
        struct talk talk;
        talk_init(&talk, MIC_VERB_GET);
        talk.request.class_name = NULL;
        talk.request.instance = &serpents[i];
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER);
        MIC_CHECK_INT(talk.requests.size, 0);
        talk_fini(&talk);
    }
}

/* ---- texts of the application ---- */

static const char *set_field(struct mic_request *request, size_t field, const char *text)
{
    request->class_name = NULL;
    switch (field) {
    case 0:
        request->verb = MIC_VERB_QUERY;
        request->dialect = text;
        return "dialect";
    case 1:
        request->verb = MIC_VERB_QUERY;
        request->query = text;
        return "query";
    case 2:
        request->association.association_class = text;
        return "association class";
    case 3:
        request->association.result_class = text;
        return "result class";
    case 4:
        request->association.role = text;
        return "role";
    case 5:
        request->association.result_role = text;
        return "result role";
    case 6:
        request->verb = MIC_VERB_INVOKE;
        request->method = text;
        return "method";
    case 7:
        request->name_space = text;
        return "namespace";
    case 8:
        request->verb = MIC_VERB_SUBSCRIBE;
        request->query = text;
        return "indication query";
    default:
        request->verb = MIC_VERB_ENUMERATE;
        request->class_name = text;
        return "class";
    }
}

MIC_TEST(hostile, texts_that_no_request_can_carry_are_refused_before_it)
{
    static const char *const texts[] = {"a:\xFF", "a:\x01", "a:\xED\xA0\x80", "a:\xC0\x80"};

    for (size_t i = 0; i < MIC_COUNT(texts) * 10; i++) {
        struct talk talk;
        start(&talk, MIC_VERB_ASSOCIATORS);
        talk.request.dialect = "WQL";
        talk.request.query = "SELECT * FROM Test_Shelf";
        talk.request.method = "Tilt";
        const char *what = set_field(&talk.request, i % 10, texts[i / 10]);
        MI_Result result = talk_run(&talk);
        if (result != MI_RESULT_INVALID_PARAMETER || talk.requests.size > 0) {
            MIC_FAIL("%s %u: %d %s", what, (unsigned)(i / 10), (int)result, talk_log(&talk));
        }
        talk_fini(&talk);
    }
}
