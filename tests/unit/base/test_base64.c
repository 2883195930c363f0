#include <stdint.h>
#include <string.h>

#include "base/base64.h"
#include "fail_alloc.h"
#include "mic_test.h"

static const struct {
    const char *bytes, *text;
} rfc4648[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

MIC_TEST(base64, vectors_of_rfc_4648)
{
    struct mic_buf buf;

    mic_buf_init(&buf);
    for (size_t i = 0; i < sizeof(rfc4648) / sizeof(rfc4648[0]); i++) {
        mic_buf_clear(&buf);
        mic_base64_encode(&buf, rfc4648[i].bytes, strlen(rfc4648[i].bytes));
        MIC_CHECK_TEXT(mic_buf_text(&buf), rfc4648[i].text);
        mic_buf_clear(&buf);
        MIC_CHECK(mic_base64_decode(&buf, mic_str_from(rfc4648[i].text)));
        MIC_CHECK_TEXT(mic_buf_text(&buf), rfc4648[i].bytes);
    }
    mic_buf_fini(&buf);
}

MIC_TEST(base64, any_bytes_come_back)
{
    unsigned char bytes[200];
    struct mic_buf text, back;

    mic_buf_init(&text);
    mic_buf_init(&back);
    for (size_t size = 0; size < sizeof(bytes); size++) {
        for (size_t i = 0; i < size; i++) {
            bytes[i] = (unsigned char)mic_test_random();
        }
        mic_buf_clear(&text);
        mic_buf_clear(&back);
        mic_base64_encode(&text, bytes, size);
        MIC_CHECK(mic_base64_decode(&back, (struct mic_str){text.data, text.size}));
        MIC_CHECK_BYTES(back.data, back.size, bytes, size);
    }
    mic_buf_fini(&text);
    mic_buf_fini(&back);
}

MIC_TEST(base64, white_space_is_skipped)
{
    struct mic_buf buf;

    mic_buf_init(&buf);
    MIC_CHECK(mic_base64_decode(&buf, MIC_STR("\r\n Zm9v\n\tYg = =\n")));
    MIC_CHECK_TEXT(mic_buf_text(&buf), "foob");
    mic_buf_fini(&buf);
}

MIC_TEST(base64, wrong_texts_leave_the_buffer_as_it_was)
{
    static const char *const wrong[] = {"Z",     "Zg",     "Zg=",  "Zg===",    "Zm8==", "Zm9v=",
                                        "=",     "====",   "Z===", "Zg==Zg==", "Zm-v",  "Zm_v",
                                        "Zm9\v", "Zm9v\0", "Z=g=", "\x80m9v"};
    struct mic_buf buf;

    mic_buf_init(&buf);
    mic_buf_append_text(&buf, "kept");
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        size_t size = i == 13 ? 5 : strlen(wrong[i]);

        if (mic_base64_decode(&buf, (struct mic_str){wrong[i], size})) {
            MIC_FAIL("taken: %s", wrong[i]);
        }
        MIC_CHECK_INT(buf.size, 4);
        MIC_CHECK(!buf.failed);
    }
    MIC_CHECK_TEXT(mic_buf_text(&buf), "kept");
    mic_buf_fini(&buf);
}

MIC_TEST(base64, out_of_memory_leaves_the_buffer_as_it_was)
{
    struct mic_buf buf;

    mic_buf_init(&buf);
    mic_fail_alloc_at(1);
    MIC_CHECK(!mic_base64_decode(&buf, MIC_STR("Zm9v")));
    mic_fail_alloc_at(1);
    mic_base64_encode(&buf, "foo", 3);
    mic_fail_alloc_at(0);
    MIC_CHECK_INT(buf.size, 0);
    MIC_CHECK(buf.failed);
    mic_buf_fini(&buf);
}
