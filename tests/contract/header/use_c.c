/* Compiled, never linked: the public header first and alone, in the way that programs written for
 * the Windows header use it, with every kind of declaration touched once. */
#include <mi.h>

#include <mi.h> /* a second time changes nothing */

#if !defined(_MI_h) || !defined(__MI_C_API_H)
#    error "both include guards of the original headers must be defined"
#endif

int use_client(void);
int use_codec(MI_Application *application, const MI_Instance *instance);
MI_EXPORT MI_Module *MI_MAIN_CALL MI_Main(MI_Server *server);

static void MI_CALL on_instance(MI_Operation *operation, void *callbackContext,
                                const MI_Instance *instance, MI_Boolean moreResults,
                                MI_Result resultCode, const MI_Char *errorString,
                                const MI_Instance *errorDetails,
                                MI_Result(MI_CALL *resultAcknowledgement)(MI_Operation *operation))
{
    MI_UNREFERENCED_PARAMETER(callbackContext);
    MI_UNREFERENCED_PARAMETER(instance);
    MI_UNREFERENCED_PARAMETER(resultCode);
    MI_UNREFERENCED_PARAMETER(errorString);
    MI_UNREFERENCED_PARAMETER(errorDetails);
    if (resultAcknowledgement) {
        resultAcknowledgement(operation);
    }
    if (!moreResults) {
        MI_Operation_Close(operation);
    }
}

static MI_Result set_options(MI_Application *application, MI_DestinationOptions *options)
{
    MI_Interval timeout = {0, 0, 0, 30, 0, 0, 0, 0};
    MI_UserCredentials credentials;
    MI_Boolean check = MI_FALSE;
    MI_Result result = MI_Application_NewDestinationOptions(application, options);

    memset(&credentials, 0, sizeof(credentials));
    credentials.authenticationType = MI_AUTH_TYPE_BASIC;
    credentials.credentials.usernamePassword.username = MI_T("user");
    credentials.credentials.usernamePassword.password = MI_T("secret");
    if (result == MI_RESULT_OK) {
        result = MI_DestinationOptions_SetTimeout(options, &timeout);
    }
    if (result == MI_RESULT_OK) {
        result = MI_DestinationOptions_SetTransport(options, MI_DESTINATIONOPTIONS_TRANPSORT_HTTPS);
    }
    if (result == MI_RESULT_OK) {
        result = MI_DestinationOptions_AddDestinationCredentials(options, &credentials);
    }
    if (result == MI_RESULT_OK) {
        result = MI_DestinationOptions_GetCertCACheck(options, &check);
    }
    return result;
}

int use_client(void)
{
    MI_Application miApplication = MI_APPLICATION_NULL;
    MI_Session miSession = MI_SESSION_NULL;
    MI_Operation miOperation = MI_OPERATION_NULL;
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    MI_Instance *extendedError = NULL;
    const MI_Instance *miInstance = NULL;
    const MI_Instance *completionDetails = NULL;
    const MI_Char *errorMessage = NULL;
    MI_Boolean moreResults = MI_TRUE;
    MI_Result _miResult;
    MI_Result result;

    result = MI_Application_Initialize(0, NULL, &extendedError, &miApplication);
    if (result != MI_RESULT_OK) {
        return (int)result;
    }
    (void)set_options(&miApplication, &options);
    result = MI_Application_NewSession(&miApplication, MI_T("WINRM"), MI_T("localhost"), &options,
                                       NULL, &extendedError, &miSession);
    MI_DestinationOptions_Delete(&options);
    MI_Session_EnumerateInstances(&miSession, MI_OPERATIONFLAGS_BASIC_RTTI, NULL,
                                  MI_T("root/cimv2"), MI_T("Win32_Process"), MI_FALSE, NULL,
                                  &miOperation);
    while (moreResults) {
        MI_Value value;
        MI_Type type;
        MI_Uint32 flags;

        result = MI_Operation_GetInstance(&miOperation, &miInstance, &moreResults, &_miResult,
                                          &errorMessage, &completionDetails);
        if (miInstance && MI_Instance_GetElement(miInstance, MI_T("Name"), &value, &type, &flags,
                                                 NULL) == MI_RESULT_OK) {
            moreResults = type == MI_STRING && !(flags & MI_FLAG_NULL) && value.string != NULL;
        }
    }
    MI_Operation_Cancel(&miOperation, MI_REASON_NONE);
    MI_Operation_Close(&miOperation);
    callbacks.instanceResult = on_instance;
    MI_Session_TestConnection(&miSession, 0, &callbacks, &miOperation);
    MI_Session_Close(&miSession, NULL, NULL);
    MI_Application_Close(&miApplication);
    return (int)result;
}

