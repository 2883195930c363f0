// Compiled, never linked: the public header first and alone in C++. Every name must be a real
// function, so that it can be qualified with :: and its address can be taken.
#include <mi.h>

#if !defined(_MI_h) || !defined(__MI_C_API_H)
#    error "both include guards of the original headers must be defined"
#endif

namespace sample
{

// A class library wraps the calls under their own names; only real functions allow that.
struct serializer {
    MI_Serializer handle;

    MI_Result MI_Serializer_Close()
    {
        return ::MI_Serializer_Close(&handle);
    }

    MI_Result write(const MI_Instance &instance, MI_Uint8 *to, MI_Uint32 size, MI_Uint32 &needed)
    {
        return ::MI_Serializer_SerializeInstance(&handle, 0, &instance, to, size, &needed);
    }

    MI_Result write(const MI_Class &object, MI_Uint8 *to, MI_Uint32 size, MI_Uint32 &needed)
    {
        return ::MI_Serializer_SerializeClass(&handle, 0, &object, to, size, &needed);
    }
};

struct deserializer {
    MI_Deserializer handle;

    ~deserializer()
    {
        ::MI_Deserializer_Close(&handle);
    }

    MI_Result read(MI_Uint8 *bytes, MI_Uint32 size, MI_Instance *&instance)
    {
        MI_Uint32 used = 0;
        return ::MI_Deserializer_DeserializeInstance(&handle, 0, bytes, size, NULL, 0, NULL, NULL,
                                                     &used, &instance, NULL);
    }
};

// The address of each wrapper fits a pointer with the calling convention of the tables.
template <typename T> struct holder {
    T function;
};

holder<MI_Result(MI_CALL *)(MI_Serializer *)> close_serializer = {&::MI_Serializer_Close};
holder<MI_Result(MI_CALL *)(MI_Deserializer *)> close_deserializer = {&::MI_Deserializer_Close};
holder<MI_Result(MI_CALL *)(MI_Instance *)> delete_instance = {&::MI_Instance_Delete};
holder<MI_Result(MI_CALL *)(const MI_Instance *, const MI_Char **)> class_name = {
    &::MI_Instance_GetClassName};
holder<MI_ErrorCategory(MI_CALL *)(const MI_Char *, MI_Uint32)> map_error = {
    &::MI_Utilities_MapErrorToMiErrorCategory};
holder<MI_Result(MI_MAIN_CALL *)(MI_Uint32, const MI_Char *, MI_Instance **, MI_Application *)>
    initialize = {&::MI_Application_InitializeV1};

void MI_CALL on_class(MI_Operation *operation, void *context, const MI_Class *, MI_Boolean,
                      MI_Result, const MI_Char *, const MI_Instance *,
                      MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    static_cast<void>(context);
    if (acknowledge != NULL) {
        acknowledge(operation);
    }
}

MI_Result run()
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    MI_SubscriptionDeliveryOptions delivery = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;
    MI_Datetime end = MI_Datetime();
    MI_Result result = MI_Application_Initialize(0, MI_T("sample"), NULL, &application);

    callbacks.classResult = on_class;
    if (result == MI_RESULT_OK) {
        result = ::MI_Application_NewSession(&application, NULL, NULL, NULL, NULL, NULL, &session);
    }
    ::MI_Session_GetClass(&session, 0, NULL, MI_T("root/cimv2"), MI_T("CIM_Error"), &callbacks,
                          &operation);
    ::MI_SubscriptionDeliveryOptions__SetExpirationTime(&delivery, &end);
    ::MI_SubscriptionDeliveryOptions_SetBookmark(&delivery, MI_SUBSCRIBE_BOOKMARK_OLDEST);
    ::MI_OperationOptions_Delete(NULL);
    ::MI_Operation_Close(&operation);
    ::MI_Session_Close(&session, NULL, NULL);
    ::MI_Application_Close(&application);
    return mi_clientFT_V1->applicationFT != NULL ? result : MI_RESULT_FAILED;
}

} // namespace sample

MI_EXTERN_C MI_EXPORT MI_Result sample_run(void);

MI_Result sample_run(void)
{
    sample::serializer one = sample::serializer();
    return one.MI_Serializer_Close() == MI_RESULT_OK ? sample::run() : MI_RESULT_FAILED;
}
