/* Values in odd forms: nothing is lost, nothing becomes a wrong value. */
#include "talk.h"

#define HEAD                                                                                       \
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:n='http://schemas."       \
    "xmlsoap.org/ws/2004/09/enumeration' xmlns:p='urn:shelf' xmlns:cim='http://schemas.dmtf.org/"  \
    "wbem/wscim/1/common' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:a='http://"  \
    "schemas.xmlsoap.org/ws/2004/08/addressing' xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/"    \
    "wsman.xsd' xmlns:m='http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd'><s:Body>"            \
    "<n:PullResponse><n:Items>"
#define TAIL "</n:Items><n:EndOfSequence/></n:PullResponse></s:Body></s:Envelope>"

/* The properties of one Test_Shelf that are not NULL, typed or as strings, must be told so. */
static void shelf_gives(struct mic_class *cls, MI_Uint32 flags, const char *properties,
                        const char *expected)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.cls = cls;
    talk.request.flags = flags;
    struct mic_buf *bytes = talk_reply_with(&talk, 200, HEAD "<p:Test_Shelf>");
    mic_buf_append_text(bytes, properties);
    mic_buf_append_text(bytes, "</p:Test_Shelf>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    if (!MIC_CHECK(strstr(talk_log(&talk), expected) != NULL)) {
        MIC_FAIL("%s\ngave %s\nwithout %s", properties, talk_log(&talk), expected);
    }
    talk_fini(&talk);
}

struct value_row {
    const char *properties, *typed;
};

