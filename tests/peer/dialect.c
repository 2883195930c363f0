#include "dialect.h"

#include <stddef.h>
#include <string.h>

static const struct peer_dialect dialects[] = {
    {
        .id = DIALECT_WINDOWS,
        .name = "windows",
        .prefix = {"s", "a", "n", "x", "e", "w", "p", "b"},
        .class_prefix = "p",
        .server = "Microsoft-HTTPAPI/2.0",
        .realm = "WSMAN",
        .offer = "Negotiate,Kerberos,Basic",
        .vendor = "Microsoft Corporation",
        .product_version = "OS: 10.0.20348 SP: 0.0 Stack: 3.0",
        .has_get_class = true,
        .chunked = true,
        .first_batch = 1,
        .yes = "true",
        .no = "false",
        .filters_control = true,
        .keys_ignore_case = true,
    },
    {
        .id = DIALECT_OMI,
        .name = "omi",
        .prefix = {"SOAP-ENV", "wsa", "wsen", "wxf", "e", "wsman", "msftwinrm", "wsmb"},
        .class_prefix = "p",
        .realm = "WSMAN",
        .offer = "Basic,Negotiate,Kerberos",
        .vendor = "Open Management Infrastructure",
        .product_version = "1.0.8-6",
        .has_get_class = true,
        .yes = "TRUE",
        .no = "FALSE",
        .char16_number = true,
        .knows_polymorphism = true,
    },
    {
        .id = DIALECT_OPENWSMAN,
        .name = "openwsman",
        .prefix = {"s", "wsa", "wsen", "wxf", "wse", "wsman", "p", "wsmb"},
        .class_prefix = "n1",
        .class_on_envelope = true,
        .server = "openwsman/2.8",
        .reason = "(null)",
        .close_always = true,
        .xml_declaration = true,
        .realm = "OPENWSMAN",
        .offer = "Basic",
        .vendor = "Openwsman Project",
        .product_version = "2.8",
        .epr_nested = true,
        .yes = "true",
        .no = "false",
        .knows_polymorphism = true,
    },
    {
        .id = DIALECT_IDRAC,
        .name = "idrac",
        .prefix = {"s", "wsa", "wsen", "wxf", "wse", "wsman", "p", "wsmb"},
        .class_prefix = "n1",
        .class_on_envelope = true,
        .server = "Embedthis-Appweb/3.1.1",
        .xml_declaration = true,
        .realm = "OPENWSMAN",
        .offer = "Basic",
        .vendor = "Openwsman Project",
        .product_version = "2.2.4",
        .epr_nested = true,
        .yes = "true",
        .no = "false",
    },
};

const struct peer_dialect *peer_dialect_find(const char *name)
{
    for (size_t i = 0; i < sizeof dialects / sizeof dialects[0]; i++) {
        if (strcmp(dialects[i].name, name) == 0) {
            return &dialects[i];
        }
    }
    return NULL;
}
