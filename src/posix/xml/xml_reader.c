#include "xml/xml_reader.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define NAMES_KEEP_MAX   4096             /* names kept from one stream to the next */
#define OFFSETS_MAX      (UINT32_MAX / 2) /* tape offsets stay far from their type's end */
#define NO_NAME          UINT32_MAX
#define PUSHED_SLACK_MAX (MIC_XML_TAG_MAX + MIC_XML_PIECE_MAX)

struct event {
    enum mic_xml_event event;
    enum mic_xml_token container;
    uint32_t node;
};

struct mic_xml_reader {
    const struct mic_xml_container *containers;
    size_t container_count;
    bool wants_root; /* the root must be a container */

    xmlParserCtxtPtr parser;
    struct mic_xml_input input;
    struct mic_xml_tape tape;
    uint32_t *name_buckets; /* open addressing; NO_NAME: free */
    uint32_t bucket_count;
    uint32_t last_name;
    unsigned generation;

    struct event *events;
    uint32_t event_at, event_count, event_capacity;

    bool in_document, root_done, failed, is_held;
    uint32_t max_size;
    unsigned long long document_bytes, root_end,
        bytes_before; /* of this stream's earlier documents */
    uint32_t depth, unit_depth, container_depth;
    uint32_t open_nodes[MIC_XML_DEPTH_MAX + 1];
    enum mic_xml_token open_containers[MIC_XML_DEPTH_MAX + 1];
    struct mic_err err;
};

/* ---- growing ---- */

static void fail_memory(struct mic_xml_reader *reader)
{
    if (!reader->failed) {
        reader->failed = true;
        mic_err_set(&reader->err, MIC_E_MEMORY, "out of memory while reading a reply");
    }
}

/* Room for `more` elements behind `count`; false when there is none. */
static bool grow(struct mic_xml_reader *reader, void **array, uint32_t *capacity, uint32_t count,
                 size_t more, size_t element)
{
    size_t wanted = *capacity < 64 ? 64 : (size_t)*capacity * 2;

    if (more > OFFSETS_MAX - count || wanted > OFFSETS_MAX) {
        fail_memory(reader);
        return false;
    }
    while (wanted < count + more) {
        wanted *= 2;
    }
    void *grown = mic_realloc(*array, wanted * element);
    if (grown == NULL) {
        fail_memory(reader);
        return false;
    }
    *array = grown;
    *capacity = (uint32_t)wanted;
    return true;
}

static inline bool need_text(struct mic_xml_reader *reader, size_t more)
{
    struct mic_xml_tape *tape = &reader->tape;
    if (tape->text_capacity - tape->text_size > more) {
        return true;
    }
    return grow(reader, (void **)&tape->text, &tape->text_capacity, tape->text_size, more + 1, 1);
}

/* Most texts are short: two words that may overlap are cheaper than a call. */
static inline void copy_text(char *to, const char *from, size_t size)
{
    if (size >= 8 && size <= 16) {
        uint64_t first, last;
        memcpy(&first, from, 8);
        memcpy(&last, from + size - 8, 8);
        memcpy(to, &first, 8);
        memcpy(to + size - 8, &last, 8);
    } else if (size >= 4 && size < 8) {
        uint32_t first, last;
        memcpy(&first, from, 4);
        memcpy(&last, from + size - 4, 4);
        memcpy(to, &first, 4);
        memcpy(to + size - 4, &last, 4);
    } else if (size < 4) {
        for (size_t i = 0; i < size; i++) {
            to[i] = from[i];
        }
    } else {
        memcpy(to, from, size);
    }
}

static inline void add_text(struct mic_xml_reader *reader, const void *bytes, size_t size)
{
    copy_text(reader->tape.text + reader->tape.text_size, bytes, size);
    reader->tape.text_size += (uint32_t)size;
}