static const struct value_row typed_rows[] = {
    {"<p:Active>FALSE</p:Active>", "Active:boolean=false"},
    {"<p:Active>1</p:Active>", "Active:boolean=true"},
    {"<p:Active>perhaps</p:Active>", "Active:string=perhaps"},
    {"<p:ID>7</p:ID>", "Id*:uint32=7"},
    {"<p:Id> +7\n</p:Id>", "Id*:uint32=7"},
    {"<p:Id>0x10</p:Id>", "Id*:uint32=16"},
    {"<p:Id>4294967295</p:Id>", "Id*:uint32=4294967295"},
    {"<p:Id>4294967296</p:Id>", "Id*:string=4294967296"},
    {"<p:Missing>-2147483648</p:Missing>", "Missing:sint32=-2147483648"},
    {"<p:Size>18446744073709551616</p:Size>", "Size:string=18446744073709551616"},
    {"<p:Label> \t kept </p:Label>", "Label:string= \t kept "},
    {"<p:Label><![CDATA[<x>&]]></p:Label>", "Label:string=<x>&"},
    {"<p:Label>a<!-- no -->b<?pi x?>c</p:Label>", "Label:string=abc"},
    {"<p:Label>&#x1F600;</p:Label>", "Label:string=\xF0\x9F\x98\x80"},
    {"<p:Label>a\x01z</p:Label>", "Label:string=a?z"},
    {"<p:Codes>1</p:Codes><p:Codes>2</p:Codes>", "Codes:uint16[]=[1,2]"},
    {"<p:Codes>1</p:Codes><p:Label/><p:Codes>2</p:Codes><p:Id>1</p:Id><p:Codes>3</p:Codes>",
     "Codes:uint16[]=[1,2,3]"},
    {"<p:Codes>1</p:Codes><p:Codes>x</p:Codes>", "Codes:string[]=[1,x]"},
    {"<p:Codes>1</p:Codes><p:Codes xsi:nil='1'/>", "Codes:uint16[]=[1,0]"},
    {"<p:Tags xsi:nil='true'/>", "Tags:string[]=NULL"},
    {"<p:Tags xsi:nil='true'/><p:Tags>a</p:Tags>", "Tags:string[]=[,a]"},
    {"<p:Marks m:IsNullArray='true' xsi:nil='true'/><p:Tags xsi:nil='true'/>",
     "Marks:uint8[]=NULL;Missing:sint32=NULL;Size:uint64=NULL;Tags:string[]=[]"},
    {"<p:Built>20190203040506.780000-060</p:Built>", "Built:datetime=20190203040506.780000-060"},
    {"<p:Built><cim:CIM_DateTime>20190203040506.780000+000</cim:CIM_DateTime></p:Built>",
     "Built:datetime=20190203040506.780000+000"},
    {"<p:Built><Datetime>2019-02-03T04:05:06-05:00</Datetime></p:Built>",
     "Built:datetime=20190203040506.000000-300"},
    {"<p:Built>2019****040506.780000-060</p:Built>", "Built:string=2019****040506.780000-060"},
    {"<p:Built><cim:Datetime>2019-13-03T04:05:06Z</cim:Datetime></p:Built>",
     "Built:string=2019-13-03T04:05:06Z"},
    {"<p:Uptime>PT5M</p:Uptime>", "Uptime:datetime=00000000000500.000000:000"},
    {"<p:Label xsi:type='cim:cimUnsignedInt'>5</p:Label>", "Label:uint32=5"},
    {"<p:Label xsi:type='cim:cimBase64Binary'>AQID</p:Label>", "Label:uint8[]=[1,2,3]"},
    {"<p:Label xsi:type='cim:cimHexBinary'>0aFF</p:Label>", "Label:uint8[]=[10,255]"},
    {"<p:Label xsi:type='cim:cimBase64Binary'>*</p:Label>", "Label:string=*"},
    {"<p:Id>1</p:Id><p:Id>2</p:Id>", "Id*:uint32[]=[1,2]"},
    {"<p:Id>1</p:Id><p:Label/><p:Id>2</p:Id>", "Id*:uint32[]=[1,2]"},
    {"<p:Label>a</p:Label><p:label>b</p:label>", "Label:string=a;"},
    {"<p:Label>a</p:Label><p:label>b</p:label>", ";label:string=b"},
    {"<p:New>x</p:New>", ";New:string=x}"},
    {"<p:New>x</p:New><p:New>y</p:New>", ";New:string[]=[x,y]}"},
    {"<cim:Location>x</cim:Location><p:Id>3</p:Id>", "Id*:uint32=3"},
    {"<p:Box xmlns:q='urn:box' xsi:type='q:Test_Box_Type'><q:Width>3</q:Width></p:Box>",
     "Box:instance=Test_Box@root/test{Width:string=3}"},
    {"<p:Box xsi:type='q:Test_Box_Type'/>", "Box:instance=Test_Box@root/test{}"},
    {"<p:Box>&lt;xml/&gt;</p:Box>", "Box:string=<xml/>"},
    {"<p:Things xsi:type='q:A_Type'><p:x>1</p:x></p:Things><p:Things xsi:type='q:B_Type'><p:y>2"
     "</p:y></p:Things>",
     "Things:instance[]=[A@root/test{x:string=1},B@root/test{y:string=2}]"},
    {"<p:Room><a:Address>x</a:Address><a:ReferenceParameters><w:ResourceURI>urn:z/Test_Room"
     "</w:ResourceURI><w:SelectorSet><w:Selector Name='No'>5</w:Selector><w:Selector Name='In'>"
     "<a:EndpointReference><a:ReferenceParameters><w:ResourceURI>urn:z/Test_House</w:ResourceURI>"
     "</a:ReferenceParameters></a:EndpointReference></w:Selector></w:SelectorSet>"
     "</a:ReferenceParameters></p:Room>",
     "Room:reference=Test_Room@root/test{No*:string=5;In*:reference=Test_House@root/test{}}"},
    {"<p:Room>\\\\.\\root:Test_Room.No=5</p:Room>", "Room:string=\\\\.\\root:Test_Room.No=5"},
};

MIC_TEST(values, typed_by_the_class)
{
    struct mic_class *cls = talk_class("windows-class.xml");

    MIC_REQUIRE(cls != NULL);
    for (size_t i = 0; i < MIC_COUNT(typed_rows); i++) {
        shelf_gives(cls, 0, typed_rows[i].properties, typed_rows[i].typed);
    }
    mic_class_unref(cls);
}

