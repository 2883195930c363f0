/** URIs that are values, not namespaces of elements. */
#ifndef MIC_WSMAN_URIS_H
#define MIC_WSMAN_URIS_H

#define MIC_URI_ANONYMOUS  "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
#define MIC_URI_CIM_ALL    "http://schemas.dmtf.org/wbem/wscim/1/*"
#define MIC_URI_CIM_SCHEMA "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2"
#define MIC_URI_CIM_XML    "http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*"
#define MIC_URI_WMI        "http://schemas.microsoft.com/wbem/wsman/1/wmi/"
#define MIC_URI_TRANSFER   "http://schemas.xmlsoap.org/ws/2004/09/transfer/"
#define MIC_URI_ENUMERATE  "http://schemas.xmlsoap.org/ws/2004/09/enumeration/"

#define MIC_URI_DIALECT_WQL      "http://schemas.microsoft.com/wbem/wsman/1/WQL"
#define MIC_URI_DIALECT_CQL      "http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf"
#define MIC_URI_DIALECT_SELECTOR "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter"
#define MIC_URI_DIALECT_ASSOCIATION                                                                \
    "http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter"

#endif
