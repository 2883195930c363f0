/** Declarations as a code generator writes them:
 *
 *      class X_Base { [Key] string Id; };
 *      [Description("Number of things")] class X_Thing : X_Base {
 *          uint32 Count = 42; string Name = "unnamed"; uint16 List[] = {1, 2, 3};
 *          X_Base ref Owner; uint32 Stop([In] boolean Force, [Out] X_Job ref Job); };
 */
#ifndef MIC_TESTS_CONTRACT_SCHEMA_H
#define MIC_TESTS_CONTRACT_SCHEMA_H

#include <mi.h>

static const MI_Boolean schema_true = MI_TRUE;
static const MI_Char *const schema_description = MI_T("Number of things");
static const MI_Uint32 schema_count = 42;
static const MI_Char *const schema_name = MI_T("unnamed");
static MI_Uint16 schema_numbers[] = {1, 2, 3};
static const MI_Uint16A schema_list = {schema_numbers, 3};

static const MI_Qualifier schema_key = {MI_T("Key"), MI_BOOLEAN, MI_FLAG_DISABLEOVERRIDE,
                                        &schema_true};
static const MI_Qualifier schema_text = {MI_T("Description"), MI_STRING, MI_FLAG_TRANSLATABLE,
                                         &schema_description};
static const MI_Qualifier *const schema_key_only[] = {&schema_key};
static const MI_Qualifier *const schema_text_only[] = {&schema_text};

static const MI_PropertyDecl schema_id_property = {.flags = MI_FLAG_PROPERTY | MI_FLAG_KEY,
                                                   .name = MI_T("Id"),
                                                   .qualifiers = schema_key_only,
                                                   .numQualifiers = 1,
                                                   .type = MI_STRING,
                                                   .origin = MI_T("X_Base"),
                                                   .propagator = MI_T("X_Base")};
static const MI_PropertyDecl schema_count_property = {.flags = MI_FLAG_PROPERTY,
                                                      .name = MI_T("Count"),
                                                      .type = MI_UINT32,
                                                      .origin = MI_T("X_Thing"),
                                                      .propagator = MI_T("X_Thing"),
                                                      .value = &schema_count};
static const MI_PropertyDecl schema_name_property = {.flags = MI_FLAG_PROPERTY,
                                                     .name = MI_T("Name"),
                                                     .type = MI_STRING,
                                                     .origin = MI_T("X_Thing"),
                                                     .propagator = MI_T("X_Thing"),
                                                     .value = &schema_name};
static const MI_PropertyDecl schema_list_property = {.flags = MI_FLAG_PROPERTY,
                                                     .name = MI_T("List"),
                                                     .type = MI_UINT16A,
                                                     .origin = MI_T("X_Thing"),
                                                     .propagator = MI_T("X_Thing"),
                                                     .value = &schema_list};
static const MI_PropertyDecl schema_owner_property = {.flags = MI_FLAG_PROPERTY,
                                                      .name = MI_T("Owner"),
                                                      .type = MI_REFERENCE,
                                                      .className = MI_T("X_Base"),
                                                      .origin = MI_T("X_Thing"),
                                                      .propagator = MI_T("X_Thing")};
static const MI_PropertyDecl *const schema_base_properties[] = {&schema_id_property};
static const MI_PropertyDecl *const schema_thing_properties[] = {
    &schema_id_property, &schema_count_property, &schema_name_property, &schema_list_property,
    &schema_owner_property};

static const MI_ParameterDecl schema_return = {
    .flags = MI_FLAG_PARAMETER | MI_FLAG_OUT, .name = MI_T("MIReturn"), .type = MI_UINT32};
static const MI_ParameterDecl schema_force = {
    .flags = MI_FLAG_PARAMETER | MI_FLAG_IN, .name = MI_T("Force"), .type = MI_BOOLEAN};
static const MI_ParameterDecl schema_job = {.flags = MI_FLAG_PARAMETER | MI_FLAG_OUT,
                                            .name = MI_T("Job"),
                                            .type = MI_REFERENCE,
                                            .className = MI_T("X_Job")};
static const MI_ParameterDecl *const schema_parameters[] = {&schema_return, &schema_force,
                                                            &schema_job};
static const MI_MethodDecl schema_stop = {.flags = MI_FLAG_METHOD,
                                          .name = MI_T("Stop"),
                                          .qualifiers = schema_text_only,
                                          .numQualifiers = 1,
                                          .parameters = schema_parameters,
                                          .numParameters = 3,
                                          .returnType = MI_UINT32,
                                          .origin = MI_T("X_Thing"),
                                          .propagator = MI_T("X_Thing")};
static const MI_MethodDecl *const schema_methods[] = {&schema_stop};

static const MI_ClassDecl schema_base = {.flags = MI_FLAG_CLASS,
                                         .name = MI_T("X_Base"),
                                         .properties = schema_base_properties,
                                         .numProperties = 1};
static const MI_ClassDecl schema_thing = {.flags = MI_FLAG_CLASS,
                                          .name = MI_T("X_Thing"),
                                          .qualifiers = schema_text_only,
                                          .numQualifiers = 1,
                                          .properties = schema_thing_properties,
                                          .numProperties = 5,
                                          .superClass = MI_T("X_Base"),
                                          .superClassDecl = &schema_base,
                                          .methods = schema_methods,
                                          .numMethods = 1};

#endif
