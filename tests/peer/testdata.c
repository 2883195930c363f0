/* Classes made for tests: every type, a class tree, keys of every kind, oddities. */
#include <stdio.h>
#include <string.h>

#include "allprops.h"
#include "model.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const main_ns[] = {"root/cimv2", "root/dcim", NULL};
static const char *const both_ns[] = {"root/cimv2", "root/dcim", "root/test", NULL};

static const struct peer_prop all_props[] = {
    {"Id", PT_STRING, PP_KEY, NULL, "What this instance is about"},
    {"v_boolean", PT_BOOLEAN, PP_WRITE, NULL, NULL},
    {"v_uint8", PT_UINT8, PP_WRITE, NULL, NULL},
    {"v_sint8", PT_SINT8, PP_WRITE, NULL, NULL},
    {"v_uint16", PT_UINT16, PP_WRITE, NULL, NULL},
    {"v_sint16", PT_SINT16, PP_WRITE, NULL, NULL},
    {"v_uint32", PT_UINT32, PP_WRITE, NULL, NULL},
    {"v_sint32", PT_SINT32, PP_WRITE, NULL, NULL},
    {"v_uint64", PT_UINT64, PP_WRITE, NULL, NULL},
    {"v_sint64", PT_SINT64, PP_WRITE, NULL, NULL},
    {"v_real32", PT_REAL32, PP_WRITE, NULL, NULL},
    {"v_real64", PT_REAL64, PP_WRITE, NULL, NULL},
    {"v_char16", PT_CHAR16, PP_WRITE, NULL, NULL},
    {"v_datetime", PT_DATETIME, PP_WRITE, NULL, "A point in time"},
    {"v_interval", PT_DATETIME, PP_WRITE, NULL, "A span of time"},
    {"v_string", PT_STRING, PP_WRITE, NULL, NULL},
    {"v_reference", PT_REFERENCE, PP_WRITE, "Peer_Base", NULL},
    {"v_instance", PT_INSTANCE, PP_WRITE, "Peer_Embedded", NULL},
    {"a_boolean", PT_BOOLEAN, PP_ARRAY, NULL, NULL},
    {"a_uint8", PT_UINT8, PP_ARRAY, NULL, NULL},
    {"a_sint8", PT_SINT8, PP_ARRAY, NULL, NULL},
    {"a_uint16", PT_UINT16, PP_ARRAY, NULL, NULL},
    {"a_sint16", PT_SINT16, PP_ARRAY, NULL, NULL},
    {"a_uint32", PT_UINT32, PP_ARRAY, NULL, NULL},
    {"a_sint32", PT_SINT32, PP_ARRAY, NULL, NULL},
    {"a_uint64", PT_UINT64, PP_ARRAY, NULL, NULL},
    {"a_sint64", PT_SINT64, PP_ARRAY, NULL, NULL},
    {"a_real32", PT_REAL32, PP_ARRAY, NULL, NULL},
    {"a_real64", PT_REAL64, PP_ARRAY, NULL, NULL},
    {"a_char16", PT_CHAR16, PP_ARRAY, NULL, NULL},
    {"a_datetime", PT_DATETIME, PP_ARRAY, NULL, NULL},
    {"a_interval", PT_DATETIME, PP_ARRAY, NULL, NULL},
    {"a_string", PT_STRING, PP_ARRAY, NULL, NULL},
    {"a_reference", PT_REFERENCE, PP_ARRAY, "Peer_Base", NULL},
    {"a_instance", PT_INSTANCE, PP_ARRAY, "Peer_Embedded", NULL},
};

/* One row per property: the scalar in four flavours, then the elements of the array. */
struct all_row {
    const char *suffix;
    const char *typical;
    const char *lowest;
    const char *highest;
    const char *single;
    const char *array[4];
};

