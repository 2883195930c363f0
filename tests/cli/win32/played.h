/* The played mi.dll: played.c is the session and what is read, verbs.c what came later, classes.c
 * the one class it knows, push.c operations with callbacks. */
#ifndef PLAYED_H
#define PLAYED_H

#include <mi.h>

enum { ELEMENTS_MAX = 16, INSTANCES = 3, TEXT_MAX = 256, REQUEST_MAX = 1024 };

struct element {
    MI_Char name[TEXT_MAX];
    MI_Char text[TEXT_MAX];
    MI_Type type;
    MI_Value value;
    MI_Uint32 flags;
};

struct played {
    MI_Instance instance;
    MI_Char class_name[TEXT_MAX];
    MI_Uint32 count;
    struct element elements[ELEMENTS_MAX];
};

struct played_server {
    MI_Char destination[TEXT_MAX], scheme[TEXT_MAX], domain[TEXT_MAX], user[TEXT_MAX];
    MI_Char password[TEXT_MAX], class_name[TEXT_MAX], name_space[TEXT_MAX];
    MI_Char request[REQUEST_MAX]; /* a verb and what it was given */
    MI_Uint32 privacy, next, answer;
    MI_Boolean has_none, is_cancelled; /* the operation: it has no instance; it was cancelled */
    struct played current;
};
extern struct played_server played_server;

/* Outputs that a caller did not want are NULL. */
#define PLAYED_SET(out, value)                                                                     \
    do {                                                                                           \
        if ((out) != NULL) {                                                                       \
            *(out) = (value);                                                                      \
        }                                                                                          \
    } while (0)

void played_copy(MI_Char *out, const MI_Char *text);
/* Makes the next instance of the operation. */
void played_fill(MI_Uint32 number);
/* Hands all instances of a started operation to the callback, when there is one. */
void played_push(MI_Operation *operation, const MI_OperationCallbacks *callbacks);
extern const MI_OperationFT played_operation_ft;

/* In verbs.c. */
void MI_CALL played_TestConnection(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationCallbacks *callbacks, MI_Operation *operation);
extern const MI_OperationOptionsFT played_operation_options_ft;
extern const MI_SubscriptionDeliveryOptionsFT played_delivery_ft;
MI_Result MI_CALL played_GetIndication(MI_Operation *operation, const MI_Instance **instance,
                                       const MI_Char **bookmark, const MI_Char **machine,
                                       MI_Boolean *more, MI_Result *result, const MI_Char **message,
                                       const MI_Instance **details);
void MI_CALL played_ModifyInstance(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationOptions *options, const MI_Char *name_space,
                                   const MI_Instance *instance, MI_OperationCallbacks *callbacks,
                                   MI_Operation *operation);
void MI_CALL played_CreateInstance(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationOptions *options, const MI_Char *name_space,
                                   const MI_Instance *instance, MI_OperationCallbacks *callbacks,
                                   MI_Operation *operation);
void MI_CALL played_DeleteInstance(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationOptions *options, const MI_Char *name_space,
                                   const MI_Instance *instance, MI_OperationCallbacks *callbacks,
                                   MI_Operation *operation);
void MI_CALL played_Invoke(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                           const MI_Char *name_space, const MI_Char *class_name,
                           const MI_Char *method, const MI_Instance *instance,
                           const MI_Instance *parameters, MI_OperationCallbacks *callbacks,
                           MI_Operation *operation);
void MI_CALL played_QueryInstances(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationOptions *options, const MI_Char *name_space,
                                   const MI_Char *dialect, const MI_Char *query,
                                   MI_OperationCallbacks *callbacks, MI_Operation *operation);
void MI_CALL played_AssociatorInstances(MI_Session *session, MI_Uint32 flags,
                                        MI_OperationOptions *options, const MI_Char *name_space,
                                        const MI_Instance *key, const MI_Char *assoc_class,
                                        const MI_Char *result_class, const MI_Char *role,
                                        const MI_Char *result_role, MI_Boolean keys_only,
                                        MI_OperationCallbacks *callbacks, MI_Operation *operation);
void MI_CALL played_ReferenceInstances(MI_Session *session, MI_Uint32 flags,
                                       MI_OperationOptions *options, const MI_Char *name_space,
                                       const MI_Instance *key, const MI_Char *result_class,
                                       const MI_Char *role, MI_Boolean keys_only,
                                       MI_OperationCallbacks *callbacks, MI_Operation *operation);
void MI_CALL played_Subscribe(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                              const MI_Char *name_space, const MI_Char *dialect,
                              const MI_Char *query, const MI_SubscriptionDeliveryOptions *delivery,
                              MI_OperationCallbacks *callbacks, MI_Operation *operation);

/* In classes.c. */
MI_Result MI_CALL played_GetClass(MI_Operation *operation, const MI_Class **cls, MI_Boolean *more,
                                  MI_Result *result, const MI_Char **message,
                                  const MI_Instance **details);
void MI_CALL played_StartGetClass(MI_Session *session, MI_Uint32 flags,
                                  MI_OperationOptions *options, const MI_Char *name_space,
                                  const MI_Char *class_name, MI_OperationCallbacks *callbacks,
                                  MI_Operation *operation);
void MI_CALL played_EnumerateClasses(MI_Session *session, MI_Uint32 flags,
                                     MI_OperationOptions *options, const MI_Char *name_space,
                                     const MI_Char *class_name, MI_Boolean names_only,
                                     MI_OperationCallbacks *callbacks, MI_Operation *operation);

#endif
