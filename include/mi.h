/**
 * @file mi.h
 * The Management Infrastructure (MI) client API: read, write, query, watch and invoke CIM objects
 * on this or another computer.
 *
 * One header and one API on every platform. On Windows the calls end in the native mi.dll;
 * elsewhere in a WS-Management client. Names, values, structure layouts and function tables are
 * those of the native library, so source written for the Windows header compiles here and the other
 * way round.
 *
 * @code
 * MI_Application app = MI_APPLICATION_NULL;
 * MI_Session session = MI_SESSION_NULL;
 * MI_Operation op = MI_OPERATION_NULL;
 *
 * if (MI_Application_Initialize(0, NULL, NULL, &app) != MI_RESULT_OK) return;
 * if (MI_Application_NewSession(&app, MI_T("WINRM"), MI_T("server"), NULL, NULL, NULL, &session) ==
 *     MI_RESULT_OK) {
 *     const MI_Instance *inst;
 *     const MI_Char *text;
 *     MI_Boolean more = MI_TRUE;
 *     MI_Result result;
 *
 *     MI_Session_EnumerateInstances(&session, 0, NULL, MI_T("root/cimv2"),
 *                                   MI_T("Win32_OperatingSystem"), MI_FALSE, NULL, &op);
 *     while (more && MI_Operation_GetInstance(&op, &inst, &more, &result, &text, NULL) ==
 *                        MI_RESULT_OK) {
 *         // inst is NULL at the end, and when result is not MI_RESULT_OK
 *     }
 *     MI_Operation_Close(&op);
 *     MI_Session_Close(&session, NULL, NULL);
 * }
 * MI_Application_Close(&app);
 * @endcode
 *
 * Synchronous or asynchronous
 * ---------------------------
 * The functions that talk to a server (MI_Session_EnumerateInstances() and its relatives) return
 * void and never wait for the server. What decides between the two styles is whether the callback
 * for that kind of result is set in MI_OperationCallbacks: instanceResult for instances,
 * classResult for classes, indicationResult for subscriptions.
 *
 * - Not set: *synchronous*. The caller pulls with MI_Operation_GetInstance(),
 *   MI_Operation_GetClass() or MI_Operation_GetIndication(), which block. Go on until moreResults
 *   is MI_FALSE.
 * - Set: *asynchronous*. Results are pushed to the callback. Pulling from such an operation is
 *   MI_RESULT_INVALID_PARAMETER.
 *
 * Either way the last result has moreResults MI_FALSE, comes exactly once, and carries the outcome
 * of the operation; failures to start are reported through it too. Every MI_Operation that a call
 * filled must be closed with MI_Operation_Close(), whatever happened.
 *
 * Threads
 * -------
 * Applications, sessions, classes, and options that nobody changes are safe to share between
 * threads. Two threads must not pull from one operation at the same time, nor change one
 * instance or one options object at the same time; MI_Operation_Cancel() and MI_Operation_Close()
 * may come from any thread.
 *
 * Callbacks run on threads of the library: in order and never two at once within an operation. The
 * first may come before the call that started the operation has returned. A callback may start
 * operations, cancel, close operations and use the asynchronous form of MI_Session_Close(). It must
 * not wait for things that need its own thread:
 *
 * - a blocking close (MI_Application_Close(), MI_Session_Close() without completion callback)
 *   inside a callback returns MI_RESULT_FAILED at once on POSIX and changes nothing; on Windows it
 *   hangs;
 * - pulling from *another*, synchronous operation inside a callback works on POSIX; it is not
 *   allowed on Windows.
 *
 * Messages, progress, errors, questions and streamed parameters of a synchronous operation have no
 * thread of their own: on POSIX they come on the thread of the call that takes its results, while
 * that call waits. Pulling from the same operation inside them is MI_RESULT_INVALID_PARAMETER.
 *
 * Unless its comment says otherwise a function does not block. After fork() the child must not
 * use handles made by the parent: such calls fail with MI_RESULT_FAILED on POSIX.
 *
 * Ownership and lifetime
 * ----------------------
 * - Handles (MI_Application, MI_Session, MI_Operation, options, serializers) are small values in
 *   the caller's memory. They may be copied and passed by value; a copy is not a second reference:
 *   close once, after which every copy is stale and is refused with MI_RESULT_INVALID_PARAMETER.
 * - Application, session, operation form a tree. A blocking close of a level waits until its owner
 *   has closed everything below it; it closes nothing on its own.
 * - Objects made *for* the caller (Clone, New..., GetClass and GetParentClass of an object,
 *   Deserialize..., extendedError, cimError) belong to the caller: MI_Instance_Delete(),
 *   MI_Class_Delete().
 * - Objects shown *to* the caller (const pointers from MI_Operation_Get... and callback arguments)
 *   are borrowed: until the next pull or the close of the operation, or until the result is
 *   acknowledged. Clone to keep. Never delete them.
 * - Whatever is passed in may go as soon as the function has returned: options, callbacks, strings
 *   and instances are copied. The callback context pointer is kept: it must outlive the operation.
 * - Pointers read out of an object (strings, array data, embedded instances) live until that object
 *   or element is changed or deleted.
 *
 * Strings
 * -------
 * On POSIX MI_Char is char and text is UTF-8; on Windows it is wchar_t and UTF-16. Write literals
 * as MI_T("text"); that is right on both. Text that is not valid UTF-8 is refused with
 * MI_RESULT_INVALID_PARAMETER. Names of classes, properties, methods, parameters, qualifiers and
 * options, and authentication types, compare without regard to case.
 * Namespaces are written with a slash: "root/cimv2".
 *
 * Result codes and extended errors
 * --------------------------------
 * An MI_Result that a function *returns* speaks about the call itself. The outcome of a remote
 * operation arrives as result or resultCode with its last result. MI_RESULT_OK is 0.
 * Lack of memory is MI_RESULT_SERVER_LIMITS_EXCEEDED, or MI_RESULT_FAILED where that code would
 * be taken for the server's.
 *
 * The details are an MI_Instance of class CIM_Error or a subclass: extendedError (owned by the
 * caller), completionDetails and errorDetails (borrowed). Useful properties: Message, MessageID,
 * CIMStatusCode (the MI_Result), error_Code, error_Category (an MI_ErrorCategory), ProbableCause
 * (DSP0004 and the CIM_Error class of the DMTF CIM schema). On POSIX they also name the phase that
 * failed and what may help, and keep the server's own words. Passwords never appear in them.
 * extendedError and details may be NULL even on failure.
 *
 * NULL handles
 * ------------
 * Nearly all functions here are inline: they look at the handle and call through its function
 * table. If the handle pointer is NULL, or the handle is zeroed (its ft is NULL: never opened,
 * failed to open), they do not reach the library: they return MI_RESULT_INVALID_PARAMETER, zero an
 * output handle or set an output pointer to NULL where the comment says so. The MI_Session
 * functions that return void call the matching result callback once instead, with
 * MI_RESULT_INVALID_PARAMETER and a NULL operation. The MI_Serializer, MI_Deserializer and
 * MI_Utilities functions have no such handle and leave all checks to the library. A handle whose
 * creation failed may carry a table that reports the stored failure to whatever is called on it;
 * close it all the same.
 *
 * Time limits
 * -----------
 * On POSIX a time limit bounds the wait for the *next* delivery: from the start of the operation
 * through name lookup, connecting, TLS, logon, fetching the class and the request to the first
 * result; then from result to result. Bytes that arrive restart it, and it stands still while the
 * application holds a result or thinks about a question. Without a limit an operation ends after 60
 * seconds without a sign of life.
 *
 * A subscription is a long wait by nature. A limit that the application has set bounds the wait for
 * each indication: answers of the server that bring none do not restart it. Without one, or with an
 * interval of zero, the subscription lasts as long as the server answers (POSIX: within two
 * minutes) that nothing has happened.
 *
 * Windows leaves the wait to WinRM: the limit travels to the server as OperationTimeout
 * (DSP0226 and MS-WSMV 3.2.4.1.2) and network delay comes on top.
 *
 * Platforms
 * ---------
 * Function tables, callbacks and function pointer arguments use MI_CALL, which is __stdcall on
 * Windows; MI_Application_InitializeV1() and MI_MainFunction use MI_MAIN_CALL, which is __cdecl.
 * Elsewhere both are empty. Only 32-bit x86 has more than one convention, and a callback of the
 * wrong one crashes there: always write MI_CALL.
 *
 * Everything here exists on both platforms, including what only one of the original headers
 * declares; native mi.dll may refuse option keys that it does not know. The provider
 * declarations at the end are for source compatibility: this library is a client and calls no
 * provider.
 *
 * In the comments, "@source" names where a rule comes from: a document and section, or the page
 * of that title on Microsoft Learn. Rules marked "POSIX" are this library's own.
 */
#ifndef _MI_h
#ifndef __MI_C_API_H
#define _MI_h
#define __MI_C_API_H

#include <stddef.h>
#include <string.h>

/*
 * Calling conventions and linkage
 */

#if defined(_WIN32)
/** Convention of function-table slots, callbacks and function pointer arguments. */
#define MI_CALL __stdcall
/** Convention of exported entry points. */
#define MI_MAIN_CALL __cdecl
/** Marks a function that a module exports, such as the entry point of a provider. */
#define MI_EXPORT __declspec(dllexport)
/** Linkage of the library's own exports. Never dllimport: the library is linked statically. */
#define MI_LINKAGE
#else
/** Convention of function-table slots, callbacks and function pointer arguments: the usual one. */
#define MI_CALL
/** Convention of exported entry points: the usual one. */
#define MI_MAIN_CALL
/** Marks a function that a module exports, such as the entry point of a provider. */
#define MI_EXPORT  __attribute__((visibility("default")))
/** Linkage of the library's own exports. */
#define MI_LINKAGE MI_EXPORT
#endif

/** Kept for source compatibility; empty, so that static linking works. */
#define MI_IMPORT
/** Storage of the wrappers in this header; unused ones leave nothing in an object file. */
#define MI_INLINE static __inline
/** Convention of the wrappers, so that their address fits an MI_CALL function pointer. */
#define MI_INLINE_CALL MI_CALL
/** Kept for source compatibility. */
#define MI_CONST const

#if defined(__cplusplus)
/** Declares one symbol with C linkage. */
#define MI_EXTERN_C extern "C"
#else
/** Declares one symbol with C linkage. */
#define MI_EXTERN_C extern
#endif

/*
 * Characters
 */

#if !defined(MI_CHAR_TYPE)
#if defined(_WIN32)
/** 1: MI_Char is char with UTF-8 (POSIX). 2: MI_Char is wchar_t with UTF-16 (Windows). */
#define MI_CHAR_TYPE 2
#else
/** 1: MI_Char is char with UTF-8 (POSIX). 2: MI_Char is wchar_t with UTF-16 (Windows). */
#define MI_CHAR_TYPE 1
#endif
#endif

#if defined(_WIN32) && MI_CHAR_TYPE != 2
#error "MI_CHAR_TYPE must be 2 on Windows: mi.dll takes wchar_t strings"
#endif
#if !defined(_WIN32) && MI_CHAR_TYPE != 1
#error "MI_CHAR_TYPE must be 1 here: strings are UTF-8 in char"
#endif

#if MI_CHAR_TYPE == 2
/** Defined when MI_Char is wchar_t. */
#define MI_USE_WCHAR
/** A string literal of MI_Char. */
#define MI_T(STR) L##STR
#else
/** A string literal of MI_Char. */
#define MI_T(STR) STR
#endif

/*
 * Versions and small helpers
 */

#if !defined(MI_API_VERSION)
/** Version of the declarations, as Microsoft OMI counts it. */
#define MI_API_VERSION 2
#endif
#if !defined(MI_CALL_VERSION)
/** Version of the client tables, as the Windows header counts it. */
#define MI_CALL_VERSION 1
#endif

/** Packs a version number: major in the upper 16 bits, minor and revision in 8 bits each. */
#define MI_MAKE_VERSION(MAJ, MIN, REV)                                                             \
    ((((MI_Uint32)(MAJ)) << 16) | (((MI_Uint32)(MIN)) << 8) | ((MI_Uint32)(REV)))
/** Major number of MI_VERSION. */
#define MI_MAJOR ((MI_Uint32)1)
#if defined(_WIN32)
/** Minor number of MI_VERSION: 0 as in the Windows header, which providers are checked against. */
#define MI_MINOR ((MI_Uint32)0)
#else
/** Minor number of MI_VERSION: 1 as in Microsoft OMI. */
#define MI_MINOR ((MI_Uint32)1)
#endif
/** Revision number of MI_VERSION. */
#define MI_REVISION ((MI_Uint32)0)
/** MI_REVISION as the Windows header spells it. */
#define MI_REVISON MI_REVISION
/** Version that a provider module states in MI_Module.version; clients have no use for it. */
#define MI_VERSION MI_MAKE_VERSION(MI_MAJOR, MI_MINOR, MI_REVISION)

/** A signed 64-bit literal. */
#define MI_LL(X) X##LL
/** An unsigned 64-bit literal. */
#define MI_ULL(X) X##ULL
/** Number of elements of an array object (not of a pointer). */
#define MI_COUNT(X) (sizeof(X) / sizeof((X)[0]))
/** Offset of a field in bytes. */
#define MI_OFFSETOF(STRUCT, FIELD) offsetof(STRUCT, FIELD)
/** Says that a parameter is unused on purpose. */
#define MI_UNREFERENCED_PARAMETER(P) ((void)(P))
/** The MI_Instance at the head of a structure of a generated class. */
#define MI_InstanceOf(inst) (&(inst)->__instance)

/* <windows.h>, if included earlier, would rename this slot to its A or W form. */
#undef GetClassName

/* The layout is native mi.dll's, whatever packing the including file has switched on. */
#if defined(_WIN32)
#pragma pack(push, 8)
#endif