static void queue(struct mic_xml_reader *reader, enum mic_xml_event event,
                  enum mic_xml_token container, uint32_t node)
{
    if (reader->event_count == reader->event_capacity &&
        !grow(reader, (void **)&reader->events, &reader->event_capacity, reader->event_count, 1,
              sizeof(reader->events[0]))) {
        return;
    }
    reader->events[reader->event_count++] = (struct event){event, container, node};
}

static void fail(struct mic_xml_reader *reader, enum mic_err_code code, const char *format, ...)
    MIC_PRINTF(3, 4);
static void fail(struct mic_xml_reader *reader, enum mic_err_code code, const char *format, ...)
{
    char text[512];
    va_list arguments;

    if (reader->failed) {
        return;
    }
    reader->failed = true;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    mic_err_set(&reader->err, code, "%s", text);
}

/* ---- names ---- */

static uint32_t bucket_of(const struct mic_xml_reader *reader, const void *local, const void *uri)
{
    uint64_t hash = (uint64_t)(uintptr_t)local * UINT64_C(0x9E3779B97F4A7C15) +
                    (uint64_t)(uintptr_t)uri * UINT64_C(0xC2B2AE3D27D4EB4F);
    return (uint32_t)(hash >> 32) & (reader->bucket_count - 1);
}

static void enter_bucket(struct mic_xml_reader *reader, uint32_t number)
{
    const struct mic_xml_name *name = &reader->tape.names[number];
    uint32_t bucket = bucket_of(reader, name->local, name->uri);

    while (reader->name_buckets[bucket] != NO_NAME) {
        bucket = (bucket + 1) & (reader->bucket_count - 1);
    }
    reader->name_buckets[bucket] = number;
}

static bool grow_buckets(struct mic_xml_reader *reader)
{
    uint32_t count = reader->bucket_count == 0 ? 256 : reader->bucket_count * 2;
    uint32_t *buckets = mic_alloc(count * sizeof(buckets[0]));

    if (buckets == NULL) {
        fail_memory(reader);
        return false;
    }
    memset(buckets, 0xFF, count * sizeof(buckets[0]));
    mic_free(reader->name_buckets);
    reader->name_buckets = buckets;
    reader->bucket_count = count;
    for (uint32_t i = 0; i < reader->tape.name_count; i++) {
        enter_bucket(reader, i);
    }
    return true;
}

static uint32_t add_name(struct mic_xml_reader *reader, const char *local, const char *uri)
{
    struct mic_xml_tape *tape = &reader->tape;

    if (tape->name_count == tape->name_capacity &&
        !grow(reader, (void **)&tape->names, &tape->name_capacity, tape->name_count, 1,
              sizeof(tape->names[0]))) {
        return NO_NAME;
    }
    if (tape->name_count * 2 >= reader->bucket_count && !grow_buckets(reader)) {
        return NO_NAME;
    }
    enum mic_xml_ns ns = mic_xml_ns_find(mic_str_from(uri));
    struct mic_str text = mic_str_from(local);
    uint32_t number = tape->name_count++;
    tape->names[number] = (struct mic_xml_name){
        .local = local,
        .uri = uri,
        .size = (uint32_t)text.size,
        .next = number,
        .token = mic_xml_token_find(ns, text),
        .ns = ns,
    };
    enter_bucket(reader, number);
    return number;
}

static uint32_t search_name(struct mic_xml_reader *reader, const char *local, const char *uri)
{
    const struct mic_xml_name *names = reader->tape.names;
    uint32_t number = NO_NAME;

    if (reader->bucket_count > 0) {
        uint32_t bucket = bucket_of(reader, local, uri);
        while ((number = reader->name_buckets[bucket]) != NO_NAME &&
               (names[number].local != local || names[number].uri != uri)) {
            bucket = (bucket + 1) & (reader->bucket_count - 1);
        }
    }
    if (number == NO_NAME) {
        number = add_name(reader, local, uri);
    }
    if (number != NO_NAME) {
        if (reader->last_name != NO_NAME) {
            reader->tape.names[reader->last_name].next = number;
        }
        reader->last_name = number;
    }
    return number;
}

