/* Subscriptions: requests byte for byte, pages, bookmarks, ends. */
#include "talk.h"

#include "common/datetime.h"
#include "fail_alloc.h"
#include "model/bag.h"
#include "wsman/fault.h"

#define DELIVERY(name) "__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_" name

static void start(struct talk *talk, const char *const *files)
{
    talk_init(talk, MIC_VERB_SUBSCRIBE);
    talk->request.class_name = NULL;
    talk->request.dialect = "WQL";
    talk->request.query = "SELECT * FROM Test_ShelfFull WHERE Name = 'a from \"b'";
    talk->request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    for (; files != NULL && *files != NULL; files++) {
        talk_reply_file(talk, strstr(*files, "fault") != NULL ? 500 : 200, *files);
    }
}

static void set_text(struct mic_bag *bag, const char *name, const char *text)
{
    MI_Value value;
    value.string = (MI_Char *)(uintptr_t)text;
    MIC_CHECK_INT(mic_bag_set(bag, name, MI_STRING, &value, 0), MI_RESULT_OK);
}

static void set_seconds(struct mic_bag *bag, const char *name, MI_Uint32 seconds)
{
    MI_Value value;
    memset(&value, 0, sizeof(value));
    value.datetime.u.interval = mic_interval_from_ms(seconds * 1000ull);
    MIC_CHECK_INT(mic_bag_set(bag, name, MI_DATETIME, &value, 0), MI_RESULT_OK);
}

#define ALERT(number)                                                                              \
    "Test_ShelfFull@root/test{Number:string=" number                                               \
    ";TargetInstance:instance=Test_Shelf@root/test{Id:string=" number "}}"
#define MARK                                                                                       \
    "<List><Mark Channel=\"A &amp; B\" xml:lang=\"en\" Record=\"17\"/>"                            \
    "<Other xmlns=\"urn:other\">t&lt;</Other></List>"

MIC_TEST(eventing, indications_come_with_bookmarks_until_the_end)
{
    static const char *const files[] = {"subscribe-response.xml",
                                        "subscribe-pull.xml",
                                        "fault-timedout.xml",
                                        "subscribe-pull-empty.xml",
                                        "subscribe-heartbeat.xml",
                                        "subscribe-pull-last.xml",
                                        NULL};
    /* The first of a page of two has others behind it: no bookmark stands there. */
    static const char expected[] =
        "send Subscribe\nsend Pull\nitem " ALERT("1") " from shelf7.example\nitem " ALERT(
            "2") " bookmark " MARK " from shelf7.example\nsend Pull\nsend Pull\nsend Pull\nsend "
                 "Pull\nitem " ALERT("3") " bookmark mark-18 from shelf7.example\ndone\n";
    struct talk talk;

    start(&talk, files);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), expected);
    talk_fini(&talk);
}

MIC_TEST(eventing, bookmark_is_never_ahead_of_what_was_handed_out_wherever_the_bytes_break)
{
    static const char *const files[] = {"subscribe-response.xml", "subscribe-pull.xml",
                                        "subscribe-pull-last.xml", NULL};
    struct talk talk;

    start(&talk, files);
    for (talk.split = 1; talk.split < talk.replies[1].bytes.size; talk.split += 11) {
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
        const char *first = strstr(talk_log(&talk), "item ");
        MIC_REQUIRE(first != NULL);
        const char *second = strstr(first + 1, "item ");
        MIC_REQUIRE(second != NULL);
        const char *mark = strstr(talk_log(&talk), "bookmark " MARK);
        MIC_CHECK(mark == NULL || mark > second);
    }
    talk_fini(&talk);
}

MIC_TEST(eventing, requests_are_written_in_the_order_of_the_standard)
{
    static const char *const files[] = {"subscribe-response.xml", NULL};
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;

    start(&talk, files);
    set_seconds(bag, DELIVERY("HEARTBEAT_INTERVAL"), 15);
    set_seconds(bag, DELIVERY("EXPIRATION_TIME"), 600);
    set_seconds(bag, DELIVERY("MAXIMUM_LATENCY"), 2);
    set_text(bag, DELIVERY("BOOKMARK"), MARK);
    talk.request.delivery = bag;
    talk_run(&talk);
    MIC_CHECK_TEXT(talk_log(&talk), "send Subscribe\nsend Pull\nwaiting\nsend Unsubscribe\n");
    talk_check_golden(&talk.requests, "request-subscribe.xml");
    talk_check_golden(&talk.farewell, "request-unsubscribe.xml");
    talk_fini(&talk);
    mic_bag_free(bag);
}

static bool subscribe_has(struct talk *talk, const char *text)
{
    talk_run(talk);
    return strstr(mic_buf_text(&talk->requests), text) != NULL;
}

