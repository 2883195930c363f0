/* The verbs that query, write and call: what is sent, and what is made of the answers. */
#include "talk.h"

#include "fail_alloc.h"
#include "model/bag.h"
#include "wsman/query.h"

#define HEAD                                                                                       \
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "                             \
    "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "                                \
    "xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\" "                                  \
    "xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" "                               \
    "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" "                                  \
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><s:Body>"
#define TAIL "</s:Body></s:Envelope>"
#define EPR(class, key)                                                                            \
    "<a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>"       \
    "<a:ReferenceParameters><w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/"       \
    "2/" class "</w:ResourceURI><w:SelectorSet><w:Selector Name=\"__cimnamespace\">root/test"      \
               "</w:Selector><w:Selector Name=\"Id\">" key "</w:Selector></w:SelectorSet>"         \
               "</a:ReferenceParameters>"
#define FAULT(value, subcode, detail)                                                              \
    HEAD "<s:Fault><s:Code><s:Value>" value "</s:Value><s:Subcode><s:Value>" subcode               \
         "</s:Value></s:Subcode></s:Code><s:Reason><s:Text>why</s:Text></s:Reason>" detail         \
         "</s:Fault>" TAIL
#define WSMAN_FAULT(code)                                                                          \
    "<s:Detail><f:WSManFault xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" "    \
    "Code=\"" code "\"/></s:Detail>"

static const char *body_of(struct talk *talk)
{
    const char *body = strstr(mic_buf_text(&talk->requests), "<s:Body");
    return body == NULL ? "" : body;
}

static void check_body(struct talk *talk, const char *expected)
{
    MIC_CHECK_TEXT(body_of(talk), expected);
}

static void check_sent(struct talk *talk, const char *part)
{
    if (!MIC_CHECK(strstr(mic_buf_text(&talk->requests), part) != NULL)) {
        MIC_FAIL("%s\nis not in\n%s", part, mic_buf_text(&talk->requests));
    }
}

static void check_not_sent(struct talk *talk, const char *part)
{
    if (!MIC_CHECK(strstr(mic_buf_text(&talk->requests), part) == NULL)) {
        MIC_FAIL("%s\nis in\n%s", part, mic_buf_text(&talk->requests));
    }
}

static void set(struct mic_instance *instance, const char *name, MI_Type type, MI_Value value,
                MI_Uint32 flags)
{
    MIC_REQUIRE(mic_instance_set(instance, name, type, &value, flags, NULL) == MI_RESULT_OK);
}

static MI_Value text(const char *string)
{
    return (MI_Value){.string = (MI_Char *)(uintptr_t)string};
}

/* ---- queries ---- */

MIC_TEST(verbs, a_query_is_a_filter_on_all_classes)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_QUERY);
    talk.request.class_name = NULL;
    talk.request.dialect = "wql";
    talk.request.query = "SELECT * FROM Test_Shelf WHERE Width < 5 AND Name = 'a&b'";
    talk_reply_with(&talk, 200, "");
    talk_run(&talk);
    check_sent(&talk, ">http://schemas.dmtf.org/wbem/wscim/1/*</w:ResourceURI>");
    check_sent(&talk, "<w:SelectorSet><w:Selector Name=\"__cimnamespace\">root/test</w:Selector>"
                      "</w:SelectorSet>");
    check_body(&talk, "<s:Body><n:Enumerate><w:OptimizeEnumeration/>"
                      "<w:MaxElements>32000</w:MaxElements>"
                      "<w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>"
                      "<w:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">"
                      "SELECT * FROM Test_Shelf WHERE Width &lt; 5 AND Name = 'a&amp;b'</w:Filter>"
                      "</n:Enumerate></s:Body></s:Envelope>");
    talk_fini(&talk);
}

MIC_TEST(verbs, the_class_of_a_query_follows_from)
{
    static const char *const rows[][2] = {
        {"SELECT * FROM Win32_Process", "Win32_Process"},
        {"select a,b from  Test_Shelf where x='FROM Other'", "Test_Shelf"},
        {"SELECT ' FROM Wrong', b FROM Right", "Right"},
        {"SELECT \"a\\\" FROM Wrong\" FROM Right", "Right"},
        {"SELECT fromage FROM\n\tX", "X"},
        {"ASSOCIATORS OF {Test_Shelf.Id='1'}", ""},
        {"SELECT * FROM", ""},
        {"", ""},
    };
    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct mic_str name = mic_query_class(rows[i][0]);
        if (!MIC_CHECK(mic_str_equal(name, mic_str_from(rows[i][1])))) {
            MIC_FAIL("%s gave %.*s", rows[i][0], (int)name.size, name.data);
        }
    }
}

