/* MI_Instance: what every platform promises. */
#include "contract.h"
#include "schema.h"

MIC_TEST(instance, dynamic_starts_empty_and_grows)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance;
    MI_Value value = contract_uint32(7);
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 count = 9, flags = 0, index = 9;
    const MI_Char *name = NULL;

    contract_open(&application);
    instance = contract_dynamic(&application);
    MIC_CHECK_INT(MI_Instance_GetElementCount(instance, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 0);
    MIC_CHECK_INT(MI_Instance_GetClassName(instance, &name), MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("X_Free"));
    MIC_CHECK_INT(MI_Instance_AddElement(instance, MI_T("Number"), &value, MI_UINT32, MI_FLAG_KEY),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, MI_T("NUMBER"), &value, MI_UINT32, 0),
                  MI_RESULT_ALREADY_EXISTS);
    memset(&value, 0, sizeof(value));
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("nUmBeR"), &value, &type, &flags, &index),
                  MI_RESULT_OK);
    MIC_CHECK_INT(value.uint32, 7);
    MIC_CHECK_INT(type, MI_UINT32);
    MIC_CHECK_INT(index, 0);
    MIC_CHECK_INT(flags & (MI_FLAG_KEY | MI_FLAG_NULL), MI_FLAG_KEY);
    MIC_CHECK_INT(MI_Instance_GetElementAt(instance, 0, &name, NULL, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("Number"));
    MIC_CHECK_INT(MI_Instance_Delete(instance), MI_RESULT_OK);
    contract_close(&application);
}

MIC_TEST(instance, each_type_comes_back_as_it_went_in)
{
    static MI_Uint8 bytes[] = {0, 1, 255};
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance;
    MI_Value value, out;
    MI_Type type = MI_BOOLEAN;
    MI_Char *texts[2];

    contract_open(&application);
    instance = contract_dynamic(&application);
#define ROUND(name, cim_type, member, content)                                                     \
    memset(&value, 0, sizeof(value));                                                              \
    value.member = content;                                                                        \
    MIC_CHECK_INT(MI_Instance_AddElement(instance, MI_T(name), &value, cim_type, 0),               \
                  MI_RESULT_OK);                                                                   \
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T(name), &out, &type, NULL, NULL),           \
                  MI_RESULT_OK);                                                                   \
    MIC_CHECK_INT(type, cim_type);                                                                 \
    MIC_CHECK(out.member == value.member)
    ROUND("B", MI_BOOLEAN, boolean, MI_TRUE);
    ROUND("U8", MI_UINT8, uint8, 255);
    ROUND("S8", MI_SINT8, sint8, -128);
    ROUND("U16", MI_UINT16, uint16, 65535);
    ROUND("S16", MI_SINT16, sint16, -32768);
    ROUND("U32", MI_UINT32, uint32, 4294967295u);
    ROUND("S32", MI_SINT32, sint32, -2147483647 - 1);
    ROUND("U64", MI_UINT64, uint64, 18446744073709551615ull);
    ROUND("S64", MI_SINT64, sint64, -9223372036854775807ll - 1);
    ROUND("C16", MI_CHAR16, char16, 0x20AC);
#undef ROUND
    memset(&value, 0, sizeof(value));
    value.datetime.isTimestamp = 1;
    value.datetime.u.timestamp.year = 2024;
    value.datetime.u.timestamp.month = 2;
    value.datetime.u.timestamp.day = 29;
    value.datetime.u.timestamp.utc = -300;
    MIC_CHECK_INT(MI_Instance_AddElement(instance, MI_T("D"), &value, MI_DATETIME, 0),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("D"), &out, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_BYTES(&out.datetime, sizeof(MI_Datetime), &value.datetime, sizeof(MI_Datetime));

    value.uint8a.data = bytes;
    value.uint8a.size = 3;
    MIC_CHECK_INT(MI_Instance_AddElement(instance, MI_T("A"), &value, MI_UINT8A, 0), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("A"), &out, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK(out.uint8a.data != bytes);
    MIC_CHECK_BYTES(out.uint8a.data, out.uint8a.size, bytes, 3);

    texts[0] = contract_text(MI_T("one"));
    texts[1] = contract_text(MI_T(""));
    value.stringa.data = texts;
    value.stringa.size = 2;
    MIC_CHECK_INT(MI_Instance_AddElement(instance, MI_T("T"), &value, MI_STRINGA, 0), MI_RESULT_OK);
    texts[0] = NULL;
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("T"), &out, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_REQUIRE(out.stringa.size == 2);
    MIC_CHECK_TEXT(out.stringa.data[0], MI_T("one"));
    MIC_CHECK_TEXT(out.stringa.data[1], MI_T(""));
    MI_Instance_Delete(instance);
    contract_close(&application);
}

MIC_TEST(instance, null_is_a_flag)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance;
    MI_Value value = contract_uint32(7);
    MI_Uint32 flags = 0;

    contract_open(&application);
    instance = contract_dynamic(&application);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, MI_T("A"), &value, MI_UINT32, MI_FLAG_NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("A"), NULL, NULL, &flags, NULL),
                  MI_RESULT_OK);
    MIC_CHECK((flags & MI_FLAG_NULL) != 0);
    MIC_CHECK_INT(MI_Instance_SetElement(instance, MI_T("A"), &value, MI_UINT32, 0), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("A"), NULL, NULL, &flags, NULL),
                  MI_RESULT_OK);
    MIC_CHECK((flags & MI_FLAG_NULL) == 0);
    MIC_CHECK_INT(MI_Instance_ClearElement(instance, MI_T("A")), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("A"), NULL, NULL, &flags, NULL),
                  MI_RESULT_OK);
    MIC_CHECK((flags & MI_FLAG_NULL) != 0);
    MI_Instance_Delete(instance);
    contract_close(&application);
}

