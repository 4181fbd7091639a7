package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries one call of a session over the wire: redirects, retries, connections, cookies. */
final class Transport {
    /** So often a request that a server did not take on is sent again: one that is leaving may refuse several. */
    private static final int UNSEEN = 5;
    private final DefaultSession session;
    private final UserRuntime runtime;
    private final HttpOptions options;
    private final ConnectionPool pool;
    private final Connector connector;
    private final ChildThreads children;
    private @Nullable KnownRoute knownRoute;

    Transport(DefaultSession session, UserRuntime runtime, HttpOptions options, Carrier carrier) {
        this(session, runtime, options,
            options.isPoolShared() ? SharedPools.of(runtime, carrier, options.poolSize()) : new ConnectionPool(options.poolSize()),
            new Connector(carrier, options), new ChildThreads());
    }

    private Transport(DefaultSession session, UserRuntime runtime, HttpOptions options, ConnectionPool pool, Connector connector,
        ChildThreads children) {
        this.session = session;
        this.runtime = runtime;
        this.options = options;
        this.pool = pool;
        this.connector = connector;
        this.children = children;
    }

    ChildThreads children() { return children; }

    /** Gives one for another session of the same user, over the same connections. */
    Transport with(DefaultSession other) {
        return new Transport(other, runtime, options, pool, connector, children);
    }

    void close() {
        children.close();
        if (!options.isPoolShared()) pool.close();
    }

    /** Sends a request and follows its redirects; throws what went wrong. */
    ServerResponse call(String method, Url first, String name, RequestSpec spec) throws IOException {
        var url = first;
        var verb = method;
        var body = spec.body();
        boolean trusted = true;
        List<Response> history = List.of();
        while (true) {
            var response = attempts(verb, url, name, spec, body, trusted, history);
            if (response.setsCookies()) session.cookies().receive(response.headers(), url, Instant::now);
            if (!redirects(response.statusCode()) || !follows(method, spec)) return unpacked(response);
            var location = response.headers().get("Location");
            if (location.isEmpty()) return unpacked(response);
            response.close();
            if (history.size() >= options.maxRedirects()) throw new TooManyRedirects(options.maxRedirects());
            history = longer(history, response);
            var next = target(url, location.get());
            trusted = trusted && url.mayShareCredentials(next);
            url = next;
            if (becomesGet(verb, response.statusCode())) {
                verb = "GET";
                body = null;
            } else if (body instanceof RequestBody.Streamed) {
                throw new IOException(
                    "The redirect to " + url + " wants the body again, but it was a stream and has been sent. Give its bytes.");
            }
        }
    }

    /** Takes the content encodings off; a body that is not what they say is no answer, as in the reference. */
    private static ServerResponse unpacked(ServerResponse response) throws IOException {
        if (response instanceof ReceivedResponse whole) whole.decode();
        return response;
    }

