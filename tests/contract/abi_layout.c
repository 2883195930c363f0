/* The binary layout of <mi.h>, as the native mi.dll has it: size, alignment and every field of
 * every handle, object and declaration, and every slot of every function table. Compiling this file
 * is the test, for LP64, LLP64 and Win32 alike. */
#include "abi_layout.h"

MIC_ABI_SIZE(MI_ServerFT, 16, 8, 8, 4);
MIC_ABI_SLOT(MI_ServerFT, GetVersion, 0);
MIC_ABI_SLOT(MI_ServerFT, GetSystemName, 1);

MIC_ABI_SIZE(MI_Server, 40, 8, 20, 4);
MIC_ABI_FIELD(MI_Server, serverFT, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Server, contextFT, 8, 8, 4, 4);
MIC_ABI_FIELD(MI_Server, instanceFT, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Server, propertySetFT, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Server, filterFT, 32, 8, 16, 4);

MIC_ABI_SIZE(MI_FilterFT, 16, 8, 8, 4);
MIC_ABI_SLOT(MI_FilterFT, Evaluate, 0);
MIC_ABI_SLOT(MI_FilterFT, GetExpression, 1);

MIC_ABI_SIZE(MI_Filter, 32, 8, 16, 4);
MIC_ABI_FIELD(MI_Filter, ft, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Filter, reserved, 8, 24, 4, 12);

MIC_ABI_SIZE(MI_PropertySetFT, 64, 8, 32, 4);
MIC_ABI_SLOT(MI_PropertySetFT, GetElementCount, 0);
MIC_ABI_SLOT(MI_PropertySetFT, ContainsElement, 1);
MIC_ABI_SLOT(MI_PropertySetFT, AddElement, 2);
MIC_ABI_SLOT(MI_PropertySetFT, GetElementAt, 3);
MIC_ABI_SLOT(MI_PropertySetFT, Clear, 4);
MIC_ABI_SLOT(MI_PropertySetFT, Destruct, 5);
MIC_ABI_SLOT(MI_PropertySetFT, Delete, 6);
MIC_ABI_SLOT(MI_PropertySetFT, Clone, 7);

MIC_ABI_SIZE(MI_PropertySet, 32, 8, 16, 4);
MIC_ABI_FIELD(MI_PropertySet, ft, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_PropertySet, reserved, 8, 24, 4, 12);

MIC_ABI_SIZE(MI_ObjectDecl, 48, 8, 32, 4);
MIC_ABI_FIELD(MI_ObjectDecl, flags, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_ObjectDecl, code, 4, 4, 4, 4);
MIC_ABI_FIELD(MI_ObjectDecl, name, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_ObjectDecl, qualifiers, 16, 8, 12, 4);
MIC_ABI_FIELD(MI_ObjectDecl, numQualifiers, 24, 4, 16, 4);
MIC_ABI_FIELD(MI_ObjectDecl, properties, 32, 8, 20, 4);
MIC_ABI_FIELD(MI_ObjectDecl, numProperties, 40, 4, 24, 4);
MIC_ABI_FIELD(MI_ObjectDecl, size, 44, 4, 28, 4);

MIC_ABI_SIZE(MI_ClassDecl, 104, 8, 60, 4);
MIC_ABI_FIELD(MI_ClassDecl, flags, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_ClassDecl, code, 4, 4, 4, 4);
MIC_ABI_FIELD(MI_ClassDecl, name, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_ClassDecl, qualifiers, 16, 8, 12, 4);
MIC_ABI_FIELD(MI_ClassDecl, numQualifiers, 24, 4, 16, 4);
MIC_ABI_FIELD(MI_ClassDecl, properties, 32, 8, 20, 4);
MIC_ABI_FIELD(MI_ClassDecl, numProperties, 40, 4, 24, 4);
MIC_ABI_FIELD(MI_ClassDecl, size, 44, 4, 28, 4);
MIC_ABI_FIELD(MI_ClassDecl, superClass, 48, 8, 32, 4);
MIC_ABI_FIELD(MI_ClassDecl, superClassDecl, 56, 8, 36, 4);
MIC_ABI_FIELD(MI_ClassDecl, methods, 64, 8, 40, 4);
MIC_ABI_FIELD(MI_ClassDecl, numMethods, 72, 4, 44, 4);
MIC_ABI_FIELD(MI_ClassDecl, schema, 80, 8, 48, 4);
MIC_ABI_FIELD(MI_ClassDecl, providerFT, 88, 8, 52, 4);
MIC_ABI_FIELD(MI_ClassDecl, owningClass, 96, 8, 56, 4);