MIC_TEST(verbs, dialects_by_name_and_by_uri)
{
    struct talk talk;

    MIC_CHECK_TEXT(mic_query_dialect("CQL"), "http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf");
    MIC_CHECK_TEXT(mic_query_dialect("urn:x"), "urn:x");
    MIC_CHECK(mic_query_dialect("SQL") == NULL);
    talk_init(&talk, MIC_VERB_QUERY);
    talk.request.class_name = NULL;
    talk.request.query = "x";
    talk.request.dialect = "SQL";
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED);
    talk.request.dialect = NULL;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER);
    talk.request.dialect = MI_QUERY_DIALECT_SELECTOR;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(strstr(talk_log(&talk), "resource URI option") != NULL);
    talk_fini(&talk);
}

MIC_TEST(verbs, a_selector_filter_becomes_selectors)
{
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;
    MI_Value uri = text("http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Test_Shelf");

    MIC_REQUIRE(bag != NULL);
    mic_bag_set(bag, "__MI_OPERATIONOPTIONS_RESOURCE_URI", MI_STRING, &uri, 0);
    talk_init(&talk, MIC_VERB_QUERY);
    talk.request.class_name = NULL;
    talk.request.options = bag;
    talk.request.dialect = MI_QUERY_DIALECT_SELECTOR;
    talk.request.query = "{Id=\"1\"; Name = a b }";
    talk_run(&talk);
    check_sent(&talk, "/SelectorFilter\"><w:SelectorSet><w:Selector Name=\"Id\">1</w:Selector>"
                      "<w:Selector Name=\"Name\">a b</w:Selector></w:SelectorSet></w:Filter>");
    talk.request.query = "Id";
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_QUERY);
    talk.request.query = talk.request.dialect = NULL; /* all of the URI */
    talk_run(&talk);
    check_not_sent(&talk, "Filter");
    talk_fini(&talk);
    mic_bag_free(bag);
}

MIC_TEST(verbs, a_projection_is_named_and_typed)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_QUERY);
    talk.cls = talk_class("windows-class-box.xml");
    talk.request.class_name = NULL;
    talk.request.dialect = "WQL";
    talk.request.query = "SELECT Width, Colours FROM Test_Box";
    talk_reply_with(&talk, 200,
                    HEAD "<n:EnumerateResponse><n:EnumerationContext/><w:Items><w:XmlFragment>"
                         "<Colours>1</Colours><Colours>2</Colours><Width>7</Width></w:XmlFragment>"
                         "</w:Items><w:EndOfSequence/></n:EnumerateResponse>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Enumerate\nclass Test_Box\n"
                                    "item Test_Box@root/test{Width:uint32=7;Colours:uint8[]=[1,2];"
                                    "Inner:instance=NULL}\ndone\n");
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "item Test_Box@root/test{Colours:string[]=[1,2];") != NULL);
    mic_class_unref(talk.cls);
    talk_fini(&talk);
}

/* ---- associations ---- */

MIC_TEST(verbs, associators_name_the_object_and_what_is_wanted)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ASSOCIATORS);
    talk_key(&talk, "Id", "1");
    talk.request.association = (struct mic_association){"Test_Holds", "Test_Box", "Shelf", "Box"};
    talk_run(&talk);
    check_sent(&talk, ">http://schemas.dmtf.org/wbem/wscim/1/*</w:ResourceURI>");
    check_sent(&talk, "<w:SelectorSet><w:Selector Name=\"__cimnamespace\">root/test</w:Selector>"
                      "</w:SelectorSet><w:OptionSet");
    check_sent(&talk,
               "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding/"
               "associationFilter\"><b:AssociatedInstances><b:Object>" EPR(
                   "Test_Shelf", "1") "</b:Object><b:AssociationClassName>Test_Holds"
                                      "</b:AssociationClassName><b:Role>Shelf</b:Role>"
                                      "<b:ResultClassName>Test_Box</b:ResultClassName>"
                                      "<b:ResultRole>Box</b:ResultRole></b:AssociatedInstances>"
                                      "</w:Filter>");
    talk_fini(&talk);
}

