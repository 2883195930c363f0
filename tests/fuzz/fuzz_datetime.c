/* Any bytes as a date or interval: what is taken is in range, and comes back from its own text. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/datetime.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool held)
{
    if (!held) {
        abort();
    }
}

static void check_round_trip(const MI_Datetime *value)
{
    char text[MIC_XS_TEXT_SIZE];
    MI_Datetime back;

    require(mic_datetime_to_cim(value, text));
    require(mic_datetime_from_text(text, strlen(text), &back));
    require(memcmp(&back, value, sizeof(back)) == 0);
    if (!value->isTimestamp) {
        require(mic_interval_to_xs(&value->u.interval, text, sizeof(text)));
    } else if (!mic_timestamp_to_xs(&value->u.timestamp, text, sizeof(text))) {
        /* Only an offset that xs:dateTime cannot say. */
        require(value->u.timestamp.utc > 840 || value->u.timestamp.utc < -840);
        return;
    }
    require(mic_datetime_from_text(text, strlen(text), &back));
    require(memcmp(&back, value, sizeof(back)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *text = (const char *)bytes;
    MI_Datetime value;

    memset(&value, 0, sizeof(value));
    if (mic_datetime_from_text(text, size, &value)) {
        check_round_trip(&value);
    }
    if (mic_datetime_from_cim(text, size, &value)) {
        check_round_trip(&value);
    }
    if (mic_datetime_from_xs(text, size, &value)) {
        check_round_trip(&value);
    }
    if (mic_interval_from_xs(text, size, &value)) {
        check_round_trip(&value);
    }
    return 0;
}
