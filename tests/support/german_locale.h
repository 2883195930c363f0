/** A locale whose decimal point is a comma, for tests of texts that must not depend on it. */
#ifndef MIC_GERMAN_LOCALE_H
#define MIC_GERMAN_LOCALE_H

/** Generate de_DE with localedef in a folder of its own and make it the process's locale.
 *  @return NULL, or why that is not possible here, for MIC_SKIP */
const char *mic_german_locale_begin(void);
/** Back to "C", and remove the folder. */
void mic_german_locale_end(void);

#endif