    private static boolean redirects(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** Gives where a redirect leads. The server made the mistake when that is no address, so the request has failed, not the script. */
    private static Url target(Url from, String location) throws IOException {
        try {
            return from.resolve(location);
        } catch (InvalidURL problem) {
            throw new HttpProtocolException(String.valueOf(problem.getMessage()));
        }
    }

    private boolean follows(String method, RequestSpec spec) {
        var said = spec.allowRedirects();
        return said == null ? session.flavour().follows(method) : said;
    }

    private static List<Response> longer(List<Response> history, Response response) {
        var all = new ArrayList<>(history);
        all.add(response);
        return List.copyOf(all);
    }

    private static boolean becomesGet(String method, int status) {
        return !method.equals("HEAD") && (status == 303 || status == 302) || method.equals("POST") && status == 301;
    }

    private ServerResponse attempts(String method, Url url, String name, RequestSpec spec, @Nullable RequestBody body, boolean trusted,
        List<Response> history)
        throws IOException {
        int left = options.maxRetries();
        int unseen = UNSEEN;
        while (true) {
            try {
                return once(method, url, name, spec, body, trusted, history);
            } catch (CutOff cut) {
                throw cut;
            } catch (IOException problem) {
                if (body instanceof RequestBody.Streamed || Thread.currentThread().isInterrupted()) throw problem;
                boolean again = problem instanceof Unanswered unanswered && unanswered.isUnseen() ? unseen-- > 0 : left-- > 0;
                if (!again) throw problem;
            }
        }
    }

    /** Uses an idle connection if there is one; when the server has closed it meanwhile, before a byte of an answer, a new one takes its place. */
    private ServerResponse once(String method, Url url, String name, RequestSpec spec, @Nullable RequestBody body, boolean trusted,
        List<Response> history)
        throws IOException {
        var route = route(url, spec);
        var authorization = authorization(url, spec, trusted);
        var head = session.compose(spec, body, new SessionHeaders.Hop(history.isEmpty(), trusted, authorization != null));
        var request = new HttpRequest(method, url, head.host(), lines(head, route), head.values(),
            head.cookie() == null ? session.cookie(url, spec) : head.cookie(), authorization, typed(body, head.contentType()),
            route.forwarded(), nanos(Double.isNaN(spec.readTimeout()) ? options.networkTimeout() : spec.readTimeout()), spec.stream());
        var kept = pool.take(route, runtime);
        if (kept.isPresent()) {
            var connection = kept.get();
            try {
                return exchange(route, connection, request, name, history);
            } catch (CutOff cut) {
                throw cut;
            } catch (IOException problem) {
                boolean seen = connection.answered() && !(problem instanceof Unanswered);
                if (seen || body instanceof RequestBody.Streamed || problem instanceof SocketTimeoutException
                    || Thread.currentThread().isInterrupted()) throw problem;
            }
            kept = pool.take(route, runtime);
            if (kept.isPresent() && kept.get().multiplexes()) return exchange(route, kept.get(), request, name, history);
            kept.ifPresent(HttpConnection::close);
        }
        return exchange(route, opened(route, spec), request, name, history);
    }

    /** Adds what a proxy wants to know of who is asking; in a tunnel it was said when that was dug. */
    private static byte[] lines(SessionHeaders.Composed head, Route route) {
        var credentials = route.proxy() == null ? null : route.proxy().credentials();
        if (credentials == null || !route.forwarded()) return head.lines();
        var line = "Proxy-Authorization: " + credentials.basic() + "\r\n";
        return (new String(head.lines(), StandardCharsets.ISO_8859_1) + line).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static @Nullable RequestBody typed(@Nullable RequestBody body, @Nullable String contentType) {
        if (contentType == null) return body;
        return switch (body) {
            case null -> null;
            case RequestBody.Bytes(_, var bytes) -> new RequestBody.Bytes(contentType, bytes);
            case RequestBody.Streamed(_, var stream) -> new RequestBody.Streamed(contentType, stream);
        };
    }

    private HttpConnection opened(Route route, RequestSpec spec) throws IOException {
        HttpConnection made = null;
        try {
            made = connector.open(route, Double.isNaN(spec.connectTimeout()) ? options.connectionTimeout() : spec.connectTimeout(),
                runtime);
            return made;
        } finally {
            pool.opened(route, made);
        }
    }

    private ServerResponse exchange(Route route, HttpConnection connection, HttpRequest request, String name, List<Response> history)
        throws IOException {
        try {
            var response = connection.exchange(request, name, history, runtime);
            if (response instanceof StreamedResponse streamed) {
                streamed.body().onEnd(() -> pool.giveBack(route, connection));
                LeftOpen.watch(streamed.body(), request.method(), name, runtime);
            } else {
                pool.giveBack(route, connection);
            }
            return response;
        } catch (IOException | RuntimeException | Error problem) {
            connection.failed();
            pool.leave(route);
            throw problem;
        }
    }

    private static long nanos(double seconds) { return seconds > 0 ? (long) (seconds * 1e9) : 0; }

    /** Is the route of the last request, which is that of the next one more often than not. */
    private record KnownRoute(Url url, boolean verifies, Route route) {}

    private Route route(Url url, RequestSpec spec) {
        if (spec.verify() != null || spec.certificate() != null || !spec.proxies().isEmpty()) return newRoute(url, spec);
        var known = knownRoute;
        if (known != null && known.url.equals(url) && known.verifies == session.verifies()) return known.route;
        var route = newRoute(url, spec);
        knownRoute = new KnownRoute(url, session.verifies(), route);
        return route;
    }

    private Route newRoute(Url url, RequestSpec spec) {
        var verify = spec.verify();
        boolean insecure = verify == null ? !session.verifies() : !verify;
        var certificate = spec.certificate() == null ? options.certificate() : spec.certificate();
        return new Route(url.origin(), url.secure(), url.host(), url.port(), insecure, certificate,
            Tunnel.choose(url, spec.proxies(), options.proxy()),
            options.offersHttp2(), options.sslContext().orElse(null));
    }

    private @Nullable String authorization(Url url, RequestSpec spec, boolean trusted) {
        if (!trusted) return url.credentials().map(Credentials::basic).orElse(null);
        var own = spec.auth();
        if (own != null) return own.basic();
        if (url.credentials().isPresent()) return url.credentials().get().basic();
        return session.credentials().map(Credentials::basic).orElse(null);
    }
}
