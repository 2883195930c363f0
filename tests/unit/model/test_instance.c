#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail_alloc.h"
#include "foreign.h"
#include "mic_test.h"
#include "model/instance.h"
#include "model/value.h"

static const MI_Uint32 count_default = 42;
static const char *const name_default = "unnamed";
static const MI_PropertyDecl id = {
    .flags = MI_FLAG_PROPERTY | MI_FLAG_KEY, .name = "Id", .type = MI_STRING};
static const MI_PropertyDecl count = {
    .flags = MI_FLAG_PROPERTY, .name = "Count", .type = MI_UINT32, .value = &count_default};
static const MI_PropertyDecl name = {
    .flags = MI_FLAG_PROPERTY, .name = "Name", .type = MI_STRING, .value = &name_default};
static const MI_PropertyDecl child = {
    .flags = MI_FLAG_PROPERTY, .name = "Child", .type = MI_INSTANCE};
static const MI_PropertyDecl *const properties[] = {&id, &count, &name, &child};
static const MI_ClassDecl base_decl = {.name = "X_Base", .properties = properties};
static const MI_ClassDecl decl = {.name = "X_Thing",
                                  .properties = properties,
                                  .numProperties = 4,
                                  .superClass = "X_Base",
                                  .superClassDecl = &base_decl};

static struct mic_class *new_class(void)
{
    struct mic_class *cls = NULL;

    MIC_CHECK_INT(mic_class_new_copy(&decl, NULL, NULL, &cls), MI_RESULT_OK);
    return cls;
}

static MI_Value text(char *string)
{
    MI_Value value;

    memset(&value, 0, sizeof(value));
    value.string = string;
    return value;
}

static MI_Value object(struct mic_instance *instance)
{
    MI_Value value;

    memset(&value, 0, sizeof(value));
    value.instance = &instance->public_instance;
    return value;
}

static struct mic_instance *dynamic(const char *class_name)
{
    struct mic_instance *self = mic_instance_new(class_name, NULL);

    MIC_REQUIRE(self != NULL);
    return self;
}

MIC_TEST(instance, of_a_class_starts_with_its_defaults_and_cannot_grow)
{
    struct mic_class *cls = new_class();
    struct mic_instance *self = mic_instance_new("ignored", cls);
    MI_Instance *instance = &self->public_instance;
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0, index = 9, number = 0;
    const MI_Char *name_text = NULL;

    mic_class_unref(cls);
    MIC_CHECK_INT(MI_Instance_GetClassName(instance, &name_text), MI_RESULT_OK);
    MIC_CHECK_TEXT(name_text, "X_Thing");
    MIC_CHECK_INT(MI_Instance_GetElementCount(instance, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 4);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "COUNT", &value, &type, &flags, &index),
                  MI_RESULT_OK);
    MIC_CHECK_INT(value.uint32, 42);
    MIC_CHECK_INT(type, MI_UINT32);
    MIC_CHECK_INT(index, 1);
    MIC_CHECK_INT(flags, MI_FLAG_PROPERTY | MI_FLAG_NOT_MODIFIED);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "Id", &value, NULL, &flags, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(flags, MI_FLAG_PROPERTY | MI_FLAG_KEY | MI_FLAG_NULL | MI_FLAG_NOT_MODIFIED);
    value.uint32 = 1;
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "More", &value, MI_UINT32, 0), MI_RESULT_FAILED);
    MIC_CHECK_INT(MI_Instance_Delete(instance), MI_RESULT_OK);
}