static const struct value_row string_rows[] = {
    {"<p:A>1</p:A>", "{A:string=1}"},
    {"<p:A>1</p:A><p:A>2</p:A>", "{A:string[]=[1,2]}"},
    {"<p:A>1</p:A><p:B/><p:A>2</p:A>", "{A:string[]=[1,2];B:string=}"},
    {"<p:A xsi:nil='true'/>", "{A:string=NULL}"},
    {"<p:A xsi:nil='false'>x</p:A>", "{A:string=x}"},
    {"<p:A m:IsNullArray='true' xsi:nil='true'/>", "{A:string[]=NULL}"},
    {"<p:A xsi:nil='true' xsi:type='cim:cimString'/>", "{A:string=NULL}"},
    {"<p:A><cim:Datetime>2019-02-03T04:05:06Z</cim:Datetime></p:A>",
     "{A:string=2019-02-03T04:05:06Z}"},
    {"<p:A><cim:Interval>PT1S</cim:Interval></p:A><p:A><cim:Interval>PT2S</cim:Interval></p:A>",
     "{A:string[]=[PT1S,PT2S]}"},
    {"<p:A xsi:type='q:Z_Type'><p:A>in</p:A></p:A>", "{A:instance=Z@root/test{A:string=in}}"},
    {"", "Test_Shelf@root/test{}"},
};

MIC_TEST(values, strings_without_a_class)
{
    for (size_t i = 0; i < MIC_COUNT(string_rows); i++) {
        shelf_gives(NULL, MI_OPERATIONFLAGS_NO_RTTI, string_rows[i].properties,
                    string_rows[i].typed);
    }
}

MIC_TEST(values, unknown_class_still_knows_dates)
{
    shelf_gives(NULL, 0, "<p:A><cim:Datetime>2019-02-03T04:05:06Z</cim:Datetime></p:A>",
                "{A:datetime=20190203040506.000000+000}");
}

MIC_TEST(values, missing_declaration_fails_only_when_types_are_demanded)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk_reply_file(&talk, 200, "windows-complete.xml");
    talk.request.flags = MI_OPERATIONFLAGS_STANDARD_RTTI;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
    MIC_CHECK(strstr(talk_log(&talk), "803381f3") != NULL);
    talk.request.flags = MI_OPERATIONFLAGS_BASIC_RTTI;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    talk_fini(&talk);
}

MIC_TEST(values, each_class_is_asked_for_once)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk_reply_with(&talk, 200,
                    HEAD "<p:Test_Shelf/><p:Test_Low/><p:test_shelf/><p:Test_Low/>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk),
                   "send Enumerate\nclass Test_Shelf\nitem Test_Shelf@root/test{}\n"
                   "class Test_Low\nitem Test_Low@root/test{}\nitem test_shelf@root/test{}\n"
                   "item Test_Low@root/test{}\ndone\n");
    talk_fini(&talk);
}

