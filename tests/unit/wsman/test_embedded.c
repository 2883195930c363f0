/* Embedded instances have the types of their own class; what an array is does not depend on what
 * was read before. */
#include "talk.h"

#define HEAD_WITH(header)                                                                          \
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:n='http://schemas."       \
    "xmlsoap.org/ws/2004/09/enumeration' xmlns:p='urn:shelf' xmlns:q='urn:box' "                   \
    "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "                                       \
    "xmlns:m='http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd'><s:Header>" header              \
    "</s:Header><s:Body>"
#define ITEMS "<n:PullResponse><n:Items>"
#define TAIL  "</n:Items><n:EndOfSequence/></n:PullResponse></s:Body></s:Envelope>"
#define ECHO  "<m:OperationID s:mustUnderstand='false'>uuid:0</m:OperationID>"

struct classes {
    struct mic_class *shelf, *box;
};

static void load(struct classes *classes)
{
    classes->shelf = talk_class("windows-class.xml");
    classes->box = talk_class("windows-class-box.xml");
    MIC_REQUIRE(classes->shelf != NULL && classes->box != NULL);
}

static void unload(struct classes *classes)
{
    mic_class_unref(classes->shelf);
    mic_class_unref(classes->box);
}

static MI_Result items_give(const struct classes *classes, MI_Uint32 flags, const char *items,
                            struct talk *talk)
{
    talk_init(talk, MIC_VERB_ENUMERATE);
    talk->cls = classes->shelf;
    talk->other = classes->box;
    talk->request.flags = flags;
    struct mic_buf *bytes = talk_reply_with(talk, 200, HEAD_WITH("") ITEMS);
    mic_buf_append_text(bytes, items);
    mic_buf_append_text(bytes, TAIL);
    return talk_run(talk);
}

/* How often `part` is in the log. */
static int times(struct talk *talk, const char *part)
{
    int count = 0;
    for (const char *at = talk_log(talk); (at = strstr(at, part)) != NULL; at++) {
        count++;
    }
    return count;
}

static void has(struct talk *talk, const char *part)
{
    if (!MIC_CHECK(strstr(talk_log(talk), part) != NULL)) {
        MIC_FAIL("%s\nis without %s", talk_log(talk), part);
    }
}

#define BOX                                                                                        \
    "<p:Box xsi:type='q:Test_Box_Type'><q:Width>3</q:Width><q:Colours>7</q:Colours>"               \
    "<q:Inner xsi:type='q:Test_Box_Type'><q:Width>4</q:Width></q:Inner></p:Box>"
#define TYPED_BOX                                                                                  \
    "Box:instance=Test_Box@root/test{Width:uint32=3;Colours:uint8[]=[7];"                          \
    "Inner:instance=Test_Box@root/test{Width:uint32=4;Colours:uint8[]=NULL;Inner:instance=NULL}}"

MIC_TEST(embedded, is_typed_by_its_own_class_which_is_asked_for_once)
{
    static const MI_Uint32 choices[] = {0, MI_OPERATIONFLAGS_BASIC_RTTI,
                                        MI_OPERATIONFLAGS_STANDARD_RTTI,
                                        MI_OPERATIONFLAGS_FULL_RTTI};
    struct classes classes;
    struct talk talk;

    load(&classes);
    for (size_t i = 0; i < MIC_COUNT(choices); i++) {
        MIC_CHECK_INT(items_give(&classes, choices[i],
                                 "<p:Test_Shelf><p:Id>1</p:Id>" BOX "</p:Test_Shelf><p:Test_Shelf>"
                                 "<p:Id>2</p:Id>" BOX "</p:Test_Shelf>",
                                 &talk),
                      MI_RESULT_OK);
        MIC_CHECK_INT(times(&talk, TYPED_BOX), 2);
        MIC_CHECK_INT(times(&talk, "class "), 2);
        MIC_CHECK_INT(times(&talk, "item "), 2);
        talk_fini(&talk);
    }
    unload(&classes);
}

MIC_TEST(embedded, is_strings_when_strings_are_asked_for)
{
    struct classes classes;
    struct talk talk;

    load(&classes);
    MIC_CHECK_INT(items_give(&classes, MI_OPERATIONFLAGS_NO_RTTI,
                             "<p:Test_Shelf>" BOX "</p:Test_Shelf>", &talk),
                  MI_RESULT_OK);
    has(&talk, "Box:instance=Test_Box@root/test{Width:string=3");
    MIC_CHECK_INT(times(&talk, "class "), 0);
    talk_fini(&talk);
    unload(&classes);
}