MIC_ABI_SIZE(MI_FeatureDecl, 32, 8, 20, 4);
MIC_ABI_FIELD(MI_FeatureDecl, flags, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_FeatureDecl, code, 4, 4, 4, 4);
MIC_ABI_FIELD(MI_FeatureDecl, name, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_FeatureDecl, qualifiers, 16, 8, 12, 4);
MIC_ABI_FIELD(MI_FeatureDecl, numQualifiers, 24, 4, 16, 4);

MIC_ABI_SIZE(MI_ParameterDecl, 48, 8, 36, 4);
MIC_ABI_FIELD(MI_ParameterDecl, flags, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_ParameterDecl, code, 4, 4, 4, 4);
MIC_ABI_FIELD(MI_ParameterDecl, name, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_ParameterDecl, qualifiers, 16, 8, 12, 4);
MIC_ABI_FIELD(MI_ParameterDecl, numQualifiers, 24, 4, 16, 4);
MIC_ABI_FIELD(MI_ParameterDecl, type, 28, 4, 20, 4);
MIC_ABI_FIELD(MI_ParameterDecl, className, 32, 8, 24, 4);
MIC_ABI_FIELD(MI_ParameterDecl, subscript, 40, 4, 28, 4);
MIC_ABI_FIELD(MI_ParameterDecl, offset, 44, 4, 32, 4);

MIC_ABI_SIZE(MI_PropertyDecl, 72, 8, 48, 4);
MIC_ABI_FIELD(MI_PropertyDecl, flags, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_PropertyDecl, code, 4, 4, 4, 4);
MIC_ABI_FIELD(MI_PropertyDecl, name, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_PropertyDecl, qualifiers, 16, 8, 12, 4);
MIC_ABI_FIELD(MI_PropertyDecl, numQualifiers, 24, 4, 16, 4);
MIC_ABI_FIELD(MI_PropertyDecl, type, 28, 4, 20, 4);
MIC_ABI_FIELD(MI_PropertyDecl, className, 32, 8, 24, 4);
MIC_ABI_FIELD(MI_PropertyDecl, subscript, 40, 4, 28, 4);
MIC_ABI_FIELD(MI_PropertyDecl, offset, 44, 4, 32, 4);
MIC_ABI_FIELD(MI_PropertyDecl, origin, 48, 8, 36, 4);
MIC_ABI_FIELD(MI_PropertyDecl, propagator, 56, 8, 40, 4);
MIC_ABI_FIELD(MI_PropertyDecl, value, 64, 8, 44, 4);

MIC_ABI_SIZE(MI_MethodDecl, 88, 8, 52, 4);
MIC_ABI_FIELD(MI_MethodDecl, flags, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_MethodDecl, code, 4, 4, 4, 4);
MIC_ABI_FIELD(MI_MethodDecl, name, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_MethodDecl, qualifiers, 16, 8, 12, 4);
MIC_ABI_FIELD(MI_MethodDecl, numQualifiers, 24, 4, 16, 4);
MIC_ABI_FIELD(MI_MethodDecl, parameters, 32, 8, 20, 4);
MIC_ABI_FIELD(MI_MethodDecl, numParameters, 40, 4, 24, 4);
MIC_ABI_FIELD(MI_MethodDecl, size, 44, 4, 28, 4);
MIC_ABI_FIELD(MI_MethodDecl, returnType, 48, 4, 32, 4);
MIC_ABI_FIELD(MI_MethodDecl, origin, 56, 8, 36, 4);
MIC_ABI_FIELD(MI_MethodDecl, propagator, 64, 8, 40, 4);
MIC_ABI_FIELD(MI_MethodDecl, schema, 72, 8, 44, 4);
MIC_ABI_FIELD(MI_MethodDecl, function, 80, 8, 48, 4);

