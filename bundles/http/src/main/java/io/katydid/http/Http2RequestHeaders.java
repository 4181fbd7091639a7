package io.katydid.http;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import java.util.Set;

/** Writes the head of a request as HTTP/2 wants it, and reads the status of an answer. */
final class Http2RequestHeaders {
    /** These belong to a connection, which HTTP/2 manages itself. */
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade",
        "host");

    private Http2RequestHeaders() {}

    static Http2Headers of(HttpRequest request) {
        var url = request.url();
        var headers = new DefaultHttp2Headers().method(request.method()).scheme("https")
            .authority(request.host() == null ? url.authority() : request.host()).path(url.target());
        request.headers().forEach((name, value) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower)) headers.add(lower, value);
        });
        if (request.cookie() != null) headers.set("cookie", request.cookie());
        if (request.authorization() != null) headers.set("authorization", request.authorization());
        switch (request.body()) {
            case null -> {
                if (Set.of("POST", "PUT", "PATCH").contains(request.method())) headers.setInt("content-length", 0);
            }
            case RequestBody.Bytes(var type, var bytes) -> {
                type(headers, type);
                headers.setInt("content-length", bytes.length);
            }
            case RequestBody.Streamed(var type, _) -> type(headers, type);
        }
        return headers;
    }

    private static void type(Http2Headers headers, String type) {
        if (!type.isEmpty()) headers.set("content-type", type);
    }

    static int status(Http2Headers headers) throws HttpProtocolException {
        var text = String.valueOf(headers.status());
        if (!text.matches("[1-9]\\d\\d")) throw new HttpProtocolException("The server's status \"" + text + "\" is none.");
        return Integer.parseInt(text);
    }
}
