/** Idle readers kept for the next stream: a reader that has met the protocol's names before parses
 * a small reply at half the cost. One pool per application; every function on any thread, no locks.
 */
#ifndef MIC_XML_XML_POOL_H
#define MIC_XML_XML_POOL_H

#include "xml/xml_reader.h"

struct mic_xml_pool;

/** @return NULL when out of memory, which users may take for no pool at all. */
struct mic_xml_pool *mic_xml_pool_new(void);
/** Every reader must have come back. */
void mic_xml_pool_free(struct mic_xml_pool *pool);
/** An idle reader, or a new one; @p pool may be NULL. @return NULL when out of memory */
struct mic_xml_reader *mic_xml_pool_acquire(struct mic_xml_pool *pool,
                                            const struct mic_xml_container *containers,
                                            size_t count);
/** Keep the reader, or free it where enough are kept. Both may be NULL. */
void mic_xml_pool_release(struct mic_xml_pool *pool, struct mic_xml_reader *reader);

#endif