MIC_ABI_SIZE(MI_QualifierDecl, 32, 8, 24, 4);
MIC_ABI_FIELD(MI_QualifierDecl, name, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_QualifierDecl, type, 8, 4, 4, 4);
MIC_ABI_FIELD(MI_QualifierDecl, scope, 12, 4, 8, 4);
MIC_ABI_FIELD(MI_QualifierDecl, flavor, 16, 4, 12, 4);
MIC_ABI_FIELD(MI_QualifierDecl, subscript, 20, 4, 16, 4);
MIC_ABI_FIELD(MI_QualifierDecl, value, 24, 8, 20, 4);

MIC_ABI_SIZE(MI_Qualifier, 24, 8, 16, 4);
MIC_ABI_FIELD(MI_Qualifier, name, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Qualifier, type, 8, 4, 4, 4);
MIC_ABI_FIELD(MI_Qualifier, flavor, 12, 4, 8, 4);
MIC_ABI_FIELD(MI_Qualifier, value, 16, 8, 12, 4);

MIC_ABI_SIZE(MI_SchemaDecl, 32, 8, 16, 4);
MIC_ABI_FIELD(MI_SchemaDecl, qualifierDecls, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_SchemaDecl, numQualifierDecls, 8, 4, 4, 4);
MIC_ABI_FIELD(MI_SchemaDecl, classDecls, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_SchemaDecl, numClassDecls, 24, 4, 12, 4);

MIC_ABI_SIZE(MI_ProviderFT, 112, 8, 56, 4);
MIC_ABI_FIELD(MI_ProviderFT, Load, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ProviderFT, Unload, 8, 8, 4, 4);
MIC_ABI_FIELD(MI_ProviderFT, GetInstance, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ProviderFT, EnumerateInstances, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ProviderFT, CreateInstance, 32, 8, 16, 4);
MIC_ABI_FIELD(MI_ProviderFT, ModifyInstance, 40, 8, 20, 4);
MIC_ABI_FIELD(MI_ProviderFT, DeleteInstance, 48, 8, 24, 4);
MIC_ABI_FIELD(MI_ProviderFT, AssociatorInstances, 56, 8, 28, 4);
MIC_ABI_FIELD(MI_ProviderFT, ReferenceInstances, 64, 8, 32, 4);
MIC_ABI_FIELD(MI_ProviderFT, EnableIndications, 72, 8, 36, 4);
MIC_ABI_FIELD(MI_ProviderFT, DisableIndications, 80, 8, 40, 4);
MIC_ABI_FIELD(MI_ProviderFT, Subscribe, 88, 8, 44, 4);
MIC_ABI_FIELD(MI_ProviderFT, Unsubscribe, 96, 8, 48, 4);
MIC_ABI_FIELD(MI_ProviderFT, Invoke, 104, 8, 52, 4);

MIC_ABI_SIZE(MI_Module, 48, 8, 32, 4);
MIC_ABI_FIELD(MI_Module, version, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_Module, generatorVersion, 4, 4, 4, 4);
MIC_ABI_FIELD(MI_Module, flags, 8, 4, 8, 4);
MIC_ABI_FIELD(MI_Module, charSize, 12, 4, 12, 4);
MIC_ABI_FIELD(MI_Module, schemaDecl, 16, 8, 16, 4);
MIC_ABI_FIELD(MI_Module, Load, 24, 8, 20, 4);
MIC_ABI_FIELD(MI_Module, Unload, 32, 8, 24, 4);
MIC_ABI_FIELD(MI_Module, dynamicProviderFT, 40, 8, 28, 4);

MIC_ABI_SIZE(MI_InstanceFT, 144, 8, 72, 4);
MIC_ABI_SLOT(MI_InstanceFT, Clone, 0);
MIC_ABI_SLOT(MI_InstanceFT, Destruct, 1);
MIC_ABI_SLOT(MI_InstanceFT, Delete, 2);
MIC_ABI_SLOT(MI_InstanceFT, IsA, 3);
MIC_ABI_SLOT(MI_InstanceFT, GetClassName, 4);
MIC_ABI_SLOT(MI_InstanceFT, SetNameSpace, 5);
MIC_ABI_SLOT(MI_InstanceFT, GetNameSpace, 6);
MIC_ABI_SLOT(MI_InstanceFT, GetElementCount, 7);
MIC_ABI_SLOT(MI_InstanceFT, AddElement, 8);
MIC_ABI_SLOT(MI_InstanceFT, SetElement, 9);
MIC_ABI_SLOT(MI_InstanceFT, SetElementAt, 10);
MIC_ABI_SLOT(MI_InstanceFT, GetElement, 11);
MIC_ABI_SLOT(MI_InstanceFT, GetElementAt, 12);
MIC_ABI_SLOT(MI_InstanceFT, ClearElement, 13);
MIC_ABI_SLOT(MI_InstanceFT, ClearElementAt, 14);
MIC_ABI_SLOT(MI_InstanceFT, GetServerName, 15);
MIC_ABI_SLOT(MI_InstanceFT, SetServerName, 16);
MIC_ABI_SLOT(MI_InstanceFT, GetClass, 17);

