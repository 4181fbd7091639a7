package io.katydid.http;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the option arguments that {@code HttpUser} offers as words. */
final class Words {

    private Words() {
    }

    static RequestOption name(String name) {
        return new RequestWord("name", draft -> draft.name = name);
    }

    static RequestOption param(String name, Object value) {
        var pairs = FormEncoding.pair(name, value);
        return new RequestWord("param", draft -> draft.addParams(pairs));
    }

    static RequestOption params(Map<String, ?> params) {
        var pairs = FormEncoding.pairs(params);
        return new RequestWord("params", draft -> draft.addParams(pairs));
    }

    static RequestOption header(String name, String value) {
        return new RequestWord("header", draft -> draft.headers().set(name, value));
    }

    static RequestOption headers(Map<String, String> headers) {
        return new RequestWord("headers", draft -> draft.headers().set(headers));
    }

    static RequestOption cookies(Map<String, String> cookies) {
        cookies.forEach((name, value) -> Cookies.check(name, name + value));
        var copy = new LinkedHashMap<>(cookies);
        return new RequestWord("cookies", draft -> draft.addCookies(copy));
    }

    /** Serialises at once: the object may change afterwards. */
    static RequestOption json(Object value) {
        var body = new RequestBody.Bytes("application/json", Json.bytes(value));
        return new RequestWord("json", draft -> draft.body("json", body));
    }

    static RequestOption form(Map<String, ?> fields) {
        var pairs = FormEncoding.pairs(fields);
        return new RequestWord("form", draft -> draft.addForm(pairs));
    }

    static RequestOption form(String name, Object value) {
        var pairs = FormEncoding.pair(name, value);
        return new RequestWord("form", draft -> draft.addForm(pairs));
    }

    static RequestOption body(String text) {
        return body("", text);
    }

    static RequestOption body(String contentType, String text) {
        return body(contentType, given(text).getBytes(StandardCharsets.UTF_8));
    }

    static RequestOption body(byte[] bytes) {
        return body("", bytes);
    }

    static RequestOption body(String contentType, byte[] bytes) {
        var body = new RequestBody.Bytes(checked(contentType), given(bytes));
        return new RequestWord("body", draft -> draft.body("body", body));
    }

    /** Sends the stream in chunks; it can be sent once. */
    static RequestOption body(String contentType, InputStream stream) {
        var body = new RequestBody.Streamed(checked(contentType), given(stream));
        return new RequestWord("body", draft -> draft.body("body", body));
    }

    /** Finds a mistake of the script where it is made; the connection would only find it when it sends. */
    private static <T> T given(@Nullable T body) {
        if (body == null) throw new KatydidException("body(…) was given null. Give it what to send, or leave it out to send no body.");
        return body;
    }

    private static String checked(String contentType) {
        if (contentType.indexOf('\n') >= 0 || contentType.indexOf('\r') >= 0)
            throw new KatydidException(
                "The content type \"" + contentType.strip() + "\" has a line break. Did you swap type and body? Write body(type, text).");
        return contentType;
    }

    static RequestOption files(String field, String fileName, byte[] content, String contentType) {
        var part = new FilePart(field, fileName, content, contentType);
        return new RequestWord("files", draft -> draft.addFile(part));
    }

    static RequestOption files(String field, Path file) {
        var part = read(field, file);
        return new RequestWord("files", draft -> draft.addFile(part));
    }

    static RequestOption files(Map<String, Path> files) {
        var parts = files.entrySet().stream().map(each -> read(each.getKey(), each.getValue())).toList();
        return new RequestWord("files", draft -> parts.forEach(draft::addFile));
    }

    private static FilePart read(String field, Path file) {
        try {
            var fileName = String.valueOf(file.getFileName());
            var type = Optional.ofNullable(URLConnection.guessContentTypeFromName(fileName)).orElse("");
            return new FilePart(field, fileName, Files.readAllBytes(file), type);
        } catch (IOException problem) {
            throw new UncheckedIOException(
                "The file " + file + " of field \"" + field + "\" cannot be read. Check the path and its rights.", problem);
        }
    }

    static RequestOption context(String key, Object value) {
        var context = Map.of(key, value);
        return new RequestWord("context", draft -> draft.addContext(context));
    }

    static RequestOption context(Map<String, ?> context) {
        var copy = new LinkedHashMap<>(context);
        return new RequestWord("context", draft -> draft.addContext(copy));
    }

    static RequestOption timeout(double seconds) {
        return timeout(seconds, seconds);
    }

    static RequestOption timeout(double connectSeconds, double readSeconds) {
        if (!(connectSeconds > 0) || !(readSeconds > 0))
            throw new KatydidException(
                "timeout(" + connectSeconds + ", " + readSeconds + ") is not above 0 seconds. Leave it out for none.");
        return new RequestWord("timeout", draft -> {
            draft.connectTimeout = connectSeconds;
            draft.readTimeout = readSeconds;
        });
    }

    static RequestOption auth(String user, String password) {
        var credentials = new Credentials(user, password);
        return new RequestWord("auth", draft -> draft.auth = credentials);
    }

    static RequestOption stream() {
        return stream(true);
    }

    static RequestOption stream(boolean stream) {
        return new RequestWord("stream", draft -> draft.stream = stream);
    }

    static RequestOption verify(boolean verify) {
        return new RequestWord("verify", draft -> draft.verify = verify);
    }

    static RequestOption cert(Path certificateAndKey) {
        return cert(certificateAndKey, certificateAndKey);
    }

    static RequestOption cert(Path certificate, Path key) {
        var files = new ClientCertificate(certificate, key);
        return new RequestWord("cert", draft -> draft.certificate = files);
    }

    static RequestOption allowRedirects(boolean allow) {
        return new RequestWord("allowRedirects", draft -> draft.allowRedirects = allow);
    }

    /** Says what a REST call says unless the script says something else; the last of its options. */
    static RequestOption rest() {
        return new RequestWord("rest", RequestSpec.Draft::restHeaders);
    }

    static RequestOption hook(ResponseHook hook) {
        return new RequestWord("hook", draft -> draft.addHook(hook));
    }

    static RequestOption proxies(Map<String, String> proxies) {
        var copy = new LinkedHashMap<>(proxies);
        for (var proxy : copy.values()) if (!proxy.isEmpty()) Tunnel.proxy(proxy);
        return new RequestWord("proxies", draft -> draft.addProxies(copy));
    }
}
