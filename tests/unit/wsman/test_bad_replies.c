/* Hostile and broken replies: a clear error, bounded memory, and what came before is delivered. */
#include "talk.h"

#include "fail_alloc.h"

#define ENVELOPE                                                                                   \
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:n='http://schemas."       \
    "xmlsoap.org/ws/2004/09/enumeration' xmlns:p='urn:shelf' xmlns:xsi='http://www.w3.org/2001/"   \
    "XMLSchema-instance'><s:Body><n:PullResponse>"
#define END "</n:PullResponse></s:Body></s:Envelope>"

static void start(struct talk *talk)
{
    talk_init(talk, MIC_VERB_ENUMERATE);
    talk->request.flags = MI_OPERATIONFLAGS_NO_RTTI;
}

/* Fails with these words, whole and byte by byte. */
static void fails(const char *reply, const char *words)
{
    for (size_t piece = 0; piece < 3; piece++) {
        struct talk talk;
        start(&talk);
        talk.piece = piece;
        talk_reply_with(&talk, 200, reply);
        MIC_CHECK(talk_run(&talk) != MI_RESULT_OK);
        if (!MIC_CHECK(strstr(talk_log(&talk), words) != NULL)) {
            MIC_FAIL("%.200s\ngave %s\nwithout %s", reply, talk_log(&talk), words);
        }
        talk_fini(&talk);
    }
}

MIC_TEST(bad_replies, name_what_is_wrong_and_where)
{
    fails("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "document type declaration");
    fails("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x>&e;</x>", "document type declaration");
    fails(ENVELOPE "<n:Items><p:X>&boom;</p:X></n:Items>" END, "boom");
    fails(ENVELOPE "<n:Items><p:X></p:Y></n:Items>" END, "not well-formed XML");
    fails(ENVELOPE "<n:Items><p:X>\xC3(</p:X></n:Items>" END, "not valid UTF-8 at byte 2");
    fails(ENVELOPE "<n:Items><p:X>\xED\xA0\x80</p:X></n:Items>" END, "not valid UTF-8 at byte 2");
    fails(ENVELOPE "<n:Items>", "ends inside its document");
    fails(ENVELOPE "<n:Items><p:X>\xC3", "ends inside");
    fails("<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body/></s:Envelope>",
          "without an answer");
    fails("<a/>", "its root is <a>");
    fails("{\"json\":1}", "{");
}

MIC_TEST(bad_replies, instances_before_the_damage_are_delivered)
{
    struct talk talk;

    start(&talk);
    talk_reply_with(&talk, 200,
                    ENVELOPE "<n:Items><p:X><p:A>1</p:A></p:X><p:X><p:A>2</p:A></p:X><p:X><p:A>3");
    MIC_CHECK(talk_run(&talk) != MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "{A:string=1}\nitem X@root/test{A:string=2}\nfailed") !=
              NULL);
    talk_fini(&talk);
}

MIC_TEST(bad_replies, depth_is_limited)
{
    struct talk talk;

    start(&talk);
    struct mic_buf *bytes = talk_reply_with(&talk, 200, ENVELOPE "<n:Items>");
    for (int i = 0; i < 100000; i++) {
        mic_buf_append_text(bytes, "<p:X>");
    }
    MIC_CHECK(talk_run(&talk) != MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "deeper than 64 levels") != NULL);
    talk_fini(&talk);
}

MIC_TEST(bad_replies, one_tag_is_limited)
{
    struct talk talk;

    start(&talk);
    struct mic_buf *bytes = talk_reply_with(&talk, 200, ENVELOPE "<n:Items><p:X ");
    for (int i = 0; i < 30000; i++) {
        mic_buf_append_format(bytes, "a%d='>' ", i);
    }
    mic_buf_append_text(bytes, "/></n:Items>" END);
    MIC_CHECK(talk_run(&talk) != MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "a tag of more than 65536 bytes") != NULL);
    talk_fini(&talk);
}