MIC_ABI_SIZE(MI_Instance, 64, 8, 32, 4);
MIC_ABI_FIELD(MI_Instance, ft, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Instance, classDecl, 8, 8, 4, 4);
MIC_ABI_FIELD(MI_Instance, serverName, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Instance, nameSpace, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Instance, reserved, 32, 32, 16, 16);

MIC_ABI_SIZE(MI_ContextFT, 248, 8, 124, 4);
MIC_ABI_SLOT(MI_ContextFT, PostResult, 0);
MIC_ABI_SLOT(MI_ContextFT, PostInstance, 1);
MIC_ABI_SLOT(MI_ContextFT, PostIndication, 2);
MIC_ABI_SLOT(MI_ContextFT, ConstructInstance, 3);
MIC_ABI_SLOT(MI_ContextFT, ConstructParameters, 4);
MIC_ABI_SLOT(MI_ContextFT, NewInstance, 5);
MIC_ABI_SLOT(MI_ContextFT, NewDynamicInstance, 6);
MIC_ABI_SLOT(MI_ContextFT, NewParameters, 7);
MIC_ABI_SLOT(MI_ContextFT, Canceled, 8);
MIC_ABI_SLOT(MI_ContextFT, GetLocale, 9);
MIC_ABI_SLOT(MI_ContextFT, RegisterCancel, 10);
MIC_ABI_SLOT(MI_ContextFT, RequestUnload, 11);
MIC_ABI_SLOT(MI_ContextFT, RefuseUnload, 12);
MIC_ABI_SLOT(MI_ContextFT, GetLocalSession, 13);
MIC_ABI_SLOT(MI_ContextFT, SetStringOption, 14);
MIC_ABI_SLOT(MI_ContextFT, GetStringOption, 15);
MIC_ABI_SLOT(MI_ContextFT, GetNumberOption, 16);
MIC_ABI_SLOT(MI_ContextFT, GetCustomOption, 17);
MIC_ABI_SLOT(MI_ContextFT, GetCustomOptionCount, 18);
MIC_ABI_SLOT(MI_ContextFT, GetCustomOptionAt, 19);
MIC_ABI_SLOT(MI_ContextFT, WriteMessage, 20);
MIC_ABI_SLOT(MI_ContextFT, WriteProgress, 21);
MIC_ABI_SLOT(MI_ContextFT, WriteStreamParameter, 22);
MIC_ABI_SLOT(MI_ContextFT, WriteCimError, 23);
MIC_ABI_SLOT(MI_ContextFT, PromptUser, 24);
MIC_ABI_SLOT(MI_ContextFT, ShouldProcess, 25);
MIC_ABI_SLOT(MI_ContextFT, ShouldContinue, 26);
MIC_ABI_SLOT(MI_ContextFT, PostError, 27);
MIC_ABI_SLOT(MI_ContextFT, PostCimError, 28);
MIC_ABI_SLOT(MI_ContextFT, WriteError, 29);
MIC_ABI_SLOT(MI_ContextFT, GetLifecycleIndicationContext, 30);

MIC_ABI_SIZE(MI_Context, 32, 8, 16, 4);
MIC_ABI_FIELD(MI_Context, ft, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Context, reserved, 8, 24, 4, 12);

MIC_ABI_SIZE(MI_QualifierSetFT, 24, 8, 12, 4);
MIC_ABI_SLOT(MI_QualifierSetFT, GetQualifierCount, 0);
MIC_ABI_SLOT(MI_QualifierSetFT, GetQualifierAt, 1);
MIC_ABI_SLOT(MI_QualifierSetFT, GetQualifier, 2);

