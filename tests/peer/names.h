#ifndef PEER_NAMES_H
#define PEER_NAMES_H

/* XML namespaces the protocol uses; the order is that of the prefix tables in dialect.c. */
enum peer_ns {
    NS_SOAP,
    NS_ADDRESSING,
    NS_ENUMERATION,
    NS_TRANSFER,
    NS_EVENTING,
    NS_WSMAN,
    NS_MSWSMAN,
    NS_BINDING,
    NS_COUNT
};

#define URI_SOAP         "http://www.w3.org/2003/05/soap-envelope"
#define URI_SOAP11       "http://schemas.xmlsoap.org/soap/envelope/"
#define URI_ADDRESSING   "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define URI_ENUMERATION  "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
#define URI_TRANSFER     "http://schemas.xmlsoap.org/ws/2004/09/transfer"
#define URI_EVENTING     "http://schemas.xmlsoap.org/ws/2004/08/eventing"
#define URI_WSMAN        "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
#define URI_MSWSMAN      "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"
#define URI_BINDING      "http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"
#define URI_CIM          "http://schemas.dmtf.org/wbem/wscim/1/common"
#define URI_XSI          "http://www.w3.org/2001/XMLSchema-instance"
#define URI_WSMID        "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"
#define URI_WSMANFAULT   "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"
#define URI_ANONYMOUS    URI_ADDRESSING "/role/anonymous"
#define URI_FAULT_DETAIL "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/"

#define RES_DMTF       "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
#define RES_ALL        "http://schemas.dmtf.org/wbem/wscim/1/*"
#define RES_CIMXML     "http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*"
#define RES_WMI        "http://schemas.microsoft.com/wbem/wsman/1/wmi/"
#define RES_DELL       "http://schemas.dell.com/wbem/wscim/1/cim-schema/2/"
#define RES_ROBUST     "http://schemas.microsoft.com/wbem/wsman/1/wsman/RobustConnection"
#define RES_CONFIG     "http://schemas.microsoft.com/wbem/wsman/1/config"
#define RES_FULLDUPLEX "http://schemas.microsoft.com/wbem/wsman/1/wsman/FullDuplex"

#endif