MIC_TEST(bad_replies, envelope_size_is_limited_and_the_setting_named)
{
    struct talk talk;

    start(&talk);
    talk.session.max_envelope_size = 100000;
    struct mic_buf *bytes = talk_reply_with(&talk, 200, ENVELOPE "<n:Items><p:X><p:A>");
    for (int i = 0; i < 20000; i++) {
        mic_buf_append_text(bytes, "0123456789");
    }
    mic_buf_append_text(bytes, "</p:A></p:X></n:Items>" END);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_SERVER_LIMITS_EXCEEDED);
    MIC_CHECK(strstr(talk_log(&talk), "100000 bytes that MaxEnvelopeSize allows") != NULL);
    talk_fini(&talk);
}

MIC_TEST(bad_replies, answer_to_another_message_is_refused)
{
    fails("<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:a='http://schemas."
          "xmlsoap.org/ws/2004/08/addressing'><s:Header><a:RelatesTo>uuid:OTHER</a:RelatesTo>"
          "</s:Header><s:Body/></s:Envelope>",
          "answers message OTHER");
}

MIC_TEST(bad_replies, critical_prompt_is_refused_instead_of_waiting)
{
    fails("<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:i='http://schemas."
          "microsoft.com/wbem/wsman/1/cim/interactive.xsd'><s:Body><i:InteractiveEvent>"
          "<i:EventType>Confirm</i:EventType><i:Description>Format all?</i:Description>"
          "<i:PromptType>Critical</i:PromptType></i:InteractiveEvent></s:Body></s:Envelope>",
          "needs a promptUser callback: \"Format all?\"");
}

MIC_TEST(bad_replies, class_reply_of_another_kind_is_refused)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_GET_CLASS);
    talk_reply_with(&talk, 200,
                    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><CLASS>"
                    "<PROPERTY TYPE='string'/></CLASS></s:Body></s:Envelope>");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
    MIC_CHECK(strstr(talk_log(&talk), "has no name") != NULL);
    talk_fini(&talk);
    talk_init(&talk, MIC_VERB_GET_CLASS);
    talk_reply_file(&talk, 200, "windows-get.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
    MIC_CHECK(strstr(talk_log(&talk), "where a class declaration was asked for") != NULL);
    talk_fini(&talk);
}

/* ---- memory ---- */

static bool run_without_loss(void *context)
{
    struct talk *talk = context;
    return talk_run(talk) == MI_RESULT_OK;
}

static void every_allocation_may_fail(struct talk *talk)
{
    MIC_CHECK_INT(talk_run(talk), MI_RESULT_OK); /* the log has its room now */
    long failures = mic_fail_alloc_each(run_without_loss, talk);
    MIC_CHECK(failures > 5);
}

MIC_TEST(bad_replies, every_allocation_of_an_enumeration_may_fail)
{
    struct mic_class *cls = talk_class("windows-class.xml");
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.cls = cls;
    talk_reply_file(&talk, 200, "windows-enumerate.xml");
    talk_reply_file(&talk, 200, "windows-pull-last.xml");
    every_allocation_may_fail(&talk);
    talk_fini(&talk);
    mic_class_unref(cls);
}

MIC_TEST(bad_replies, every_allocation_of_get_class_may_fail)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_GET_CLASS);
    talk_reply_file(&talk, 200, "windows-class.xml");
    every_allocation_may_fail(&talk);
    talk_fini(&talk);
}

MIC_TEST(bad_replies, every_allocation_of_get_and_identify_may_fail)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_GET);
    talk_key(&talk, "Id", "5");
    talk_reply_file(&talk, 200, "windows-get.xml");
    every_allocation_may_fail(&talk);
    talk_fini(&talk);
    talk_init(&talk, MIC_VERB_IDENTIFY);
    talk_reply_file(&talk, 200, "windows-identify.xml");
    every_allocation_may_fail(&talk);
    talk_fini(&talk);
}

static bool fault_without_loss(void *context)
{
    struct talk *talk = context;
    return talk_run(talk) == MI_RESULT_SERVER_LIMITS_EXCEEDED &&
           strstr(talk_log(talk), "Too many shelves") != NULL;
}