MIC_TEST(instance, of_a_declaration_has_its_properties_and_no_more)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance = NULL;
    MI_Value value = contract_string(MI_T("k"));
    MI_Uint32 count = 0, flags = 0;

    contract_open(&application);
    MIC_REQUIRE(MI_Application_NewInstance(&application, MI_T("X_Thing"), &schema_thing,
                                           &instance) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElementCount(instance, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 5);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("Id"), NULL, NULL, &flags, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(flags & (MI_FLAG_KEY | MI_FLAG_NULL | MI_FLAG_NOT_MODIFIED),
                  MI_FLAG_KEY | MI_FLAG_NULL | MI_FLAG_NOT_MODIFIED);
    MIC_CHECK_INT(MI_Instance_SetElement(instance, MI_T("Id"), &value, MI_STRING, 0), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("Id"), &value, NULL, &flags, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(value.string, MI_T("k"));
    MIC_CHECK_INT(flags & (MI_FLAG_KEY | MI_FLAG_NULL | MI_FLAG_NOT_MODIFIED), MI_FLAG_KEY);
    MIC_CHECK_INT(MI_Instance_SetElement(instance, MI_T("Id"), &value, MI_SINT8, 0),
                  MI_RESULT_TYPE_MISMATCH);
    MIC_CHECK_INT(MI_Instance_SetElement(instance, MI_T("Nix"), &value, MI_STRING, 0),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, MI_T("More"), &value, MI_STRING, 0),
                  MI_RESULT_FAILED);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("Nix"), NULL, NULL, NULL, NULL),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_Instance_GetElementAt(instance, 5, NULL, NULL, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_ClearElement(instance, MI_T("Nix")), MI_RESULT_NO_SUCH_PROPERTY);
    MI_Instance_Delete(instance);
    contract_close(&application);
}

MIC_TEST(instance, namespace_and_server_are_copied_and_cleared)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance;
    MI_Char text[] = {'r', 'o', 'o', 't', 0};
    const MI_Char *out = text;

    contract_open(&application);
    instance = contract_dynamic(&application);
    MIC_CHECK_INT(MI_Instance_GetNameSpace(instance, &out), MI_RESULT_OK);
    MIC_CHECK(out == NULL);
    MIC_CHECK_INT(MI_Instance_SetNameSpace(instance, text), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_SetServerName(instance, text), MI_RESULT_OK);
    text[0] = 'X';
    MIC_CHECK_INT(MI_Instance_GetNameSpace(instance, &out), MI_RESULT_OK);
    MIC_CHECK_TEXT(out, MI_T("root"));
    MIC_CHECK_INT(MI_Instance_GetServerName(instance, &out), MI_RESULT_OK);
    MIC_CHECK_TEXT(out, MI_T("root"));
    MIC_CHECK_INT(MI_Instance_SetNameSpace(instance, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetNameSpace(instance, &out), MI_RESULT_OK);
    MIC_CHECK(out == NULL);
    MI_Instance_Delete(instance);
    contract_close(&application);
}

