package io.katydid.http;

import io.katydid.api.KatydidException;
import io.katydid.api.StopUser;
import io.katydid.api.TaskSignal;
import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Is the session of both users: makes a call, lets it be judged, hands it to the run. */
final class DefaultSession implements FastHttpSession {
    private static final String USER_AGENT = "katydid";
    private final UserRuntime runtime;
    private final Flavour flavour;
    private final Carrier carrier;
    private final HttpHeaders headers = new HttpHeaders();
    private final Cookies cookies = new Cookies();
    private @Nullable Credentials credentials;
    private HttpOptions options = new HttpOptions();
    private @Nullable Transport transport;
    private @Nullable Urls urls;
    private String baseUrl = "";
    private @Nullable String renamed;
    private boolean verifies;
    private int linesVersion = -1;
    private byte[] lines = {};

    DefaultSession(UserRuntime runtime, Flavour flavour) {
        this.runtime = runtime;
        this.flavour = flavour;
        carrier = Carrier.current();
        headers.set("User-Agent", USER_AGENT).set("Accept-Encoding", flavour.acceptEncoding()).set("Accept", "*/*").set("Connection",
            "keep-alive");
    }

    /** Makes the session usable, when its user is configured. */
    void open(String base, HttpOptions chosen) {
        options = chosen;
        verifies = !chosen.isInsecure();
        chosen.headers().forEach(headers::set);
        credentials = chosen.credentials();
        var url = Url.parse(base);
        if (url.credentials().isPresent()) credentials = url.credentials().get();
        baseUrl = base;
        urls = Urls.of(runtime);
        transport = new Transport(this, runtime, chosen, carrier);
    }

    void close() {
        var open = transport;
        if (open != null) open.close();
    }

    Flavour flavour() { return flavour; }

    boolean verifies() { return verifies; }

    Optional<Credentials> credentials() { return Optional.ofNullable(credentials); }

    /** Gives the header lines of a request; those of the session are made once and kept until they change. */
    byte[] lines(RequestSpec spec) {
        var own = spec.headers();
        if (own != null || spec.body() != null) return merged(spec).lines();
        if (linesVersion != headers.version()) {
            lines = headers.lines();
            linesVersion = headers.version();
        }
        return lines;
    }

    /** Gives the headers of a request as values; the body brings its own type and length. */
    HttpHeaders merged(RequestSpec spec) {
        var own = spec.headers();
        var all = own == null ? headers : headers.with(own);
        if (spec.body() == null || !(all.contains("Content-Type") || all.contains("Content-Length"))) return all;
        var type = own == null ? null : own.first("Content-Type");
        var rest = all.with(new HttpHeaders()).remove("Content-Length");
        return spec.body().contentType().isEmpty() && type != null ? rest : rest.remove("Content-Type");
    }

    @Nullable String cookie(Url url, RequestSpec spec) {
        return spec.cookies().isEmpty() ? cookies.header(url, Instant::now) : cookies.header(url, spec.cookies(), Instant::now);
    }

    @Override public Response request(String method, String url, RequestOption... options) {
        var call = call(method, url, RequestSpec.of(options));
        return finish(call, null);
    }

    @Override public Response request(String method, String url, ResponseCheck check, RequestOption... options) {
        return checked(call(method, url, RequestSpec.of(options)), check);
    }

    private Response checked(Call call, ResponseCheck check) {
        var verdict = new Verdict(call.response(), _ -> {});
        try {
            check.check(verdict);
        } catch (TaskSignal signal) {
            finish(call, verdict);
            throw signal;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            finish(call, verdict);
            runtime.checkpoint();
            return call.response();
        } catch (Exception | AssertionError problem) {
            verdict.threw(problem);
        } catch (Error other) {
            finish(call, verdict);
            throw other;
        }
        return finish(call, verdict);
    }

    ResponseContextManager block(String method, String url, RequestOption... options) {
        var call = call(method, url, RequestSpec.of(options));
        return new Verdict(call.response(), verdict -> close(call, verdict));
    }

    /** A block without a verdict is judged later: its end does not know of an exception on its way. */
    private void close(Call call, Verdict verdict) {
        if (call.closed()) return;
        call.close();
        if (verdict.isGiven()) {
            finish(call, verdict);
        } else {
            runtime.defer(problem -> {
                if (problem != null) verdict.threw(problem);
                finish(call, verdict);
            });
        }
    }

    /** Is a call that was made and not yet recorded. */
    private static final class Call {
        private final String method;
        private final String name;
        private final String url;
        private final RequestSpec spec;
        private final long startNanos;
        private final long durationNanos;
        private final Response response;
        private final @Nullable Throwable problem;
        private boolean closed;

        Call(String method, String name, String url, RequestSpec spec, long startNanos, long durationNanos, Response response,
            @Nullable Throwable problem) {
            this.method = method;
            this.name = name;
            this.url = url;
            this.spec = spec;
            this.startNanos = startNanos;
            this.durationNanos = durationNanos;
            this.response = response;
            this.problem = problem;
        }

        Response response() { return response; }

        boolean closed() { return closed; }

        void close() {
            closed = true;
        }
    }

