#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "mic_test.h"
#include "xml/xml_reader.h"

static const struct mic_xml_container containers[] = {
    {MIC_XN_S_ENVELOPE, MIC_XN_UNKNOWN},      {MIC_XN_S_HEADER, MIC_XN_S_ENVELOPE},
    {MIC_XN_S_BODY, MIC_XN_S_ENVELOPE},       {MIC_XN_N_PULL_RESPONSE, MIC_XN_S_BODY},
    {MIC_XN_N_ITEMS, MIC_XN_N_PULL_RESPONSE},
};

static void tell_element(struct mic_xml_cursor at, struct mic_buf *out)
{
    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        struct mic_xml_cursor inner = mic_xml_enter(&at);
        struct mic_str type;
        mic_buf_append_str(out, mic_xml_local(&at));
        if (mic_xml_attribute(&at, MIC_XN_XSI_TYPE, &type)) {
            mic_buf_append_format(out, "<%s>", type.data);
        }
        if ((mic_xml_node(&at)->flags & MIC_XML_NIL) != 0) {
            mic_buf_append_text(out, "!");
        }
        if (mic_xml_at(&inner)) {
            mic_buf_append_text(out, "{");
            tell_element(inner, out);
            mic_buf_append_text(out, "}");
        } else {
            mic_buf_append_format(out, "=%s;", mic_xml_value(&at).data);
            MIC_CHECK_INT(strlen(mic_xml_value(&at).data), mic_xml_value(&at).size);
        }
    }
}

static void drain(struct mic_xml_reader *reader, struct mic_buf *out)
{
    static const char *const events[] = {"need", "open", "unit", "close", "end", "error"};
    struct mic_xml_unit unit;
    struct mic_err err;
    enum mic_xml_event event;

    while ((event = mic_xml_reader_take(reader, &unit, &err)) != MIC_XML_NEED) {
        mic_buf_append_format(out, "%s ", events[event]);
        if (event == MIC_XML_ERROR) {
            mic_buf_append_format(out, "%s\n", err.message);
            return;
        }
        struct mic_str local = mic_xml_token_local(unit.container);
        mic_buf_append_format(out, "%.*s ", (int)local.size, local.data);
        if (event == MIC_XML_UNIT) {
            tell_element(unit.cursor, out);
        }
        mic_buf_append_text(out, "\n");
    }
}

/* Feed `text` in pieces of `piece` bytes, the first of `first`; tell what came out. */
static void read_all(struct mic_xml_reader *reader, const char *text, size_t first, size_t piece,
                     struct mic_buf *out)
{
    size_t size = strlen(text), at = 0;

    mic_buf_clear(out);
    mic_xml_reader_reset(reader, 1000000, MIC_XML_UTF8);
    while (at < size) {
        size_t step = at == 0 && first > 0 ? first : piece;
        step = step < size - at ? step : size - at;
        mic_xml_reader_push(reader, text + at, step);
        drain(reader, out);
        at += step;
    }
    mic_xml_reader_end(reader);
    drain(reader, out);
}

#define ENVELOPE(prefix, inner)                                                                    \
    "<" prefix ":Envelope xmlns:" prefix "='http://www.w3.org/2003/05/soap-envelope' "             \
    "xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' xmlns:p='urn:p' "                    \
    "xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration' "                                 \
    "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>" inner "</" prefix ":Envelope>"

static const char page[] = ENVELOPE(
    "s", "<s:Header><p:Odd>1</p:Odd></s:Header><s:Body> <n:PullResponse><n:Items>\n"
         "<p:A xsi:type='p:T'><p:x>\xC3\xA4&amp;\xE2\x82\xAC</p:x><p:y xsi:nil='true'/>"
         "<p:Items><p:z>3</p:z></p:Items></p:A><p:B/><p:C>\r\ntext \xF0\x9F\x98\x80</p:C></n:Items>"
         "<n:EndOfSequence/></n:PullResponse></s:Body>");

static const char page_told[] = "open Envelope \nopen Header \nunit Header Odd=1;\nclose Header \n"
                                "open Body \nopen PullResponse \nopen Items \n"
                                "unit Items A<p:T>{x=\xC3\xA4&\xE2\x82\xAC;y!=;Items{z=3;}}\n"
                                "unit Items B=;\nunit Items C=\ntext \xF0\x9F\x98\x80;\n"
                                "close Items \nunit PullResponse EndOfSequence=;\n"
                                "close PullResponse \nclose Body \nclose Envelope \nend  \n";

MIC_TEST(xml_reader, delivers_units_as_they_close)
{
    struct mic_xml_reader *reader = mic_xml_reader_new(containers, 5);
    struct mic_buf out;

    MIC_REQUIRE(reader != NULL);
    mic_buf_init(&out);
    read_all(reader, page, 0, 16384, &out);
    MIC_CHECK_TEXT(mic_buf_text(&out), page_told);
    mic_buf_fini(&out);
    mic_xml_reader_free(reader);
}

MIC_TEST(xml_reader, entities_stand_for_their_characters_in_attributes_too)
{
    static const char text[] =
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' "
        "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><s:Body><a xsi:type='1 &lt; 2 &amp; "
        "&quot;3&quot; &#62; &#38;'>&amp;&#38;</a></s:Body></s:Envelope>";
    struct mic_xml_reader *reader = mic_xml_reader_new(containers, MIC_COUNT(containers));
    struct mic_buf out;

    mic_buf_init(&out);
    MIC_REQUIRE(reader != NULL);
    read_all(reader, text, 0, sizeof(text), &out);
    MIC_CHECK(strstr(mic_buf_text(&out), "a<1 < 2 & \"3\" > &>=&&;") != NULL);
    mic_xml_reader_free(reader);
    mic_buf_fini(&out);
}

