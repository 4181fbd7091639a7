package io.katydid.http;

import io.katydid.api.CatchResponseError;
import io.katydid.api.KatydidException;
import io.katydid.api.ResponseError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Is a response whose verdict the script gives, in a lambda or in a block. */
final class Verdict implements ResponseContextManager {
    private final Response response;
    private final Consumer<Verdict> onClose;
    private boolean given;
    private boolean ended;
    private @Nullable Throwable failure;
    private @Nullable String name;
    private @Nullable String requestType;
    private double millis = Double.NaN;
    private final Map<String, Object> context = new HashMap<>(0);

    Verdict(Response response, Consumer<Verdict> onClose) {
        this.response = response;
        this.onClose = onClose;
    }

    Response response() { return response; }

    boolean isGiven() { return given; }

    @Nullable Throwable failureCause() { return failure; }

    @Nullable String otherName() { return name; }

    @Nullable String otherType() { return requestType; }

    double otherMillis() { return millis; }

    Map<String, Object> moreContext() { return context; }

    @Override public void success() {
        give(null, "success()");
    }

    @Override public void failure(String why) {
        give(new CatchResponseError(why), "failure(…)");
    }

    @Override public void failure(Throwable why) {
        give(why, "failure(…)");
    }

    private void give(@Nullable Throwable problem, String word) {
        if (ended) {
            throw new KatydidException(
                word + " for " + response.url() + " came after its check or block had ended, and the request is judged. "
                    + "Decide inside the lambda, or before the end of the try block.");
        }
        given = true;
        failure = problem;
    }

    /** Takes no verdict of the script from now on. */
    void end() {
        ended = true;
    }

    /** Takes in what a check threw: a failure, unless the check had given its verdict before. */
    void threw(Throwable problem) {
        if (given) return;
        given = true;
        failure = problem instanceof ResponseError || problem instanceof HTTPError ? problem : new CatchResponseError(Thrown.text(problem));
    }

    @Override public void name(String other) {
        name = other;
    }

    @Override public void responseTime(double milliseconds) {
        millis = milliseconds;
    }

    @Override public void requestType(String other) {
        requestType = other;
    }

    @Override public void context(String key, Object value) {
        context.put(key, value);
    }

    @Override public int statusCode() { return response.statusCode(); }

    @Override public boolean ok() { return given ? failure == null : response.ok(); }

    @Override public String reason() { return response.reason(); }

    @Override public String text() { return response.text(); }

    @Override public Json json() { return response.json(); }

    @Override public byte[] content() { return response.content(); }

    @Override public HttpHeaders headers() { return response.headers(); }

    @Override public Cookies cookies() { return response.cookies(); }

    @Override public String url() { return response.url(); }

    @Override public Duration elapsed() { return response.elapsed(); }

    @Override public List<Response> history() { return response.history(); }

    @Override public String encoding() { return response.encoding(); }

    @Override public Optional<Throwable> error() { return response.error(); }

    @Override public Stream<byte[]> iterContent(int chunkSize) { return response.iterContent(chunkSize); }

    @Override public Stream<String> iterLines() { return response.iterLines(); }

    @Override public void raiseForStatus() {
        response.raiseForStatus();
    }

    @Override public void close() {
        end();
        onClose.accept(this);
    }
}