MIC_ABI_SIZE(MI_QualifierSet, 24, 8, 16, 8);
MIC_ABI_FIELD(MI_QualifierSet, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_QualifierSet, reserved2, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_QualifierSet, ft, 16, 8, 12, 4);

MIC_ABI_SIZE(MI_ParameterSetFT, 32, 8, 16, 4);
MIC_ABI_SLOT(MI_ParameterSetFT, GetMethodReturnType, 0);
MIC_ABI_SLOT(MI_ParameterSetFT, GetParameterCount, 1);
MIC_ABI_SLOT(MI_ParameterSetFT, GetParameterAt, 2);
MIC_ABI_SLOT(MI_ParameterSetFT, GetParameter, 3);

MIC_ABI_SIZE(MI_ParameterSet, 24, 8, 16, 8);
MIC_ABI_FIELD(MI_ParameterSet, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_ParameterSet, reserved2, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_ParameterSet, ft, 16, 8, 12, 4);

MIC_ABI_SIZE(MI_ClassFT, 112, 8, 56, 4);
MIC_ABI_SLOT(MI_ClassFT, GetClassName, 0);
MIC_ABI_SLOT(MI_ClassFT, GetNameSpace, 1);
MIC_ABI_SLOT(MI_ClassFT, GetServerName, 2);
MIC_ABI_SLOT(MI_ClassFT, GetElementCount, 3);
MIC_ABI_SLOT(MI_ClassFT, GetElement, 4);
MIC_ABI_SLOT(MI_ClassFT, GetElementAt, 5);
MIC_ABI_SLOT(MI_ClassFT, GetClassQualifierSet, 6);
MIC_ABI_SLOT(MI_ClassFT, GetMethodCount, 7);
MIC_ABI_SLOT(MI_ClassFT, GetMethodAt, 8);
MIC_ABI_SLOT(MI_ClassFT, GetMethod, 9);
MIC_ABI_SLOT(MI_ClassFT, GetParentClassName, 10);
MIC_ABI_SLOT(MI_ClassFT, GetParentClass, 11);
MIC_ABI_SLOT(MI_ClassFT, Delete, 12);
MIC_ABI_SLOT(MI_ClassFT, Clone, 13);

MIC_ABI_SIZE(MI_Class, 64, 8, 32, 4);
MIC_ABI_FIELD(MI_Class, ft, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Class, classDecl, 8, 8, 4, 4);
MIC_ABI_FIELD(MI_Class, namespaceName, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Class, serverName, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Class, reserved, 32, 32, 16, 16);

MIC_ABI_SIZE(MI_OperationCallbacks, 72, 8, 36, 4);
MIC_ABI_FIELD(MI_OperationCallbacks, callbackContext, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_OperationCallbacks, promptUser, 8, 8, 4, 4);
MIC_ABI_FIELD(MI_OperationCallbacks, writeError, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_OperationCallbacks, writeMessage, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_OperationCallbacks, writeProgress, 32, 8, 16, 4);
MIC_ABI_FIELD(MI_OperationCallbacks, instanceResult, 40, 8, 20, 4);
MIC_ABI_FIELD(MI_OperationCallbacks, indicationResult, 48, 8, 24, 4);
MIC_ABI_FIELD(MI_OperationCallbacks, classResult, 56, 8, 28, 4);
MIC_ABI_FIELD(MI_OperationCallbacks, streamedParameterResult, 64, 8, 32, 4);

MIC_ABI_SIZE(MI_SessionCallbacks, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_SessionCallbacks, callbackContext, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_SessionCallbacks, writeMessage, 8, 8, 4, 4);
MIC_ABI_FIELD(MI_SessionCallbacks, writeError, 16, 8, 8, 4);

MIC_ABI_SIZE(MI_UsernamePasswordCreds, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_UsernamePasswordCreds, domain, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_UsernamePasswordCreds, username, 8, 8, 4, 4);
MIC_ABI_FIELD(MI_UsernamePasswordCreds, password, 16, 8, 8, 4);

