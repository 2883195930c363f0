/* Requests byte for byte against tests/golden/request-*.xml; what is new each time is replaced. */
#include "talk.h"

#include "model/bag.h"

static void refuse(MI_Operation *operation, void *context, MI_Uint32 channel,
                   const MI_Char *message)
{
    (void)operation, (void)context, (void)channel, (void)message;
}

/* GUIDs become 'G's. */
static void blank_ids(struct mic_buf *text)
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
static void check_golden(struct talk *talk, const char *file)
{
    struct mic_buf expected;
    char path[512];

    (void)mic_buf_text(&talk->requests);
    blank_ids(&talk->requests);
    snprintf(path, sizeof(path), "%s/%s", GOLDEN_DIR, file);
    if (getenv("MIC_GOLDEN_WRITE") != NULL) {
        FILE *out = fopen(path, "wb");
        MIC_REQUIRE(out != NULL);
        fwrite(talk->requests.data, 1, talk->requests.size, out);
        fclose(out);
    }
    mic_buf_init(&expected);
    talk_read_file(file, &expected);
    MIC_CHECK_TEXT(mic_buf_text(&talk->requests), mic_buf_text(&expected));
    mic_buf_fini(&expected);
}

MIC_TEST(requests, identify_has_no_addressing)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_IDENTIFY);
    talk_run(&talk);
    check_golden(&talk, "request-identify.xml");
    talk_fini(&talk);
}

MIC_TEST(requests, get_names_its_keys)
{
    struct talk talk;
    MI_Value value;

    talk_init(&talk, MIC_VERB_GET);
    talk_key(&talk, "Name", "a \"b\" <c> & \\d\r");
    value.uint64 = UINT64_MAX;
    mic_instance_set(talk.key, "Number", MI_UINT64, &value, MI_FLAG_KEY, NULL);
    value.boolean = MI_TRUE;
    mic_instance_set(talk.key, "Flag", MI_BOOLEAN, &value, MI_FLAG_KEY, NULL);
    value.sint32 = -5;
    mic_instance_set(talk.key, "NoKey", MI_SINT32, &value, 0, NULL);
    talk.request.name_space = "root\\test";
    talk_run(&talk);
    check_golden(&talk, "request-get.xml");
    talk_fini(&talk);
}

MIC_TEST(requests, get_class_asks_for_the_qualifiers)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_GET_CLASS);
    talk.session.operation_timeout_ms = 61250;
    talk_run(&talk);
    check_golden(&talk, "request-get-class.xml");
    talk_fini(&talk);
}

MIC_TEST(requests, enumerate_pull_and_options)
{
    MI_OperationCallbacks callbacks;
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;
    MI_Value value;

    MIC_REQUIRE(bag != NULL);
    memset(&callbacks, 0, sizeof(callbacks));
    callbacks.writeMessage = refuse;
    talk_init(&talk, MIC_VERB_ENUMERATE);
    value.uint32 = 1;
    mic_bag_set(bag, "__MI_OPERATIONOPTIONS_WRITEERRORMODE", MI_UINT32, &value, 0);
    value.string = (MI_Char *)(uintptr_t) "x<y";
    mic_bag_set(bag, "Shape", MI_STRING, &value, 0);
    memset(&value, 0, sizeof(value));
    value.datetime.u.interval.seconds = 10;
    mic_bag_set(bag, "__MI_OPERATIONOPTIONS_TIMEOUT", MI_DATETIME, &value, 0);
    talk.request.options = bag;
    talk.request.callbacks = &callbacks;
    talk.request.flags = MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY;
    talk_reply_file(&talk, 200, "openwsman-enumerate.xml");
    talk_run(&talk);
    check_golden(&talk, "request-enumerate.xml");
    talk_fini(&talk);
    mic_bag_free(bag);
}

