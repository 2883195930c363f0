#ifndef MIC_TESTS_WIN32_STANDIN_H
#define MIC_TESTS_WIN32_STANDIN_H

/** The stand-in mi.dll: the exports of the native one, and standin_control, which a test finds with
 *  GetProcAddress. Every table of the API is there. Every slot writes a line to the log, fills each
 *  output with a value a test can recognise (below), calls the callbacks it was given back, and
 *  returns the result the test asked for. */

#include <mi.h>

#define STANDIN_LOG_SIZE 65536

struct standin {
    /** What every slot returns from now on; MI_RESULT_OK at first. */
    MI_Result result;
    /** Lines of record_line, each ended by '\n'; the reader empties it by writing '\0'. */
    char log[STANDIN_LOG_SIZE];
    /** The objects every MI_Instance **, MI_Class ** and MI_PropertySet ** output is set to. */
    MI_Instance *instance;
    MI_Class *class_object;
    MI_PropertySet *property_set;
    MI_Filter *filter;
    /** Times the library was attached to this process. */
    long loads;
    /** The thread callbacks are made on is not the caller's. */
    unsigned long callback_thread;
};

typedef struct standin *(*standin_control_fn)(void);

/** What outputs are set to, by the slot (from 0) and the place of the parameter (from 0). */
#define STANDIN_NUMBER(slot, place) (1000U * ((slot) + 1U) + (place))
#define STANDIN_TEXT(name)          L##name L" \u4f60\u00fc"
#define STANDIN_RESULT              MI_RESULT_NOT_FOUND
#define STANDIN_TYPE                MI_STRING
#define STANDIN_BYTE                0xA5

#endif
