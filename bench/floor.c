/* The floor: the same requests over a raw socket, the replies through libxml2's SAX2 push parser
 * with empty handlers and nothing else, one parser context per reply.
 *
 *   floor enumerate PORT    the Enumerate and its Pulls of Peer_Many
 *   floor first PORT        the same until the first instance is there
 *   floor get PORT COUNT    sequential Gets of one Peer_Many instance
 *   floor invoke PORT COUNT sequential Invokes of a static method
 *   floor subscribe PORT COUNT  COUNT indications that wait at the server
 *   floor sessions PORT N   N connections at once, one Get each
 */
#include "measure.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libxml/parser.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PIECE = 16384, REPLY_MAX = 4 << 20 };

#define S     "http://www.w3.org/2003/05/soap-envelope"
#define A     "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define N     "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
#define W     "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
#define E     "http://schemas.xmlsoap.org/ws/2004/08/eventing"
#define CIM   "http://schemas.dmtf.org/wbem/wscim/1/"
#define CLASS CIM "cim-schema/2/Peer_Many"
#define BASE  CIM "cim-schema/2/Peer_Base"

static const char envelope[] =
    "<s:Envelope xmlns:s=\"" S "\" xmlns:a=\"" A "\" xmlns:n=\"" N "\" xmlns:w=\"" W "\"><s:Header>"
    "<a:To>http://127.0.0.1/wsman</a:To><w:ResourceURI s:mustUnderstand=\"true\">%s"
    "</w:ResourceURI><a:ReplyTo><a:Address s:mustUnderstand=\"true\">" A
    "/role/anonymous</a:Address></a:ReplyTo><a:Action s:mustUnderstand=\"true\">%s</a:Action>"
    "<w:MaxEnvelopeSize s:mustUnderstand=\"true\">512000</w:MaxEnvelopeSize>"
    "<a:MessageID>uuid:00000000-0000-4000-8000-%012lu</a:MessageID>"
    "<w:SelectorSet><w:Selector "
    "Name=\"__cimnamespace\">root/cimv2</w:Selector>%s</"
    "w:SelectorSet><w:OperationTimeout>PT60.000S</w:OperationTimeout>"
    "</s:Header><s:Body>%s</s:Body></s:Envelope>";
static const char enumerate_body[] =
    "<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements>"
    "<w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode></n:Enumerate>";

struct reply {
    char *bytes;
    size_t size, header_size, content_length;
    bool is_chunked;
};

struct counter {
    const char *item; /* the element that is one */
    unsigned long items;
    struct measure *measure;
};

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int nb_namespaces, const xmlChar **namespaces, int nb_attributes,
                     int nb_defaulted, const xmlChar **attributes)
{
    struct counter *counter = context;
    (void)prefix, (void)uri, (void)nb_namespaces, (void)namespaces;
    (void)nb_attributes, (void)nb_defaulted, (void)attributes;
    if (name[0] == 'P' && name[4] == '_' && strcmp((const char *)name, counter->item) == 0) {
        counter->items++;
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct counter *counter = context;
    (void)prefix, (void)uri;
    if (name[0] == 'P' && counter->measure->first_us == 0 &&
        strcmp((const char *)name, counter->item) == 0) {
        measure_first(counter->measure);
    }
}

static void on_text(void *context, const xmlChar *text, int size)
{
    (void)context, (void)text, (void)size;
}

static xmlParserCtxtPtr parser_new(struct counter *counter)
{
    xmlSAXHandler handler;
    memset(&handler, 0, sizeof(handler));
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = on_start;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, counter, NULL, 0, NULL);
    if (parser == NULL) {
        bench_die("no parser");
    }
    return parser;
}

static int connect_to(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
        bench_die("cannot connect");
    }
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    return fd;
}

static size_t request_of(char *out, size_t size, unsigned port, const char *uri, const char *action,
                         const char *selectors, const char *body)
{
    static unsigned long number;
    char *xml = out + 512;
    int length = snprintf(xml, size - 512, envelope, uri, action, ++number, selectors, body);
    int header = snprintf(
        out, 512,
        "POST /wsman HTTP/1.1\r\nConnection: Keep-Alive\r\n"
        "Content-Type: application/soap+xml;charset=UTF-8\r\n"
        "User-Agent: Microsoft WinRM Client\r\nContent-Length: %d\r\nHost: 127.0.0.1:%u\r\n\r\n",
        length, port);
    memmove(out + header, xml, (size_t)length);
    return (size_t)(header + length);
}

static void send_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) {
            bench_die("send failed");
        }
        bytes += sent;
        size -= (size_t)sent;
    }
}