MIC_TEST(verbs, references_name_result_class_and_role_only)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_REFERENCES);
    talk_key(&talk, "Id", "1");
    talk.request.keys_only = true;
    talk.request.association =
        (struct mic_association){.result_class = "Test_Holds", .role = "Shelf"};
    talk_run(&talk);
    check_sent(&talk, "<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>");
    check_sent(&talk, "</b:Object><b:Role>Shelf</b:Role><b:ResultClassName>Test_Holds"
                      "</b:ResultClassName></b:AssociationInstances>");
    talk.request.association = (struct mic_association){.role = "a b"};
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER);
    talk_fini(&talk);
}

MIC_TEST(verbs, what_is_associated_with_an_old_server_has_its_uris)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ASSOCIATORS);
    talk_key(&talk, "Id", "1");
    talk_reply_with(&talk, 500,
                    FAULT("s:Sender", "a:DestinationUnreachable", WSMAN_FAULT("2150859065")));
    talk_run(&talk);
    check_sent(&talk, ">http://schemas.microsoft.com/wbem/wsman/1/wmi/root/test/*<");
    check_sent(&talk, "<w:ResourceURI>http://schemas.microsoft.com/wbem/wsman/1/wmi/root/test/"
                      "Test_Shelf</w:ResourceURI><w:SelectorSet><w:Selector Name=\"Id\">1<");
    talk_fini(&talk);
}

/* ---- writing ---- */

static struct mic_instance *new_box(void)
{
    struct mic_instance *box = mic_instance_new("Test_Box", NULL);
    MI_Uint8 bytes[] = {1, 255};
    MI_Value value;

    MIC_REQUIRE(box != NULL);
    set(box, "Id", MI_UINT64, (MI_Value){.uint64 = UINT64_MAX}, MI_FLAG_KEY);
    set(box, "Low", MI_SINT64, (MI_Value){.sint64 = INT64_MIN}, 0);
    set(box, "Real", MI_REAL64, (MI_Value){.real64 = 0.1}, 0);
    set(box, "Sign", MI_CHAR16, (MI_Value){.char16 = 'A'}, 0);
    set(box, "Open", MI_BOOLEAN, (MI_Value){.boolean = MI_TRUE}, 0);
    set(box, "Name", MI_STRING, text("a <b>\r"), 0);
    set(box, "Empty", MI_STRING, text(""), 0);
    MIC_REQUIRE(mic_instance_set(box, "None", MI_STRING, NULL, 0, NULL) == MI_RESULT_OK);
    MIC_REQUIRE(mic_instance_set(box, "Nones", MI_STRINGA, NULL, 0, NULL) == MI_RESULT_OK);
    value.uint8a = (MI_Uint8A){bytes, 2};
    set(box, "Bytes", MI_UINT8A, value, 0);
    value.uint8a.size = 0;
    set(box, "NoBytes", MI_UINT8A, value, 0);
    memset(&value, 0, sizeof(value));
    value.datetime.isTimestamp = 1;
    value.datetime.u.timestamp = (MI_Timestamp){2026, 2, 3, 4, 5, 6, 7, -90};
    set(box, "Made", MI_DATETIME, value, 0);
    return box;
}

MIC_TEST(verbs, create_sends_every_value_with_its_type)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_CREATE);
    talk.key = new_box();
    talk.request.class_name = NULL;
    talk.request.instance = &talk.key->public_instance;
    talk_run(&talk);
    check_sent(&talk, "/transfer/Create<");
    check_sent(&talk, "<w:SelectorSet><w:Selector Name=\"__cimnamespace\">root/test</w:Selector>"
                      "</w:SelectorSet>");
    check_sent(&talk, "<w:OptionSet xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
                      "<w:Option Name=\"wmiarray:__MIInstanceModifiedPropertiesList\" "
                      "Type=\"xs:string\">Id</w:Option>");
    check_sent(&talk, ">NoBytes</w:Option>");
    check_body(&talk,
               "<s:Body><p0:Test_Box xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
               "xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\" "
               "xmlns:p0=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Test_Box\" "
               "xsi:type=\"p0:Test_Box_Type\">"
               "<p0:Id xsi:type=\"cim:cimUnsignedLong\">18446744073709551615</p0:Id>"
               "<p0:Low xsi:type=\"cim:cimLong\">-9223372036854775808</p0:Low>"
               "<p0:Real xsi:type=\"cim:cimDouble\">0.1</p0:Real>"
               "<p0:Sign xsi:type=\"cim:cimChar16\">65</p0:Sign>"
               "<p0:Open xsi:type=\"cim:cimBoolean\">true</p0:Open>"
               "<p0:Name xsi:type=\"cim:cimString\">a &lt;b&gt;&#13;</p0:Name>"
               "<p0:Empty xsi:type=\"cim:cimString\"></p0:Empty>"
               "<p0:None xsi:nil=\"true\"/><p0:Nones xsi:nil=\"true\" p:IsNullArray=\"true\"/>"
               "<p0:Bytes xsi:type=\"cim:cimUnsignedByte\">1</p0:Bytes>"
               "<p0:Bytes xsi:type=\"cim:cimUnsignedByte\">255</p0:Bytes>"
               "<p0:Made xsi:type=\"cim:cimDateTime\"><cim:CIM_DateTime>20260203040506.000007-090"
               "</cim:CIM_DateTime></p0:Made></p0:Test_Box></s:Body></s:Envelope>");
    talk_fini(&talk);
}

