package io.katydid.http;

import io.katydid.api.KatydidException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is what the option arguments of one request say together. Absent: null, or an
 * empty collection. Nothing in it changes after {@link #of}.
 */
final class RequestSpec {
    private static final RequestSpec NOTHING = new RequestSpec(new Draft());

    private final @Nullable String name;
    private final List<Map.Entry<String, String>> params;
    private final @Nullable HttpHeaders headers;
    private final Map<String, String> cookies;
    private final @Nullable RequestBody body;
    private final String bodyWord;
    private final Map<String, Object> context;
    private final double connectTimeout;
    private final double readTimeout;
    private final @Nullable Credentials auth;
    private final boolean stream;
    private final @Nullable Boolean verify;
    private final @Nullable ClientCertificate certificate;
    private final @Nullable Boolean allowRedirects;
    private final List<ResponseHook> hooks;
    private final Map<String, String> proxies;

    private RequestSpec(Draft draft) {
        name = draft.name;
        params = draft.params;
        headers = draft.headers;
        cookies = draft.cookies;
        body = draft.wholeBody();
        bodyWord = draft.wholeBodyWord();
        context = draft.context;
        connectTimeout = draft.connectTimeout;
        readTimeout = draft.readTimeout;
        auth = draft.auth;
        stream = draft.stream;
        verify = draft.verify;
        certificate = draft.certificate;
        allowRedirects = draft.allowRedirects;
        hooks = draft.hooks;
        proxies = draft.proxies;
    }

    /** Collects options; later ones win over or add to earlier ones. */
    static RequestSpec of(RequestOption... options) {
        if (options.length == 0)
            return NOTHING;
        var draft = new Draft();
        for (var option : options) {
            switch (option) {
                case RequestWord word -> word.effect().accept(draft);
            }
        }
        return new RequestSpec(draft);
    }

    @Nullable String name() {
        return name;
    }

    List<Map.Entry<String, String>> params() {
        return params;
    }

    /** Returns the headers of this request alone, or null. */
    @Nullable HttpHeaders headers() {
        return headers;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    @Nullable RequestBody body() {
        return body;
    }

    boolean isJson() {
        return bodyWord.equals("json");
    }

    boolean isMultipart() {
        return bodyWord.equals("files");
    }

    /** Tells whether the script said the body's type with the body, e.g. {@code body("text/csv", rows)}. */
    boolean saysType() {
        return bodyWord.equals("body") && body != null && !body.contentType().isEmpty();
    }

    Map<String, Object> context() {
        return context;
    }

    /** Returns seconds; NaN when not given. */
    double connectTimeout() {
        return connectTimeout;
    }

    /** Returns seconds; NaN when not given. */
    double readTimeout() {
        return readTimeout;
    }

    @Nullable Credentials auth() {
        return auth;
    }

    boolean stream() {
        return stream;
    }

    @Nullable Boolean verify() {
        return verify;
    }

    @Nullable ClientCertificate certificate() {
        return certificate;
    }

    @Nullable Boolean allowRedirects() {
        return allowRedirects;
    }

    List<ResponseHook> hooks() {
        return hooks;
    }

    /** Returns proxy addresses by scheme ({@code http}, {@code https}, {@code all}). */
    Map<String, String> proxies() {
        return proxies;
    }

    /** Is what the words write into. */
    static final class Draft {
        @Nullable String name;
        private List<Map.Entry<String, String>> params = List.of();
        private @Nullable HttpHeaders headers;
        private Map<String, String> cookies = Map.of();
        private List<Map.Entry<String, String>> form = List.of();
        private List<FilePart> files = List.of();
        private @Nullable RequestBody body;
        private String bodyWord = "";
        private Map<String, Object> context = Map.of();
        double connectTimeout = Double.NaN;
        double readTimeout = Double.NaN;
        @Nullable Credentials auth;
        boolean stream;
        @Nullable Boolean verify;
        @Nullable ClientCertificate certificate;
        @Nullable Boolean allowRedirects;
        private List<ResponseHook> hooks = List.of();
        private Map<String, String> proxies = Map.of();

        void addParams(List<Map.Entry<String, String>> more) {
            params = joined(params, more);
        }

        void addForm(List<Map.Entry<String, String>> more) {
            form = joined(form, more);
        }

        void addFile(FilePart file) {
            files = joined(files, List.of(file));
        }

        void addHook(ResponseHook hook) {
            hooks = joined(hooks, List.of(hook));
        }

        HttpHeaders headers() {
            var present = headers;
            if (present == null) {
                present = new HttpHeaders();
                headers = present;
            }
            return present;
        }

        void addCookies(Map<String, String> more) {
            cookies = joined(cookies, more);
        }

        void addContext(Map<String, ?> more) {
            context = joined(context, more);
        }

        void addProxies(Map<String, String> more) {
            proxies = joined(proxies, more);
        }

        void body(String word, RequestBody whole) {
            if (!bodyWord.isEmpty())
                throw new KatydidException(
                    "A request has one body, but got " + bodyWord + "(…) and " + word + "(…). Leave one of them out.");
            bodyWord = word;
            body = whole;
        }

        private @Nullable RequestBody wholeBody() {
            if (form.isEmpty() && files.isEmpty())
                return body;
            if (!bodyWord.isEmpty())
                throw new KatydidException("A request has one body, but got " + bodyWord + "(…) and " + (files.isEmpty() ? "form" : "files")
                    + "(…). Leave one of them out.");
            if (!files.isEmpty())
                return MultipartEncoder.encode(form, files);
            return new RequestBody.Bytes("application/x-www-form-urlencoded",
                FormEncoding.encode(form).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        void restHeaders() {
            if (!headers().contains("Accept"))
                headers().set("Accept", "application/json");
            boolean typed = !form.isEmpty() || !files.isEmpty() || body != null && !body.contentType().isEmpty();
            if (!typed && !headers().contains("Content-Type"))
                headers().set("Content-Type", "application/json");
        }

        private String wholeBodyWord() {
            return !files.isEmpty() ? "files" : form.isEmpty() ? bodyWord : "form";
        }

        private static <T> List<T> joined(List<T> first, List<T> more) {
            if (first.isEmpty())
                return more;
            var all = new ArrayList<T>(first);
            all.addAll(more);
            return all;
        }

        private static <T> Map<String, T> joined(Map<String, T> first, Map<String, ? extends T> more) {
            if (first.isEmpty())
                return Collections.unmodifiableMap(more);
            var all = new LinkedHashMap<String, T>(first);
            all.putAll(more);
            return all;
        }
    }
}
