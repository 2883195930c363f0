#include "base/buf.h"
#include "mic_test.h"
#include "xml/xml_writer.h"

MIC_TEST(xml_writer, escapes_text_and_attributes)
{
    struct mic_buf out;
    struct mic_xml_writer writer;

    mic_buf_init(&out);
    mic_xml_writer_init(&writer, &out);
    mic_xml_open(&writer, MIC_XN_W_SELECTOR_SET);
    mic_xml_declare(&writer, MIC_XNS_W);
    mic_xml_open(&writer, MIC_XN_W_SELECTOR);
    mic_xml_attr(&writer, MIC_XN_ATTR_NAME, MIC_STR("a\"<&>\n\t\rb"));
    mic_xml_text(&writer, MIC_STR("x<&>\"\n\t\ry"));
    mic_xml_close(&writer, MIC_XN_W_SELECTOR);
    mic_xml_open_name(&writer, "p0", MIC_STR("Own"));
    mic_xml_declare_uri(&writer, "p0", MIC_STR("urn:a&b"));
    mic_xml_close_name(&writer, "p0", MIC_STR("Own"));
    mic_xml_leaf(&writer, MIC_XN_VALUE, MIC_STR(""));
    mic_xml_close(&writer, MIC_XN_W_SELECTOR_SET);
    MIC_CHECK_INT(mic_xml_writer_status(&writer), MIC_XML_WRITE_OK);
    MIC_CHECK_TEXT(
        mic_buf_text(&out),
        "<w:SelectorSet xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\">"
        "<w:Selector Name=\"a&quot;&lt;&amp;&gt;&#10;&#9;&#13;b\">x&lt;&amp;&gt;\"\n\t&#13;y"
        "</w:Selector><p0:Own xmlns:p0=\"urn:a&amp;b\"/><VALUE></VALUE>"
        "</w:SelectorSet>");
    mic_buf_fini(&out);
}

MIC_TEST(xml_writer, refuses_what_xml_cannot_carry)
{
    struct mic_buf out;
    struct mic_xml_writer writer;

    mic_buf_init(&out);
    mic_xml_writer_init(&writer, &out);
    mic_xml_leaf(&writer, MIC_XN_VALUE, MIC_STR("ab\x07"));
    MIC_CHECK_INT(mic_xml_writer_status(&writer), MIC_XML_WRITE_CONTROL);
    MIC_CHECK_INT(writer.bad_at, 2);
    mic_xml_writer_init(&writer, &out);
    mic_xml_leaf(&writer, MIC_XN_VALUE, MIC_STR("a\xC3("));
    MIC_CHECK_INT(mic_xml_writer_status(&writer), MIC_XML_WRITE_UTF8);
    MIC_CHECK_INT(writer.bad_at, 1);
    mic_buf_fini(&out);
}

MIC_TEST(xml_names, neighbouring_namespaces_stand_for_each_other)
{
    enum mic_xml_ns n =
        mic_xml_ns_find(MIC_STR("http://schemas.xmlsoap.org/ws/2004/09/enumeration"));
    enum mic_xml_ns w = mic_xml_ns_find(MIC_STR("http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"));

    MIC_CHECK_INT(n, MIC_XNS_N);
    MIC_CHECK_INT(mic_xml_token_find(w, MIC_STR("Items")), MIC_XN_N_ITEMS);
    MIC_CHECK_INT(mic_xml_token_find(w, MIC_STR("MaxElements")), MIC_XN_W_MAX_ELEMENTS);
    MIC_CHECK_INT(mic_xml_token_find(n, MIC_STR("MaxElements")), MIC_XN_N_MAX_ELEMENTS);
    MIC_CHECK_INT(mic_xml_token_find(MIC_XNS_UNKNOWN, MIC_STR("Items")), MIC_XN_UNKNOWN);
    MIC_CHECK_INT(mic_xml_token_find(MIC_XNS_NONE, MIC_STR("Items")), MIC_XN_UNKNOWN);
    MIC_CHECK_INT(mic_xml_ns_find(MIC_STR("http://www.w3.org/2005/08/addressing")), MIC_XNS_A);
}
