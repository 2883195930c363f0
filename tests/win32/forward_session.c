#include "given.h"

MIC_TEST(session, Close_forwards)
{
    int completions = 0;

    given_open();
    FORWARDS(MI_Session_Close(&given.session, &completions, given_completion));
    LOGGED("SessionFT.Close", "ppo", &given.session, &completions,
           (const void *)(ptrdiff_t)given_completion);
    LOG_ENDS();
    MIC_CHECK_INT(completions, given.standin ? 2 : 1);
}

MIC_TEST(session, GetApplication_forwards)
{
    POISONED(MI_Application, application);

    given_open();
    FORWARDS(MI_Session_GetApplication(&given.session, &application));
    LOGGED("SessionFT.GetApplication", "po", &given.session, &application);
    LOG_ENDS();
    OUT_HANDLE(application, 1, 1);
}

MIC_TEST(session, GetInstance_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_GetInstance(&given.session, 22U, &given.operation_options,
                                         TEXT_IN("namespaceName"), given.instance, &given.callbacks,
                                         &operation));
    LOGGED("SessionFT.GetInstance", "pupsppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 2, 6);
}

MIC_TEST(session, ModifyInstance_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_ModifyInstance(&given.session, 22U, &given.operation_options,
                                            TEXT_IN("namespaceName"), given.instance,
                                            &given.callbacks, &operation));
    LOGGED("SessionFT.ModifyInstance", "pupsppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 3, 6);
}

MIC_TEST(session, CreateInstance_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_CreateInstance(&given.session, 22U, &given.operation_options,
                                            TEXT_IN("namespaceName"), given.instance,
                                            &given.callbacks, &operation));
    LOGGED("SessionFT.CreateInstance", "pupsppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 4, 6);
}

MIC_TEST(session, DeleteInstance_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_DeleteInstance(&given.session, 22U, &given.operation_options,
                                            TEXT_IN("namespaceName"), given.instance,
                                            &given.callbacks, &operation));
    LOGGED("SessionFT.DeleteInstance", "pupsppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 5, 6);
}

MIC_TEST(session, Invoke_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_Invoke(&given.session, 22U, &given.operation_options,
                                    TEXT_IN("namespaceName"), TEXT_IN("className"),
                                    TEXT_IN("methodName"), given.instance, given.instance,
                                    &given.callbacks, &operation));
    LOGGED("SessionFT.Invoke", "pupssspppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("className"),
           TEXT_IN("methodName"), given.instance, given.instance, &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 6, 9);
}

MIC_TEST(session, EnumerateInstances_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_EnumerateInstances(&given.session, 22U, &given.operation_options,
                                                TEXT_IN("namespaceName"), TEXT_IN("className"),
                                                MI_TRUE, &given.callbacks, &operation));
    LOGGED("SessionFT.EnumerateInstances", "pupssbpo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("className"),
           (MI_Uint32)MI_TRUE, &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 7, 7);
}

MIC_TEST(session, QueryInstances_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_QueryInstances(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"),
        TEXT_IN("queryDialect"), TEXT_IN("queryExpression"), &given.callbacks, &operation));
    LOGGED("SessionFT.QueryInstances", "pupssspo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("queryDialect"),
           TEXT_IN("queryExpression"), &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 8, 7);
}

MIC_TEST(session, AssociatorInstances_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_AssociatorInstances(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"), given.instance,
        TEXT_IN("assocClass"), TEXT_IN("resultClass"), TEXT_IN("role"), TEXT_IN("resultRole"),
        MI_TRUE, &given.callbacks, &operation));
    LOGGED("SessionFT.AssociatorInstances", "pupspssssbpo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance,
           TEXT_IN("assocClass"), TEXT_IN("resultClass"), TEXT_IN("role"), TEXT_IN("resultRole"),
           (MI_Uint32)MI_TRUE, &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 9, 11);
}

MIC_TEST(session, ReferenceInstances_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_ReferenceInstances(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"), given.instance,
        TEXT_IN("resultClass"), TEXT_IN("role"), MI_TRUE, &given.callbacks, &operation));
    LOGGED("SessionFT.ReferenceInstances", "pupspssbpo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance,
           TEXT_IN("resultClass"), TEXT_IN("role"), (MI_Uint32)MI_TRUE, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 10, 9);
}

MIC_TEST(session, Subscribe_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_Subscribe(&given.session, 22U, &given.operation_options,
                                       TEXT_IN("namespaceName"), TEXT_IN("queryDialect"),
                                       TEXT_IN("queryExpression"), &given.subscription_options,
                                       &given.callbacks, &operation));
    LOGGED("SessionFT.Subscribe", "pupsssppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("queryDialect"),
           TEXT_IN("queryExpression"), &given.subscription_options, &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 11, 8);
}

