/* The same three shelves in every form a server may send them, whole and in pieces. */
#include "common/utf.h"
#include "talk.h"

struct dialect {
    const char *name;
    const char *files[4];
    bool utf16;
};

#define SHELF(id)                                                                                  \
    "Test_Shelf@root/test{Active:boolean=true;Built:datetime=20190203040506.780000+000;"           \
    "Codes:uint16[]=[7];Empty:string=;Id*:uint32=" id ";Label:string=Gr\xC3\xB6\xC3\x9F"           \
    "e <" id "> & more;Marks:uint8[]=NULL;Missing:sint32=NULL;Size:uint64=18446744073709551615;"   \
    "Tags:string[]=[one,two];Uptime:datetime=00000001020304.000000:000;Box:instance=NULL;"         \
    "Things:instance[]=NULL;Old:instance=NULL;Room:reference=NULL}"

#define STRING_SHELF_KEYED(id, star)                                                               \
    "Test_Shelf@root/test{Active:string=true;Built:string=2019-02-03T04:05:06.78Z;"                \
    "Codes:string=7;Empty:string=;Id" star ":string=" id ";Label:string=Gr\xC3\xB6\xC3\x9F"        \
    "e <" id "> & more;Marks:string[]=NULL;Missing:string=NULL;Size:string=18446744073709551615;"  \
    "Tags:string[]=[one,two];Uptime:string=P1DT2H3M4S}"

#define STRING_SHELF(id) STRING_SHELF_KEYED(id, "*")

static const struct dialect dialects[] = {
    {"windows", {"windows-enumerate.xml", "windows-pull-last.xml"}, false},
    {"omi", {"omi-enumerate.xml", "omi-pull-last.xml"}, false},
    {"openwsman",
     {"openwsman-enumerate.xml", "openwsman-pull.xml", "openwsman-pull-last.xml"},
     false},
    {"idrac", {"idrac-enumerate.xml"}, false},
    {"swapped", {"swapped-enumerate.xml"}, false},
    {"windows in UTF-16", {"windows-enumerate.xml", "windows-pull-last.xml"}, true},
};

static void to_utf16(struct mic_buf *bytes)
{
    struct mic_buf wide;
    size_t units = mic_utf8_to_utf16(bytes->data, bytes->size, NULL, SIZE_MAX);

    mic_buf_init(&wide);
    uint16_t *out = malloc(units * 2);
    MIC_REQUIRE(out != NULL);
    mic_utf8_to_utf16(bytes->data, bytes->size, out, units);
    mic_buf_append(&wide, "\xFF\xFE", 2);
    for (size_t i = 0; i < units; i++) {
        mic_buf_append_char(&wide, (char)(out[i] & 0xFF));
        mic_buf_append_char(&wide, (char)(out[i] >> 8));
    }
    free(out);
    mic_buf_fini(bytes);
    *bytes = wide;
}

static void start(struct talk *talk, const struct dialect *dialect)
{
    talk_init(talk, MIC_VERB_ENUMERATE);
    for (size_t i = 0; i < 4 && dialect->files[i] != NULL; i++) {
        struct mic_buf *bytes = talk_reply_file(talk, 200, dialect->files[i]);
        if (dialect->utf16) {
            to_utf16(bytes);
        }
    }
}

/* The lines about items, without those about sending, whose number differs. */
static void keep_items(const char *log, struct mic_buf *out)
{
    mic_buf_clear(out);
    while (*log != '\0') {
        size_t size = strcspn(log, "\n") + 1;
        if (strncmp(log, "send", 4) != 0 && strncmp(log, "ahead", 5) != 0) {
            mic_buf_append(out, log, size);
        }
        log += size;
    }
}

MIC_TEST(dialects, typed_instances_are_the_same_in_all)
{
    struct mic_class *cls = talk_class("windows-class.xml");

    MIC_REQUIRE(cls != NULL);
    for (size_t i = 0; i < MIC_COUNT(dialects); i++) {
        struct talk talk;
        struct mic_buf items;
        start(&talk, &dialects[i]);
        talk.cls = cls;
        mic_buf_init(&items);
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
        keep_items(talk_log(&talk), &items);
        if (!MIC_CHECK_TEXT(mic_buf_text(&items),
                            "class Test_Shelf\nitem " SHELF("1") "\nitem " SHELF(
                                "2") "\nitem " SHELF("3") "\ndone\n")) {
            MIC_FAIL("dialect %s", dialects[i].name);
        }
        mic_buf_fini(&items);
        talk_fini(&talk);
    }
    mic_class_unref(cls);
}