#define ROW(name, typical, lowest, highest, single, ...)                                           \
    {                                                                                              \
        name, typical, lowest, highest, single,                                                    \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

static const struct all_row all_rows[] = {
    ROW("boolean", "true", "false", "true", "true", "true", "false", "true", NULL),
    ROW("uint8", "172", "0", "255", "7", "0", "128", "255", NULL),
    ROW("sint8", "-123", "-128", "127", "7", "-128", "0", "127", NULL),
    ROW("uint16", "1745", "0", "65535", "7", "0", "64000", "65535", NULL),
    ROW("sint16", "-1746", "-32768", "32767", "7", "-32768", "-1216", "32767", NULL),
    ROW("uint32", "17567", "0", "4294967295", "7", "0", "17567", "4294967295", NULL),
    ROW("sint32", "-17568", "-2147483648", "2147483647", "7", "-2147483648", "0", "2147483647",
        NULL),
    ROW("uint64", "9007199254740993", "0", "18446744073709551615", "7", "0", "9007199254740993",
        "18446744073709551615", NULL),
    ROW("sint64", "-9007199254740993", "-9223372036854775808", "9223372036854775807", "7",
        "-9223372036854775808", "0", "9223372036854775807", NULL),
    ROW("real32", "3.25", "-3.40282347e+38", "3.40282347e+38", "0.5", "0", "-1.5", "1e-45", NULL),
    ROW("real64", "64.6464", "-1.7976931348623157e+308", "1.7976931348623157e+308", "0.5", "0",
        "-2.5", "0.1", "4.9406564584124654e-324"),
    ROW("char16", "65", "33", "65533", "53", "97", "955", "8364", NULL),
    ROW("datetime", "20240229123456.789012+060", "00010101000000.000000+000",
        "99991231235959.999999-720", "20240101000000.000000-300", "20010203040506.000000+000",
        "20010203040506.700000+480", "20010203040506.000007-210", NULL),
    ROW("interval", "00000012030405.000678:000", "00000000000000.000000:000",
        "99999999235959.999999:000", "00000000000100.000000:000", "00000001000000.000000:000",
        "00000000000000.500000:000", "00000000010203.000000:000", NULL),
    ROW("string", "plain text", " ", "~", "only one", "first", "", "third & <last>", NULL),
};

static const struct peer_prop embedded_props[] = {
    {"Name", PT_STRING, PP_KEY, NULL, NULL},
    {"Value", PT_UINT32, PP_WRITE, NULL, NULL},
    {"When", PT_DATETIME, PP_WRITE, NULL, NULL},
    {"Tags", PT_STRING, PP_ARRAY | PP_WRITE, NULL, NULL},
    {"Inner", PT_INSTANCE, PP_WRITE, "Peer_Embedded", "May nest"},
};

static const struct peer_class embedded_class;

/* The embedded instances need a flattened class of their own; the catalog has another copy. */
static const struct peer_class *embedded_flat(struct peer_arena *arena)
{
    struct peer_class *cls = peer_alloc(arena, sizeof *cls);

    *cls = embedded_class;
    cls->all = peer_alloc(arena, cls->prop_count * sizeof *cls->all);
    cls->origins = peer_alloc(arena, cls->prop_count * sizeof *cls->origins);
    for (size_t i = 0; i < cls->prop_count; i++) {
        cls->all[i] = &cls->props[i];
        cls->origins[i] = cls;
    }
    cls->all_count = cls->prop_count;
    return cls;
}

static struct peer_instance *embedded_make(struct peer_arena *arena, const char *ns,
                                           const char *name, unsigned value, bool nested)
{
    static const char *const tags[] = {"red", "green"};
    struct peer_instance *inst = peer_instance_new(arena, embedded_flat(arena), ns);

    peer_set(arena, inst, "Name", name);
    peer_set_u64(arena, inst, "Value", value);
    peer_set(arena, inst, "When", "20240102030405.000000+000");
    peer_set_array(arena, inst, "Tags", 2, tags);
    if (nested) {
        const void *inner = embedded_make(arena, ns, "inner", value + 1, false);

        peer_set_items(arena, inst, "Inner", 1, &inner);
    }
    return inst;
}

static void set_objects(struct peer_arena *arena, struct peer_instance *inst, size_t count)
{
    const void *paths[2];
    const void *objects[2];

    paths[0] = peer_path_new(arena, "Peer_LeafA", inst->ns, "Name", "leaf a");
    paths[1] = peer_path_new(arena, "Peer_LeafB", inst->ns, "Name", "b & <b>");
    objects[0] = embedded_make(arena, inst->ns, "first", 41, true);
    objects[1] = embedded_make(arena, inst->ns, "second", 43, false);
    peer_set_items(arena, inst, "v_reference", 1, paths);
    peer_set_items(arena, inst, "v_instance", 1, objects);
    peer_set_items(arena, inst, "a_reference", count, paths);
    peer_set_items(arena, inst, "a_instance", count, objects);
}

static const char *flavour(const struct all_row *row, const char *id)
{
    if (strcmp(id, "lowest") == 0) {
        return row->lowest;
    }
    if (strcmp(id, "highest") == 0) {
        return row->highest;
    }
    return strcmp(id, "single") == 0 ? row->single : row->typical;
}

static size_t array_length(const struct all_row *row)
{
    size_t n = 0;

    while (n < COUNT(row->array) && row->array[n] != NULL) {
        n++;
    }
    return n;
}

static struct peer_instance *all_make(struct peer_arena *arena, const struct peer_class *cls,
                                      const char *ns, const char *id, bool values, bool arrays)
{
    struct peer_instance *inst = peer_instance_new(arena, cls, ns);
    bool single = strcmp(id, "single") == 0;

    peer_set(arena, inst, "Id", id);
    for (size_t i = 0; i < COUNT(all_rows); i++) {
        const struct all_row *row = &all_rows[i];

        if (values) {
            peer_set(arena, inst, peer_fmt(arena, "v_%s", row->suffix), flavour(row, id));
        }
        if (arrays) {
            const char *name = peer_fmt(arena, "a_%s", row->suffix);

            if (single) {
                peer_set_array(arena, inst, name, 1, &row->single);
            } else {
                peer_set_array(arena, inst, name, array_length(row), row->array);
            }
        }
    }
    if (values && arrays) {
        set_objects(arena, inst, single ? 1 : 2);
    }
    return inst;
}

static void all_empty(struct peer_arena *arena, struct peer_instance *inst)
{
    peer_set(arena, inst, "v_string", "");
    for (size_t i = 0; i < inst->cls->all_count; i++) {
        if ((inst->cls->all[i]->flags & PP_ARRAY) != 0) {
            peer_set_items(arena, inst, inst->cls->all[i]->name, 0, NULL);
        }
    }
}

static void all_unicode(struct peer_arena *arena, struct peer_instance *inst)
{
    static const char *const texts[] = {
        "\xC3\xA9\xC3\xA8",                      /* two bytes each */
        "\xE2\x82\xAC \xE6\x97\xA5\xE6\x9C\xAC", /* three */
        "\xF0\x9F\x98\x80\xF0\x90\x8D\x88",      /* beyond the BMP */
        "line one\nline two\ttab\r\nCR",
    };

    peer_set(arena, inst, "v_string",
             "\xF0\x9F\x98\x80 G\xC3\xBC\xC3\x9F"
             "e \xE6\x97\xA5\xE6\x9C\xAC ]]> &amp; <x/>");
    peer_set_array(arena, inst, "a_string", COUNT(texts), texts);
}

static void all_special(struct peer_arena *arena, struct peer_instance *inst, const char *real,
                        const char *other)
{
    const char *reals[3] = {real, "0", other};

    peer_set(arena, inst, "v_real32", real);
    peer_set(arena, inst, "v_real64", other);
    peer_set_array(arena, inst, "a_real32", 3, reals);
    peer_set_array(arena, inst, "a_real64", 3, reals);
}

static void all_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                     struct peer_arena *arena, struct peer_sink *sink)
{
    static const char *const wild[] = {"2024022912****.******+***", "20240229000000.000000+000"};
    struct peer_instance *inst;

    (void)peer;
    sink->emit(sink, all_make(arena, cls, ns, "typical", true, true));
    sink->emit(sink, all_make(arena, cls, ns, "lowest", true, true));
    sink->emit(sink, all_make(arena, cls, ns, "highest", true, true));
    sink->emit(sink, all_make(arena, cls, ns, "nulls", false, false));
    inst = all_make(arena, cls, ns, "empty", false, false);
    all_empty(arena, inst);
    sink->emit(sink, inst);
    inst = all_make(arena, cls, ns, "unicode", true, true);
    all_unicode(arena, inst);
    sink->emit(sink, inst);
    sink->emit(sink, all_make(arena, cls, ns, "single", true, true));
    inst = all_make(arena, cls, ns, "infinite", true, false);
    all_special(arena, inst, "INF", "-INF");
    sink->emit(sink, inst);
    inst = all_make(arena, cls, ns, "nan", true, false);
    all_special(arena, inst, "NaN", "NaN");
    sink->emit(sink, inst);
    inst = all_make(arena, cls, ns, "wildcard", true, false);
    peer_set(arena, inst, "v_datetime", "20240229******.******+060");
    peer_set_array(arena, inst, "a_datetime", 2, wild);
    sink->emit(sink, inst);
}