/* The header once it is all there. */
static bool read_header(struct reply *reply)
{
    char *end = reply->size >= 4 ? memmem(reply->bytes, reply->size, "\r\n\r\n", 4) : NULL;
    if (end == NULL) {
        return false;
    }
    reply->bytes[reply->size] = '\0';
    if (strncmp(reply->bytes, "HTTP/1.1 200", 12) != 0) {
        fprintf(stderr, "%s\n", reply->bytes);
        bench_die("not 200");
    }
    reply->header_size = (size_t)(end - reply->bytes) + 4;
    char *length = strcasestr(reply->bytes, "content-length:");
    reply->is_chunked = length == NULL || length > end;
    if (reply->is_chunked) {
        bench_die("the floor wants Content-Length");
    }
    (void)sscanf(length + 15, "%zu", &reply->content_length);
    if (reply->header_size + reply->content_length >= REPLY_MAX) {
        bench_die("reply too large");
    }
    return true;
}

/* Reads one reply, parsing as it comes. */
static void take_reply(int fd, struct reply *reply, struct counter *counter)
{
    xmlParserCtxtPtr parser = parser_new(counter);
    size_t parsed = 0;
    reply->size = reply->header_size = 0;
    for (;;) {
        ssize_t got = recv(fd, reply->bytes + reply->size, 65536, 0);
        if (got <= 0) {
            bench_die("connection lost");
        }
        reply->size += (size_t)got;
        if (reply->header_size == 0 && !read_header(reply)) {
            continue;
        }
        const char *body = reply->bytes + reply->header_size;
        size_t have = reply->size - reply->header_size;
        while (parsed < have) {
            size_t piece = have - parsed > PIECE ? PIECE : have - parsed;
            xmlParseChunk(parser, body + parsed, (int)piece, 0);
            parsed += piece;
        }
        if (have >= reply->content_length) {
            break;
        }
    }
    if (xmlParseChunk(parser, "", 0, 1) != 0) {
        bench_die("bad XML");
    }
    reply->bytes[reply->size] = '\0';
    xmlFreeParserCtxt(parser);
}

static bool next_context(const struct reply *reply, char *out, size_t size)
{
    const char *body = reply->bytes + reply->header_size;
    const char *start = strstr(body, "EnumerationContext>");
    if (start == NULL || strstr(body, "EndOfSequence") != NULL) {
        return false;
    }
    start += strlen("EnumerationContext>");
    (void)snprintf(out, size, "%.*s", (int)strcspn(start, "<"), start);
    return true;
}

static void enumerate(unsigned port, bool only_first)
{
    struct measure measure;
    struct counter counter = {"Peer_Many", 0, &measure};
    struct reply reply = {.bytes = malloc(REPLY_MAX)};
    char request[8192], body[1024], context[512];

    measure_start(&measure);
    int fd = connect_to(port);
    size_t size =
        request_of(request, sizeof(request), port, CLASS, N "/Enumerate", "", enumerate_body);
    for (;;) {
        send_all(fd, request, size);
        take_reply(fd, &reply, &counter);
        if ((only_first && counter.items > 0) || !next_context(&reply, context, sizeof(context))) {
            break;
        }
        (void)snprintf(body, sizeof(body),
                       "<n:Pull><n:EnumerationContext>%s</n:EnumerationContext>"
                       "<n:MaxElements>32000</n:MaxElements></n:Pull>",
                       context);
        size = request_of(request, sizeof(request), port, CLASS, N "/Pull", "", body);
    }
    close(fd);
    measure_print(&measure, only_first ? "floor_first" : "floor_enumerate", counter.items, -1);
    free(reply.bytes);
}

static const char get_action[] = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get";
static const char get_key[] = "<w:Selector Name=\"Id\">1</w:Selector>";

static void get(unsigned port, unsigned long count)
{
    struct measure measure;
    struct counter counter = {"Peer_Many", 0, &measure};
    struct reply reply = {.bytes = malloc(REPLY_MAX)};
    char request[8192];

    measure_start(&measure);
    int fd = connect_to(port);
    for (unsigned long i = 0; i < count; i++) {
        send_all(fd, request,
                 request_of(request, sizeof(request), port, CLASS, get_action, get_key, ""));
        take_reply(fd, &reply, &counter);
    }
    close(fd);
    measure_print(&measure, "floor_get", counter.items, -1);
    free(reply.bytes);
}