MIC_TEST(dialects, every_split_of_a_reply_gives_the_same)
{
    struct mic_class *cls = talk_class("windows-class.xml");

    MIC_REQUIRE(cls != NULL);
    for (size_t i = 0; i < MIC_COUNT(dialects); i++) {
        struct talk talk;
        struct mic_buf whole;
        start(&talk, &dialects[i]);
        talk.cls = cls;
        mic_buf_init(&whole);
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
        mic_buf_append_text(&whole, talk_log(&talk));
        size_t longest = 0;
        for (size_t k = 0; k < talk.reply_count; k++) {
            longest = talk.replies[k].bytes.size > longest ? talk.replies[k].bytes.size : longest;
        }
        for (talk.split = 1; talk.split < longest; talk.split++) {
            talk_run(&talk);
            if (!MIC_CHECK_TEXT(talk_log(&talk), mic_buf_text(&whole))) {
                MIC_FAIL("dialect %s split at %zu", dialects[i].name, talk.split);
                break;
            }
        }
        talk.split = 0;
        for (talk.piece = 1; talk.piece < 8; talk.piece++) {
            talk_run(&talk);
            if (!MIC_CHECK_TEXT(talk_log(&talk), mic_buf_text(&whole))) {
                MIC_FAIL("dialect %s in pieces of %zu", dialects[i].name, talk.piece);
                break;
            }
        }
        mic_buf_fini(&whole);
        talk_fini(&talk);
    }
    mic_class_unref(cls);
}

MIC_TEST(dialects, no_rtti_gives_strings_and_asks_for_no_class)
{
    struct talk talk;

    start(&talk, &dialects[0]);
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk),
                   "send Enumerate\nitem " STRING_SHELF("1") "\nsend Pull\nitem " STRING_SHELF(
                       "2") "\nitem " STRING_SHELF("3") "\ndone\n");
    talk_fini(&talk);
}

MIC_TEST(dialects, complete_first_page_needs_no_pull)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    talk_reply_file(&talk, 200, "windows-complete.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "Pull") == NULL);
    MIC_CHECK(strstr(talk_log(&talk), "done") != NULL);
    talk_fini(&talk);
}

MIC_TEST(dialects, empty_page_with_a_context_is_pulled_on)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    talk_reply_file(&talk, 200, "openwsman-enumerate.xml");
    talk_reply_file(&talk, 200, "windows-empty-page.xml");
    talk_reply_file(&talk, 200, "windows-pull-last.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "send Enumerate\nsend Pull\nsend Pull\nitem ") ==
              talk_log(&talk));
    /* The newest context is the one that is used. */
    MIC_CHECK(strstr(mic_buf_text(&talk.requests), ">uuid:CTX-2</n:EnumerationContext>") != NULL);
    talk_fini(&talk);
}

MIC_TEST(dialects, references_become_instances_with_keys)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.class_name = "Test_Link";
    talk_reply_file(&talk, 200, "openwsman-enumerate.xml");
    talk_reply_file(&talk, 200, "amt-pull.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk),
                   "send Enumerate\nsend Pull\nclass Test_Link\n"
                   "item Test_Link@root/test{Since:datetime=20200101000000.000000+000;"
                   "Shelf:reference=Test_Shelf@root/test{Id*:string=4};"
                   "Wall:reference=Test_Wall@root/other{Name*:string=north}}\ndone\n");
    talk_fini(&talk);
}

MIC_TEST(dialects, keys_only_builds_instances_from_eprs)
{
    struct mic_class *cls = talk_class("windows-class.xml");
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.keys_only = true;
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    talk_reply_file(&talk, 200, "keys-only.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Enumerate\nitem Test_Shelf@root/test{Id*:string=1}\n"
                                    "item Test_Shelf@root/test{Id*:string=2}\ndone\n");
    MIC_CHECK(strstr(mic_buf_text(&talk.requests), ">EnumerateEPR<") != NULL);
    talk.request.flags = 0;
    talk.cls = cls;
    talk_run(&talk);
    MIC_CHECK(strstr(talk_log(&talk), "Id*:uint32=2;") != NULL);
    talk_fini(&talk);
    mic_class_unref(cls);
}

