/** What the files of this room share about an exchange; nobody outside includes it. */
#ifndef MIC_WSMAN_DIALOGUE_H
#define MIC_WSMAN_DIALOGUE_H

#include "base/arena.h"
#include "base/uuid.h"
#include "wsman/class_table.h"
#include "wsman/epr.h"
#include "wsman/eventing.h"
#include "wsman/exchange.h"
#include "wsman/fault.h"
#include "wsman/instance_read.h"
#include "wsman/interactive.h"
#include "xml/xml_reader.h"
#include "xml/xml_writer.h"

enum mic_resource {
    MIC_RESOURCE_NONE,   /* no WS-Addressing at all: Identify */
    MIC_RESOURCE_CLASS,  /* the class's own URI */
    MIC_RESOURCE_ALL,    /* any class: a query or an association says which */
    MIC_RESOURCE_CIM_XML /* class declarations */
};

enum mic_message {
    MIC_MESSAGE_FIRST,
    MIC_MESSAGE_PULL,
    MIC_MESSAGE_RELEASE,
    MIC_MESSAGE_UNSUBSCRIBE,
    MIC_MESSAGE_ANSWER,
    MIC_MESSAGE_ACKNOWLEDGE,
    MIC_MESSAGE_END
};

/** One operation of the protocol. */
struct mic_verb_row {
    const char *action; /* of the first request; NULL: the method's */
    enum mic_resource resource;
    bool has_keys;        /* the request names one instance */
    bool is_written;      /* ... which is what is written: only what is marked as a key names it */
    bool is_paged;        /* answers come as an enumeration */
    bool may_resend;      /* the first request may be sent twice */
    bool may_be_empty;    /* an answer without an element in its body is one */
    bool is_subscription; /* it goes on until somebody ends it */
    /** Check and copy what only this verb has; may be NULL. */
    MI_Result (*take)(struct mic_exchange *exchange, const struct mic_request *request,
                      struct mic_err *err);
    /** Before the first request: sets wanted_class when that must be known; may be NULL. */
    MI_Result (*prepare)(struct mic_exchange *exchange, struct mic_err *err);
    /** Options before all others; may be NULL. */
    MI_Result (*write_options)(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                               struct mic_err *err);
    /** Inside s:Body of the first request; NULL: empty. */
    MI_Result (*write_body)(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                            struct mic_err *err);
    /** Of an enumeration: its filter; may be NULL. */
    MI_Result (*write_filter)(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                              struct mic_err *err);
    /** Of paged verbs: an element of the body that is no page; NULL: it is not looked at. */
    MI_Result (*take_answer)(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                             struct mic_err *err);
    /** The element that is a result. On OK the item is made, or the class wanted is set, or neither
     *  (the element is not for the application). */
    MI_Result (*read_item)(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                           struct mic_err *err);
};

extern const struct mic_verb_row mic_verb_rows[MIC_VERB_COUNT];

enum mic_state {
    MIC_STATE_PREPARE, /* what the first request needs */
    MIC_STATE_SEND,
    MIC_STATE_READ,
    MIC_STATE_CLASS, /* wanted_class is asked for; element waits */
    MIC_STATE_ITEM,  /* element waits to be read */
    MIC_STATE_EVENT, /* interactive.event waits to be told */
    MIC_STATE_DONE,
    MIC_STATE_FAILED
};

/** The reply being read. */
struct mic_reply {
    unsigned status;
    size_t request_size; /* of the envelope it answers */
    char content_type[80];
    bool is_opaque;   /* no XML by its content type: only its start is kept, for the error */
    bool has_begun;   /* mic_exchange_reply was called */
    bool has_ended;   /* mic_exchange_feed_end was called */
    bool end_is_told; /* ... and the reader knows */
    bool is_interim;  /* the present envelope is a keep-alive or an event */
    bool has_answer;  /* an element of the body that is the answer has been met */
    bool is_complete; /* the envelope that holds the answer has ended */
    bool is_retried;  /* what it says is: send again in another form */
    bool tail_ends;   /* its unread rest may say that nothing follows */
    char start[96];   /* first bytes of an opaque one */
    size_t start_size;
    uint64_t size; /* of all that came, interim envelopes too */
};

