/* All classes there are. */
#include <string.h>

#include "model.h"

struct peer_catalog *peer_catalog_new(void)
{
    static const struct peer_class *(*const tables[])(size_t * count) = {
        peer_live_classes, peer_test_classes,    peer_many_classes,  peer_link_classes,
        peer_note_classes, peer_service_classes, peer_alert_classes,
    };
    struct peer_catalog *catalog = peer_xmalloc(sizeof *catalog);
    memset(catalog, 0, sizeof *catalog);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        size_t count;
        const struct peer_class *table = tables[i](&count);

        peer_catalog_add(catalog, table, count);
    }
    return catalog;
}