MIC_TEST(embedded, without_a_type_of_its_own_has_the_declared_class)
{
    struct classes classes;
    struct talk talk;

    load(&classes);
    MIC_CHECK_INT(items_give(&classes, 0,
                             "<p:Test_Shelf><p:Box><q:Width>3</q:Width></p:Box></p:Test_Shelf>",
                             &talk),
                  MI_RESULT_OK);
    has(&talk, "Box:instance=Test_Box@root/test{Width:uint32=3;");
    talk_fini(&talk);
    unload(&classes);
}

MIC_TEST(embedded, in_arrays_is_typed_element_by_element)
{
    struct classes classes;
    struct talk talk;

    load(&classes);
    MIC_CHECK_INT(
        items_give(&classes, 0,
                   "<p:Test_Shelf><p:Things xsi:type='q:Test_Box_Type'><q:Width>1</q:Width>"
                   "</p:Things><p:Things xsi:type='q:Test_Odd_Type'><q:Width>2</q:Width>"
                   "</p:Things></p:Test_Shelf>",
                   &talk),
        MI_RESULT_OK);
    has(&talk, "Things:instance[]=[Test_Box@root/test{Width:uint32=1;Colours:uint8[]=NULL;"
               "Inner:instance=NULL},Test_Odd@root/test{Width:string=2}]");
    has(&talk, "class Test_Shelf\nclass Test_Box\nclass Test_Odd\nitem ");
    talk_fini(&talk);
    unload(&classes);
}

#define SUBCLASS                                                                                   \
    "<p:Test_Shelf><p:Box xsi:type='q:Test_Crate_Type'><q:Width>3</q:Width><q:Lid>1</q:Lid>"       \
    "</p:Box></p:Test_Shelf>"

MIC_TEST(embedded, subclass_nobody_describes_is_typed_as_far_as_the_declared_class_goes)
{
    struct classes classes;
    struct talk talk;

    load(&classes);
    MIC_CHECK_INT(items_give(&classes, 0, SUBCLASS, &talk), MI_RESULT_OK);
    has(&talk, "class Test_Crate\nclass Test_Box\n");
    has(&talk, "Box:instance=Test_Crate@root/test{Width:uint32=3;");
    has(&talk, ";Lid:string=1}");
    talk_fini(&talk);
    MIC_CHECK_INT(items_give(&classes, MI_OPERATIONFLAGS_STANDARD_RTTI, SUBCLASS, &talk),
                  MI_RESULT_OK);
    has(&talk, "Box:instance=Test_Crate@root/test{Width:uint32=3;");
    talk_fini(&talk);
    MIC_CHECK_INT(items_give(&classes, MI_OPERATIONFLAGS_FULL_RTTI, SUBCLASS, &talk),
                  MI_RESULT_FAILED);
    has(&talk, "803381f3");
    has(&talk, "class Test_Crate,");
    talk_fini(&talk);
    unload(&classes);
}

MIC_TEST(embedded, missing_class_leaves_strings_unless_types_are_demanded)
{
    struct classes classes;
    struct classes only_shelf;
    struct talk talk;

    load(&classes);
    only_shelf = (struct classes){classes.shelf, NULL};
    MIC_CHECK_INT(items_give(&only_shelf, 0,
                             "<p:Test_Shelf>" BOX "</p:Test_Shelf><p:Test_Shelf>" BOX
                             "</p:Test_Shelf>",
                             &talk),
                  MI_RESULT_OK);
    MIC_CHECK_INT(times(&talk, "{Width:string=3;"), 2);
    MIC_CHECK_INT(times(&talk, "class Test_Box"), 1);
    talk_fini(&talk);
    MIC_CHECK_INT(items_give(&only_shelf, MI_OPERATIONFLAGS_STANDARD_RTTI,
                             "<p:Test_Shelf>" BOX "</p:Test_Shelf>", &talk),
                  MI_RESULT_FAILED);
    has(&talk, "803381f3");
    talk_fini(&talk);
    unload(&classes);
}

