/** URIs that are values, not namespaces of elements. */
#ifndef MIC_WSMAN_URIS_H
#define MIC_WSMAN_URIS_H

#define MIC_URI_ANONYMOUS  "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
#define MIC_URI_CIM_SCHEMA "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2"
#define MIC_URI_CIM_XML    "http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*"
#define MIC_URI_WMI        "http://schemas.microsoft.com/wbem/wsman/1/wmi/"
#define MIC_URI_TRANSFER   "http://schemas.xmlsoap.org/ws/2004/09/transfer/"
#define MIC_URI_ENUMERATE  "http://schemas.xmlsoap.org/ws/2004/09/enumeration/"

#endif