MIC_TEST(dialects, shallow_drops_other_classes)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.class_name = "Test_Furniture";
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI | MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW;
    talk_reply_file(&talk, 200, "windows-complete.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Enumerate\ndone\n");
    talk_fini(&talk);
}

MIC_TEST(dialects, get_delivers_one_last_instance)
{
    struct mic_class *cls = talk_class("windows-class.xml");
    struct talk talk;

    MIC_REQUIRE(cls != NULL);
    talk_init(&talk, MIC_VERB_GET);
    talk_key(&talk, "Id", "5");
    talk.cls = cls;
    talk_reply_file(&talk, 200, "windows-get.xml");
    for (talk.piece = 0; talk.piece < 2; talk.piece++) {
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
        MIC_CHECK_TEXT(talk_log(&talk), "send Get\nclass Test_Shelf\nlast " SHELF("5") "\ndone\n");
    }
    talk_fini(&talk);
    mic_class_unref(cls);
}

MIC_TEST(dialects, identify_tells_the_product)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_IDENTIFY);
    talk_reply_file(&talk, 200, "windows-identify.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk),
                   "send\nlast IdentifyResponse@-{ProtocolVersion:string=http://schemas.dmtf.org/"
                   "wbem/wsman/1/wsman.xsd;ProductVendor:string=Test Works;ProductVersion:string="
                   "OS: 1.2 SP: 0.0 Stack: 3.0;SecurityProfiles:string[]=[one,two]}\ndone\n");
    talk_fini(&talk);
}

MIC_TEST(dialects, class_declaration_is_complete)
{
    struct mic_class *cls = talk_class("windows-class.xml");
    struct mic_buf text;

    MIC_REQUIRE(cls != NULL);
    const MI_ClassDecl *decl = cls->public_class.classDecl;
    mic_buf_init(&text);
    talk_tell_class(&text, &cls->public_class);
    MIC_CHECK_TEXT(mic_buf_text(&text),
                   "class Test_Shelf : Test_Furniture\n"
                   "  Active:boolean flags=4 origin=Test_Shelf class=- size=0 default=true\n"
                   "  Built:datetime flags=200004 origin=Test_Thing class=- size=0\n"
                   "  Codes:uint16[] flags=4 origin=Test_Shelf class=- size=4 default=[5,6]\n"
                   "  Empty:string flags=4 origin=Test_Shelf class=- size=0\n"
                   "  Id:uint32 flags=1004 origin=Test_Thing class=- size=0\n"
                   "  Label:string flags=4 origin=Test_Furniture class=- size=0 default=none\n"
                   "  Marks:uint8[] flags=4 origin=Test_Shelf class=- size=0\n"
                   "  Missing:sint32 flags=4 origin=Test_Shelf class=- size=0\n"
                   "  Size:uint64 flags=4 origin=Test_Shelf class=- size=0\n"
                   "  Tags:string[] flags=4 origin=Test_Shelf class=- size=0\n"
                   "  Uptime:datetime flags=4 origin=Test_Shelf class=- size=0\n"
                   "  Box:instance flags=4 origin=Test_Shelf class=Test_Box size=0\n"
                   "  Things:instance[] flags=4 origin=Test_Shelf class=- size=0\n"
                   "  Old:instance flags=4 origin=Test_Shelf class=Test_Old size=0\n"
                   "  Room:reference flags=4 origin=Test_Shelf class=Test_Room size=0");
    mic_buf_fini(&text);
    MIC_REQUIRE(decl->numQualifiers == 2);
    MIC_CHECK_INT(decl->qualifiers[0]->flavor,
                  MI_FLAG_ENABLEOVERRIDE | MI_FLAG_RESTRICTED | MI_FLAG_TOINSTANCE);
    MIC_CHECK_INT(decl->qualifiers[1]->flavor,
                  MI_FLAG_DISABLEOVERRIDE | MI_FLAG_TOSUBCLASS | MI_FLAG_TRANSLATABLE);
    MIC_REQUIRE(decl->superClassDecl != NULL && decl->superClassDecl->superClassDecl != NULL);
    MIC_CHECK_TEXT(decl->superClassDecl->superClassDecl->name, "Test_Thing");
    MIC_CHECK_INT(decl->superClassDecl->numProperties, 3);
    MIC_CHECK_INT(decl->superClassDecl->superClassDecl->numProperties, 2);
    MIC_CHECK(mic_decl_is_a(decl, "test_thing"));
    MIC_REQUIRE(decl->numMethods == 1 && decl->methods[0]->numParameters == 4);
    MIC_CHECK_INT(decl->methods[0]->returnType, MI_UINT32);
    MIC_CHECK_INT(decl->methods[0]->flags, MI_FLAG_METHOD | MI_FLAG_STATIC);
    MIC_CHECK_INT(decl->methods[0]->parameters[0]->flags, MI_FLAG_PARAMETER | MI_FLAG_IN);
    MIC_CHECK_INT(decl->methods[0]->parameters[1]->type, MI_REAL64A);
    MIC_CHECK_INT(decl->methods[0]->parameters[1]->flags,
                  MI_FLAG_PARAMETER | MI_FLAG_IN | MI_FLAG_OUT);
    MIC_CHECK_INT(decl->methods[0]->parameters[2]->type, MI_REFERENCE);
    MIC_CHECK_INT(decl->methods[0]->parameters[3]->type, MI_REFERENCE | MI_ARRAY);
    mic_class_unref(cls);
}