MIC_TEST(instance, of_a_static_declaration_works_without_a_class)
{
    struct mic_instance *self = mic_instance_new_from_decl(&decl);
    MI_Value value;
    MI_Class *cls = NULL;
    MI_Uint32 number = 0;

    MIC_REQUIRE(self != NULL);
    MIC_CHECK(self->public_instance.classDecl == &decl);
    MIC_CHECK_INT(MI_Instance_GetElement(&self->public_instance, "name", &value, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(value.string, "unnamed");
    MIC_REQUIRE(MI_Instance_GetClass(&self->public_instance, &cls) == MI_RESULT_OK);
    mic_instance_delete(self);
    MIC_CHECK_INT(MI_Class_GetElementCount(cls, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 4);
    MI_Class_Delete(cls);
}

MIC_TEST(instance, setting_copies_and_clears_not_modified)
{
    struct mic_instance *self = mic_instance_new_from_decl(&decl);
    MI_Instance *instance = &self->public_instance;
    char first[] = "first";
    MI_Value value = text(first);
    MI_Uint32 flags = 0;

    MIC_CHECK_INT(MI_Instance_SetElement(instance, "ID", &value, MI_STRING, 0), MI_RESULT_OK);
    first[0] = 'X';
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "Id", &value, NULL, &flags, NULL), MI_RESULT_OK);
    MIC_CHECK_TEXT(value.string, "first");
    MIC_CHECK_INT(flags, MI_FLAG_PROPERTY | MI_FLAG_KEY);
    MIC_CHECK_INT(MI_Instance_ClearElement(instance, "Id"), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElementAt(instance, 0, NULL, &value, NULL, &flags), MI_RESULT_OK);
    MIC_CHECK_INT(flags, MI_FLAG_PROPERTY | MI_FLAG_KEY | MI_FLAG_NULL);
    mic_instance_delete(self);
}

MIC_TEST(instance, wrong_arguments_have_their_own_results)
{
    struct mic_instance *self = mic_instance_new_from_decl(&decl);
    MI_Instance *instance = &self->public_instance;
    MI_Value value = text(NULL);

    MIC_CHECK_INT(MI_Instance_SetElement(instance, "Id", &value, MI_UINT32, 0),
                  MI_RESULT_TYPE_MISMATCH);
    MIC_CHECK_INT(MI_Instance_SetElement(instance, "Id", &value, MI_STRING, 0),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_SetElement(instance, "Nix", &value, MI_STRING, 0),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_Instance_SetElement(instance, NULL, &value, MI_STRING, 0),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(
        MI_Instance_SetElement(instance, "Id", &value, MI_STRING, MI_FLAG_BORROW | MI_FLAG_ADOPT),
        MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_SetElement(instance, "Id", &value, (MI_Type)40, 0),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_SetElementAt(instance, 4, &value, MI_STRING, 0), MI_RESULT_FAILED);
    MIC_CHECK_INT(MI_Instance_GetElementAt(instance, 4, NULL, NULL, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "", NULL, NULL, NULL, NULL),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_Instance_ClearElement(instance, "Nix"), MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_Instance_ClearElementAt(instance, 4), MI_RESULT_FAILED);
    MIC_CHECK_INT(MI_Instance_SetElement(instance, "Id", NULL, MI_STRING, 0), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_SetElement(instance, "Id", &value, MI_STRING, MI_FLAG_NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_SetNameSpace(instance, "\xC0"), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_Destruct(instance), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_IsA(instance, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(instance->ft->Clone(instance, NULL), MI_RESULT_INVALID_PARAMETER);
    mic_instance_delete(self);
}

MIC_TEST(instance, dynamic_ones_grow_and_refuse_twins_and_bad_names)
{
    struct mic_instance *self = dynamic("X_Free");
    MI_Instance *instance = &self->public_instance;
    MI_Value value;
    MI_Uint32 flags = 0;
    char property[16];

    memset(&value, 0, sizeof(value));
    for (MI_Uint32 i = 0; i < 100; i++) {
        (void)snprintf(property, sizeof(property), "P%u", i);
        value.uint32 = i;
        MIC_CHECK_INT(MI_Instance_AddElement(instance, property, &value, MI_UINT32, MI_FLAG_KEY),
                      MI_RESULT_OK);
    }
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "p77", &value, NULL, &flags, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(value.uint32, 77);
    MIC_CHECK_INT(flags, MI_FLAG_KEY);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "p5", &value, MI_UINT32, 0),
                  MI_RESULT_ALREADY_EXISTS);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "", &value, MI_UINT32, 0),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, NULL, &value, MI_UINT32, 0),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "a b", &value, MI_UINT32, 0),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "T", &value, (MI_Type)64, 0),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "N", NULL, MI_STRING, 0), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "N", NULL, NULL, &flags, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(flags, MI_FLAG_NULL);
    value = text(NULL);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "S", &value, MI_STRING, 0),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "S", NULL, NULL, NULL, NULL),
                  MI_RESULT_NO_SUCH_PROPERTY);
    mic_instance_delete(self);
}

