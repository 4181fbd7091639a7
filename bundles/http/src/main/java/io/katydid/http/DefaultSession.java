package io.katydid.http;

import io.katydid.api.KatydidException;
import io.katydid.api.StopUser;
import io.katydid.api.TaskSignal;
import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Is the session of both users: makes a call, lets it be judged, hands it to the run. */
final class DefaultSession implements FastHttpSession {
    private final UserRuntime runtime;
    private final Flavour flavour;
    private final Carrier carrier;
    private final SessionHeaders headers;
    private final Cookies cookies = new Cookies();
    private @Nullable Credentials credentials;
    private HttpOptions options = new HttpOptions();
    private @Nullable Transport transport;
    private @Nullable Urls urls;
    private String baseUrl = "";
    private @Nullable String renamed;
    private boolean verifies;

    DefaultSession(UserRuntime runtime, Flavour flavour) {
        this.runtime = runtime;
        this.flavour = flavour;
        carrier = Carrier.current();
        headers = new SessionHeaders(flavour);
    }

    /** Makes the session usable, when its user is configured. */
    void open(String base, HttpOptions chosen) {
        open(base, chosen, Urls.of(runtime));
    }

    void open(String base, HttpOptions chosen, Urls known) {
        urls = known;
        options = chosen;
        verifies = !chosen.isInsecure();
        chosen.headers().forEach(headers.headers()::set);
        credentials = chosen.credentials();
        var url = Url.parse(base);
        if (url.credentials().isPresent()) credentials = url.credentials().get();
        baseUrl = Url.withoutCredentials(base);
        transport = new Transport(this, runtime, chosen, carrier);
    }

    void close() {
        var open = transport;
        if (open != null) open.close();
    }

    Flavour flavour() { return flavour; }

    boolean verifies() { return verifies; }

    Optional<Credentials> credentials() { return Optional.ofNullable(credentials); }

    /** Gives the head of a request as this session sends it. */
    SessionHeaders.Composed compose(RequestSpec spec, @Nullable RequestBody body, SessionHeaders.Hop hop) {
        return headers.compose(spec, body, hop);
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
            if (verdict.isGiven() && verdict.failureCause() == null) {
                finish(call, verdict);
                throw unchecked(problem);
            }
            verdict.threw(problem);
        } catch (Error other) {
            finish(call, verdict);
            throw other;
        }
        return finish(call, verdict);
    }

    /** A success that was declared stays one, so what the check threw later is the task's. */
    private static RuntimeException unchecked(Throwable problem) {
        if (problem instanceof Error error) throw error;
        return problem instanceof RuntimeException own ? own : new KatydidException(Thrown.text(problem), problem);
    }

    ResponseContextManager block(String method, String url, RequestOption... options) {
        var call = call(method, url, RequestSpec.of(options));
        return new Verdict(call.response(), verdict -> close(call, verdict));
    }

    /** A block without a verdict is judged later: its end does not know of an exception on its way. In a child thread there is no later. */
    private void close(Call call, Verdict verdict) {
        if (!call.close()) return;
        call.response().close();
        if (verdict.isGiven() || isChild()) {
            finish(call, verdict);
        } else {
            runtime.defer(problem -> {
                if (problem != null) verdict.threw(problem);
                finish(call, verdict);
            });
        }
    }

    private Call call(String word, String given, RequestSpec spec) {
        var method = Methods.of(word);
        runtime.checkpoint();
        var open = transport;
        var known = urls;
        if (open == null || known == null)
            throw new KatydidException(
                "The client was used before the user was set up. Use it in onStart() or in a task, not in the constructor.");
        var url = known.of(baseUrl, given).with(spec.params());
        var named = spec.name() != null ? spec.name() : renamed;
        var name = named != null ? named : flavour.name(given, url);
        boolean child = isChild();
        if (child) open.children().enter();
        long start = System.nanoTime();
        runtime.exchangeStarted();
        try {
            var response = open.call(method, url, name, spec);
            return hooked(new Call(method, name, url.text(), spec, start, Math.max(0, response.endNanos() - start), response, null), spec);
        } catch (CutOff cut) {
            throw cut(method, name);
        } catch (IOException problem) {
            if ((runtime.stopping() || open.children().isClosed()) && Thread.interrupted()) throw cut(method, name);
            var cause = Causes.innermost(problem);
            long end = System.nanoTime();
            return new Call(method, name, url.text(), spec, start, end - start,
                ReceivedResponse.failed(cause, url.text(), name, start, end, List.of()), cause);
        } finally {
            runtime.exchangeEnded();
            if (child) open.children().leave();
        }
    }

    /** Tells whether the caller is a thread that the script started itself. */
    private boolean isChild() {
        return !Thread.currentThread().equals(runtime.thread());
    }

    private StopUser cut(String method, String name) {
        runtime.cancelled(method, name);
        runtime.checkpoint();
        return new StopUser();
    }

    /** Shows the response to hooks, whose faults are the request's. */
    private Call hooked(Call call, RequestSpec spec) {
        var response = call.response();
        response.verdict(flavour.good(response.statusCode()));
        try {
            for (var hook : options.hooks()) hook.onResponse(response);
            for (var hook : spec.hooks()) hook.onResponse(response);
            return call;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return call;
        } catch (Exception | AssertionError problem) {
            return call.with(problem);
        } catch (Error signal) {
            finish(call, null);
            throw signal;
        }
    }

    private Response finish(Call call, @Nullable Verdict verdict) {
        if (verdict != null) verdict.end();
        var failure = call.failure(verdict, flavour);
        call.response().verdict(failure == null);
        runtime.record(call.outcome(verdict, failure));
        runtime.checkpoint();
        return call.response();
    }

    @Override public Response rest(String method, String url, ResponseCheck check, RequestOption... given) {
        var json = Arrays.copyOf(given, given.length + 1);
        json[given.length] = Words.rest();
        return checked(call(method, url, RequestSpec.of(json)), response -> RestCheck.check(response, check));
    }

    @Override public Stream<String> iterLines(String url, RequestOption... given) {
        var streaming = Arrays.copyOf(given, given.length + 1);
        streaming[given.length] = Words.stream();
        return request("GET", url, streaming).iterLines();
    }

    @Override public HttpHeaders headers() { return headers.headers(); }

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
        var open = transport;
        if (open != null) second.transport = open.with(second);
        return second;
    }
}