MIC_ABI_SIZE(MI_UserCredentials, 32, 8, 16, 4);
MIC_ABI_FIELD(MI_UserCredentials, authenticationType, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_UserCredentials, credentials, 8, 24, 4, 12);
MIC_ABI_FIELD(MI_UserCredentials, credentials.usernamePassword, 8, 24, 4, 12);
MIC_ABI_FIELD(MI_UserCredentials, credentials.certificateThumbprint, 8, 8, 4, 4);

MIC_ABI_SIZE(MI_SubscriptionDeliveryOptionsFT, 136, 8, 68, 4);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, SetString, 0);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, SetNumber, 1);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, SetDateTime, 2);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, SetInterval, 3);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, AddCredentials, 4);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, Delete, 5);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, GetString, 6);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, GetNumber, 7);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, GetDateTime, 8);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, GetInterval, 9);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, GetOptionCount, 10);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, GetOptionAt, 11);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, GetOption, 12);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, GetCredentialsCount, 13);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, GetCredentialsAt, 14);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, GetCredentialsPasswordAt, 15);
MIC_ABI_SLOT(MI_SubscriptionDeliveryOptionsFT, Clone, 16);

MIC_ABI_SIZE(MI_SubscriptionDeliveryOptions, 24, 8, 16, 8);
MIC_ABI_FIELD(MI_SubscriptionDeliveryOptions, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_SubscriptionDeliveryOptions, reserved2, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_SubscriptionDeliveryOptions, ft, 16, 8, 12, 4);

MIC_ABI_SIZE(MI_Serializer, 16, 8, 16, 8);
MIC_ABI_FIELD(MI_Serializer, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Serializer, reserved2, 8, 8, 8, 4);

MIC_ABI_SIZE(MI_Deserializer, 16, 8, 16, 8);
MIC_ABI_FIELD(MI_Deserializer, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Deserializer, reserved2, 8, 8, 8, 4);

MIC_ABI_SIZE(MI_SerializerFT, 24, 8, 12, 4);
MIC_ABI_SLOT(MI_SerializerFT, Close, 0);
MIC_ABI_SLOT(MI_SerializerFT, SerializeClass, 1);
MIC_ABI_SLOT(MI_SerializerFT, SerializeInstance, 2);

MIC_ABI_SIZE(MI_DeserializerFT, 48, 8, 24, 4);
MIC_ABI_SLOT(MI_DeserializerFT, Close, 0);
MIC_ABI_SLOT(MI_DeserializerFT, DeserializeClass, 1);
MIC_ABI_SLOT(MI_DeserializerFT, Class_GetClassName, 2);
MIC_ABI_SLOT(MI_DeserializerFT, Class_GetParentClassName, 3);
MIC_ABI_SLOT(MI_DeserializerFT, DeserializeInstance, 4);
MIC_ABI_SLOT(MI_DeserializerFT, Instance_GetClassName, 5);

MIC_ABI_SIZE(MI_ApplicationFT, 88, 8, 44, 4);
MIC_ABI_SLOT(MI_ApplicationFT, Close, 0);
MIC_ABI_SLOT(MI_ApplicationFT, NewSession, 1);
MIC_ABI_SLOT(MI_ApplicationFT, NewHostedProvider, 2);
MIC_ABI_SLOT(MI_ApplicationFT, NewInstance, 3);
MIC_ABI_SLOT(MI_ApplicationFT, NewDestinationOptions, 4);
MIC_ABI_SLOT(MI_ApplicationFT, NewOperationOptions, 5);
MIC_ABI_SLOT(MI_ApplicationFT, NewSubscriptionDeliveryOptions, 6);
MIC_ABI_SLOT(MI_ApplicationFT, NewSerializer, 7);
MIC_ABI_SLOT(MI_ApplicationFT, NewDeserializer, 8);
MIC_ABI_SLOT(MI_ApplicationFT, NewInstanceFromClass, 9);
MIC_ABI_SLOT(MI_ApplicationFT, NewClass, 10);

MIC_ABI_SIZE(MI_HostedProviderFT, 16, 8, 8, 4);
MIC_ABI_SLOT(MI_HostedProviderFT, Close, 0);
MIC_ABI_SLOT(MI_HostedProviderFT, GetApplication, 1);

