#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "fail_alloc.h"
#include "mic_test.h"
#include "model/class.h"
#include "model/instance.h"
#include "model/value.h"

static const MI_Boolean yes = MI_TRUE;
static const char *const description = "Number of things";
static const MI_Uint32 count_default = 42;
static const char *const name_default = "unnamed";
static MI_Uint16 list_items[] = {1, 2, 3};
static const MI_Uint16A list_default = {list_items, 3};

static const MI_Qualifier key_qualifier = {"Key", MI_BOOLEAN, MI_FLAG_DISABLEOVERRIDE, &yes};
static const MI_Qualifier text_qualifier = {"Description", MI_STRING, MI_FLAG_TRANSLATABLE,
                                            &description};
static const MI_Qualifier *const key_qualifiers[] = {&key_qualifier};
static const MI_Qualifier *const both_qualifiers[] = {&key_qualifier, &text_qualifier};

static const MI_PropertyDecl id = {.flags = MI_FLAG_PROPERTY | MI_FLAG_KEY,
                                   .name = "Id",
                                   .qualifiers = key_qualifiers,
                                   .numQualifiers = 1,
                                   .type = MI_STRING,
                                   .origin = "X_Base",
                                   .propagator = "X_Base"};
static const MI_PropertyDecl count = {.flags = MI_FLAG_PROPERTY,
                                      .name = "Count",
                                      .qualifiers = both_qualifiers,
                                      .numQualifiers = 2,
                                      .type = MI_UINT32,
                                      .value = &count_default};
static const MI_PropertyDecl name = {
    .flags = MI_FLAG_PROPERTY, .name = "Name", .type = MI_STRING, .value = &name_default};
static const MI_PropertyDecl list = {
    .flags = MI_FLAG_PROPERTY, .name = "List", .type = MI_UINT16A, .value = &list_default};
static const MI_PropertyDecl owner = {
    .flags = MI_FLAG_PROPERTY, .name = "Owner", .type = MI_REFERENCE, .className = "X_Base"};

static const MI_PropertyDecl *const base_properties[] = {&id};
static const MI_PropertyDecl *const derived_properties[] = {&id, &count, &name, &list, &owner};

static const MI_ParameterDecl returned = {.flags = MI_FLAG_PARAMETER | MI_FLAG_OUT,
                                          .name = "MIReturn",
                                          .qualifiers = key_qualifiers,
                                          .numQualifiers = 1,
                                          .type = MI_UINT32};
static const MI_ParameterDecl force = {
    .flags = MI_FLAG_PARAMETER | MI_FLAG_IN, .name = "Force", .type = MI_BOOLEAN};
static const MI_ParameterDecl job = {.flags = MI_FLAG_PARAMETER | MI_FLAG_OUT,
                                     .name = "Job",
                                     .type = MI_REFERENCE,
                                     .className = "X_Job"};
static const MI_ParameterDecl *const parameters[] = {&returned, &force, &job};
static const MI_MethodDecl stop = {.flags = MI_FLAG_METHOD,
                                   .name = "Stop",
                                   .qualifiers = both_qualifiers,
                                   .numQualifiers = 2,
                                   .parameters = parameters,
                                   .numParameters = 3,
                                   .returnType = MI_UINT32};
static const MI_MethodDecl *const methods[] = {&stop};

static const MI_ClassDecl base_decl = {
    .flags = MI_FLAG_CLASS, .name = "X_Base", .properties = base_properties, .numProperties = 1};
static const MI_ClassDecl derived_decl = {.flags = MI_FLAG_CLASS,
                                          .name = "X_Derived",
                                          .qualifiers = both_qualifiers,
                                          .numQualifiers = 2,
                                          .properties = derived_properties,
                                          .numProperties = 5,
                                          .superClass = "X_Base",
                                          .superClassDecl = &base_decl,
                                          .methods = methods,
                                          .numMethods = 1};