MIC_TEST(verbs, create_delivers_the_keys_of_what_was_made)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_CREATE);
    talk.key = new_box();
    talk.request.class_name = NULL;
    talk.request.instance = &talk.key->public_instance;
    talk_reply_with(&talk, 200,
                    HEAD "<x:ResourceCreated>" EPR("Test_Box", "12") "</x:ResourceCreated>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Create\nclass Test_Box\n"
                                    "last Test_Box@root/test{Id*:string=12}\ndone\n");
    talk_fini(&talk);

    talk_init(&talk, MIC_VERB_CREATE);
    talk.key = new_box();
    talk.request.instance = &talk.key->public_instance;
    talk_reply_with(&talk, 200, HEAD TAIL); /* made all the same */
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Create\ndone\n");
    talk_fini(&talk);
}

MIC_TEST(verbs, dates_are_tried_in_the_other_form)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_CREATE);
    talk.key = new_box();
    talk.request.class_name = NULL;
    talk.request.instance = &talk.key->public_instance;
    talk_reply_with(&talk, 500, FAULT("s:Sender", "w:SchemaValidationError", ""));
    talk_reply_with(&talk, 500, FAULT("s:Sender", "w:SchemaValidationError", ""));
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(strstr(talk_log(&talk), "send Create\nsend Create\nfailed") != NULL);
    check_sent(&talk, "<cim:Datetime>2026-02-03T04:05:06.000007-01:30</cim:Datetime>");
    talk_fini(&talk);
}

MIC_TEST(verbs, modify_lists_what_was_changed)
{
    struct talk talk;
    struct mic_class *cls = talk_class("windows-class-box.xml");
    MI_Value value;

    talk_init(&talk, MIC_VERB_MODIFY);
    talk.key = mic_instance_new(NULL, cls);
    MIC_REQUIRE(talk.key != NULL);
    talk.request.class_name = NULL;
    talk.request.instance = &talk.key->public_instance;
    value.uint32 = 3;
    mic_instance_put(talk.key, 0, MI_UINT32, &value); /* as the server has told it */
    MIC_REQUIRE(mic_instance_set_element(talk.key, 1, NULL, MI_UINT8A, MI_FLAG_NULL) ==
                MI_RESULT_OK);
    talk_run(&talk);
    check_sent(&talk, "/transfer/Put<");
    check_sent(&talk, "ModifiedPropertiesList\" Type=\"xs:string\">Colours</w:Option>");
    check_not_sent(&talk, ">Width</w:Option>");
    check_sent(&talk, "<p0:Width xsi:type=\"cim:cimUnsignedInt\">3</p0:Width>"
                      "<p0:Colours xsi:nil=\"true\" p:IsNullArray=\"true\"/></p0:Test_Box>");
    talk_fini(&talk);
    mic_class_unref(cls);
}