/* libxml2 keeps one copy of each name per parser: equal pointers are equal names. */
static inline uint32_t find_name(struct mic_xml_reader *reader, const xmlChar *local,
                                 const xmlChar *uri)
{
    const struct mic_xml_name *names = reader->tape.names;

    if (reader->last_name != NO_NAME) {
        uint32_t guess = names[reader->last_name].next;
        if (names[guess].local == (const char *)local && names[guess].uri == (const char *)uri) {
            reader->last_name = guess;
            return guess;
        }
    }
    return search_name(reader, (const char *)local, (const char *)uri);
}

/* ---- libxml2's events ---- */

static bool is_true(const xmlChar *begin, const xmlChar *end)
{
    return (end - begin == 4 && memcmp(begin, "true", 4) == 0) ||
           (end - begin == 1 && begin[0] == '1');
}

static void add_attributes(struct mic_xml_reader *reader, struct mic_xml_node *node, int count,
                           const xmlChar **attributes)
{
    struct mic_xml_tape *tape = &reader->tape;

    if (count > UINT16_MAX) {
        fail(reader, MIC_E_XML, "an element of the reply has %d attributes", count);
        xmlStopParser(reader->parser);
        return;
    }
    if (tape->attr_capacity - tape->attr_count < (uint32_t)count &&
        !grow(reader, (void **)&tape->attrs, &tape->attr_capacity, tape->attr_count, (size_t)count,
              sizeof(tape->attrs[0]))) {
        return;
    }
    node->attrs = tape->attr_count;
    for (int i = 0; i < count; i++) {
        const xmlChar **attribute = attributes + (size_t)i * 5;
        size_t size = (size_t)(attribute[4] - attribute[3]);
        uint32_t number = find_name(reader, attribute[0], attribute[2]);
        if (number == NO_NAME || !need_text(reader, size + 1)) {
            return;
        }
        enum mic_xml_token token = tape->names[number].token;
        if (token == MIC_XN_XSI_NIL && is_true(attribute[3], attribute[4])) {
            node->flags |= MIC_XML_NIL;
        }
        if (token == MIC_XN_XSI_TYPE) {
            node->flags |= MIC_XML_HAS_TYPE;
        }
        tape->attrs[tape->attr_count++] =
            (struct mic_xml_attr_node){number, tape->text_size, (uint32_t)size};
        add_text(reader, attribute[3], size);
        tape->text[tape->text_size++] = '\0';
        node->attr_count++;
    }
}

static bool open_container(struct mic_xml_reader *reader, enum mic_xml_token token)
{
    enum mic_xml_token parent = reader->container_depth == 0
                                    ? MIC_XN_UNKNOWN
                                    : reader->open_containers[reader->container_depth - 1];

    for (size_t i = 0; token != MIC_XN_UNKNOWN && i < reader->container_count; i++) {
        if (reader->containers[i].element == token && reader->containers[i].parent == parent) {
            reader->open_containers[reader->container_depth++] = token;
            queue(reader, MIC_XML_OPEN, token, 0);
            return true;
        }
    }
    return false;
}

/* The text so far ends where a child begins: what follows belongs to nobody. */
static inline void parent_has_child(struct mic_xml_reader *reader)
{
    struct mic_xml_tape *tape = &reader->tape;
    struct mic_xml_node *parent = &tape->nodes[reader->open_nodes[reader->unit_depth - 1]];

    if ((parent->flags & MIC_XML_HAS_CHILD) == 0) {
        parent->flags |= MIC_XML_HAS_CHILD;
        if (parent->text_size > 0 && need_text(reader, 1)) {
            tape->text[tape->text_size++] = '\0';
        }
    }
}

/* An element outside every unit: a container, whose inside is looked at (true), or a unit's start.
 */