MIC_TEST(instance, a_clone_is_independent)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *inner, *outer, *clone = NULL;
    MI_Value value = contract_uint32(1), out;

    contract_open(&application);
    inner = contract_dynamic(&application);
    outer = contract_dynamic(&application);
    MIC_CHECK_INT(MI_Instance_AddElement(inner, MI_T("N"), &value, MI_UINT32, MI_FLAG_KEY),
                  MI_RESULT_OK);
    value = contract_instance(inner);
    MIC_CHECK_INT(MI_Instance_AddElement(outer, MI_T("Ref"), &value, MI_REFERENCE, 0),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_AddElement(outer, MI_T("Obj"), &value, MI_INSTANCE, 0), MI_RESULT_OK);
    value = contract_uint32(2);
    MIC_CHECK_INT(MI_Instance_SetElement(inner, MI_T("N"), &value, MI_UINT32, 0), MI_RESULT_OK);
    MI_Instance_Delete(inner);
    MIC_REQUIRE(MI_Instance_Clone(outer, &clone) == MI_RESULT_OK);
    MI_Instance_Delete(outer);
    MIC_CHECK_INT(MI_Instance_GetElement(clone, MI_T("Obj"), &out, NULL, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(out.instance, MI_T("n"), &out, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(out.uint32, 1);
    MIC_CHECK_INT(MI_Instance_GetElement(clone, MI_T("Ref"), &out, NULL, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(out.reference, MI_T("n"), &out, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MI_Instance_Delete(clone);
    contract_close(&application);
}

MIC_TEST(instance, borrowed_text_is_not_copied)
{
    static const MI_Char text[] = MI_T("shared");
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance;
    MI_Value value = contract_string(text), out;

    contract_open(&application);
    instance = contract_dynamic(&application);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, MI_T("S"), &value, MI_STRING, MI_FLAG_BORROW),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("S"), &out, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK(out.string == text);
    MI_Instance_Delete(instance);
    contract_close(&application);
}

MIC_TEST(instance, is_a_follows_the_superclass)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance = NULL;
    MI_ClassDecl other = schema_base;
    MI_Boolean flag = MI_FALSE;

    contract_open(&application);
    MIC_REQUIRE(MI_Application_NewInstance(&application, MI_T("X_Thing"), &schema_thing,
                                           &instance) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_IsA(instance, &schema_thing, &flag), MI_RESULT_OK);
    MIC_CHECK(flag);
    MIC_CHECK_INT(MI_Instance_IsA(instance, &schema_base, &flag), MI_RESULT_OK);
    MIC_CHECK(flag);
    other.name = MI_T("X_Other");
    MIC_CHECK_INT(MI_Instance_IsA(instance, &other, &flag), MI_RESULT_OK);
    MIC_CHECK(!flag);
    MI_Instance_Delete(instance);
    contract_close(&application);
}

MIC_TEST(instance, bad_names_are_refused)
{
    enum { HUGE = 100000 };
    static MI_Char huge[HUGE + 1];
    static const MI_Char *const bad[] = {MI_T(""), MI_T("9a"), MI_T("a b"), MI_T("a/b")};
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance, *none = NULL;
    MI_Value value = contract_uint32(1);

    contract_open(&application);
    instance = contract_dynamic(&application);
    none = instance;
    MIC_CHECK_INT(MI_Application_NewInstance(&application, NULL, NULL, &none),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(none == NULL);
    for (size_t i = 0; i < CONTRACT_COUNT(bad); i++) {
        MIC_CHECK_INT(MI_Instance_AddElement(instance, bad[i], &value, MI_UINT32, 0),
                      MI_RESULT_INVALID_PARAMETER);
        MIC_CHECK_INT(MI_Application_NewInstance(&application, bad[i], NULL, &none),
                      MI_RESULT_INVALID_PARAMETER);
        MIC_CHECK(none == NULL);
    }
    MIC_CHECK_INT(MI_Instance_AddElement(instance, NULL, &value, MI_UINT32, 0),
                  MI_RESULT_INVALID_PARAMETER);
    for (size_t i = 0; i < HUGE; i++) {
        huge[i] = 'a';
    }
    MIC_CHECK_INT(MI_Instance_AddElement(instance, huge, &value, MI_UINT32, 0),
                  MI_RESULT_INVALID_PARAMETER);
    MI_Instance_Delete(instance);
    contract_close(&application);
}

MIC_TEST(instance, a_parameter_set_is_a_dynamic_instance)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance = NULL;
    MI_Value value = contract_uint32(1);
    const MI_Char *name = NULL;

    contract_open(&application);
    MIC_REQUIRE(MI_Application_NewParameterSet(&application, NULL, &instance) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetClassName(instance, &name), MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("Parameters"));
    MIC_CHECK_INT(MI_Instance_AddElement(instance, MI_T("P"), &value, MI_UINT32, 0), MI_RESULT_OK);
    MI_Instance_Delete(instance);
    contract_close(&application);
}

MIC_TEST(instance, ten_thousand_properties_are_found_again)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance, *clone = NULL;
    MI_Uint32 wrong = 0, count = 0;
    MI_Char name[7] = {'P', '0', '0', '0', '0', '0', 0};

    contract_open(&application);
    instance = contract_dynamic(&application);
    for (int pass = 0; pass < 2; pass++) {
        for (MI_Uint32 i = 0; i < 10000; i++) {
            MI_Value value = contract_uint32(i);
            MI_Uint32 rest = i;

            for (int digit = 5; digit > 0; digit--) {
                name[digit] = (MI_Char)('0' + rest % 10);
                rest /= 10;
            }
            if (pass == 0) {
                wrong +=
                    MI_Instance_AddElement(instance, name, &value, MI_UINT32, 0) != MI_RESULT_OK;
            } else if (i % 97 == 0) {
                wrong +=
                    MI_Instance_GetElement(clone, name, &value, NULL, NULL, NULL) != MI_RESULT_OK ||
                    value.uint32 != i;
            }
        }
        if (pass == 0) {
            MIC_REQUIRE(MI_Instance_Clone(instance, &clone) == MI_RESULT_OK);
        }
    }
    MIC_CHECK_INT(wrong, 0);
    MIC_CHECK_INT(MI_Instance_GetElementCount(clone, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 10000);
    MI_Instance_Delete(clone);
    MI_Instance_Delete(instance);
    contract_close(&application);
}