MIC_TEST(bad_replies, every_allocation_of_a_fault_may_fail)
{
    struct talk talk;

    start(&talk);
    talk_reply_file(&talk, 500, "fault-wmierror.xml");
    MIC_CHECK(fault_without_loss(&talk));
    MIC_CHECK(mic_fail_alloc_each(fault_without_loss, &talk) > 5);
    talk_fini(&talk);
}

MIC_TEST(bad_replies, reader_from_the_pool_is_as_good_as_new)
{
    struct mic_xml_pool *pool = mic_exchange_pool_new();
    struct mic_class *cls = talk_class("windows-class.xml");
    struct mic_buf first;
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.cls = cls;
    talk_reply_file(&talk, 200, "windows-enumerate.xml");
    talk_reply_file(&talk, 200, "windows-pull-last.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    mic_buf_init(&first);
    mic_buf_append_text(&first, talk_log(&talk));
    talk.session.readers = pool;
    for (int round = 0; round < 4; round++) {
        static const char *const broken[] = {"<!DOCTYPE x><x/>", ENVELOPE "<n:Items><p:X><p:A>a",
                                             "<x/>", ENVELOPE "<n:Items></n:Y>"};
        struct talk bad;
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
        MIC_CHECK_TEXT(talk_log(&talk), mic_buf_text(&first));
        start(&bad);
        bad.session.readers = pool;
        struct mic_buf *bytes = talk_reply_with(&bad, 200, broken[round]);
        for (int i = 0; round == 1 && i < 5000; i++) {
            mic_buf_append_format(bytes, "<p:N%d>0123456789</p:N%d>", i, i);
        }
        MIC_CHECK(talk_run(&bad) != MI_RESULT_OK);
        talk_fini(&bad);
    }
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), mic_buf_text(&first));
    talk_fini(&talk);
    mic_buf_fini(&first);
    mic_class_unref(cls);
    mic_exchange_pool_free(pool);
}

MIC_TEST(bad_replies, that_wait_for_ever_without_an_answer_fail)
{
    static const char *const idle[] = {
        "\n", "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:a='http://"
              "schemas.xmlsoap.org/ws/2004/08/addressing'><s:Header><a:Action>http://schemas."
              "microsoft.com/wbem/wsman/1/wsman/Keepalive</a:Action></s:Header><s:Body/>"
              "</s:Envelope>"};
    for (size_t i = 0; i < MIC_COUNT(idle); i++) {
        struct talk talk;
        start(&talk);
        talk.session.max_envelope_size = 8192;
        struct mic_buf *bytes = talk_reply_with(&talk, 200, "");
        while (bytes->size < 600000) {
            mic_buf_append_text(bytes, idle[i]);
        }
        mic_buf_append_text(bytes, ENVELOPE END);
        MIC_CHECK(talk_run(&talk) != MI_RESULT_OK);
        MIC_CHECK(strstr(talk_log(&talk), "64 times") != NULL);
        talk_fini(&talk);
    }
}

/* A page of HTML need not have an end. */
MIC_TEST(bad_replies, that_are_no_xml_fail_with_their_first_bytes)
{
    struct talk talk;
    struct mic_err err;
    struct mic_item item;
    const char *class_name;
    struct mic_buf request;
    char page[400];

    memset(page, 'x', sizeof(page));
    mic_err_init(&err);
    mic_buf_init(&request);
    start(&talk);
    struct mic_exchange *exchange = mic_exchange_new(&talk.request, &talk.session, &err);
    MIC_REQUIRE(exchange != NULL);
    MIC_CHECK_INT(mic_exchange_next(exchange, &item, &class_name, &err), MIC_STEP_SEND);
    MIC_CHECK_INT(mic_exchange_write(exchange, &request, &err), MI_RESULT_OK);
    mic_exchange_reply(exchange, 200, "text/html");
    mic_exchange_feed(exchange, page, sizeof(page));
    MIC_CHECK_INT(mic_exchange_next(exchange, &item, &class_name, &err), MIC_STEP_FAILED);
    MIC_CHECK(strstr(err.message, "text/html") != NULL);
    mic_exchange_free(exchange);
    mic_buf_fini(&request);
    talk_fini(&talk);
}