struct mic_filter {
    const char *dialect, *expression; /* NULL: none */
};

struct mic_exchange {
    const struct mic_verb_row *row;
    enum mic_verb verb;
    struct mic_wsman_session *session;
    struct mic_arena own; /* copies of the request */
    MI_Uint32 flags;
    const char *name_space, *class_name; /* class_name may be NULL */
    bool has_name_space;                 /* the application named it */
    const char *custom_uri;              /* of the resource URI options; NULL: built */
    const char *custom_prefix;           /* what of it stands in front of the class; may be NULL */
    struct mic_filter filter;            /* of a query */
    struct mic_association association;
    const char *method;
    struct mic_instance *instance;   /* ours: what is written, or associated; may be NULL */
    struct mic_instance *parameters; /* ours: of the method; may be NULL */
    struct mic_instance *ordered;    /* the same in the order declared, in own; NULL: as given */
    bool keys_only;
    MI_Uint32 max_elements;
    unsigned long long timeout_ms;
    struct mic_buf keys;      /* w:Selector elements of the instance named */
    struct mic_buf callbacks; /* w:Option elements that need an OperationID */
    struct mic_buf options;   /* the others */

    enum mic_state state;
    /* forms this exchange has fallen back to */
    bool without_operation_id, objects_only, down_level, has_xs_dates;
    bool has_dates;       /* the first request holds some */
    bool has_tried_again; /* without an OperationID: remembered for the session when it helps */
    enum mic_message last_message;
    char message_id[2][MIC_UUID_TEXT_SIZE]; /* of the reply being read, of the request sent ahead */
    size_t request_size;                    /* of the one written last */
    bool has_brought; /* the page being read, or read last: something for its Pull */
    bool was_empty;   /* the page before it */
    bool is_ahead;    /* a Pull is on its way although its predecessor's reply is not used up */

    struct mic_reply reply;
    struct mic_xml_reader *reader;
    unsigned generation;
    struct mic_buf pending; /* bytes fed and not parsed */
    size_t pending_at;

    struct mic_buf context; /* of the enumeration, the newest told; empty: none */
    bool context_is_new;    /* told by the page being read, or by the one before the next request */
    bool end_seen;
    bool is_put_off; /* the last Pull timed out on the server, and is sent again */
    struct mic_subscription *subscription; /* NULL: is none */
    struct mic_interactive interactive;

    struct mic_class_table classes;
    struct mic_instance_reader instances;
    struct mic_class_entry *wanted_class;
    struct mic_xml_cursor element; /* the result that waits */
    bool has_element;
    struct mic_arena item_arena;
    struct mic_instance *item;
    struct mic_class *item_class;

    struct mic_instance *error_instance;
    struct mic_err *err; /* once FAILED; NULL: there was no memory for it */
};

/* exchange.c */
/** It ends with @p err, copied; NULL: out of memory. */
void mic_exchange_fail(struct mic_exchange *exchange, const struct mic_err *err);

/* request.c */
/** Copy and check @p request. What the application can have got wrong is found here, and in the
 * values of an instance when the request is written: before anything is sent. */
MI_Result mic_request_take(struct mic_exchange *exchange, const struct mic_request *request,
                           struct mic_err *err);
/** Check a name of CIM and copy it. @p what  it is, for the error */
MI_Result mic_request_copy_name(struct mic_exchange *exchange, const char *name, const char *what,
                                const char **out, struct mic_err *err);
/** A copy of an application's instance, whatever table it has. */
MI_Result mic_request_clone(const MI_Instance *instance, struct mic_instance **out,
                            struct mic_err *err);
