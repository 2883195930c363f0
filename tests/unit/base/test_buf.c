#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "fail_alloc.h"
#include "mic_test.h"

MIC_TEST(buf, an_empty_one_has_empty_text)
{
    struct mic_buf buf;

    mic_buf_init(&buf);
    MIC_CHECK_TEXT(mic_buf_text(&buf), "");
    MIC_CHECK_INT(buf.size, 0);
    mic_buf_fini(&buf);
}

MIC_TEST(buf, pieces_follow_each_other_past_every_growth)
{
    struct mic_buf buf;
    char expected[4000] = "";

    mic_buf_init(&buf);
    for (size_t i = 0; i < 1000; i++) {
        mic_buf_append_char(&buf, 'a');
        mic_buf_append_text(&buf, "bc");
        mic_buf_append_str(&buf, (struct mic_str){"dx", 1});
        memcpy(expected + i * 4, "abcd", 4);
    }
    MIC_CHECK(!buf.failed);
    MIC_CHECK_BYTES(buf.data, buf.size, expected, sizeof(expected));
    mic_buf_fini(&buf);
}

MIC_TEST(buf, format_writes_texts_longer_than_its_first_room)
{
    struct mic_buf buf;
    char wide[600];

    memset(wide, 'x', sizeof(wide) - 1);
    wide[sizeof(wide) - 1] = '\0';
    mic_buf_init(&buf);
    mic_buf_append_format(&buf, "%d-%s", 7, "a");
    mic_buf_append_format(&buf, "[%s]", wide);
    MIC_CHECK_INT(buf.size, 3 + 599 + 2);
    MIC_CHECK(memcmp(mic_buf_text(&buf), "7-a[xxx", 7) == 0);
    MIC_CHECK_TEXT(mic_buf_text(&buf) + 600, "xxx]");
    mic_buf_fini(&buf);
}

MIC_TEST(buf, consume_drops_from_the_front)
{
    struct mic_buf buf;

    mic_buf_init(&buf);
    mic_buf_append_text(&buf, "abcdef");
    mic_buf_consume(&buf, 0);
    mic_buf_consume(&buf, 2);
    MIC_CHECK_TEXT(mic_buf_text(&buf), "cdef");
    mic_buf_consume(&buf, 100);
    MIC_CHECK_INT(buf.size, 0);
    mic_buf_fini(&buf);
}

MIC_TEST(buf, steal_hands_over_terminated_bytes_and_empties)
{
    struct mic_buf buf;
    size_t size = 0;
    char *bytes;

    mic_buf_init(&buf);
    mic_buf_append_text(&buf, "abc");
    bytes = mic_buf_steal(&buf, &size);
    MIC_CHECK_TEXT(bytes, "abc");
    MIC_CHECK_INT(size, 3);
    MIC_CHECK(buf.data == NULL && buf.size == 0 && buf.capacity == 0);
    mic_free(bytes);
    bytes = mic_buf_steal(&buf, NULL);
    MIC_CHECK_TEXT(bytes, "");
    mic_free(bytes);
    mic_buf_fini(&buf);
}

MIC_TEST(buf, failure_sticks_until_cleared)
{
    struct mic_buf buf;

    mic_buf_init(&buf);
    mic_buf_append_text(&buf, "kept");
    MIC_CHECK(!mic_buf_reserve(&buf, SIZE_MAX));
    MIC_CHECK(buf.failed);
    mic_buf_append_text(&buf, "lost");
    mic_buf_append_char(&buf, 'x');
    mic_buf_append_format(&buf, "%d", 1);
    MIC_CHECK_INT(buf.size, 4);
    MIC_CHECK_TEXT(mic_buf_text(&buf), "");
    MIC_CHECK(mic_buf_steal(&buf, NULL) == NULL);
    mic_buf_clear(&buf);
    mic_buf_append_text(&buf, "new");
    MIC_CHECK_TEXT(mic_buf_text(&buf), "new");
    mic_buf_fini(&buf);
}

static bool fill_buf(void *context)
{
    struct mic_buf buf;
    bool ok;

    (void)context;
    mic_buf_init(&buf);
    for (int i = 0; i < 500; i++) {
        mic_buf_append_format(&buf, "item %d;", i);
    }
    ok = *mic_buf_text(&buf) != '\0' && !buf.failed;
    mic_buf_fini(&buf);
    return ok;
}

MIC_TEST(buf, survives_failure_of_each_allocation)
{
    MIC_CHECK(mic_fail_alloc_each(fill_buf, NULL) > 3);
}