MIC_TEST(verbs, modify_names_the_instance_by_its_keys_alone)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_MODIFY);
    talk_key(&talk, "Id", "1");
    set(talk.key, "Name", MI_STRING, text("n"), 0);
    talk_reply_with(&talk, 200,
                    HEAD "<q:Test_Shelf xmlns:q=\"urn:x\"><q:Id>1</q:Id><q:Name>n</q:Name>"
                         "</q:Test_Shelf>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    check_sent(&talk, "</w:Selector><w:Selector Name=\"Id\">1</w:Selector></w:SelectorSet>");
    check_sent(&talk, "ModifiedPropertiesList\" Type=\"xs:string\">Name</w:Option>");
    check_not_sent(&talk, ">Id</w:Option>");
    MIC_CHECK(strstr(talk_log(&talk), "last Test_Shelf@root/test{Id:string=1;Name:string=n}"));
    talk_fini(&talk);
}

MIC_TEST(verbs, delete_has_an_empty_body_and_an_empty_answer)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_DELETE);
    talk_key(&talk, "Id", "1");
    talk_reply_with(&talk, 200, HEAD TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    check_body(&talk, "<s:Body/></s:Envelope>");
    MIC_CHECK_TEXT(talk_log(&talk), "send Delete\ndone\n");
    talk_fini(&talk);

    talk_init(&talk, MIC_VERB_DELETE);
    talk_key(&talk, "Id", "1");
    talk_reply_with(&talk, 500, HEAD TAIL); /* no answer, and no success */
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
    talk_fini(&talk);
}

MIC_TEST(verbs, a_value_xml_cannot_carry_names_its_property)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_CREATE);
    talk_key(&talk, "Id", "1");
    set(talk.key, "Bad", MI_STRING, text("a\x01"), 0);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(talk.requests.size, 0);
    talk_fini(&talk);
}

MIC_TEST(verbs, a_request_over_the_limit_is_not_sent)
{
    struct talk talk;
    char *huge = malloc(20001);

    MIC_REQUIRE(huge != NULL);
    memset(huge, 'a', 20000);
    huge[20000] = '\0';
    talk_init(&talk, MIC_VERB_CREATE);
    talk.session.max_envelope_size = 10000;
    talk_key(&talk, "Id", "1");
    set(talk.key, "Big", MI_STRING, text(huge), 0);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_SERVER_LIMITS_EXCEEDED);
    MIC_CHECK_INT(talk.requests.size, 0);
    talk_fini(&talk);
    free(huge);
}

MIC_TEST(verbs, embedded_instances_and_references_nest)
{
    struct talk talk;
    struct mic_instance *inner = mic_instance_new("Test_Inner", NULL);
    struct mic_instance *shelf = mic_instance_new("Test_Shelf", NULL);
    MI_Instance *list[2];

    MIC_REQUIRE(inner != NULL && shelf != NULL);
    set(inner, "A", MI_STRING, text("x"), 0);
    set(shelf, "Id", MI_UINT32, (MI_Value){.uint32 = 1}, MI_FLAG_KEY);
    list[0] = list[1] = &inner->public_instance;
    talk_init(&talk, MIC_VERB_CREATE);
    talk_key(&talk, "Id", "1");
    set(talk.key, "One", MI_INSTANCE, (MI_Value){.instance = &inner->public_instance}, 0);
    set(talk.key, "Two", MI_INSTANCEA, (MI_Value){.instancea = {list, 2}}, 0);
    set(talk.key, "On", MI_REFERENCE, (MI_Value){.reference = &shelf->public_instance}, 0);
    talk_run(&talk);
#define INNER(name)                                                                                \
    "<p0:" name " xmlns:p1=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Test_Inner\" "      \
    "xsi:type=\"p1:Test_Inner_Type\"><p1:A xsi:type=\"cim:cimString\">x</p1:A></p0:" name ">"
    check_sent(&talk, INNER("One") INNER("Two")
                          INNER("Two") "<p0:On>" EPR("Test_Shelf", "1") "</p0:On></p0:Test_Shelf>");
    mic_instance_delete(inner);
    mic_instance_delete(shelf);
    talk_fini(&talk);
}

/* ---- methods ---- */

static const char class_with_methods[] = HEAD
    "<CLASS NAME=\"Test_Shelf\"><PROPERTY NAME=\"Id\" TYPE=\"uint32\"/>"
    "<METHOD NAME=\"Tilt\" TYPE=\"uint32\">"
    "<PARAMETER NAME=\"Degrees\" TYPE=\"sint16\"><QUALIFIER NAME=\"In\" TYPE=\"boolean\">"
    "<VALUE>TRUE</VALUE></QUALIFIER></PARAMETER>"
    "<PARAMETER.ARRAY NAME=\"Fallen\" TYPE=\"uint64\"><QUALIFIER NAME=\"Out\" TYPE=\"boolean\">"
    "<VALUE>TRUE</VALUE></QUALIFIER></PARAMETER.ARRAY>"
    "<PARAMETER NAME=\"When\" TYPE=\"datetime\"><QUALIFIER NAME=\"Out\" TYPE=\"boolean\">"
    "<VALUE>TRUE</VALUE></QUALIFIER></PARAMETER></METHOD></CLASS>" TAIL;