MIC_ABI_SIZE(MI_SessionFT, 120, 8, 60, 4);
MIC_ABI_SLOT(MI_SessionFT, Close, 0);
MIC_ABI_SLOT(MI_SessionFT, GetApplication, 1);
MIC_ABI_SLOT(MI_SessionFT, GetInstance, 2);
MIC_ABI_SLOT(MI_SessionFT, ModifyInstance, 3);
MIC_ABI_SLOT(MI_SessionFT, CreateInstance, 4);
MIC_ABI_SLOT(MI_SessionFT, DeleteInstance, 5);
MIC_ABI_SLOT(MI_SessionFT, Invoke, 6);
MIC_ABI_SLOT(MI_SessionFT, EnumerateInstances, 7);
MIC_ABI_SLOT(MI_SessionFT, QueryInstances, 8);
MIC_ABI_SLOT(MI_SessionFT, AssociatorInstances, 9);
MIC_ABI_SLOT(MI_SessionFT, ReferenceInstances, 10);
MIC_ABI_SLOT(MI_SessionFT, Subscribe, 11);
MIC_ABI_SLOT(MI_SessionFT, GetClass, 12);
MIC_ABI_SLOT(MI_SessionFT, EnumerateClasses, 13);
MIC_ABI_SLOT(MI_SessionFT, TestConnection, 14);

MIC_ABI_SIZE(MI_OperationFT, 48, 8, 24, 4);
MIC_ABI_SLOT(MI_OperationFT, Close, 0);
MIC_ABI_SLOT(MI_OperationFT, Cancel, 1);
MIC_ABI_SLOT(MI_OperationFT, GetSession, 2);
MIC_ABI_SLOT(MI_OperationFT, GetInstance, 3);
MIC_ABI_SLOT(MI_OperationFT, GetIndication, 4);
MIC_ABI_SLOT(MI_OperationFT, GetClass, 5);

MIC_ABI_SIZE(MI_DestinationOptionsFT, 120, 8, 60, 4);
MIC_ABI_SLOT(MI_DestinationOptionsFT, Delete, 0);
MIC_ABI_SLOT(MI_DestinationOptionsFT, SetString, 1);
MIC_ABI_SLOT(MI_DestinationOptionsFT, SetNumber, 2);
MIC_ABI_SLOT(MI_DestinationOptionsFT, AddCredentials, 3);
MIC_ABI_SLOT(MI_DestinationOptionsFT, GetString, 4);
MIC_ABI_SLOT(MI_DestinationOptionsFT, GetNumber, 5);
MIC_ABI_SLOT(MI_DestinationOptionsFT, GetOptionCount, 6);
MIC_ABI_SLOT(MI_DestinationOptionsFT, GetOptionAt, 7);
MIC_ABI_SLOT(MI_DestinationOptionsFT, GetOption, 8);
MIC_ABI_SLOT(MI_DestinationOptionsFT, GetCredentialsCount, 9);
MIC_ABI_SLOT(MI_DestinationOptionsFT, GetCredentialsAt, 10);
MIC_ABI_SLOT(MI_DestinationOptionsFT, GetCredentialsPasswordAt, 11);
MIC_ABI_SLOT(MI_DestinationOptionsFT, Clone, 12);
MIC_ABI_SLOT(MI_DestinationOptionsFT, SetInterval, 13);
MIC_ABI_SLOT(MI_DestinationOptionsFT, GetInterval, 14);

MIC_ABI_SIZE(MI_OperationOptionsFT, 104, 8, 52, 4);
MIC_ABI_SLOT(MI_OperationOptionsFT, Delete, 0);
MIC_ABI_SLOT(MI_OperationOptionsFT, SetString, 1);
MIC_ABI_SLOT(MI_OperationOptionsFT, SetNumber, 2);
MIC_ABI_SLOT(MI_OperationOptionsFT, SetCustomOption, 3);
MIC_ABI_SLOT(MI_OperationOptionsFT, GetString, 4);
MIC_ABI_SLOT(MI_OperationOptionsFT, GetNumber, 5);
MIC_ABI_SLOT(MI_OperationOptionsFT, GetOptionCount, 6);
MIC_ABI_SLOT(MI_OperationOptionsFT, GetOptionAt, 7);
MIC_ABI_SLOT(MI_OperationOptionsFT, GetOption, 8);
MIC_ABI_SLOT(MI_OperationOptionsFT, GetEnabledChannels, 9);
MIC_ABI_SLOT(MI_OperationOptionsFT, Clone, 10);
MIC_ABI_SLOT(MI_OperationOptionsFT, SetInterval, 11);
MIC_ABI_SLOT(MI_OperationOptionsFT, GetInterval, 12);