MIC_TEST(xml_reader, splits_do_not_matter)
{
    struct mic_xml_reader *reader = mic_xml_reader_new(containers, 5);
    struct mic_buf out;

    MIC_REQUIRE(reader != NULL);
    mic_buf_init(&out);
    for (size_t first = 1; first < sizeof(page); first++) {
        read_all(reader, page, first, 16384, &out);
        if (!MIC_CHECK_TEXT(mic_buf_text(&out), page_told)) {
            MIC_FAIL("split at %zu", first);
            break;
        }
    }
    for (size_t piece = 1; piece < 12; piece++) {
        read_all(reader, page, 0, piece, &out);
        MIC_CHECK_TEXT(mic_buf_text(&out), page_told);
    }
    mic_buf_fini(&out);
    mic_xml_reader_free(reader);
}

MIC_TEST(xml_reader, a_new_document_follows_at_any_byte)
{
    static const char two[] = " \n<?xml version='1.0' encoding='utf-8'?>" ENVELOPE(
        "s", "<s:Body><p:A>1</p:A></s:Body>")
        ENVELOPE("q", "<q:Body/>") "\xEF\xBB\xBF\r\n" ENVELOPE("s", "<s:Header/><!-- > -->") " ";
    static const char told[] = "open Envelope \nopen Body \nunit Body A=1;\nclose Body \n"
                               "close Envelope \nend  \nopen Envelope \nopen Body \nclose Body \n"
                               "close Envelope \nend  \nopen Envelope \nopen Header \n"
                               "close Header \nclose Envelope \nend  \n";
    struct mic_xml_reader *reader = mic_xml_reader_new(containers, 5);
    struct mic_buf out;

    MIC_REQUIRE(reader != NULL);
    mic_buf_init(&out);
    for (size_t first = 0; first < sizeof(two); first++) {
        read_all(reader, two, first, 16384, &out);
        if (!MIC_CHECK_TEXT(mic_buf_text(&out), told)) {
            MIC_FAIL("split at %zu", first);
            break;
        }
    }
    read_all(reader, two, 0, 1, &out);
    MIC_CHECK_TEXT(mic_buf_text(&out), told);
    mic_buf_fini(&out);
    mic_xml_reader_free(reader);
}

MIC_TEST(xml_reader, declared_encoding_does_not_change_the_bytes)
{
    static const char text[] = "<?xml version='1.0' encoding='iso-8859-1'?>" ENVELOPE(
        "s", "<s:Body><p:A>\xC3\xA4</p:A></s:Body>");
    struct mic_xml_reader *reader = mic_xml_reader_new(containers, 5);
    struct mic_buf out;

    MIC_REQUIRE(reader != NULL);
    mic_buf_init(&out);
    read_all(reader, text, 0, 16384, &out);
    MIC_CHECK(strstr(mic_buf_text(&out), "A=\xC3\xA4;") != NULL);
    mic_buf_fini(&out);
    mic_xml_reader_free(reader);
}

MIC_TEST(xml_reader, units_before_an_error_come_first)
{
    static const char text[] = "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'>"
                               "<s:Body><a>1</a><b></c>";
    struct mic_xml_reader *reader = mic_xml_reader_new(containers, 5);
    struct mic_buf out;

    MIC_REQUIRE(reader != NULL);
    mic_buf_init(&out);
    read_all(reader, text, 0, 16384, &out);
    MIC_CHECK(strstr(mic_buf_text(&out), "unit Body a=1;\nerror the reply is not well-formed") !=
              NULL);
    MIC_CHECK(strstr(mic_buf_text(&out), "line 1") != NULL);
    /* The same reader reads the next stream. */
    read_all(reader, page, 0, 16384, &out);
    MIC_CHECK_TEXT(mic_buf_text(&out), page_told);
    mic_buf_fini(&out);
    mic_xml_reader_free(reader);
}

MIC_TEST(xml_reader, memory_is_one_unit_and_one_piece)
{
    struct mic_xml_reader *reader = mic_xml_reader_new(containers, 5);
    struct mic_xml_unit unit;
    struct mic_err err;
    char item[2000];
    uint32_t highest = 0;

    MIC_REQUIRE(reader != NULL);
    snprintf(item, sizeof(item), "<p:A><p:x>%01500d</p:x></p:A>", 7);
    mic_xml_reader_reset(reader, 100000000, MIC_XML_UTF8);
    const char *begin = "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' "
                        "xmlns:p='urn:p'><s:Body>";
    mic_xml_reader_push(reader, begin, strlen(begin));
    for (int i = 0; i < 2000; i++) {
        mic_xml_reader_push(reader, item, 700);
        mic_xml_reader_push(reader, item + 700, strlen(item) - 700);
        while (mic_xml_reader_take(reader, &unit, &err) == MIC_XML_UNIT) {
            highest = unit.cursor.tape->text_capacity > highest ? unit.cursor.tape->text_capacity
                                                                : highest;
        }
    }
    MIC_CHECK(highest > 0 && highest <= 16384);
    mic_xml_reader_free(reader);
}
