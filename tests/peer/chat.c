/* Peer_Service.Chat: messages, progress, prompts, errors and parts of output, as many as told. */
#include "chat.h"

const struct peer_prop peer_chat_params[PEER_CHAT_PARAMS] = {
    {"Warnings", PT_UINT32, PP_IN, NULL, NULL},
    {"Verboses", PT_UINT32, PP_IN, NULL, NULL},
    {"Debugs", PT_UINT32, PP_IN, NULL, NULL},
    {"Progresses", PT_UINT32, PP_IN, NULL, NULL},
    {"Reports", PT_UINT32, PP_IN, NULL, "Errors that ask for nothing"},
    {"Inquiries", PT_UINT32, PP_IN, NULL, "Errors that ask whether to go on"},
    {"Prompts", PT_UINT32, PP_IN, NULL, NULL},
    {"Criticals", PT_UINT32, PP_IN, NULL, "Prompts that cannot be ignored"},
    {"Parts", PT_UINT32, PP_IN, NULL, "Rounds of streamed output"},
    {"KeepAlives", PT_UINT32, PP_IN, NULL, NULL},
    {"Acks", PT_UINT32, PP_IN, NULL, "Requests to acknowledge"},
    {"Answers", PT_STRING, PP_OUT | PP_ARRAY, NULL, "What was answered, in order"},
    {"Part", PT_UINT32, PP_OUT | PP_STREAM, NULL, NULL},
    {"Label", PT_STRING, PP_OUT | PP_STREAM, NULL, NULL},
    {"When", PT_DATETIME, PP_OUT | PP_STREAM, NULL, NULL},
    {"Numbers", PT_UINT32, PP_OUT | PP_STREAM | PP_ARRAY, NULL, NULL},
    {"Object", PT_INSTANCE, PP_OUT | PP_STREAM, "Peer_Embedded", NULL},
    {"Target", PT_REFERENCE, PP_OUT | PP_STREAM, "Peer_Base", NULL},
};

enum peer_fault peer_chat(struct peer_invocation *inv)
{
    peer_return(inv, "0");
    return FAULT_NONE;
}
