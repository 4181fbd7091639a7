package io.katydid.http;

import io.katydid.api.KatydidException;
import io.katydid.api.spi.UserRuntime;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Keeps TLS contexts: making one costs far more than a handshake. One per environment; any thread. */
final class TlsContexts {
    private final Map<Kind, SslContext> contexts = new ConcurrentHashMap<>();
    private final SslProvider provider;

    private TlsContexts(SslProvider provider) {
        this.provider = provider;
    }

    private record Kind(boolean insecure, @Nullable ClientCertificate certificate, boolean http2) {}

    static TlsContexts of(UserRuntime runtime) {
        var environment = runtime.environment();
        return environment.shared("http.tls", TlsContexts.class, () -> new TlsContexts(TlsEngine.of(environment)));
    }

    /** Gives the context of a route. The first one of a kind takes a tenth of a second to make: not on the loop. */
    SslContext context(Route route, UserRuntime runtime) {
        var kind = new Kind(route.insecure(), route.certificate(), route.http2());
        var known = contexts.get(kind);
        return known != null ? known : runtime.blocking(() -> contexts.computeIfAbsent(kind, this::make));
    }

    /** Makes the handler of one connection. */
    static SslHandler handler(Channel channel, Route route, SslContext context) {
        var handler = context.newHandler(channel.alloc(), route.host(), route.port());
        var parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(route.insecure() ? "" : "HTTPS");
        handler.engine().setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    /** Wraps a set-up of the script's own. */
    static SslContext of(javax.net.ssl.SSLContext jdk, boolean http2) {
        return new JdkSslContext(jdk, true, null, IdentityCipherSuiteFilter.INSTANCE, http2 ? alpn() : ApplicationProtocolConfig.DISABLED,
            ClientAuth.NONE, null, false);
    }

    private SslContext make(Kind kind) {
        var builder = SslContextBuilder.forClient().sslProvider(provider);
        if (kind.insecure()) builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        if (kind.http2()) builder.applicationProtocolConfig(alpn());
        var certificate = kind.certificate();
        try {
            if (certificate != null) builder.keyManager(certificate.certificate().toFile(), certificate.key().toFile());
            var context = builder.build();
            // A user would resume the session of another one, which no two clients of the real world do.
            if (context.sessionContext() instanceof OpenSslSessionContext sessions) sessions.setSessionCacheEnabled(false);
            return context;
        } catch (SSLException | IllegalArgumentException problem) {
            throw new KatydidException(
                "TLS cannot be set up" + (certificate == null ? "" : " with the certificate " + certificate.certificate() + " and the key "
                    + certificate.key()) + ": " + problem.getMessage() + ". Give PEM files, the key unencrypted in PKCS#8.",
                problem);
        }
    }

    private static ApplicationProtocolConfig alpn() {
        return new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2,
            ApplicationProtocolNames.HTTP_1_1);
    }
}