MIC_TEST(embedded, standard_rtti_needs_no_subclass_when_the_class_asked_for_is_there)
{
    struct classes classes;
    struct talk talk;

    load(&classes);
    MIC_CHECK_INT(items_give(&classes, MI_OPERATIONFLAGS_STANDARD_RTTI,
                             "<p:Test_Low><p:Id>5</p:Id></p:Test_Low>", &talk),
                  MI_RESULT_OK);
    has(&talk, "Id*:uint32=5");
    talk_fini(&talk);
    MIC_CHECK_INT(items_give(&classes, MI_OPERATIONFLAGS_FULL_RTTI,
                             "<p:Test_Low><p:Id>5</p:Id></p:Test_Low>", &talk),
                  MI_RESULT_FAILED);
    talk_fini(&talk);
    unload(&classes);
}

/* A server may not make us ask for more and more. */
MIC_TEST(embedded, classes_asked_for_are_bounded)
{
    struct classes classes;
    struct talk talk;

    load(&classes);
    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.cls = classes.shelf;
    struct mic_buf *bytes = talk_reply_with(&talk, 200, HEAD_WITH("") ITEMS "<p:Test_Shelf>");
    for (int i = 0; i < 3000; i++) {
        mic_buf_append_format(bytes, "<p:Things xsi:type='q:C%d_Type'><q:x>1</q:x></p:Things>", i);
    }
    mic_buf_append_text(bytes, "</p:Test_Shelf>" TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    has(&talk, ",C2999@root/test{x:string=1}]");
    MIC_CHECK(times(&talk, "class ") > 10 && times(&talk, "class ") < 300);
    talk_fini(&talk);
    unload(&classes);
}

static void array_is(const struct classes *classes, bool is_get, const char *header,
                     const char *before, const char *expected)
{
    struct talk talk;

    talk_init(&talk, is_get ? MIC_VERB_GET : MIC_VERB_ENUMERATE);
    talk.cls = classes->shelf;
    if (is_get) {
        talk_key(&talk, "Id", "1");
    }
    struct mic_buf *bytes = talk_reply_with(&talk, 200, HEAD_WITH(""));
    mic_buf_clear(bytes);
    mic_buf_append_text(bytes, header);
    mic_buf_append_text(bytes, is_get ? "" : ITEMS);
    mic_buf_append_text(bytes, is_get ? "" : before);
    mic_buf_append_text(bytes, "<p:Test_Shelf><p:Id>1</p:Id><p:Tags xsi:nil='true'/>"
                               "</p:Test_Shelf>");
    mic_buf_append_text(bytes, is_get ? "</s:Body></s:Envelope>" : TAIL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    has(&talk, expected);
    talk_fini(&talk);
}

#define MARKED                                                                                     \
    "<p:Test_Shelf><p:Id>0</p:Id><p:Codes xsi:nil='true' m:IsNullArray='true'/></p:Test_Shelf>"

MIC_TEST(embedded, unmarked_nil_array_is_the_same_whatever_was_read_before)
{
    struct classes classes;

    load(&classes);
    for (int is_get = 0; is_get < 2; is_get++) {
        array_is(&classes, is_get, HEAD_WITH(ECHO), "",
                 "{Active:boolean=NULL;Built:datetime=NULL;Codes:uint16[]=NULL;Empty:string=NULL;"
                 "Id*:uint32=1;Label:string=NULL;Marks:uint8[]=NULL;Missing:sint32=NULL;Size:"
                 "uint64=NULL;Tags:string[]=[];");
        array_is(&classes, is_get, HEAD_WITH(ECHO), MARKED, "Size:uint64=NULL;Tags:string[]=[];");
        array_is(&classes, is_get, HEAD_WITH(""), "", "Tags:string[]=NULL;");
        array_is(&classes, is_get, HEAD_WITH(""), MARKED,
                 "Id*:uint32=1;Label:string=NULL;Marks:uint8[]=NULL;Missing:sint32=NULL;Size:"
                 "uint64=NULL;Tags:string[]=NULL;");
    }
    unload(&classes);
}

MIC_TEST(embedded, mark_anywhere_in_the_instance_makes_its_unmarked_nil_arrays_empty)
{
    struct classes classes;
    struct talk talk;

    load(&classes);
    MIC_CHECK_INT(items_give(&classes, 0,
                             "<p:Test_Shelf><p:Codes xsi:nil='true'/><p:Tags xsi:nil='true' "
                             "m:IsNullArray='true'/></p:Test_Shelf>",
                             &talk),
                  MI_RESULT_OK);
    has(&talk, "Codes:uint16[]=[]");
    has(&talk, "Tags:string[]=NULL");
    talk_fini(&talk);
    unload(&classes);
}
