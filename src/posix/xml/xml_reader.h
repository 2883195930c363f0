/** XML in, piece by piece, from bytes to a tape of elements, walked by a cursor.
 *
 *  The consumer names containers; the reader descends into those and delivers every other element
 * that closes inside one as a complete unit. Units live on the tape until the next push, so memory
 * is bounded by one unit and one piece. Several documents may follow each other in one stream of
 * bytes. One reader belongs to one thread at a time. */
#ifndef MIC_XML_XML_READER_H
#define MIC_XML_XML_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "xml/xml_input.h"
#include "xml/xml_names.h"

#define MIC_XML_PIECE_MAX 16384 /* bytes of one push */
#define MIC_XML_DEPTH_MAX 64
#define MIC_XML_TAG_MAX   65536 /* bytes */

/** A container is known by its own token and its parent's; the root's parent is MIC_XN_UNKNOWN. */
struct mic_xml_container {
    enum mic_xml_token element, parent;
};

/** One distinct name of the stream. Its number (the index in names) and its text stay the same
 * until mic_xml_reader_reset returns another generation. */
struct mic_xml_name {
    const char *local; /* terminated */
    const char *uri;   /* NULL: no namespace, or an undeclared prefix */
    uint32_t size;     /* bytes of local */
    uint32_t next;     /* the name that followed it last time: the first guess */
    enum mic_xml_token token;
    enum mic_xml_ns ns;
};

enum {
    MIC_XML_HAS_CHILD = 1,
    MIC_XML_NIL = 2,     /* xsi:nil is true */
    MIC_XML_HAS_TYPE = 4 /* has xsi:type */
};

struct mic_xml_node {
    uint32_t name;            /* number in names */
    uint32_t end;             /* the node behind this element and all it holds */
    uint32_t text, text_size; /* text before the first child; terminated */
    uint32_t attrs;
    uint16_t attr_count, flags;
};

struct mic_xml_attr_node {
    uint32_t name, value, value_size;
};

struct mic_xml_tape {
    struct mic_xml_node *nodes;
    struct mic_xml_attr_node *attrs;
    char *text;
    struct mic_xml_name *names;
    uint32_t node_count, node_capacity;
    uint32_t attr_count, attr_capacity;
    uint32_t text_size, text_capacity;
    uint32_t name_count, name_capacity;
};

/** Siblings from `at` to `end`. */
struct mic_xml_cursor {
    const struct mic_xml_tape *tape;
    uint32_t at, end;
};

enum mic_xml_event {
    MIC_XML_NEED, /* nothing queued: push more */
    MIC_XML_OPEN, /* a container has opened */
    MIC_XML_UNIT,
    MIC_XML_CLOSE,
    MIC_XML_ROOT_END,
    MIC_XML_ERROR /* what the push had found, after all before it was delivered */
};

struct mic_xml_unit {
    enum mic_xml_event event;
    enum mic_xml_token container; /* the one opened, closed, or around the unit */
    struct mic_xml_cursor cursor; /* UNIT: stands on the element */
};

struct mic_xml_reader;

/** @param containers  static; when one has no parent the root must be it
 *  @return NULL when out of memory */
struct mic_xml_reader *mic_xml_reader_new(const struct mic_xml_container *containers, size_t count);
void mic_xml_reader_free(struct mic_xml_reader *reader);
/** Use a reader for documents of another kind; a reset must follow. */
void mic_xml_reader_use(struct mic_xml_reader *reader, const struct mic_xml_container *containers,
                        size_t count);
/** Give back what a large document has taken; a reset must follow. */
void mic_xml_reader_shrink(struct mic_xml_reader *reader);
/** Begin a new stream of at most @p max_size bytes per document. @return the generation of names:
 *  numbers and texts of an older generation are no longer good. */
unsigned mic_xml_reader_reset(struct mic_xml_reader *reader, uint32_t max_size,
                              enum mic_xml_encoding encoding);
/** Parse at most MIC_XML_PIECE_MAX bytes. Everything queued must have been taken; it is gone. */
void mic_xml_reader_push(struct mic_xml_reader *reader, const char *bytes, size_t size);
/** The stream has ended; inside a document that is an error. */
void mic_xml_reader_end(struct mic_xml_reader *reader);
/** Take the next event. @p err is filled on MIC_XML_ERROR, which comes again and again. */
enum mic_xml_event mic_xml_reader_take(struct mic_xml_reader *reader, struct mic_xml_unit *unit,
                                       struct mic_err *err);
/** While held, what was delivered stays on the tape (nodes and names; texts may move) until the
 * next reset. For documents of one result that must be known to be whole before it is used. */
void mic_xml_reader_hold(struct mic_xml_reader *reader, bool hold);
/** Nothing is queued and nothing has failed. */
bool mic_xml_reader_is_idle(const struct mic_xml_reader *reader);
/** Does any event still to be taken say that the root has ended? */
bool mic_xml_reader_root_ended(const struct mic_xml_reader *reader);
/** Is the container around the unit last taken known to end behind it? */
bool mic_xml_reader_closes_next(const struct mic_xml_reader *reader);
/** Is there a unit still to be taken with this token? */
bool mic_xml_reader_queue_has(const struct mic_xml_reader *reader, enum mic_xml_token token);

/* The cursor. All texts are terminated and live as long as their tape. */

static inline bool mic_xml_at(const struct mic_xml_cursor *cursor)
{
    return cursor->at < cursor->end;
}

static inline const struct mic_xml_node *mic_xml_node(const struct mic_xml_cursor *cursor)
{
    return &cursor->tape->nodes[cursor->at];
}

static inline const struct mic_xml_name *mic_xml_name(const struct mic_xml_cursor *cursor)
{
    return &cursor->tape->names[cursor->tape->nodes[cursor->at].name];
}

static inline enum mic_xml_token mic_xml_token(const struct mic_xml_cursor *cursor)
{
    return mic_xml_name(cursor)->token;
}

static inline struct mic_str mic_xml_local(const struct mic_xml_cursor *cursor)
{
    const struct mic_xml_name *name = mic_xml_name(cursor);
    return (struct mic_str){name->local, name->size};
}

static inline struct mic_str mic_xml_value(const struct mic_xml_cursor *cursor)
{
    const struct mic_xml_node *node = mic_xml_node(cursor);
    return (struct mic_str){cursor->tape->text + node->text, node->text_size};
}

/** To the next sibling. */
static inline void mic_xml_skip(struct mic_xml_cursor *cursor)
{
    cursor->at = cursor->tape->nodes[cursor->at].end;
}

/** The children of the element the cursor stands on. */
static inline struct mic_xml_cursor mic_xml_enter(const struct mic_xml_cursor *cursor)
{
    return (struct mic_xml_cursor){cursor->tape, cursor->at + 1,
                                   cursor->tape->nodes[cursor->at].end};
}

/** @return false when there is no such attribute. */
bool mic_xml_attribute(const struct mic_xml_cursor *cursor, enum mic_xml_token name,
                       struct mic_str *value);
/** Move to the first sibling from here with this token. */
bool mic_xml_find(struct mic_xml_cursor *cursor, enum mic_xml_token element);
/** The child with this token, as a cursor of its own. */
bool mic_xml_child(const struct mic_xml_cursor *cursor, enum mic_xml_token element,
                   struct mic_xml_cursor *child);

#endif