/** The same as exchange->instance, which must be there. @p role  "to create", for the error */
MI_Result mic_request_keep_instance(struct mic_exchange *exchange, const MI_Instance *instance,
                                    const char *role, struct mic_err *err);
/* envelope.c */
MI_Result mic_envelope_write(struct mic_exchange *exchange, enum mic_message message,
                             struct mic_buf *out, struct mic_err *err);
void mic_envelope_flagged(struct mic_xml_writer *writer, enum mic_xml_token element,
                          bool must_understand, struct mic_str text);
/** The headers that come first, up to the locales; @p id with "uuid:". */
void mic_envelope_address(const struct mic_exchange *exchange, const char *uri, const char *action,
                          const char *id, struct mic_xml_writer *writer);
struct mic_family mic_exchange_family(const struct mic_exchange *exchange);
/** The resource URI of its requests. */
void mic_exchange_uri(const struct mic_exchange *exchange, struct mic_buf *uri);
/* retry.c */
/** Can the class be named by the DMTF URI and by WMI's own? */
bool mic_exchange_has_two_families(const struct mic_exchange *exchange);
/** Is what @p fault says: send the request again? Then the exchange knows in which form. */
bool mic_exchange_retries(struct mic_exchange *exchange, const struct mic_fault *fault);
/* options.c */
MI_Result mic_options_prepare(struct mic_exchange *exchange, const struct mic_request *request,
                              struct mic_err *err);
void mic_option_write(struct mic_xml_writer *writer, const char *prefix, const char *name,
                      const char *type, const char *value);
/* answer.c */
/** One unit of the reply: a header, a result, a part of a page, a fault. */
MI_Result mic_answer_take(struct mic_exchange *exchange, const struct mic_xml_unit *unit,
                          struct mic_err *err);
/** Try to make the item that waits; what is missing decides the next state. */
MI_Result mic_answer_make_item(struct mic_exchange *exchange, struct mic_err *err);
MI_Result mic_answer_end_envelope(struct mic_exchange *exchange, struct mic_err *err);
/** The reply is used up and has ended: what comes now? */
MI_Result mic_answer_finish(struct mic_exchange *exchange, struct mic_err *err);
/* transfer.c */
MI_Result mic_transfer_check_instance(struct mic_exchange *exchange,
                                      const struct mic_request *request, struct mic_err *err);
MI_Result mic_transfer_read_instance(struct mic_exchange *exchange,
                                     const struct mic_xml_cursor *element, struct mic_err *err);
MI_Result mic_transfer_class_options(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                     struct mic_err *err);
MI_Result mic_transfer_read_class(struct mic_exchange *exchange,
                                  const struct mic_xml_cursor *element, struct mic_err *err);
/* enumerate.c */
/** n:Enumerate and its first children; the caller closes it. */
void mic_enumerate_begin(struct mic_exchange *exchange, struct mic_xml_writer *writer);
MI_Result mic_enumerate_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                              struct mic_err *err);
MI_Result mic_pull_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                         struct mic_err *err);
MI_Result mic_release_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                            struct mic_err *err);
MI_Result mic_enumerate_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                             struct mic_err *err);
/* query.c */
MI_Result mic_query_take(struct mic_exchange *exchange, const struct mic_request *request,
                         struct mic_err *err);
MI_Result mic_query_write_filter(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                 struct mic_err *err);
/* association.c */
MI_Result mic_association_take(struct mic_exchange *exchange, const struct mic_request *request,
                               struct mic_err *err);
MI_Result mic_association_write_filter(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                       struct mic_err *err);
/* modify.c */
MI_Result mic_modify_take(struct mic_exchange *exchange, const struct mic_request *request,
                          struct mic_err *err);