MIC_TEST(dialects, several_envelopes_in_one_reply)
{
    struct talk talk;
    struct mic_buf whole;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    struct mic_buf *bytes = talk_reply_file(&talk, 200, "windows-keepalive.xml");
    mic_buf_append_text(bytes, "\r\n \xEF\xBB\xBF<?xml version=\"1.0\"?>");
    talk_read_file("windows-keepalive.xml", bytes);
    talk_read_file("windows-complete.xml", bytes);
    mic_buf_append_text(bytes, "  \n");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Enumerate\nitem " STRING_SHELF_KEYED("9", "") "\ndone\n");
    mic_buf_init(&whole);
    mic_buf_append_text(&whole, talk_log(&talk));
    for (talk.split = 1; talk.split < bytes->size; talk.split++) {
        talk_run(&talk);
        if (!MIC_CHECK_TEXT(talk_log(&talk), mic_buf_text(&whole))) {
            MIC_FAIL("split at %zu", talk.split);
            break;
        }
    }
    mic_buf_fini(&whole);
    talk_fini(&talk);
}

/* A page of many items, far longer than one piece. */
static void long_page(struct mic_buf *out, const char *tail)
{
    mic_buf_append_text(out, "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
                             "xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" "
                             "xmlns:p=\"urn:x\"><s:Body><n:PullResponse><n:EnumerationContext>NEXT"
                             "</n:EnumerationContext><n:Items>");
    for (int i = 0; i < 3000; i++) {
        mic_buf_append_format(out, "<p:Test_Shelf><p:Id>%d</p:Id></p:Test_Shelf>", i);
    }
    mic_buf_append_text(out, "</n:Items>");
    mic_buf_append_text(out, tail);
    mic_buf_append_text(out, "</n:PullResponse></s:Body></s:Envelope>");
}

MIC_TEST(dialects, pull_goes_ahead_once_the_page_is_in)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    talk.ahead = true;
    talk_reply_file(&talk, 200, "openwsman-enumerate.xml");
    long_page(talk_reply_with(&talk, 200, ""), "");
    long_page(talk_reply_with(&talk, 200, ""), "<n:EndOfSequence/>");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    const char *log = talk_log(&talk), *expected = "send Enumerate\nsend Pull\nahead send Pull\n"
                                                   "item Test_Shelf@root/test{Id:string=0}\n"
                                                   "item ";
    MIC_CHECK(strncmp(log, expected, strlen(expected)) == 0 ||
              strstr(log, "Id:string=1}\nitem") > strstr(log, "ahead"));
    MIC_CHECK(strstr(log, "ahead send Pull") != NULL);
    size_t items = 0, sent = 0;
    for (const char *at = log; (at = strstr(at, "item ")) != NULL; at++) {
        items++;
    }
    for (const char *at = log; (at = strstr(at, "send ")) != NULL; at++) {
        sent++;
    }
    MIC_CHECK_INT(items, 6000);
    MIC_CHECK_INT(sent, 3);
    talk_fini(&talk);
}