int use_codec(MI_Application *application, const MI_Instance *instance)
{
    static MI_Char format[] = MI_T("MI_XML");
    MI_Serializer serializer;
    MI_Instance *error = NULL;
    MI_Uint32 needed = 0;
    MI_Result result = MI_Application_NewSerializer(application, 0, format, &serializer);

    if (result == MI_RESULT_OK) {
        result = MI_Serializer_SerializeInstance(&serializer, 0, instance, NULL, 0, &needed);
        MI_Serializer_Close(&serializer);
    }
    if (MI_Utilities_MapErrorToMiErrorCategory(MI_RESULT_TYPE_MI, (MI_Uint32)result) ==
        MI_ERRORCATEGORY_NOT_SPECIFIED) {
        MI_Utilities_CimErrorFromErrorCode((MI_Uint32)result, MI_RESULT_TYPE_MI, MI_T("text"),
                                           &error);
    }
    return mi_clientFT->utilitiesFT == mi_clientFT_V1->utilitiesFT ? (int)result : -1;
}

/* What a class generator writes: a structure, its declaration, a provider. */
typedef struct _Sample {
    MI_Instance __instance;
    MI_ConstStringField Name;
    MI_ConstUint32Field Size;
} Sample;

static MI_CONST MI_Boolean key_value = MI_TRUE;
static MI_CONST MI_Qualifier key_qualifier = {MI_T("Key"), MI_BOOLEAN, MI_FLAG_DISABLEOVERRIDE,
                                              &key_value};
static MI_Qualifier MI_CONST *MI_CONST name_qualifiers[] = {&key_qualifier};
static MI_CONST MI_PropertyDecl name_declaration = {
    MI_FLAG_PROPERTY | MI_FLAG_KEY, 0x006E6504,     MI_T("Name"),   name_qualifiers,
    MI_COUNT(name_qualifiers),      MI_STRING,      NULL,           0,
    MI_OFFSETOF(Sample, Name),      MI_T("Sample"), MI_T("Sample"), NULL,
};
static MI_PropertyDecl MI_CONST *MI_CONST sample_properties[] = {&name_declaration};

static void MI_CALL sample_load(void **self, MI_Module_Self *selfModule, MI_Context *context)
{
    *self = selfModule;
    MI_Context_PostResult(context, MI_RESULT_OK);
}

static void MI_CALL sample_unload(void *self, MI_Context *context)
{
    MI_UNREFERENCED_PARAMETER(self);
    MI_PostResult(context, MI_RESULT_OK);
}

static MI_CONST MI_ProviderFT sample_functions = {
    sample_load, sample_unload, NULL, NULL, NULL, NULL, NULL,
    NULL,        NULL,          NULL, NULL, NULL, NULL, NULL,
};
static MI_CONST MI_ClassDecl sample_declaration = {
    MI_FLAG_CLASS,
    0x00736506,
    MI_T("Sample"),
    NULL,
    0,
    sample_properties,
    MI_COUNT(sample_properties),
    sizeof(Sample),
    NULL,
    NULL,
    NULL,
    0,
    NULL,
    &sample_functions,
    NULL,
};
static MI_ClassDecl MI_CONST *MI_CONST classes[] = {&sample_declaration};
static MI_SchemaDecl schema = {NULL, 0, classes, MI_COUNT(classes)};

MI_EXPORT MI_Module *MI_MAIN_CALL MI_Main(MI_Server *server)
{
    static MI_Module module;
    MI_MainFunction self = MI_Main;
    MI_CancelationReason reason = MI_REASON_NONE;

    MI_UNREFERENCED_PARAMETER(server);
    MI_UNREFERENCED_PARAMETER(reason);
    module.version = MI_VERSION;
    module.flags |= MI_MODULE_FLAG_STANDARD_QUALIFIERS;
    module.charSize = sizeof(MI_Char);
    module.schemaDecl = &schema;
    return self != NULL ? &module : NULL;
}