MI_Result mic_modify_options(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                             struct mic_err *err);
MI_Result mic_modify_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                           struct mic_err *err);
MI_Result mic_create_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                          struct mic_err *err);
MI_Result mic_modify_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                          struct mic_err *err);
MI_Result mic_delete_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                          struct mic_err *err);
/* invoke.c */
MI_Result mic_invoke_take(struct mic_exchange *exchange, const struct mic_request *request,
                          struct mic_err *err);
MI_Result mic_invoke_prepare(struct mic_exchange *exchange, struct mic_err *err);
MI_Result mic_invoke_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                           struct mic_err *err);
MI_Result mic_invoke_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                          struct mic_err *err);
/* class_list.c */
MI_Result mic_class_list_options(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                 struct mic_err *err);
MI_Result mic_class_list_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                               struct mic_err *err);
MI_Result mic_class_list_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                              struct mic_err *err);
/* eventing.c */
MI_Result mic_subscribe_take(struct mic_exchange *exchange, const struct mic_request *request,
                             struct mic_err *err);
void mic_subscription_free(struct mic_subscription *subscription);
MI_Result mic_subscribe_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                              struct mic_err *err);
MI_Result mic_subscribe_answer(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               struct mic_err *err);
MI_Result mic_subscribe_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                             struct mic_err *err);
void mic_unsubscribe_headers(struct mic_exchange *exchange, const char *action, const char *id,
                             struct mic_xml_writer *writer);
MI_Result mic_unsubscribe_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                struct mic_err *err);
/** A header of a reply. */
MI_Result mic_subscription_header(struct mic_exchange *exchange,
                                  const struct mic_xml_cursor *element, struct mic_err *err);
/** An indication is handed out; the page it came with has been used up. */
void mic_subscription_give(struct mic_exchange *exchange, struct mic_item *item);
void mic_subscription_end_page(struct mic_exchange *exchange);
/* interactive.c */
void mic_interactive_init(struct mic_interactive *interactive, const struct mic_request *request);
void mic_interactive_header(struct mic_exchange *exchange, const struct mic_xml_cursor *element);
/** An event: state EVENT when the application is to know of it. */
MI_Result mic_interactive_take(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               struct mic_err *err);
/** The same for an error that stands among the results. */
MI_Result mic_interactive_take_error(struct mic_exchange *exchange,
                                     const struct mic_xml_cursor *element, struct mic_err *err);
/** Headers of End and Acknowledge. */
void mic_control_headers(struct mic_exchange *exchange, const char *action, const char *id,
                         struct mic_xml_writer *writer);
MI_Result mic_answer_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                           struct mic_err *err);
MI_Result mic_acknowledge_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                struct mic_err *err);
/* identify.c */
MI_Result mic_identify_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                             struct mic_err *err);
MI_Result mic_identify_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                            struct mic_err *err);
/* item.c */
/** The class an instance element is read with. Sets wanted_class instead when it must be asked for;
 *  *entry is NULL then, or when strings are wanted. */
MI_Result mic_item_class(struct mic_exchange *exchange, struct mic_str name,
                         struct mic_class_entry **entry, struct mic_err *err);
/** An instance element, with the EPR beside it or NULL, as the item. */
MI_Result mic_item_read_object(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               const struct mic_epr *epr, struct mic_err *err);
/** An instance element as the item, read with @p entry (NULL: strings) under @p class_name. */
MI_Result mic_item_read_as(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                           struct mic_class_entry *entry, const char *class_name,
                           const char *name_space, struct mic_err *err);
/** An EPR alone as the item: an instance with its keys. */
MI_Result mic_item_read_epr(struct mic_exchange *exchange, const struct mic_epr *epr,
                            struct mic_err *err);
MI_Result mic_item_no_memory(struct mic_err *err);
/* reply.c */
/** The error an HTTP status means when no fault explains it. */
MI_Result mic_reply_status_error(const struct mic_reply *reply, struct mic_err *err);
/** A success, or a reply of no HTTP at all. */
bool mic_reply_status_is_good(const struct mic_reply *reply);

#endif