static const struct peer_prop add_params[] = {
    {"X", PT_UINT32, PP_IN, NULL, NULL},
    {"Y", PT_UINT32, PP_IN, NULL, NULL},
    {"Sum", PT_UINT64, PP_OUT, NULL, NULL},
};
static const struct peer_prop echo_params[] = {
    {"Text", PT_STRING, PP_IN | PP_OUT, NULL, NULL},
    {"Numbers", PT_SINT64, PP_IN | PP_OUT | PP_ARRAY, NULL, NULL},
    {"When", PT_DATETIME, PP_IN | PP_OUT, NULL, NULL},
    {"Object", PT_INSTANCE, PP_IN | PP_OUT, "Peer_Embedded", NULL},
    {"Target", PT_REFERENCE, PP_IN | PP_OUT, "Peer_Base", NULL},
    {"Targets", PT_REFERENCE, PP_IN | PP_OUT | PP_ARRAY, "Peer_Base", NULL},
};
static const struct peer_prop echo_all_params[] = {PEER_ALL_ROWS(PP_IN | PP_OUT)};
static const struct peer_method all_methods[] = {
    {"EchoAll", PT_UINT32, PP_STATIC, echo_all_params, COUNT(echo_all_params)},
};
static const struct peer_method base_methods[] = {
    {"Add", PT_UINT32, PP_STATIC, add_params, COUNT(add_params)},
    {"Echo", PT_UINT32, 0, echo_params, COUNT(echo_params)},
    {"Touch", PT_BOOLEAN, 0, NULL, 0},
};