    private Call call(String method, String given, RequestSpec spec) {
        runtime.checkpoint();
        var open = transport;
        var known = urls;
        if (open == null || known == null)
            throw new KatydidException(
                "The client was used before the user was set up. Use it in onStart() or in a task, not in the constructor.");
        var url = known.of(baseUrl, given).with(spec.params());
        var named = spec.name() != null ? spec.name() : renamed;
        var name = named != null ? named : flavour.name(given, url);
        long start = System.nanoTime();
        runtime.exchangeStarted();
        try {
            var response = open.call(method, url, name, spec);
            long end = open.endNanos();
            Throwable broken = hooks(response, spec);
            return new Call(method, name, url.text(), spec, start, Math.max(0, end - start), response, broken);
        } catch (CutOff cut) {
            throw cut(method, name);
        } catch (IOException problem) {
            if (runtime.stopping() && Thread.interrupted()) throw cut(method, name);
            var cause = Causes.innermost(problem);
            long duration = System.nanoTime() - start;
            return new Call(method, name, url.text(), spec, start, duration,
                ReceivedResponse.failed(cause, url.text(), name, duration, List.of()), cause);
        } finally {
            runtime.exchangeEnded();
        }
    }

    private StopUser cut(String method, String name) {
        runtime.cancelled(method, name);
        runtime.checkpoint();
        return new StopUser();
    }

    /** Decodes the body, whose faults are the request's, and shows the response to hooks. */
    private @Nullable Throwable hooks(Response response, RequestSpec spec) {
        try {
            if (response instanceof ReceivedResponse received) received.decode();
            for (var hook : options.hooks()) hook.onResponse(response);
            for (var hook : spec.hooks()) hook.onResponse(response);
            return null;
        } catch (TaskSignal signal) {
            throw signal;
        } catch (Exception | AssertionError problem) {
            return problem;
        }
    }

    private Response finish(Call call, @Nullable Verdict verdict) {
        var failure = failure(call, verdict);
        if (call.response instanceof ReceivedResponse received) received.verdict(failure == null);
        if (call.response instanceof StreamedResponse streamed) streamed.verdict(failure == null);
        runtime.record(outcome(call, verdict, failure));
        runtime.checkpoint();
        return call.response;
    }

    private @Nullable Throwable failure(Call call, @Nullable Verdict verdict) {
        if (verdict != null && verdict.isGiven()) return verdict.failureCause();
        if (call.problem != null) return call.problem;
        int status = call.response.statusCode();
        return flavour.good(status) ? null : new HTTPError(status, call.response.reason(),
            verdict != null && verdict.otherName() != null ? verdict.otherName() : call.name);
    }

    private static RequestOutcome outcome(Call call, @Nullable Verdict verdict, @Nullable Throwable failure) {
        long length = switch (call.response) {
            case ReceivedResponse received -> call.problem == null ? received.content().length : 0;
            case StreamedResponse streamed -> streamed.announcedLength();
            default -> 0;
        };
        if (verdict == null) {
            return new RequestOutcome(call.method, call.name, call.url, call.startNanos, call.durationNanos, length, call.response, failure,
                call.spec.context());
        }
        var type = verdict.otherType() == null ? call.method : verdict.otherType();
        var name = verdict.otherName() == null ? call.name : verdict.otherName();
        long duration = Double.isNaN(verdict.otherMillis()) ? call.durationNanos : Math.round(verdict.otherMillis() * 1e6);
        return new RequestOutcome(type, name, call.url, call.startNanos, duration, length, call.response, failure,
            merged(call.spec.context(), verdict.moreContext()));
    }

    private static Map<String, Object> merged(Map<String, Object> context, Map<String, Object> more) {
        if (more.isEmpty()) return context;
        var all = new HashMap<>(context);
        all.putAll(more);
        return Map.copyOf(all);
    }

    @Override public Response rest(String method, String url, ResponseCheck check, RequestOption... given) {
        var json = new RequestOption[given.length + 1];
        json[0] = Words.header("Accept", "application/json");
        System.arraycopy(given, 0, json, 1, given.length);
        return checked(call(method, url, RequestSpec.of(json)), response -> RestCheck.check(response, check));
    }

    @Override public Stream<String> iterLines(String url, RequestOption... given) {
        var streaming = new RequestOption[given.length + 1];
        System.arraycopy(given, 0, streaming, 0, given.length);
        streaming[given.length] = Words.stream();
        return request("GET", url, streaming).iterLines();
    }

    @Override public HttpHeaders headers() { return headers; }

    @Override public Cookies cookies() { return cookies; }

    @Override public void auth(String user, String password) {
        credentials = new Credentials(user, password);
    }

    @Override public String baseUrl() { return baseUrl; }

    @Override public void verify(boolean verify) {
        verifies = verify;
    }

    @Override public CatchingSession catchResponse() { return new CatchingSession(this); }

    @Override public RenamedRequests renameRequest(String name) {
        var before = renamed;
        renamed = name;
        return () -> renamed = before;
    }

    @Override public FastHttpSession to(String base) {
        var second = new DefaultSession(runtime, flavour);
        second.open(base, options);
        return second;
    }
}