MIC_TEST(requests, release_names_the_context)
{
    struct talk talk;
    struct mic_err err;
    struct mic_item item;
    const char *class_name;
    struct talk_place place = {0, 0, false};

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.name_space = NULL;
    talk_reply_file(&talk, 200, "openwsman-enumerate.xml");
    struct mic_exchange *exchange = mic_exchange_new(&talk.request, &talk.session, &err);
    MIC_REQUIRE(exchange != NULL);
    MIC_CHECK(!mic_exchange_write_release(exchange, &talk.requests)); /* nothing to let go yet */
    MIC_CHECK(talk_send(&talk, exchange, &err));
    MIC_CHECK(mic_exchange_may_resend(exchange));
    while (talk_feed(&talk, exchange, &place)) {
    }
    MIC_CHECK_INT(mic_exchange_next(exchange, &item, &class_name, &err), MIC_STEP_SEND);
    mic_buf_clear(&talk.requests);
    MIC_CHECK(talk_send(&talk, exchange, &err));
    MIC_CHECK(!mic_exchange_may_resend(exchange));
    mic_buf_clear(&talk.requests);
    MIC_CHECK(mic_exchange_write_release(exchange, &talk.requests));
    check_golden(&talk, "request-release.xml");
    mic_exchange_free(exchange);
    talk_fini(&talk);
}

MIC_TEST(requests, resource_uri_options_replace_the_uri)
{
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;
    MI_Value value;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    value.string = (MI_Char *)(uintptr_t) "http://vendor.example/schema/1";
    mic_bag_set(bag, "__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX", MI_STRING, &value, 0);
    talk.request.options = bag;
    talk.request.name_space = NULL;
    talk_run(&talk);
    MIC_CHECK(strstr(mic_buf_text(&talk.requests), ">http://vendor.example/schema/1/Test_Shelf<"));
    MIC_CHECK(strstr(mic_buf_text(&talk.requests), "SelectorSet") == NULL);
    value.string = (MI_Char *)(uintptr_t) "http://vendor.example/all/1";
    mic_bag_set(bag, "__MI_OPERATIONOPTIONS_RESOURCE_URI", MI_STRING, &value, 0);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER);
    talk_fini(&talk);
    mic_bag_free(bag);
}

static void refused(struct talk *talk, const char *words)
{
    MIC_CHECK_INT(talk_run(talk), MI_RESULT_INVALID_PARAMETER);
    if (!MIC_CHECK(strstr(talk_log(talk), words) != NULL)) {
        MIC_FAIL("%s", talk_log(talk));
    }
    MIC_CHECK_INT(talk->requests.size, 0);
}

MIC_TEST(requests, what_cannot_be_sent_is_refused_before_anything_is_sent)
{
    struct talk talk;
    char *huge = malloc(5001);

    MIC_REQUIRE(huge != NULL);
    memset(huge, 'a', 5000);
    huge[5000] = '\0';
    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.class_name = NULL;
    refused(&talk, "no class name");
    talk.request.class_name = "";
    refused(&talk, "no legal name of a class");
    talk.request.class_name = "a/b";
    refused(&talk, "no legal name of a class");
    talk.request.class_name = "Test_\xFF";
    refused(&talk, "UTF-8 at byte 5");
    talk.request.class_name = huge;
    refused(&talk, "longer than");
    talk.request.class_name = "Test_Shelf";
    talk.request.name_space = "//host/root";
    refused(&talk, "names no host");
    talk.request.name_space = "root/\x01";
    refused(&talk, "control character at byte 5");
    talk_fini(&talk);
    free(huge);

    talk_init(&talk, MIC_VERB_GET);
    refused(&talk, "no instance");
    talk_key(&talk, "Id", "a\x02");
    refused(&talk, "key Id holds a control character (at byte 1)");
    talk_fini(&talk);

    talk_init(&talk, MIC_VERB_GET);
    talk_key(&talk, "Id", "x");
    mic_instance_set(talk.key, "Gone", MI_STRING, NULL, MI_FLAG_KEY, NULL);
    refused(&talk, "key Gone is NULL");
    talk_fini(&talk);
}