static const struct peer_prop base_props[] = {
    {"Name", PT_STRING, PP_KEY, NULL, "Name, unique within class and namespace"},
    {"Namespace", PT_STRING, 0, NULL, "Where the instance lives"},
    {"BaseNumber", PT_UINT32, PP_WRITE, NULL, NULL},
};
static const struct peer_prop middle_props[] = {
    {"MiddleText", PT_STRING, PP_WRITE, NULL, NULL},
    {"MiddleTimes", PT_DATETIME, PP_ARRAY, NULL, NULL},
};
static const struct peer_prop leaf_a_props[] = {{"LeafReal", PT_REAL64, PP_WRITE, NULL, NULL}};
static const struct peer_prop leaf_b_props[] = {
    {"LeafFlags", PT_BOOLEAN, PP_ARRAY | PP_WRITE, NULL, NULL},
    {"Sibling", PT_REFERENCE, 0, "Peer_LeafA", NULL},
};

static void tree_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                      struct peer_arena *arena, struct peer_sink *sink)
{
    static const char *const flags[] = {"true", "false"};
    static const char *const times[] = {"20240102030405.000000+000", "00000001000000.000000:000"};
    const char *leaf = peer_after_last(cls->name, '_');

    (void)peer;
    for (unsigned i = 0; i < 2; i++) {
        struct peer_instance *inst = peer_instance_new(arena, cls, ns);

        peer_set(arena, inst, "Name",
                 i == 1 && strcmp(leaf, "LeafB") == 0 ? "b & <b>"
                 : strcmp(leaf, "LeafA") == 0         ? (i == 0 ? "leaf a" : "leaf a2")
                                                      : peer_fmt(arena, "%s %u", cls->name, i));
        peer_set(arena, inst, "Namespace", ns);
        peer_set_u64(arena, inst, "BaseNumber", 100 + i);
        if (peer_prop_index(cls, "MiddleText") != SIZE_MAX) {
            peer_set(arena, inst, "MiddleText", "middle");
            peer_set_array(arena, inst, "MiddleTimes", 2, times);
        }
        if (peer_prop_index(cls, "LeafReal") != SIZE_MAX) {
            peer_set(arena, inst, "LeafReal", "0.25");
        }
        if (peer_prop_index(cls, "LeafFlags") != SIZE_MAX) {
            const void *path = peer_path_new(arena, "Peer_LeafA", ns, "Name", "leaf a");

            peer_set_array(arena, inst, "LeafFlags", 2, flags);
            peer_set_items(arena, inst, "Sibling", 1, &path);
        }
        sink->emit(sink, inst);
    }
}