static bool grows_large(void *context)
{
    struct mic_instance *self = mic_instance_new("X_Free", NULL);
    MI_Value bad = text(NULL), value;
    MI_Uint32 added = 0;
    char property[16];
    bool ok = self != NULL;

    (void)context;
    memset(&value, 0, sizeof(value));
    for (MI_Uint32 i = 0; ok && i < 600; i++) {
        MI_Result refused;

        (void)snprintf(property, sizeof(property), "P%u", i);
        refused = MI_Instance_AddElement(&self->public_instance, property, &bad, MI_STRING, 0);
        ok = refused == MI_RESULT_INVALID_PARAMETER;
        value.uint32 = i;
        ok = ok && MI_Instance_AddElement(&self->public_instance, property, &value, MI_UINT32, 0) ==
                       MI_RESULT_OK;
        added += ok;
    }
    for (MI_Uint32 i = 0; i < added; i++) {
        (void)snprintf(property, sizeof(property), "p%u", i);
        MIC_CHECK_INT(mic_instance_find(self, mic_str_from(property), 0), i);
    }
    if (self != NULL) {
        MIC_CHECK_INT(mic_instance_find(self, MIC_STR("P600"), 0), -1);
        MIC_CHECK_INT(self->count, added);
    }
    mic_instance_delete(self);
    return ok;
}

MIC_TEST(instance, many_properties_are_found_whatever_was_refused_between)
{
    MIC_CHECK(mic_fail_alloc_each(grows_large, NULL) > 3);
}

MIC_TEST(instance, is_a_walks_the_declarations)
{
    struct mic_instance *self = mic_instance_new_from_decl(&decl);
    struct mic_instance *other = dynamic("x_thing");
    MI_Boolean flag = MI_FALSE;

    MIC_CHECK_INT(MI_Instance_IsA(&self->public_instance, &base_decl, &flag), MI_RESULT_OK);
    MIC_CHECK(flag);
    MIC_CHECK_INT(MI_Instance_IsA(&other->public_instance, &base_decl, &flag), MI_RESULT_OK);
    MIC_CHECK(!flag);
    MIC_CHECK_INT(MI_Instance_IsA(&other->public_instance, self->public_instance.classDecl, &flag),
                  MI_RESULT_OK);
    MIC_CHECK(flag);
    MIC_CHECK(other->public_instance.classDecl != NULL);
    mic_instance_delete(self);
    mic_instance_delete(other);
}

MIC_TEST(instance, replacing_a_value_many_times_takes_no_more_memory)
{
    struct mic_instance *self = dynamic("X_Free");
    char buffer[1000];
    MI_Value value = text(buffer);
    const struct mic_arena_block *before;

    memset(buffer, 'x', sizeof(buffer) - 1);
    buffer[sizeof(buffer) - 1] = '\0';
    MIC_CHECK_INT(mic_instance_set(self, "Text", MI_STRING, &value, 0, NULL), MI_RESULT_OK);
    before = self->own_arena.current;
    for (int i = 0; i < 1000; i++) {
        MIC_CHECK_INT(mic_instance_set(self, "Text", MI_STRING, &value, 0, NULL), MI_RESULT_OK);
        MIC_CHECK_INT(MI_Instance_SetNameSpace(&self->public_instance, buffer), MI_RESULT_OK);
        MIC_CHECK_INT(MI_Instance_SetServerName(&self->public_instance, buffer), MI_RESULT_OK);
    }
    MIC_CHECK(self->own_arena.current == before);
    MIC_CHECK_INT(MI_Instance_SetNameSpace(&self->public_instance, NULL), MI_RESULT_OK);
    MIC_CHECK(self->public_instance.nameSpace == NULL);
    mic_instance_delete(self);
}

MIC_TEST(instance, borrowed_values_are_shared_and_copied_values_are_not)
{
    struct mic_instance *self = dynamic("X_Free"), *inner = dynamic("X_Inner");
    MI_Instance *instance = &self->public_instance;
    char shared[] = "shared";
    MI_Value value = text(shared), out;

    MIC_CHECK_INT(MI_Instance_AddElement(instance, "S", &value, MI_STRING, MI_FLAG_BORROW),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "S", &out, NULL, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK(out.string == shared);
    value = object(inner);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "B", &value, MI_INSTANCE, MI_FLAG_BORROW),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "C", &value, MI_INSTANCE, 0), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "B", &out, NULL, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK(out.instance == value.instance);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "C", &out, NULL, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK(out.instance != value.instance);
    mic_instance_delete(self);
    mic_instance_delete(inner);
}

