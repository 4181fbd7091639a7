package io.katydid.http;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import org.slf4j.LoggerFactory;

/**
 * Chooses who does TLS for all users of an environment: {@code --tls jdk} or {@code --tls native}, which is BoringSSL. Once compiled both cost about the same on kept connections; a
 * handshake costs the JDK several times as much for its first half minute, so tests with a connection per request want the native one.
 */
@Extension
public final class TlsEngine implements Plugin {
    private static final String NATIVE = "native";
    static final Option<String> TLS = Option.string("--tls").choices("jdk", NATIVE).defaultValue("jdk")
        .help("Do TLS by the JDK, or by BoringSSL, which is cheaper when connections are often made anew");

    /** Makes one; the platform does. */
    public TlsEngine() {}

    @Override public void options(OptionRegistry options) {
        options.add(TLS);
    }

    @Override public void init(Environment environment) {
        if (of(environment) != SslProvider.OPENSSL) return;
        if (!OpenSsl.isAvailable()) {
            throw new KatydidException("--tls native: BoringSSL cannot be loaded on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ": " + OpenSsl.unavailabilityCause()
                + ". Use --tls jdk; a program that embeds Katydid needs netty-tcnative-boringssl-static for its platform.");
        }
        LoggerFactory.getLogger("katydid.http").info("TLS is done by {}", OpenSsl.versionString());
    }

    /** Gives the engine of an environment; the JDK's where there are no options. */
    static SslProvider of(Environment environment) {
        return environment.parsedOptions().find("tls").filter(NATIVE::equals).isPresent() ? SslProvider.OPENSSL : SslProvider.JDK;
    }
}