#if defined(__cplusplus)
extern "C" {
#endif

/*
 * Scalars
 */

/** A truth value. Any non-zero value is true; write only MI_TRUE and MI_FALSE. */
typedef unsigned char MI_Boolean;
/** CIM uint8. */
typedef unsigned char MI_Uint8;
/** CIM sint8. */
typedef signed char MI_Sint8;
/** CIM uint16. */
typedef unsigned short MI_Uint16;
/** CIM sint16. */
typedef signed short MI_Sint16;
/** CIM uint32. */
typedef unsigned int MI_Uint32;
/** CIM sint32. */
typedef signed int MI_Sint32;
/** CIM uint64. */
typedef unsigned long long MI_Uint64;
/** CIM sint64. */
typedef signed long long MI_Sint64;
/** CIM real32, IEEE 754 single precision. */
typedef float MI_Real32;
/** CIM real64, IEEE 754 double precision. */
typedef double MI_Real64;
/** CIM char16: one UTF-16 unit on every platform (not an MI_Char). */
typedef unsigned short MI_Char16;
#if MI_CHAR_TYPE == 2
/** Unit of all text in this API: UTF-16 in wchar_t. */
typedef wchar_t MI_Char;
#else
/** Unit of all text in this API: UTF-8 in char. */
typedef char MI_Char;
#endif
/** Pointer to writable text. */
typedef MI_Char *MI_StringPtr;
/** Pointer to read-only text. */
typedef const MI_Char *MI_ConstStringPtr;

/** True, as written by this library. */
#define MI_TRUE ((MI_Boolean)1)
/** False. */
#define MI_FALSE ((MI_Boolean)0)

/*
 * Structures are declared here and defined below, each beside what it belongs to.
 */

typedef union _MI_Value MI_Value;
typedef struct _MI_ServerFT MI_ServerFT;
typedef struct _MI_Server MI_Server;
typedef struct _MI_FilterFT MI_FilterFT;
typedef struct _MI_Filter MI_Filter;
typedef struct _MI_PropertySetFT MI_PropertySetFT;
typedef struct _MI_PropertySet MI_PropertySet;
typedef struct _MI_ObjectDecl MI_ObjectDecl;
typedef struct _MI_ClassDecl MI_ClassDecl;
typedef struct _MI_FeatureDecl MI_FeatureDecl;
typedef struct _MI_ParameterDecl MI_ParameterDecl;
typedef struct _MI_PropertyDecl MI_PropertyDecl;
typedef struct _MI_MethodDecl MI_MethodDecl;
typedef struct _MI_QualifierDecl MI_QualifierDecl;
typedef struct _MI_Qualifier MI_Qualifier;
typedef struct _MI_SchemaDecl MI_SchemaDecl;
typedef struct _MI_ProviderFT MI_ProviderFT;
typedef struct _MI_Module MI_Module;
typedef struct _MI_InstanceFT MI_InstanceFT;
typedef struct _MI_Instance MI_Instance;
typedef struct _MI_ContextFT MI_ContextFT;
typedef struct _MI_Context MI_Context;
typedef struct _MI_QualifierSetFT MI_QualifierSetFT;
typedef struct _MI_QualifierSet MI_QualifierSet;
typedef struct _MI_ParameterSetFT MI_ParameterSetFT;
typedef struct _MI_ParameterSet MI_ParameterSet;
typedef struct _MI_ClassFT MI_ClassFT;
typedef struct _MI_Class MI_Class;
typedef struct _MI_OperationCallbacks MI_OperationCallbacks;
typedef struct _MI_SessionCallbacks MI_SessionCallbacks;
typedef struct _MI_UsernamePasswordCreds MI_UsernamePasswordCreds;
typedef struct _MI_UserCredentials MI_UserCredentials;
typedef struct _MI_SubscriptionDeliveryOptionsFT MI_SubscriptionDeliveryOptionsFT;
typedef struct _MI_SubscriptionDeliveryOptions MI_SubscriptionDeliveryOptions;
typedef struct _MI_Serializer MI_Serializer;
typedef struct _MI_Deserializer MI_Deserializer;
typedef struct _MI_SerializerFT MI_SerializerFT;
typedef struct _MI_DeserializerFT MI_DeserializerFT;
typedef struct _MI_ApplicationFT MI_ApplicationFT;
typedef struct _MI_HostedProviderFT MI_HostedProviderFT;
typedef struct _MI_SessionFT MI_SessionFT;
typedef struct _MI_OperationFT MI_OperationFT;
typedef struct _MI_DestinationOptionsFT MI_DestinationOptionsFT;
typedef struct _MI_OperationOptionsFT MI_OperationOptionsFT;
typedef struct _MI_Application MI_Application;
typedef struct _MI_Session MI_Session;
typedef struct _MI_Operation MI_Operation;
typedef struct _MI_HostedProvider MI_HostedProvider;
typedef struct _MI_DestinationOptions MI_DestinationOptions;
typedef struct _MI_OperationOptions MI_OperationOptions;
typedef struct _MI_UtilitiesFT MI_UtilitiesFT;
typedef struct _MI_ClientFT_V1 MI_ClientFT_V1;
typedef struct _MI_LifecycleIndicationContextFT MI_LifecycleIndicationContextFT;
typedef struct _MI_LifecycleIndicationContext MI_LifecycleIndicationContext;
typedef struct _MI_InstanceExFT MI_InstanceExFT;
/** State of a provider module; defined by the provider. */
typedef struct _MI_Module_Self MI_Module_Self;

/*
 * Enumerations. All are 4 bytes wide.
 */

/** Outcome of a call or an operation. The codes up to 28 are those of CIM operations (DSP0200,
 *  status codes; Microsoft Learn: MI_Result).
 */
typedef enum _MI_Result {
    /** Success. */
    MI_RESULT_OK = 0,
    /** Failure without a better code; see the error instance. */
    MI_RESULT_FAILED = 1,
    /** Not authenticated or not allowed. */
    MI_RESULT_ACCESS_DENIED = 2,
    /** No such namespace. */
    MI_RESULT_INVALID_NAMESPACE = 3,
    /** A NULL, stale, malformed or contradicting argument. */
    MI_RESULT_INVALID_PARAMETER = 4,
    /** No such class. */
    MI_RESULT_INVALID_CLASS = 5,
    /** No such object. */
    MI_RESULT_NOT_FOUND = 6,
    /** Known, but not available here. */
    MI_RESULT_NOT_SUPPORTED = 7,
    /** The class has subclasses. */
    MI_RESULT_CLASS_HAS_CHILDREN = 8,
    /** The class has instances. */
    MI_RESULT_CLASS_HAS_INSTANCES = 9,
    /** The superclass is missing, or there is none. */
    MI_RESULT_INVALID_SUPERCLASS = 10,
    /** The object or element exists. */
    MI_RESULT_ALREADY_EXISTS = 11,
    /** No such property or option. */
    MI_RESULT_NO_SUCH_PROPERTY = 12,
    /** The value has another type than declared. */
    MI_RESULT_TYPE_MISMATCH = 13,
    /** Unknown query dialect. */
    MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED = 14,
    /** The query text is wrong. */
    MI_RESULT_INVALID_QUERY = 15,
    /** The method is declared but cannot be called. */
    MI_RESULT_METHOD_NOT_AVAILABLE = 16,
    /** No such method. */
    MI_RESULT_METHOD_NOT_FOUND = 17,
    /** The namespace still holds objects. */
    MI_RESULT_NAMESPACE_NOT_EMPTY = 20,
    /** The server no longer knows the enumeration. */
    MI_RESULT_INVALID_ENUMERATION_CONTEXT = 21,
    /** The server refuses the time limit. */
    MI_RESULT_INVALID_OPERATION_TIMEOUT = 22,
    /** The enumeration was released meanwhile. */
    MI_RESULT_PULL_HAS_BEEN_ABANDONED = 23,
    /** The enumeration cannot be released now. */
    MI_RESULT_PULL_CANNOT_BE_ABANDONED = 24,
    /** The server cannot filter. */
    MI_RESULT_FILTERED_ENUMERATION_NOT_SUPPORTED = 25,
    /** The server cannot go on after an error. */
    MI_RESULT_CONTINUATION_ON_ERROR_NOT_SUPPORTED = 26,
    /** A quota of the server, or memory here, is used up. */
    MI_RESULT_SERVER_LIMITS_EXCEEDED = 27,
    /** The server is going down. */
    MI_RESULT_SERVER_IS_SHUTTING_DOWN = 28
} MI_Result;

/** Rough kind of an error, for people and scripts; property error_Category of an error instance
 *  (Microsoft Learn: MI_ErrorCategory).
 */
typedef enum _MI_ErrorCategory {
    /** Unknown kind. */
    MI_ERRORCATEGORY_NOT_SPECIFIED = 0,
    /** Could not open something. */
    MI_ERRORCATEGORY_OPEN_ERROR = 1,
    /** Could not close something; the spelling is historic. */
    MI_ERRORCATEGORY_CLOS_EERROR = 2,
    /** A device failed. */
    MI_ERRORCATEGORY_DEVICE_ERROR = 3,
    /** Two parties wait for each other. */
    MI_ERRORCATEGORY_DEADLOCK_DETECTED = 4,
    /** A wrong argument. */
    MI_ERRORCATEGORY_INVALID_ARGUMENT = 5,
    /** Wrong data. */
    MI_ERRORCATEGORY_INVALID_DATA = 6,
    /** Not possible in this state. */
    MI_ERRORCATEGORY_INVALID_OPERATION = 7,
    /** A result that makes no sense. */
    MI_ERRORCATEGORY_INVALID_RESULT = 8,
    /** A wrong type. */
    MI_ERRORCATEGORY_INVALID_TYPE = 9,
    /** A class or schema is wrong or missing. */
    MI_ERRORCATEGORY_METADATA_ERROR = 10,
    /** Not implemented. */
    MI_ERRORCATEGORY_NOT_IMPLEMENTED = 11,
    /** A component is missing. */
    MI_ERRORCATEGORY_NOT_INSTALLED = 12,
    /** No such object. */
    MI_ERRORCATEGORY_OBJECT_NOT_FOUND = 13,
    /** Cancelled or closed. */
    MI_ERRORCATEGORY_OPERATION_STOPPED = 14,
    /** Took too long. */
    MI_ERRORCATEGORY_OPERATION_TIMEOUT = 15,
    /** Text of a request is malformed. */
    MI_ERRORCATEGORY_SYNTAX_ERROR = 16,
    /** A document could not be parsed. */
    MI_ERRORCATEGORY_PARSER_ERROR = 17,
    /** Not allowed. */
    MI_ERRORCATEGORY_ACCESS_DENIED = 18,
    /** In use. */
    MI_ERRORCATEGORY_RESOURCE_BUSY = 19,
    /** Exists already. */
    MI_ERRORCATEGORY_RESOURCE_EXISTS = 20,
    /** Cannot be had now. */
    MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE = 21,
    /** Reading failed. */
    MI_ERRORCATEGORY_READ_ERROR = 22,
    /** Writing failed. */
    MI_ERRORCATEGORY_WRITE_ERROR = 23,
    /** Reported by another program. */
    MI_ERRORCATEGORY_FROM_STDERR = 24,
    /** A protection failed, such as a certificate check. */
    MI_ERRORCATEGORY_SECURITY_ERROR = 25,
    /** The peer broke the protocol. */
    MI_ERRORCATEGORY_PROTOCOL_ERROR = 26,
    /** No connection, or it broke. */
    MI_ERRORCATEGORY_CONNECTION_ERROR = 27,
    /** Logon failed. */
    MI_ERRORCATEGORY_AUTHENTICATION_ERROR = 28,
    /** A limit was hit. */
    MI_ERRORCATEGORY_LIMITS_EXCEEDED = 29,
    /** A quota is used up. */
    MI_ERRORCATEGORY_QUOTA_EXCEEDED = 30,
    /** Switched off. */
    MI_ERRORCATEGORY_NOT_ENABLED = 31
} MI_ErrorCategory;

/** Type of a value. Array types are the type of one element plus MI_ARRAY. */
typedef enum _MI_Type {
    MI_BOOLEAN = 0,     /**< MI_Value.boolean */
    MI_UINT8 = 1,       /**< MI_Value.uint8 */
    MI_SINT8 = 2,       /**< MI_Value.sint8 */
    MI_UINT16 = 3,      /**< MI_Value.uint16 */
    MI_SINT16 = 4,      /**< MI_Value.sint16 */
    MI_UINT32 = 5,      /**< MI_Value.uint32 */
    MI_SINT32 = 6,      /**< MI_Value.sint32 */
    MI_UINT64 = 7,      /**< MI_Value.uint64 */
    MI_SINT64 = 8,      /**< MI_Value.sint64 */
    MI_REAL32 = 9,      /**< MI_Value.real32 */
    MI_REAL64 = 10,     /**< MI_Value.real64 */
    MI_CHAR16 = 11,     /**< MI_Value.char16 */
    MI_DATETIME = 12,   /**< MI_Value.datetime */
    MI_STRING = 13,     /**< MI_Value.string */
    MI_REFERENCE = 14,  /**< MI_Value.reference */
    MI_INSTANCE = 15,   /**< MI_Value.instance */
    MI_BOOLEANA = 16,   /**< MI_Value.booleana */
    MI_UINT8A = 17,     /**< MI_Value.uint8a */
    MI_SINT8A = 18,     /**< MI_Value.sint8a */
    MI_UINT16A = 19,    /**< MI_Value.uint16a */
    MI_SINT16A = 20,    /**< MI_Value.sint16a */
    MI_UINT32A = 21,    /**< MI_Value.uint32a */
    MI_SINT32A = 22,    /**< MI_Value.sint32a */
    MI_UINT64A = 23,    /**< MI_Value.uint64a */
    MI_SINT64A = 24,    /**< MI_Value.sint64a */
    MI_REAL32A = 25,    /**< MI_Value.real32a */
    MI_REAL64A = 26,    /**< MI_Value.real64a */
    MI_CHAR16A = 27,    /**< MI_Value.char16a */
    MI_DATETIMEA = 28,  /**< MI_Value.datetimea */
    MI_STRINGA = 29,    /**< MI_Value.stringa */
    MI_REFERENCEA = 30, /**< MI_Value.referencea */
    MI_INSTANCEA = 31,  /**< MI_Value.instancea */
    MI_ARRAY = 16       /**< The bit that makes a type an array of it. */
} MI_Type;

/** Why an operation is cancelled. Informative only: all reasons have the same effect. */
typedef enum _MI_CancellationReason {
    MI_REASON_NONE = 0,       /**< No particular reason. */
    MI_REASON_TIMEOUT = 1,    /**< It took too long. */
    MI_REASON_SHUTDOWN = 2,   /**< The computer goes down. */
    MI_REASON_SERVICESTOP = 3 /**< The service stops. */
} MI_CancellationReason;

/** MI_CancellationReason with one l, as older code spells it. */
#define MI_CancelationReason  MI_CancellationReason
#define _MI_CancelationReason _MI_CancellationReason

/** How weighty a question of the server is. */
typedef enum _MI_PromptType {
    MI_PROMPTTYPE_NORMAL = 0,  /**< An ordinary question. */
    MI_PROMPTTYPE_CRITICAL = 1 /**< A question about something hard to undo. */
} MI_PromptType;

/** What the server does with prompts and errors that do not end the operation. */
typedef enum _MI_CallbackMode {
    MI_CALLBACKMODE_REPORT = 0,  /**< Tell the client and go on. */
    MI_CALLBACKMODE_INQUIRE = 1, /**< Ask the client and wait for its answer. */
    MI_CALLBACKMODE_IGNORE = 2   /**< Do not tell the client. */
} MI_CallbackMode;

/** Word size of the provider that is to serve a request. */
typedef enum _MI_ProviderArchitecture {
    MI_PROVIDER_ARCHITECTURE_32BIT = 0, /**< 32 bits. */
    MI_PROVIDER_ARCHITECTURE_64BIT = 1  /**< 64 bits. */
} MI_ProviderArchitecture;

/** Which of a request's languages a provider asks for. */
typedef enum _MI_LocaleType {
    MI_LOCALE_TYPE_REQUESTED_UI = 0,   /**< Language asked for in messages. */
    MI_LOCALE_TYPE_REQUESTED_DATA = 1, /**< Language asked for in data. */
    MI_LOCALE_TYPE_CLOSEST_UI = 2,     /**< Nearest installed language for messages. */
    MI_LOCALE_TYPE_CLOSEST_DATA = 3    /**< Nearest installed language for data. */
} MI_LocaleType;

/** Answer to a prompt or to a non-fatal error. */
typedef enum _MI_OperationCallback_ResponseType {
    /** Stop. */
    MI_OperationCallback_ResponseType_No = 0,
    /** Go on. */
    MI_OperationCallback_ResponseType_Yes = 1,
    /** Stop, and stop at later questions too. */
    MI_OperationCallback_ResponseType_NoToAll = 2,
    /** Go on, and do so at later questions too. */
    MI_OperationCallback_ResponseType_YesToAll = 3
} MI_OperationCallback_ResponseType;

/** Who opens the connection on which indications travel. */
typedef enum _MI_SubscriptionDeliveryType {
    MI_SubscriptionDeliveryType_Pull = 1, /**< The client asks for indications. */
    MI_SubscriptionDeliveryType_Push = 2  /**< The server connects to the client; not on POSIX. */
} MI_SubscriptionDeliveryType;

/** How far the server may act as the caller; DCOM only. */
typedef enum _MI_DestinationOptions_ImpersonationType {
    /** Let the transport choose. */
    MI_DestinationOptions_ImpersonationType_Default = 0,
    /** The caller stays anonymous. */
    MI_DestinationOptions_ImpersonationType_None = 1,
    /** The server may learn who calls. */
    MI_DestinationOptions_ImpersonationType_Identify = 2,
    /** The server may act as the caller on its own computer. */
    MI_DestinationOptions_ImpersonationType_Impersonate = 3,
    /** The server may act as the caller on other computers too. */
    MI_DestinationOptions_ImpersonationType_Delegate = 4
} MI_DestinationOptions_ImpersonationType;

/*
 * Flags (MI_FLAG_...) of classes, properties, methods, parameters, qualifiers and values. Which
 * bits mean something depends on what carries them.
 */

/** Qualifier scope: classes. */
#define MI_FLAG_CLASS 0x00000001
/** Qualifier scope: methods. */
#define MI_FLAG_METHOD 0x00000002
/** Qualifier scope: properties. */
#define MI_FLAG_PROPERTY 0x00000004
/** Qualifier scope: parameters. */
#define MI_FLAG_PARAMETER 0x00000008
/** Qualifier scope: associations. On a class: it is an association. */
#define MI_FLAG_ASSOCIATION 0x00000010
/** Qualifier scope: indications. On a class: it is an indication. */
#define MI_FLAG_INDICATION 0x00000020
/** Qualifier scope: references. */
#define MI_FLAG_REFERENCE 0x00000040
/** Qualifier scope: everything. */
#define MI_FLAG_ANY 0x0000007F
/** Qualifier flavour: subclasses may override it. */
#define MI_FLAG_ENABLEOVERRIDE 0x00000080
/** Qualifier flavour: subclasses must keep it. */
#define MI_FLAG_DISABLEOVERRIDE 0x00000100
/** Qualifier flavour: not inherited. */
#define MI_FLAG_RESTRICTED 0x00000200
/** Qualifier flavour: inherited. */
#define MI_FLAG_TOSUBCLASS 0x00000400
/** Qualifier flavour: text in several languages. */
#define MI_FLAG_TRANSLATABLE 0x00000800
/** On a class only (the bit means MI_FLAG_KEY elsewhere): its instances have the longer table
 *  MI_InstanceExFT.
 */
#define MI_FLAG_EXTENDED 0x00001000
/** The property is a key. */
#define MI_FLAG_KEY 0x00001000
/** The parameter goes to the method. */
#define MI_FLAG_IN 0x00002000
/** The parameter comes from the method. */
#define MI_FLAG_OUT 0x00004000
/** The property or parameter must not be null. */
#define MI_FLAG_REQUIRED 0x00008000
/** The property or method belongs to the class, not to an instance. */
#define MI_FLAG_STATIC 0x00010000
/** The class has no instances of its own. */
#define MI_FLAG_ABSTRACT 0x00020000
/** The class has no subclasses. */
#define MI_FLAG_TERMINAL 0x00040000
/** The property is slow to fetch; see MI_OPERATIONFLAGS_EXPENSIVE_PROPERTIES. */
#define MI_FLAG_EXPENSIVE 0x00080000
/** The parameter is delivered in pieces. */
#define MI_FLAG_STREAM 0x00100000
/** The property cannot be written. */
#define MI_FLAG_READONLY 0x00200000
/** Qualifier flavour: carried over to instances. */
#define MI_FLAG_TOINSTANCE 0x00400000
/** The value of an element was not set by the client, so it is not sent. */
#define MI_FLAG_NOT_MODIFIED 0x02000000
/** Bits that hold a version in generated code. */
#define MI_FLAG_VERSION 0x1C000000
/** The value is null; the MI_Value beside it has no meaning. */
#define MI_FLAG_NULL 0x20000000
/** Setting: keep the pointers of the value. They must outlive the instance. */
#define MI_FLAG_BORROW 0x40000000
/** Setting: hand the memory of the value over to the instance. Not together with MI_FLAG_BORROW.
 *  Unsigned.
 */
#define MI_FLAG_ADOPT 0x80000000

/*
 * Flags (MI_OPERATIONFLAGS_...) for the functions that start operations: at most one RTTI choice,
 * at most one polymorphism choice, any of the others.
 */

/** The default: returning from a result callback acknowledges the result. */
#define MI_OPERATIONFLAGS_AUTOMATIC_ACK_RESULTS 0x0000
/** The default: the protocol chooses how exact types are. POSIX: the declared types where the
 *  class can be had, otherwise strings.
 */
#define MI_OPERATIONFLAGS_DEFAULT_RTTI 0x0000
/** The default: qualifier text is not translated. */
#define MI_OPERATIONFLAGS_NON_LOCALIZED_QUALIFIERS 0x0000
/** The default: instances of subclasses come too, with all their properties. */
#define MI_OPERATIONFLAGS_POLYMORPHISM_DEEP 0x0000
/** Each result is acknowledged through its resultAcknowledgement function; no further result comes
 *  before.
 */
#define MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS 0x0001
/** Types as far as they can be told; classes without hierarchy. */
#define MI_OPERATIONFLAGS_BASIC_RTTI 0x0002
/** Exact types and the whole class hierarchy, at the price of fetching it. */
#define MI_OPERATIONFLAGS_FULL_RTTI 0x0004
/** Ask for qualifier text in the language of the session. POSIX: without effect, as no form of it
 *  on the wire is published; the server chooses after the session's UI locale.
 */
#define MI_OPERATIONFLAGS_LOCALIZED_QUALIFIERS 0x0008
/** Also fetch properties marked MI_FLAG_EXPENSIVE. POSIX: without effect, as no form of it on the
 *  wire is published; the server chooses.
 */
#define MI_OPERATIONFLAGS_EXPENSIVE_PROPERTIES 0x0040
/** The default: leave out properties that are slow to fetch. Some Windows headers give this name
 *  0x40, which is the bit that asks for the opposite.
 */
#define MI_OPERATIONFLAGS_NON_EXPENSIVE_PROPERTIES_ONLY 0x0000
/** Only instances of the named class itself. */
#define MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW 0x0080
/** Instances of subclasses come too, reduced to the properties of the named class. */
#define MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY 0x0180
/** Allow one early result without object, with moreResults MI_TRUE, when the server has taken the
 *  request up.
 */
#define MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED 0x0200
/** No types: every property is a string. Fastest. */
#define MI_OPERATIONFLAGS_NO_RTTI 0x0400
/** Exact types and as much hierarchy as is at hand. An operation whose class cannot be fetched
 *  fails at once.
 */
#define MI_OPERATIONFLAGS_STANDARD_RTTI 0x0800

/*
 * Constants of the client API. String constants are MI_Char literals.
 */

/** Serializing a class: include its parent classes. */
#define MI_SERIALIZER_FLAGS_CLASS_DEEP 1
/** Serializing an instance: include its class. */
#define MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS 1

/** Message channel: warnings. */
#define MI_WRITEMESSAGE_CHANNEL_WARNING 0
/** Message channel: details. */
#define MI_WRITEMESSAGE_CHANNEL_VERBOSE 1
/** Message channel: diagnostics. */
#define MI_WRITEMESSAGE_CHANNEL_DEBUG 2

/** Error type: the code is an errno value. */
#define MI_RESULT_TYPE_ERRNO MI_T("ERRNO")
/** Error type: the code is an HRESULT. */
#define MI_RESULT_TYPE_HRESULT MI_T("HRESULT")
/** Error type: the code is an MI_Result. */
#define MI_RESULT_TYPE_MI MI_T("MI")
/** Error type: the code is a Windows system error. */
#define MI_RESULT_TYPE_WIN32 MI_T("WIN32")
/** Error type: the code is a WS-Management error. */
#define MI_RESULT_TYPE_WINRM MI_T("WINRM")

/** Query dialect: CIM query language (DSP0202). */
#define MI_QUERY_DIALECT_CQL MI_T("CQL")
/** Query dialect: selector filter (DSP0226). */
#define MI_QUERY_DIALECT_SELECTOR MI_T("selectorFilter")
/** Query dialect: WMI query language. */
#define MI_QUERY_DIALECT_WQL MI_T("WQL")

/** Authentication: HTTP Basic, with user name and password (RFC 7617). Over plain HTTP it is
 *  refused on POSIX unless MI_DestinationOptions_SetPacketPrivacy() was called with MI_FALSE.
 */
#define MI_AUTH_TYPE_BASIC MI_T("Basic")
/** Authentication: a TLS client certificate, by thumbprint. Windows looks for it in the user's
 *  store. POSIX: it is the one of MI_DestinationOptions_SetCertFile(), and must have the thumbprint
 *  (SHA-1 or SHA-256, colons and blanks allowed) unless that is empty. HTTPS only.
 */
#define MI_AUTH_TYPE_CLIENT_CERTS MI_T("ClientCerts")
/** Authentication: CredSSP, which delegates user name and password to the server (MS-CSSP). */
#define MI_AUTH_TYPE_CREDSSP MI_T("CredSSP")
/** Authentication: let the transport choose; no credentials. */
#define MI_AUTH_TYPE_DEFAULT MI_T("Default")
/** Authentication: HTTP Digest, with user name and password (RFC 7616). */
#define MI_AUTH_TYPE_DIGEST MI_T("Digest")
/** Authentication: a TLS client certificate, by the thumbprint of its issuer. POSIX: as
 *  MI_AUTH_TYPE_CLIENT_CERTS, but one of the other certificates in the file must have it.
 */
#define MI_AUTH_TYPE_ISSUER_CERT MI_T("IssuerCert")
/** Authentication: Kerberos only, with user name and password. */
#define MI_AUTH_TYPE_KERBEROS MI_T("Kerberos")
/** Authentication: Negotiate as the identity the process has. */
#define MI_AUTH_TYPE_NEGO_NO_CREDS MI_T("NegoNoCreds")
/** Authentication: Negotiate, with user name and password (RFC 4559). */
#define MI_AUTH_TYPE_NEGO_WITH_CREDS MI_T("NegoWithCreds")
/** Authentication: none. */
#define MI_AUTH_TYPE_NONE MI_T("None")
/** Authentication: NTLM, with user name and password. */
#define MI_AUTH_TYPE_NTLM MI_T("Ntlmdomain")

/** MI_DESTINATIONOPTIONS_TRANSPORT_HTTPS as the Windows header spells it. */
#define MI_DESTINATIONOPTIONS_TRANPSORT_HTTPS MI_T("HTTPS")
/** Transport: HTTP. */
#define MI_DESTINATIONOPTIONS_TRANSPORT_HTTP MI_T("HTTP")
/** Transport: HTTPS. */
#define MI_DESTINATIONOPTIONS_TRANSPORT_HTTPS MI_T("HTTPS")

/** Encoding of messages: the transport's own, UTF-8 for WS-Management. */
#define MI_DESTINATIONOPTIONS_PACKET_ENCODING_DEFAULT MI_T("default")
/** Encoding of messages: UTF-16. */
#define MI_DESTINATIONOPTIONS_PACKET_ENCODING_UTF16 MI_T("UTF16")
/** Encoding of messages: UTF-8. */
#define MI_DESTINATIONOPTIONS_PACKET_ENCODING_UTF8 MI_T("UTF8")
/** Proxy: discovered. */
#define MI_DESTINATIONOPTIONS_PROXY_TYPE_AUTO MI_T("Auto")
/** Proxy: as the user's Internet settings say (Windows). */
#define MI_DESTINATIONOPTIONS_PROXY_TYPE_IE MI_T("IE")
/** Proxy: none. */
#define MI_DESTINATIONOPTIONS_PROXY_TYPE_NONE MI_T("None")
/** Proxy: as the WinHTTP settings of the computer say (Windows). */
#define MI_DESTINATIONOPTIONS_PROXY_TYPE_WINHTTP MI_T("WinHTTP")

/** Bookmark: only indications from now on. An MI_Char literal on both platforms. */
#define MI_SUBSCRIBE_BOOKMARK_NEWEST MI_T("MI_SUBSCRIBE_BOOKMARK_NEWEST")
/** Bookmark: start with the oldest indication the source still has. An MI_Char literal on both
 *  platforms.
 */
#define MI_SUBSCRIBE_BOOKMARK_OLDEST MI_T("MI_SUBSCRIBE_BOOKMARK_OLDEST")

/** Initialiser of an MI_Application that is not open. */
#define MI_APPLICATION_NULL                                                                        \
    {                                                                                              \
        0, 0, NULL                                                                                 \
    }
/** Initialiser of MI_DestinationOptions not yet made. */
#define MI_DESTINATIONOPTIONS_NULL                                                                 \
    {                                                                                              \
        0, 0, NULL                                                                                 \
    }
/** Initialiser of an MI_HostedProvider not yet made. */
#define MI_HOSTEDPROVIDER_NULL                                                                     \
    {                                                                                              \
        0, 0, NULL                                                                                 \
    }
/** Initialiser of MI_OperationCallbacks with nothing set. */
#define MI_OPERATIONCALLBACKS_NULL                                                                 \
    {                                                                                              \
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL                                       \
    }
/** Initialiser of MI_OperationOptions not yet made. */
#define MI_OPERATIONOPTIONS_NULL                                                                   \
    {                                                                                              \
        0, 0, NULL                                                                                 \
    }
/** Initialiser of an MI_Operation not yet started. */
#define MI_OPERATION_NULL                                                                          \
    {                                                                                              \
        0, 0, NULL                                                                                 \
    }
/** Initialiser of MI_SessionCallbacks with nothing set. */
#define MI_SESSIONCALLBACKS_NULL                                                                   \
    {                                                                                              \
        NULL, NULL, NULL                                                                           \
    }
/** Initialiser of an MI_Session that is not open. */
#define MI_SESSION_NULL                                                                            \
    {                                                                                              \
        0, 0, NULL                                                                                 \
    }
/** Initialiser of MI_SubscriptionDeliveryOptions not yet made. */
#define MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL                                                        \
    {                                                                                              \
        0, 0, NULL                                                                                 \
    }

/*
 * Constants for providers and generated provider code.
 */

/** Generated with the standard qualifiers. */
#define MI_MODULE_FLAG_STANDARD_QUALIFIERS 0x0001
/** Generated with Description qualifiers. */
#define MI_MODULE_FLAG_DESCRIPTIONS 0x0002
/** Generated with Values qualifiers. */
#define MI_MODULE_FLAG_VALUES 0x0004
/** Generated with MappingStrings qualifiers. */
#define MI_MODULE_FLAG_MAPPING_STRINGS 0x0008
/** Generated with boolean qualifiers. */
#define MI_MODULE_FLAG_BOOLEANS 0x0010
/** Generated as C++. */
#define MI_MODULE_FLAG_CPLUSPLUS 0x0020
/** Text is localised. */
#define MI_MODULE_FLAG_LOCALIZED 0x0040
/** The providers evaluate filters. */
#define MI_MODULE_FLAG_FILTER_SUPPORT 0x0080

/** No lifecycle event. */
#define MI_LIFECYCLE_INDICATION_NONE 0
/** An instance was created. */
#define MI_LIFECYCLE_INDICATION_CREATE 1
/** An instance was modified. */
#define MI_LIFECYCLE_INDICATION_MODIFY 2
/** An instance was deleted. */
#define MI_LIFECYCLE_INDICATION_DELETE 4
/** An instance was read. */
#define MI_LIFECYCLE_INDICATION_READ 8
/** A method was called. */
#define MI_LIFECYCLE_INDICATION_METHODCALL 16
/** Every lifecycle event. */
#define MI_LIFECYCLE_INDICATION_ALL 31

/** Room for a language tag in MI_Context_GetLocale(), in MI_Char, terminator included. */
#define MI_MAX_LOCALE_SIZE 128

/*
 * Date and time (DSP0004, datetime).
 */

/** A point in time. DSP0004 reserves a few values of year 0 and 9999 for "now" and the infinite
 *  past and future.
 */
typedef struct _MI_Timestamp {
    MI_Uint32 year;         /**< 0 to 9999. */
    MI_Uint32 month;        /**< 1 to 12. */
    MI_Uint32 day;          /**< 1 to 31. */
    MI_Uint32 hour;         /**< 0 to 23. */
    MI_Uint32 minute;       /**< 0 to 59. */
    MI_Uint32 second;       /**< 0 to 59. */
    MI_Uint32 microseconds; /**< 0 to 999999. */
    MI_Sint32 utc;          /**< Offset from UTC in minutes, positive to the east. */
} MI_Timestamp;

/** A length of time. The padding must be 0. */
typedef struct _MI_Interval {
    MI_Uint32 days;         /**< 0 to 99999999. */
    MI_Uint32 hours;        /**< 0 to 23. */
    MI_Uint32 minutes;      /**< 0 to 59. */
    MI_Uint32 seconds;      /**< 0 to 59. */
    MI_Uint32 microseconds; /**< 0 to 999999. */
    MI_Uint32 __padding1;   /**< 0. */
    MI_Uint32 __padding2;   /**< 0. */
    MI_Uint32 __padding3;   /**< 0. */
} MI_Interval;

/** A point in time or a length of time. Text with wildcards has no form here. */
typedef struct _MI_Datetime {
    MI_Uint32 isTimestamp; /**< Non-zero: u.timestamp counts; 0: u.interval. */
    /** The value. */
    union {
        MI_Timestamp timestamp; /**< Point in time. */
        MI_Interval interval;   /**< Length of time. */
    } u;
} MI_Datetime;

/*
 * Arrays: a pointer and a number of elements. All are laid out alike, as MI_Array; size counts
 * elements, and data may be NULL when size is 0.
 */

/** Array of MI_Boolean values. */
typedef struct _MI_BooleanA {
    MI_Boolean *data;
    MI_Uint32 size;
} MI_BooleanA;

/** Array of MI_Uint8 values. */
typedef struct _MI_Uint8A {
    MI_Uint8 *data;
    MI_Uint32 size;
} MI_Uint8A;

/** Array of MI_Sint8 values. */
typedef struct _MI_Sint8A {
    MI_Sint8 *data;
    MI_Uint32 size;
} MI_Sint8A;

/** Array of MI_Uint16 values. */
typedef struct _MI_Uint16A {
    MI_Uint16 *data;
    MI_Uint32 size;
} MI_Uint16A;

/** Array of MI_Sint16 values. */
typedef struct _MI_Sint16A {
    MI_Sint16 *data;
    MI_Uint32 size;
} MI_Sint16A;

/** Array of MI_Uint32 values. */
typedef struct _MI_Uint32A {
    MI_Uint32 *data;
    MI_Uint32 size;
} MI_Uint32A;

/** Array of MI_Sint32 values. */
typedef struct _MI_Sint32A {
    MI_Sint32 *data;
    MI_Uint32 size;
} MI_Sint32A;

/** Array of MI_Uint64 values. */
typedef struct _MI_Uint64A {
    MI_Uint64 *data;
    MI_Uint32 size;
} MI_Uint64A;

/** Array of MI_Sint64 values. */
typedef struct _MI_Sint64A {
    MI_Sint64 *data;
    MI_Uint32 size;
} MI_Sint64A;

/** Array of MI_Real32 values. */
typedef struct _MI_Real32A {
    MI_Real32 *data;
    MI_Uint32 size;
} MI_Real32A;

/** Array of MI_Real64 values. */
typedef struct _MI_Real64A {
    MI_Real64 *data;
    MI_Uint32 size;
} MI_Real64A;

/** Array of MI_Char16 values. */
typedef struct _MI_Char16A {
    MI_Char16 *data;
    MI_Uint32 size;
} MI_Char16A;

/** Array of MI_Datetime values. */
typedef struct _MI_DatetimeA {
    MI_Datetime *data;
    MI_Uint32 size;
} MI_DatetimeA;

/** Array of MI_Char strings. */
typedef struct _MI_StringA {
    MI_Char **data;
    MI_Uint32 size;
} MI_StringA;

/** Array of references (MI_Instance pointers). */
typedef struct _MI_ReferenceA {
    struct _MI_Instance **data;
    MI_Uint32 size;
} MI_ReferenceA;

/** Array of embedded instances (MI_Instance pointers). */
typedef struct _MI_InstanceA {
    MI_Instance **data;
    MI_Uint32 size;
} MI_InstanceA;

/** Any array; every array type has this layout. */
typedef struct _MI_Array {
    void *data;     /**< First element. */
    MI_Uint32 size; /**< Number of elements. */
} MI_Array;

/** Read-only array of MI_Boolean values. */
typedef struct _MI_ConstBooleanA {
    const MI_Boolean *data;
    MI_Uint32 size;
} MI_ConstBooleanA;

/** Read-only array of MI_Uint8 values. */
typedef struct _MI_ConstUint8A {
    const MI_Uint8 *data;
    MI_Uint32 size;
} MI_ConstUint8A;

/** Read-only array of MI_Sint8 values. */
typedef struct _MI_ConstSint8A {
    const MI_Sint8 *data;
    MI_Uint32 size;
} MI_ConstSint8A;

/** Read-only array of MI_Uint16 values. */
typedef struct _MI_ConstUint16A {
    const MI_Uint16 *data;
    MI_Uint32 size;
} MI_ConstUint16A;

/** Read-only array of MI_Sint16 values. */
typedef struct _MI_ConstSint16A {
    const MI_Sint16 *data;
    MI_Uint32 size;
} MI_ConstSint16A;

/** Read-only array of MI_Uint32 values. */
typedef struct _MI_ConstUint32A {
    const MI_Uint32 *data;
    MI_Uint32 size;
} MI_ConstUint32A;

/** Read-only array of MI_Sint32 values. */
typedef struct _MI_ConstSint32A {
    const MI_Sint32 *data;
    MI_Uint32 size;
} MI_ConstSint32A;

/** Read-only array of MI_Uint64 values. */
typedef struct _MI_ConstUint64A {
    const MI_Uint64 *data;
    MI_Uint32 size;
} MI_ConstUint64A;

/** Read-only array of MI_Sint64 values. */
typedef struct _MI_ConstSint64A {
    const MI_Sint64 *data;
    MI_Uint32 size;
} MI_ConstSint64A;

/** Read-only array of MI_Real32 values. */
typedef struct _MI_ConstReal32A {
    const MI_Real32 *data;
    MI_Uint32 size;
} MI_ConstReal32A;

/** Read-only array of MI_Real64 values. */
typedef struct _MI_ConstReal64A {
    const MI_Real64 *data;
    MI_Uint32 size;
} MI_ConstReal64A;

/** Read-only array of MI_Char16 values. */
typedef struct _MI_ConstChar16A {
    const MI_Char16 *data;
    MI_Uint32 size;
} MI_ConstChar16A;

/** Read-only array of MI_Datetime values. */
typedef struct _MI_ConstDatetimeA {
    const MI_Datetime *data;
    MI_Uint32 size;
} MI_ConstDatetimeA;

/** Read-only array of MI_Char strings. */
typedef struct _MI_ConstStringA {
    const MI_Char *const *data;
    MI_Uint32 size;
} MI_ConstStringA;

/** Read-only array of references (MI_Instance pointers). */
typedef struct _MI_ConstReferenceA {
    const MI_Instance *const *data;
    MI_Uint32 size;
} MI_ConstReferenceA;

/** Read-only array of embedded instances (MI_Instance pointers). */
typedef struct _MI_ConstInstanceA {
    const MI_Instance *const *data;
    MI_Uint32 size;
} MI_ConstInstanceA;

/*
 * Values.
 */

/** A value of any MI_Type, which is kept beside it. Pointers in it belong to whoever owns the
 *  value.
 */
union _MI_Value {
    MI_Boolean boolean;       /**< MI_BOOLEAN */
    MI_Uint8 uint8;           /**< MI_UINT8 */
    MI_Sint8 sint8;           /**< MI_SINT8 */
    MI_Uint16 uint16;         /**< MI_UINT16 */
    MI_Sint16 sint16;         /**< MI_SINT16 */
    MI_Uint32 uint32;         /**< MI_UINT32 */
    MI_Sint32 sint32;         /**< MI_SINT32 */
    MI_Uint64 uint64;         /**< MI_UINT64 */
    MI_Sint64 sint64;         /**< MI_SINT64 */
    MI_Real32 real32;         /**< MI_REAL32 */
    MI_Real64 real64;         /**< MI_REAL64 */
    MI_Char16 char16;         /**< MI_CHAR16 */
    MI_Datetime datetime;     /**< MI_DATETIME */
    MI_Char *string;          /**< MI_STRING */
    MI_Instance *instance;    /**< MI_INSTANCE */
    MI_Instance *reference;   /**< MI_REFERENCE */
    MI_BooleanA booleana;     /**< MI_BOOLEANA */
    MI_Uint8A uint8a;         /**< MI_UINT8A */
    MI_Sint8A sint8a;         /**< MI_SINT8A */
    MI_Uint16A uint16a;       /**< MI_UINT16A */
    MI_Sint16A sint16a;       /**< MI_SINT16A */
    MI_Uint32A uint32a;       /**< MI_UINT32A */
    MI_Sint32A sint32a;       /**< MI_SINT32A */
    MI_Uint64A uint64a;       /**< MI_UINT64A */
    MI_Sint64A sint64a;       /**< MI_SINT64A */
    MI_Real32A real32a;       /**< MI_REAL32A */
    MI_Real64A real64a;       /**< MI_REAL64A */
    MI_Char16A char16a;       /**< MI_CHAR16A */
    MI_DatetimeA datetimea;   /**< MI_DATETIMEA */
    MI_StringA stringa;       /**< MI_STRINGA */
    MI_ReferenceA referencea; /**< MI_REFERENCEA */
    MI_InstanceA instancea;   /**< MI_INSTANCEA */
    MI_Array array;           /**< Any array type. */
};

/*
 * Fields: the properties of structures that a class generator writes. Each has the value, exists
 * (MI_FALSE means the property is null) and flags (how its memory is held; the business of the
 * library).
 */

/** Property of a class that holds one MI_Boolean, declared writable. */
typedef struct _MI_BooleanField {
    MI_Boolean value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_BooleanField;

/** Property of a class that holds one MI_Sint8, declared writable. */
typedef struct _MI_Sint8Field {
    MI_Sint8 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Sint8Field;

/** Property of a class that holds one MI_Uint8, declared writable. */
typedef struct _MI_Uint8Field {
    MI_Uint8 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Uint8Field;

/** Property of a class that holds one MI_Sint16, declared writable. */
typedef struct _MI_Sint16Field {
    MI_Sint16 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Sint16Field;

/** Property of a class that holds one MI_Uint16, declared writable. */
typedef struct _MI_Uint16Field {
    MI_Uint16 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Uint16Field;

/** Property of a class that holds one MI_Sint32, declared writable. */
typedef struct _MI_Sint32Field {
    MI_Sint32 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Sint32Field;

/** Property of a class that holds one MI_Uint32, declared writable. */
typedef struct _MI_Uint32Field {
    MI_Uint32 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Uint32Field;

/** Property of a class that holds one MI_Sint64, declared writable. */
typedef struct _MI_Sint64Field {
    MI_Sint64 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Sint64Field;

/** Property of a class that holds one MI_Uint64, declared writable. */
typedef struct _MI_Uint64Field {
    MI_Uint64 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Uint64Field;

/** Property of a class that holds one MI_Real32, declared writable. */
typedef struct _MI_Real32Field {
    MI_Real32 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Real32Field;

/** Property of a class that holds one MI_Real64, declared writable. */
typedef struct _MI_Real64Field {
    MI_Real64 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Real64Field;

/** Property of a class that holds one MI_Char16, declared writable. */
typedef struct _MI_Char16Field {
    MI_Char16 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Char16Field;

/** Property of a class that holds one MI_Datetime, declared writable. */
typedef struct _MI_DatetimeField {
    MI_Datetime value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_DatetimeField;

/** Property of a class that holds a string, declared writable. */
typedef struct _MI_StringField {
    MI_Char *value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_StringField;

/** Property of a class that holds a reference, declared writable. */
typedef struct _MI_ReferenceField {
    MI_Instance *value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ReferenceField;

/** Property of a class that holds an embedded instance, declared writable. */
typedef struct _MI_InstanceField {
    MI_Instance *value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_InstanceField;

/** Property of a class that holds an array of MI_Boolean values, declared writable. */
typedef struct _MI_BooleanAField {
    MI_BooleanA value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_BooleanAField;

/** Property of a class that holds an array of MI_Uint8 values, declared writable. */
typedef struct _MI_Uint8AField {
    MI_Uint8A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Uint8AField;

/** Property of a class that holds an array of MI_Sint8 values, declared writable. */
typedef struct _MI_Sint8AField {
    MI_Sint8A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Sint8AField;

/** Property of a class that holds an array of MI_Uint16 values, declared writable. */
typedef struct _MI_Uint16AField {
    MI_Uint16A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Uint16AField;

/** Property of a class that holds an array of MI_Sint16 values, declared writable. */
typedef struct _MI_Sint16AField {
    MI_Sint16A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Sint16AField;

/** Property of a class that holds an array of MI_Uint32 values, declared writable. */
typedef struct _MI_Uint32AField {
    MI_Uint32A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Uint32AField;

/** Property of a class that holds an array of MI_Sint32 values, declared writable. */
typedef struct _MI_Sint32AField {
    MI_Sint32A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Sint32AField;

/** Property of a class that holds an array of MI_Uint64 values, declared writable. */
typedef struct _MI_Uint64AField {
    MI_Uint64A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Uint64AField;

/** Property of a class that holds an array of MI_Sint64 values, declared writable. */
typedef struct _MI_Sint64AField {
    MI_Sint64A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Sint64AField;

/** Property of a class that holds an array of MI_Real32 values, declared writable. */
typedef struct _MI_Real32AField {
    MI_Real32A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Real32AField;

/** Property of a class that holds an array of MI_Real64 values, declared writable. */
typedef struct _MI_Real64AField {
    MI_Real64A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Real64AField;

/** Property of a class that holds an array of MI_Char16 values, declared writable. */
typedef struct _MI_Char16AField {
    MI_Char16A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_Char16AField;

/** Property of a class that holds an array of MI_Datetime values, declared writable. */
typedef struct _MI_DatetimeAField {
    MI_DatetimeA value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_DatetimeAField;

/** Property of a class that holds an array of MI_Char strings, declared writable. */
typedef struct _MI_StringAField {
    MI_StringA value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_StringAField;

/** Property of a class that holds an array of references (MI_Instance pointers), declared
 *  writable.
 */
typedef struct _MI_ReferenceAField {
    MI_ReferenceA value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ReferenceAField;

/** Property of a class that holds an array of embedded instances (MI_Instance pointers), declared
 *  writable.
 */
typedef struct _MI_InstanceAField {
    MI_InstanceA value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_InstanceAField;

/** Property whose value is an array of any type. */
typedef struct _MI_ArrayField {
    MI_Array value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ArrayField;

/** Property of a class that holds one MI_Boolean, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstBooleanField {
    MI_Boolean value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstBooleanField;

/** Property of a class that holds one MI_Sint8, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstSint8Field {
    MI_Sint8 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstSint8Field;

/** Property of a class that holds one MI_Uint8, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstUint8Field {
    MI_Uint8 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstUint8Field;

/** Property of a class that holds one MI_Sint16, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstSint16Field {
    MI_Sint16 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstSint16Field;

/** Property of a class that holds one MI_Uint16, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstUint16Field {
    MI_Uint16 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstUint16Field;

/** Property of a class that holds one MI_Sint32, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstSint32Field {
    MI_Sint32 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstSint32Field;

/** Property of a class that holds one MI_Uint32, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstUint32Field {
    MI_Uint32 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstUint32Field;

/** Property of a class that holds one MI_Sint64, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstSint64Field {
    MI_Sint64 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstSint64Field;

/** Property of a class that holds one MI_Uint64, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstUint64Field {
    MI_Uint64 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstUint64Field;

/** Property of a class that holds one MI_Real32, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstReal32Field {
    MI_Real32 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstReal32Field;

/** Property of a class that holds one MI_Real64, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstReal64Field {
    MI_Real64 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstReal64Field;

/** Property of a class that holds one MI_Char16, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstChar16Field {
    MI_Char16 value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstChar16Field;

/** Property of a class that holds one MI_Datetime, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstDatetimeField {
    MI_Datetime value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstDatetimeField;

/** Property of a class that holds a string, declared const (part of a schema or a borrowed value).
 */
typedef struct _MI_ConstStringField {
    const MI_Char *value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstStringField;

/** Property of a class that holds a reference, declared const (part of a schema or a borrowed
 *  value).
 */
typedef struct _MI_ConstReferenceField {
    const MI_Instance *value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstReferenceField;

/** Property of a class that holds an embedded instance, declared const (part of a schema or a
 *  borrowed value).
 */
typedef struct _MI_ConstInstanceField {
    const MI_Instance *value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstInstanceField;

/** Property of a class that holds an array of MI_Boolean values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstBooleanAField {
    MI_ConstBooleanA value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstBooleanAField;

/** Property of a class that holds an array of MI_Uint8 values, declared const (part of a schema or
 *  a borrowed value).
 */
typedef struct _MI_ConstUint8AField {
    MI_ConstUint8A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstUint8AField;

/** Property of a class that holds an array of MI_Sint8 values, declared const (part of a schema or
 *  a borrowed value).
 */
typedef struct _MI_ConstSint8AField {
    MI_ConstSint8A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstSint8AField;

/** Property of a class that holds an array of MI_Uint16 values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstUint16AField {
    MI_ConstUint16A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstUint16AField;

/** Property of a class that holds an array of MI_Sint16 values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstSint16AField {
    MI_ConstSint16A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstSint16AField;

/** Property of a class that holds an array of MI_Uint32 values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstUint32AField {
    MI_ConstUint32A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstUint32AField;

/** Property of a class that holds an array of MI_Sint32 values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstSint32AField {
    MI_ConstSint32A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstSint32AField;

/** Property of a class that holds an array of MI_Uint64 values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstUint64AField {
    MI_ConstUint64A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstUint64AField;

/** Property of a class that holds an array of MI_Sint64 values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstSint64AField {
    MI_ConstSint64A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstSint64AField;

/** Property of a class that holds an array of MI_Real32 values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstReal32AField {
    MI_ConstReal32A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstReal32AField;

/** Property of a class that holds an array of MI_Real64 values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstReal64AField {
    MI_ConstReal64A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstReal64AField;

/** Property of a class that holds an array of MI_Char16 values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstChar16AField {
    MI_ConstChar16A value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstChar16AField;

/** Property of a class that holds an array of MI_Datetime values, declared const (part of a schema
 *  or a borrowed value).
 */
typedef struct _MI_ConstDatetimeAField {
    MI_ConstDatetimeA value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstDatetimeAField;

/** Property of a class that holds an array of MI_Char strings, declared const (part of a schema or
 *  a borrowed value).
 */
typedef struct _MI_ConstStringAField {
    MI_ConstStringA value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstStringAField;

/** Property of a class that holds an array of references (MI_Instance pointers), declared const
 *  (part of a schema or a borrowed value).
 */
typedef struct _MI_ConstReferenceAField {
    MI_ConstReferenceA value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstReferenceAField;

/** Property of a class that holds an array of embedded instances (MI_Instance pointers), declared
 *  const (part of a schema or a borrowed value).
 */
typedef struct _MI_ConstInstanceAField {
    MI_ConstInstanceA value;
    MI_Boolean exists;
    MI_Uint8 flags;
} MI_ConstInstanceAField;

/*
 * Schema declarations: static descriptions of classes. Readable through the MI_Class functions;
 * written by class generators, and by whoever builds a class for MI_Application_NewClass() or
 * MI_Application_NewInstance(). Counts are elements of the pointer array beside them.
 */

/** Implementation of one method in a provider. */
typedef void(MI_CALL *MI_MethodDecl_Invoke)(void *self, MI_Context *context,
                                            const MI_Char *nameSpace, const MI_Char *className,
                                            const MI_Char *methodName,
                                            const MI_Instance *instanceName,
                                            const MI_Instance *parameters);

/** A qualifier with its value. */
struct _MI_Qualifier {
    const MI_Char *name; /**< Name. */
    MI_Uint32 type;      /**< MI_Type. */
    MI_Uint32 flavor;    /**< Flavour: MI_FLAG_TOSUBCLASS and the like. */
    const void *value;   /**< Value, pointing to data of the type given; NULL if none. */
};

/** Declaration of a qualifier type. */
struct _MI_QualifierDecl {
    const MI_Char *name; /**< Name. */
    MI_Uint32 type;      /**< MI_Type. */
    MI_Uint32 scope;     /**< Where the qualifier may stand: MI_FLAG_CLASS and the like. */
    MI_Uint32 flavor;    /**< Flavour: MI_FLAG_TOSUBCLASS and the like. */
    MI_Uint32 subscript; /**< Fixed number of elements of an array; 0 if open. */
    const void *value;   /**< Value, pointing to data of the type given; NULL if none. */
};

/** Common head of MI_ClassDecl and MI_MethodDecl. */
struct _MI_ObjectDecl {
    MI_Uint32 flags; /**< MI_FLAG_... bits. */
    MI_Uint32 code;  /**< Hash of the name: first letter, last letter and length, in lower case. */
    const MI_Char *name;                   /**< Name. */
    MI_Qualifier const *const *qualifiers; /**< Qualifiers. */
    MI_Uint32 numQualifiers;               /**< Number of qualifiers. */
    /** Properties; of a method, its parameters. */
    struct _MI_PropertyDecl const *const *properties;
    MI_Uint32 numProperties; /**< Number of them. */
    MI_Uint32 size;          /**< Size of the generated structure in bytes; 0 if there is none. */
};

/** Common head of all declarations. */
struct _MI_FeatureDecl {
    MI_Uint32 flags; /**< MI_FLAG_... bits. */
    MI_Uint32 code;  /**< Hash of the name: first letter, last letter and length, in lower case. */
    const MI_Char *name;                   /**< Name. */
    MI_Qualifier const *const *qualifiers; /**< Qualifiers. */
    MI_Uint32 numQualifiers;               /**< Number of qualifiers. */
};

/** Declaration of a parameter. */
struct _MI_ParameterDecl {
    MI_Uint32 flags; /**< MI_FLAG_... bits. */
    MI_Uint32 code;  /**< Hash of the name: first letter, last letter and length, in lower case. */
    const MI_Char *name;                   /**< Name. */
    MI_Qualifier const *const *qualifiers; /**< Qualifiers. */
    MI_Uint32 numQualifiers;               /**< Number of qualifiers. */
    MI_Uint32 type;                        /**< MI_Type. */
    /** Class that a reference or embedded instance is declared with; else NULL. */
    const MI_Char *className;
    MI_Uint32 subscript; /**< Fixed number of elements of an array; 0 if open. */
    MI_Uint32 offset;    /**< Offset in the generated structure, in bytes. */
};

/** Declaration of a property. */
struct _MI_PropertyDecl {
    MI_Uint32 flags; /**< MI_FLAG_... bits. */
    MI_Uint32 code;  /**< Hash of the name: first letter, last letter and length, in lower case. */
    const MI_Char *name;                   /**< Name. */
    MI_Qualifier const *const *qualifiers; /**< Qualifiers. */
    MI_Uint32 numQualifiers;               /**< Number of qualifiers. */
    MI_Uint32 type;                        /**< MI_Type. */
    /** Class that a reference or embedded instance is declared with; else NULL. */
    const MI_Char *className;
    MI_Uint32 subscript;       /**< Fixed number of elements of an array; 0 if open. */
    MI_Uint32 offset;          /**< Offset in the generated structure, in bytes. */
    const MI_Char *origin;     /**< Class that first declared the feature. */
    const MI_Char *propagator; /**< Class the declaration was inherited from. */
    const void *value;         /**< Default value; NULL if none. */
};

/** Declaration of a method. Its return value stands as a parameter too. */
struct _MI_MethodDecl {
    MI_Uint32 flags; /**< MI_FLAG_... bits. */
    MI_Uint32 code;  /**< Hash of the name: first letter, last letter and length, in lower case. */
    const MI_Char *name;                               /**< Name. */
    struct _MI_Qualifier const *const *qualifiers;     /**< Qualifiers. */
    MI_Uint32 numQualifiers;                           /**< Number of qualifiers. */
    struct _MI_ParameterDecl const *const *parameters; /**< Parameters. */
    MI_Uint32 numParameters;                           /**< Number of parameters. */
    MI_Uint32 size;            /**< Size of the generated structure in bytes; 0 if there is none. */
    MI_Uint32 returnType;      /**< MI_Type of the return value. */
    const MI_Char *origin;     /**< Class that first declared the feature. */
    const MI_Char *propagator; /**< Class the declaration was inherited from. */
    struct _MI_SchemaDecl const *schema; /**< Schema that holds the declaration; may be NULL. */
    MI_MethodDecl_Invoke function;       /**< Implementation in a provider; NULL in clients. */
};

/** Declaration of a class. */
struct _MI_ClassDecl {
    MI_Uint32 flags; /**< MI_FLAG_... bits. */
    MI_Uint32 code;  /**< Hash of the name: first letter, last letter and length, in lower case. */
    const MI_Char *name;                           /**< Name. */
    struct _MI_Qualifier const *const *qualifiers; /**< Qualifiers. */
    MI_Uint32 numQualifiers;                       /**< Number of qualifiers. */
    /** Properties; of a method, its parameters. */
    struct _MI_PropertyDecl const *const *properties;
    MI_Uint32 numProperties;   /**< Number of them. */
    MI_Uint32 size;            /**< Size of the generated structure in bytes; 0 if there is none. */
    const MI_Char *superClass; /**< Name of the parent class; NULL at the top. */
    MI_ClassDecl const *superClassDecl;          /**< Parent class; NULL at the top. */
    struct _MI_MethodDecl const *const *methods; /**< Methods, inherited ones included. */
    MI_Uint32 numMethods;                        /**< Number of methods. */
    struct _MI_SchemaDecl const *schema; /**< Schema that holds the declaration; may be NULL. */
    const MI_ProviderFT *providerFT;     /**< Provider of the class; NULL in clients. */
    MI_Class *owningClass; /**< Class object that owns the declaration; NULL for static ones. */
};

/** All classes and qualifier types of a module. */
struct _MI_SchemaDecl {
    MI_QualifierDecl const *const *qualifierDecls; /**< Qualifier types. */
    MI_Uint32 numQualifierDecls;                   /**< Number of qualifier types. */
    MI_ClassDecl const *const *classDecls;         /**< Classes. */
    MI_Uint32 numClassDecls;                       /**< Number of classes. */
};

/*
 * Instances, classes and their parts. The ft pointer is the object's own function table; the
 * other fields belong to the library.
 */

/** Table of MI_Instance. */
struct _MI_InstanceFT {
    /** MI_Instance_Clone(). */
    MI_Result(MI_CALL *Clone)(const MI_Instance *self, MI_Instance **newInstance);
    /** MI_Instance_Destruct(). */
    MI_Result(MI_CALL *Destruct)(MI_Instance *self);
    /** MI_Instance_Delete(). */
    MI_Result(MI_CALL *Delete)(MI_Instance *self);
    /** MI_Instance_IsA(). */
    MI_Result(MI_CALL *IsA)(const MI_Instance *self, const MI_ClassDecl *classDecl,
                            MI_Boolean *flag);
    /** MI_Instance_GetClassName(). */
    MI_Result(MI_CALL *GetClassName)(const MI_Instance *self, const MI_Char **className);
    /** MI_Instance_SetNameSpace(). */
    MI_Result(MI_CALL *SetNameSpace)(MI_Instance *self, const MI_Char *nameSpace);
    /** MI_Instance_GetNameSpace(). */
    MI_Result(MI_CALL *GetNameSpace)(const MI_Instance *self, const MI_Char **nameSpace);
    /** MI_Instance_GetElementCount(). */
    MI_Result(MI_CALL *GetElementCount)(const MI_Instance *self, MI_Uint32 *count);
    /** MI_Instance_AddElement(). */
    MI_Result(MI_CALL *AddElement)(MI_Instance *self, const MI_Char *name, const MI_Value *value,
                                   MI_Type type, MI_Uint32 flags);
    /** MI_Instance_SetElement(). */
    MI_Result(MI_CALL *SetElement)(MI_Instance *self, const MI_Char *name, const MI_Value *value,
                                   MI_Type type, MI_Uint32 flags);
    /** MI_Instance_SetElementAt(). */
    MI_Result(MI_CALL *SetElementAt)(MI_Instance *self, MI_Uint32 index, const MI_Value *value,
                                     MI_Type type, MI_Uint32 flags);
    /** MI_Instance_GetElement(). */
    MI_Result(MI_CALL *GetElement)(const MI_Instance *self, const MI_Char *name, MI_Value *value,
                                   MI_Type *type, MI_Uint32 *flags, MI_Uint32 *index);
    /** MI_Instance_GetElementAt(). */
    MI_Result(MI_CALL *GetElementAt)(const MI_Instance *self, MI_Uint32 index, const MI_Char **name,
                                     MI_Value *value, MI_Type *type, MI_Uint32 *flags);
    /** MI_Instance_ClearElement(). */
    MI_Result(MI_CALL *ClearElement)(MI_Instance *self, const MI_Char *name);
    /** MI_Instance_ClearElementAt(). */
    MI_Result(MI_CALL *ClearElementAt)(MI_Instance *self, MI_Uint32 index);
    /** MI_Instance_GetServerName(). */
    MI_Result(MI_CALL *GetServerName)(const MI_Instance *self, const MI_Char **name);
    /** MI_Instance_SetServerName(). */
    MI_Result(MI_CALL *SetServerName)(MI_Instance *self, const MI_Char *name);
    /** MI_Instance_GetClass(). */
    MI_Result(MI_CALL *GetClass)(const MI_Instance *self, MI_Class **instanceClass);
};

/** An instance. Heap instances end with MI_Instance_Delete(); generated structures that begin with
 *  one end with MI_Instance_Destruct().
 */
struct _MI_Instance {
    const MI_InstanceFT *ft;       /**< Function table of this object; set by the library. */
    const MI_ClassDecl *classDecl; /**< Declaration of the class; read it through the functions. */
    const MI_Char *serverName;     /**< Server the object came from; may be NULL. */
    const MI_Char *nameSpace;      /**< Namespace; may be NULL. */
    ptrdiff_t reserved[4];         /**< Belongs to the library. */
};

/** Longer table of instances whose class has MI_FLAG_EXTENDED. */
struct _MI_InstanceExFT {
    MI_InstanceFT parent; /**< The ordinary table. */
    /** MI_Instance_Normalize(). */
    MI_Result(MI_CALL *Normalize)(MI_Instance **self);
};

/** Table of MI_Class. */
struct _MI_ClassFT {
    /** MI_Class_GetClassName(). */
    MI_Result(MI_CALL *GetClassName)(const MI_Class *self, const MI_Char **className);
    /** MI_Class_GetNameSpace(). */
    MI_Result(MI_CALL *GetNameSpace)(const MI_Class *self, const MI_Char **nameSpace);
    /** MI_Class_GetServerName(). */
    MI_Result(MI_CALL *GetServerName)(const MI_Class *self, const MI_Char **serverName);
    /** MI_Class_GetElementCount(). */
    MI_Result(MI_CALL *GetElementCount)(const MI_Class *self, MI_Uint32 *count);
    /** MI_Class_GetElement(). */
    MI_Result(MI_CALL *GetElement)(const MI_Class *self, const MI_Char *name, MI_Value *value,
                                   MI_Boolean *valueExists, MI_Type *type, MI_Char **referenceClass,
                                   MI_QualifierSet *qualifierSet, MI_Uint32 *flags,
                                   MI_Uint32 *index);
    /** MI_Class_GetElementAt(). */
    MI_Result(MI_CALL *GetElementAt)(const MI_Class *self, MI_Uint32 index, const MI_Char **name,
                                     MI_Value *value, MI_Boolean *valueExists, MI_Type *type,
                                     MI_Char **referenceClass, MI_QualifierSet *qualifierSet,
                                     MI_Uint32 *flags);
    /** MI_Class_GetClassQualifierSet(). */
    MI_Result(MI_CALL *GetClassQualifierSet)(const MI_Class *self, MI_QualifierSet *qualifierSet);
    /** MI_Class_GetMethodCount(). */
    MI_Result(MI_CALL *GetMethodCount)(const MI_Class *self, MI_Uint32 *count);
    /** MI_Class_GetMethodAt(). */
    MI_Result(MI_CALL *GetMethodAt)(const MI_Class *self, MI_Uint32 index, const MI_Char **name,
                                    MI_QualifierSet *qualifierSet, MI_ParameterSet *parameterSet);
    /** MI_Class_GetMethod(). */
    MI_Result(MI_CALL *GetMethod)(const MI_Class *self, const MI_Char *name,
                                  MI_QualifierSet *qualifierSet, MI_ParameterSet *parameterSet,
                                  MI_Uint32 *index);
    /** MI_Class_GetParentClassName(). */
    MI_Result(MI_CALL *GetParentClassName)(const MI_Class *self, const MI_Char **name);
    /** MI_Class_GetParentClass(). */
    MI_Result(MI_CALL *GetParentClass)(const MI_Class *self, MI_Class **parentClass);
    /** MI_Class_Delete(). */
    MI_Result(MI_CALL *Delete)(MI_Class *self);
    /** MI_Class_Clone(). */
    MI_Result(MI_CALL *Clone)(const MI_Class *self, MI_Class **newClass);
};

/** A class. Ends with MI_Class_Delete(). */
struct _MI_Class {
    const MI_ClassFT *ft;          /**< Function table of this object; set by the library. */
    const MI_ClassDecl *classDecl; /**< Declaration of the class; read it through the functions. */
    const MI_Char *namespaceName;  /**< Namespace; may be NULL. */
    const MI_Char *serverName;     /**< Server the object came from; may be NULL. */
    ptrdiff_t reserved[4];         /**< Belongs to the library. */
};

/** Table of MI_QualifierSet. */
struct _MI_QualifierSetFT {
    /** MI_QualifierSet_GetQualifierCount(). */
    MI_Result(MI_CALL *GetQualifierCount)(const MI_QualifierSet *self, MI_Uint32 *count);
    /** MI_QualifierSet_GetQualifierAt(). */
    MI_Result(MI_CALL *GetQualifierAt)(const MI_QualifierSet *self, MI_Uint32 index,
                                       const MI_Char **name, MI_Type *qualifierType,
                                       MI_Uint32 *qualifierFlags, MI_Value *qualifierValue);
    /** MI_QualifierSet_GetQualifier(). */
    MI_Result(MI_CALL *GetQualifier)(const MI_QualifierSet *self, const MI_Char *name,
                                     MI_Type *qualifierType, MI_Uint32 *qualifierFlags,
                                     MI_Value *qualifierValue, MI_Uint32 *index);
};

/** A set of qualifiers, valid while its class lives. */
struct _MI_QualifierSet {
    MI_Uint64 reserved1;         /**< Belongs to the library. */
    ptrdiff_t reserved2;         /**< Belongs to the library. */
    const MI_QualifierSetFT *ft; /**< Function table of this object; set by the library. */
};

/** Table of MI_ParameterSet. */
struct _MI_ParameterSetFT {
    /** MI_ParameterSet_GetMethodReturnType(). */
    MI_Result(MI_CALL *GetMethodReturnType)(const MI_ParameterSet *self, MI_Type *returnType,
                                            MI_QualifierSet *qualifierSet);
    /** MI_ParameterSet_GetParameterCount(). */
    MI_Result(MI_CALL *GetParameterCount)(const MI_ParameterSet *self, MI_Uint32 *count);
    /** MI_ParameterSet_GetParameterAt(). */
    MI_Result(MI_CALL *GetParameterAt)(const MI_ParameterSet *self, MI_Uint32 index,
                                       const MI_Char **name, MI_Type *parameterType,
                                       MI_Char **referenceClass, MI_QualifierSet *qualifierSet);
    /** MI_ParameterSet_GetParameter(). */
    MI_Result(MI_CALL *GetParameter)(const MI_ParameterSet *self, const MI_Char *name,
                                     MI_Type *parameterType, MI_Char **referenceClass,
                                     MI_QualifierSet *qualifierSet, MI_Uint32 *index);
};

/** The parameters of a method, valid while its class lives. */
struct _MI_ParameterSet {
    MI_Uint64 reserved1;         /**< Belongs to the library. */
    ptrdiff_t reserved2;         /**< Belongs to the library. */
    const MI_ParameterSetFT *ft; /**< Function table of this object; set by the library. */
};

/** Table of MI_PropertySet. */
struct _MI_PropertySetFT {
    /** MI_PropertySet_GetElementCount(). */
    MI_Result(MI_CALL *GetElementCount)(const MI_PropertySet *self, MI_Uint32 *count);
    /** MI_PropertySet_ContainsElement(). */
    MI_Result(MI_CALL *ContainsElement)(const MI_PropertySet *self, const MI_Char *name,
                                        MI_Boolean *flag);
    /** MI_PropertySet_AddElement(). */
    MI_Result(MI_CALL *AddElement)(MI_PropertySet *self, const MI_Char *name);
    /** MI_PropertySet_GetElementAt(). */
    MI_Result(MI_CALL *GetElementAt)(const MI_PropertySet *self, MI_Uint32 index,
                                     const MI_Char **name);
    /** MI_PropertySet_Clear(). */
    MI_Result(MI_CALL *Clear)(MI_PropertySet *self);
    /** MI_PropertySet_Destruct(). */
    MI_Result(MI_CALL *Destruct)(MI_PropertySet *self);
    /** MI_PropertySet_Delete(). */
    MI_Result(MI_CALL *Delete)(MI_PropertySet *self);
    /** MI_PropertySet_Clone(). */
    MI_Result(MI_CALL *Clone)(const MI_PropertySet *self, MI_PropertySet **newPropertySet);
};

/** A set of property names. */
struct _MI_PropertySet {
    const MI_PropertySetFT *ft; /**< Function table of this object; set by the library. */
    ptrdiff_t reserved[3];      /**< Belongs to the library. */
};

/** Table of MI_Filter. */
struct _MI_FilterFT {
    /** MI_Filter_Evaluate(). */
    MI_Result(MI_CALL *Evaluate)(const MI_Filter *self, const MI_Instance *instance,
                                 MI_Boolean *result);
    /** MI_Filter_GetExpression(). */
    MI_Result(MI_CALL *GetExpression)(const MI_Filter *self, const MI_Char **queryLang,
                                      const MI_Char **queryExpr);
};

/** A filter. */
struct _MI_Filter {
    const MI_FilterFT *ft; /**< Function table of this object; set by the library. */
    ptrdiff_t reserved[3]; /**< Belongs to the library. */
};

/*
 * Credentials.
 */

/** A user and a password. */
struct _MI_UsernamePasswordCreds {
    const MI_Char *domain;   /**< Domain; may be NULL. */
    const MI_Char *username; /**< User name; required. */
    const MI_Char *password; /**< Password; may be NULL. */
};

/** Credentials. authenticationType decides which member counts: none for MI_AUTH_TYPE_DEFAULT,
 *  _NONE and _NEGO_NO_CREDS, certificateThumbprint for _CLIENT_CERTS and _ISSUER_CERT,
 *  usernamePassword for the others.
 */
struct _MI_UserCredentials {
    const MI_Char *authenticationType; /**< One of MI_AUTH_TYPE_..., without regard to case. */
    /** The credentials themselves. */
    union {
        MI_UsernamePasswordCreds usernamePassword; /**< For user name and password. */
        const MI_Char *certificateThumbprint; /**< For certificates: thumbprint in hexadecimal. */
    } credentials;
};

/*
 * Callbacks of operations and sessions. They run on threads of the library, never two at once
 * within an operation, and own none of their arguments.
 */

/** A question of the server. If promptUserResult is not NULL it must be called exactly once, from
 *  any thread, or the operation stands still; it is NULL when the mode is MI_CALLBACKMODE_REPORT.
 *  operation and message live until it has been called. It returns MI_RESULT_OK;
 *  MI_RESULT_INVALID_PARAMETER for a second answer, one that is none of
 *  MI_OperationCallback_ResponseType, or one that comes when the operation has been cancelled,
 *  closed or ended. On POSIX a -ToAll answer to an ordinary question settles later ordinary ones,
 *  which are not asked then, and one to a critical question settles all. What nobody answered lives
 *  until MI_Application_Close(). (MS-WSMV 2.2.10; Microsoft Learn:
 *  MI_OperationCallback_PromptUser.)
 */
typedef void(MI_CALL *MI_OperationCallback_PromptUser)(
    MI_Operation *operation, void *callbackContext, const MI_Char *message,
    MI_PromptType promptType,
    MI_Result(MI_CALL *promptUserResult)(MI_Operation *operation,
                                         MI_OperationCallback_ResponseType response));

/** An error that does not end the operation, as a CIM_Error instance. If writeErrorResult is not
 *  NULL it must be called exactly once, from any thread, or the operation stands still; it is NULL
 *  when the mode is MI_CALLBACKMODE_REPORT. The arguments live until it has been called; what it
 *  returns is as for MI_OperationCallback_PromptUser. Errors that a server puts among the results
 * of an enumeration come here too, and ask for no answer. (MS-WSMV 2.2.10; Microsoft Learn:
 *  MI_OperationCallback_WriteError.)
 */
typedef void(MI_CALL *MI_OperationCallback_WriteError)(
    MI_Operation *operation, void *callbackContext, MI_Instance *instance,
    MI_Result(MI_CALL *writeErrorResult)(MI_Operation *operation,
                                         MI_OperationCallback_ResponseType response));

/** A message of the server. channel is one of MI_WRITEMESSAGE_CHANNEL_... or the server's own. The
 *  arguments live for the call (Microsoft Learn: MI_OperationCallback_WriteMessage).
 */
typedef void(MI_CALL *MI_OperationCallback_WriteMessage)(MI_Operation *operation,
                                                         void *callbackContext, MI_Uint32 channel,
                                                         const MI_Char *message);

/** Progress of the operation: what is done (activity), the present step, a remark, percent (0 to
 *  100) and seconds left (0xFFFFFFFF when unknown). The arguments live for the call (Microsoft
 *  Learn: MI_OperationCallback_WriteProgress).
 */
typedef void(MI_CALL *MI_OperationCallback_WriteProgress)(
    MI_Operation *operation, void *callbackContext, const MI_Char *activity,
    const MI_Char *currentOperation, const MI_Char *statusDescription, MI_Uint32 percentageComplete,
    MI_Uint32 secondsRemaining);

/** A result of an instance operation. instance may be NULL, also on success. The last result has
 *  moreResults MI_FALSE and comes exactly once; resultCode, errorString and errorDetails count
 *  with it (errorString and errorDetails may be NULL). operation is the handle (a copy), or NULL
 *  for an operation that never began. resultAcknowledgement is NULL unless
 *  MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS was given; then call it once for each result, from
 *  whichever thread and whenever convenient: before that the next result is held back and neither
 *  operation nor session can finish closing. The arguments live until the result is acknowledged,
 *  that is until the callback returns in the automatic mode. The operation may be closed inside
 *  this callback. (Microsoft Learn: MI_OperationCallback_Instance.)
 */
typedef void(MI_CALL *MI_OperationCallback_Instance)(
    MI_Operation *operation, void *callbackContext, const MI_Instance *instance,
    MI_Boolean moreResults, MI_Result resultCode, const MI_Char *errorString,
    const MI_Instance *errorDetails,
    MI_Result(MI_CALL *resultAcknowledgement)(MI_Operation *operation));

/** A piece of a streamed out-parameter of a method: name, type (an array type) and elements. It
 *  comes before the last instance result. Acknowledged as in MI_OperationCallback_Instance; also a
 *  synchronous operation waits for that when it was started with
 *  MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS. Without this callback a server may put such parameters
 * into the result (Microsoft Learn: MI_OperationCallback_StreamedParameter).
 */
typedef void(MI_CALL *MI_OperationCallback_StreamedParameter)(
    MI_Operation *operation, void *callbackContext, const MI_Char *parameterName,
    MI_Type resultType, const MI_Value *result,
    MI_Result(MI_CALL *resultAcknowledgement)(MI_Operation *operation));

/** A result of a subscription: as MI_OperationCallback_Instance, with bookmark (where to resume;
 *  NULL if none) and machineID (origin; may be NULL), both as MI_Operation_GetIndication() gives
 *  them. Until it is acknowledged nothing more is asked of the server (Microsoft Learn:
 *  MI_OperationCallback_Indication).
 */
typedef void(MI_CALL *MI_OperationCallback_Indication)(
    MI_Operation *operation, void *callbackContext, const MI_Instance *instance,
    const MI_Char *bookmark, const MI_Char *machineID, MI_Boolean moreResults, MI_Result resultCode,
    const MI_Char *errorString, const MI_Instance *errorDetails,
    MI_Result(MI_CALL *resultAcknowledgement)(MI_Operation *operation));

/** A result of a class operation: as MI_OperationCallback_Instance, with a class (Microsoft Learn:
 *  MI_OperationCallback_Class).
 */
typedef void(MI_CALL *MI_OperationCallback_Class)(
    MI_Operation *operation, void *callbackContext, const MI_Class *classResult,
    MI_Boolean moreResults, MI_Result resultCode, const MI_Char *errorString,
    const MI_Instance *errorDetails,
    MI_Result(MI_CALL *resultAcknowledgement)(MI_Operation *operation));

/** Callbacks of one operation; copied when it starts. Only those set are offered to the server. */
struct _MI_OperationCallbacks {
    void *callbackContext; /**< Given to every callback; must outlive the operation. */
    MI_OperationCallback_PromptUser promptUser; /**< Questions of the server; may be NULL. */
    /** Errors that do not end the operation; may be NULL. */
    MI_OperationCallback_WriteError writeError;
    MI_OperationCallback_WriteMessage writeMessage;   /**< Messages; may be NULL. */
    MI_OperationCallback_WriteProgress writeProgress; /**< Progress; may be NULL. */
    /** Instances; makes an instance operation asynchronous. */
    MI_OperationCallback_Instance instanceResult;
    /** Indications; makes a subscription asynchronous. */
    MI_OperationCallback_Indication indicationResult;
    MI_OperationCallback_Class classResult; /**< Classes; makes a class operation asynchronous. */
    /** Pieces of streamed out-parameters; may be NULL. */
    MI_OperationCallback_StreamedParameter streamedParameterResult;
};

/** Callbacks during MI_Application_NewSession(); copied. */
struct _MI_SessionCallbacks {
    void *callbackContext; /**< Given to both callbacks. */
    /** A message about the session being made; channel is one of MI_WRITEMESSAGE_CHANNEL_... or
     *  the server's own. Arguments live for the call. May be NULL.
     */
    void(MI_CALL *writeMessage)(MI_Application *application, void *callbackContext,
                                MI_Uint32 channel, const MI_Char *message);
    /** An error that does not prevent the session. The instance lives for the call. May be NULL. */
    void(MI_CALL *writeError)(MI_Application *application, void *callbackContext,
                              MI_Instance *instance);
};

/*
 * Handles and their function tables. The reserved fields belong to the library. Each slot names
 * the wrapper that calls it; the wrapper's comment is the slot's contract, except that a slot is
 * never called with a NULL handle.
 */

/** Entry point of a provider module: takes the server, returns the module. Exported functions use
 *  MI_MAIN_CALL.
 */
typedef MI_Module *(MI_MAIN_CALL *MI_MainFunction)(MI_Server *server);

/** Handle of an application: the root of everything else. */
struct _MI_Application {
    MI_Uint64 reserved1;        /**< Belongs to the library. */
    ptrdiff_t reserved2;        /**< Belongs to the library. */
    const MI_ApplicationFT *ft; /**< Function table of this object; set by the library. */
};

/** Table of MI_Application. */
struct _MI_ApplicationFT {
    /** MI_Application_Close(). */
    MI_Result(MI_CALL *Close)(MI_Application *application);
    /** MI_Application_NewSession(). */
    MI_Result(MI_CALL *NewSession)(MI_Application *application, const MI_Char *protocol,
                                   const MI_Char *destination, MI_DestinationOptions *options,
                                   MI_SessionCallbacks *callbacks, MI_Instance **extendedError,
                                   MI_Session *session);
    /** MI_Application_NewHostedProvider(). */
    MI_Result(MI_CALL *NewHostedProvider)(MI_Application *application, const MI_Char *namespaceName,
                                          const MI_Char *providerName, MI_MainFunction mi_Main,
                                          MI_Instance **extendedError, MI_HostedProvider *provider);
    /** MI_Application_NewInstance(). */
    MI_Result(MI_CALL *NewInstance)(MI_Application *application, const MI_Char *className,
                                    const MI_ClassDecl *classRTTI, MI_Instance **instance);
    /** MI_Application_NewDestinationOptions(). */
    MI_Result(MI_CALL *NewDestinationOptions)(MI_Application *application,
                                              MI_DestinationOptions *options);
    /** MI_Application_NewOperationOptions(). */
    MI_Result(MI_CALL *NewOperationOptions)(MI_Application *application,
                                            MI_Boolean customOptionsMustUnderstand,
                                            MI_OperationOptions *options);
    /** MI_Application_NewSubscriptionDeliveryOptions(). */
    MI_Result(MI_CALL *NewSubscriptionDeliveryOptions)(
        MI_Application *application, MI_SubscriptionDeliveryType deliveryType,
        MI_SubscriptionDeliveryOptions *deliveryOptions);
    /** MI_Application_NewSerializer(). */
    MI_Result(MI_CALL *NewSerializer)(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                      MI_Serializer *serializer);
    /** MI_Application_NewDeserializer(). */
    MI_Result(MI_CALL *NewDeserializer)(MI_Application *application, MI_Uint32 flags,
                                        MI_Char *format, MI_Deserializer *deserializer);
    /** MI_Application_NewInstanceFromClass(). */
    MI_Result(MI_CALL *NewInstanceFromClass)(MI_Application *application, const MI_Char *className,
                                             const MI_Class *classObject, MI_Instance **instance);
    /** MI_Application_NewClass(). */
    MI_Result(MI_CALL *NewClass)(MI_Application *application, const MI_ClassDecl *classDecl,
                                 const MI_Char *namespaceName, const MI_Char *serverName,
                                 MI_Class **classObject);
};

/** Handle of a session. */
struct _MI_Session {
    MI_Uint64 reserved1;    /**< Belongs to the library. */
    ptrdiff_t reserved2;    /**< Belongs to the library. */
    const MI_SessionFT *ft; /**< Function table of this object; set by the library. */
};

/** Table of MI_Session. */
struct _MI_SessionFT {
    /** MI_Session_Close(). */
    MI_Result(MI_CALL *Close)(MI_Session *session, void *completionContext,
                              void(MI_CALL *completionCallback)(void *completionContext));
    /** MI_Session_GetApplication(). */
    MI_Result(MI_CALL *GetApplication)(MI_Session *session, MI_Application *application);
    /** MI_Session_GetInstance(). */
    void(MI_CALL *GetInstance)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                               const MI_Char *namespaceName, const MI_Instance *inboundInstance,
                               MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_ModifyInstance(). */
    void(MI_CALL *ModifyInstance)(MI_Session *session, MI_Uint32 flags,
                                  MI_OperationOptions *options, const MI_Char *namespaceName,
                                  const MI_Instance *inboundInstance,
                                  MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_CreateInstance(). */
    void(MI_CALL *CreateInstance)(MI_Session *session, MI_Uint32 flags,
                                  MI_OperationOptions *options, const MI_Char *namespaceName,
                                  const MI_Instance *inboundInstance,
                                  MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_DeleteInstance(). */
    void(MI_CALL *DeleteInstance)(MI_Session *session, MI_Uint32 flags,
                                  MI_OperationOptions *options, const MI_Char *namespaceName,
                                  const MI_Instance *inboundInstance,
                                  MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_Invoke(). */
    void(MI_CALL *Invoke)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                          const MI_Char *namespaceName, const MI_Char *className,
                          const MI_Char *methodName, const MI_Instance *inboundInstance,
                          const MI_Instance *inboundProperties, MI_OperationCallbacks *callbacks,
                          MI_Operation *operation);
    /** MI_Session_EnumerateInstances(). */
    void(MI_CALL *EnumerateInstances)(MI_Session *session, MI_Uint32 flags,
                                      MI_OperationOptions *options, const MI_Char *namespaceName,
                                      const MI_Char *className, MI_Boolean keysOnly,
                                      MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_QueryInstances(). */
    void(MI_CALL *QueryInstances)(MI_Session *session, MI_Uint32 flags,
                                  MI_OperationOptions *options, const MI_Char *namespaceName,
                                  const MI_Char *queryDialect, const MI_Char *queryExpression,
                                  MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_AssociatorInstances(). */
    void(MI_CALL *AssociatorInstances)(MI_Session *session, MI_Uint32 flags,
                                       MI_OperationOptions *options, const MI_Char *namespaceName,
                                       const MI_Instance *instanceKeys, const MI_Char *assocClass,
                                       const MI_Char *resultClass, const MI_Char *role,
                                       const MI_Char *resultRole, MI_Boolean keysOnly,
                                       MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_ReferenceInstances(). */
    void(MI_CALL *ReferenceInstances)(MI_Session *session, MI_Uint32 flags,
                                      MI_OperationOptions *options, const MI_Char *namespaceName,
                                      const MI_Instance *instanceKeys, const MI_Char *resultClass,
                                      const MI_Char *role, MI_Boolean keysOnly,
                                      MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_Subscribe(). */
    void(MI_CALL *Subscribe)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                             const MI_Char *namespaceName, const MI_Char *queryDialect,
                             const MI_Char *queryExpression,
                             const MI_SubscriptionDeliveryOptions *deliverOptions,
                             MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_GetClass(). */
    void(MI_CALL *GetClass)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                            const MI_Char *namespaceName, const MI_Char *className,
                            MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_EnumerateClasses(). */
    void(MI_CALL *EnumerateClasses)(MI_Session *session, MI_Uint32 flags,
                                    MI_OperationOptions *options, const MI_Char *namespaceName,
                                    const MI_Char *className, MI_Boolean classNamesOnly,
                                    MI_OperationCallbacks *callbacks, MI_Operation *operation);
    /** MI_Session_TestConnection(). */
    void(MI_CALL *TestConnection)(MI_Session *session, MI_Uint32 flags,
                                  MI_OperationCallbacks *callbacks, MI_Operation *operation);
};

/** Handle of an operation. */
struct _MI_Operation {
    MI_Uint64 reserved1;      /**< Belongs to the library. */
    ptrdiff_t reserved2;      /**< Belongs to the library. */
    const MI_OperationFT *ft; /**< Function table of this object; set by the library. */
};

/** Table of MI_Operation. */
struct _MI_OperationFT {
    /** MI_Operation_Close(). */
    MI_Result(MI_CALL *Close)(MI_Operation *operation);
    /** MI_Operation_Cancel(). */
    MI_Result(MI_CALL *Cancel)(MI_Operation *operation, MI_CancellationReason reason);
    /** MI_Operation_GetSession(). */
    MI_Result(MI_CALL *GetSession)(MI_Operation *operation, MI_Session *session);
    /** MI_Operation_GetInstance(). */
    MI_Result(MI_CALL *GetInstance)(MI_Operation *operation, const MI_Instance **instance,
                                    MI_Boolean *moreResults, MI_Result *result,
                                    const MI_Char **errorMessage,
                                    const MI_Instance **completionDetails);
    /** MI_Operation_GetIndication(). */
    MI_Result(MI_CALL *GetIndication)(MI_Operation *operation, const MI_Instance **instance,
                                      const MI_Char **bookmark, const MI_Char **machineID,
                                      MI_Boolean *moreResults, MI_Result *result,
                                      const MI_Char **errorMessage,
                                      const MI_Instance **completionDetails);
    /** MI_Operation_GetClass(). */
    MI_Result(MI_CALL *GetClass)(MI_Operation *operation, const MI_Class **classResult,
                                 MI_Boolean *moreResults, MI_Result *result,
                                 const MI_Char **errorMessage,
                                 const MI_Instance **completionDetails);
};

/** Handle of a hosted provider. */
struct _MI_HostedProvider {
    MI_Uint64 reserved1;           /**< Belongs to the library. */
    ptrdiff_t reserved2;           /**< Belongs to the library. */
    const MI_HostedProviderFT *ft; /**< Function table of this object; set by the library. */
};

/** Table of MI_HostedProvider. */
struct _MI_HostedProviderFT {
    /** MI_HostedProvider_Close(). */
    MI_Result(MI_CALL *Close)(MI_HostedProvider *hostedProvider);
    /** MI_HostedProvider_GetApplication(). */
    MI_Result(MI_CALL *GetApplication)(MI_HostedProvider *hostedProvider,
                                       MI_Application *application);
};

/** Handle of destination options. */
struct _MI_DestinationOptions {
    MI_Uint64 reserved1;               /**< Belongs to the library. */
    ptrdiff_t reserved2;               /**< Belongs to the library. */
    const MI_DestinationOptionsFT *ft; /**< Function table of this object; set by the library. */
};

/** Table of MI_DestinationOptions. */
struct _MI_DestinationOptionsFT {
    /** MI_DestinationOptions_Delete(). */
    void(MI_CALL *Delete)(MI_DestinationOptions *options);
    /** MI_DestinationOptions_SetString(). */
    MI_Result(MI_CALL *SetString)(MI_DestinationOptions *options, const MI_Char *optionName,
                                  const MI_Char *value, MI_Uint32 flags);
    /** MI_DestinationOptions_SetNumber(). */
    MI_Result(MI_CALL *SetNumber)(MI_DestinationOptions *options, const MI_Char *optionName,
                                  MI_Uint32 value, MI_Uint32 flags);
    /** MI_DestinationOptions_AddProxyCredentials(). */
    MI_Result(MI_CALL *AddCredentials)(MI_DestinationOptions *options, const MI_Char *optionName,
                                       const MI_UserCredentials *credentials, MI_Uint32 flags);
    /** MI_DestinationOptions_GetString(). */
    MI_Result(MI_CALL *GetString)(const MI_DestinationOptions *options, const MI_Char *optionName,
                                  const MI_Char **value, MI_Uint32 *index, MI_Uint32 *flags);
    /** MI_DestinationOptions_GetNumber(). */
    MI_Result(MI_CALL *GetNumber)(const MI_DestinationOptions *options, const MI_Char *optionName,
                                  MI_Uint32 *value, MI_Uint32 *index, MI_Uint32 *flags);
    /** MI_DestinationOptions_GetOptionCount(). */
    MI_Result(MI_CALL *GetOptionCount)(const MI_DestinationOptions *options, MI_Uint32 *count);
    /** MI_DestinationOptions_GetOptionAt(). */
    MI_Result(MI_CALL *GetOptionAt)(const MI_DestinationOptions *options, MI_Uint32 index,
                                    const MI_Char **optionName, MI_Value *value, MI_Type *type,
                                    MI_Uint32 *flags);
    /** MI_DestinationOptions_GetOption(). */
    MI_Result(MI_CALL *GetOption)(const MI_DestinationOptions *options, const MI_Char *optionName,
                                  MI_Value *value, MI_Type *type, MI_Uint32 *index,
                                  MI_Uint32 *flags);
    /** MI_DestinationOptions_GetCredentialsCount(). */
    MI_Result(MI_CALL *GetCredentialsCount)(const MI_DestinationOptions *options, MI_Uint32 *count);
    /** MI_DestinationOptions_GetCredentialsAt(). */
    MI_Result(MI_CALL *GetCredentialsAt)(const MI_DestinationOptions *options, MI_Uint32 index,
                                         const MI_Char **optionName,
                                         MI_UserCredentials *credentials, MI_Uint32 *flags);
    /** MI_DestinationOptions_GetCredentialsPasswordAt(). */
    MI_Result(MI_CALL *GetCredentialsPasswordAt)(const MI_DestinationOptions *options,
                                                 MI_Uint32 index, const MI_Char **optionName,
                                                 MI_Char *password, MI_Uint32 bufferLength,
                                                 MI_Uint32 *passwordLength, MI_Uint32 *flags);
    /** MI_DestinationOptions_Clone(). */
    MI_Result(MI_CALL *Clone)(const MI_DestinationOptions *self,
                              MI_DestinationOptions *newDestinationOptions);
    /** MI_DestinationOptions_SetTimeout(). */
    MI_Result(MI_CALL *SetInterval)(MI_DestinationOptions *options, const MI_Char *optionName,
                                    const MI_Interval *value, MI_Uint32 flags);
    /** MI_DestinationOptions_GetTimeout(). */
    MI_Result(MI_CALL *GetInterval)(const MI_DestinationOptions *options, const MI_Char *optionName,
                                    MI_Interval *value, MI_Uint32 *index, MI_Uint32 *flags);
};

/** Handle of operation options. */
struct _MI_OperationOptions {
    MI_Uint64 reserved1;             /**< Belongs to the library. */
    ptrdiff_t reserved2;             /**< Belongs to the library. */
    const MI_OperationOptionsFT *ft; /**< Function table of this object; set by the library. */
};

/** Table of MI_OperationOptions. */
struct _MI_OperationOptionsFT {
    /** MI_OperationOptions_Delete(). */
    void(MI_CALL *Delete)(MI_OperationOptions *options);
    /** MI_OperationOptions_SetString(). */
    MI_Result(MI_CALL *SetString)(MI_OperationOptions *options, const MI_Char *optionName,
                                  const MI_Char *value, MI_Uint32 flags);
    /** MI_OperationOptions_SetNumber(). */
    MI_Result(MI_CALL *SetNumber)(MI_OperationOptions *options, const MI_Char *optionName,
                                  MI_Uint32 value, MI_Uint32 flags);
    /** MI_OperationOptions_SetCustomOption(). */
    MI_Result(MI_CALL *SetCustomOption)(MI_OperationOptions *options, const MI_Char *optionName,
                                        MI_Type valueType, const MI_Value *value,
                                        MI_Boolean mustComply, MI_Uint32 flags);
    /** MI_OperationOptions_GetString(). */
    MI_Result(MI_CALL *GetString)(const MI_OperationOptions *options, const MI_Char *optionName,
                                  const MI_Char **value, MI_Uint32 *index, MI_Uint32 *flags);
    /** MI_OperationOptions_GetNumber(). */
    MI_Result(MI_CALL *GetNumber)(const MI_OperationOptions *options, const MI_Char *optionName,
                                  MI_Uint32 *value, MI_Uint32 *index, MI_Uint32 *flags);
    /** MI_OperationOptions_GetOptionCount(). */
    MI_Result(MI_CALL *GetOptionCount)(const MI_OperationOptions *options, MI_Uint32 *count);
    /** MI_OperationOptions_GetOptionAt(). */
    MI_Result(MI_CALL *GetOptionAt)(const MI_OperationOptions *options, MI_Uint32 index,
                                    const MI_Char **optionName, MI_Value *value, MI_Type *type,
                                    MI_Uint32 *flags);
    /** MI_OperationOptions_GetOption(). */
    MI_Result(MI_CALL *GetOption)(const MI_OperationOptions *options, const MI_Char *optionName,
                                  MI_Value *value, MI_Type *type, MI_Uint32 *index,
                                  MI_Uint32 *flags);
    /** MI_OperationOptions_GetEnabledChannels(). */
    MI_Result(MI_CALL *GetEnabledChannels)(const MI_OperationOptions *options,
                                           const MI_Char *optionName, MI_Uint32 *channels,
                                           MI_Uint32 bufferLength, MI_Uint32 *channelCount,
                                           MI_Uint32 *flags);
    /** MI_OperationOptions_Clone(). */
    MI_Result(MI_CALL *Clone)(const MI_OperationOptions *self,
                              MI_OperationOptions *newOperationOptions);
    /** MI_OperationOptions_SetTimeout(). */
    MI_Result(MI_CALL *SetInterval)(MI_OperationOptions *options, const MI_Char *optionName,
                                    const MI_Interval *value, MI_Uint32 flags);
    /** MI_OperationOptions_GetTimeout(). */
    MI_Result(MI_CALL *GetInterval)(const MI_OperationOptions *options, const MI_Char *optionName,
                                    MI_Interval *value, MI_Uint32 *index, MI_Uint32 *flags);
};

/** Handle of subscription delivery options. */
struct _MI_SubscriptionDeliveryOptions {
    MI_Uint64 reserved1; /**< Belongs to the library. */
    ptrdiff_t reserved2; /**< Belongs to the library. */
    /** Function table of this object; set by the library. */
    const MI_SubscriptionDeliveryOptionsFT *ft;
};

/** Table of MI_SubscriptionDeliveryOptions. */
struct _MI_SubscriptionDeliveryOptionsFT {
    /** MI_SubscriptionDeliveryOptions_SetString(). */
    MI_Result(MI_CALL *SetString)(MI_SubscriptionDeliveryOptions *options,
                                  const MI_Char *optionName, const MI_Char *value, MI_Uint32 flags);
    /** MI_SubscriptionDeliveryOptions_SetNumber(). */
    MI_Result(MI_CALL *SetNumber)(MI_SubscriptionDeliveryOptions *options,
                                  const MI_Char *optionName, MI_Uint32 value, MI_Uint32 flags);
    /** MI_SubscriptionDeliveryOptions_SetDateTime(). */
    MI_Result(MI_CALL *SetDateTime)(MI_SubscriptionDeliveryOptions *options,
                                    const MI_Char *optionName, const MI_Datetime *value,
                                    MI_Uint32 flags);
    /** MI_SubscriptionDeliveryOptions_SetInterval(). */
    MI_Result(MI_CALL *SetInterval)(MI_SubscriptionDeliveryOptions *options,
                                    const MI_Char *optionName, const MI_Interval *value,
                                    MI_Uint32 flags);
    /** MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(). */
    MI_Result(MI_CALL *AddCredentials)(MI_SubscriptionDeliveryOptions *options,
                                       const MI_Char *optionName,
                                       const MI_UserCredentials *credentials, MI_Uint32 flags);
    /** MI_SubscriptionDeliveryOptions_Delete(). */
    MI_Result(MI_CALL *Delete)(MI_SubscriptionDeliveryOptions *self);
    /** MI_SubscriptionDeliveryOptions_GetString(). */
    MI_Result(MI_CALL *GetString)(const MI_SubscriptionDeliveryOptions *options,
                                  const MI_Char *optionName, const MI_Char **value,
                                  MI_Uint32 *index, MI_Uint32 *flags);
    /** MI_SubscriptionDeliveryOptions_GetNumber(). */
    MI_Result(MI_CALL *GetNumber)(const MI_SubscriptionDeliveryOptions *options,
                                  const MI_Char *optionName, MI_Uint32 *value, MI_Uint32 *index,
                                  MI_Uint32 *flags);
    /** MI_SubscriptionDeliveryOptions_GetDateTime(). */
    MI_Result(MI_CALL *GetDateTime)(const MI_SubscriptionDeliveryOptions *options,
                                    const MI_Char *optionName, MI_Datetime *value, MI_Uint32 *index,
                                    MI_Uint32 *flags);
    /** MI_SubscriptionDeliveryOptions_GetInterval(). */
    MI_Result(MI_CALL *GetInterval)(const MI_SubscriptionDeliveryOptions *options,
                                    const MI_Char *optionName, MI_Interval *value, MI_Uint32 *index,
                                    MI_Uint32 *flags);
    /** MI_SubscriptionDeliveryOptions_GetOptionCount(). */
    MI_Result(MI_CALL *GetOptionCount)(const MI_SubscriptionDeliveryOptions *options,
                                       MI_Uint32 *count);
    /** MI_SubscriptionDeliveryOptions_GetOptionAt(). */
    MI_Result(MI_CALL *GetOptionAt)(const MI_SubscriptionDeliveryOptions *options, MI_Uint32 index,
                                    const MI_Char **optionName, MI_Value *value, MI_Type *type,
                                    MI_Uint32 *flags);
    /** MI_SubscriptionDeliveryOptions_GetOption(). */
    MI_Result(MI_CALL *GetOption)(const MI_SubscriptionDeliveryOptions *options,
                                  const MI_Char *optionName, MI_Value *value, MI_Type *type,
                                  MI_Uint32 *index, MI_Uint32 *flags);
    /** MI_SubscriptionDeliveryOptions_GetCredentialsCount(). */
    MI_Result(MI_CALL *GetCredentialsCount)(const MI_SubscriptionDeliveryOptions *options,
                                            MI_Uint32 *count);
    /** MI_SubscriptionDeliveryOptions_GetCredentialsAt(). */
    MI_Result(MI_CALL *GetCredentialsAt)(const MI_SubscriptionDeliveryOptions *options,
                                         MI_Uint32 index, const MI_Char **optionName,
                                         MI_UserCredentials *credentials, MI_Uint32 *flags);
    /** MI_SubscriptionDeliveryOptions_GetCredentialsPasswordAt(). */
    MI_Result(MI_CALL *GetCredentialsPasswordAt)(const MI_SubscriptionDeliveryOptions *options,
                                                 MI_Uint32 index, const MI_Char **optionName,
                                                 MI_Char *password, MI_Uint32 bufferLength,
                                                 MI_Uint32 *passwordLength, MI_Uint32 *flags);
    /** MI_SubscriptionDeliveryOptions_Clone(). */
    MI_Result(MI_CALL *Clone)(const MI_SubscriptionDeliveryOptions *self,
                              MI_SubscriptionDeliveryOptions *newSubscriptionDeliveryOptions);
};

/** Handle of a serializer. It has no table pointer. */
struct _MI_Serializer {
    MI_Uint64 reserved1; /**< Belongs to the library. */
    ptrdiff_t reserved2; /**< Belongs to the library. */
};

/** Table of serializers. */
struct _MI_SerializerFT {
    /** MI_Serializer_Close(). */
    MI_Result(MI_CALL *Close)(MI_Serializer *serializer);
    /** MI_Serializer_SerializeClass(). */
    MI_Result(MI_CALL *SerializeClass)(MI_Serializer *serializer, MI_Uint32 flags,
                                       const MI_Class *classObject, MI_Uint8 *clientBuffer,
                                       MI_Uint32 clientBufferLength, MI_Uint32 *clientBufferNeeded);
    /** MI_Serializer_SerializeInstance(). */
    MI_Result(MI_CALL *SerializeInstance)(MI_Serializer *serializer, MI_Uint32 flags,
                                          const MI_Instance *instanceObject, MI_Uint8 *clientBuffer,
                                          MI_Uint32 clientBufferLength,
                                          MI_Uint32 *clientBufferNeeded);
};

/** Asks for a class that the bytes refer to but do not hold. Fill requestedClassObject and return
 *  MI_RESULT_OK, or return another code to stop. The class stays the application's and must live
 *  until deserializing has ended. Runs inside the deserializing call, on its thread (Microsoft
 *  Learn: MI_Deserializer_ClassObjectNeeded).
 */
typedef MI_Result(MI_CALL *MI_Deserializer_ClassObjectNeeded)(void *context,
                                                              const MI_Char *serverName,
                                                              const MI_Char *namespaceName,
                                                              const MI_Char *className,
                                                              MI_Class **requestedClassObject);

/** Handle of a deserializer. It has no table pointer. */
struct _MI_Deserializer {
    MI_Uint64 reserved1; /**< Belongs to the library. */
    ptrdiff_t reserved2; /**< Belongs to the library. */
};

/** Table of deserializers. */
struct _MI_DeserializerFT {
    /** MI_Deserializer_Close(). */
    MI_Result(MI_CALL *Close)(MI_Deserializer *deserializer);
    /** MI_Deserializer_DeserializeClass(). */
    MI_Result(MI_CALL *DeserializeClass)(MI_Deserializer *deserializer, MI_Uint32 flags,
                                         MI_Uint8 *serializedBuffer,
                                         MI_Uint32 serializedBufferLength, MI_Class *parentClass,
                                         const MI_Char *serverName, const MI_Char *namespaceName,
                                         MI_Deserializer_ClassObjectNeeded classObjectNeeded,
                                         void *classObjectNeededContext,
                                         MI_Uint32 *serializedBufferRead, MI_Class **classObject,
                                         MI_Instance **cimErrorDetails);
    /** MI_Deserializer_Class_GetClassName(). */
    MI_Result(MI_CALL *Class_GetClassName)(MI_Deserializer *deserializer,
                                           MI_Uint8 *serializedBuffer,
                                           MI_Uint32 serializedBufferLength, MI_Char *className,
                                           MI_Uint32 *classNameLength,
                                           MI_Instance **cimErrorDetails);
    /** MI_Deserializer_Class_GetParentClassName(). */
    MI_Result(MI_CALL *Class_GetParentClassName)(
        MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
        MI_Char *parentClassName, MI_Uint32 *parentClassNameLength, MI_Instance **cimErrorDetails);
    /** MI_Deserializer_DeserializeInstance(). */
    MI_Result(MI_CALL *DeserializeInstance)(
        MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
        MI_Uint32 serializedBufferLength, MI_Class **classObjects, MI_Uint32 numberClassObjects,
        MI_Deserializer_ClassObjectNeeded classObjectNeeded, void *classObjectNeededContext,
        MI_Uint32 *serializedBufferRead, MI_Instance **instanceObject,
        MI_Instance **cimErrorDetails);
    /** MI_Deserializer_Instance_GetClassName(). */
    MI_Result(MI_CALL *Instance_GetClassName)(MI_Deserializer *deserializer,
                                              MI_Uint8 *serializedBuffer,
                                              MI_Uint32 serializedBufferLength, MI_Char *className,
                                              MI_Uint32 *classNameLength,
                                              MI_Instance **cimErrorDetails);
};

/** Table of utilities. */
struct _MI_UtilitiesFT {
    /** MI_Utilities_MapErrorToMiErrorCategory(). */
    MI_ErrorCategory(MI_CALL *MapErrorToMiErrorCategory)(const MI_Char *errorType, MI_Uint32 error);
    /** MI_Utilities_CimErrorFromErrorCode(). */
    MI_Result(MI_CALL *CimErrorFromErrorCode)(MI_Uint32 error, const MI_Char *errorType,
                                              const MI_Char *errorMessage, MI_Instance **cimError);
};

/** All client tables, version 1. */
struct _MI_ClientFT_V1 {
    const MI_ApplicationFT *applicationFT;       /**< Applications. */
    const MI_SessionFT *sessionFT;               /**< Sessions. */
    const MI_OperationFT *operationFT;           /**< Operations. */
    const MI_HostedProviderFT *hostedProviderFT; /**< Hosted providers. */
    const MI_SerializerFT *serializerFT;         /**< Serializers. */
    const MI_DeserializerFT *deserializerFT;     /**< Deserializers. */
    /** Subscription delivery options. */
    const MI_SubscriptionDeliveryOptionsFT *subscribeDeliveryOptionsFT;
    const MI_DestinationOptionsFT *destinationOptionsFT; /**< Destination options. */
    const MI_OperationOptionsFT *operationOptionsFT;     /**< Operation options. */
    const MI_UtilitiesFT *utilitiesFT;                   /**< Utilities. */
};

/*
 * Provider interface, for source compatibility and for MI_MainFunction. This library defines none
 * of the functions in it.
 */

/** Prepares a provider; answers through the context. */
typedef void(MI_CALL *MI_ProviderFT_Load)(void **self, MI_Module_Self *selfModule,
                                          MI_Context *context);

/** Ends a provider; answers through the context. */
typedef void(MI_CALL *MI_ProviderFT_Unload)(void *self, MI_Context *context);

/** Posts the instance with the given keys, then a result. */
typedef void(MI_CALL *MI_ProviderFT_GetInstance)(void *self, MI_Context *context,
                                                 const MI_Char *nameSpace, const MI_Char *className,
                                                 const MI_Instance *instanceName,
                                                 const MI_PropertySet *propertySet);

/** Posts every instance, then a result. */
typedef void(MI_CALL *MI_ProviderFT_EnumerateInstances)(
    void *self, MI_Context *context, const MI_Char *nameSpace, const MI_Char *className,
    const MI_PropertySet *propertySet, MI_Boolean keysOnly, const MI_Filter *filter);

/** Creates an instance, posts its keys, then a result. */
typedef void(MI_CALL *MI_ProviderFT_CreateInstance)(void *self, MI_Context *context,
                                                    const MI_Char *nameSpace,
                                                    const MI_Char *className,
                                                    const MI_Instance *newInstance);

/** Writes the properties named by the property set, then posts a result. */
typedef void(MI_CALL *MI_ProviderFT_ModifyInstance)(void *self, MI_Context *context,
                                                    const MI_Char *nameSpace,
                                                    const MI_Char *className,
                                                    const MI_Instance *modifiedInstance,
                                                    const MI_PropertySet *propertySet);

/** Deletes an instance, then posts a result. */
typedef void(MI_CALL *MI_ProviderFT_DeleteInstance)(void *self, MI_Context *context,
                                                    const MI_Char *nameSpace,
                                                    const MI_Char *className,
                                                    const MI_Instance *instanceName);

/** Posts the instances associated with the given one, then a result. */
typedef void(MI_CALL *MI_ProviderFT_AssociatorInstances)(
    void *self, MI_Context *context, const MI_Char *nameSpace, const MI_Char *className,
    const MI_Instance *instanceName, const MI_Char *resultClass, const MI_Char *role,
    const MI_Char *resultRole, const MI_PropertySet *propertySet, MI_Boolean keysOnly,
    const MI_Filter *filter);

/** Posts the associations of the given instance, then a result. */
typedef void(MI_CALL *MI_ProviderFT_ReferenceInstances)(
    void *self, MI_Context *context, const MI_Char *nameSpace, const MI_Char *className,
    const MI_Instance *instanceName, const MI_Char *role, const MI_PropertySet *propertySet,
    MI_Boolean keysOnly, const MI_Filter *filter);

/** From now on indications may be posted through the context. */
typedef void(MI_CALL *MI_ProviderFT_EnableIndications)(void *self, MI_Context *indicationsContext,
                                                       const MI_Char *nameSpace,
                                                       const MI_Char *className);

/** From now on no indication may be posted. */
typedef void(MI_CALL *MI_ProviderFT_DisableIndications)(void *self, MI_Context *indicationsContext,
                                                        const MI_Char *nameSpace,
                                                        const MI_Char *className);

/** Adds a subscription; subscriptionSelf is the provider's own state for it. */
typedef void(MI_CALL *MI_ProviderFT_Subscribe)(void *self, MI_Context *context,
                                               const MI_Char *nameSpace, const MI_Char *className,
                                               const MI_Filter *filter, const MI_Char *bookmark,
                                               MI_Uint64 subscriptionID, void **subscriptionSelf);

/** Removes a subscription. */
typedef void(MI_CALL *MI_ProviderFT_Unsubscribe)(void *self, MI_Context *context,
                                                 const MI_Char *nameSpace, const MI_Char *className,
                                                 MI_Uint64 subscriptionID, void *subscriptionSelf);

/** Calls a method, posts its out-parameters, then a result. */
typedef void(MI_CALL *MI_ProviderFT_Invoke)(void *self, MI_Context *context,
                                            const MI_Char *nameSpace, const MI_Char *className,
                                            const MI_Char *methodName,
                                            const MI_Instance *instanceName,
                                            const MI_Instance *inputParameters);

/** Prepares a provider module; self is its state. */
typedef void(MI_CALL *MI_Module_Load)(MI_Module_Self **self, MI_Context *context);

/** Ends a provider module. */
typedef void(MI_CALL *MI_Module_Unload)(MI_Module_Self *self, MI_Context *context);

/** Told to a provider when its request is cancelled; see MI_Context_RegisterCancel(). */
typedef void(MI_CALL *MI_CancelCallback)(MI_CancellationReason reason, void *callbackData);

/** Told to a provider when the wanted lifecycle events change; types is a mask of
 *  MI_LIFECYCLE_INDICATION_....
 */
typedef void(MI_CALL *MI_LifecycleIndicationCallback)(MI_Uint32 types, void *callbackData);

/** Server table of providers. */
struct _MI_ServerFT {
    /** Version of the server. */
    MI_Result(MI_CALL *GetVersion)(MI_Uint32 *version);
    /** Name of the computer. */
    MI_Result(MI_CALL *GetSystemName)(const MI_Char **systemName);
};

/** What a server hands to MI_MainFunction: its tables. */
struct _MI_Server {
    const MI_ServerFT *serverFT;           /**< Server. */
    const MI_ContextFT *contextFT;         /**< Contexts. */
    const MI_InstanceFT *instanceFT;       /**< Instances. */
    const MI_PropertySetFT *propertySetFT; /**< Property sets. */
    const MI_FilterFT *filterFT;           /**< Filters. */
};

/** Functions of a provider. */
struct _MI_ProviderFT {
    MI_ProviderFT_Load Load;               /**< Called once before the first request. */
    MI_ProviderFT_Unload Unload;           /**< Called once after the last request. */
    MI_ProviderFT_GetInstance GetInstance; /**< Fetch one instance. */
    MI_ProviderFT_EnumerateInstances EnumerateInstances;   /**< Fetch all instances. */
    MI_ProviderFT_CreateInstance CreateInstance;           /**< Create an instance. */
    MI_ProviderFT_ModifyInstance ModifyInstance;           /**< Modify an instance. */
    MI_ProviderFT_DeleteInstance DeleteInstance;           /**< Delete an instance. */
    MI_ProviderFT_AssociatorInstances AssociatorInstances; /**< Fetch associated instances. */
    MI_ProviderFT_ReferenceInstances ReferenceInstances;   /**< Fetch association instances. */
    MI_ProviderFT_EnableIndications EnableIndications;     /**< Start producing indications. */
    MI_ProviderFT_DisableIndications DisableIndications;   /**< Stop producing indications. */
    MI_ProviderFT_Subscribe Subscribe;                     /**< A subscription was added. */
    MI_ProviderFT_Unsubscribe Unsubscribe;                 /**< A subscription was removed. */
    MI_ProviderFT_Invoke Invoke;                           /**< Call a method. */
};

/** What a provider's entry point returns. */
struct _MI_Module {
    MI_Uint32 version;          /**< MI_VERSION the module was built with. */
    MI_Uint32 generatorVersion; /**< Version of the generator. */
    MI_Uint32 flags;            /**< MI_MODULE_FLAG_... bits. */
    MI_Uint32 charSize;         /**< sizeof(MI_Char). */
    MI_SchemaDecl *schemaDecl;  /**< Classes of the module. */
    MI_Module_Load Load;        /**< Called once after loading. */
    MI_Module_Unload Unload;    /**< Called once before unloading. */
    /** Provider of classes that have none of their own; may be NULL. */
    const MI_ProviderFT *dynamicProviderFT;
};

/** Table of MI_Context. */
struct _MI_ContextFT {
    /** MI_Context_PostResult(). */
    MI_Result(MI_CALL *PostResult)(MI_Context *context, MI_Result result);
    /** MI_Context_PostInstance(). */
    MI_Result(MI_CALL *PostInstance)(MI_Context *context, const MI_Instance *instance);
    /** MI_Context_PostIndication(). */
    MI_Result(MI_CALL *PostIndication)(MI_Context *context, const MI_Instance *indication,
                                       MI_Uint32 subscriptionIDCount, const MI_Char *bookmark);
    /** MI_Context_ConstructInstance(). */
    MI_Result(MI_CALL *ConstructInstance)(MI_Context *context, const MI_ClassDecl *classDecl,
                                          MI_Instance *instance);
    /** MI_Context_ConstructParameters(). */
    MI_Result(MI_CALL *ConstructParameters)(MI_Context *context, const MI_MethodDecl *methodDecl,
                                            MI_Instance *instance);
    /** MI_Context_NewInstance(). */
    MI_Result(MI_CALL *NewInstance)(MI_Context *context, const MI_ClassDecl *classDecl,
                                    MI_Instance **instance);
    /** MI_Context_NewDynamicInstance(). */
    MI_Result(MI_CALL *NewDynamicInstance)(MI_Context *context, const MI_Char *className,
                                           MI_Uint32 flags, MI_Instance **instance);
    /** MI_Context_NewParameters(). */
    MI_Result(MI_CALL *NewParameters)(MI_Context *context, const MI_MethodDecl *methodDecl,
                                      MI_Instance **instance);
    /** MI_Context_Canceled(). */
    MI_Result(MI_CALL *Canceled)(const MI_Context *context, MI_Boolean *flag);
    /** MI_Context_GetLocale(). */
    MI_Result(MI_CALL *GetLocale)(const MI_Context *context, MI_LocaleType localeType,
                                  MI_Char locale[MI_MAX_LOCALE_SIZE]);
    /** MI_Context_RegisterCancel(). */
    MI_Result(MI_CALL *RegisterCancel)(MI_Context *context, MI_CancelCallback callback,
                                       void *callbackData);
    /** MI_Context_RequestUnload(). */
    MI_Result(MI_CALL *RequestUnload)(MI_Context *context);
    /** MI_Context_RefuseUnload(). */
    MI_Result(MI_CALL *RefuseUnload)(MI_Context *context);
    /** MI_Context_GetLocalSession(). */
    MI_Result(MI_CALL *GetLocalSession)(const MI_Context *context, MI_Session *session);
    /** MI_Context_SetStringOption(). */
    MI_Result(MI_CALL *SetStringOption)(MI_Context *context, const MI_Char *name,
                                        const MI_Char *value);
    /** MI_Context_GetStringOption(). */
    MI_Result(MI_CALL *GetStringOption)(MI_Context *context, const MI_Char *name,
                                        const MI_Char **value);
    /** MI_Context_GetNumberOption(). */
    MI_Result(MI_CALL *GetNumberOption)(MI_Context *context, const MI_Char *name, MI_Uint32 *value);
    /** MI_Context_GetCustomOption(). */
    MI_Result(MI_CALL *GetCustomOption)(MI_Context *context, const MI_Char *name,
                                        MI_Type *valueType, MI_Value *value);
    /** MI_Context_GetCustomOptionCount(). */
    MI_Result(MI_CALL *GetCustomOptionCount)(MI_Context *context, MI_Uint32 *count);
    /** MI_Context_GetCustomOptionAt(). */
    MI_Result(MI_CALL *GetCustomOptionAt)(MI_Context *context, MI_Uint32 index,
                                          const MI_Char **name, MI_Type *valueType,
                                          MI_Value *value);
    /** MI_Context_WriteMessage(). */
    MI_Result(MI_CALL *WriteMessage)(MI_Context *context, MI_Uint32 channel,
                                     const MI_Char *message);
    /** MI_Context_WriteProgress(). */
    MI_Result(MI_CALL *WriteProgress)(MI_Context *context, const MI_Char *activity,
                                      const MI_Char *currentOperation,
                                      const MI_Char *statusDescription, MI_Uint32 percentComplete,
                                      MI_Uint32 secondsRemaining);
    /** MI_Context_WriteStreamParameter(). */
    MI_Result(MI_CALL *WriteStreamParameter)(MI_Context *context, const MI_Char *name,
                                             const MI_Value *value, MI_Type type, MI_Uint32 flags);
    /** MI_Context_WriteCimError(). */
    MI_Result(MI_CALL *WriteCimError)(MI_Context *context, const MI_Instance *error,
                                      MI_Boolean *flag);
    /** MI_Context_PromptUser(). */
    MI_Result(MI_CALL *PromptUser)(MI_Context *context, const MI_Char *message,
                                   MI_PromptType promptType, MI_Boolean *result);
    /** MI_Context_ShouldProcess(). */
    MI_Result(MI_CALL *ShouldProcess)(MI_Context *context, const MI_Char *target,
                                      const MI_Char *action, MI_Boolean *result);
    /** MI_Context_ShouldContinue(). */
    MI_Result(MI_CALL *ShouldContinue)(MI_Context *context, const MI_Char *message,
                                       MI_Boolean *result);
    /** MI_Context_PostError(). */
    MI_Result(MI_CALL *PostError)(MI_Context *context, MI_Uint32 resultCode,
                                  const MI_Char *resultType, const MI_Char *errorMessage);
    /** MI_Context_PostCimError(). */
    MI_Result(MI_CALL *PostCimError)(MI_Context *context, const MI_Instance *error);
    /** MI_Context_WriteError(). */
    MI_Result(MI_CALL *WriteError)(MI_Context *context, MI_Uint32 resultCode,
                                   const MI_Char *resultType, const MI_Char *errorMessage,
                                   MI_Boolean *flag);
    /** MI_Context_GetLifecycleIndicationContext(). */
    MI_Result(MI_CALL *GetLifecycleIndicationContext)(
        const MI_Context *context, MI_LifecycleIndicationContext **lifecycleContext);
};

/** Context of one provider call. */
struct _MI_Context {
    const MI_ContextFT *ft; /**< Function table of this object; set by the library. */
    ptrdiff_t reserved[3];  /**< Belongs to the library. */
};

/** Table of MI_LifecycleIndicationContext. */
struct _MI_LifecycleIndicationContextFT {
    /** MI_LifecycleIndicationContext_PostCreate(). */
    MI_Result(MI_CALL *PostCreate)(MI_LifecycleIndicationContext *context,
                                   const MI_Instance *instance);
    /** MI_LifecycleIndicationContext_PostModify(). */
    MI_Result(MI_CALL *PostModify)(MI_LifecycleIndicationContext *context,
                                   const MI_Instance *orginalInstance, const MI_Instance *instance);
    /** MI_LifecycleIndicationContext_PostDelete(). */
    MI_Result(MI_CALL *PostDelete)(MI_LifecycleIndicationContext *context,
                                   const MI_Instance *orginalInstance);
    /** MI_LifecycleIndicationContext_PostRead(). */
    MI_Result(MI_CALL *PostRead)(MI_LifecycleIndicationContext *context,
                                 const MI_Instance *instance);
    /** MI_LifecycleIndicationContext_PostMethodCall_Before(). */
    MI_Result(MI_CALL *PostMethodCall)(MI_LifecycleIndicationContext *context,
                                       const MI_Instance *instance, const MI_Char *methodName,
                                       MI_Boolean precall, const MI_Instance *parameter,
                                       const MI_Char *returnvalue);
    /** MI_LifecycleIndicationContext_PostResult(). */
    MI_Result(MI_CALL *PostResult)(MI_LifecycleIndicationContext *context, MI_Result result);
    /** MI_LifecycleIndicationContext_ConstructInstance(). */
    MI_Result(MI_CALL *ConstructInstance)(MI_LifecycleIndicationContext *context,
                                          const MI_ClassDecl *classDecl, MI_Instance *instance);
    /** MI_LifecycleIndicationContext_ConstructParameters(). */
    MI_Result(MI_CALL *ConstructParameters)(MI_LifecycleIndicationContext *context,
                                            const MI_MethodDecl *methodDecl, MI_Instance *instance);
    /** MI_LifecycleIndicationContext_NewInstance(). */
    MI_Result(MI_CALL *NewInstance)(MI_LifecycleIndicationContext *context,
                                    const MI_ClassDecl *classDecl, MI_Instance **instance);
    /** MI_LifecycleIndicationContext_NewDynamicInstance(). */
    MI_Result(MI_CALL *NewDynamicInstance)(MI_LifecycleIndicationContext *context,
                                           const MI_Char *className, MI_Uint32 flags,
                                           MI_Instance **instance);
    /** MI_LifecycleIndicationContext_NewParameters(). */
    MI_Result(MI_CALL *NewParameters)(MI_LifecycleIndicationContext *context,
                                      const MI_MethodDecl *methodDecl, MI_Instance **instance);
    /** MI_LifecycleIndicationContext_SetSupportedTypes(). */
    MI_Result(MI_CALL *SetSupportedTypes)(MI_LifecycleIndicationContext *context, MI_Uint32 types);
    /** MI_LifecycleIndicationContext_GetTypes(). */
    MI_Result(MI_CALL *GetTypes)(MI_LifecycleIndicationContext *context, MI_Uint32 *types);
    /** MI_LifecycleIndicationContext_RegisterCallback(). */
    MI_Result(MI_CALL *RegisterCallback)(MI_LifecycleIndicationContext *context,
                                         MI_LifecycleIndicationCallback callback,
                                         void *callbackData);
};

/** Context for lifecycle indications. */
struct _MI_LifecycleIndicationContext {
    /** Function table of this object; set by the library. */
    const MI_LifecycleIndicationContextFT *ft;
    ptrdiff_t reserved[3]; /**< Belongs to the library. */
};

/*
 * Entry points: the only two symbols of the library.
 */

/** Start the library and open an application, the root of all sessions and options.
 *
 *  Makes no connection. May be called several times; each application is independent of the others
 *  and on POSIX has threads of its own: one from here on, the others start when first needed. Call
 *  it as MI_Application_Initialize().
 *
 *  On Windows this loads mi.dll from the system directory, once and for good. Where it is missing
 *  (before Windows 8 without Windows Management Framework 3.0) the result is
 *  MI_RESULT_NOT_SUPPORTED, and the extended error says what to install.
 *
 *  @param[in] flags  0
 *  @param[in] applicationID  free label for logs and configuration; may be NULL
 *  @param[out] extendedError  set to NULL first, on failure possibly to a CIM_Error the caller
 *      deletes; may be NULL
 *  @param[out] application  filled; zeroed on failure, after which closing it is harmless
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p flags is not 0 or @p application is
 *      NULL; MI_RESULT_NOT_SUPPORTED if mi.dll is missing or too old (Windows);
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory; MI_RESULT_FAILED otherwise
 *  @thread any; may be called by several threads at once
 *  @source Microsoft Learn: MI_Application_Initialize
 */
MI_EXTERN_C MI_LINKAGE MI_Result MI_MAIN_CALL
MI_Application_InitializeV1(MI_Uint32 flags, const MI_Char *applicationID,
                            MI_Instance **extendedError, MI_Application *application);

/** The name to call: stands for MI_Application_InitializeV1(). */
#define MI_Application_Initialize MI_Application_InitializeV1

/** The client function tables. On POSIX a constant of the library; on Windows it loads mi.dll on
 *  first use and stands for the tables of that library, and is usable before
 *  MI_Application_InitializeV1(). Where mi.dll is missing its slots answer
 *  MI_RESULT_NOT_SUPPORTED. Never assign to it.
 */
MI_EXTERN_C MI_LINKAGE const MI_ClientFT_V1 *mi_clientFT_V1;

/** The client tables under their unversioned name. */
#define mi_clientFT mi_clientFT_V1

/*
 * Application.
 */

/** Close an application: cancel all that runs, then wait until the owner of every session and
 *  hosted provider has closed it.
 *
 *  It closes no session by itself, so an open session or operation makes it wait for ever. When it
 *  returns no thread of the application is left. The handle is zeroed.
 *
 *  @param[in,out] application  application to close
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if NULL, zeroed or closed already;
 *      MI_RESULT_FAILED inside a callback (POSIX; Windows hangs)
 *  @thread any but a callback; blocks until everything below is closed
 *  @source Microsoft Learn: MI_Application_Close
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_Close(MI_Application *application)
{
    if (application == NULL || application->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->Close(application);
}

/** Make an instance in memory; nothing is sent anywhere.
 *
 *  With a class declaration it has the properties of the class, at their defaults or null, and no
 *  others can be added. Without, it is dynamic: empty, and grows through MI_Instance_AddElement().
 *
 *  @param[in] application  open application
 *  @param[in] className  name of the class, a CIM identifier; not used when @p classRTTI is given
 *  @param[in] classRTTI  declaration of the class, which must outlive the instance; NULL for a
 *      dynamic instance
 *  @param[out] instance  new instance, the caller's to delete; set to NULL if @p application is
 *      NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed name, a NULL output,
 *      or a NULL, zeroed or closed application; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Application_NewInstance; DSP0004 (identifiers)
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_NewInstance(MI_Application *application,
                                                              const MI_Char *className,
                                                              const MI_ClassDecl *classRTTI,
                                                              MI_Instance **instance)
{
    if (application == NULL || application->ft == NULL) {
        if (instance != NULL) {
            *instance = NULL;
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewInstance(application, className, classRTTI, instance);
}

/** Make an instance in memory from a class object, as MI_Application_NewInstance() does from a
 *  declaration.
 *
 *  The instance keeps what it needs of the class, so the MI_Class may be deleted before or after.
 *
 *  @param[in] application  open application
 *  @param[in] className  class name
 *  @param[in] classObject  class; NULL for a dynamic instance
 *  @param[out] instance  new instance, the caller's to delete; set to NULL if @p application is
 *      NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed name, a NULL output,
 *      or a NULL, zeroed or closed application; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Application_NewInstanceFromClass
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_NewInstanceFromClass(MI_Application *application,
                                                                       const MI_Char *className,
                                                                       const MI_Class *classObject,
                                                                       MI_Instance **instance)
{
    if (application == NULL || application->ft == NULL) {
        if (instance != NULL) {
            *instance = NULL;
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewInstanceFromClass(application, className, classObject, instance);
}

/** Make an empty set of parameters for MI_Session_Invoke(): an instance of a class named
 *  "Parameters", to be filled with MI_Instance_AddElement().
 *
 *  @param[in] application  open application
 *  @param[in] classRTTI  declaration that lists the parameters and must outlive the instance; NULL
 *      for a dynamic instance
 *  @param[out] instance  new instance, the caller's to delete; set to NULL if @p application is
 *      NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or a NULL, zeroed or
 *      closed application; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Application_NewParameterSet
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_NewParameterSet(MI_Application *application,
                                                                  const MI_ClassDecl *classRTTI,
                                                                  MI_Instance **instance)
{
    if (application == NULL || application->ft == NULL) {
        if (instance != NULL) {
            *instance = NULL;
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewInstance(application, MI_T("Parameters"), classRTTI, instance);
}

/** Make empty destination options. They can serve any number of sessions; end them with
 *  MI_DestinationOptions_Delete().
 *
 *  @param[in] application  open application
 *  @param[out] options  filled; zeroed if @p application is NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or a NULL, zeroed or
 *      closed application; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Application_NewDestinationOptions
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_Application_NewDestinationOptions(MI_Application *application, MI_DestinationOptions *options)
{
    if (application == NULL || application->ft == NULL) {
        if (options != NULL) {
            memset(options, 0, sizeof(*options));
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewDestinationOptions(application, options);
}

/** Make empty operation options. They can serve any number of operations; end them with
 *  MI_OperationOptions_Delete().
 *
 *  @param[in] application  open application
 *  @param[in] mustUnderstand  MI_TRUE if the server must fail an operation with custom options it
 *      does not know; normally MI_FALSE. Servers refuse such a demand for CIM classes, so on POSIX
 *      an operation with MI_TRUE and custom options ends with MI_RESULT_INVALID_PARAMETER.
 *  @param[out] options  filled; zeroed if @p application is NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or a NULL, zeroed or
 *      closed application; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Application_NewOperationOptions; MS-WSMV 3.1.4.1.10
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_NewOperationOptions(MI_Application *application,
                                                                      MI_Boolean mustUnderstand,
                                                                      MI_OperationOptions *options)
{
    if (application == NULL || application->ft == NULL) {
        if (options != NULL) {
            memset(options, 0, sizeof(*options));
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewOperationOptions(application, mustUnderstand, options);
}

/** Make empty subscription delivery options. End them with
 *  MI_SubscriptionDeliveryOptions_Delete().
 *
 *  @param[in] application  open application
 *  @param[in] deliveryType  pull or push
 *  @param[out] deliveryOptions  filled; zeroed if @p application is NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for an unknown type, a NULL output, or a
 *      NULL, zeroed or closed application; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Application_NewSubscriptionDeliveryOptions
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_NewSubscriptionDeliveryOptions(
    MI_Application *application, MI_SubscriptionDeliveryType deliveryType,
    MI_SubscriptionDeliveryOptions *deliveryOptions)
{
    if (application == NULL || application->ft == NULL) {
        if (deliveryOptions != NULL) {
            memset(deliveryOptions, 0, sizeof(*deliveryOptions));
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewSubscriptionDeliveryOptions(application, deliveryType,
                                                           deliveryOptions);
}

/** Make a session with a destination. No network traffic happens, so success does not mean that
 *  the server exists.
 *
 *  POSIX: the protocol "WINRM" (also spelt "MI_REMOTE_WSMAN") is WS-Management, and so is NULL; a
 *  NULL destination is this computer. "WMIDCOM" and unknown names are MI_RESULT_NOT_SUPPORTED. A
 *  destination is host, host:port, [IPv6]:port with optional zone, or a full URL, where a host is
 *  a name or an address; a URL that contradicts an option is MI_RESULT_INVALID_PARAMETER. A
 *  session uses at most 8 connections.
 *
 *  Windows: a NULL protocol means DCOM for this computer and WS-Management for any other.
 *
 *  @param[in] application  open application
 *  @param[in] protocol  "WINRM"; NULL for the default
 *  @param[in] destination  where the server is; NULL for this computer
 *  @param[in] options  how to reach it, copied; NULL for the defaults
 *  @param[in] callbacks  callbacks during this call, copied; may be NULL
 *  @param[out] extendedError  set to NULL first, on failure possibly to a CIM_Error the caller
 *      deletes; may be NULL
 *  @param[out] session  filled; on failure it may carry a table that reports the failure to every
 *      call; zeroed if @p application is NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a bad destination, contradicting options,
 *      or a NULL, zeroed or closed application; MI_RESULT_NOT_SUPPORTED for a protocol or an option
 * that is not available; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory; MI_RESULT_FAILED otherwise
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Application_NewSession; MS-WSMV 2.2.4.5
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_NewSession(
    MI_Application *application, const MI_Char *protocol, const MI_Char *destination,
    MI_DestinationOptions *options, MI_SessionCallbacks *callbacks, MI_Instance **extendedError,
    MI_Session *session)
{
    if (application == NULL || application->ft == NULL) {
        if (session != NULL) {
            memset(session, 0, sizeof(*session));
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewSession(application, protocol, destination, options, callbacks,
                                       extendedError, session);
}

/** Register a provider inside this process with the local CIM server. This library has no such
 *  server on POSIX and answers MI_RESULT_NOT_SUPPORTED there.
 *
 *  @param[in] application  open application
 *  @param[in] namespaceName  namespace the provider serves
 *  @param[in] providerName  name of the provider
 *  @param[in] mi_Main  entry point of the provider
 *  @param[out] extendedError  set to NULL first, on failure possibly to a CIM_Error the caller
 *      deletes; may be NULL
 *  @param[out] hostedProvider  filled; zeroed if @p application is NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_NOT_SUPPORTED where there is no local server;
 *      MI_RESULT_INVALID_PARAMETER for a NULL argument, or a NULL, zeroed or closed application;
 *      MI_RESULT_FAILED otherwise
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Application_NewHostedProvider
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_NewHostedProvider(
    MI_Application *application, const MI_Char *namespaceName, const MI_Char *providerName,
    MI_MainFunction mi_Main, MI_Instance **extendedError, MI_HostedProvider *hostedProvider)
{
    if (application == NULL || application->ft == NULL) {
        if (hostedProvider != NULL) {
            memset(hostedProvider, 0, sizeof(*hostedProvider));
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewHostedProvider(application, namespaceName, providerName, mi_Main,
                                              extendedError, hostedProvider);
}

/** Make a serializer, which turns instances and classes into bytes.
 *
 *  @param[in,out] application  open application
 *  @param[in] flags  0
 *  @param[in] format  "MI_XML" for CIM-XML (DSP0201), "MI_MOF_CIMV2_EXTV1" for MOF (DSP0221) where
 *      available
 *  @param[out] serializer  filled, to be ended with MI_Serializer_Close(); zeroed if @p
 *      application is NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_NOT_SUPPORTED for a format that is not available;
 *      MI_RESULT_INVALID_PARAMETER for a NULL argument, non-zero flags, or a NULL, zeroed or
 *      closed application; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Application_NewSerializer
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_NewSerializer(MI_Application *application,
                                                                MI_Uint32 flags, MI_Char *format,
                                                                MI_Serializer *serializer)
{
    if (application == NULL || application->ft == NULL) {
        if (serializer != NULL) {
            memset(serializer, 0, sizeof(*serializer));
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewSerializer(application, flags, format, serializer);
}

/** Make a deserializer, which turns bytes into instances and classes.
 *
 *  @param[in,out] application  open application
 *  @param[in] flags  0
 *  @param[in] format  "MI_XML" for CIM-XML (DSP0201), "MI_MOF_CIMV2_EXTV1" for MOF (DSP0221) where
 *      available
 *  @param[out] deserializer  filled, to be ended with MI_Deserializer_Close(); zeroed if @p
 *      application is NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_NOT_SUPPORTED for a format that is not available;
 *      MI_RESULT_INVALID_PARAMETER for a NULL argument, non-zero flags, or a NULL, zeroed or
 *      closed application; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Application_NewDeserializer
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_NewDeserializer(MI_Application *application,
                                                                  MI_Uint32 flags, MI_Char *format,
                                                                  MI_Deserializer *deserializer)
{
    if (application == NULL || application->ft == NULL) {
        if (deserializer != NULL) {
            memset(deserializer, 0, sizeof(*deserializer));
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewDeserializer(application, flags, format, deserializer);
}

/** Make a class object from a declaration. POSIX copies the declaration; on Windows keep it until
 *  the class is deleted.
 *
 *  @param[in] application  open application
 *  @param[in] classDecl  declaration
 *  @param[in] namespaceName  namespace the class reports; may be NULL
 *  @param[in] serverName  server name the class reports; may be NULL
 *  @param[out] classObject  new class, the caller's to delete; set to NULL if @p application is
 *      NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL declaration or output, a malformed
 *      declaration, or a NULL, zeroed or closed application; MI_RESULT_SERVER_LIMITS_EXCEEDED out
 *      of memory
 *  @thread any; does not block
 *  @source declared by the Windows SDK only; the table slot exists in Microsoft OMI too
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Application_NewClass(MI_Application *application,
                                                           const MI_ClassDecl *classDecl,
                                                           const MI_Char *namespaceName,
                                                           const MI_Char *serverName,
                                                           MI_Class **classObject)
{
    if (application == NULL || application->ft == NULL) {
        if (classObject != NULL) {
            *classObject = NULL;
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return application->ft->NewClass(application, classDecl, namespaceName, serverName,
                                     classObject);
}

/*
 * Hosted providers: providers that live in the application's process and are served by the local
 * CIM server.
 */

/** Unregister a hosted provider. Needed before its application can be closed.
 *
 *  @param[in,out] hostedProvider  provider to close
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if NULL, zeroed or closed already;
 *      MI_RESULT_FAILED otherwise
 *  @thread any but a callback; blocks until the provider is unloaded
 *  @source Microsoft Learn: MI_HostedProvider_Close
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_HostedProvider_Close(MI_HostedProvider *hostedProvider)
{
    if (hostedProvider == NULL || hostedProvider->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return hostedProvider->ft->Close(hostedProvider);
}

/** Tell the application that a hosted provider belongs to. The copy is not a reference of its own:
 *  do not close it as well.
 *
 *  @param[in] hostedProvider  open hosted provider
 *  @param[out] application  filled; zeroed on failure
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed or closed
 *      provider
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_HostedProvider_GetApplication
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_HostedProvider_GetApplication(MI_HostedProvider *hostedProvider, MI_Application *application)
{
    if (hostedProvider == NULL || hostedProvider->ft == NULL) {
        if (application != NULL) {
            memset(application, 0, sizeof(*application));
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return hostedProvider->ft->GetApplication(hostedProvider, application);
}

/*
 * Session: a relation to one destination. The functions that start operations share these rules:
 * options, callbacks, strings and instances are copied at once; the operation handle is always
 * filled and must always be closed; an operation that cannot start reports so through its last
 * result.
 */

/** Close a session: cancel its operations, then wait until the owner of each has closed it.
 *
 *  Without completion callback this blocks. With one it returns at once and the callback comes
 *  when all is gone, after the last callbacks of the cancelled operations; it never comes if an
 *  operation is never closed. That form alone is allowed inside a callback, and must not be waited
 *  for there. The callback runs at once, in this call, if the handle is NULL or zeroed.
 *
 *  @param[in,out] session  session to close
 *  @param[in] completionContext  given to @p completionCallback; may be NULL
 *  @param[in] completionCallback  called once when the session is gone; NULL to wait
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a closed session (no callback comes), and
 *      for a NULL or zeroed one without callback; MI_RESULT_FAILED for the blocking form inside a
 *      callback (POSIX; Windows hangs)
 *  @thread any; blocks without callback, does not with one
 *  @source Microsoft Learn: MI_Session_Close
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_Session_Close(MI_Session *session, void *completionContext,
                 void(MI_CALL *completionCallback)(void *completionContext))
{
    if (session == NULL || session->ft == NULL) {
        if (completionCallback != NULL) {
            completionCallback(completionContext);
            return MI_RESULT_OK;
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return session->ft->Close(session, completionContext, completionCallback);
}

/** Tell the application that a session belongs to. The copy is not a reference of its own: do not
 *  close it as well.
 *
 *  @param[in] session  open session
 *  @param[out] application  filled; zeroed on failure
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed or closed
 *      session
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_GetApplication
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Session_GetApplication(MI_Session *session,
                                                             MI_Application *application)
{
    if (session == NULL || session->ft == NULL) {
        if (application != NULL) {
            memset(application, 0, sizeof(*application));
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return session->ft->GetApplication(session, application);
}

/** Fetch one instance by its keys.
 *
 *  There is exactly one result. The last result carries MI_RESULT_OK; MI_RESULT_NOT_FOUND;
 *  MI_RESULT_INVALID_CLASS; MI_RESULT_INVALID_NAMESPACE; MI_RESULT_ACCESS_DENIED;
 *  MI_RESULT_INVALID_PARAMETER for missing keys or bad arguments; MI_RESULT_FAILED for timeouts,
 *  cancellation and trouble on the way; or what the server says.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] inboundInstance  instance with the class name and all key values
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_GetInstance; DSP0227 (Get)
 */
MI_INLINE void MI_INLINE_CALL MI_Session_GetInstance(MI_Session *session, MI_Uint32 flags,
                                                     MI_OperationOptions *options,
                                                     const MI_Char *namespaceName,
                                                     const MI_Instance *inboundInstance,
                                                     MI_OperationCallbacks *callbacks,
                                                     MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->instanceResult != NULL) {
            callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                      MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->GetInstance(session, flags, options, namespaceName, inboundInstance, callbacks,
                             operation);
}

/** Write properties of an existing instance.
 *
 *  The server writes the elements that were set since the instance was fetched or made
 *  (MI_FLAG_NOT_MODIFIED is clear); if none was, all that have a value. Servers that do not know
 *  which were set (openwsman, iDRAC, AMT) write every value the instance holds: modify what was
 *  fetched there. The keys name the object and cannot be changed. The result may carry the instance
 *  as it is now, or NULL. The request is never sent twice. The last result carries
 *  MI_RESULT_OK; MI_RESULT_NOT_FOUND; MI_RESULT_NOT_SUPPORTED if the class is read-only;
 *  MI_RESULT_TYPE_MISMATCH; MI_RESULT_ACCESS_DENIED; MI_RESULT_INVALID_PARAMETER; MI_RESULT_FAILED
 *  for timeouts, cancellation and trouble on the way; or what the server says.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] inboundInstance  instance with all keys, and the properties to write
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_ModifyInstance; DSP0227 (Put)
 */
MI_INLINE void MI_INLINE_CALL MI_Session_ModifyInstance(MI_Session *session, MI_Uint32 flags,
                                                        MI_OperationOptions *options,
                                                        const MI_Char *namespaceName,
                                                        const MI_Instance *inboundInstance,
                                                        MI_OperationCallbacks *callbacks,
                                                        MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->instanceResult != NULL) {
            callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                      MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->ModifyInstance(session, flags, options, namespaceName, inboundInstance, callbacks,
                                operation);
}

/** Create an instance.
 *
 *  Most servers answer with an instance that holds the new keys; it may also be NULL. The last
 *  result carries MI_RESULT_OK; MI_RESULT_ALREADY_EXISTS; MI_RESULT_INVALID_CLASS;
 *  MI_RESULT_NOT_SUPPORTED; MI_RESULT_ACCESS_DENIED; MI_RESULT_INVALID_PARAMETER; MI_RESULT_FAILED
 *  for timeouts, cancellation and trouble on the way; or what the server says. The request is
 *  never sent twice.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] inboundInstance  instance to create
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_CreateInstance; DSP0227 (Create)
 */
MI_INLINE void MI_INLINE_CALL MI_Session_CreateInstance(MI_Session *session, MI_Uint32 flags,
                                                        MI_OperationOptions *options,
                                                        const MI_Char *namespaceName,
                                                        const MI_Instance *inboundInstance,
                                                        MI_OperationCallbacks *callbacks,
                                                        MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->instanceResult != NULL) {
            callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                      MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->CreateInstance(session, flags, options, namespaceName, inboundInstance, callbacks,
                                operation);
}

/** Delete an instance.
 *
 *  The result carries no instance. The last result carries MI_RESULT_OK; MI_RESULT_NOT_FOUND;
 *  MI_RESULT_NOT_SUPPORTED; MI_RESULT_ACCESS_DENIED; MI_RESULT_INVALID_PARAMETER; MI_RESULT_FAILED
 *  for timeouts, cancellation and trouble on the way; or what the server says. The request is
 *  never sent twice.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] inboundInstance  instance with the class name and all key values
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_DeleteInstance; DSP0227 (Delete)
 */
MI_INLINE void MI_INLINE_CALL MI_Session_DeleteInstance(MI_Session *session, MI_Uint32 flags,
                                                        MI_OperationOptions *options,
                                                        const MI_Char *namespaceName,
                                                        const MI_Instance *inboundInstance,
                                                        MI_OperationCallbacks *callbacks,
                                                        MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->instanceResult != NULL) {
            callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                      MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->DeleteInstance(session, flags, options, namespaceName, inboundInstance, callbacks,
                                operation);
}

/** Call a method of a class (static) or of an instance.
 *
 *  The result instance holds the out-parameters and ReturnValue; parameters marked MI_FLAG_STREAM
 *  come before it through streamedParameterResult. The last result carries MI_RESULT_OK when the
 *  method ran, whatever it returned; MI_RESULT_METHOD_NOT_FOUND; MI_RESULT_METHOD_NOT_AVAILABLE;
 *  MI_RESULT_NOT_FOUND; MI_RESULT_ACCESS_DENIED; MI_RESULT_INVALID_PARAMETER; MI_RESULT_FAILED for
 *  timeouts, cancellation and trouble on the way; or what the server says. The request is never
 *  sent twice, so that no method runs twice.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] className  class of a static method; may be NULL with @p inboundInstance
 *  @param[in] methodName  name of the method
 *  @param[in] inboundInstance  instance with keys; NULL for a static method
 *  @param[in] inboundProperties  in-parameters as elements, see MI_Application_NewParameterSet();
 *      NULL if there are none
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_Invoke; DSP0227 (extrinsic methods)
 */
MI_INLINE void MI_INLINE_CALL
MI_Session_Invoke(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                  const MI_Char *namespaceName, const MI_Char *className, const MI_Char *methodName,
                  const MI_Instance *inboundInstance, const MI_Instance *inboundProperties,
                  MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->instanceResult != NULL) {
            callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                      MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->Invoke(session, flags, options, namespaceName, className, methodName,
                        inboundInstance, inboundProperties, callbacks, operation);
}

/** Fetch all instances of a class, those of its subclasses included unless a flag says otherwise.
 *
 *  No instance at all is success: one last result with a NULL instance. Instances arrive while the
 *  server still produces them. The last result carries MI_RESULT_OK; MI_RESULT_INVALID_CLASS;
 *  MI_RESULT_INVALID_NAMESPACE; MI_RESULT_ACCESS_DENIED; MI_RESULT_INVALID_ENUMERATION_CONTEXT if
 *  the server dropped the enumeration, perhaps because results were held too long;
 *  MI_RESULT_INVALID_PARAMETER; MI_RESULT_FAILED for timeouts, cancellation and trouble on the
 *  way; or what the server says.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] className  class name; NULL only if a resource URI is set
 *  @param[in] keysOnly  MI_TRUE to fetch key properties only
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_EnumerateInstances; DSP0226 (Enumeration); MS-WSMV
 *      3.1.4.1.14
 */
MI_INLINE void MI_INLINE_CALL MI_Session_EnumerateInstances(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Char *className, MI_Boolean keysOnly,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->instanceResult != NULL) {
            callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                      MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->EnumerateInstances(session, flags, options, namespaceName, className, keysOnly,
                                    callbacks, operation);
}

/** Fetch the instances that a query selects.
 *
 *  The last result carries MI_RESULT_OK; MI_RESULT_INVALID_QUERY;
 *  MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED; MI_RESULT_INVALID_CLASS; MI_RESULT_INVALID_NAMESPACE;
 *  MI_RESULT_ACCESS_DENIED; MI_RESULT_INVALID_PARAMETER; MI_RESULT_FAILED for timeouts,
 *  cancellation and trouble on the way; or what the server says.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] queryDialect  such as MI_QUERY_DIALECT_WQL; NULL only if a resource URI is set
 *  @param[in] queryExpression  text of the query; NULL only if a resource URI is set
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_QueryInstances; DSP0226 (Enumeration with a filter)
 */
MI_INLINE void MI_INLINE_CALL MI_Session_QueryInstances(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Char *queryDialect, const MI_Char *queryExpression,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->instanceResult != NULL) {
            callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                      MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->QueryInstances(session, flags, options, namespaceName, queryDialect,
                                queryExpression, callbacks, operation);
}

/** Fetch the instances that associations link to a given one.
 *
 *  The last result carries MI_RESULT_OK; MI_RESULT_NOT_FOUND; MI_RESULT_INVALID_CLASS;
 *  MI_RESULT_INVALID_NAMESPACE; MI_RESULT_ACCESS_DENIED; MI_RESULT_INVALID_PARAMETER;
 *  MI_RESULT_FAILED for timeouts, cancellation and trouble on the way; or what the server says.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] instanceKey  instance to start from, with all keys
 *  @param[in] assocClass  only through associations of this class; NULL for any
 *  @param[in] resultClass  only instances of this class; NULL for any
 *  @param[in] role  only where this property of the association points to the given instance; NULL
 *      for any
 *  @param[in] resultRole  only where this property of the association points to the result; NULL
 *      for any
 *  @param[in] keysOnly  MI_TRUE to fetch key properties only
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_AssociatorInstances; DSP0227 (associations)
 */
MI_INLINE void MI_INLINE_CALL MI_Session_AssociatorInstances(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Instance *instanceKey, const MI_Char *assocClass,
    const MI_Char *resultClass, const MI_Char *role, const MI_Char *resultRole, MI_Boolean keysOnly,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->instanceResult != NULL) {
            callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                      MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->AssociatorInstances(session, flags, options, namespaceName, instanceKey,
                                     assocClass, resultClass, role, resultRole, keysOnly, callbacks,
                                     operation);
}

/** Fetch the association instances that refer to a given instance.
 *
 *  The last result carries MI_RESULT_OK; MI_RESULT_NOT_FOUND; MI_RESULT_INVALID_CLASS;
 *  MI_RESULT_INVALID_NAMESPACE; MI_RESULT_ACCESS_DENIED; MI_RESULT_INVALID_PARAMETER;
 *  MI_RESULT_FAILED for timeouts, cancellation and trouble on the way; or what the server says.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] instanceKey  instance to start from, with all keys
 *  @param[in] resultClass  only associations of this class; NULL for any
 *  @param[in] role  only where this property of the association points to the given instance; NULL
 *      for any
 *  @param[in] keysOnly  MI_TRUE to fetch key properties only
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_ReferenceInstances; DSP0227 (associations)
 */
MI_INLINE void MI_INLINE_CALL
MI_Session_ReferenceInstances(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                              const MI_Char *namespaceName, const MI_Instance *instanceKey,
                              const MI_Char *resultClass, const MI_Char *role, MI_Boolean keysOnly,
                              MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->instanceResult != NULL) {
            callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                      MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->ReferenceInstances(session, flags, options, namespaceName, instanceKey,
                                    resultClass, role, keysOnly, callbacks, operation);
}

/** Subscribe to the indications that a query selects. The subscription runs until it is cancelled,
 *  closed or expires; the first two unsubscribe at the server.
 *
 *  POSIX: delivery is by pull, whose requests hang on the server until something happens and do not
 *  count against the connections of the session; push is MI_RESULT_NOT_SUPPORTED. A request that
 * the server may have carried out is never sent again, so an indication comes once; when the
 * connection breaks the subscription ends, and a bookmark resumes it. MI_RESULT_FAILED also tells
 * that the server has ended it, with its words; MI_RESULT_INVALID_ENUMERATION_CONTEXT that it does
 * not know it any more.
 *
 *  Without indicationResult callback results are pulled with MI_Operation_GetIndication(). The
 *  last result carries MI_RESULT_OK when it expired; MI_RESULT_INVALID_QUERY;
 *  MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED; MI_RESULT_ACCESS_DENIED; MI_RESULT_NOT_SUPPORTED for a
 *  kind of delivery that is not available; MI_RESULT_INVALID_PARAMETER; MI_RESULT_FAILED for
 *  timeouts, cancellation and trouble on the way; or what the server says.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] queryDialect  such as MI_QUERY_DIALECT_WQL; NULL only if a resource URI is set
 *  @param[in] queryExpression  text of the query; NULL only if a resource URI is set
 *  @param[in] deliverOptions  pull or push and how, copied; NULL only where the transport has a
 *      default
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_Subscribe; MS-WSMV 3.1.4.6
 */
MI_INLINE void MI_INLINE_CALL MI_Session_Subscribe(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Char *queryDialect, const MI_Char *queryExpression,
    const MI_SubscriptionDeliveryOptions *deliverOptions, MI_OperationCallbacks *callbacks,
    MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->indicationResult != NULL) {
            callbacks->indicationResult(NULL, callbacks->callbackContext, NULL, NULL, NULL,
                                        MI_FALSE, MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->Subscribe(session, flags, options, namespaceName, queryDialect, queryExpression,
                           deliverOptions, callbacks, operation);
}

/** Fetch the declaration of one class.
 *
 *  There is exactly one result, read with MI_Operation_GetClass() or classResult. The last result
 *  carries MI_RESULT_OK; MI_RESULT_INVALID_CLASS or MI_RESULT_NOT_FOUND;
 *  MI_RESULT_INVALID_NAMESPACE; MI_RESULT_ACCESS_DENIED; MI_RESULT_NOT_SUPPORTED if the server
 *  keeps no classes; MI_RESULT_INVALID_PARAMETER; MI_RESULT_FAILED for timeouts, cancellation and
 *  trouble on the way; or what the server says.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] className  class name; NULL only if a resource URI is set
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_GetClass; DSP0230
 */
MI_INLINE void MI_INLINE_CALL MI_Session_GetClass(MI_Session *session, MI_Uint32 flags,
                                                  MI_OperationOptions *options,
                                                  const MI_Char *namespaceName,
                                                  const MI_Char *className,
                                                  MI_OperationCallbacks *callbacks,
                                                  MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->classResult != NULL) {
            callbacks->classResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                   MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->GetClass(session, flags, options, namespaceName, className, callbacks, operation);
}

/** Fetch the declarations of the subclasses of a class, all levels unless
 *  MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW is given.
 *
 *  The last result carries MI_RESULT_OK; MI_RESULT_INVALID_CLASS; MI_RESULT_INVALID_NAMESPACE;
 *  MI_RESULT_ACCESS_DENIED; MI_RESULT_NOT_SUPPORTED if the server keeps no classes;
 *  MI_RESULT_INVALID_PARAMETER; MI_RESULT_FAILED for timeouts, cancellation and trouble on the
 *  way; or what the server says.
 *
 *  @param[in] session  open session
 *  @param[in] flags  MI_OPERATIONFLAGS_... bits, 0 for the defaults
 *  @param[in] options  settings of this operation, copied; NULL for those of the session
 *  @param[in] namespaceName  namespace such as "root/cimv2"; NULL for the server's default
 *  @param[in] className  class whose subclasses are wanted; NULL for the top-level classes
 *  @param[in] classNamesOnly  MI_TRUE for classes that carry a name only
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_EnumerateClasses; MS-WSMV 3.1.4.8
 */
MI_INLINE void MI_INLINE_CALL MI_Session_EnumerateClasses(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Char *className, MI_Boolean classNamesOnly,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->classResult != NULL) {
            callbacks->classResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                   MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->EnumerateClasses(session, flags, options, namespaceName, className, classNamesOnly,
                                  callbacks, operation);
}

/** Ask the server to identify itself, to learn whether it can be reached.
 *
 *  There is exactly one result, of the kind of MI_Operation_GetInstance() and instanceResult; its
 *  instance may be NULL. The last result carries MI_RESULT_OK if the server answered;
 *  MI_RESULT_ACCESS_DENIED; MI_RESULT_INVALID_PARAMETER; or MI_RESULT_FAILED for timeouts,
 *  cancellation and trouble on the way.
 *
 *  @param[in] session  open session
 *  @param[in] flags  0
 *  @param[in] callbacks  callbacks, copied; NULL to pull the results
 *  @param[out] operation  operation handle, filled always; close it with MI_Operation_Close() in
 *      any case
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Session_TestConnection; DSP0226 (Identify); MS-WSMV 3.1.4.1.23
 */
MI_INLINE void MI_INLINE_CALL MI_Session_TestConnection(MI_Session *session, MI_Uint32 flags,
                                                        MI_OperationCallbacks *callbacks,
                                                        MI_Operation *operation)
{
    if (session == NULL || session->ft == NULL) {
        if (operation != NULL) {
            memset(operation, 0, sizeof(*operation));
        }
        if (callbacks != NULL && callbacks->instanceResult != NULL) {
            callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                      MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
        }
        return;
    }
    session->ft->TestConnection(session, flags, callbacks, operation);
}

/*
 * Operation: one request and its results.
 */

/** Take the next result of a synchronous instance operation. Go on until moreResults is MI_FALSE;
 *  a cancelled operation has a last result too.
 *
 *  A NULL instance is not an error: nothing found, a delete, or a result that only says the
 *  operation has started. The last result may carry an instance. What is handed out is borrowed
 *  until the next call on this operation or its close. After the last result further calls answer
 *  it again, without instance. If the handle is NULL or zeroed, moreResults becomes MI_FALSE and
 *  result MI_RESULT_INVALID_PARAMETER.
 *
 *  @param[in] operation  operation started without instanceResult callback
 *  @param[out] instance  next instance, borrowed; NULL if none
 *  @param[out] moreResults  MI_TRUE if another result follows; MI_FALSE with the last one; may be
 *      NULL
 *  @param[out] result  outcome of the operation with the last result, otherwise MI_RESULT_OK; may
 *      be NULL
 *  @param[out] errorMessage  text of the error, borrowed as the result is; NULL if none; may be
 *      NULL
 *  @param[out] completionDetails  CIM_Error with details, borrowed as the result is; NULL if none;
 *      may be NULL
 *  @return MI_RESULT_OK if @p result speaks; MI_RESULT_INVALID_PARAMETER, also in @p result, for
 *      an operation of another kind or with callback, a NULL output, or a closed handle
 *  @thread any, but the Get calls of one operation one after the other; waits for a result or the
 * time limit is over
 *  @source Microsoft Learn: MI_Operation_GetInstance
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Operation_GetInstance(
    MI_Operation *operation, const MI_Instance **instance, MI_Boolean *moreResults,
    MI_Result *result, const MI_Char **errorMessage, const MI_Instance **completionDetails)
{
    if (operation == NULL || operation->ft == NULL) {
        if (result != NULL) {
            *result = MI_RESULT_INVALID_PARAMETER;
        }
        if (moreResults != NULL) {
            *moreResults = MI_FALSE;
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return operation->ft->GetInstance(operation, instance, moreResults, result, errorMessage,
                                      completionDetails);
}

/** Take the next indication of a synchronous subscription. As MI_Operation_GetInstance(), but the
 *  wait lasts until something happens.
 *
 *  POSIX: bookmarks come when MI_SubscriptionDeliveryOptions_SetBookmark() was called. A server
 *  gives one for all indications it sends together, and it stands behind the last of them: the
 * others come with the bookmark before it (NULL if there is none), so that resuming anywhere
 * repeats some and loses none.
 *
 *  @param[in] operation  subscription started without indicationResult callback
 *  @param[out] instance  indication, borrowed; NULL if none
 *  @param[out] bookmark  where to resume later, borrowed; NULL if none; may be NULL
 *  @param[out] machineID  where the indication comes from, borrowed; NULL if unknown; may be NULL
 *  @param[out] moreResults  MI_TRUE if another result follows; MI_FALSE with the last one; may be
 *      NULL
 *  @param[out] result  outcome of the operation with the last result, otherwise MI_RESULT_OK; may
 *      be NULL
 *  @param[out] errorMessage  text of the error, borrowed as the result is; NULL if none; may be
 *      NULL
 *  @param[out] completionDetails  CIM_Error with details, borrowed as the result is; NULL if none;
 *      may be NULL
 *  @return MI_RESULT_OK if @p result speaks; MI_RESULT_INVALID_PARAMETER, also in @p result, for
 *      an operation of another kind or with callback, a NULL output, or a closed handle
 *  @thread any, but the Get calls of one operation one after the other; waits for an indication or
 * the subscription ends
 *  @source Microsoft Learn: MI_Operation_GetIndication
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Operation_GetIndication(
    MI_Operation *operation, const MI_Instance **instance, const MI_Char **bookmark,
    const MI_Char **machineID, MI_Boolean *moreResults, MI_Result *result,
    const MI_Char **errorMessage, const MI_Instance **completionDetails)
{
    if (operation == NULL || operation->ft == NULL) {
        if (result != NULL) {
            *result = MI_RESULT_INVALID_PARAMETER;
        }
        if (moreResults != NULL) {
            *moreResults = MI_FALSE;
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return operation->ft->GetIndication(operation, instance, bookmark, machineID, moreResults,
                                        result, errorMessage, completionDetails);
}

/** Take the next result of a synchronous class operation. As MI_Operation_GetInstance(), with
 *  classes.
 *
 *  @param[in] operation  class operation started without classResult callback
 *  @param[out] classResult  next class, borrowed; NULL if none
 *  @param[out] moreResults  MI_TRUE if another result follows; MI_FALSE with the last one; may be
 *      NULL
 *  @param[out] result  outcome of the operation with the last result, otherwise MI_RESULT_OK; may
 *      be NULL
 *  @param[out] errorMessage  text of the error, borrowed as the result is; NULL if none; may be
 *      NULL
 *  @param[out] completionDetails  CIM_Error with details, borrowed as the result is; NULL if none;
 *      may be NULL
 *  @return MI_RESULT_OK if @p result speaks; MI_RESULT_INVALID_PARAMETER, also in @p result, for
 *      an operation of another kind or with callback, a NULL output, or a closed handle
 *  @thread any, but the Get calls of one operation one after the other; waits for a result or the
 * time limit is over
 *  @source Microsoft Learn: MI_Operation_GetClass
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Operation_GetClass(MI_Operation *operation,
                                                         const MI_Class **classResult,
                                                         MI_Boolean *moreResults, MI_Result *result,
                                                         const MI_Char **errorMessage,
                                                         const MI_Instance **completionDetails)
{
    if (operation == NULL || operation->ft == NULL) {
        if (result != NULL) {
            *result = MI_RESULT_INVALID_PARAMETER;
        }
        if (moreResults != NULL) {
            *moreResults = MI_FALSE;
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return operation->ft->GetClass(operation, classResult, moreResults, result, errorMessage,
                                   completionDetails);
}

/** Close an operation, which cancels it if it still runs. Each operation is closed exactly once,
 *  whatever its outcome.
 *
 *  Asynchronous: never blocks; the last callback still comes, and the operation is gone when its
 *  last result has been acknowledged. The final callback may close the operation itself.
 *  Synchronous: POSIX never blocks, also when results are left, which are thrown away, and a
 *  thread that waits in MI_Operation_GetInstance() gets the last result; Windows waits until
 *  another thread has drained the operation, so drain it first.
 *
 *  @param[in,out] operation  operation to close
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if NULL, zeroed or closed already
 *  @thread any; does not block on POSIX
 *  @source Microsoft Learn: MI_Operation_Close; POSIX rule on undrained operations
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Operation_Close(MI_Operation *operation)
{
    if (operation == NULL || operation->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return operation->ft->Close(operation);
}

/** Ask an operation to end early. It still has to be drained and closed.
 *
 *  Only the first cancel counts; later ones, and one after the end, do nothing. POSIX: results not
 *  yet handed over are dropped, and the last result is MI_RESULT_FAILED with error_Category
 *  MI_ERRORCATEGORY_OPERATION_STOPPED; with manual acknowledgement it follows the acknowledgement
 *  of the result the application holds. Windows: what has arrived is still handed over, and the
 *  last code is the transport's. The server may go on working for a while.
 *
 *  @param[in,out] operation  operation to cancel
 *  @param[in] reason  for information only
 *  @return MI_RESULT_OK, also when there is nothing left to cancel; MI_RESULT_INVALID_PARAMETER if
 *      NULL, zeroed or closed
 *  @thread any, callbacks included; does not block
 *  @source Microsoft Learn: MI_Operation_Cancel; POSIX rule on results after a cancel
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Operation_Cancel(MI_Operation *operation,
                                                       MI_CancellationReason reason)
{
    if (operation == NULL || operation->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return operation->ft->Cancel(operation, reason);
}

/** Tell the session that an operation belongs to. The copy is not a reference of its own: do not
 *  close it as well.
 *
 *  @param[in] operation  operation
 *  @param[out] session  filled; zeroed on failure
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed or closed
 *      operation
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Operation_GetSession
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Operation_GetSession(MI_Operation *operation,
                                                           MI_Session *session)
{
    if (operation == NULL || operation->ft == NULL) {
        if (session != NULL) {
            memset(session, 0, sizeof(*session));
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return operation->ft->GetSession(operation, session);
}

/*
 * Destination options: how to reach and trust a server, and as whom. A bag of named values given
 * to MI_Application_NewSession(), which copies it. The typed functions are short forms of the
 * generic ones at the end of this group.
 */

/** Delete options; stored passwords are wiped. A NULL or zeroed handle is ignored. Sessions and
 *  operations that were given them have their own copy.
 *
 *  @param[in,out] options  options to delete
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_Delete
 */
MI_INLINE void MI_INLINE_CALL MI_DestinationOptions_Delete(MI_DestinationOptions *options)
{
    if (options == NULL || options->ft == NULL) {
        return;
    }
    options->ft->Delete(options);
}

/** Set the default time limit of the session's operations.
 *
 *  Unset: POSIX ends an operation after 60 s without a sign of life.
 *  MI_OperationOptions_SetTimeout() goes before it. See "Time limits" above for what is measured.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_TIMEOUT"; setting that key directly is the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] timeout  limit; all zero means no limit
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetTimeout; MS-WSMV 3.2.4.1.2 (OperationTimeout)
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_SetTimeout(MI_DestinationOptions *options,
                                                                    const MI_Interval *timeout)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetInterval(options, MI_T("__MI_DESTINATIONOPTIONS_TIMEOUT"), timeout, 0);
}

/** Read the default time limit of the session's operations.
 *
 *  Unset: POSIX ends an operation after 60 s without a sign of life.
 *  MI_OperationOptions_SetTimeout() goes before it. See "Time limits" above for what is measured.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] timeout  limit; all zero means no limit; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetTimeout; MS-WSMV 3.2.4.1.2 (OperationTimeout)
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetTimeout(const MI_DestinationOptions *options, MI_Interval *timeout)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetInterval(options, MI_T("__MI_DESTINATIONOPTIONS_TIMEOUT"), timeout, NULL,
                                    NULL);
}

/** Set whether the server's certificate must come from a trusted authority.
 *
 *  Unset: checked. HTTPS only; does not affect the name and revocation checks.
 *
 *  POSIX: the string option "__MI_DESTINATIONOPTIONS_CERT_PIN" (options->ft->SetString) is one more
 *  check, which none of the switches affects: pins, with commas or blanks between, of which one
 * must be that of the server's certificate or of its public key (SubjectPublicKeyInfo). A pin is a
 *  SHA-256, 64 hexadecimal digits with or without colons, or "sha256//" and base64. With the check
 * of the authority off it is a pin that tells a self-signed server from any other.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_CERT_CA_CHECK"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] check  MI_TRUE to check
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetCertCACheck; RFC 5280 section 6
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetCertCACheck(MI_DestinationOptions *options, MI_Boolean check)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_CA_CHECK"), check, 0);
}

/** Read whether the server's certificate must come from a trusted authority.
 *
 *  Unset: checked. HTTPS only; does not affect the name and revocation checks.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] check  MI_TRUE to check; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetCertCACheck; RFC 5280 section 6
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetCertCACheck(const MI_DestinationOptions *options, MI_Boolean *check)
{
    MI_Uint32 value = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || check == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_CA_CHECK"), &value,
                                    NULL, NULL);
    if (result == MI_RESULT_OK) {
        *check = (value != 0) ? MI_TRUE : MI_FALSE;
    }
    return result;
}

/** Set whether the server's certificate must name the destination.
 *
 *  Unset: checked. HTTPS only; does not affect the other certificate checks.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_CERT_CN_CHECK"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] check  MI_TRUE to check
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetCertCNCheck; RFC 6125
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetCertCNCheck(MI_DestinationOptions *options, MI_Boolean check)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_CN_CHECK"), check, 0);
}

/** Read whether the server's certificate must name the destination.
 *
 *  Unset: checked. HTTPS only; does not affect the other certificate checks.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] check  MI_TRUE to check; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetCertCNCheck; RFC 6125
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetCertCNCheck(const MI_DestinationOptions *options, MI_Boolean *check)
{
    MI_Uint32 value = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || check == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_CN_CHECK"), &value,
                                    NULL, NULL);
    if (result == MI_RESULT_OK) {
        *check = (value != 0) ? MI_TRUE : MI_FALSE;
    }
    return result;
}

/** Set whether revoked server certificates are refused.
 *
 *  Unset: checked where revocation lists can be had. HTTPS only; does not affect the other
 *  certificate checks.
 *
 *  POSIX: nothing is fetched. What counts are the lists (CRLs) beside the authorities of
 *  MI_DestinationOptions_SetTrustedCertsDir() and the OCSP answer that the server sends along. A
 *  list or an answer that is out of date or not the issuer's is refused; where there is none, the
 *  certificate passes, unless it demands an answer itself (RFC 7633).
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_CERT_REVOCATION_CHECK"; setting that key directly
 *  is the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] check  MI_TRUE to check
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetCertRevocationCheck; RFC 5280 section 6.3
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetCertRevocationCheck(MI_DestinationOptions *options, MI_Boolean check)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_REVOCATION_CHECK"),
                                  check, 0);
}

/** Read whether revoked server certificates are refused.
 *
 *  Unset: checked where revocation lists can be had. HTTPS only; does not affect the other
 *  certificate checks.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] check  MI_TRUE to check; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetCertRevocationCheck; RFC 5280 section 6.3
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_GetCertRevocationCheck(
    const MI_DestinationOptions *options, MI_Boolean *check)
{
    MI_Uint32 value = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || check == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_REVOCATION_CHECK"),
                                    &value, NULL, NULL);
    if (result == MI_RESULT_OK) {
        *check = (value != 0) ? MI_TRUE : MI_FALSE;
    }
    return result;
}

/** Set whether messages over plain HTTP are encrypted.
 *
 *  Unset: encrypted. MI_FALSE sends clear text, which Windows servers accept only with
 *  AllowUnencrypted; on POSIX it is the consent that Basic over plain HTTP needs.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_PACKET_PRIVACY"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] privacy  MI_TRUE to encrypt
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetPacketPrivacy; MS-WSMV 2.2.9.1
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetPacketPrivacy(MI_DestinationOptions *options, MI_Boolean privacy)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_PRIVACY"), privacy,
                                  0);
}

/** Read whether messages over plain HTTP are encrypted.
 *
 *  Unset: encrypted. MI_FALSE sends clear text, which Windows servers accept only with
 *  AllowUnencrypted; on POSIX it is the consent that Basic over plain HTTP needs.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] privacy  MI_TRUE to encrypt; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetPacketPrivacy; MS-WSMV 2.2.9.1
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetPacketPrivacy(const MI_DestinationOptions *options, MI_Boolean *privacy)
{
    MI_Uint32 value = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || privacy == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_PRIVACY"), &value,
                                    NULL, NULL);
    if (result == MI_RESULT_OK) {
        *privacy = (value != 0) ? MI_TRUE : MI_FALSE;
    }
    return result;
}

/** Set whether messages are signed.
 *
 *  Unset: signed. Matters for DCOM; WS-Management signs whatever it encrypts.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_PACKET_INTEGRITY"; setting that key directly is
 *  the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] integrity  MI_TRUE to sign
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetPacketIntegrity
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetPacketIntegrity(MI_DestinationOptions *options, MI_Boolean integrity)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_INTEGRITY"),
                                  integrity, 0);
}

/** Read whether messages are signed.
 *
 *  Unset: signed. Matters for DCOM; WS-Management signs whatever it encrypts.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] integrity  MI_TRUE to sign; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetPacketIntegrity
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_GetPacketIntegrity(
    const MI_DestinationOptions *options, MI_Boolean *integrity)
{
    MI_Uint32 value = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || integrity == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_INTEGRITY"),
                                    &value, NULL, NULL);
    if (result == MI_RESULT_OK) {
        *integrity = (value != 0) ? MI_TRUE : MI_FALSE;
    }
    return result;
}

/** Set the character encoding of messages.
 *
 *  Unset: UTF-8. An unknown name makes the session or its operations fail with
 *  MI_RESULT_INVALID_PARAMETER, UTF-16 on POSIX with MI_RESULT_NOT_SUPPORTED.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_PACKET_ENCODING"; setting that key directly is
 *  the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] encoding  one of MI_DESTINATIONOPTIONS_PACKET_ENCODING_...
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetPacketEncoding; MS-WSMV 2.2.9.1
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetPacketEncoding(MI_DestinationOptions *options, const MI_Char *encoding)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_ENCODING"),
                                  encoding, 0);
}

/** Read the character encoding of messages.
 *
 *  Unset: UTF-8. An unknown name makes the session or its operations fail with
 *  MI_RESULT_INVALID_PARAMETER.
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] encoding  one of MI_DESTINATIONOPTIONS_PACKET_ENCODING_...; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetPacketEncoding; MS-WSMV 2.2.9.1
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_GetPacketEncoding(
    const MI_DestinationOptions *options, const MI_Char **encoding)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_ENCODING"),
                                  encoding, NULL, NULL);
}

/** Set the language for numbers and dates in data.
 *
 *  Unset: the language for messages on POSIX, the thread's language on Windows. POSIX: what is no
 *  language tag makes the session fail with MI_RESULT_INVALID_PARAMETER.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_DATA_LOCALE"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] locale  language tag such as "en-us"
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetDataLocale; MS-WSMV 3.1.4.1.9
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetDataLocale(MI_DestinationOptions *options, const MI_Char *locale)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_DATA_LOCALE"), locale, 0);
}

/** Read the language for numbers and dates in data.
 *
 *  Unset: en-US on POSIX, the thread's language on Windows.
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] locale  language tag such as "en-us"; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetDataLocale; MS-WSMV 3.1.4.1.9
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetDataLocale(const MI_DestinationOptions *options, const MI_Char **locale)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_DESTINATIONOPTIONS_DATA_LOCALE"), locale,
                                  NULL, NULL);
}

/** Set the language for messages and errors.
 *
 *  Unset: en-US on POSIX, the thread's language on Windows. POSIX: what is no language tag makes
 *  the session fail with MI_RESULT_INVALID_PARAMETER.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_UI_LOCALE"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] locale  language tag such as "en-us"
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetUILocale; MS-WSMV 3.1.4.1.8
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_SetUILocale(MI_DestinationOptions *options,
                                                                     const MI_Char *locale)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_UI_LOCALE"), locale, 0);
}

/** Read the language for messages and errors.
 *
 *  Unset: en-US on POSIX, the thread's language on Windows.
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] locale  language tag such as "en-us"; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetUILocale; MS-WSMV 3.1.4.1.8
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetUILocale(const MI_DestinationOptions *options, const MI_Char **locale)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_DESTINATIONOPTIONS_UI_LOCALE"), locale, NULL,
                                  NULL);
}

/** Set the largest message the server may answer with.
 *
 *  Unset: 500 KB. It also bounds what POSIX keeps of a page that the application has not taken
 *  yet. The server may have a smaller limit of its own.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_MAX_ENVELOPE_SIZE"; setting that key directly is
 *  the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] sizeInKB  size in KB (1024 bytes), at least 8
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetMaxEnvelopeSize; MS-WSMV 3.1.4.1.7
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetMaxEnvelopeSize(MI_DestinationOptions *options, MI_Uint32 sizeInKB)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_MAX_ENVELOPE_SIZE"),
                                  sizeInKB, 0);
}

/** Read the largest message the server may answer with.
 *
 *  Unset: 500 KB. It also bounds what POSIX keeps of a page that the application has not taken
 *  yet. The server may have a smaller limit of its own.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] sizeInKB  size in KB (1024 bytes), at least 8; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetMaxEnvelopeSize; MS-WSMV 3.1.4.1.7
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetMaxEnvelopeSize(const MI_DestinationOptions *options, MI_Uint32 *sizeInKB)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_MAX_ENVELOPE_SIZE"),
                                  sizeInKB, NULL, NULL);
}

/** Set the largest number of items in one page of an enumeration.
 *
 *  Unset: 32000, in practice as many as fit into a message. Native mi.dll may refuse this key.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_MAX_ELEMENTS"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] elements  items, 1 or more
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source MS-WSMV 3.1.4.1.14; declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetMaxElements(MI_DestinationOptions *options, MI_Uint32 elements)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_MAX_ELEMENTS"), elements,
                                  0);
}

/** Read the largest number of items in one page of an enumeration.
 *
 *  Unset: 32000, in practice as many as fit into a message. Native mi.dll may refuse this key.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] elements  items, 1 or more; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source MS-WSMV 3.1.4.1.14; declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetMaxElements(const MI_DestinationOptions *options, MI_Uint32 *elements)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_MAX_ELEMENTS"), elements,
                                  NULL, NULL);
}

/** Set whether the Kerberos service name contains the port.
 *
 *  Unset: without port. Needed where several services share a host name.
 *
 *  POSIX: the string option "__MI_DESTINATIONOPTIONS_SPN" (options->ft->SetString) says more: the
 *  class of the service ("WSMAN"), which the host's name is put behind and, with this option, the
 *  port; or the whole name ("HTTP/server.example.com", "HTTP/server:5985@REALM"), for which this
 *  option does not count. Then no other name is tried. Unset: HTTP, WSMAN and host in turn, until
 *  the KDC knows one. It counts for Kerberos, for Negotiate and, as the target's name, for NTLM.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_ENCODE_PORT_IN_SPN"; setting that key directly is
 *  the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] encodePort  MI_TRUE to add the port
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetEncodePortInSPN
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetEncodePortInSPN(MI_DestinationOptions *options, MI_Boolean encodePort)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_ENCODE_PORT_IN_SPN"),
                                  encodePort, 0);
}

/** Read whether the Kerberos service name contains the port.
 *
 *  Unset: without port. Needed where several services share a host name.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] encodePort  MI_TRUE to add the port; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetEncodePortInSPN
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_GetEncodePortInSPN(
    const MI_DestinationOptions *options, MI_Boolean *encodePort)
{
    MI_Uint32 value = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || encodePort == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_ENCODE_PORT_IN_SPN"),
                                    &value, NULL, NULL);
    if (result == MI_RESULT_OK) {
        *encodePort = (value != 0) ? MI_TRUE : MI_FALSE;
    }
    return result;
}

/** Set the path of the service in its URL.
 *
 *  Unset: "/wsman".
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_HTTP_URL_PREFIX"; setting that key directly is
 *  the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] prefix  path, with or without leading slash
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetHttpUrlPrefix; MS-WSMV 2.2.4.6
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetHttpUrlPrefix(MI_DestinationOptions *options, const MI_Char *prefix)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_HTTP_URL_PREFIX"), prefix,
                                  0);
}

/** Read the path of the service in its URL.
 *
 *  Unset: "/wsman".
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] prefix  path, with or without leading slash; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetHttpUrlPrefix; MS-WSMV 2.2.4.6
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetHttpUrlPrefix(const MI_DestinationOptions *options, const MI_Char **prefix)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_DESTINATIONOPTIONS_HTTP_URL_PREFIX"), prefix,
                                  NULL, NULL);
}

/** Set the TCP port of the service.
 *
 *  Unset: 5985, or 5986 with HTTPS. A destination given as URL or host:port that says something
 *  else makes MI_Application_NewSession() fail with MI_RESULT_INVALID_PARAMETER on POSIX.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_DESTINATION_PORT"; setting that key directly is
 *  the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] port  port, 1 to 65535
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetDestinationPort; MS-WSMV 2.2.4.5
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetDestinationPort(MI_DestinationOptions *options, MI_Uint32 port)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_PORT"), port,
                                  0);
}

/** Read the TCP port of the service.
 *
 *  Unset: 5985, or 5986 with HTTPS. A destination given as URL or host:port that says something
 *  else makes MI_Application_NewSession() fail with MI_RESULT_INVALID_PARAMETER on POSIX.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] port  port, 1 to 65535; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetDestinationPort; MS-WSMV 2.2.4.5
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetDestinationPort(const MI_DestinationOptions *options, MI_Uint32 *port)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_PORT"), port,
                                  NULL, NULL);
}

/** Set where trusted authorities are kept.
 *
 *  Unset: the system's store. Native mi.dll may refuse this key.
 *
 *  POSIX: revocation lists (CRLs) in PEM form may stand beside them, in the file or, hashed too, in
 *  the directory.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_TRUSTED_CERTS_DIR"; setting that key directly is
 *  the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] certsdir  path of a directory of hashed certificates or of a file in PEM form
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetTrustedCertsDir(MI_DestinationOptions *options, const MI_Char *certsdir)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_TRUSTED_CERTS_DIR"),
                                  certsdir, 0);
}

/** Read where trusted authorities are kept.
 *
 *  Unset: the system's store. Native mi.dll may refuse this key.
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] certsdir  path of a directory of hashed certificates or of a file in PEM form;
 *      written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_GetTrustedCertsDir(
    const MI_DestinationOptions *options, const MI_Char **certsdir)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_DESTINATIONOPTIONS_TRUSTED_CERTS_DIR"),
                                  certsdir, NULL, NULL);
}

/** Set the client certificate for TLS.
 *
 *  Unset: none. Native mi.dll may refuse this key.
 *
 *  POSIX: a file in PEM form, in which the certificates of its issuers may follow, and its key if
 *  MI_DestinationOptions_SetPrivateKeyFile() names no other file; or a PKCS #12 file (.p12, .pfx),
 *  which holds all of them. It is shown to servers that ask for one, also by a renegotiation or
 *  behind the handshake. To log on with it, add credentials of type MI_AUTH_TYPE_CLIENT_CERTS too.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_CERT_FILE"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] certfile  path of a file in PEM form or of PKCS #12
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_SetCertFile(MI_DestinationOptions *options,
                                                                     const MI_Char *certfile)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_FILE"), certfile, 0);
}

/** Read the client certificate for TLS.
 *
 *  Unset: none. Native mi.dll may refuse this key.
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] certfile  path of a file in PEM form or of PKCS #12; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetCertFile(const MI_DestinationOptions *options, const MI_Char **certfile)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_FILE"), certfile,
                                  NULL, NULL);
}

/** Set the private key of the client certificate.
 *
 *  POSIX: if this key, or the PKCS #12 file of MI_DestinationOptions_SetCertFile(), has a password,
 *  give that as the password of credentials under a key of their own: options->ft->AddCredentials
 *  with the option name "__MI_DESTINATIONOPTIONS_PRIVATE_KEY_CREDENTIALS", the type
 *  MI_AUTH_TYPE_BASIC and any user name, such as "". It is kept like a password, and goes nowhere.
 *
 *  Unset: none. Native mi.dll may refuse this key.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_PRIVATE_KEY_FILE"; setting that key directly is
 *  the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] keyfile  path of a file in PEM form
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetPrivateKeyFile(MI_DestinationOptions *options, const MI_Char *keyfile)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_PRIVATE_KEY_FILE"),
                                  keyfile, 0);
}

/** Read the private key of the client certificate.
 *
 *  Unset: none. Native mi.dll may refuse this key.
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] keyfile  path of a file in PEM form; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_GetPrivateKeyFile(
    const MI_DestinationOptions *options, const MI_Char **keyfile)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_DESTINATIONOPTIONS_PRIVATE_KEY_FILE"),
                                  keyfile, NULL, NULL);
}

/** Set the transport.
 *
 *  Unset: HTTP, or what a destination given as URL says. A URL that says something else, or an
 *  unknown name, gives MI_RESULT_INVALID_PARAMETER when the session is made or used.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_TRANSPORT"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] transport  MI_DESTINATIONOPTIONS_TRANSPORT_HTTP or
 *      MI_DESTINATIONOPTIONS_TRANSPORT_HTTPS
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetTransport; MS-WSMV 2.2.4.5
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetTransport(MI_DestinationOptions *options, const MI_Char *transport)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_TRANSPORT"), transport, 0);
}

/** Read the transport.
 *
 *  Unset: HTTP, or what a destination given as URL says. A URL that says something else, or an
 *  unknown name, gives MI_RESULT_INVALID_PARAMETER when the session is made or used.
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] transport  MI_DESTINATIONOPTIONS_TRANSPORT_HTTP or
 *      MI_DESTINATIONOPTIONS_TRANSPORT_HTTPS; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetTransport; MS-WSMV 2.2.4.5
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetTransport(const MI_DestinationOptions *options, const MI_Char **transport)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_DESTINATIONOPTIONS_TRANSPORT"), transport,
                                  NULL, NULL);
}

/** Set how the proxy is found.
 *
 *  Unset: the transport's choice on Windows. On POSIX unset, Auto, IE and WinHTTP are the same:
 *  - the proxy given under the key "__MI_DESTINATIONOPTIONS_PROXY", on POSIX only, with
 *    MI_DestinationOptions_SetString(): "host:port", "[IPv6]:port" or "http://host:port", port 80
 *    unless told, no user. It is used for every destination;
 *  - else the environment, read when the session is made: https_proxy, HTTPS_PROXY for HTTPS,
 *    http_proxy for HTTP (never HTTP_PROXY, which a web server's client can set), then all_proxy,
 *    ALL_PROXY; an empty variable counts as unset. "http://user:password@host:port" logs on with
 *    Basic unless MI_DestinationOptions_AddProxyCredentials() says otherwise. no_proxy (NO_PROXY)
 *    lists what is reached without it: names with all below them, addresses, ranges such as
 *    10.0.0.0/8, each but a range with a :port if wanted, or *. This machine (localhost,
 *    127.0.0.0/8, ::1) and addresses with a zone are never reached through it;
 *  - else none.
 *
 *  MI_DESTINATIONOPTIONS_PROXY_TYPE_NONE: none, whatever the environment says; together with a
 *  given proxy MI_RESULT_INVALID_PARAMETER. A proxy that is itself reached over HTTPS, or one of
 *  SOCKS, is MI_RESULT_NOT_SUPPORTED.
 *
 *  The proxy is asked with CONNECT for plain HTTP too, so that a logon and its seal, or TLS, are
 *  between here and the destination.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_PROXY_TYPE"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] proxyType  one of MI_DESTINATIONOPTIONS_PROXY_TYPE_...
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetProxyType
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetProxyType(MI_DestinationOptions *options, const MI_Char *proxyType)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_PROXY_TYPE"), proxyType,
                                  0);
}

/** Read how the proxy is found.
 *
 *  Unset: see MI_DestinationOptions_SetProxyType().
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] proxyType  one of MI_DESTINATIONOPTIONS_PROXY_TYPE_...; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetProxyType
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetProxyType(const MI_DestinationOptions *options, const MI_Char **proxyType)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_DESTINATIONOPTIONS_PROXY_TYPE"), proxyType,
                                  NULL, NULL);
}

/** Set which TLS versions are switched off.
 *
 *  Unset: only versions considered safe. Native mi.dll may refuse this key.
 *
 *  Bits: 0x01 SSL 2, 0x02 SSL 3, 0x04 TLS 1.0, 0x08 TLS 1.1, 0x10 TLS 1.2, 0x20 compression. POSIX:
 *  all but TLS 1.2 and 1.3 are off in any case, so that 0x10 makes TLS 1.3 the least version.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_SSL_OPTIONS"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] sslOptions  bit mask in the meaning of Microsoft OMI
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_SetSslOptions(MI_DestinationOptions *options, MI_Uint32 sslOptions)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_SSL_OPTIONS"), sslOptions,
                                  0);
}

/** Read which TLS versions are switched off.
 *
 *  Unset: only versions considered safe. Native mi.dll may refuse this key.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] sslOptions  bit mask in the meaning of Microsoft OMI; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetSslOptions(MI_DestinationOptions *options, MI_Uint32 *sslOptions)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_SSL_OPTIONS"), sslOptions,
                                  NULL, NULL);
}

/** Add credentials for the proxy, as MI_DestinationOptions_AddDestinationCredentials() does for
 *  the server.
 *
 *  POSIX: MI_AUTH_TYPE_BASIC, MI_AUTH_TYPE_NTLM, MI_AUTH_TYPE_NEGO_WITH_CREDS,
 *  MI_AUTH_TYPE_NEGO_NO_CREDS or MI_AUTH_TYPE_KERBEROS; they are sent when the proxy asks for them
 *  and offers their scheme. There is no TLS to the proxy: Basic shows the password to everyone
 *  between here and there. Two sets are MI_RESULT_NOT_SUPPORTED; without a proxy they are of no
 *  use and do no harm.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] credentials  credentials, copied
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for NULL credentials, an unknown
 *      authentication type, a user name missing where one is needed, or options that are NULL,
 *      zeroed or deleted; MI_RESULT_FAILED if credentials of that type are stored already;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_AddProxyCredentials
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_AddProxyCredentials(
    MI_DestinationOptions *options, const MI_UserCredentials *credentials)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->AddCredentials(options, MI_T("__MI_DESTINATIONOPTIONS_PROXY_CREDENTIALS"),
                                       credentials, 0);
}

/** Add credentials for the server. Credentials are added, never replaced: two sets mean two logons
 *  on one connection, where the transport can do that.
 *
 *  POSIX: the credentials are tried in the order in which they were added. The next ones follow
 *  only when the server or the KDC refused the ones before; a connection that breaks, a timeout or
 *  a KDC that does not answer ends the operation. A refusal can be forged by what lies between,
 *  over plain HTTP and in a KDC's answer: add none that must not be shown there. Once some have
 * worked the session stays with them; until then its requests take turns on one connection at a
 * time. The error names each try when all are refused, and the next operation begins with the
 * first. Each is checked before any network. Certificate credentials are shown by TLS on every
 * connection, so that together with a user's they make two factors; two of them are
 * MI_RESULT_NOT_SUPPORTED.
 *
 *  Without any, the default of the transport counts: on Windows the identity of the caller; on
 *  POSIX the caller's Kerberos ticket, and in a library without GSSAPI an error that says so.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] credentials  credentials, copied
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for NULL credentials, an unknown
 *      authentication type, a user name missing where one is needed, or options that are NULL,
 *      zeroed or deleted; MI_RESULT_FAILED if credentials of that type are stored already;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_AddDestinationCredentials; MS-WSMV 2.2.9.1
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_AddDestinationCredentials(
    MI_DestinationOptions *options, const MI_UserCredentials *credentials)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->AddCredentials(
        options, MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_CREDENTIALS"), credentials, 0);
}

/** Set how far the server may act as the caller.
 *
 *  Unset: the transport's choice. DCOM only; WS-Management ignores it.
 *
 *  POSIX: the number option "__MI_DESTINATIONOPTIONS_DELEGATION" (options->ft->SetNumber) lets the
 *  server act for the user towards others, with Kerberos (or Negotiate when it is that): 0, never,
 *  as when it is unset; 1, if the KDC marks the server as trusted for delegation (OK-AS-DELEGATE),
 *  as Windows has it; 2, to any server, and the logon fails if the ticket cannot be forwarded or
 *  Kerberos cannot be had. Other types of credentials are refused with 2, but for CredSSP, which
 *  hands over the password itself. Who rules that server is then the user everywhere until the
 * ticket ends.
 *
 *  Stored under the key "__MI_DESTINATIONOPTIONS_IMPERSONATION_TYPE"; setting that key directly is
 *  the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] impersonationType  one of MI_DestinationOptions_ImpersonationType_...
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetImpersonationType
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_SetImpersonationType(
    MI_DestinationOptions *options, MI_DestinationOptions_ImpersonationType impersonationType)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_IMPERSONATION_TYPE"),
                                  (MI_Uint32)impersonationType, 0);
}

/** Read how far the server may act as the caller.
 *
 *  Unset: the transport's choice. DCOM only; WS-Management ignores it.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] impersonationType  one of MI_DestinationOptions_ImpersonationType_...; written only
 *      on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetImpersonationType
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_GetImpersonationType(
    const MI_DestinationOptions *options,
    MI_DestinationOptions_ImpersonationType *impersonationType)
{
    MI_Uint32 value = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || impersonationType == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_IMPERSONATION_TYPE"),
                                    &value, NULL, NULL);
    if (result == MI_RESULT_OK) {
        *impersonationType = (MI_DestinationOptions_ImpersonationType)value;
    }
    return result;
}

/** Store text under a key, replacing what is there.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[in] optionValue  text, copied
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed key, NULL text,
 *      non-zero flags, or options that are NULL, zeroed or deleted; MI_RESULT_TYPE_MISMATCH if the
 *      key holds another type; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetString
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_SetString(MI_DestinationOptions *options,
                                                                   const MI_Char *optionName,
                                                                   const MI_Char *optionValue)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, optionName, optionValue, 0);
}

/** Read text by its key. The text belongs to the options and lives until they are changed or
 *  deleted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] optionValue  text, borrowed; written only on success
 *  @param[out] index  position of the option, for the GetOptionAt function; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type; MI_RESULT_INVALID_PARAMETER for a NULL key or output, or
 *      options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_GetString
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetString(const MI_DestinationOptions *options, const MI_Char *optionName,
                                const MI_Char **optionValue, MI_Uint32 *index)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, optionName, optionValue, index, NULL);
}

/** Store a number under a key, replacing what is there. Booleans are stored as 0 and 1.
 *
 *  @param[in,out] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[in] optionValue  number
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed key, non-zero flags,
 *      or options that are NULL, zeroed or deleted; MI_RESULT_TYPE_MISMATCH if the key holds
 *      another type; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_SetNumber
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_SetNumber(MI_DestinationOptions *options,
                                                                   const MI_Char *optionName,
                                                                   MI_Uint32 optionValue)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, optionName, optionValue, 0);
}

/** Read a number by its key.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] optionValue  number; written only on success
 *  @param[out] index  position of the option, for the GetOptionAt function; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type; MI_RESULT_INVALID_PARAMETER for a NULL key or output, or
 *      options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_GetNumber
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetNumber(const MI_DestinationOptions *options, const MI_Char *optionName,
                                MI_Uint32 *optionValue, MI_Uint32 *index)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetNumber(options, optionName, optionValue, index, NULL);
}

/** Tell how many options are set; credentials are not counted.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] count  number of options
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or options that are NULL,
 *      zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_GetOptionCount
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetOptionCount(const MI_DestinationOptions *options, MI_Uint32 *count)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetOptionCount(options, count);
}

/** Read an option by its position, in the order in which keys were first set.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] optionName  key, borrowed
 *  @param[out] value  value, borrowed: text lives until the options are changed or deleted
 *  @param[out] type  MI_Type of the value
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if nothing is set; MI_RESULT_INVALID_PARAMETER
 *      for an index too large, a NULL output, or options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_GetOptionAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_GetOptionAt(
    const MI_DestinationOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetOptionAt(options, index, optionName, value, type, flags);
}

/** Read an option of any type by its key.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] value  value, borrowed: text lives until the options are changed or deleted
 *  @param[out] type  MI_Type of the value
 *  @param[out] index  position of the option; may be NULL
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set;
 *      MI_RESULT_INVALID_PARAMETER for a NULL key or output, or options that are NULL, zeroed or
 *      deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_GetOption
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetOption(const MI_DestinationOptions *options, const MI_Char *optionName,
                                MI_Value *value, MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetOption(options, optionName, value, type, index, flags);
}

/** Tell how many credentials are stored, of all kinds together.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[out] count  number of credentials
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or options that are NULL,
 *      zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_GetCredentialsCount
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_DestinationOptions_GetCredentialsCount(const MI_DestinationOptions *options, MI_Uint32 *count)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetCredentialsCount(options, count);
}

/** Read credentials by their position. Six asterisks stand for a password.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] optionName  what they are for, borrowed: the key of the server's, the proxy's or
 *      the delivery's credentials
 *  @param[out] credentials  credentials, borrowed until the options are changed or deleted
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for an index too large, a NULL output, or
 *      options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_GetCredentialsAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_GetCredentialsAt(
    const MI_DestinationOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_UserCredentials *credentials, MI_Uint32 *flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetCredentialsAt(options, index, optionName, credentials, flags);
}

/** Read the password of credentials in clear. Ask for the length with @p bufferLength 0 first;
 *  wipe the buffer afterwards.
 *
 *  @param[in] options  options made by MI_Application_NewDestinationOptions() or a clone
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] optionName  what the credentials are for, borrowed
 *  @param[out] password  room for the password; may be NULL when @p bufferLength is 0
 *  @param[in] bufferLength  room in @p password, in MI_Char
 *  @param[out] passwordLength  length with terminator, in MI_Char; 0 if no password is stored
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_FAILED, with the length needed, if the buffer is too small;
 *      MI_RESULT_INVALID_PARAMETER for an index too large, certificate credentials, a NULL output,
 *      or options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_GetCredentialsPasswordAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_GetCredentialsPasswordAt(
    const MI_DestinationOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Char *password, MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetCredentialsPasswordAt(options, index, optionName, password, bufferLength,
                                                 passwordLength, flags);
}

/** Copy destination options, credentials included. The copy is independent; delete it like any
 *  other.
 *
 *  @param[in] self  options to copy
 *  @param[out] newDestinationOptions  filled; zeroed on failure
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or options that are NULL,
 *      zeroed or deleted; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_DestinationOptions_Clone
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_DestinationOptions_Clone(
    const MI_DestinationOptions *self, MI_DestinationOptions *newDestinationOptions)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Clone(self, newDestinationOptions);
}

/*
 * Operation options: settings of single operations, given to the functions that start them, which
 * copy them. The typed functions are short forms of the generic ones.
 */

/** Delete options; stored passwords are wiped. A NULL or zeroed handle is ignored. Sessions and
 *  operations that were given them have their own copy.
 *
 *  @param[in,out] options  options to delete
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_Delete
 */
MI_INLINE void MI_INLINE_CALL MI_OperationOptions_Delete(MI_OperationOptions *options)
{
    if (options == NULL || options->ft == NULL) {
        return;
    }
    options->ft->Delete(options);
}

/** Set what the server does with errors that do not end the operation.
 *
 *  Unset: the server reports them. Counts only with a writeError callback.
 *
 *  Stored under the key "__MI_OPERATIONOPTIONS_WRITEERRORMODE"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] mode  one of MI_CALLBACKMODE_...
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetWriteErrorMode; MS-WSMV 2.2.10
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_OperationOptions_SetWriteErrorMode(MI_OperationOptions *options, MI_CallbackMode mode)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_WRITEERRORMODE"),
                                  (MI_Uint32)mode, 0);
}

/** Read what the server does with errors that do not end the operation.
 *
 *  Unset: the server reports them. Counts only with a writeError callback.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[out] mode  one of MI_CALLBACKMODE_...; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetWriteErrorMode; MS-WSMV 2.2.10
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_OperationOptions_GetWriteErrorMode(const MI_OperationOptions *options, MI_CallbackMode *mode)
{
    MI_Uint32 value = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || mode == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_OPERATIONOPTIONS_WRITEERRORMODE"), &value,
                                    NULL, NULL);
    if (result == MI_RESULT_OK) {
        *mode = (MI_CallbackMode)value;
    }
    return result;
}

/** Set what the server does with its questions.
 *
 *  Unset: the server asks. Counts only with a promptUser callback.
 *
 *  Stored under the key "__MI_OPERATIONOPTIONS_PROMPTUSERMODE"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] mode  one of MI_CALLBACKMODE_...
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetPromptUserMode; MS-WSMV 2.2.10
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_OperationOptions_SetPromptUserMode(MI_OperationOptions *options, MI_CallbackMode mode)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"),
                                  (MI_Uint32)mode, 0);
}

/** Read what the server does with its questions.
 *
 *  Unset: the server asks. Counts only with a promptUser callback.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[out] mode  one of MI_CALLBACKMODE_...; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetPromptUserMode; MS-WSMV 2.2.10
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_OperationOptions_GetPromptUserMode(const MI_OperationOptions *options, MI_CallbackMode *mode)
{
    MI_Uint32 value = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || mode == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"), &value,
                                    NULL, NULL);
    if (result == MI_RESULT_OK) {
        *mode = (MI_CallbackMode)value;
    }
    return result;
}

/** Set what the server does with its questions, with the answer to ordinary ones.
 *
 *  Unset: the server asks. Questions of MI_PROMPTTYPE_CRITICAL are asked all the same.
 *
 *  Stored under the keys "__MI_OPERATIONOPTIONS_PROMPTUSERMODE" and
 *  "__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE"; setting that key directly is the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] mode  one of MI_CALLBACKMODE_...
 *  @param[in] ackValue  the answer to questions of MI_PROMPTTYPE_NORMAL: MI_TRUE goes on
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetPromptUserRegularMode; MS-WSMV 2.2.10
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_SetPromptUserRegularMode(
    MI_OperationOptions *options, MI_CallbackMode mode, MI_Boolean ackValue)
{
    MI_Result result;

    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"),
                                    (MI_Uint32)mode, 0);
    if (result != MI_RESULT_OK) {
        return result;
    }
    return options->ft->SetNumber(
        options, MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE"), ackValue, 0);
}

/** Read what the server does with its questions, with the answer to ordinary ones.
 *
 *  Unset: the server asks. Questions of MI_PROMPTTYPE_CRITICAL are asked all the same.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[out] mode  one of MI_CALLBACKMODE_...; written only on success
 *  @param[out] ackValue  the answer to questions of MI_PROMPTTYPE_NORMAL: MI_TRUE goes on; written
 *      only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if either of its two keys was never set;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value; MI_RESULT_INVALID_PARAMETER
 *      if a pointer is NULL or the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetPromptUserRegularMode; MS-WSMV 2.2.10
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_GetPromptUserRegularMode(
    const MI_OperationOptions *options, MI_CallbackMode *mode, MI_Boolean *ackValue)
{
    MI_Uint32 modeValue = 0;
    MI_Uint32 number = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || mode == NULL || ackValue == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"),
                                    &modeValue, NULL, NULL);
    if (result == MI_RESULT_OK) {
        result = options->ft->GetNumber(
            options, MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE"), &number, NULL,
            NULL);
    }
    if (result == MI_RESULT_OK) {
        *mode = (MI_CallbackMode)modeValue;
        *ackValue = (number != 0) ? MI_TRUE : MI_FALSE;
    }
    return result;
}

/** Set the word size of the provider that serves the operation.
 *
 *  Unset: the server chooses.
 *
 *  Stored under the keys "__MI_OPERATIONOPTIONS_PROVIDER_ARCHITECTURE" and
 *  "__MI_OPERATIONOPTIONS_REQUIRED_ARCHITECTURE"; setting that key directly is the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] architecture  one of MI_PROVIDER_ARCHITECTURE_...
 *  @param[in] mustComply  MI_TRUE if no other provider may serve it
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetProviderArchitecture
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_SetProviderArchitecture(
    MI_OperationOptions *options, MI_ProviderArchitecture architecture, MI_Boolean mustComply)
{
    MI_Result result;

    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_PROVIDER_ARCHITECTURE"),
                                    (MI_Uint32)architecture, 0);
    if (result != MI_RESULT_OK) {
        return result;
    }
    return options->ft->SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_REQUIRED_ARCHITECTURE"),
                                  mustComply, 0);
}

/** Read the word size of the provider that serves the operation.
 *
 *  Unset: the server chooses.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[out] architecture  one of MI_PROVIDER_ARCHITECTURE_...; written only on success
 *  @param[out] mustComply  MI_TRUE if no other provider may serve it; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if either of its two keys was never set;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value; MI_RESULT_INVALID_PARAMETER
 *      if a pointer is NULL or the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetProviderArchitecture
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_GetProviderArchitecture(
    const MI_OperationOptions *options, MI_ProviderArchitecture *architecture,
    MI_Boolean *mustComply)
{
    MI_Uint32 architectureValue = 0;
    MI_Uint32 mustComplyValue = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || architecture == NULL || mustComply == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_OPERATIONOPTIONS_PROVIDER_ARCHITECTURE"),
                                    &architectureValue, NULL, NULL);
    if (result == MI_RESULT_OK) {
        result =
            options->ft->GetNumber(options, MI_T("__MI_OPERATIONOPTIONS_REQUIRED_ARCHITECTURE"),
                                   &mustComplyValue, NULL, NULL);
    }
    if (result == MI_RESULT_OK) {
        *architecture = (MI_ProviderArchitecture)architectureValue;
        *mustComply = (mustComplyValue != 0) ? MI_TRUE : MI_FALSE;
    }
    return result;
}

/** Ask for messages of one channel; they come through writeMessage. Enabling a channel twice is
 *  harmless. Kept under the key "__MI_OPERATIONOPTIONS_CHANNEL".
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] channel  MI_WRITEMESSAGE_CHANNEL_... or a channel of the server's own
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for options that are NULL, zeroed or deleted;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_EnableChannel; MS-WSMV 2.2.10
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_EnableChannel(MI_OperationOptions *options,
                                                                     MI_Uint32 channel)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_CHANNEL"), channel, 0);
}

/** No longer ask for messages of one channel. Disabling a channel that is not enabled is harmless.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] channel  MI_WRITEMESSAGE_CHANNEL_... or a channel of the server's own
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for options that are NULL, zeroed or deleted;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_DisableChannel
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_DisableChannel(MI_OperationOptions *options,
                                                                      MI_Uint32 channel)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_CHANNEL"), channel, 1);
}

/** List the enabled channels. None enabled is success, with a count of 0.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[out] channels  room for the channels; may be NULL when @p bufferLength is 0
 *  @param[in] bufferLength  room in @p channels, in elements
 *  @param[out] channelCount  number of enabled channels
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_FAILED, with the count, if there is too little room;
 *      MI_RESULT_INVALID_PARAMETER for a NULL output, or options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_GetEnabledChannels
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_GetEnabledChannels(
    const MI_OperationOptions *options, MI_Uint32 *channels, MI_Uint32 bufferLength,
    MI_Uint32 *channelCount, MI_Uint32 *flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetEnabledChannels(options, MI_T("__MI_OPERATIONOPTIONS_CHANNEL"), channels,
                                           bufferLength, channelCount, flags);
}

/** Set the time limit of the operation.
 *
 *  Unset: the limit of the session, MI_DestinationOptions_SetTimeout(). It bounds the wait for the
 *  next result, not the whole operation; see "Time limits" above.
 *
 *  Stored under the key "__MI_OPERATIONOPTIONS_TIMEOUT"; setting that key directly is the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] timeout  limit; all zero means no limit
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetTimeout; MS-WSMV 3.2.4.1.2 (OperationTimeout)
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_SetTimeout(MI_OperationOptions *options,
                                                                  const MI_Interval *timeout)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetInterval(options, MI_T("__MI_OPERATIONOPTIONS_TIMEOUT"), timeout, 0);
}

/** Read the time limit of the operation.
 *
 *  Unset: the limit of the session, MI_DestinationOptions_SetTimeout(). It bounds the wait for the
 *  next result, not the whole operation; see "Time limits" above.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[out] timeout  limit; all zero means no limit; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetTimeout; MS-WSMV 3.2.4.1.2 (OperationTimeout)
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_OperationOptions_GetTimeout(const MI_OperationOptions *options, MI_Interval *timeout)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetInterval(options, MI_T("__MI_OPERATIONOPTIONS_TIMEOUT"), timeout, NULL,
                                    NULL);
}

/** Set the part of the resource URI before namespace and class.
 *
 *  Unset: the usual one of the DMTF (DSP0227).
 *
 *  Stored under the key "__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX"; setting that key directly is
 *  the same.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] ruriPrefix  URI
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetResourceUriPrefix; DSP0227
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_OperationOptions_SetResourceUriPrefix(MI_OperationOptions *options, const MI_Char *ruriPrefix)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX"),
                                  ruriPrefix, 0);
}

/** Read the part of the resource URI before namespace and class.
 *
 *  Unset: the usual one of the DMTF (DSP0227).
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[out] ruriPrefix  URI; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetResourceUriPrefix; DSP0227
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_GetResourceUriPrefix(
    const MI_OperationOptions *options, const MI_Char **ruriPrefix)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX"),
                                  ruriPrefix, NULL, NULL);
}

/** Set the resource URI of the operation.
 *
 *  Unset: built from namespace and class. With it, class name and query may be NULL.
 *
 *  Stored under the key "__MI_OPERATIONOPTIONS_RESOURCE_URI"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] rUri  URI
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted or
 *      the value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetResourceUri; DSP0226
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_SetResourceUri(MI_OperationOptions *options,
                                                                      const MI_Char *rUri)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI"), rUri, 0);
}

/** Read the resource URI of the operation.
 *
 *  Unset: built from namespace and class. With it, class name and query may be NULL.
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[out] rUri  URI; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetResourceUri; DSP0226
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_OperationOptions_GetResourceUri(const MI_OperationOptions *options, const MI_Char **rUri)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI"), rUri, NULL,
                                  NULL);
}

/** Set whether the name of this computer is sent with the request.
 *
 *  Unset: not sent. POSIX stores it only: no form of it on the wire is published.
 *
 *  Stored under the key "__MI_OPERATIONOPTIONS_USE_MACHINE_ID"; setting that key directly is the
 *  same.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] machineID  MI_TRUE to send it
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p options is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetUseMachineID
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_SetUseMachineID(MI_OperationOptions *options,
                                                                       MI_Boolean machineID)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_USE_MACHINE_ID"), machineID,
                                  0);
}

/** Read whether the name of this computer is sent with the request.
 *
 *  Unset: not sent.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[out] machineID  MI_TRUE to send it; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetUseMachineID
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_OperationOptions_GetUseMachineID(const MI_OperationOptions *options, MI_Boolean *machineID)
{
    MI_Uint32 value = 0;
    MI_Result result;

    if (options == NULL || options->ft == NULL || machineID == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = options->ft->GetNumber(options, MI_T("__MI_OPERATIONOPTIONS_USE_MACHINE_ID"), &value,
                                    NULL, NULL);
    if (result == MI_RESULT_OK) {
        *machineID = (value != 0) ? MI_TRUE : MI_FALSE;
    }
    return result;
}

/** Store an option for the provider behind the server, of any type. It travels as an option of the
 *  WS-Management request.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[in] optionValueType  MI_Type of the value
 *  @param[in] optionValue  value, copied
 *  @param[in] mustComply  MI_TRUE if the server is to reject the request when it does not know the
 *      option; servers refuse that for CIM classes, so on POSIX the operation then ends with
 *      MI_RESULT_INVALID_PARAMETER
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed key, a NULL value, an
 *      unknown type, or options that are NULL, zeroed or deleted; MI_RESULT_TYPE_MISMATCH if the
 *      key holds another type; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetCustomOption; MS-WSMV 3.1.4.1.10
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_SetCustomOption(MI_OperationOptions *options,
                                                                       const MI_Char *optionName,
                                                                       MI_Type optionValueType,
                                                                       const MI_Value *optionValue,
                                                                       MI_Boolean mustComply)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetCustomOption(options, optionName, optionValueType, optionValue,
                                        mustComply, 0);
}

/** Tell how many options are set; credentials are not counted.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[out] count  number of options
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or options that are NULL,
 *      zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_GetOptionCount
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_OperationOptions_GetOptionCount(const MI_OperationOptions *options, MI_Uint32 *count)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetOptionCount(options, count);
}

/** Read an option by its position, in the order in which keys were first set.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] optionName  key, borrowed
 *  @param[out] value  value, borrowed: text lives until the options are changed or deleted
 *  @param[out] type  MI_Type of the value
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if nothing is set; MI_RESULT_INVALID_PARAMETER
 *      for an index too large, a NULL output, or options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_GetOptionAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_GetOptionAt(
    const MI_OperationOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetOptionAt(options, index, optionName, value, type, flags);
}

/** Store text under a key, replacing what is there.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[in] value  text, copied
 *  @param[in] flags  0
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed key, NULL text,
 *      non-zero flags, or options that are NULL, zeroed or deleted; MI_RESULT_TYPE_MISMATCH if the
 *      key holds another type; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetString
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_SetString(MI_OperationOptions *options,
                                                                 const MI_Char *optionName,
                                                                 const MI_Char *value,
                                                                 MI_Uint32 flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetString(options, optionName, value, flags);
}

/** Read text by its key. The text belongs to the options and lives until they are changed or
 *  deleted.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] value  text, borrowed; written only on success
 *  @param[out] index  position of the option, for the GetOptionAt function; may be NULL
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type; MI_RESULT_INVALID_PARAMETER for a NULL key or output, or
 *      options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_GetString
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_GetString(const MI_OperationOptions *options,
                                                                 const MI_Char *optionName,
                                                                 const MI_Char **value,
                                                                 MI_Uint32 *index, MI_Uint32 *flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetString(options, optionName, value, index, flags);
}

/** Store a number under a key, replacing what is there. Booleans are stored as 0 and 1.
 *
 *  @param[in,out] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[in] value  number
 *  @param[in] flags  0
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed key, non-zero flags,
 *      or options that are NULL, zeroed or deleted; MI_RESULT_TYPE_MISMATCH if the key holds
 *      another type; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_OperationOptions_SetNumber
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_SetNumber(MI_OperationOptions *options,
                                                                 const MI_Char *optionName,
                                                                 MI_Uint32 value, MI_Uint32 flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->SetNumber(options, optionName, value, flags);
}

/** Read a number by its key.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] value  number; written only on success
 *  @param[out] index  position of the option, for the GetOptionAt function; may be NULL
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type; MI_RESULT_INVALID_PARAMETER for a NULL key or output, or
 *      options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_GetNumber
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_GetNumber(const MI_OperationOptions *options,
                                                                 const MI_Char *optionName,
                                                                 MI_Uint32 *value, MI_Uint32 *index,
                                                                 MI_Uint32 *flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetNumber(options, optionName, value, index, flags);
}

/** Read an option of any type by its key.
 *
 *  @param[in] options  options made by MI_Application_NewOperationOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] value  value, borrowed: text lives until the options are changed or deleted
 *  @param[out] type  MI_Type of the value
 *  @param[out] index  position of the option; may be NULL
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set;
 *      MI_RESULT_INVALID_PARAMETER for a NULL key or output, or options that are NULL, zeroed or
 *      deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_GetOption
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_OperationOptions_GetOption(const MI_OperationOptions *options,
                                                                 const MI_Char *optionName,
                                                                 MI_Value *value, MI_Type *type,
                                                                 MI_Uint32 *index, MI_Uint32 *flags)
{
    if (options == NULL || options->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return options->ft->GetOption(options, optionName, value, type, index, flags);
}

/** Copy operation options. The copy is independent; delete it like any other.
 *
 *  @param[in] self  options to copy
 *  @param[out] newOperationOptions  filled; zeroed on failure
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or options that are NULL,
 *      zeroed or deleted; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_OperationOptions_Clone
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_OperationOptions_Clone(const MI_OperationOptions *self, MI_OperationOptions *newOperationOptions)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Clone(self, newOperationOptions);
}

/*
 * Subscription delivery options: how a server delivers indications, given to
 * MI_Session_Subscribe(), which copies them.
 */

/** Set the longest time the server may hold indications back to send them together.
 *
 *  Unset: the server chooses. POSIX: sent as MaxTime with each Pull (DSP0226 8.4), so the server
 *  answers at least that often.
 *
 *  Stored under the key "__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_MAXIMUM_LATENCY"; setting that key
 *  directly is the same.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] value  time
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p self is NULL, zeroed or deleted or the
 *      value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetMaximumLatency
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetMaximumLatency(
    MI_SubscriptionDeliveryOptions *self, MI_Interval *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetInterval(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_MAXIMUM_LATENCY"),
                                 value, 0);
}

/** Read the longest time the server may hold indications back to send them together.
 *
 *  Unset: the server chooses.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] value  time; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetMaximumLatency
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetMaximumLatency(
    const MI_SubscriptionDeliveryOptions *self, MI_Interval *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetInterval(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_MAXIMUM_LATENCY"),
                                 value, NULL, NULL);
}

/** Set how often an idle server shows that it is alive.
 *
 *  Unset: the server chooses.
 *
 *  Stored under the key "__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_HEARTBEAT_INTERVAL"; setting that
 *  key directly is the same.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] value  time between signs of life
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p self is NULL, zeroed or deleted or the
 *      value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetHeartbeatInterval
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetHeartbeatInterval(
    MI_SubscriptionDeliveryOptions *self, MI_Interval *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetInterval(
        self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_HEARTBEAT_INTERVAL"), value, 0);
}

/** Read how often an idle server shows that it is alive.
 *
 *  Unset: the server chooses.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] value  time between signs of life; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetHeartbeatInterval
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetHeartbeatInterval(
    const MI_SubscriptionDeliveryOptions *self, MI_Interval *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetInterval(
        self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_HEARTBEAT_INTERVAL"), value, NULL, NULL);
}

/** Set when the subscription ends by itself.
 *
 *  Unset: it ends when it is closed.
 *
 *  Stored under the key "__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_EXPIRATION_TIME"; setting that key
 *  directly is the same.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] value  point in time or length of time
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p self is NULL, zeroed or deleted or the
 *      value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetExpirationTime
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetExpirationTime(
    MI_SubscriptionDeliveryOptions *self, MI_Datetime *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetDateTime(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_EXPIRATION_TIME"),
                                 value, 0);
}

/** Read when the subscription ends by itself.
 *
 *  Unset: it ends when it is closed.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] value  point in time or length of time; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetExpirationTime
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetExpirationTime(
    const MI_SubscriptionDeliveryOptions *self, MI_Datetime *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetDateTime(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_EXPIRATION_TIME"),
                                 value, NULL, NULL);
}

/** Set where the subscription resumes.
 *
 *  Unset: with new indications; the server may then send no bookmarks. A bookmark is a piece of
 * XML, handed out and sent as it came but for prefixes and blanks between its elements; one that is
 * not well-formed is MI_RESULT_INVALID_PARAMETER when the subscription starts.
 *
 *  Stored under the key "__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_BOOKMARK"; setting that key directly
 *  is the same.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] value  a bookmark received earlier, MI_SUBSCRIBE_BOOKMARK_OLDEST or
 *      MI_SUBSCRIBE_BOOKMARK_NEWEST
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p self is NULL, zeroed or deleted or the
 *      value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetBookmark
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetBookmark(
    MI_SubscriptionDeliveryOptions *self, const MI_Char *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetString(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_BOOKMARK"), value,
                               0);
}

/** Read where the subscription resumes.
 *
 *  Unset: with new indications; the server may then send no bookmarks.
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] value  a bookmark received earlier, MI_SUBSCRIBE_BOOKMARK_OLDEST or
 *      MI_SUBSCRIBE_BOOKMARK_NEWEST; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetBookmark
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetBookmark(
    const MI_SubscriptionDeliveryOptions *self, const MI_Char **value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetString(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_BOOKMARK"), value,
                               NULL, NULL);
}

/** Set where the server sends indications to (push).
 *
 *  Unset: the client's own listener, where there is one. Push only.
 *
 *  Stored under the key "__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_DESTINATION"; setting that
 *  key directly is the same.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] value  URL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p self is NULL, zeroed or deleted or the
 *      value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetDeliveryDestination
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetDeliveryDestination(
    MI_SubscriptionDeliveryOptions *self, const MI_Char *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetString(
        self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_DESTINATION"), value, 0);
}

/** Read where the server sends indications to (push).
 *
 *  Unset: the client's own listener, where there is one. Push only.
 *
 *  The text belongs to the options and lives until they are changed or deleted.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] value  URL; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetDeliveryDestination
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetDeliveryDestination(
    const MI_SubscriptionDeliveryOptions *self, const MI_Char **value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetString(
        self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_DESTINATION"), value, NULL, NULL);
}

/** Set the TCP port the server sends indications to (push).
 *
 *  Unset: the transport's usual port. Push only.
 *
 *  Stored under the key "__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_PORT_NUMBER"; setting that
 *  key directly is the same.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] value  port, 1 to 65535
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p self is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetDeliveryPortNumber
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetDeliveryPortNumber(
    MI_SubscriptionDeliveryOptions *self, MI_Uint32 value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetNumber(
        self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_PORT_NUMBER"), value, 0);
}

/** Read the TCP port the server sends indications to (push).
 *
 *  Unset: the transport's usual port. Push only.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] value  port, 1 to 65535; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetDeliveryPortNumber
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetDeliveryPortNumber(
    const MI_SubscriptionDeliveryOptions *self, MI_Uint32 *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetNumber(
        self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_PORT_NUMBER"), value, NULL, NULL);
}

/** Add credentials with which the server pushes indications to the client. Added, never replaced.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] value  credentials, copied
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for NULL credentials, an unknown
 *      authentication type, a user name missing where one is needed, or options that are NULL,
 *      zeroed or deleted; MI_RESULT_FAILED if credentials of that type are stored already;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_AddDeliveryCredentials
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(
    MI_SubscriptionDeliveryOptions *self, const MI_UserCredentials *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->AddCredentials(
        self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_ADD_DELIVERY_CREDENTIALS"), value, 0);
}

/** Set how long the server waits before it sends again (push).
 *
 *  Unset: the server chooses. Push only.
 *
 *  Stored under the key "__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_INTERVAL"; setting
 *  that key directly is the same.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] value  time
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p self is NULL, zeroed or deleted or the
 *      value is NULL; MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetDeliveryRetryInterval
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetDeliveryRetryInterval(
    MI_SubscriptionDeliveryOptions *self, const MI_Interval *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetInterval(
        self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_INTERVAL"), value, 0);
}

/** Read how long the server waits before it sends again (push).
 *
 *  Unset: the server chooses. Push only.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] value  time; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetDeliveryRetryInterval
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetDeliveryRetryInterval(
    const MI_SubscriptionDeliveryOptions *self, MI_Interval *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetInterval(
        self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_INTERVAL"), value, NULL,
        NULL);
}

/** Set how often the server tries to send (push).
 *
 *  Unset: the server chooses. Push only.
 *
 *  Stored under the key "__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_ATTEMPTS"; setting
 *  that key directly is the same.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] value  number of attempts
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if @p self is NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type of value;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetDeliveryRetryAttempts
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetDeliveryRetryAttempts(
    MI_SubscriptionDeliveryOptions *self, MI_Uint32 value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetNumber(
        self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_ATTEMPTS"), value, 0);
}

/** Read how often the server tries to send (push).
 *
 *  Unset: the server chooses. Push only.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] value  number of attempts; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type of value; MI_RESULT_INVALID_PARAMETER if a pointer is NULL or
 *      the options are zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetDeliveryRetryAttempts
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetDeliveryRetryAttempts(
    const MI_SubscriptionDeliveryOptions *self, MI_Uint32 *value)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetNumber(self,
                               MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_ATTEMPTS"),
                               value, NULL, NULL);
}

/** Delete options; stored passwords are wiped. Subscriptions that were given them have their own
 *  copy.
 *
 *  @param[in,out] self  options to delete
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if NULL, zeroed or deleted already
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_Delete
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_SubscriptionDeliveryOptions_Delete(MI_SubscriptionDeliveryOptions *self)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Delete(self);
}

/** Store text under a key, replacing what is there.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[in] value  text, copied
 *  @param[in] flags  0
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed key, NULL text,
 *      non-zero flags, or options that are NULL, zeroed or deleted; MI_RESULT_TYPE_MISMATCH if the
 *      key holds another type; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetString
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetString(
    MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, const MI_Char *value,
    MI_Uint32 flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetString(self, optionName, value, flags);
}

/** Store a number under a key, replacing what is there. Booleans are stored as 0 and 1.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[in] value  number
 *  @param[in] flags  0
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed key, non-zero flags,
 *      or options that are NULL, zeroed or deleted; MI_RESULT_TYPE_MISMATCH if the key holds
 *      another type; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetNumber
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetNumber(
    MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, MI_Uint32 value,
    MI_Uint32 flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetNumber(self, optionName, value, flags);
}

/** Store a time under a key, replacing what is there. Points in time and lengths of time count as
 *  different types.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[in] value  time, copied
 *  @param[in] flags  0
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed key, a NULL or
 *      impossible value, non-zero flags, or options that are NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type; MI_RESULT_SERVER_LIMITS_EXCEEDED out
 *      of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetDateTime
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetDateTime(
    MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, const MI_Datetime *value,
    MI_Uint32 flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetDateTime(self, optionName, value, flags);
}

/** Store a time under a key, replacing what is there. Points in time and lengths of time count as
 *  different types.
 *
 *  @param[in,out] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[in] value  time, copied
 *  @param[in] flags  0
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or malformed key, a NULL or
 *      impossible value, non-zero flags, or options that are NULL, zeroed or deleted;
 *      MI_RESULT_TYPE_MISMATCH if the key holds another type; MI_RESULT_SERVER_LIMITS_EXCEEDED out
 *      of memory
 *  @thread any; not while another thread uses the same options; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_SetInterval
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_SetInterval(
    MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, const MI_Interval *value,
    MI_Uint32 flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetInterval(self, optionName, value, flags);
}

/** Read text by its key. The text belongs to the options and lives until they are changed or
 *  deleted.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] value  text, borrowed; written only on success
 *  @param[out] index  position of the option, for the GetOptionAt function; may be NULL
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type; MI_RESULT_INVALID_PARAMETER for a NULL key or output, or
 *      options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_GetString
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetString(
    const MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, const MI_Char **value,
    MI_Uint32 *index, MI_Uint32 *flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetString(self, optionName, value, index, flags);
}

/** Read a number by its key.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] value  number; written only on success
 *  @param[out] index  position of the option, for the GetOptionAt function; may be NULL
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type; MI_RESULT_INVALID_PARAMETER for a NULL key or output, or
 *      options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_GetNumber
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetNumber(
    const MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, MI_Uint32 *value,
    MI_Uint32 *index, MI_Uint32 *flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetNumber(self, optionName, value, index, flags);
}

/** Read a time by its key. A point in time cannot be read as a length of time.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] value  time; written only on success
 *  @param[out] index  position of the option, for the GetOptionAt function; may be NULL
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type; MI_RESULT_INVALID_PARAMETER for a NULL key or output, or
 *      options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_GetDateTime
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetDateTime(
    const MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, MI_Datetime *value,
    MI_Uint32 *index, MI_Uint32 *flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetDateTime(self, optionName, value, index, flags);
}

/** Read a time by its key. A point in time cannot be read as a length of time.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] value  time; written only on success
 *  @param[out] index  position of the option, for the GetOptionAt function; may be NULL
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set; MI_RESULT_TYPE_MISMATCH
 *      if the key holds another type; MI_RESULT_INVALID_PARAMETER for a NULL key or output, or
 *      options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_GetInterval
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetInterval(
    const MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, MI_Interval *value,
    MI_Uint32 *index, MI_Uint32 *flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetInterval(self, optionName, value, index, flags);
}

/** Tell how many options are set; credentials are not counted.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] count  number of options; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or options that are NULL,
 *      zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_GetOptionCount
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetOptionCount(
    const MI_SubscriptionDeliveryOptions *self, MI_Uint32 *count)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetOptionCount(self, count);
}

/** Read an option by its position, in the order in which keys were first set.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] optionName  key, borrowed
 *  @param[out] value  value, borrowed: text lives until the options are changed or deleted
 *  @param[out] type  MI_Type of the value
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if nothing is set; MI_RESULT_INVALID_PARAMETER
 *      for an index too large, a NULL output, or options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_GetOptionAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetOptionAt(
    const MI_SubscriptionDeliveryOptions *self, MI_Uint32 index, const MI_Char **optionName,
    MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetOptionAt(self, index, optionName, value, type, flags);
}

/** Read an option of any type by its key.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] optionName  key: a letter or underscore, then letters, digits and underscores;
 *      compared without case
 *  @param[out] value  value, borrowed: text lives until the options are changed or deleted
 *  @param[out] type  MI_Type of the value
 *  @param[out] index  position of the option; may be NULL
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY if it was never set;
 *      MI_RESULT_INVALID_PARAMETER for a NULL key or output, or options that are NULL, zeroed or
 *      deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_GetOption
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetOption(
    const MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, MI_Value *value,
    MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetOption(self, optionName, value, type, index, flags);
}

/** Tell how many credentials are stored, of all kinds together.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] count  number of credentials
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or options that are NULL,
 *      zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_GetCredentialsCount
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetCredentialsCount(
    const MI_SubscriptionDeliveryOptions *self, MI_Uint32 *count)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetCredentialsCount(self, count);
}

/** Read credentials by their position. Six asterisks stand for a password.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] optionName  what they are for, borrowed: the key of the server's, the proxy's or
 *      the delivery's credentials
 *  @param[out] credentials  credentials, borrowed until the options are changed or deleted
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for an index too large, a NULL output, or
 *      options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_GetCredentialsAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetCredentialsAt(
    const MI_SubscriptionDeliveryOptions *self, MI_Uint32 index, const MI_Char **optionName,
    MI_UserCredentials *credentials, MI_Uint32 *flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetCredentialsAt(self, index, optionName, credentials, flags);
}

/** Read the password of credentials in clear. Ask for the length with @p bufferLength 0 first;
 *  wipe the buffer afterwards.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] optionName  what the credentials are for, borrowed
 *  @param[out] password  room for the password; may be NULL when @p bufferLength is 0
 *  @param[in] bufferLength  room in @p password, in MI_Char
 *  @param[out] passwordLength  length with terminator, in MI_Char; 0 if no password is stored
 *  @param[out] flags  0; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_FAILED, with the length needed, if the buffer is too small;
 *      MI_RESULT_INVALID_PARAMETER for an index too large, certificate credentials, a NULL output,
 *      or options that are NULL, zeroed or deleted
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_GetCredentialsPasswordAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_SubscriptionDeliveryOptions_GetCredentialsPasswordAt(
    const MI_SubscriptionDeliveryOptions *self, MI_Uint32 index, const MI_Char **optionName,
    MI_Char *password, MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetCredentialsPasswordAt(self, index, optionName, password, bufferLength,
                                              passwordLength, flags);
}

/** Copy subscription delivery options, credentials included. The copy is independent; delete it
 *  like any other.
 *
 *  @param[in] self  options made by MI_Application_NewSubscriptionDeliveryOptions() or a clone
 *  @param[out] newSubscriptionDeliveryOptions  filled; zeroed on failure
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL output, or options that are NULL,
 *      zeroed or deleted; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_SubscriptionDeliveryOptions_Clone
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_SubscriptionDeliveryOptions_Clone(const MI_SubscriptionDeliveryOptions *self,
                                     MI_SubscriptionDeliveryOptions *newSubscriptionDeliveryOptions)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Clone(self, newSubscriptionDeliveryOptions);
}

/** MI_SubscriptionDeliveryOptions_GetExpirationTime() with a doubled underscore, as the original
 *  headers have it.
 */
#define MI_SubscriptionDeliveryOptions__GetExpirationTime                                          \
    MI_SubscriptionDeliveryOptions_GetExpirationTime

/** MI_SubscriptionDeliveryOptions_SetExpirationTime() with a doubled underscore, as the original
 *  headers have it.
 */
#define MI_SubscriptionDeliveryOptions__SetExpirationTime                                          \
    MI_SubscriptionDeliveryOptions_SetExpirationTime

/*
 * Instance: named, typed values of one class. MI_Value does not know its type: read the member
 * that goes with the MI_Type. Null is a flag (MI_FLAG_NULL), not a value.
 */

/** Copy an instance with everything in it.
 *
 *  @param[in] self  instance
 *  @param[out] newInstance  copy on the heap, the caller's to delete; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or zeroed instance or a NULL
 *      output; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_Instance_Clone
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_Clone(const MI_Instance *self,
                                                     MI_Instance **newInstance)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Clone(self, newInstance);
}

/** Release what an instance in the caller's own memory holds (a structure of a generated class).
 *  Not for instances on the heap.
 *
 *  @param[in,out] self  instance
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or zeroed instance
 *  @thread any; not while another thread uses the same instance; does not block
 *  @source Microsoft Learn: MI_Instance_Destruct
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_Destruct(MI_Instance *self)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Destruct(self);
}

/** Delete an instance on the heap. Not for borrowed ones, nor for those in the caller's own
 *  memory.
 *
 *  @param[in,out] self  instance
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or zeroed instance
 *  @thread any; not while another thread uses the same instance; does not block
 *  @source Microsoft Learn: MI_Instance_Delete
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_Delete(MI_Instance *self)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Delete(self);
}

/** Tell whether an instance is of a class or one of its subclasses, by walking its own
 *  declarations.
 *
 *  @param[in] self  instance
 *  @param[in] classDecl  class to look for
 *  @param[out] flag  MI_TRUE if it is
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed instance
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_Instance_IsA
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_IsA(const MI_Instance *self,
                                                   const MI_ClassDecl *classDecl, MI_Boolean *flag)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->IsA(self, classDecl, flag);
}

/** Tell the class name of an instance.
 *
 *  @param[in] self  instance
 *  @param[out] className  name, borrowed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed instance
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_Instance_GetClassName
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_GetClassName(const MI_Instance *self,
                                                            const MI_Char **className)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetClassName(self, className);
}

/** Set the namespace of an instance.
 *
 *  @param[in,out] self  instance
 *  @param[in] nameSpace  namespace, copied; NULL to clear it
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or zeroed instance;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same instance; does not block
 *  @source Microsoft Learn: MI_Instance_SetNameSpace
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_SetNameSpace(MI_Instance *self,
                                                            const MI_Char *nameSpace)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetNameSpace(self, nameSpace);
}

/** Tell the namespace of an instance.
 *
 *  @param[in] self  instance
 *  @param[out] nameSpace  namespace, borrowed; NULL if none is set, which is success too
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed instance
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_Instance_GetNameSpace
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_GetNameSpace(const MI_Instance *self,
                                                            const MI_Char **nameSpace)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetNameSpace(self, nameSpace);
}

/** Tell how many elements an instance has, null ones included.
 *
 *  @param[in] self  instance
 *  @param[out] count  number of elements
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed instance
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_Instance_GetElementCount
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_GetElementCount(const MI_Instance *self,
                                                               MI_Uint32 *count)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetElementCount(self, count);
}

/** Add an element to a dynamic instance, one made without a class.
 *
 *  @param[in,out] self  instance
 *  @param[in] name  name, a CIM identifier, copied
 *  @param[in] value  value; NULL for a null element
 *  @param[in] type  MI_Type of the value
 *  @param[in] flags  MI_FLAG_KEY and the like; MI_FLAG_NULL for a null element; MI_FLAG_BORROW or
 *      MI_FLAG_ADOPT instead of copying
 *  @return MI_RESULT_OK; MI_RESULT_ALREADY_EXISTS; MI_RESULT_FAILED if the instance has a class of
 *      its own; MI_RESULT_INVALID_PARAMETER for a NULL or malformed name, an unknown type,
 *      contradicting flags, or a NULL or zeroed instance; MI_RESULT_SERVER_LIMITS_EXCEEDED out of
 *      memory
 *  @thread any; not while another thread uses the same instance; does not block
 *  @source Microsoft Learn: MI_Instance_AddElement
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_AddElement(MI_Instance *self, const MI_Char *name,
                                                          const MI_Value *value, MI_Type type,
                                                          MI_Uint32 flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->AddElement(self, name, value, type, flags);
}

/** Set an element by position. As MI_Instance_SetElement().
 *
 *  @param[in,out] self  instance
 *  @param[in] index  position, 0 to count - 1
 *  @param[in] value  value; NULL only with MI_FLAG_NULL
 *  @param[in] type  MI_Type, which must be the declared one
 *  @param[in] flags  MI_FLAG_NULL to make it null; MI_FLAG_BORROW or MI_FLAG_ADOPT instead of
 *      copying
 *  @return MI_RESULT_OK; MI_RESULT_FAILED for an index too large; MI_RESULT_TYPE_MISMATCH;
 *      MI_RESULT_INVALID_PARAMETER for contradicting flags, or a NULL or zeroed instance;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same instance; does not block
 *  @source Microsoft Learn: MI_Instance_SetElementAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_SetElementAt(MI_Instance *self, MI_Uint32 index,
                                                            const MI_Value *value, MI_Type type,
                                                            MI_Uint32 flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetElementAt(self, index, value, type, flags);
}

/** Set an element by name. Everything the value points to is copied unless @p flags says
 *  otherwise; MI_FLAG_NOT_MODIFIED is cleared.
 *
 *  @param[in,out] self  instance
 *  @param[in] name  name
 *  @param[in] value  value; NULL only with MI_FLAG_NULL
 *  @param[in] type  MI_Type, which must be the declared one
 *  @param[in] flags  MI_FLAG_NULL to make it null; MI_FLAG_BORROW or MI_FLAG_ADOPT instead of
 *      copying
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY; MI_RESULT_TYPE_MISMATCH;
 *      MI_RESULT_INVALID_PARAMETER for a NULL name, contradicting flags, or a NULL or zeroed
 *      instance; MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same instance; does not block
 *  @source Microsoft Learn: MI_Instance_SetElement
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_SetElement(MI_Instance *self, const MI_Char *name,
                                                          const MI_Value *value, MI_Type type,
                                                          MI_Uint32 flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetElement(self, name, value, type, flags);
}

/** Read an element by name.
 *
 *  @param[in] self  instance
 *  @param[in] name  name
 *  @param[out] value  value, borrowed: what it points to lives until the element is changed or the
 *      instance deleted; may be NULL
 *  @param[out] type  MI_Type; may be NULL
 *  @param[out] flags  declared flags, with MI_FLAG_NULL if the element is null and
 *      MI_FLAG_NOT_MODIFIED if the client never set it; may be NULL
 *  @param[out] index  position; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY; MI_RESULT_INVALID_PARAMETER for a NULL name,
 *      or a NULL or zeroed instance
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_Instance_GetElement
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_GetElement(const MI_Instance *self,
                                                          const MI_Char *name, MI_Value *value,
                                                          MI_Type *type, MI_Uint32 *flags,
                                                          MI_Uint32 *index)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetElement(self, name, value, type, flags, index);
}

/** Read an element by position, in the order of declaration or of adding.
 *
 *  @param[in] self  instance
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] name  name, borrowed; may be NULL
 *  @param[out] value  value, borrowed: what it points to lives until the element is changed or the
 *      instance deleted; may be NULL
 *  @param[out] type  MI_Type; may be NULL
 *  @param[out] flags  declared flags, with MI_FLAG_NULL if the element is null and
 *      MI_FLAG_NOT_MODIFIED if the client never set it; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for an index too large, or a NULL or zeroed
 *      instance
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_Instance_GetElementAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_GetElementAt(const MI_Instance *self,
                                                            MI_Uint32 index, const MI_Char **name,
                                                            MI_Value *value, MI_Type *type,
                                                            MI_Uint32 *flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetElementAt(self, index, name, value, type, flags);
}

/** Make an element null, by name.
 *
 *  @param[in,out] self  instance
 *  @param[in] name  name
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY; MI_RESULT_INVALID_PARAMETER for a NULL name,
 *      or a NULL or zeroed instance
 *  @thread any; not while another thread uses the same instance; does not block
 *  @source Microsoft Learn: MI_Instance_ClearElement
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_ClearElement(MI_Instance *self, const MI_Char *name)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->ClearElement(self, name);
}

/** Make an element null, by position.
 *
 *  @param[in,out] self  instance
 *  @param[in] index  position, 0 to count - 1
 *  @return MI_RESULT_OK; MI_RESULT_FAILED for an index too large; MI_RESULT_INVALID_PARAMETER for
 *      a NULL or zeroed instance
 *  @thread any; not while another thread uses the same instance; does not block
 *  @source Microsoft Learn: MI_Instance_ClearElementAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_ClearElementAt(MI_Instance *self, MI_Uint32 index)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->ClearElementAt(self, index);
}

/** Tell the server an instance came from.
 *
 *  @param[in] self  instance
 *  @param[out] name  name, borrowed; NULL if none is set, which is success too
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed instance
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_Instance_GetServerName
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_GetServerName(const MI_Instance *self,
                                                             const MI_Char **name)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetServerName(self, name);
}

/** Set the server name of an instance.
 *
 *  @param[in,out] self  instance
 *  @param[in] name  name, copied; NULL to clear it
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or zeroed instance;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; not while another thread uses the same instance; does not block
 *  @source Microsoft Learn: MI_Instance_SetServerName
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_SetServerName(MI_Instance *self, const MI_Char *name)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->SetServerName(self, name);
}

/** Make a class object around the declaration an instance carries. No server is asked, so it is as
 *  exact as the RTTI flags of the operation made it.
 *
 *  @param[in] self  instance
 *  @param[out] instanceClass  class, the caller's to delete; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed instance;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; may run beside other readers; does not block
 *  @source Microsoft Learn: MI_Instance_GetClass
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_GetClass(const MI_Instance *self,
                                                        MI_Class **instanceClass)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetClass(self, instanceClass);
}

/** Bring an instance of an extended class into the ordinary form, which may replace it. Does
 *  nothing unless the class has MI_FLAG_EXTENDED.
 *
 *  @param[in,out] self  instance, replaced where needed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL pointer, or a NULL or zeroed
 *      instance; otherwise what the instance's table answers
 *  @thread any; not while another thread uses the same instance; does not block
 *  @source Windows SDK only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Instance_Normalize(MI_Instance **self)
{
    if (self == NULL || *self == NULL || (*self)->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if ((*self)->classDecl == NULL || ((*self)->classDecl->flags & MI_FLAG_EXTENDED) == 0) {
        return MI_RESULT_OK;
    }
    return ((const MI_InstanceExFT *)(*self)->ft)->Normalize(self);
}

/*
 * Class: a read-only declaration. Sets taken from a class are small values that live as long as
 * the class; nothing of them is to be freed.
 */

/** Tell the name of a class.
 *
 *  @param[in] self  class
 *  @param[out] className  name, borrowed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetClassName
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetClassName(const MI_Class *self,
                                                         const MI_Char **className)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetClassName(self, className);
}

/** Tell the namespace of a class.
 *
 *  @param[in] self  class
 *  @param[out] nameSpace  namespace, borrowed; NULL if unknown, which is success too
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetNameSpace
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetNameSpace(const MI_Class *self,
                                                         const MI_Char **nameSpace)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetNameSpace(self, nameSpace);
}

/** Tell the server a class came from.
 *
 *  @param[in] self  class
 *  @param[out] serverName  name, borrowed; NULL if unknown, which is success too
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetServerName
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetServerName(const MI_Class *self,
                                                          const MI_Char **serverName)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetServerName(self, serverName);
}

/** Tell how many properties a class has, inherited ones included.
 *
 *  @param[in] self  class
 *  @param[out] count  number of properties
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetElementCount
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetElementCount(const MI_Class *self, MI_Uint32 *count)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetElementCount(self, count);
}

/** Read the declaration of a property by name.
 *
 *  @param[in] self  class
 *  @param[in] name  name
 *  @param[out] value  default value, borrowed; has a meaning only if @p valueExists is MI_TRUE;
 *      may be NULL
 *  @param[out] valueExists  whether there is a default value; may be NULL
 *  @param[out] type  MI_Type; may be NULL
 *  @param[out] referenceClass  class that a reference or embedded instance is declared with,
 *      borrowed; NULL if none; may be NULL
 *  @param[out] qualifierSet  qualifiers, filled; nothing to free; may be NULL
 *  @param[out] flags  MI_FLAG_... bits; may be NULL
 *  @param[out] index  position; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY; MI_RESULT_INVALID_PARAMETER for a NULL name,
 *      or a NULL or zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetElement
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetElement(const MI_Class *self, const MI_Char *name,
                                                       MI_Value *value, MI_Boolean *valueExists,
                                                       MI_Type *type, MI_Char **referenceClass,
                                                       MI_QualifierSet *qualifierSet,
                                                       MI_Uint32 *flags, MI_Uint32 *index)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetElement(self, name, value, valueExists, type, referenceClass, qualifierSet,
                                flags, index);
}

/** Read the declaration of a property by position.
 *
 *  @param[in] self  class
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] name  name, borrowed; may be NULL
 *  @param[out] value  default value, borrowed; has a meaning only if @p valueExists is MI_TRUE;
 *      may be NULL
 *  @param[out] valueExists  whether there is a default value; may be NULL
 *  @param[out] type  MI_Type; may be NULL
 *  @param[out] referenceClass  class that a reference or embedded instance is declared with,
 *      borrowed; NULL if none; may be NULL
 *  @param[out] qualifierSet  qualifiers, filled; nothing to free; may be NULL
 *  @param[out] flags  MI_FLAG_... bits; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_NO_SUCH_PROPERTY for an index too large;
 *      MI_RESULT_INVALID_PARAMETER for a NULL or zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetElementAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetElementAt(const MI_Class *self, MI_Uint32 index,
                                                         const MI_Char **name, MI_Value *value,
                                                         MI_Boolean *valueExists, MI_Type *type,
                                                         MI_Char **referenceClass,
                                                         MI_QualifierSet *qualifierSet,
                                                         MI_Uint32 *flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetElementAt(self, index, name, value, valueExists, type, referenceClass,
                                  qualifierSet, flags);
}

/** Get the qualifiers of the class itself.
 *
 *  @param[in] self  class
 *  @param[out] qualifierSet  filled; nothing to free; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetClassQualifierSet
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetClassQualifierSet(const MI_Class *self,
                                                                 MI_QualifierSet *qualifierSet)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetClassQualifierSet(self, qualifierSet);
}

/** Tell how many methods a class has, inherited ones included.
 *
 *  @param[in] self  class
 *  @param[out] count  number of methods
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetMethodCount
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetMethodCount(const MI_Class *self, MI_Uint32 *count)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetMethodCount(self, count);
}

/** Read the declaration of a method by position.
 *
 *  @param[in] self  class
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] name  name, borrowed
 *  @param[out] qualifierSet  qualifiers, filled; nothing to free; may be NULL
 *  @param[out] parameterSet  parameters, filled; nothing to free; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_METHOD_NOT_FOUND for an index too large;
 *      MI_RESULT_INVALID_PARAMETER for a NULL name output, or a NULL or zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetMethodAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetMethodAt(const MI_Class *self, MI_Uint32 index,
                                                        const MI_Char **name,
                                                        MI_QualifierSet *qualifierSet,
                                                        MI_ParameterSet *parameterSet)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetMethodAt(self, index, name, qualifierSet, parameterSet);
}

/** Read the declaration of a method by name.
 *
 *  @param[in] self  class
 *  @param[in] name  name
 *  @param[out] qualifierSet  qualifiers, filled; nothing to free; may be NULL
 *  @param[out] parameterSet  parameters, filled; nothing to free; may be NULL
 *  @param[out] index  position; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_METHOD_NOT_FOUND; MI_RESULT_INVALID_PARAMETER for a NULL name,
 *      or a NULL or zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetMethod
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetMethod(const MI_Class *self, const MI_Char *name,
                                                      MI_QualifierSet *qualifierSet,
                                                      MI_ParameterSet *parameterSet,
                                                      MI_Uint32 *index)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetMethod(self, name, qualifierSet, parameterSet, index);
}

/** Tell the name of the parent class.
 *
 *  @param[in] self  class
 *  @param[out] name  name, borrowed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_SUPERCLASS if there is none;
 *      MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed class
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetParentClassName
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetParentClassName(const MI_Class *self,
                                                               const MI_Char **name)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetParentClassName(self, name);
}

/** Get the parent class, as far as it is at hand; no server is asked.
 *
 *  @param[in] self  class
 *  @param[out] parentClass  class, the caller's to delete; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_SUPERCLASS if there is none;
 *      MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed class;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_GetParentClass
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_GetParentClass(const MI_Class *self,
                                                           MI_Class **parentClass)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetParentClass(self, parentClass);
}

/** Delete a class. Instances made from it keep what they need.
 *
 *  @param[in,out] self  class
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or zeroed class
 *  @thread any; not while another thread uses the same class object; does not block
 *  @source Microsoft Learn: MI_Class_Delete
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_Delete(MI_Class *self)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Delete(self);
}

/** Copy a class.
 *
 *  @param[in] self  class
 *  @param[out] newClass  copy, the caller's to delete; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed class;
 *      MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Class_Clone
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Class_Clone(const MI_Class *self, MI_Class **newClass)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Clone(self, newClass);
}

/*
 * Qualifier set: the qualifiers of a class, property, method or parameter.
 */

/** Tell how many qualifiers there are.
 *
 *  @param[in] self  qualifier set
 *  @param[out] count  number of qualifiers
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed set
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_QualifierSet_GetQualifierCount
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_QualifierSet_GetQualifierCount(const MI_QualifierSet *self,
                                                                     MI_Uint32 *count)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetQualifierCount(self, count);
}

/** Read a qualifier by position.
 *
 *  @param[in] self  qualifier set
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] name  name, borrowed from the class
 *  @param[out] qualifierType  MI_Type of the value
 *  @param[out] qualifierFlags  flavour, MI_FLAG_... bits
 *  @param[out] qualifierValue  value, borrowed from the class
 *  @return MI_RESULT_OK; MI_RESULT_NOT_FOUND for an index too large; MI_RESULT_INVALID_PARAMETER
 *      for a NULL argument or a zeroed set
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_QualifierSet_GetQualifierAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_QualifierSet_GetQualifierAt(
    const MI_QualifierSet *self, MI_Uint32 index, const MI_Char **name, MI_Type *qualifierType,
    MI_Uint32 *qualifierFlags, MI_Value *qualifierValue)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetQualifierAt(self, index, name, qualifierType, qualifierFlags,
                                    qualifierValue);
}

/** Read a qualifier by name.
 *
 *  @param[in] self  qualifier set
 *  @param[in] name  name
 *  @param[out] qualifierType  MI_Type of the value
 *  @param[out] qualifierFlags  flavour, MI_FLAG_... bits
 *  @param[out] qualifierValue  value, borrowed from the class
 *  @param[out] index  position
 *  @return MI_RESULT_OK; MI_RESULT_NOT_FOUND; MI_RESULT_INVALID_PARAMETER for a NULL argument or a
 *      zeroed set
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_QualifierSet_GetQualifier
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_QualifierSet_GetQualifier(
    const MI_QualifierSet *self, const MI_Char *name, MI_Type *qualifierType,
    MI_Uint32 *qualifierFlags, MI_Value *qualifierValue, MI_Uint32 *index)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetQualifier(self, name, qualifierType, qualifierFlags, qualifierValue, index);
}

/*
 * Parameter set: the parameters of a method.
 */

/** Tell what a method returns.
 *
 *  @param[in] self  parameter set
 *  @param[out] returnType  MI_Type of the return value
 *  @param[out] qualifierSet  qualifiers of the return value, filled; nothing to free
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed set
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_ParameterSet_GetMethodReturnType
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_ParameterSet_GetMethodReturnType(
    const MI_ParameterSet *self, MI_Type *returnType, MI_QualifierSet *qualifierSet)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetMethodReturnType(self, returnType, qualifierSet);
}

/** Tell how many parameters a method has; the return value is not one of them.
 *
 *  @param[in] self  parameter set
 *  @param[out] count  number of parameters
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed set
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_ParameterSet_GetParameterCount
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_ParameterSet_GetParameterCount(const MI_ParameterSet *self,
                                                                     MI_Uint32 *count)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetParameterCount(self, count);
}

/** Read a parameter by position. Whether it goes in or comes out stands in its In and Out
 *  qualifiers.
 *
 *  @param[in] self  parameter set
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] name  name, borrowed from the class
 *  @param[out] parameterType  MI_Type of the parameter
 *  @param[out] referenceClass  class that a reference or embedded instance is declared with,
 *      borrowed; NULL if none; may be NULL
 *  @param[out] qualifierSet  qualifiers, filled; nothing to free
 *  @return MI_RESULT_OK; MI_RESULT_NOT_FOUND for an index too large; MI_RESULT_INVALID_PARAMETER
 *      for a NULL argument or a zeroed set
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_ParameterSet_GetParameterAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_ParameterSet_GetParameterAt(
    const MI_ParameterSet *self, MI_Uint32 index, const MI_Char **name, MI_Type *parameterType,
    MI_Char **referenceClass, MI_QualifierSet *qualifierSet)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetParameterAt(self, index, name, parameterType, referenceClass, qualifierSet);
}

/** Read a parameter by name. Whether it goes in or comes out stands in its In and Out qualifiers.
 *
 *  @param[in] self  parameter set
 *  @param[in] name  name
 *  @param[out] parameterType  MI_Type of the parameter
 *  @param[out] referenceClass  class that a reference or embedded instance is declared with,
 *      borrowed; NULL if none; may be NULL
 *  @param[out] qualifierSet  qualifiers, filled; nothing to free
 *  @param[out] index  position
 *  @return MI_RESULT_OK; MI_RESULT_NOT_FOUND; MI_RESULT_INVALID_PARAMETER for a NULL argument or a
 *      zeroed set
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_ParameterSet_GetParameter
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_ParameterSet_GetParameter(
    const MI_ParameterSet *self, const MI_Char *name, MI_Type *parameterType,
    MI_Char **referenceClass, MI_QualifierSet *qualifierSet, MI_Uint32 *index)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetParameter(self, name, parameterType, referenceClass, qualifierSet, index);
}

/*
 * Property set: the names of properties a provider was asked for. No client call makes or takes
 * one.
 */

/** Tell how many names a set has.
 *
 *  @param[in] self  property set
 *  @param[out] count  number of names
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed set;
 *      MI_RESULT_FAILED otherwise
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_PropertySet_GetElementCount
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_PropertySet_GetElementCount(const MI_PropertySet *self,
                                                                  MI_Uint32 *count)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetElementCount(self, count);
}

/** Tell whether a set contains a name.
 *
 *  @param[in] self  property set
 *  @param[in] name  name
 *  @param[out] flag  MI_TRUE if it does
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed set;
 *      MI_RESULT_FAILED otherwise
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_PropertySet_ContainsElement
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_PropertySet_ContainsElement(const MI_PropertySet *self,
                                                                  const MI_Char *name,
                                                                  MI_Boolean *flag)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->ContainsElement(self, name, flag);
}

/** Add a name to a set.
 *
 *  @param[in,out] self  property set
 *  @param[in] name  name, copied
 *  @return MI_RESULT_OK; MI_RESULT_ALREADY_EXISTS; MI_RESULT_INVALID_PARAMETER for a NULL argument
 *      or a zeroed set; MI_RESULT_FAILED otherwise
 *  @thread any; not while another thread uses the same set; does not block
 *  @source Microsoft Learn: MI_PropertySet_AddElement
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_PropertySet_AddElement(MI_PropertySet *self,
                                                             const MI_Char *name)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->AddElement(self, name);
}

/** Read a name by position.
 *
 *  @param[in] self  property set
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] name  name, borrowed from the set
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for an index too large, a NULL argument or a
 *      zeroed set; MI_RESULT_FAILED otherwise
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_PropertySet_GetElementAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_PropertySet_GetElementAt(const MI_PropertySet *self,
                                                               MI_Uint32 index,
                                                               const MI_Char **name)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetElementAt(self, index, name);
}

/** Remove all names.
 *
 *  @param[in,out] self  property set
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or zeroed set; MI_RESULT_FAILED
 *      otherwise
 *  @thread any; not while another thread uses the same set; does not block
 *  @source Microsoft Learn: MI_PropertySet_Clear
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_PropertySet_Clear(MI_PropertySet *self)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Clear(self);
}

/** Release what a set in the caller's own memory holds.
 *
 *  @param[in,out] self  property set
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or zeroed set; MI_RESULT_FAILED
 *      otherwise
 *  @thread any; not while another thread uses the same set; does not block
 *  @source Microsoft Learn: MI_PropertySet_Destruct
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_PropertySet_Destruct(MI_PropertySet *self)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Destruct(self);
}

/** Delete a set on the heap.
 *
 *  @param[in,out] self  property set
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL or zeroed set; MI_RESULT_FAILED
 *      otherwise
 *  @thread any; not while another thread uses the same set; does not block
 *  @source Microsoft Learn: MI_PropertySet_Delete
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_PropertySet_Delete(MI_PropertySet *self)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Delete(self);
}

/** Copy a set.
 *
 *  @param[in] self  property set
 *  @param[out] newPropertySet  copy, the caller's to delete; written only on success
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed set;
 *      MI_RESULT_FAILED otherwise
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_PropertySet_Clone
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_PropertySet_Clone(const MI_PropertySet *self,
                                                        MI_PropertySet **newPropertySet)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Clone(self, newPropertySet);
}

/** Older name of MI_PropertySet_GetElementAt(). */
#define MI_PropertySet_GetElement MI_PropertySet_GetElementAt

/*
 * Filter: the condition a provider was asked to apply. No client call makes or takes one.
 */

/** Tell whether an instance passes a filter.
 *
 *  @param[in] self  filter
 *  @param[in] instance  instance to look at
 *  @param[out] result  MI_TRUE if it passes
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed filter;
 *      MI_RESULT_FAILED otherwise
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Filter_Evaluate
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Filter_Evaluate(const MI_Filter *self,
                                                      const MI_Instance *instance,
                                                      MI_Boolean *result)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->Evaluate(self, instance, result);
}

/** Read the query a filter was made from.
 *
 *  @param[in] self  filter
 *  @param[out] queryLang  dialect, borrowed; NULL if none
 *  @param[out] queryExpr  text, borrowed; NULL if none
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a zeroed filter;
 *      MI_RESULT_FAILED otherwise
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Filter_GetExpression
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Filter_GetExpression(const MI_Filter *self,
                                                           const MI_Char **queryLang,
                                                           const MI_Char **queryExpr)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->GetExpression(self, queryLang, queryExpr);
}

/*
 * Serializer: instances and classes to bytes. These functions check nothing themselves and work
 * through mi_clientFT_V1.
 */

/** End a serializer.
 *
 *  @param[in,out] serializer  serializer to close
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if NULL, zeroed or closed already;
 *      MI_RESULT_NOT_SUPPORTED without serializers
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Serializer_Close
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Serializer_Close(MI_Serializer *serializer)
{
    return mi_clientFT_V1->serializerFT->Close(serializer);
}

/** Write a class into a buffer, as text without terminator (UTF-8 on POSIX, UTF-16 on Windows).
 *  Call it with a NULL buffer first to learn the size.
 *
 *  @param[in,out] serializer  open serializer
 *  @param[in] flags  0 or MI_SERIALIZER_FLAGS_CLASS_DEEP
 *  @param[in] classObject  class to write
 *  @param[out] clientBuffer  room for the bytes; NULL to ask for the size
 *  @param[in] clientBufferLength  size of @p clientBuffer in bytes
 *  @param[in,out] clientBufferNeeded  size needed, or used, in bytes
 *  @return MI_RESULT_OK; MI_RESULT_FAILED, with @p clientBufferNeeded set, if there is too little
 *      room (a NULL buffer may also give MI_RESULT_OK: look at the size);
 *      MI_RESULT_INVALID_PARAMETER for a NULL argument, unknown flags or a closed serializer;
 *      MI_RESULT_NOT_SUPPORTED without serializers
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Serializer_SerializeClass; DSP0201
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Serializer_SerializeClass(
    MI_Serializer *serializer, MI_Uint32 flags, const MI_Class *classObject, MI_Uint8 *clientBuffer,
    MI_Uint32 clientBufferLength, MI_Uint32 *clientBufferNeeded)
{
    return mi_clientFT_V1->serializerFT->SerializeClass(
        serializer, flags, classObject, clientBuffer, clientBufferLength, clientBufferNeeded);
}

/** Write an instance into a buffer, as text without terminator (UTF-8 on POSIX, UTF-16 on
 *  Windows). Call it with a NULL buffer first to learn the size.
 *
 *  @param[in,out] serializer  open serializer
 *  @param[in] flags  0 or MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS
 *  @param[in] instanceObject  instance to write
 *  @param[out] clientBuffer  room for the bytes; NULL to ask for the size
 *  @param[in] clientBufferLength  size of @p clientBuffer in bytes
 *  @param[in,out] clientBufferNeeded  size needed, or used, in bytes
 *  @return MI_RESULT_OK; MI_RESULT_FAILED, with @p clientBufferNeeded set, if there is too little
 *      room (a NULL buffer may also give MI_RESULT_OK: look at the size);
 *      MI_RESULT_INVALID_PARAMETER for a NULL argument, unknown flags or a closed serializer;
 *      MI_RESULT_NOT_SUPPORTED without serializers
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Serializer_SerializeInstance; DSP0201
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Serializer_SerializeInstance(
    MI_Serializer *serializer, MI_Uint32 flags, const MI_Instance *instanceObject,
    MI_Uint8 *clientBuffer, MI_Uint32 clientBufferLength, MI_Uint32 *clientBufferNeeded)
{
    return mi_clientFT_V1->serializerFT->SerializeInstance(
        serializer, flags, instanceObject, clientBuffer, clientBufferLength, clientBufferNeeded);
}

/*
 * Deserializer: bytes to instances and classes. These functions check nothing themselves and work
 * through mi_clientFT_V1.
 */

/** End a deserializer.
 *
 *  @param[in,out] deserializer  deserializer to close
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER if NULL, zeroed or closed already;
 *      MI_RESULT_NOT_SUPPORTED without deserializers
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Deserializer_Close
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Deserializer_Close(MI_Deserializer *deserializer)
{
    return mi_clientFT_V1->deserializerFT->Close(deserializer);
}

/** Read a class from bytes.
 *
 *  @param[in,out] deserializer  open deserializer
 *  @param[in] flags  0
 *  @param[in] serializedBuffer  bytes to read
 *  @param[in] serializedBufferLength  number of bytes
 *  @param[in] parentClass  parent class with its whole chain, if the bytes hold none; may be NULL
 *  @param[in] serverName  server name the class is to report; may be NULL
 *  @param[in] namespaceName  namespace the class is to report; may be NULL
 *  @param[in] classObjectNeeded  asked for classes that are missing; may be NULL
 *  @param[in] classObjectNeededContext  given to @p classObjectNeeded; may be NULL
 *  @param[out] serializedBufferRead  number of bytes used; may be NULL
 *  @param[out] classObject  class, the caller's to delete; NULL on failure; may be NULL
 *  @param[out] cimErrorDetails  NULL, or on failure a CIM_Error the caller deletes; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_CLASS or MI_RESULT_INVALID_SUPERCLASS if a class is
 *      missing; MI_RESULT_FAILED for malformed bytes; MI_RESULT_INVALID_PARAMETER for a NULL
 *      argument, non-zero flags or a closed deserializer; MI_RESULT_NOT_SUPPORTED without
 *      deserializers
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Deserializer_DeserializeClass; DSP0201
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Deserializer_DeserializeClass(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
    MI_Uint32 serializedBufferLength, MI_Class *parentClass, const MI_Char *serverName,
    const MI_Char *namespaceName, MI_Deserializer_ClassObjectNeeded classObjectNeeded,
    void *classObjectNeededContext, MI_Uint32 *serializedBufferRead, MI_Class **classObject,
    MI_Instance **cimErrorDetails)
{
    return mi_clientFT_V1->deserializerFT->DeserializeClass(
        deserializer, flags, serializedBuffer, serializedBufferLength, parentClass, serverName,
        namespaceName, classObjectNeeded, classObjectNeededContext, serializedBufferRead,
        classObject, cimErrorDetails);
}

/** Read only the name of the class that bytes hold.
 *
 *  @param[in,out] deserializer  open deserializer
 *  @param[in] serializedBuffer  bytes to read
 *  @param[in] serializedBufferLength  number of bytes
 *  @param[out] className  room for the name; NULL to ask for the length
 *  @param[in,out] classNameLength  in: room; out: length, in MI_Char with terminator
 *  @param[out] cimErrorDetails  NULL, or on failure a CIM_Error the caller deletes; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_FAILED for malformed bytes or too little room;
 *      MI_RESULT_INVALID_PARAMETER for a NULL argument or a closed deserializer;
 *      MI_RESULT_NOT_SUPPORTED without deserializers
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Deserializer_Class_GetClassName
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Deserializer_Class_GetClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *className, MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails)
{
    return mi_clientFT_V1->deserializerFT->Class_GetClassName(deserializer, serializedBuffer,
                                                              serializedBufferLength, className,
                                                              classNameLength, cimErrorDetails);
}

/** Read only the name of the parent of the class that bytes hold.
 *
 *  @param[in,out] deserializer  open deserializer
 *  @param[in] serializedBuffer  bytes to read
 *  @param[in] serializedBufferLength  number of bytes
 *  @param[out] parentClassName  room for the name; NULL to ask for the length
 *  @param[in,out] parentClassNameLength  in: room; out: length, in MI_Char with terminator
 *  @param[out] cimErrorDetails  NULL, or on failure a CIM_Error the caller deletes; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_SUPERCLASS if there is none; MI_RESULT_FAILED for
 *      malformed bytes or too little room; MI_RESULT_INVALID_PARAMETER for a NULL argument or a
 *      closed deserializer; MI_RESULT_NOT_SUPPORTED without deserializers
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Deserializer_Class_GetParentClassName
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Deserializer_Class_GetParentClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *parentClassName, MI_Uint32 *parentClassNameLength, MI_Instance **cimErrorDetails)
{
    return mi_clientFT_V1->deserializerFT->Class_GetParentClassName(
        deserializer, serializedBuffer, serializedBufferLength, parentClassName,
        parentClassNameLength, cimErrorDetails);
}

/** Read an instance from bytes.
 *
 *  @param[in,out] deserializer  open deserializer
 *  @param[in] flags  0
 *  @param[in] serializedBuffer  bytes to read
 *  @param[in] serializedBufferLength  number of bytes
 *  @param[in] classObjects  classes that the bytes refer to, those of embedded instances included;
 *      may be NULL
 *  @param[in] numberClassObjects  number of them
 *  @param[in] classObjectNeeded  asked for classes that are missing; may be NULL
 *  @param[in] classObjectNeededContext  given to @p classObjectNeeded; may be NULL
 *  @param[out] serializedBufferRead  number of bytes used; may be NULL
 *  @param[out] instanceObject  instance, the caller's to delete; NULL on failure; may be NULL
 *  @param[out] cimErrorDetails  NULL, or on failure a CIM_Error the caller deletes; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_CLASS if a class is missing; MI_RESULT_FAILED for
 *      malformed bytes; MI_RESULT_INVALID_PARAMETER for a NULL argument, non-zero flags or a
 *      closed deserializer; MI_RESULT_NOT_SUPPORTED without deserializers
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Deserializer_DeserializeInstance; DSP0201
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Deserializer_DeserializeInstance(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
    MI_Uint32 serializedBufferLength, MI_Class **classObjects, MI_Uint32 numberClassObjects,
    MI_Deserializer_ClassObjectNeeded classObjectNeeded, void *classObjectNeededContext,
    MI_Uint32 *serializedBufferRead, MI_Instance **instanceObject, MI_Instance **cimErrorDetails)
{
    return mi_clientFT_V1->deserializerFT->DeserializeInstance(
        deserializer, flags, serializedBuffer, serializedBufferLength, classObjects,
        numberClassObjects, classObjectNeeded, classObjectNeededContext, serializedBufferRead,
        instanceObject, cimErrorDetails);
}

/** Read only the class name of the instance that bytes hold.
 *
 *  @param[in,out] deserializer  open deserializer
 *  @param[in] serializedBuffer  bytes to read
 *  @param[in] serializedBufferLength  number of bytes
 *  @param[out] className  room for the name; NULL to ask for the length
 *  @param[in,out] classNameLength  in: room; out: length, in MI_Char with terminator
 *  @param[out] cimErrorDetails  NULL, or on failure a CIM_Error the caller deletes; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_FAILED for malformed bytes or too little room;
 *      MI_RESULT_INVALID_PARAMETER for a NULL argument or a closed deserializer;
 *      MI_RESULT_NOT_SUPPORTED without deserializers
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Deserializer_Instance_GetClassName
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Deserializer_Instance_GetClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *className, MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails)
{
    return mi_clientFT_V1->deserializerFT->Instance_GetClassName(deserializer, serializedBuffer,
                                                                 serializedBufferLength, className,
                                                                 classNameLength, cimErrorDetails);
}

/*
 * Utilities.
 */

/** Tell the category of an error code. Works without an application.
 *
 *  @param[in] errorType  what the code is: MI_RESULT_TYPE_...
 *  @param[in] error  code
 *  @return the category; MI_ERRORCATEGORY_NOT_SPECIFIED for unknown codes and types
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Utilities_MapErrorToMiErrorCategory
 */
MI_INLINE MI_ErrorCategory MI_INLINE_CALL
MI_Utilities_MapErrorToMiErrorCategory(const MI_Char *errorType, MI_Uint32 error)
{
    return mi_clientFT_V1->utilitiesFT->MapErrorToMiErrorCategory(errorType, error);
}

/** Make a CIM_Error instance from an error code. Works without an application.
 *
 *  @param[in] error  code
 *  @param[in] errorType  what the code is: MI_RESULT_TYPE_...
 *  @param[in] errorMessage  text for the Message property, copied
 *  @param[out] cimError  instance, the caller's to delete
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument or a type not known here
 *      (POSIX knows all of them); MI_RESULT_SERVER_LIMITS_EXCEEDED out of memory
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Utilities_CimErrorFromErrorCode
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Utilities_CimErrorFromErrorCode(MI_Uint32 error,
                                                                      const MI_Char *errorType,
                                                                      const MI_Char *errorMessage,
                                                                      MI_Instance **cimError)
{
    return mi_clientFT_V1->utilitiesFT->CimErrorFromErrorCode(error, errorType, errorMessage,
                                                              cimError);
}

/*
 * Server information for providers.
 */

/** Tell the version of the server. Defined by generated provider code, not by this library.
 *
 *  @param[out] version  version, packed as MI_VERSION
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Server_GetVersion
 */
MI_EXTERN_C MI_Result MI_CALL MI_Server_GetVersion(MI_Uint32 *version);

/** Tell the name of the server's computer. Defined by generated provider code, not by this
 *  library.
 *
 *  @param[out] systemName  name, borrowed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument
 *  @thread any; does not block
 *  @source Microsoft Learn: MI_Server_GetSystemName
 */
MI_EXTERN_C MI_Result MI_CALL MI_Server_GetSystemName(const MI_Char **systemName);

/*
 * Provider context: through it a provider answers the request it was called for.
 */

/** End the request with a result code, without error details. The last call of a provider for a
 *  request.
 *
 *  @param[in] context  context of the request
 *  @param[in] result  outcome of the request
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_PostResult
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_PostResult(MI_Context *context, MI_Result result)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostResult(context, result);
}

/** End the request with an error.
 *
 *  @param[in] context  context of the request
 *  @param[in] error  CIM_Error instance, copied
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_PostCimError
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_PostCimError(MI_Context *context,
                                                           const MI_Instance *error)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostCimError(context, error);
}

/** End the request with an error code of another system.
 *
 *  @param[in] context  context of the request
 *  @param[in] resultCode  code
 *  @param[in] resultType  what the code is: MI_RESULT_TYPE_...
 *  @param[in] errorMessage  text, copied
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_PostError
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_PostError(MI_Context *context, MI_Uint32 resultCode,
                                                        const MI_Char *resultType,
                                                        const MI_Char *errorMessage)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostError(context, resultCode, resultType, errorMessage);
}

/** Deliver one instance of the answer. May block while the client is slow.
 *
 *  @param[in] context  context of the request
 *  @param[in] instance  instance, copied
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's; may block while the client is slow
 *  @source Microsoft Learn: MI_Context_PostInstance
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_PostInstance(MI_Context *context,
                                                           const MI_Instance *instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostInstance(context, instance);
}

/** Deliver one indication.
 *
 *  @param[in] context  context of the request
 *  @param[in] indication  indication, copied
 *  @param[in] subscriptionIDCount  0: for all subscriptions
 *  @param[in] bookmark  where to resume after it; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread any, while indications are enabled
 *  @source Microsoft Learn: MI_Context_PostIndication
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_PostIndication(MI_Context *context,
                                                             const MI_Instance *indication,
                                                             MI_Uint32 subscriptionIDCount,
                                                             const MI_Char *bookmark)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostIndication(context, indication, subscriptionIDCount, bookmark);
}

/** Prepare an instance in the caller's memory; end it with MI_Instance_Destruct().
 *
 *  @param[in] context  context of the request
 *  @param[in] classDecl  class of the instance
 *  @param[out] instance  filled
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_ConstructInstance
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_ConstructInstance(MI_Context *context,
                                                                const MI_ClassDecl *classDecl,
                                                                MI_Instance *instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->ConstructInstance(context, classDecl, instance);
}

/** Prepare out-parameters of a method in the caller's memory; end them with
 *  MI_Instance_Destruct().
 *
 *  @param[in] context  context of the request
 *  @param[in] methodDecl  method
 *  @param[out] instance  filled
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_ConstructParameters
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_ConstructParameters(MI_Context *context,
                                                                  const MI_MethodDecl *methodDecl,
                                                                  MI_Instance *instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->ConstructParameters(context, methodDecl, instance);
}

/** Make an instance on the heap; end it with MI_Instance_Delete().
 *
 *  @param[in] context  context of the request
 *  @param[in] classDecl  class of the instance
 *  @param[out] instance  new instance
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_NewInstance
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_NewInstance(MI_Context *context,
                                                          const MI_ClassDecl *classDecl,
                                                          MI_Instance **instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->NewInstance(context, classDecl, instance);
}

/** Make an instance without class declaration; end it with MI_Instance_Delete().
 *
 *  @param[in] context  context of the request
 *  @param[in] className  class name
 *  @param[in] flags  0, or MI_FLAG_CLASS and the like for what it stands for
 *  @param[out] instance  new instance
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_NewDynamicInstance
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_NewDynamicInstance(MI_Context *context,
                                                                 const MI_Char *className,
                                                                 MI_Uint32 flags,
                                                                 MI_Instance **instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->NewDynamicInstance(context, className, flags, instance);
}

/** Make out-parameters of a method on the heap; end them with MI_Instance_Delete().
 *
 *  @param[in] context  context of the request
 *  @param[in] methodDecl  method
 *  @param[out] instance  new instance
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_NewParameters
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_NewParameters(MI_Context *context,
                                                            const MI_MethodDecl *methodDecl,
                                                            MI_Instance **instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->NewParameters(context, methodDecl, instance);
}

/** Tell whether the request has been cancelled.
 *
 *  @param[in] context  context of the request
 *  @param[out] flag  MI_TRUE if it has
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_Canceled
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_Canceled(const MI_Context *context, MI_Boolean *flag)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->Canceled(context, flag);
}

/** Tell a language of the request.
 *
 *  @param[in] context  context of the request
 *  @param[in] localeType  which one
 *  @param[out] locale  room for MI_MAX_LOCALE_SIZE characters
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_GetLocale
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_GetLocale(const MI_Context *context,
                                                        MI_LocaleType localeType,
                                                        MI_Char locale[MI_MAX_LOCALE_SIZE])
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->GetLocale(context, localeType, locale);
}

/** Have a function called when the request is cancelled; at most one per request.
 *
 *  @param[in] context  context of the request
 *  @param[in] callback  function to call, on any thread
 *  @param[in] callbackData  given to it; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_RegisterCancel
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_RegisterCancel(MI_Context *context,
                                                             MI_CancelCallback callback,
                                                             void *callbackData)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->RegisterCancel(context, callback, callbackData);
}

/** Allow the server to unload the provider when it is idle.
 *
 *  @param[in] context  context of the request
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_RequestUnload
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_RequestUnload(MI_Context *context)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->RequestUnload(context);
}

/** Keep the server from unloading the provider.
 *
 *  @param[in] context  context of the request
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_RefuseUnload
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_RefuseUnload(MI_Context *context)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->RefuseUnload(context);
}

/** Set an option of the provider's host.
 *
 *  @param[in] context  context of the request
 *  @param[in] name  name
 *  @param[in] value  text, copied
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_SetStringOption
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_SetStringOption(MI_Context *context,
                                                              const MI_Char *name,
                                                              const MI_Char *value)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->SetStringOption(context, name, value);
}

/** Read an option of the request as text.
 *
 *  @param[in] context  context of the request
 *  @param[in] name  name
 *  @param[out] value  text, borrowed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_GetStringOption
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_GetStringOption(MI_Context *context,
                                                              const MI_Char *name,
                                                              const MI_Char **value)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->GetStringOption(context, name, value);
}

/** Read an option of the request as a number.
 *
 *  @param[in] context  context of the request
 *  @param[in] name  name
 *  @param[out] value  number; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_GetNumberOption
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_GetNumberOption(MI_Context *context,
                                                              const MI_Char *name, MI_Uint32 *value)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->GetNumberOption(context, name, value);
}

/** Read an option that the client set with MI_OperationOptions_SetCustomOption().
 *
 *  @param[in] context  context of the request
 *  @param[in] name  name
 *  @param[out] valueType  MI_Type; may be NULL
 *  @param[out] value  value, borrowed; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_GetCustomOption
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_GetCustomOption(MI_Context *context,
                                                              const MI_Char *name,
                                                              MI_Type *valueType, MI_Value *value)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->GetCustomOption(context, name, valueType, value);
}

/** Tell how many such options there are.
 *
 *  @param[in] context  context of the request
 *  @param[out] count  number of options; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_GetCustomOptionCount
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_GetCustomOptionCount(MI_Context *context,
                                                                   MI_Uint32 *count)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->GetCustomOptionCount(context, count);
}

/** Read such an option by position.
 *
 *  @param[in] context  context of the request
 *  @param[in] index  position, 0 to count - 1
 *  @param[out] name  name, borrowed; may be NULL
 *  @param[out] valueType  MI_Type; may be NULL
 *  @param[out] value  value, borrowed; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_GetCustomOptionAt
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_GetCustomOptionAt(MI_Context *context,
                                                                MI_Uint32 index,
                                                                const MI_Char **name,
                                                                MI_Type *valueType, MI_Value *value)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->GetCustomOptionAt(context, index, name, valueType, value);
}

/** Ask the client whether to do something to a target.
 *
 *  @param[in] context  context of the request
 *  @param[in] target  what it is done to
 *  @param[in] action  what is done
 *  @param[out] flag  MI_TRUE to go on
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's; blocks until the client has answered
 *  @source Microsoft Learn: MI_Context_ShouldProcess
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_ShouldProcess(MI_Context *context,
                                                            const MI_Char *target,
                                                            const MI_Char *action, MI_Boolean *flag)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->ShouldProcess(context, target, action, flag);
}

/** Ask the client whether to go on.
 *
 *  @param[in] context  context of the request
 *  @param[in] message  question
 *  @param[out] flag  MI_TRUE to go on
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's; blocks until the client has answered
 *  @source Microsoft Learn: MI_Context_ShouldContinue
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_ShouldContinue(MI_Context *context,
                                                             const MI_Char *message,
                                                             MI_Boolean *flag)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->ShouldContinue(context, message, flag);
}

/** Ask the client a question.
 *
 *  @param[in] context  context of the request
 *  @param[in] message  question
 *  @param[in] promptType  how weighty it is
 *  @param[out] flag  MI_TRUE to go on
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's; blocks until the client has answered
 *  @source Microsoft Learn: MI_Context_PromptUser
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_PromptUser(MI_Context *context,
                                                         const MI_Char *message,
                                                         MI_PromptType promptType, MI_Boolean *flag)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PromptUser(context, message, promptType, flag);
}

/** Report an error that does not end the request.
 *
 *  @param[in] context  context of the request
 *  @param[in] resultCode  code
 *  @param[in] resultType  what the code is: MI_RESULT_TYPE_...
 *  @param[in] errorMessage  text
 *  @param[out] flag  MI_TRUE to go on
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's; blocks until the client has answered
 *  @source Microsoft Learn: MI_Context_WriteError
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_WriteError(MI_Context *context, MI_Uint32 resultCode,
                                                         const MI_Char *resultType,
                                                         const MI_Char *errorMessage,
                                                         MI_Boolean *flag)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->WriteError(context, resultCode, resultType, errorMessage, flag);
}

/** Report an error that does not end the request, as an instance.
 *
 *  @param[in] context  context of the request
 *  @param[in] error  CIM_Error instance
 *  @param[out] flag  MI_TRUE to go on
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's; blocks until the client has answered
 *  @source Microsoft Learn: MI_Context_WriteCimError
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_WriteCimError(MI_Context *context,
                                                            const MI_Instance *error,
                                                            MI_Boolean *flag)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->WriteCimError(context, error, flag);
}

/** Send the client a message.
 *
 *  @param[in] context  context of the request
 *  @param[in] channel  MI_WRITEMESSAGE_CHANNEL_... or a channel of one's own
 *  @param[in] message  text
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_WriteMessage
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_WriteMessage(MI_Context *context, MI_Uint32 channel,
                                                           const MI_Char *message)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->WriteMessage(context, channel, message);
}

/** Tell the client how far the request is.
 *
 *  @param[in] context  context of the request
 *  @param[in] activity  what is done
 *  @param[in] currentOperation  present step
 *  @param[in] statusDescription  remark
 *  @param[in] percentComplete  0 to 100
 *  @param[in] secondsRemaining  seconds left; 0xFFFFFFFF when unknown
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_WriteProgress
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_WriteProgress(
    MI_Context *context, const MI_Char *activity, const MI_Char *currentOperation,
    const MI_Char *statusDescription, MI_Uint32 percentComplete, MI_Uint32 secondsRemaining)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->WriteProgress(context, activity, currentOperation, statusDescription,
                                      percentComplete, secondsRemaining);
}

/** Deliver a piece of a streamed out-parameter.
 *
 *  @param[in] self  context of the request
 *  @param[in] name  name of the parameter
 *  @param[in] value  elements
 *  @param[in] type  MI_Type, an array type
 *  @param[in] flags  MI_FLAG_... bits of the value
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_WriteStreamParameter
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_WriteStreamParameter(MI_Context *self,
                                                                   const MI_Char *name,
                                                                   const MI_Value *value,
                                                                   MI_Type type, MI_Uint32 flags)
{
    if (self == NULL || self->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return self->ft->WriteStreamParameter(self, name, value, type, flags);
}

/** Send the client a message on the channel for warnings.
 *
 *  @param[in] context  context of the request
 *  @param[in] message  text
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_WriteWarning
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_WriteWarning(MI_Context *context,
                                                           const MI_Char *message)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->WriteMessage(context, MI_WRITEMESSAGE_CHANNEL_WARNING, message);
}

/** Send the client a message on the channel for details.
 *
 *  @param[in] context  context of the request
 *  @param[in] message  text
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_WriteVerbose
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_WriteVerbose(MI_Context *context,
                                                           const MI_Char *message)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->WriteMessage(context, MI_WRITEMESSAGE_CHANNEL_VERBOSE, message);
}

/** Send the client a message on the channel for diagnostics.
 *
 *  @param[in] context  context of the request
 *  @param[in] message  text
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_WriteDebug
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_WriteDebug(MI_Context *context,
                                                         const MI_Char *message)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->WriteMessage(context, MI_WRITEMESSAGE_CHANNEL_DEBUG, message);
}

/** Get the context for lifecycle indications of the class.
 *
 *  @param[in] context  context of the request
 *  @param[out] lifecycleContext  context, borrowed; set to NULL if @p context is NULL or zeroed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_GetLifecycleIndicationContext(
    const MI_Context *context, MI_LifecycleIndicationContext **lifecycleContext)
{
    if (context == NULL || context->ft == NULL) {
        if (lifecycleContext != NULL) {
            *lifecycleContext = NULL;
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->GetLifecycleIndicationContext(context, lifecycleContext);
}

/** Get a session with the local server.
 *
 *  @param[in] context  context of the request
 *  @param[out] session  filled; the server's to close
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source Microsoft Learn: MI_Context_GetLocalSession
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_GetLocalSession(const MI_Context *context,
                                                              MI_Session *session)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->GetLocalSession(context, session);
}

/** Choose who applies filters: stores "TRUE" or "FALSE" under "__FilterByProvider".
 *
 *  @param[in] context  context of the request
 *  @param[in] filterByProvider  MI_TRUE if the provider does
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_Context_SetFilterOption(MI_Context *context,
                                                              MI_Boolean filterByProvider)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->SetStringOption(context, MI_T("__FilterByProvider"),
                                        filterByProvider ? MI_T("TRUE") : MI_T("FALSE"));
}

/*
 * Lifecycle indications of providers (Microsoft OMI only).
 */

/** Tell that an instance was created.
 *
 *  @param[in] context  lifecycle context
 *  @param[in] instance  instance
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_PostCreate(
    MI_LifecycleIndicationContext *context, const MI_Instance *instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostCreate(context, instance);
}

/** Tell that an instance was modified.
 *
 *  @param[in] context  lifecycle context
 *  @param[in] orginalInstance  instance before (the spelling is historic)
 *  @param[in] instance  instance after
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_PostModify(
    MI_LifecycleIndicationContext *context, const MI_Instance *orginalInstance,
    const MI_Instance *instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostModify(context, orginalInstance, instance);
}

/** Tell that an instance was deleted.
 *
 *  @param[in] context  lifecycle context
 *  @param[in] orginalInstance  instance before (the spelling is historic)
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_PostDelete(
    MI_LifecycleIndicationContext *context, const MI_Instance *orginalInstance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostDelete(context, orginalInstance);
}

/** Tell that an instance was read.
 *
 *  @param[in] context  lifecycle context
 *  @param[in] instance  instance
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_PostRead(
    MI_LifecycleIndicationContext *context, const MI_Instance *instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostRead(context, instance);
}

/** Tell that a method is about to be called.
 *
 *  @param[in] context  lifecycle context
 *  @param[in] instance  instance it is called on
 *  @param[in] methodName  method
 *  @param[in] parameter  in-parameters; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_PostMethodCall_Before(
    MI_LifecycleIndicationContext *context, const MI_Instance *instance, const MI_Char *methodName,
    const MI_Instance *parameter)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostMethodCall(context, instance, methodName, MI_TRUE, parameter, NULL);
}

/** Tell that a method was called.
 *
 *  @param[in] context  lifecycle context
 *  @param[in] instance  instance it was called on
 *  @param[in] methodName  method
 *  @param[in] parameter  out-parameters; may be NULL
 *  @param[in] returnvalue  return value as text; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_PostMethodCall_After(
    MI_LifecycleIndicationContext *context, const MI_Instance *instance, const MI_Char *methodName,
    const MI_Instance *parameter, const MI_Char *returnvalue)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostMethodCall(context, instance, methodName, MI_FALSE, parameter,
                                       returnvalue);
}

/** End the use of the context.
 *
 *  @param[in] context  lifecycle context
 *  @param[in] result  outcome
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_LifecycleIndicationContext_PostResult(MI_LifecycleIndicationContext *context, MI_Result result)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->PostResult(context, result);
}

/** Say which lifecycle events the provider can tell of.
 *
 *  @param[in] context  lifecycle context
 *  @param[in] types  mask of MI_LIFECYCLE_INDICATION_...
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_SetSupportedTypes(
    MI_LifecycleIndicationContext *context, MI_Uint32 types)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->SetSupportedTypes(context, types);
}

/** Ask which lifecycle events are wanted now.
 *
 *  @param[in] context  lifecycle context
 *  @param[out] types  mask of MI_LIFECYCLE_INDICATION_...; set to 0 if @p context is NULL or
 *      zeroed
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL
MI_LifecycleIndicationContext_GetTypes(MI_LifecycleIndicationContext *context, MI_Uint32 *types)
{
    if (context == NULL || context->ft == NULL) {
        if (types != NULL) {
            *types = 0;
        }
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->GetTypes(context, types);
}

/** Have a function called when the wanted events change.
 *
 *  @param[in] context  lifecycle context
 *  @param[in] callback  function to call
 *  @param[in] callbackData  given to it; may be NULL
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_RegisterCallback(
    MI_LifecycleIndicationContext *context, MI_LifecycleIndicationCallback callback,
    void *callbackData)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->RegisterCallback(context, callback, callbackData);
}

/** Prepare an instance in the caller's memory; end it with MI_Instance_Destruct().
 *
 *  @param[in] context  lifecycle context
 *  @param[in] classDecl  class of the instance
 *  @param[out] instance  filled
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_ConstructInstance(
    MI_LifecycleIndicationContext *context, const MI_ClassDecl *classDecl, MI_Instance *instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->ConstructInstance(context, classDecl, instance);
}

/** Prepare parameters of a method in the caller's memory; end them with MI_Instance_Destruct().
 *
 *  @param[in] context  lifecycle context
 *  @param[in] methodDecl  method
 *  @param[out] instance  filled
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_ConstructParameters(
    MI_LifecycleIndicationContext *context, const MI_MethodDecl *methodDecl, MI_Instance *instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->ConstructParameters(context, methodDecl, instance);
}

/** Make an instance on the heap; end it with MI_Instance_Delete().
 *
 *  @param[in] context  lifecycle context
 *  @param[in] classDecl  class of the instance
 *  @param[out] instance  new instance
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_NewInstance(
    MI_LifecycleIndicationContext *context, const MI_ClassDecl *classDecl, MI_Instance **instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->NewInstance(context, classDecl, instance);
}

/** Make an instance without class declaration; end it with MI_Instance_Delete().
 *
 *  @param[in] context  lifecycle context
 *  @param[in] className  class name
 *  @param[in] flags  0, or MI_FLAG_CLASS and the like for what it stands for
 *  @param[out] instance  new instance
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_NewDynamicInstance(
    MI_LifecycleIndicationContext *context, const MI_Char *className, MI_Uint32 flags,
    MI_Instance **instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->NewDynamicInstance(context, className, flags, instance);
}

/** Make parameters of a method on the heap; end them with MI_Instance_Delete().
 *
 *  @param[in] context  lifecycle context
 *  @param[in] methodDecl  method
 *  @param[out] instance  new instance
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL argument that may not be NULL or a
 *      zeroed context; otherwise the code of the server
 *  @thread the request's, or another one until its result has been posted
 *  @source declared by Microsoft OMI only
 */
MI_INLINE MI_Result MI_INLINE_CALL MI_LifecycleIndicationContext_NewParameters(
    MI_LifecycleIndicationContext *context, const MI_MethodDecl *methodDecl, MI_Instance **instance)
{
    if (context == NULL || context->ft == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return context->ft->NewParameters(context, methodDecl, instance);
}

/*
 * Short names of the provider calls above.
 */

/** Short for MI_Context_Canceled(). */
#define MI_Canceled MI_Context_Canceled
/** Short for MI_Context_ConstructInstance(). */
#define MI_ConstructInstance MI_Context_ConstructInstance
/** Short for MI_Context_ConstructParameters(). */
#define MI_ConstructParameters MI_Context_ConstructParameters
/** Short for MI_Context_GetCustomOption(). */
#define MI_GetCustomOption MI_Context_GetCustomOption
/** Short for MI_Context_GetCustomOptionAt(). */
#define MI_GetCustomOptionAt MI_Context_GetCustomOptionAt
/** Short for MI_Context_GetCustomOptionCount(). */
#define MI_GetCustomOptionCount MI_Context_GetCustomOptionCount
/** Short for MI_Context_GetLocalSession(). */
#define MI_GetLocalSession MI_Context_GetLocalSession
/** Short for MI_Context_GetLocale(). */
#define MI_GetLocale MI_Context_GetLocale
/** Short for MI_Context_GetNumberOption(). */
#define MI_GetNumberOption MI_Context_GetNumberOption
/** Short for MI_Context_GetStringOption(). */
#define MI_GetStringOption MI_Context_GetStringOption
/** Short for MI_Context_NewDynamicInstance(). */
#define MI_NewDynamicInstance MI_Context_NewDynamicInstance
/** Short for MI_Context_NewInstance(). */
#define MI_NewInstance MI_Context_NewInstance
/** Short for MI_Context_NewParameters(). */
#define MI_NewParameters MI_Context_NewParameters
/** Short for MI_Context_PostCimError(). */
#define MI_PostCimError MI_Context_PostCimError
/** Short for MI_Context_PostError(). */
#define MI_PostError MI_Context_PostError
/** Short for MI_Context_PostIndication(). */
#define MI_PostIndication MI_Context_PostIndication
/** Short for MI_Context_PostInstance(). */
#define MI_PostInstance MI_Context_PostInstance
/** Short for MI_Context_PostResult(). */
#define MI_PostResult MI_Context_PostResult
/** Short for MI_Context_PostResultWithError(). */
#define MI_PostResultWithError MI_Context_PostResultWithError
/** Short for MI_Context_PostResultWithMessage(). */
#define MI_PostResultWithMessage MI_Context_PostResultWithMessage
/** Short for MI_Context_PromptUser(). */
#define MI_PromptUser MI_Context_PromptUser
/** Short for MI_Context_RefuseUnload(). */
#define MI_RefuseUnload MI_Context_RefuseUnload
/** Short for MI_Context_RegisterCancel(). */
#define MI_RegisterCancel MI_Context_RegisterCancel
/** Short for MI_Context_RequestUnload(). */
#define MI_RequestUnload MI_Context_RequestUnload
/** Short for MI_Context_SetStringOption(). */
#define MI_SetStringOption MI_Context_SetStringOption
/** Short for MI_Context_ShouldContinue(). */
#define MI_ShouldContinue MI_Context_ShouldContinue
/** Short for MI_Context_ShouldProcess(). */
#define MI_ShouldProcess MI_Context_ShouldProcess
/** Short for MI_Context_WriteCimError(). */
#define MI_WriteCimError MI_Context_WriteCimError
/** Short for MI_Context_WriteDebug(). */
#define MI_WriteDebug MI_Context_WriteDebug
/** Short for MI_Context_WriteError(). */
#define MI_WriteError MI_Context_WriteError
/** Short for MI_Context_WriteMessage(). */
#define MI_WriteMessage MI_Context_WriteMessage
/** Short for MI_Context_WriteProgress(). */
#define MI_WriteProgress MI_Context_WriteProgress
/** Short for MI_Context_WriteStreamParameter(). */
#define MI_WriteStreamParameter MI_Context_WriteStreamParameter
/** Short for MI_Context_WriteVerbose(). */
#define MI_WriteVerbose MI_Context_WriteVerbose
/** Short for MI_Context_WriteWarning(). */
#define MI_WriteWarning MI_Context_WriteWarning

#if defined(__cplusplus)
}
#endif

#if defined(_WIN32)
#pragma pack(pop)
#endif

#endif /* __MI_C_API_H */
#endif /* _MI_h */
