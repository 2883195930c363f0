/** Instance elements to MI_Instance (protocol: values of DSP0230 as WinRM, OMI and others write
 * them). */
#ifndef MIC_WSMAN_INSTANCE_READ_H
#define MIC_WSMAN_INSTANCE_READ_H

#include "base/arena.h"
#include "base/err.h"
#include "model/instance.h"
#include "wsman/class_table.h"
#include "xml/xml_reader.h"

struct mic_seen_name {
    uint32_t epoch;       /* the instance that had it last */
    uint32_t chain_epoch; /* the instance whose elements of this name first and last are */
    uint32_t first, last;
    int32_t index; /* of its property in that instance */
    bool is_gathered;
};

/** What the readings of one operation share. */
struct mic_instance_reader {
    struct mic_class_table *classes;
    struct mic_seen_name *seen; /* by number of a name: which instance had it last */
    uint32_t seen_size;
    uint32_t epoch;
    bool only_strings; /* NO_RTTI: dates stay text where nothing says they are dates */
    bool is_precise;   /* this reply tells an empty array from a NULL one */
    bool may_ask;      /* for the class of an embedded instance */
    struct mic_class_entry *wanted_class; /* ... which is this one */
};

void mic_instance_reader_init(struct mic_instance_reader *reader, struct mic_class_table *classes);
void mic_instance_reader_fini(struct mic_instance_reader *reader);
/** The names of the tape have other numbers now. */
void mic_instance_reader_forget_names(struct mic_instance_reader *reader);

/** Class of an instance element: xsi:type without its _Type, else the element's own name. */
struct mic_str mic_instance_class_name(const struct mic_xml_cursor *element);
/** Is the element a CIM_Error sent in place of an instance (b:IsCIM_Error)? */
bool mic_instance_is_error(const struct mic_xml_cursor *element);
/** Read the element into @p arena. Texts that need no change stay on the tape: the instance lives
 * as long as both. @param entry  its class, NULL or without one: strings. @p class_name and
 *  @p name_space are not copied
 *  @return FAILED without @p err when reader->wanted_class must be known first */
MI_Result mic_instance_read(struct mic_instance_reader *reader,
                            const struct mic_xml_cursor *element, struct mic_arena *arena,
                            struct mic_class_entry *entry, const char *class_name,
                            const char *name_space, struct mic_instance **out, struct mic_err *err);
/** Sibling elements, whatever their names, as one array of @p element_type; of strings when one is
 * no such value. Lives as long as tape and arena. @p siblings may be at its end. */
MI_Result mic_instance_read_array(struct mic_instance_reader *reader,
                                  const struct mic_xml_cursor *siblings, struct mic_arena *arena,
                                  MI_Type element_type, const char *name_space, MI_Type *type,
                                  MI_Value *value, struct mic_err *err);
/** Mark the properties that the EPR's selectors name as keys, where no class has said so. */
void mic_instance_mark_keys(struct mic_instance *instance, const struct mic_xml_cursor *selectors);

#endif