MIC_TEST(instance, adopting_moves_ownership)
{
    struct mic_instance *self = dynamic("X_Free"), *inner = dynamic("X_Inner");
    struct foreign foreign = {.public_instance = {.ft = &foreign_ft}, .class_name = "F"};
    MI_Instance *instance = &self->public_instance;
    struct mic_arena arena;
    struct mic_instance *borrowed;
    MI_Value value = object(inner), out;
    MI_Uint32 flags = 0;
    char shared[] = "shared";

    MIC_CHECK_INT(MI_Instance_AddElement(instance, "I", &value, MI_INSTANCE, MI_FLAG_ADOPT),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, "I", &out, NULL, &flags, NULL), MI_RESULT_OK);
    MIC_CHECK(out.instance == value.instance);
    MIC_CHECK_INT(flags, 0);
    MIC_CHECK_INT(MI_Instance_Delete(out.instance), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "J", &value, MI_INSTANCE, MI_FLAG_ADOPT),
                  MI_RESULT_INVALID_PARAMETER);
    value.instance = &foreign.public_instance;
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "F", &value, MI_INSTANCE, MI_FLAG_ADOPT),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_ClearElement(instance, "F"), MI_RESULT_OK);
    MIC_CHECK_INT(foreign.deleted, 1);
    value = text(shared);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "S", &value, MI_STRING, MI_FLAG_ADOPT),
                  MI_RESULT_NOT_SUPPORTED);
    value.uint32 = 3;
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "U", &value, MI_UINT32, MI_FLAG_ADOPT),
                  MI_RESULT_OK);
    mic_arena_init(&arena, 0);
    borrowed = mic_instance_new_in(&arena, "X_Arena", NULL, 0);
    value = object(borrowed);
    MIC_CHECK_INT(MI_Instance_AddElement(instance, "A", &value, MI_INSTANCE, MI_FLAG_ADOPT),
                  MI_RESULT_INVALID_PARAMETER);
    mic_instance_delete(self);
    mic_arena_fini(&arena);
}