static struct mic_class *shelf_with_methods(void)
{
    struct talk talk;
    struct mic_err err;
    struct mic_item item;
    const char *class_name;
    struct mic_class *cls = NULL;

    talk_init(&talk, MIC_VERB_GET_CLASS);
    mic_err_init(&err);
    struct mic_exchange *exchange = mic_exchange_new(&talk.request, &talk.session, &err);
    MIC_REQUIRE(exchange != NULL);
    mic_exchange_write(exchange, &talk.requests, &err);
    mic_exchange_reply(exchange, 200, NULL);
    mic_exchange_feed(exchange, class_with_methods, sizeof(class_with_methods) - 1);
    mic_exchange_feed_end(exchange);
    if (MIC_CHECK_INT(mic_exchange_next(exchange, &item, &class_name, &err), MIC_STEP_ITEM)) {
        cls = mic_class_ref(mic_class_from_public(item.cls));
    }
    mic_exchange_free(exchange);
    talk_fini(&talk);
    return cls;
}

static void invoke_init(struct talk *talk, struct mic_instance **parameters)
{
    *parameters = mic_instance_new("Parameters", NULL);
    MIC_REQUIRE(*parameters != NULL);
    talk_init(talk, MIC_VERB_INVOKE);
    talk->request.method = "Tilt";
    talk->request.parameters = &(*parameters)->public_instance;
}

MIC_TEST(verbs, invoke_sends_parameters_and_reads_typed_results)
{
    struct talk talk;
    struct mic_instance *parameters;

    invoke_init(&talk, &parameters);
    talk.cls = shelf_with_methods();
    talk_key(&talk, "Id", "1");
    set(parameters, "Degrees", MI_SINT16, (MI_Value){.sint16 = -3}, 0);
    talk_reply_with(&talk, 200,
                    HEAD
                    "<q:Tilt_OUTPUT xmlns:q=\"urn:x\"><q:Fallen>18446744073709551615</q:Fallen>"
                    "<q:ReturnValue>7</q:ReturnValue></q:Tilt_OUTPUT>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    check_sent(&talk,
               ">http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Test_Shelf/Tilt</a:Action>");
    check_sent(&talk, "<w:Selector Name=\"Id\">1</w:Selector></w:SelectorSet>");
    check_body(&talk, "<s:Body><p0:Tilt_INPUT "
                      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                      "xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\" "
                      "xmlns:p0=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Test_Shelf\" "
                      "xsi:type=\"p0:Tilt_INPUT_Type\"><p0:Degrees xsi:type=\"cim:cimShort\">-3"
                      "</p0:Degrees></p0:Tilt_INPUT></s:Body></s:Envelope>");
    MIC_CHECK_TEXT(talk_log(&talk),
                   "class Test_Shelf\nsend Tilt\nlast Tilt@root/test{ReturnValue:uint32=7;"
                   "Fallen:uint64[]=[18446744073709551615];When:datetime=NULL}\ndone\n");
    mic_class_unref(talk.cls);
    mic_instance_delete(parameters);
    talk_fini(&talk);
}

/* Servers that check a call against its schema want the parameters as they are declared. */
MIC_TEST(verbs, parameters_go_out_in_the_order_of_their_declaration)
{
    struct talk talk;
    struct mic_instance *parameters;

    invoke_init(&talk, &parameters);
    talk.cls = shelf_with_methods();
    set(parameters, "when", MI_STRING, text("now"), 0);
    MIC_REQUIRE(mic_instance_set(parameters, "Fallen", MI_UINT64A, NULL, 0, NULL) == MI_RESULT_OK);
    set(parameters, "Degrees", MI_SINT16, (MI_Value){.sint16 = -3}, 0);
    talk_reply_with(&talk, 200,
                    HEAD "<q:Any xmlns:q=\"urn:x\"><q:ReturnValue>7</q:ReturnValue></q:Any>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    check_sent(&talk, "><p0:Degrees xsi:type=\"cim:cimShort\">-3</p0:Degrees>"
                      "<p0:when xsi:type=\"cim:cimString\">now</p0:when></p0:Tilt_INPUT>");
    mic_class_unref(talk.cls);
    mic_instance_delete(parameters);
    talk_fini(&talk);
}