MIC_TEST(eventing, bookmark_options)
{
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;

    start(&talk, NULL);
    talk.request.delivery = bag;
    MIC_CHECK(!subscribe_has(&talk, "ookmark"));
    set_text(bag, DELIVERY("BOOKMARK"), MI_SUBSCRIBE_BOOKMARK_NEWEST);
    MIC_CHECK(subscribe_has(&talk, "<w:SendBookmarks/></e:Subscribe>"));
    set_text(bag, DELIVERY("BOOKMARK"), MI_SUBSCRIBE_BOOKMARK_OLDEST);
    MIC_CHECK(subscribe_has(&talk, "<w:SendBookmarks/><w:Bookmark>http://schemas.dmtf.org/wbem/"
                                   "wsman/1/wsman/bookmark/earliest</w:Bookmark></e:Subscribe>"));
    set_text(bag, DELIVERY("BOOKMARK"), "mark-18");
    MIC_CHECK(subscribe_has(&talk, "<w:Bookmark>mark-18</w:Bookmark>"));
    talk_fini(&talk);
    mic_bag_free(bag);
}

MIC_TEST(eventing, bookmark_that_would_break_the_request_is_refused)
{
    static const char *const bad[] = {"<a>",
                                      "a & b",
                                      "</w:Bookmark><w:Bookmark>",

                                      ("</w:Bookmark><w:Bookmark xmlns:w=\"http://schemas.dmtf.org/"
                                       "wbem/wsman/1/wsman.xsd\">"),
                                      "<!DOCTYPE a>",
                                      "a\x01",
                                      "a&#1;",
                                      "a</w:Bookmark>",
                                      "a</w:Bookmark> x",
                                      "a</w:Bookmark><!-- -->"};
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;

    start(&talk, NULL);
    talk.request.delivery = bag;
    for (size_t i = 0; i < MIC_COUNT(bad); i++) {
        set_text(bag, DELIVERY("BOOKMARK"), bad[i]);
        if (!MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER)) {
            MIC_FAIL("%s", bad[i]);
        }
        MIC_CHECK_INT(talk.requests.size, 0);
    }
    talk_fini(&talk);
    mic_bag_free(bag);
}

MIC_TEST(eventing, poll_lasts_as_long_as_the_application_waits)
{
    static const char *const files[] = {"subscribe-response.xml", NULL};
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;

    start(&talk, files);
    MIC_CHECK(subscribe_has(&talk, ">PT60.000S</w:OperationTimeout></s:Header><s:Body><n:Pull>"));
    talk.request.options = bag;
    set_seconds(bag, "__MI_OPERATIONOPTIONS_TIMEOUT", 5);
    MIC_CHECK(subscribe_has(&talk, ">PT5.000S</w:OperationTimeout></s:Header><s:Body><n:Pull>"));
    set_seconds(bag, "__MI_OPERATIONOPTIONS_TIMEOUT", 300);
    MIC_CHECK(subscribe_has(&talk, ">PT60.000S</w:OperationTimeout></s:Header><s:Body><n:Pull>"));
    talk_fini(&talk);
    mic_bag_free(bag);
}

MIC_TEST(eventing, push_is_refused_with_words)
{
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;

    start(&talk, NULL);
    bag->delivery_type = MI_SubscriptionDeliveryType_Push;
    talk.request.delivery = bag;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(strstr(talk_log(&talk), "push delivery is not available") != NULL);
    talk_fini(&talk);
    mic_bag_free(bag);
    start(&talk, NULL);
    talk.request.query = NULL;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER);
    talk_fini(&talk);
}

MIC_TEST(eventing, end_by_the_server_is_told_in_its_words)
{
    static const char *const files[] = {"subscribe-response.xml", "subscribe-end.xml", NULL};
    struct talk talk;

    start(&talk, files);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
    MIC_CHECK(strstr(talk_log(&talk), "the server has ended the subscription "
                                      "(SourceShuttingDown): The house closes at six.\n"));
    MIC_CHECK(strstr(talk_log(&talk), "Unsubscribe") == NULL);
    talk_fini(&talk);
}

#define FAULT(subcode)                                                                             \
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:n='http://schemas."       \
    "xmlsoap.org/ws/2004/09/enumeration'><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value>"   \
    "<s:Subcode><s:Value>" subcode "</s:Value></s:Subcode></s:Code><s:Reason><s:Text>why</s:Text>" \
    "</s:Reason></s:Fault></s:Body></s:Envelope>"