MIC_ABI_SIZE(MI_Application, 24, 8, 16, 8);
MIC_ABI_FIELD(MI_Application, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Application, reserved2, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_Application, ft, 16, 8, 12, 4);

MIC_ABI_SIZE(MI_Session, 24, 8, 16, 8);
MIC_ABI_FIELD(MI_Session, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Session, reserved2, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_Session, ft, 16, 8, 12, 4);

MIC_ABI_SIZE(MI_Operation, 24, 8, 16, 8);
MIC_ABI_FIELD(MI_Operation, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Operation, reserved2, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_Operation, ft, 16, 8, 12, 4);

MIC_ABI_SIZE(MI_HostedProvider, 24, 8, 16, 8);
MIC_ABI_FIELD(MI_HostedProvider, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_HostedProvider, reserved2, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_HostedProvider, ft, 16, 8, 12, 4);

MIC_ABI_SIZE(MI_DestinationOptions, 24, 8, 16, 8);
MIC_ABI_FIELD(MI_DestinationOptions, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_DestinationOptions, reserved2, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_DestinationOptions, ft, 16, 8, 12, 4);

MIC_ABI_SIZE(MI_OperationOptions, 24, 8, 16, 8);
MIC_ABI_FIELD(MI_OperationOptions, reserved1, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_OperationOptions, reserved2, 8, 8, 8, 4);
MIC_ABI_FIELD(MI_OperationOptions, ft, 16, 8, 12, 4);

MIC_ABI_SIZE(MI_UtilitiesFT, 16, 8, 8, 4);
MIC_ABI_SLOT(MI_UtilitiesFT, MapErrorToMiErrorCategory, 0);
MIC_ABI_SLOT(MI_UtilitiesFT, CimErrorFromErrorCode, 1);

MIC_ABI_SIZE(MI_ClientFT_V1, 80, 8, 40, 4);
MIC_ABI_FIELD(MI_ClientFT_V1, applicationFT, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ClientFT_V1, sessionFT, 8, 8, 4, 4);
MIC_ABI_FIELD(MI_ClientFT_V1, operationFT, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ClientFT_V1, hostedProviderFT, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ClientFT_V1, serializerFT, 32, 8, 16, 4);
MIC_ABI_FIELD(MI_ClientFT_V1, deserializerFT, 40, 8, 20, 4);
MIC_ABI_FIELD(MI_ClientFT_V1, subscribeDeliveryOptionsFT, 48, 8, 24, 4);
MIC_ABI_FIELD(MI_ClientFT_V1, destinationOptionsFT, 56, 8, 28, 4);
MIC_ABI_FIELD(MI_ClientFT_V1, operationOptionsFT, 64, 8, 32, 4);
MIC_ABI_FIELD(MI_ClientFT_V1, utilitiesFT, 72, 8, 36, 4);

MIC_ABI_SIZE(MI_LifecycleIndicationContextFT, 112, 8, 56, 4);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, PostCreate, 0);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, PostModify, 1);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, PostDelete, 2);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, PostRead, 3);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, PostMethodCall, 4);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, PostResult, 5);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, ConstructInstance, 6);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, ConstructParameters, 7);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, NewInstance, 8);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, NewDynamicInstance, 9);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, NewParameters, 10);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, SetSupportedTypes, 11);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, GetTypes, 12);
MIC_ABI_SLOT(MI_LifecycleIndicationContextFT, RegisterCallback, 13);

MIC_ABI_SIZE(MI_LifecycleIndicationContext, 32, 8, 16, 4);
MIC_ABI_FIELD(MI_LifecycleIndicationContext, ft, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_LifecycleIndicationContext, reserved, 8, 24, 4, 12);

MIC_ABI_SIZE(MI_InstanceExFT, 152, 8, 76, 4);
MIC_ABI_FIELD(MI_InstanceExFT, parent, 0, 144, 0, 72);
MIC_ABI_FIELD(MI_InstanceExFT, Normalize, 144, 8, 72, 4);

/* An object file needs one name; this one also lets the runner link the file. */
const int mic_abi_layout_compiled = 1;