static bool enter_container(struct mic_xml_reader *reader, uint32_t number)
{
    char quoted[80];

    if (open_container(reader, reader->tape.names[number].token)) {
        return true;
    }
    if (reader->depth > 1 || !reader->wants_root) {
        return false;
    }
    mic_err_quote(mic_str_from(reader->tape.names[number].local), quoted, sizeof(quoted));
    fail(reader, MIC_E_PROTOCOL, "the reply is XML but no SOAP envelope: its root is <%s>", quoted);
    xmlStopParser(reader->parser);
    return true;
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted_count, const xmlChar **attributes)
{
    struct mic_xml_reader *reader = context;
    struct mic_xml_tape *tape = &reader->tape;

    (void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted_count;
    if (reader->failed || reader->root_done) {
        return;
    }
    if (reader->depth >= MIC_XML_DEPTH_MAX) {
        fail(reader, MIC_E_XML, "the reply nests elements deeper than %d levels",
             MIC_XML_DEPTH_MAX);
        xmlStopParser(reader->parser);
        return;
    }
    reader->depth++;
    uint32_t number = find_name(reader, local, uri);
    if (number == NO_NAME) {
        return;
    }
    if (reader->unit_depth > 0) {
        parent_has_child(reader);
    } else if (enter_container(reader, number)) {
        return;
    }
    if (tape->node_count == tape->node_capacity &&
        !grow(reader, (void **)&tape->nodes, &tape->node_capacity, tape->node_count, 1,
              sizeof(tape->nodes[0]))) {
        return;
    }
    uint32_t at = tape->node_count++;
    tape->nodes[at] = (struct mic_xml_node){.name = number};
    reader->open_nodes[reader->unit_depth++] = at;
    if (attribute_count > 0) {
        add_attributes(reader, &tape->nodes[at], attribute_count, attributes);
    }
}

static void end_of_root(struct mic_xml_reader *reader)
{
    long consumed = xmlByteConsumed(reader->parser);

    reader->root_done = true;
    reader->root_end = consumed > 0 ? (unsigned long long)consumed : 0;
    queue(reader, MIC_XML_ROOT_END, MIC_XN_UNKNOWN, 0);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct mic_xml_reader *reader = context;
    struct mic_xml_tape *tape = &reader->tape;

    (void)local, (void)prefix, (void)uri;
    if (reader->failed || reader->root_done) {
        return;
    }
    if (reader->unit_depth > 0) {
        uint32_t at = reader->open_nodes[--reader->unit_depth];
        struct mic_xml_node *node = &tape->nodes[at];
        node->end = tape->node_count;
        if (node->text_size > 0 && (node->flags & MIC_XML_HAS_CHILD) == 0 && need_text(reader, 1)) {
            tape->text[tape->text_size++] = '\0';
        }
        if (reader->unit_depth == 0) {
            enum mic_xml_token container =
                reader->container_depth == 0 ? MIC_XN_UNKNOWN
                                             : reader->open_containers[reader->container_depth - 1];
            queue(reader, MIC_XML_UNIT, container, at);
        }
    } else if (reader->container_depth > 0) {
        queue(reader, MIC_XML_CLOSE, reader->open_containers[--reader->container_depth], 0);
    }
    if (--reader->depth == 0) {
        end_of_root(reader);
    }
}

static void on_characters(void *context, const xmlChar *characters, int length)
{
    struct mic_xml_reader *reader = context;
    struct mic_xml_tape *tape = &reader->tape;

    if (reader->unit_depth == 0 || reader->failed || length <= 0) {
        return;
    }
    struct mic_xml_node *node = &tape->nodes[reader->open_nodes[reader->unit_depth - 1]];
    if ((node->flags & MIC_XML_HAS_CHILD) != 0 || !need_text(reader, (size_t)length)) {
        return;
    }
    if (node->text_size == 0) {
        node->text = tape->text_size;
    }
    node->text_size += (uint32_t)length;
    add_text(reader, characters, (size_t)length);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id,
                       const xmlChar *system_id)
{
    struct mic_xml_reader *reader = context;

    (void)public_id, (void)system_id;
    if (mic_str_equal_nocase(mic_str_from((const char *)name), MIC_STR("html"))) {
        fail(reader, MIC_E_PROTOCOL, "the reply is an HTML page, not a SOAP envelope");
    } else {
        fail(reader, MIC_E_XML, "the reply has a document type declaration, which SOAP forbids");
    }
    xmlStopParser(reader->parser);
}

static void on_error(void *context, const xmlError *error)
{
    struct mic_xml_reader *reader = context;

    if (error->level != XML_ERR_FATAL || reader->root_done || reader->failed) {
        return;
    }
    if (error->code == XML_ERR_NO_MEMORY) {
        fail_memory(reader);
        return;
    }
    char reason[256];
    long consumed = xmlByteConsumed(reader->parser);
    mic_err_quote(mic_str_trim(mic_str_from(error->message)), reason, sizeof(reason));
    fail(reader, MIC_E_XML, "the reply is not well-formed XML: %s (line %d, byte %llu)", reason,
         error->line, reader->bytes_before + (unsigned long long)(consumed > 0 ? consumed : 0));
}

/* ---- parser ---- */

static void set_handlers(xmlSAXHandler *sax)
{
    memset(sax, 0, sizeof(*sax));
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->characters = on_characters;
    sax->ignorableWhitespace = on_characters;
    sax->cdataBlock = on_characters;
    sax->internalSubset = on_doctype;
    /* The type of the second argument differs between versions of libxml2 by a const. */
    sax->serror = (xmlStructuredErrorFunc)on_error;
}

/* libxml2's first use makes its locks, which it does not do safely from several threads at once. */
static pthread_once_t library_once = PTHREAD_ONCE_INIT;

static bool start_parser(struct mic_xml_reader *reader)
{
    if (reader->parser == NULL) {
        (void)pthread_once(&library_once, xmlInitParser);
        xmlSAXHandler sax;
        set_handlers(&sax);
        reader->parser = xmlCreatePushParserCtxt(&sax, reader, NULL, 0, NULL);
    } else if (xmlCtxtResetPush(reader->parser, NULL, 0, NULL, NULL) != 0) {
        fail_memory(reader);
        return false;
    }
    if (reader->parser == NULL) {
        fail_memory(reader);
        return false;
    }
    /* The bytes are UTF-8 by now, whatever an XML declaration says of them. Without NOENT an
     * attribute's &amp; stays a reference; of others there are none, as a DOCTYPE is refused. */
    xmlCtxtUseOptions(reader->parser,
                      XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC | XML_PARSE_NOCDATA);
    reader->in_document = true;
    reader->root_done = false;
    reader->depth = reader->unit_depth = reader->container_depth = 0;
    reader->document_bytes = 0;
    return true;
}

void mic_xml_reader_use(struct mic_xml_reader *reader, const struct mic_xml_container *containers,
                        size_t count)
{
    reader->containers = containers;
    reader->container_count = count;
    reader->wants_root = false;
    for (size_t i = 0; i < count; i++) {
        if (containers[i].parent == MIC_XN_UNKNOWN) {
            reader->wants_root = true;
        }
    }
}

struct mic_xml_reader *mic_xml_reader_new(const struct mic_xml_container *containers, size_t count)
{
    struct mic_xml_reader *reader = mic_calloc(1, sizeof(*reader));

    if (reader == NULL) {
        return NULL;
    }
    mic_xml_reader_use(reader, containers, count);
    reader->last_name = NO_NAME;
    mic_xml_input_init(&reader->input);
    mic_err_init(&reader->err);
    /* Offset 0 is the empty text of every element that has none. */
    if (!need_text(reader, 4000)) {
        mic_xml_reader_free(reader);
        return NULL;
    }
    reader->tape.text[0] = '\0';
    reader->tape.text_size = 1;
    return reader;
}

static void free_parser(struct mic_xml_reader *reader)
{
    xmlFreeParserCtxt(reader->parser);
    reader->parser = NULL;
}

void mic_xml_reader_free(struct mic_xml_reader *reader)
{
    if (reader == NULL) {
        return;
    }
    free_parser(reader);
    mic_xml_input_fini(&reader->input);
    mic_free(reader->tape.nodes);
    mic_free(reader->tape.attrs);
    mic_free(reader->tape.text);
    mic_free(reader->tape.names);
    mic_free(reader->name_buckets);
    mic_free(reader->events);
    mic_free(reader);
}

static void drop(void **array, uint32_t *capacity, uint32_t keep)
{
    if (*capacity > keep) {
        mic_free(*array);
        *array = NULL;
        *capacity = 0;
    }
}

void mic_xml_reader_shrink(struct mic_xml_reader *reader)
{
    struct mic_xml_tape *tape = &reader->tape;

    tape->node_count = tape->attr_count = 0;
    reader->event_at = reader->event_count = 0;
    drop((void **)&tape->nodes, &tape->node_capacity, 1024);
    drop((void **)&tape->attrs, &tape->attr_capacity, 1024);
    drop((void **)&reader->events, &reader->event_capacity, 256);
    if (tape->text_capacity > 32768) {
        char *smaller = mic_realloc(tape->text, 8192);
        if (smaller != NULL) {
            tape->text = smaller;
            tape->text_capacity = 8192;
        }
        tape->text_size = 1;
    }
    mic_xml_input_fini(&reader->input);
    mic_xml_input_init(&reader->input);
}

unsigned mic_xml_reader_reset(struct mic_xml_reader *reader, uint32_t max_size,
                              enum mic_xml_encoding encoding)
{
    struct mic_xml_tape *tape = &reader->tape;

    /* A parser never forgets a name; one that has met very many makes room for a fresh one. So does
     * one that failed: libxml2 resets it to less than a new one is. */
    if (tape->name_count > NAMES_KEEP_MAX || reader->failed) {
        free_parser(reader);
        tape->name_count = 0;
        if (reader->bucket_count > 0) {
            memset(reader->name_buckets, 0xFF,
                   reader->bucket_count * sizeof(reader->name_buckets[0]));
        }
        reader->generation++;
    }
    reader->last_name = NO_NAME;
    tape->node_count = tape->attr_count = 0;
    tape->text_size = 1;
    reader->event_at = reader->event_count = 0;
    reader->in_document = reader->root_done = reader->failed = reader->is_held = false;
    reader->max_size = max_size;
    reader->bytes_before = reader->document_bytes = 0;
    reader->depth = reader->unit_depth = reader->container_depth = 0;
    mic_err_init(&reader->err);
    mic_xml_input_reset(&reader->input, encoding);
    return reader->generation;
}

/* Drop the units that were taken; a unit still open moves to the front. */
static void cut_tape(struct mic_xml_reader *reader)
{
    struct mic_xml_tape *tape = &reader->tape;
    uint32_t nodes, attrs = tape->attr_count, text = tape->text_size;

    reader->event_at = reader->event_count = 0;
    if (reader->is_held) {
        return;
    }
    if (reader->unit_depth == 0) {
        tape->node_count = tape->attr_count = 0;
        tape->text_size = 1;
        return;
    }
    nodes = reader->open_nodes[0];
    if (nodes == 0) {
        return;
    }
    for (uint32_t i = nodes; i < tape->node_count; i++) {
        if (tape->nodes[i].attr_count > 0 && tape->nodes[i].attrs < attrs) {
            attrs = tape->nodes[i].attrs;
        }
    }
    /* The lowest text of the unit: attributes and texts were added in order. */
    for (uint32_t i = nodes; i < tape->node_count; i++) {
        const struct mic_xml_node *node = &tape->nodes[i];
        if (node->text_size > 0 && node->text < text) {
            text = node->text;
        }
    }
    if (attrs < tape->attr_count && tape->attrs[attrs].value < text) {
        text = tape->attrs[attrs].value;
    }
    for (uint32_t i = nodes; i < tape->node_count; i++) {
        struct mic_xml_node *node = &tape->nodes[i];
        node->end -= node->end > 0 ? nodes : 0;
        node->attrs -= node->attr_count > 0 ? attrs : 0;
        node->text -= node->text_size > 0 ? text - 1 : 0;
    }
    for (uint32_t i = attrs; i < tape->attr_count; i++) {
        tape->attrs[i].value -= text - 1;
    }
    for (uint32_t i = 0; i < reader->unit_depth; i++) {
        reader->open_nodes[i] -= nodes;
    }
    tape->node_count -= nodes;
    tape->attr_count -= attrs;
    tape->text_size -= text - 1;
    memmove(tape->nodes, tape->nodes + nodes, tape->node_count * sizeof(tape->nodes[0]));
    if (tape->attr_count > 0) {
        memmove(tape->attrs, tape->attrs + attrs, tape->attr_count * sizeof(tape->attrs[0]));
    }
    memmove(tape->text + 1, tape->text + text, tape->text_size - 1);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* White space and byte order marks between documents. False: nothing but those. */
static bool skip_to_document(struct mic_xml_reader *reader, struct mic_str *bytes)
{
    while (bytes->size > 0) {
        size_t skip = 0;
        if (is_blank(bytes->data[0])) {
            skip = 1;
        } else if (bytes->size >= 3 && memcmp(bytes->data, "\xEF\xBB\xBF", 3) == 0) {
            skip = 3;
        }
        if (skip == 0) {
            break;
        }
        bytes->data += skip;
        bytes->size -= skip;
        reader->bytes_before += skip;
    }
    return bytes->size > 0;
}

static void refuse_text(struct mic_xml_reader *reader, struct mic_str bytes)
{
    char quoted[100];

    bytes.size = bytes.size < 60 ? bytes.size : 60;
    mic_err_quote(bytes, quoted, sizeof(quoted));
    fail(reader, MIC_E_XML, "the reply is not XML: at byte %llu stands \"%s\"",
         reader->bytes_before, quoted);
}

/* Returns how many of the bytes belong to the document read. */
static size_t parse(struct mic_xml_reader *reader, struct mic_str bytes)
{
    xmlParseChunk(reader->parser, bytes.data, (int)bytes.size, 0);
    if (reader->failed) {
        return bytes.size;
    }
    if (reader->root_done) {
        unsigned long long before = reader->document_bytes;
        size_t used = reader->root_end > before ? (size_t)(reader->root_end - before) : 0;
        used = used < bytes.size ? used : bytes.size;
        reader->in_document = false;
        reader->bytes_before += before + used;
        return used;
    }
    reader->document_bytes += bytes.size;
    if (reader->document_bytes > reader->max_size) {
        fail(reader, MIC_E_ENVELOPE_SIZE,
             "the reply is larger than the %lu bytes that MaxEnvelopeSize allows",
             (unsigned long)reader->max_size);
        return bytes.size;
    }
    long consumed = xmlByteConsumed(reader->parser);
    if (consumed >= 0 && reader->document_bytes - (unsigned long long)consumed > PUSHED_SLACK_MAX) {
        fail(reader, MIC_E_XML, "the reply has a tag of more than %d bytes at byte %llu",
             MIC_XML_TAG_MAX, reader->bytes_before + (unsigned long long)consumed);
    }
    return bytes.size;
}

void mic_xml_reader_push(struct mic_xml_reader *reader, const char *bytes, size_t size)
{
    struct mic_str left;

    if (reader->failed) {
        return;
    }
    cut_tape(reader);
    if (mic_xml_input_check(&reader->input, bytes, size, &left, &reader->err) != MI_RESULT_OK) {
        reader->failed = true;
        return;
    }
    while (left.size > 0 && !reader->failed) {
        if (!reader->in_document) {
            if (!skip_to_document(reader, &left)) {
                break;
            }
            if (left.data[0] != '<') {
                refuse_text(reader, left);
                break;
            }
            if (!start_parser(reader)) {
                break;
            }
        }
        size_t used = parse(reader, left);
        left.data += used;
        left.size -= used;
    }
}

void mic_xml_reader_end(struct mic_xml_reader *reader)
{
    if (reader->failed) {
        return;
    }
    if (mic_xml_input_end(&reader->input, &reader->err) != MI_RESULT_OK) {
        reader->failed = true;
        return;
    }
    if (reader->in_document) {
        fail(reader, MIC_E_XML, "the reply ends inside its document, after %llu bytes",
             reader->bytes_before + reader->document_bytes);
    }
}

enum mic_xml_event mic_xml_reader_take(struct mic_xml_reader *reader, struct mic_xml_unit *unit,
                                       struct mic_err *err)
{
    if (reader->event_at == reader->event_count) {
        if (reader->failed) {
            *err = reader->err;
        }
        unit->event = reader->failed ? MIC_XML_ERROR : MIC_XML_NEED;
        return unit->event;
    }
    const struct event *event = &reader->events[reader->event_at++];
    unit->event = event->event;
    unit->container = event->container;
    unit->cursor = (struct mic_xml_cursor){&reader->tape, event->node, event->node};
    if (event->event == MIC_XML_UNIT) {
        unit->cursor.end = reader->tape.nodes[event->node].end;
    }
    return unit->event;
}

bool mic_xml_reader_root_ended(const struct mic_xml_reader *reader)
{
    for (uint32_t i = reader->event_at; i < reader->event_count; i++) {
        if (reader->events[i].event == MIC_XML_ROOT_END) {
            return true;
        }
    }
    return false;
}

bool mic_xml_reader_closes_next(const struct mic_xml_reader *reader)
{
    return reader->event_at < reader->event_count &&
           reader->events[reader->event_at].event == MIC_XML_CLOSE;
}

bool mic_xml_reader_queue_has(const struct mic_xml_reader *reader, enum mic_xml_token token)
{
    for (uint32_t i = reader->event_at; i < reader->event_count; i++) {
        const struct event *event = &reader->events[i];
        if (event->event == MIC_XML_UNIT &&
            reader->tape.names[reader->tape.nodes[event->node].name].token == token) {
            return true;
        }
    }
    return false;
}

void mic_xml_reader_hold(struct mic_xml_reader *reader, bool hold)
{
    reader->is_held = hold;
}

bool mic_xml_reader_is_idle(const struct mic_xml_reader *reader)
{
    return reader->event_at == reader->event_count && !reader->failed;
}

/* ---- cursor ---- */

bool mic_xml_attribute(const struct mic_xml_cursor *cursor, enum mic_xml_token name,
                       struct mic_str *value)
{
    const struct mic_xml_tape *tape = cursor->tape;
    const struct mic_xml_node *node = mic_xml_node(cursor);

    for (uint32_t i = node->attrs; i < node->attrs + node->attr_count; i++) {
        if (tape->names[tape->attrs[i].name].token == name) {
            *value = (struct mic_str){tape->text + tape->attrs[i].value, tape->attrs[i].value_size};
            return true;
        }
    }
    return false;
}

bool mic_xml_find(struct mic_xml_cursor *cursor, enum mic_xml_token element)
{
    for (; mic_xml_at(cursor); mic_xml_skip(cursor)) {
        if (mic_xml_token(cursor) == element) {
            return true;
        }
    }
    return false;
}

bool mic_xml_child(const struct mic_xml_cursor *cursor, enum mic_xml_token element,
                   struct mic_xml_cursor *child)
{
    struct mic_xml_cursor found = mic_xml_enter(cursor);

    if (!mic_xml_find(&found, element)) {
        return false;
    }
    *child = found;
    return true;
}