MIC_TEST(verbs, a_parameter_the_method_lacks_is_refused_before_the_call)
{
    struct talk talk;
    struct mic_instance *parameters;

    invoke_init(&talk, &parameters);
    talk.cls = shelf_with_methods();
    set(parameters, "Angle", MI_SINT16, (MI_Value){.sint16 = -3}, 0);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_TEXT(
        talk_log(&talk),
        "class Test_Shelf\nfailed 4 803381e1 10: the method Tilt of class Test_Shelf has "
        "no parameter Angle\n");
    mic_class_unref(talk.cls);
    mic_instance_delete(parameters);
    talk_fini(&talk);
}

MIC_TEST(verbs, invoke_without_a_class_gives_strings)
{
    struct talk talk;
    struct mic_instance *parameters;

    invoke_init(&talk, &parameters);
    MIC_REQUIRE(mic_instance_set(parameters, "Degrees", MI_SINT16, NULL, 0, NULL) == MI_RESULT_OK);
    talk_reply_with(&talk, 200,
                    HEAD "<q:Any xmlns:q=\"urn:x\"><q:ReturnValue>7</q:ReturnValue></q:Any>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "class Test_Shelf\nsend Tilt\n"
                                    "last Tilt@root/test{ReturnValue:string=7}\ndone\n");
    check_not_sent(&talk, "Degrees"); /* NULL is left out */
    talk.request.flags = MI_OPERATIONFLAGS_STANDARD_RTTI;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
    MIC_CHECK_INT(talk.requests.size, 0); /* before it has run, not after */
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strncmp(talk_log(&talk), "send", 4) == 0);
    talk.request.method = NULL;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_INVALID_PARAMETER);
    mic_instance_delete(parameters);
    talk_fini(&talk);
}

/* ---- classes ---- */

MIC_TEST(verbs, classes_are_items_of_an_enumeration)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE_CLASSES);
    talk.request.class_name = NULL;
    talk.request.keys_only = true;
    talk.request.flags = MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW;
    talk_reply_with(&talk, 200,
                    HEAD "<n:EnumerateResponse><n:EnumerationContext/><w:Items>"
                         "<CLASS NAME=\"A\" SUPERCLASS=\"B\"/><CLASSNAME NAME=\"C\"/>"
                         "<w:Item><CLASSPATH><NAMESPACEPATH/><CLASSNAME NAME=\"D\"/></CLASSPATH>"
                         "</w:Item></w:Items><w:EndOfSequence/></n:EnumerateResponse>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Enumerate\nitem class A : B\nitem class C : -\n"
                                    "item class D : -\ndone\n");
    check_sent(&talk, ">http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*</w:ResourceURI>");
    check_sent(&talk, "<w:Selector Name=\"ClassName\"></w:Selector></w:SelectorSet>");
    check_sent(&talk, "<w:Option Name=\"ExcludeClassSpecification\" Type=\"xs:boolean\">true<");
    check_sent(&talk, "<w:Option Name=\"IncludeSubClasses\" Type=\"xs:boolean\">false<");
    check_body(&talk, "<s:Body><n:Enumerate><w:OptimizeEnumeration/>"
                      "<w:MaxElements>32000</w:MaxElements></n:Enumerate></s:Body></s:Envelope>");
    talk_fini(&talk);
}

/* ---- limits ---- */

MIC_TEST(verbs, a_page_over_a_limit_is_asked_for_in_smaller_ones)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk_reply_with(&talk, 500, FAULT("s:Sender", "w:EncodingLimit", WSMAN_FAULT("2150858824")));
    talk_reply_with(&talk, 200,
                    HEAD "<n:EnumerateResponse><n:EnumerationContext>c</n:EnumerationContext>"
                         "<w:Items/></n:EnumerateResponse>" TAIL);
    for (int i = 0; i < 4; i++) {
        talk_reply_with(&talk, 500,
                        FAULT("s:Sender", "w:EncodingLimit", WSMAN_FAULT("2150858824")));
    }
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_SERVER_LIMITS_EXCEEDED);
    MIC_CHECK(strstr(talk_log(&talk), "send Enumerate\nsend Enumerate\nsend Pull\nsend Pull\n"
                                      "send Pull\nsend Pull\nfailed 27 80338048 29: why "
                                      "(MaxEnvelopeSize of this session: 512000 bytes)\n") != NULL);
    check_sent(&talk, ">100</w:MaxElements>");
    check_sent(&talk, ">25</n:MaxElements>");
    check_sent(&talk, ">1</n:MaxElements>");
    talk_fini(&talk);
}