static const struct peer_prop keys_props[] = {
    {"Flag", PT_BOOLEAN, PP_KEY, NULL, NULL},  {"Big", PT_UINT64, PP_KEY, NULL, NULL},
    {"Small", PT_SINT8, PP_KEY, NULL, NULL},   {"When", PT_DATETIME, PP_KEY, NULL, NULL},
    {"Text", PT_STRING, PP_KEY, NULL, NULL},   {"Target", PT_REFERENCE, PP_KEY, "Peer_Base", NULL},
    {"Note", PT_STRING, PP_WRITE, NULL, NULL},
};

static void keys_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                      struct peer_arena *arena, struct peer_sink *sink)
{
    static const char *const texts[] = {"plain", " \\ <\"quoted\"> & '", ""};

    (void)peer;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct peer_instance *inst = peer_instance_new(arena, cls, ns);
        const void *path = peer_path_new(arena, "Peer_LeafA", ns, "Name", "leaf a");

        peer_set_bool(arena, inst, "Flag", i % 2 == 0);
        peer_set(arena, inst, "Big", "18446744073709551615");
        peer_set(arena, inst, "Small", "-128");
        peer_set(arena, inst, "When", "20240102030405.000000+060");
        peer_set(arena, inst, "Text", texts[i]);
        peer_set_items(arena, inst, "Target", 1, &path);
        peer_set(arena, inst, "Note", peer_fmt(arena, "note %zu", i));
        sink->emit(sink, inst);
    }
}

static const struct peer_prop odd_props[] = {
    {"Id", PT_STRING, PP_KEY, NULL, NULL},     {"Text", PT_STRING, 0, NULL, NULL},
    {"Number", PT_UINT8, 0, NULL, NULL},       {"Signed", PT_SINT32, 0, NULL, NULL},
    {"Flag", PT_BOOLEAN, 0, NULL, NULL},       {"When", PT_DATETIME, 0, NULL, NULL},
    {"List", PT_UINT16, PP_ARRAY, NULL, NULL}, {"Target", PT_REFERENCE, 0, "Peer_Base", NULL},
};

/* What a peer may send that no schema explains. %P is the prefix of the class. */
static const struct {
    const char *id;
    const char *raw;
} odd_rows[] = {
    {"twice", "<%PText>one</%PText><%PText>two</%PText>"},
    {"case", "<%PText>lower</%PText><%PTEXT>upper</%PTEXT><%Ptext>small</%Ptext>"},
    {"unknown", "<%PNotInSchema>surprise</%PNotInSchema><%PNorThis>1</%PNorThis>"
                "<%PNorThis>2</%PNorThis>"},
    {"range", "<%PNumber>256</%PNumber><%PSigned>-2147483649</%PSigned>"},
    {"unparsable", "<%PNumber>seven</%PNumber><%PFlag>maybe</%PFlag><%PWhen>yesterday</%PWhen>"},
    {"blanks", "<%PNumber> 7\n</%PNumber><%PSigned>+7</%PSigned><%PFlag> TRUE </%PFlag>"},
    {"hex", "<%PNumber>0x1F</%PNumber><%PSigned>-0x10</%PSigned><%PFlag>1</%PFlag>"},
    {"void", "<%PNumber></%PNumber><%PFlag/><%PWhen></%PWhen><%PTarget/><%PText/>"},
    {"scattered", "<%PList>1</%PList><%PText>between</%PText><%PList>2</%PList><%PNumber>3"
                  "</%PNumber><%PList>3</%PList>"},
    {"holes", "<%PList>1</%PList>"
              "<%PList xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\"/>"
              "<%PList>3</%PList>"},
    {"markup", "<!-- a comment --><%PText>one<!-- in -->two<![CDATA[<three>]]><?pi four?>&#x35;"
               "</%PText><?other pi?>"},
    {"location", "<c:Location xmlns:c=\"http://schemas.dmtf.org/wbem/wscim/1/common\"><a:Address "
                 "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\">x</a:Address>"
                 "</c:Location><%PText>kept</%PText>"},
    {"nested", "<%PText><deep xmlns=\"urn:odd\"><er>text</er></deep></%PText>"},
    {"attributes", "<%PText xml:lang=\"de\" xml:space=\"preserve\">  kept  </%PText>"
                   "<%PNumber xmlns:t=\"http://www.w3.org/2001/XMLSchema-instance\" "
                   "t:type=\"xs:unsignedByte\">9</%PNumber>"},
};