MIC_TEST(values, subclass_without_declaration_is_typed_as_far_as_its_base_goes)
{
    struct mic_class *cls = talk_class("windows-class.xml");
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.cls = cls;
    talk_reply_with(&talk, 200,
                    HEAD "<p:Test_Low><p:Id>5</p:Id><p:Own>6</p:Own></p:Test_Low>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "item Test_Low@root/test{") != NULL);
    MIC_CHECK(strstr(talk_log(&talk), "Id*:uint32=5") != NULL);
    MIC_CHECK(strstr(talk_log(&talk), "Own:string=6") != NULL);
    talk_fini(&talk);
    mic_class_unref(cls);
}

MIC_TEST(values, full_rtti_asks_for_embedded_classes)
{
    struct mic_class *cls = talk_class("windows-class.xml");
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.cls = cls;
    talk.request.flags = MI_OPERATIONFLAGS_FULL_RTTI;
    talk_reply_with(&talk, 200,
                    HEAD
                    "<p:Test_Shelf><p:Box xsi:type='q:Test_Shelf_Type'><p:Id>9</p:Id></p:Box>"
                    "<p:Old xsi:type='q:Test_Old_Type'><p:Id>9</p:Id></p:Old></p:Test_Shelf>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
    MIC_CHECK(strncmp(talk_log(&talk), "send Enumerate\nclass Test_Shelf\nclass Test_Old\nfailed",
                      53) == 0);
    talk_fini(&talk);
    mic_class_unref(cls);
}

MIC_TEST(values, ten_thousand_properties_arrive)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    struct mic_buf *bytes = talk_reply_with(&talk, 200, HEAD "<p:Test_Shelf>");
    for (int i = 0; i < 10000; i++) {
        mic_buf_append_format(bytes, "<p:P%d>%d</p:P%d>", i, i, i);
    }
    mic_buf_append_text(bytes, "</p:Test_Shelf><p:Test_Shelf><p:P7>x</p:P7></p:Test_Shelf>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), ";P9999:string=9999}") != NULL);
    MIC_CHECK(strstr(talk_log(&talk), "{P7:string=x}") != NULL);
    talk_fini(&talk);
}

MIC_TEST(values, names_forgotten_between_replies_are_learned_again)
{
    struct mic_class *cls = talk_class("windows-class.xml");
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.cls = cls;
    struct mic_buf *bytes = talk_reply_with(&talk, 200, HEAD "<p:Test_Shelf><p:Id>1</p:Id>");
    for (int i = 0; i < 5000; i++) {
        mic_buf_append_format(bytes, "<p:P%d/>", i);
    }
    mic_buf_append_text(bytes, "</p:Test_Shelf></n:Items><n:EnumerationContext>c"
                               "</n:EnumerationContext></n:PullResponse></s:Body></s:Envelope>");
    talk_reply_with(&talk, 200,
                    HEAD "<p:Test_Shelf><p:Label>l</p:Label><p:Id>2</p:Id>"
                         "</p:Test_Shelf>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "Id*:uint32=2;Label:string=l;") != NULL);
    talk_fini(&talk);
    mic_class_unref(cls);
}

MIC_TEST(values, many_repeated_names_stay_linear)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.session.max_envelope_size = 2000000;
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    struct mic_buf *bytes = talk_reply_with(&talk, 200, HEAD "<p:Test_Shelf>");
    for (int i = 0; i < 60000; i++) {
        mic_buf_append_format(bytes, "<p:P%d>%d</p:P%d>", i % 30000, i, i % 30000);
    }
    mic_buf_append_text(bytes, "</p:Test_Shelf>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), ";P29999:string[]=[29999,59999]}") != NULL);
    talk_fini(&talk);
}

MIC_TEST(values, embedded_instances_do_not_disturb_what_is_gathered)
{
    struct mic_class *cls = talk_class("windows-class.xml");

    shelf_gives(NULL, MI_OPERATIONFLAGS_NO_RTTI,
                "<p:A>1</p:A><p:B xsi:type='q:Z_Type'><p:A>x</p:A><p:C/><p:A>y</p:A></p:B>"
                "<p:C>c</p:C><p:C>d</p:C>",
                "{A:string=1;B:instance=Z@root/test{A:string[]=[x,y];C:string=};"
                "C:string[]=[c,d]}");
    shelf_gives(cls, 0,
                "<p:Tags>1</p:Tags><p:Things xsi:type='q:Z_Type'><p:Tags>x</p:Tags><p:C/><p:Tags>y"
                "</p:Tags></p:Things><p:Tags>2</p:Tags><p:Things xsi:type='q:Y_Type'/>",
                "Things:instance[]=[Z@root/test{Tags:string[]=[x,y];C:string=},Y@root/test{}]");
    mic_class_unref(cls);
}