static struct mic_class *new_class(void)
{
    struct mic_class *cls = NULL;

    MIC_CHECK_INT(mic_class_new_copy(&derived_decl, "root/x", "host", &cls), MI_RESULT_OK);
    return cls;
}

MIC_TEST(class, a_copy_depends_on_nothing_of_its_source)
{
    struct mic_class *cls = new_class();
    MI_Class *self;
    const MI_Char *text = NULL;
    MI_Uint32 number = 0;

    MIC_REQUIRE(cls != NULL);
    self = &cls->public_class;
    MIC_CHECK(self->classDecl != &derived_decl);
    MIC_CHECK(self->classDecl->properties[1] != &count);
    MIC_CHECK(self->classDecl->owningClass == self);
    MIC_CHECK_INT(MI_Class_GetClassName(self, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, "X_Derived");
    MIC_CHECK_INT(MI_Class_GetNameSpace(self, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, "root/x");
    MIC_CHECK_INT(MI_Class_GetServerName(self, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, "host");
    MIC_CHECK_INT(MI_Class_GetElementCount(self, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 5);
    MIC_CHECK_INT(MI_Class_Delete(self), MI_RESULT_OK);
}

MIC_TEST(class, elements_give_type_default_reference_class_and_qualifiers)
{
    struct mic_class *cls = new_class();
    MI_Class *self = &cls->public_class;
    MI_Value value;
    MI_Boolean exists = MI_FALSE;
    MI_Type type = MI_BOOLEAN;
    MI_Char *reference = NULL;
    MI_QualifierSet set;
    MI_Uint32 flags = 0, index = 0, number = 0;
    const MI_Char *text = NULL;

    MIC_CHECK_INT(MI_Class_GetElement(self, "cOUNT", &value, &exists, &type, &reference, &set,
                                      &flags, &index),
                  MI_RESULT_OK);
    MIC_CHECK(exists);
    MIC_CHECK_INT(value.uint32, 42);
    MIC_CHECK_INT(type, MI_UINT32);
    MIC_CHECK(reference == NULL);
    MIC_CHECK_INT(index, 1);
    MIC_CHECK_INT(MI_QualifierSet_GetQualifierCount(&set, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 2);
    MIC_CHECK_INT(MI_QualifierSet_GetQualifier(&set, "description", &type, &flags, &value, &index),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(value.string, "Number of things");
    MIC_CHECK_INT(flags, MI_FLAG_TRANSLATABLE);
    MIC_CHECK_INT(index, 1);
    MIC_CHECK_INT(MI_QualifierSet_GetQualifierAt(&set, 2, &text, &type, &flags, &value),
                  MI_RESULT_NOT_FOUND);
    MIC_CHECK_INT(MI_QualifierSet_GetQualifier(&set, "Max", &type, &flags, &value, NULL),
                  MI_RESULT_NOT_FOUND);
    MIC_CHECK_INT(
        MI_Class_GetElementAt(self, 4, &text, &value, &exists, &type, &reference, NULL, NULL),
        MI_RESULT_OK);
    MIC_CHECK_TEXT(text, "Owner");
    MIC_CHECK_TEXT(reference, "X_Base");
    MIC_CHECK(!exists);
    MIC_CHECK_INT(MI_Class_GetElementAt(self, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_Class_GetElement(self, "Nix", NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MI_Class_Delete(self);
}

MIC_TEST(class, the_return_value_is_no_parameter)
{
    struct mic_class *cls = new_class();
    MI_Class *self = &cls->public_class;
    MI_QualifierSet qualifiers;
    MI_ParameterSet set;
    MI_Type type = MI_BOOLEAN;
    MI_Char *reference = NULL;
    const MI_Char *text = NULL;
    MI_Uint32 number = 0, index = 9;

    MIC_CHECK_INT(MI_Class_GetMethod(self, "STOP", &qualifiers, &set, &index), MI_RESULT_OK);
    MIC_CHECK_INT(index, 0);
    MIC_CHECK_INT(MI_ParameterSet_GetParameterCount(&set, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 2);
    MIC_CHECK_INT(MI_ParameterSet_GetMethodReturnType(&set, &type, &qualifiers), MI_RESULT_OK);
    MIC_CHECK_INT(type, MI_UINT32);
    MIC_CHECK_INT(MI_QualifierSet_GetQualifierCount(&qualifiers, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 1);
    MIC_CHECK_INT(MI_ParameterSet_GetParameterAt(&set, 1, &text, &type, &reference, &qualifiers),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(text, "Job");
    MIC_CHECK_TEXT(reference, "X_Job");
    MIC_CHECK_INT(
        MI_ParameterSet_GetParameter(&set, "force", &type, &reference, &qualifiers, &index),
        MI_RESULT_OK);
    MIC_CHECK_INT(index, 0);
    MIC_CHECK_INT(type, MI_BOOLEAN);
    MIC_CHECK_INT(MI_ParameterSet_GetParameterAt(&set, 2, &text, &type, &reference, &qualifiers),
                  MI_RESULT_NOT_FOUND);
    MIC_CHECK_INT(
        MI_ParameterSet_GetParameter(&set, "MIReturn", &type, &reference, &qualifiers, NULL),
        MI_RESULT_NOT_FOUND);
    MIC_CHECK_INT(MI_Class_GetMethodAt(self, 1, NULL, NULL, NULL), MI_RESULT_METHOD_NOT_FOUND);
    MIC_CHECK_INT(MI_Class_GetMethod(self, "Go", NULL, NULL, NULL), MI_RESULT_METHOD_NOT_FOUND);
    MI_Class_Delete(self);
}

MIC_TEST(class, the_parent_is_an_object_of_its_own)
{
    struct mic_class *cls = new_class();
    MI_Class *parent = NULL, *none = &cls->public_class;
    const MI_Char *text = NULL;

    MIC_CHECK_INT(MI_Class_GetParentClassName(&cls->public_class, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, "X_Base");
    MIC_REQUIRE(MI_Class_GetParentClass(&cls->public_class, &parent) == MI_RESULT_OK);
    MI_Class_Delete(&cls->public_class);
    MIC_CHECK_INT(MI_Class_GetClassName(parent, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, "X_Base");
    MIC_CHECK_INT(MI_Class_GetParentClass(parent, &none), MI_RESULT_INVALID_SUPERCLASS);
    MIC_CHECK(none == NULL);
    MIC_CHECK_INT(MI_Class_GetParentClassName(parent, &text), MI_RESULT_INVALID_SUPERCLASS);
    MI_Class_Delete(parent);
}

MIC_TEST(class, clones_and_instances_keep_it_alive)
{
    struct mic_class *cls = new_class();
    struct mic_instance *instance = mic_instance_new(NULL, cls);
    MI_Class *clone = NULL, *again = NULL;
    const MI_Char *text = NULL;

    MIC_REQUIRE(instance != NULL);
    MIC_CHECK_INT(MI_Class_Clone(&cls->public_class, &clone), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Class_Delete(&cls->public_class), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Class_Delete(clone), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetClass(&instance->public_instance, &again), MI_RESULT_OK);
    mic_instance_delete(instance);
    MIC_CHECK_INT(MI_Class_GetClassName(again, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, "X_Derived");
    MI_Class_Delete(again);
}

MIC_TEST(class, malformed_declarations_are_refused)
{
    MI_ClassDecl decl = derived_decl;
    MI_PropertyDecl property = count;
    const MI_PropertyDecl *two[] = {&id, &property};
    struct mic_class *cls = NULL;

    decl.name = "1 bad";
    MIC_CHECK_INT(mic_class_new_copy(&decl, NULL, NULL, &cls), MI_RESULT_INVALID_PARAMETER);
    decl = derived_decl;
    decl.properties = NULL;
    MIC_CHECK_INT(mic_class_new_copy(&decl, NULL, NULL, &cls), MI_RESULT_INVALID_PARAMETER);
    decl.properties = two;
    decl.numProperties = 2;
    property.type = 77;
    MIC_CHECK_INT(mic_class_new_copy(&decl, NULL, NULL, &cls), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(!mic_decl_is_usable(&decl));
    property = count;
    property.name = "ID";
    MIC_CHECK_INT(mic_class_new_copy(&decl, NULL, NULL, &cls), MI_RESULT_ALREADY_EXISTS);
    two[1] = NULL;
    MIC_CHECK_INT(mic_class_new_copy(&decl, NULL, NULL, &cls), MI_RESULT_INVALID_PARAMETER);
    decl = base_decl;
    MIC_CHECK_INT(mic_class_new_copy(&decl, "\xFF", NULL, &cls), MI_RESULT_INVALID_PARAMETER);
    decl.superClassDecl = &decl;
    MIC_CHECK_INT(mic_class_new_copy(&decl, NULL, NULL, &cls), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(cls == NULL);
}

static bool make_and_free(void *context)
{
    struct mic_class *cls = NULL;
    MI_Result result = mic_class_new_copy(context, "root", "server", &cls);

    if (result == MI_RESULT_OK) {
        mic_class_unref(cls);
        return true;
    }
    MIC_CHECK_INT(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
    return false;
}

MIC_TEST(class, every_failed_allocation_leaves_nothing_behind)
{
    MI_ClassDecl decl = derived_decl;

    MIC_CHECK(mic_fail_alloc_each(make_and_free, &decl) > 3);
}

MIC_TEST(class, large_classes_find_properties_in_any_order)
{
    enum { MANY = 3000 };
    static char names[MANY][12];
    static MI_PropertyDecl declared[MANY];
    static const MI_PropertyDecl *properties[MANY];
    MI_ClassDecl decl = {.name = "X_Large", .properties = properties, .numProperties = MANY};
    struct mic_class *cls = NULL;
    int wrong = 0;

    for (int i = 0; i < MANY; i++) {
        (void)snprintf(names[i], sizeof(names[i]), "Prop%d", i);
        declared[i].name = names[i];
        declared[i].type = MI_UINT32;
        properties[i] = &declared[i];
    }
    MIC_REQUIRE(mic_class_new_copy(&decl, NULL, NULL, &cls) == MI_RESULT_OK);
    for (int i = MANY - 1; i >= 0; i--) {
        names[i][0] = 'p';
        wrong +=
            mic_decl_find_property(cls->public_class.classDecl, mic_str_from(names[i]), 7) != i;
        wrong += mic_decl_find_property(&decl, mic_str_from(names[i]), (MI_Uint32)i) != i;
    }
    MIC_CHECK_INT(wrong, 0);
    MIC_CHECK_INT(mic_decl_find_property(cls->public_class.classDecl, MIC_STR("Prop"), 0), -1);
    MIC_CHECK_INT(mic_decl_find_property(cls->public_class.classDecl, MIC_STR(""), 0), -1);
    MIC_CHECK_INT(mic_decl_find_property(&decl, MIC_STR("Prop3000"), MANY), -1);
    mic_class_unref(cls);
}

MIC_TEST(class, a_class_made_from_an_arena_owns_it)
{
    struct mic_arena arena;
    MI_ClassDecl *decl;
    struct mic_class *cls, *parent = new_class();

    mic_arena_init(&arena, 0);
    decl = mic_arena_calloc(&arena, 1, sizeof(*decl));
    MIC_REQUIRE(decl != NULL);
    decl->name = mic_arena_strdup(&arena, "X_Sub");
    cls = mic_class_new(&arena, decl, NULL, NULL, parent);
    MIC_REQUIRE(cls != NULL);
    MIC_CHECK(arena.first == NULL);
    mic_class_unref(parent);
    MIC_CHECK_TEXT(decl->superClass, "X_Derived");
    MIC_CHECK(mic_decl_is_a(decl, "x_base"));
    MIC_CHECK(mic_decl_is_a(decl, "X_SUB"));
    MIC_CHECK(!mic_decl_is_a(decl, "X_Other"));
    mic_class_unref(cls);
}

MIC_TEST(class, a_chain_of_a_hundred_thousand_parents_is_freed_without_recursion)
{
    struct mic_class *cls = NULL;

    for (int i = 0; i < 100000; i++) {
        struct mic_arena arena;
        struct mic_class *next;
        MI_ClassDecl *decl;

        mic_arena_init(&arena, 256);
        decl = mic_arena_calloc(&arena, 1, sizeof(*decl));
        MIC_REQUIRE(decl != NULL);
        decl->name = "X_Link";
        next = mic_class_new(&arena, decl, NULL, NULL, cls);
        MIC_REQUIRE(next != NULL);
        mic_class_unref(cls);
        cls = next;
    }
    MIC_CHECK(!mic_decl_is_a(cls->public_class.classDecl, "X_None"));
    mic_class_unref(cls);
}

MIC_TEST(class, names_are_cim_identifiers)
{
    char *huge = malloc(5001);

    MIC_REQUIRE(huge != NULL);
    memset(huge, 'a', 5000);
    huge[5000] = '\0';
    MIC_CHECK(mic_name_is_legal("Win32_Process"));
    MIC_CHECK(mic_name_is_legal("__x9"));
    MIC_CHECK(mic_name_is_legal("Gr\xC3\xB6\xC3\x9F\x65"));
    MIC_CHECK(!mic_name_is_legal(NULL));
    MIC_CHECK(!mic_name_is_legal(""));
    MIC_CHECK(!mic_name_is_legal("9x"));
    MIC_CHECK(!mic_name_is_legal("a-b"));
    MIC_CHECK(!mic_name_is_legal("a b"));
    MIC_CHECK(!mic_name_is_legal("a\x7F"));
    MIC_CHECK(!mic_name_is_legal("a\xC3"));
    MIC_CHECK(!mic_name_is_legal("@`["));
    MIC_CHECK(!mic_name_is_legal(huge));
    free(huge);
}

static void *use_class(void *context)
{
    struct mic_class *cls = context;

    for (int i = 0; i < 2000; i++) {
        struct mic_instance *instance = mic_instance_new(NULL, cls);
        MI_Class *clone = NULL;

        if (instance == NULL || MI_Class_Clone(&cls->public_class, &clone) != MI_RESULT_OK) {
            MIC_FAIL("no instance or no clone");
        }
        mic_instance_delete(instance);
        MI_Class_Delete(clone);
    }
    return NULL;
}

MIC_TEST(class, threads_may_share_a_class)
{
    struct mic_class *cls = new_class();
    pthread_t threads[4];

    for (size_t i = 0; i < MIC_COUNT(threads); i++) {
        MIC_REQUIRE(pthread_create(&threads[i], NULL, use_class, cls) == 0);
    }
    for (size_t i = 0; i < MIC_COUNT(threads); i++) {
        pthread_join(threads[i], NULL);
    }
    MIC_CHECK_INT(cls->references, 1);
    mic_class_unref(cls);
}

MIC_TEST(class, null_arguments_are_invalid)
{
    struct mic_class *cls = new_class();
    MI_Class *self = &cls->public_class;

    MIC_CHECK_INT(MI_Class_GetClassName(self, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Class_GetElementCount(self, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Class_GetElement(self, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Class_GetClassQualifierSet(self, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Class_GetMethod(self, NULL, NULL, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(self->ft->Clone(self, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(self->ft->GetParentClass(self, NULL), MI_RESULT_INVALID_PARAMETER);
    mic_class_unref(cls);
}