static void odd_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                     struct peer_arena *arena, struct peer_sink *sink)
{
    char *text;

    struct peer_instance *inst;

    (void)peer;
    for (size_t i = 0; i < COUNT(odd_rows); i++) {
        inst = peer_instance_new(arena, cls, ns);
        peer_set(arena, inst, "Id", odd_rows[i].id);
        inst->raw = odd_rows[i].raw;
        sink->emit(sink, inst);
    }
    text = peer_alloc(arena, 200001);
    memset(text, 'x', 200000);
    inst = peer_instance_new(arena, cls, ns);
    peer_set(arena, inst, "Id", "long");
    peer_set(arena, inst, "Text", text);
    sink->emit(sink, inst);
}

static const struct peer_prop text_props[] = {
    {"Id", PT_STRING, PP_KEY, NULL, NULL},
    {"Text", PT_STRING, 0, NULL, NULL},
};

static void control_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                         struct peer_arena *arena, struct peer_sink *sink)
{
    struct peer_instance *inst = peer_instance_new(arena, cls, ns);

    (void)peer;
    peer_set(arena, inst, "Id", "control");
    peer_set(arena, inst, "Text", "bell\x07 escape\x1b[0m end");
    sink->emit(sink, inst);
}

static void few_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                     struct peer_arena *arena, struct peer_sink *sink)
{
    (void)peer;
    for (unsigned i = 0; i < 5; i++) {
        struct peer_instance *inst = peer_instance_new(arena, cls, ns);

        peer_set(arena, inst, "Id", peer_fmt(arena, "%u", i));
        peer_set(arena, inst, "Text", peer_fmt(arena, "text %u", i));
        sink->emit(sink, inst);
    }
}

static const struct peer_prop chatty_props[] = {
    {"Id", PT_STRING, PP_KEY, NULL, NULL},
    {"Answer", PT_STRING, 0, NULL, "How the question of a Get was settled"},
};

static void three_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                       struct peer_arena *arena, struct peer_sink *sink)
{
    (void)peer;
    for (unsigned i = 0; i < 3; i++) {
        struct peer_instance *inst = peer_instance_new(arena, cls, ns);

        peer_set(arena, inst, "Id", peer_fmt(arena, "%u", i));
        sink->emit(sink, inst);
    }
}

static void none_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                      struct peer_arena *arena, struct peer_sink *sink)
{
    (void)peer;
    (void)cls;
    (void)ns;
    (void)arena;
    (void)sink;
}

static const struct peer_prop single_props[] = {
    {"Text", PT_STRING, PP_WRITE, NULL, NULL},
    {"Number", PT_UINT32, PP_WRITE, NULL, NULL},
};

static void singleton_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                           struct peer_arena *arena, struct peer_sink *sink)
{
    struct peer_instance *inst = peer_instance_new(arena, cls, ns);

    (void)peer;
    peer_set(arena, inst, "Text", "the only one");
    peer_set_u64(arena, inst, "Number", 1);
    sink->emit(sink, inst);
}

void peer_wide_fill(struct peer_arena *arena, struct peer_class *cls)
{
    size_t count = 10000;
    struct peer_prop *props = peer_alloc(arena, count * sizeof *props);

    for (size_t i = 0; i < count; i++) {
        props[i].name = i == 0 ? "Id" : peer_fmt(arena, "Property%05zu", i);
        props[i].type = i == 0 || i % 2 == 1 ? PT_STRING : PT_UINT32;
        props[i].flags = i == 0 ? PP_KEY : 0;
    }
    cls->props = props;
    cls->prop_count = count;
}

