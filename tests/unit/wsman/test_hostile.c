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