/* ---- memory ---- */

static bool runs_well(void *context)
{
    return talk_run(context) == MI_RESULT_OK;
}

static void every_allocation_may_fail(struct talk *talk)
{
    MIC_CHECK_INT(talk_run(talk), MI_RESULT_OK); /* the log has its room now */
    MIC_CHECK(mic_fail_alloc_each(runs_well, talk) > 5);
    MIC_CHECK_INT(talk_run(talk), MI_RESULT_OK);
}

static const char empty_page[] = HEAD "<n:EnumerateResponse><n:EnumerationContext/><w:Items/>"
                                      "<w:EndOfSequence/></n:EnumerateResponse>" TAIL;

MIC_TEST(verbs, every_allocation_of_queries_and_associations_may_fail)
{
    static const enum mic_verb with_object[] = {MIC_VERB_ASSOCIATORS, MIC_VERB_REFERENCES};
    struct talk talk;

    talk_init(&talk, MIC_VERB_QUERY);
    talk.request.class_name = NULL;
    talk.request.dialect = "WQL";
    talk.request.query = "SELECT * FROM Test_Shelf";
    talk_reply_with(&talk, 200, empty_page);
    every_allocation_may_fail(&talk);
    talk_fini(&talk);
    for (size_t i = 0; i < MIC_COUNT(with_object); i++) {
        talk_init(&talk, with_object[i]);
        talk_key(&talk, "Id", "1");
        talk.request.association = (struct mic_association){"A", "B", "C", "D"};
        talk_reply_with(&talk, 200, empty_page);
        every_allocation_may_fail(&talk);
        talk_fini(&talk);
    }
}

MIC_TEST(verbs, every_allocation_of_writing_may_fail)
{
    static const enum mic_verb verbs[] = {MIC_VERB_CREATE, MIC_VERB_MODIFY, MIC_VERB_DELETE};

    for (size_t i = 0; i < MIC_COUNT(verbs); i++) {
        struct talk talk;
        talk_init(&talk, verbs[i]);
        talk.key = new_box();
        talk.request.class_name = NULL;
        talk.request.instance = &talk.key->public_instance;
        talk_reply_with(&talk, 200,
                        verbs[i] == MIC_VERB_CREATE ? HEAD
                            "<x:ResourceCreated>" EPR("Test_Box", "12") "</x:ResourceCreated>" TAIL
                                                    : HEAD TAIL);
        every_allocation_may_fail(&talk);
        talk_fini(&talk);
    }
}

MIC_TEST(verbs, every_allocation_of_invoke_and_of_a_list_of_classes_may_fail)
{
    struct talk talk;
    struct mic_instance *parameters;

    invoke_init(&talk, &parameters);
    talk.cls = shelf_with_methods();
    talk_key(&talk, "Id", "1");
    set(parameters, "Degrees", MI_SINT16, (MI_Value){.sint16 = -3}, 0);
    talk_reply_with(&talk, 200,
                    HEAD "<q:Tilt_OUTPUT xmlns:q=\"urn:x\"><q:Fallen>1</q:Fallen>"
                         "<q:ReturnValue>7</q:ReturnValue></q:Tilt_OUTPUT>" TAIL);
    every_allocation_may_fail(&talk);
    mic_class_unref(talk.cls);
    mic_instance_delete(parameters);
    talk_fini(&talk);

    talk_init(&talk, MIC_VERB_ENUMERATE_CLASSES);
    talk_reply_with(&talk, 200,
                    HEAD "<n:EnumerateResponse><n:EnumerationContext/><w:Items>"
                         "<CLASS NAME=\"A\" SUPERCLASS=\"B\"/><CLASSNAME NAME=\"C\"/>"
                         "</w:Items><w:EndOfSequence/></n:EnumerateResponse>" TAIL);
    every_allocation_may_fail(&talk);
    talk_fini(&talk);
}