MIC_TEST(eventing, fault_leaves_something_to_unsubscribe_from_unless_it_says_that_nothing_is_left)
{
    static const char *const files[] = {"subscribe-response.xml", NULL};
    struct talk talk;

    start(&talk, files);
    talk_reply_with(&talk, 500, FAULT("n:InvalidEnumerationContext"));
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_ENUMERATION_CONTEXT);
    MIC_CHECK(strstr(talk_log(&talk), "Unsubscribe") == NULL);
    talk_fini(&talk);
    start(&talk, files);
    talk_reply_with(&talk, 500, FAULT("w:AccessDenied"));
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_ACCESS_DENIED);
    MIC_CHECK(strstr(talk_log(&talk), "send Unsubscribe") != NULL);
    talk_fini(&talk);
    start(&talk, NULL);
    talk_reply_with(&talk, 500, FAULT("w:UnsupportedFeature"));
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(strstr(talk_log(&talk), "Unsubscribe") == NULL);
    MIC_CHECK(strstr(strstr(talk_log(&talk), "send Subscribe") + 1, "send") == NULL);
    talk_fini(&talk);
}

MIC_TEST(eventing, answer_without_a_context_is_refused_and_unsubscribed)
{
    struct talk talk;

    start(&talk, NULL);
    talk_reply_with(&talk, 200,
                    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:e='http://"
                    "schemas.xmlsoap.org/ws/2004/08/eventing'><s:Body><e:SubscribeResponse/>"
                    "</s:Body></s:Envelope>");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
    MIC_CHECK(strstr(talk_log(&talk), "named no context") != NULL);
    MIC_CHECK(strstr(talk_log(&talk), "send Unsubscribe") != NULL);
    MIC_CHECK(strstr(mic_buf_text(&talk.farewell), ">http://schemas.dmtf.org/wbem/wscim/1/*<"));
    talk_fini(&talk);
}

MIC_TEST(eventing, pull_goes_neither_ahead_nor_twice)
{
    static const char *const files[] = {"subscribe-response.xml", "subscribe-pull.xml",
                                        "subscribe-pull-last.xml", NULL};
    struct talk talk;

    start(&talk, files);
    talk.ahead = true;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "ahead") == NULL);
    talk_fini(&talk);

    struct mic_err err;
    struct talk_place place = {0, 0, false};
    struct mic_item item;
    const char *class_name;
    start(&talk, files);
    struct mic_exchange *exchange = mic_exchange_new(&talk.request, &talk.session, &err);
    MIC_REQUIRE(exchange != NULL);
    MIC_CHECK(talk_send(&talk, exchange, &err));
    MIC_CHECK(!mic_exchange_may_resend(exchange));
    MIC_CHECK(!mic_exchange_is_long_poll(exchange));
    while (place.reply == 0 && talk_feed(&talk, exchange, &place)) {
    }
    MIC_CHECK_INT(mic_exchange_next(exchange, &item, &class_name, &err), MIC_STEP_SEND);
    MIC_CHECK(talk_send(&talk, exchange, &err));
    MIC_CHECK(!mic_exchange_may_resend(exchange));
    MIC_CHECK(mic_exchange_is_long_poll(exchange));
    mic_exchange_free(exchange);
    talk_fini(&talk);
}

MIC_TEST(eventing, fragments_have_the_class_of_the_query)
{
    static const char page[] =
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:n='http://schemas."
        "xmlsoap.org/ws/2004/09/enumeration' xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/"
        "wsman.xsd'><s:Body><n:PullResponse><n:Items><w:XmlFragment><Number>4</Number>"
        "</w:XmlFragment></n:Items><n:EndOfSequence/></n:PullResponse></s:Body></s:Envelope>";
    static const char *const files[] = {"subscribe-response.xml", NULL};
    struct talk talk;

    start(&talk, files);
    talk_reply_with(&talk, 200, page);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "item Test_ShelfFull@root/test{Number:string=4}") != NULL);
    talk_fini(&talk);
}

MIC_TEST(eventing, indication_and_what_it_holds_are_typed_by_class)
{
    static const char *const files[] = {"subscribe-response.xml", "subscribe-pull-last.xml", NULL};
    struct mic_class *shelf = talk_class("windows-class.xml");
    struct talk talk;

    start(&talk, files);
    talk.request.flags = 0;
    talk.cls = shelf;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "class Test_ShelfFull\n") != NULL);
    MIC_CHECK(strstr(talk_log(&talk), "class Test_Shelf\n") != NULL);
    MIC_CHECK(strstr(talk_log(&talk), ";Id*:uint32=3;") != NULL);
    talk_fini(&talk);
    mic_class_unref(shelf);
}

static bool run_without_loss(void *context)
{
    return talk_run(context) == MI_RESULT_OK;
}

MIC_TEST(eventing, every_allocation_may_fail)
{
    static const char *const files[] = {"subscribe-response.xml", "subscribe-pull.xml",
                                        "subscribe-pull-last.xml", NULL};
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;

    start(&talk, files);
    set_text(bag, DELIVERY("BOOKMARK"), MARK);
    talk.request.delivery = bag;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK); /* the log has its room now */
    MIC_CHECK(mic_fail_alloc_each(run_without_loss, &talk) > 5);
    talk_fini(&talk);
    mic_bag_free(bag);
}