MIC_TEST(instance, cycles_are_refused)
{
    struct mic_instance *a = dynamic("X_A"), *b = dynamic("X_B"), *c = dynamic("X_C");
    MI_Instance *list[1];
    MI_Value value = object(a);

    MIC_CHECK_INT(
        MI_Instance_AddElement(&a->public_instance, "Self", &value, MI_INSTANCE, MI_FLAG_BORROW),
        MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(
        MI_Instance_AddElement(&b->public_instance, "A", &value, MI_REFERENCE, MI_FLAG_BORROW),
        MI_RESULT_OK);
    list[0] = &b->public_instance;
    value.instancea.data = list;
    value.instancea.size = 1;
    MIC_CHECK_INT(
        MI_Instance_AddElement(&c->public_instance, "B", &value, MI_INSTANCEA, MI_FLAG_BORROW),
        MI_RESULT_OK);
    value = object(c);
    MIC_CHECK_INT(
        MI_Instance_AddElement(&a->public_instance, "C", &value, MI_INSTANCE, MI_FLAG_BORROW),
        MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(
        MI_Instance_AddElement(&a->public_instance, "C", &value, MI_INSTANCE, MI_FLAG_ADOPT),
        MI_RESULT_INVALID_PARAMETER);
    /* A copy of what contains it is no cycle. */
    MIC_CHECK_INT(MI_Instance_AddElement(&a->public_instance, "C", &value, MI_INSTANCE, 0),
                  MI_RESULT_OK);
    value = object(a);
    MIC_CHECK_INT(MI_Instance_AddElement(&a->public_instance, "Self", &value, MI_INSTANCE, 0),
                  MI_RESULT_OK);
    mic_instance_delete(c);
    mic_instance_delete(b);
    mic_instance_delete(a);
}

MIC_TEST(instance, nesting_has_a_limit)
{
    struct mic_instance *outer = dynamic("X_0");
    MI_Result copied = MI_RESULT_OK;
    int levels = 0;

    while (copied == MI_RESULT_OK && levels < 1000) {
        struct mic_instance *next = dynamic("X_N");
        MI_Value value = object(outer);

        copied = MI_Instance_AddElement(&next->public_instance, "I", &value, MI_INSTANCE, 0);
        mic_instance_delete(outer);
        outer = next;
        levels++;
    }
    MIC_CHECK_INT(copied, MI_RESULT_SERVER_LIMITS_EXCEEDED);
    MIC_CHECK_INT(levels, MIC_INSTANCE_DEPTH_MAX + 1);
    mic_instance_delete(outer);
    outer = dynamic("X_0");
    for (levels = 0, copied = MI_RESULT_OK; copied == MI_RESULT_OK && levels < 1000; levels++) {
        struct mic_instance *next = dynamic("X_N");
        MI_Value value = object(outer);

        copied =
            MI_Instance_AddElement(&next->public_instance, "I", &value, MI_INSTANCE, MI_FLAG_ADOPT);
        if (copied != MI_RESULT_OK) {
            mic_instance_delete(outer);
        }
        outer = next;
    }
    MIC_CHECK_INT(copied, MI_RESULT_INVALID_PARAMETER);
    mic_instance_delete(outer);
}

/* One of everything that owns memory. */
static struct mic_instance *rich(struct mic_class *cls)
{
    struct mic_instance *self = mic_instance_new("X_Rich", NULL);
    struct mic_instance *inner = mic_instance_new(NULL, cls);
    MI_Instance *list[2];
    MI_Uint16 numbers[] = {1, 2, 3};
    char one[] = "one", two[] = "two";
    char *texts[] = {one, two};
    MI_Value value;
    bool ok = self != NULL && inner != NULL;

    value = text(one);
    ok = ok && mic_instance_set(inner, "Id", MI_STRING, &value, 0, NULL) == MI_RESULT_OK;
    ok = ok && mic_instance_set(self, "Text", MI_STRING, &value, MI_FLAG_KEY, NULL) == MI_RESULT_OK;
    value.stringa.data = texts;
    value.stringa.size = 2;
    ok = ok && mic_instance_set(self, "Texts", MI_STRINGA, &value, 0, NULL) == MI_RESULT_OK;
    value.uint16a.data = numbers;
    value.uint16a.size = 3;
    ok = ok && mic_instance_set(self, "Numbers", MI_UINT16A, &value, 0, NULL) == MI_RESULT_OK;
    ok = ok && mic_instance_set(self, "Nothing", MI_DATETIME, NULL, 0, NULL) == MI_RESULT_OK;
    if (ok) {
        value = object(inner);
        ok = mic_instance_set(self, "Inner", MI_INSTANCE, &value, 0, NULL) == MI_RESULT_OK;
        list[0] = list[1] = &inner->public_instance;
        value.instancea.data = list;
        value.instancea.size = 2;
        ok = ok && mic_instance_set(self, "List", MI_REFERENCEA, &value, 0, NULL) == MI_RESULT_OK;
        ok = ok && MI_Instance_SetNameSpace(&self->public_instance, "root/x") == MI_RESULT_OK;
        ok = ok && MI_Instance_SetServerName(&self->public_instance, "host") == MI_RESULT_OK;
    }
    mic_instance_delete(inner);
    if (!ok) {
        mic_instance_delete(self);
        return NULL;
    }
    return self;
}

MIC_TEST(instance, a_clone_is_deep_and_keeps_flags_names_and_classes)
{
    struct mic_class *cls = new_class();
    struct mic_instance *self = rich(cls);
    MI_Instance *clone = NULL, *inner;
    MI_Class *inner_class = NULL;
    MI_Value value;
    MI_Uint32 flags = 0, number = 0;
    const MI_Char *out = NULL;

    mic_class_unref(cls);
    MIC_REQUIRE(self != NULL);
    MIC_REQUIRE(MI_Instance_Clone(&self->public_instance, &clone) == MI_RESULT_OK);
    mic_instance_delete(self);
    MIC_CHECK_INT(MI_Instance_GetElementCount(clone, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 6);
    MIC_CHECK_INT(MI_Instance_GetElement(clone, "Text", &value, NULL, &flags, NULL), MI_RESULT_OK);
    MIC_CHECK_TEXT(value.string, "one");
    MIC_CHECK_INT(flags, MI_FLAG_KEY);
    MIC_CHECK_INT(MI_Instance_GetElement(clone, "Texts", &value, NULL, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(value.stringa.size, 2);
    MIC_CHECK_TEXT(value.stringa.data[1], "two");
    MIC_CHECK_INT(MI_Instance_GetElement(clone, "Numbers", &value, NULL, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(value.uint16a.data[2], 3);
    MIC_CHECK_INT(MI_Instance_GetElement(clone, "Nothing", NULL, NULL, &flags, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(flags, MI_FLAG_NULL);
    MIC_CHECK_INT(MI_Instance_GetElement(clone, "Inner", &value, NULL, NULL, NULL), MI_RESULT_OK);
    inner = value.instance;
    MIC_CHECK_INT(MI_Instance_GetElement(inner, "Id", &value, NULL, &flags, NULL), MI_RESULT_OK);
    MIC_CHECK_TEXT(value.string, "one");
    MIC_CHECK_INT(MI_Instance_GetElement(inner, "Count", &value, NULL, &flags, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(flags, MI_FLAG_PROPERTY | MI_FLAG_NOT_MODIFIED);
    MIC_CHECK_INT(MI_Instance_GetClass(inner, &inner_class), MI_RESULT_OK);
    MI_Class_Delete(inner_class);
    MIC_CHECK_INT(MI_Instance_GetNameSpace(clone, &out), MI_RESULT_OK);
    MIC_CHECK_TEXT(out, "root/x");
    MIC_CHECK_INT(MI_Instance_GetServerName(clone, &out), MI_RESULT_OK);
    MIC_CHECK_TEXT(out, "host");
    MI_Instance_Delete(clone);
}

static bool build_rich(void *context)
{
    struct mic_instance *self = rich(context);
    struct mic_instance *copy = self != NULL ? mic_instance_clone(&self->public_instance) : NULL;
    MI_Class *cls = NULL;
    bool ok = copy != NULL && MI_Instance_GetClass(&copy->public_instance, &cls) == MI_RESULT_OK;

    mic_instance_delete(copy);
    mic_instance_delete(self);
    if (cls != NULL) {
        MI_Class_Delete(cls);
    }
    return ok;
}

MIC_TEST(instance, every_failed_allocation_leaves_nothing_behind)
{
    struct mic_class *cls = new_class();

    MIC_CHECK(mic_fail_alloc_each(build_rich, cls) > 20);
    MIC_CHECK_INT(cls->references, 1);
    mic_class_unref(cls);
}

MIC_TEST(instance, in_an_arena_takes_one_piece_and_is_not_deleted)
{
    struct mic_class *cls = new_class();
    struct mic_arena arena;
    struct mic_instance *self;
    MI_Instance *clone = NULL;
    MI_Value value;
    MI_Uint32 flags = 0;
    unsigned long before;
    char id_text[] = "k1", changed[] = "changed";

    mic_arena_init(&arena, 0);
    MIC_REQUIRE(mic_arena_alloc(&arena, 1) != NULL);
    before = mic_alloc_count();
    self = mic_instance_new_in(&arena, NULL, cls, 0);
    MIC_REQUIRE(self != NULL);
    MIC_CHECK_INT(mic_instance_find(self, MIC_STR("id"), 0), 0);
    MIC_CHECK_INT(mic_instance_find(self, MIC_STR("Child"), 1), 3);
    MIC_CHECK_INT(mic_instance_find(self, MIC_STR("Childs"), 3), -1);
    value = text(id_text);
    mic_instance_put(self, 0, MI_STRING, &value);
    MIC_CHECK_INT(MI_Instance_GetElementAt(&self->public_instance, 0, NULL, &value, NULL, &flags),
                  MI_RESULT_OK);
    MIC_CHECK(value.string == id_text);
    MIC_CHECK_INT(flags, MI_FLAG_PROPERTY | MI_FLAG_KEY | MI_FLAG_NOT_MODIFIED);
    MIC_CHECK_INT(MI_Instance_GetElementAt(&self->public_instance, 1, NULL, NULL, NULL, &flags),
                  MI_RESULT_OK);
    MIC_CHECK_INT(flags & MI_FLAG_NULL, MI_FLAG_NULL);
    MIC_CHECK(mic_instance_append(self, "Extra", MI_UINT32, NULL, 0));
    MIC_CHECK_INT(mic_instance_find(self, MIC_STR("EXTRA"), 0), 4);
    value = text(changed);
    MIC_CHECK_INT(MI_Instance_SetElementAt(&self->public_instance, 0, &value, MI_STRING, 0),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_Delete(&self->public_instance), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(mic_alloc_count() - before, 0);
    MIC_REQUIRE(MI_Instance_Clone(&self->public_instance, &clone) == MI_RESULT_OK);
    mic_arena_fini(&arena);
    mic_class_unref(cls);
    MIC_CHECK_INT(MI_Instance_GetElement(clone, "Id", &value, NULL, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_TEXT(value.string, "changed");
    MIC_CHECK_INT(MI_Instance_GetElement(clone, "extra", NULL, NULL, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_AddElement(clone, "More", NULL, MI_UINT32, 0), MI_RESULT_FAILED);
    MI_Instance_Delete(clone);
}

MIC_TEST(instance, in_an_arena_keeps_its_own_class_name)
{
    struct mic_class *cls = new_class();
    struct mic_arena arena;
    struct mic_instance *self;
    MI_Instance *clone = NULL;
    MI_Boolean flag = MI_FALSE;
    const MI_Char *out = NULL;

    mic_arena_init(&arena, 0);
    self = mic_instance_new_in(&arena, "X_Special", cls, 9);
    MIC_REQUIRE(self != NULL);
    MIC_REQUIRE(MI_Instance_Clone(&self->public_instance, &clone) == MI_RESULT_OK);
    mic_arena_fini(&arena);
    MIC_CHECK_INT(MI_Instance_GetClassName(clone, &out), MI_RESULT_OK);
    MIC_CHECK_TEXT(out, "X_Special");
    MIC_CHECK_INT(MI_Instance_IsA(clone, &base_decl, &flag), MI_RESULT_OK);
    MIC_CHECK(flag);
    MI_Instance_Delete(clone);
    mic_class_unref(cls);
}

MIC_TEST(instance, foreign_ones_are_read_through_their_table_only)
{
    char inner_text[] = "inner";
    struct foreign_element inner_elements[] = {
        {"S", {.string = inner_text}, MI_STRING, MI_FLAG_KEY}};
    struct foreign inner = {.public_instance = {.ft = &foreign_ft},
                            .class_name = "F_Inner",
                            .elements = inner_elements,
                            .count = 1};
    struct foreign_element elements[] = {
        {"I", {.instance = &inner.public_instance}, MI_INSTANCE, 0},
        {"N", {.uint32 = 5}, MI_UINT32, 0},
        {"Z", {.uint32 = 0}, MI_STRING, MI_FLAG_NULL}};
    struct foreign outer = {.public_instance = {.ft = &foreign_ft, .nameSpace = "root/f"},
                            .class_name = "F_Outer",
                            .elements = elements,
                            .count = 3};
    struct mic_instance *copy = mic_instance_clone(&outer.public_instance);
    MI_Value value;

    MIC_CHECK(mic_instance_from_public(&outer.public_instance) == NULL);
    MIC_REQUIRE(copy != NULL);
    MIC_CHECK_TEXT(copy->class_name, "F_Outer");
    MIC_CHECK_TEXT(copy->public_instance.nameSpace, "root/f");
    MIC_CHECK_INT(copy->count, 3);
    value = copy->properties[0].value;
    MIC_CHECK_INT(MI_Instance_GetElement(value.instance, "s", &value, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(value.string, "inner");
    mic_instance_delete(copy);

    outer.failure = MI_RESULT_ACCESS_DENIED;
    MIC_CHECK_INT(mic_instance_copy(NULL, &outer.public_instance, 0, &copy),
                  MI_RESULT_ACCESS_DENIED);
    outer.failure = MI_RESULT_OK;
    elements[0].value.instance = &outer.public_instance;
    MIC_CHECK_INT(mic_instance_copy(NULL, &outer.public_instance, 0, &copy),
                  MI_RESULT_SERVER_LIMITS_EXCEEDED);
    elements[0].value.instance = &inner.public_instance;
    inner_text[0] = (char)0xFF;
    MIC_CHECK_INT(mic_instance_copy(NULL, &outer.public_instance, 0, &copy),
                  MI_RESULT_INVALID_PARAMETER);
    elements[1].name = NULL;
    MIC_CHECK_INT(mic_instance_copy(NULL, &outer.public_instance, 0, &copy),
                  MI_RESULT_INVALID_PARAMETER);
    inner_text[0] = 'i';
    MIC_CHECK_INT(mic_instance_copy(NULL, &outer.public_instance, 0, &copy), MI_RESULT_FAILED);
}

MIC_TEST(instance, copies_in_an_arena_need_no_delete)
{
    struct mic_class *cls = new_class();
    struct mic_instance *self = rich(cls);
    struct mic_instance *copy = NULL;
    struct mic_arena arena;
    MI_Value value;

    MIC_REQUIRE(self != NULL);
    mic_arena_init(&arena, 0);
    MIC_REQUIRE(mic_instance_copy(&arena, &self->public_instance, 0, &copy) == MI_RESULT_OK);
    value = object(self);
    MIC_CHECK(mic_value_copy(&arena, MI_INSTANCE, &value, &value));
    mic_instance_delete(self);
    MIC_CHECK_INT(MI_Instance_GetElement(value.instance, "Texts", &value, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(value.stringa.data[0], "one");
    MIC_CHECK_INT(MI_Instance_Delete(copy->properties[4].value.instance),
                  MI_RESULT_INVALID_PARAMETER);
    mic_arena_fini(&arena);
    mic_class_unref(cls);
}

MIC_TEST(instance, the_class_of_a_dynamic_one_declares_its_elements)
{
    struct mic_instance *self = dynamic("X_Free");
    MI_Class *cls = NULL;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;
    const MI_Char *out = NULL;

    MIC_CHECK_INT(MI_Instance_AddElement(&self->public_instance, "K", NULL, MI_SINT64, MI_FLAG_KEY),
                  MI_RESULT_OK);
    MIC_REQUIRE(MI_Instance_GetClass(&self->public_instance, &cls) == MI_RESULT_OK);
    mic_instance_delete(self);
    MIC_CHECK_INT(MI_Class_GetClassName(cls, &out), MI_RESULT_OK);
    MIC_CHECK_TEXT(out, "X_Free");
    MIC_CHECK_INT(MI_Class_GetElement(cls, "k", NULL, NULL, &type, NULL, NULL, &flags, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(type, MI_SINT64);
    MIC_CHECK_INT(flags & MI_FLAG_KEY, MI_FLAG_KEY);
    MI_Class_Delete(cls);
}

MIC_TEST(instance, normalize_changes_nothing)
{
    struct mic_instance *self = dynamic("X_Free");
    MI_Instance *instance = &self->public_instance, *nothing = NULL;

    MIC_CHECK_INT(((const MI_InstanceExFT *)(const void *)instance->ft)->Normalize(&instance),
                  MI_RESULT_OK);
    MIC_CHECK(instance == &self->public_instance);
    MIC_CHECK_INT(mic_instance_ft.Normalize(&nothing), MI_RESULT_INVALID_PARAMETER);
    mic_instance_delete(self);
}

MIC_TEST(instance, errors_name_the_property)
{
    struct mic_instance *self = mic_instance_new_from_decl(&decl);
    struct mic_err err;
    MI_Value value;

    value.uint32 = 1;
    mic_err_init(&err);
    MIC_CHECK_INT(mic_instance_set(self, "Id", MI_UINT32, &value, 0, &err),
                  MI_RESULT_TYPE_MISMATCH);
    MIC_CHECK_INT(err.result, MI_RESULT_TYPE_MISMATCH);
    MIC_CHECK(strstr(err.message, "Id") != NULL);
    MIC_CHECK_INT(mic_instance_set(self, "Nix", MI_UINT32, &value, 0, &err),
                  MI_RESULT_NO_SUCH_PROPERTY);
    mic_instance_delete(self);
}