static void wide_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                      struct peer_arena *arena, struct peer_sink *sink)
{
    struct peer_instance *inst = peer_instance_new(arena, cls, ns);

    (void)peer;
    peer_set_at(inst, 0, "wide");
    for (size_t i = 1; i < cls->all_count; i++) {
        peer_set_at(inst, i, peer_fmt(arena, i % 2 == 1 ? "text %zu" : "%zu", i));
    }
    sink->emit(sink, inst);
}

static const struct peer_provider all_provider = {all_list, NULL};
static const struct peer_provider tree_provider = {tree_list, NULL};
static const struct peer_provider keys_provider = {keys_list, NULL};
static const struct peer_provider odd_provider = {odd_list, NULL};
static const struct peer_provider control_provider = {control_list, NULL};
static const struct peer_provider few_provider = {few_list, NULL};
static const struct peer_provider three_provider = {three_list, NULL};
static const struct peer_provider none_provider = {none_list, NULL};
static const struct peer_provider singleton_provider = {singleton_list, NULL};
static const struct peer_provider wide_provider = {wide_list, NULL};

#define CLASS(class_name, table, its_provider, its_ns, its_flags, description)                     \
    {                                                                                              \
        .name = (class_name), .props = (table), .prop_count = COUNT(table),                        \
        .provider = &(its_provider), .namespaces = (its_ns), .flags = (its_flags),                 \
        .text = (description)                                                                      \
    }

#define BRANCH(class_name, table, parent, its_methods, its_method_count, description)              \
    {                                                                                              \
        .name = (class_name), .super = (parent), .props = (table), .prop_count = COUNT(table),     \
        .methods = (its_methods), .method_count = (its_method_count), .provider = &tree_provider,  \
        .namespaces = both_ns, .text = (description)                                               \
    }

#define EMBEDDED                                                                                   \
    CLASS("Peer_Embedded", embedded_props, none_provider, both_ns, 0, "Lives inside others")
#define BASE                                                                                       \
    BRANCH("Peer_Base", base_props, NULL, base_methods, COUNT(base_methods), "Top of the tree")
#define MIDDLE BRANCH("Peer_Middle", middle_props, &base_class, NULL, 0, "Between top and leaves")

static const struct peer_class embedded_class = EMBEDDED;
static const struct peer_class base_class = BASE;
static const struct peer_class middle_class = MIDDLE;

const struct peer_class *peer_test_classes(size_t *count)
{
    static const struct peer_class classes[] = {
        EMBEDDED,
        BASE,
        MIDDLE,
        BRANCH("Peer_LeafA", leaf_a_props, &middle_class, NULL, 0, "A leaf"),
        BRANCH("Peer_LeafB", leaf_b_props, &middle_class, NULL, 0, "Another leaf"),
        {.name = "Peer_AllTypes",
         .props = all_props,
         .prop_count = COUNT(all_props),
         .methods = all_methods,
         .method_count = COUNT(all_methods),
         .provider = &all_provider,
         .namespaces = main_ns,
         .text = "Every type and array"},
        CLASS("Peer_Keys", keys_props, keys_provider, main_ns, 0, "Keys of every kind"),
        CLASS("Peer_Odd", odd_props, odd_provider, main_ns, 0, "What no schema explains"),
        CLASS("Peer_Control", text_props, control_provider, main_ns, 0, "Control characters"),
        CLASS("Peer_Empty", text_props, none_provider, main_ns, 0, "Never has an instance"),
        CLASS("Peer_Few", text_props, few_provider, main_ns, 0, "Five instances"),
        CLASS("Peer_Chatty", chatty_props, three_provider, main_ns, PC_CHATTY, "Speaks and asks"),
        CLASS("Peer_Flawed", text_props, three_provider, main_ns, PC_FLAWED, "Errors among items"),
        CLASS("Peer_Slow", text_props, few_provider, main_ns, PC_SLOW, "Pulls take their time"),
        CLASS("Peer_Opaque", text_props, few_provider, main_ns, PC_NO_SCHEMA, "No GetClass"),
        CLASS("Peer_Singleton", single_props, singleton_provider, main_ns, 0, "Has no key"),
        {.name = "Peer_Wide",
         .provider = &wide_provider,
         .namespaces = main_ns,
         .flags = PC_WIDE,
         .text = "Ten thousand properties"},
    };

    *count = COUNT(classes);
    return classes;
}