MIC_TEST(session, GetClass_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_GetClass(&given.session, 22U, &given.operation_options,
                                      TEXT_IN("namespaceName"), TEXT_IN("className"),
                                      &given.callbacks, &operation));
    LOGGED("SessionFT.GetClass", "pupsspo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("className"),
           &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 12, 6);
}

MIC_TEST(session, EnumerateClasses_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_EnumerateClasses(&given.session, 22U, &given.operation_options,
                                              TEXT_IN("namespaceName"), TEXT_IN("className"),
                                              MI_TRUE, &given.callbacks, &operation));
    LOGGED("SessionFT.EnumerateClasses", "pupssbpo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("className"),
           (MI_Uint32)MI_TRUE, &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 13, 7);
}

MIC_TEST(session, TestConnection_forwards)
{
    POISONED(MI_Operation, operation);

    given_open();
    FORWARDS_VOID(MI_Session_TestConnection(&given.session, 22U, &given.callbacks, &operation));
    LOGGED("SessionFT.TestConnection", "pupo", &given.session, (MI_Uint32)22U, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 14, 3);
}

MIC_TEST(operation, GetInstance_forwards)
{
    POISONED(const MI_Instance *, instance);
    POISONED(MI_Boolean, moreResults);
    POISONED(MI_Result, result);
    POISONED(const MI_Char *, errorMessage);
    POISONED(const MI_Instance *, completionDetails);

    given_open();
    FORWARDS(MI_Operation_GetInstance(&given.operation, &instance, &moreResults, &result,
                                      &errorMessage, &completionDetails));
    LOGGED("OperationFT.GetInstance", "pooooo", &given.operation, &instance, &moreResults, &result,
           &errorMessage, &completionDetails);
    LOG_ENDS();
    OUT_OBJECT(instance, instance);
    OUT_TRUE(moreResults);
    OUT_RESULT(result);
    OUT_TEXT(errorMessage, "errorMessage");
    OUT_OBJECT(completionDetails, instance);
}

MIC_TEST(operation, GetIndication_forwards)
{
    POISONED(const MI_Instance *, instance);
    POISONED(const MI_Char *, bookmark);
    POISONED(const MI_Char *, machineID);
    POISONED(MI_Boolean, moreResults);
    POISONED(MI_Result, result);
    POISONED(const MI_Char *, errorMessage);
    POISONED(const MI_Instance *, completionDetails);

    given_open();
    FORWARDS(MI_Operation_GetIndication(&given.operation, &instance, &bookmark, &machineID,
                                        &moreResults, &result, &errorMessage, &completionDetails));
    LOGGED("OperationFT.GetIndication", "pooooooo", &given.operation, &instance, &bookmark,
           &machineID, &moreResults, &result, &errorMessage, &completionDetails);
    LOG_ENDS();
    OUT_OBJECT(instance, instance);
    OUT_TEXT(bookmark, "bookmark");
    OUT_TEXT(machineID, "machineID");
    OUT_TRUE(moreResults);
    OUT_RESULT(result);
    OUT_TEXT(errorMessage, "errorMessage");
    OUT_OBJECT(completionDetails, instance);
}

MIC_TEST(operation, GetClass_forwards)
{
    POISONED(const MI_Class *, classResult);
    POISONED(MI_Boolean, moreResults);
    POISONED(MI_Result, result);
    POISONED(const MI_Char *, errorMessage);
    POISONED(const MI_Instance *, completionDetails);

    given_open();
    FORWARDS(MI_Operation_GetClass(&given.operation, &classResult, &moreResults, &result,
                                   &errorMessage, &completionDetails));
    LOGGED("OperationFT.GetClass", "pooooo", &given.operation, &classResult, &moreResults, &result,
           &errorMessage, &completionDetails);
    LOG_ENDS();
    OUT_OBJECT(classResult, class_object);
    OUT_TRUE(moreResults);
    OUT_RESULT(result);
    OUT_TEXT(errorMessage, "errorMessage");
    OUT_OBJECT(completionDetails, instance);
}

MIC_TEST(operation, Close_forwards)
{
    given_open();
    FORWARDS(MI_Operation_Close(&given.operation));
    LOGGED("OperationFT.Close", "p", &given.operation);
    LOG_ENDS();
}

MIC_TEST(operation, Cancel_forwards)
{
    given_open();
    FORWARDS(MI_Operation_Cancel(&given.operation, (MI_CancellationReason)1));
    LOGGED("OperationFT.Cancel", "pu", &given.operation, (MI_Uint32)(MI_CancellationReason)1);
    LOG_ENDS();
}

MIC_TEST(operation, GetSession_forwards)
{
    POISONED(MI_Session, session);

    given_open();
    FORWARDS(MI_Operation_GetSession(&given.operation, &session));
    LOGGED("OperationFT.GetSession", "po", &given.operation, &session);
    LOG_ENDS();
    OUT_HANDLE(session, 2, 1);
}