static void invoke(unsigned port, unsigned long count)
{
    static const char body[] = "<p:Add_INPUT xmlns:p=\"" BASE "\" "
                               "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                               "xmlns:cim=\"" CIM "common\" xsi:type=\"p:Add_INPUT_Type\">"
                               "<p:X xsi:type=\"cim:cimUnsignedInt\">1</p:X>"
                               "<p:Y xsi:type=\"cim:cimUnsignedInt\">2</p:Y></p:Add_INPUT>";
    struct measure measure;
    struct counter counter = {"Add_OUTPUT", 0, &measure};
    struct reply reply = {.bytes = malloc(REPLY_MAX)};
    char request[8192];

    measure_start(&measure);
    int fd = connect_to(port);
    for (unsigned long i = 0; i < count; i++) {
        send_all(fd, request,
                 request_of(request, sizeof(request), port, BASE, BASE "/Add", "", body));
        take_reply(fd, &reply, &counter);
    }
    close(fd);
    measure_print(&measure, "floor_invoke", count, -1);
    free(reply.bytes);
}

static void subscribe(unsigned port, unsigned long count)
{
    static const char subscription[] =
        "<e:Subscribe xmlns:e=\"" E "\"><e:Delivery "
        "Mode=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull\"/><w:Filter "
        "Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">SELECT * FROM Peer_Alert"
        "</w:Filter><w:SendBookmarks/><w:Bookmark>"
        "http://schemas.dmtf.org/wbem/wsman/1/wsman/bookmark/earliest</w:Bookmark></e:Subscribe>";
    struct measure measure;
    struct counter counter = {"Peer_Alert", 0, &measure};
    struct reply reply = {.bytes = malloc(REPLY_MAX)};
    char request[8192], body[1024], context[512];

    measure_start(&measure);
    int fd = connect_to(port);
    size_t size =
        request_of(request, sizeof(request), port, CIM "*", E "/Subscribe", "", subscription);
    while (counter.items < count) {
        send_all(fd, request, size);
        take_reply(fd, &reply, &counter);
        if (!next_context(&reply, context, sizeof(context))) {
            bench_die("the subscription has ended");
        }
        (void)snprintf(body, sizeof(body),
                       "<n:Pull><n:EnumerationContext>%s</n:EnumerationContext>"
                       "<n:MaxElements>32000</n:MaxElements></n:Pull>",
                       context);
        size = request_of(request, sizeof(request), port, CIM "*", N "/Pull", "", body);
    }
    close(fd);
    measure_print(&measure, "floor_subscribe", counter.items, -1);
    free(reply.bytes);
}

static void sessions(unsigned port, unsigned long count)
{
    struct measure measure;
    struct counter counter = {"Peer_Many", 0, &measure};
    struct reply reply = {.bytes = malloc(REPLY_MAX)};
    struct epoll_event event = {.events = EPOLLIN};
    int *sockets = calloc(count, sizeof(*sockets)), poller = epoll_create1(0);
    char request[8192];

    measure_start(&measure);
    for (unsigned long i = 0; i < count; i++) {
        sockets[i] = connect_to(port);
        event.data.fd = sockets[i];
        (void)epoll_ctl(poller, EPOLL_CTL_ADD, sockets[i], &event);
        send_all(sockets[i], request,
                 request_of(request, sizeof(request), port, CLASS, get_action, get_key, ""));
    }
    for (unsigned long left = count; left > 0; left--) {
        if (epoll_wait(poller, &event, 1, 60000) != 1) {
            bench_die("no reply");
        }
        take_reply(event.data.fd, &reply, &counter);
        (void)epoll_ctl(poller, EPOLL_CTL_DEL, event.data.fd, NULL);
    }
    measure_print(&measure, "floor_sessions", counter.items, -1);
    for (unsigned long i = 0; i < count; i++) {
        close(sockets[i]);
    }
    close(poller);
    free(sockets);
    free(reply.bytes);
}

int main(int argc, char **argv)
{
    unsigned port = 0;
    unsigned long count = 0;
    if (argc < 3 || sscanf(argv[2], "%u", &port) != 1 ||
        (argc > 3 && sscanf(argv[3], "%lu", &count) != 1)) {
        bench_die("usage: floor enumerate|first|get|invoke|subscribe|sessions PORT [COUNT]");
    }
    measure_pin();
    if (strcmp(argv[1], "enumerate") == 0 || strcmp(argv[1], "first") == 0) {
        enumerate(port, strcmp(argv[1], "first") == 0);
    } else if (strcmp(argv[1], "get") == 0) {
        get(port, count);
    } else if (strcmp(argv[1], "invoke") == 0) {
        invoke(port, count);
    } else if (strcmp(argv[1], "subscribe") == 0) {
        subscribe(port, count);
    } else {
        sessions(port, count);
    }
    return 0;
}
