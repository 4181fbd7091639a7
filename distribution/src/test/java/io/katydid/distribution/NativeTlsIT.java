package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs users over TLS that BoringSSL does, against the JDK's server. */
@Isolated("measures")
class NativeTlsIT {
    private static final String SCRIPT = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Reader extends FastHttpUser {
            @Override protected void configure(HttpOptions http) { http.insecure(%s); }

            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task void kept() { client.get("/kept"); }

            @Task void anew() { client.get("/new", header("Connection", "close")); }
        }
        """;
    @TempDir Path folder;
    private final LongAdder served = new LongAdder();
    private HttpsServer server;

    @BeforeEach void serve() throws Exception {
        var store = folder.resolve("server.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(keytool, "-genkeypair", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass",
            "password",
            "-alias", "server", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1").redirectErrorStream(true).start();
        assertThat(made.waitFor()).as(new String(made.getInputStream().readAllBytes())).isZero();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        try (InputStream in = Files.newInputStream(store)) {
            var loaded = KeyStore.getInstance("PKCS12");
            loaded.load(in, "password".toCharArray());
            keys.init(loaded, "password".toCharArray());
        }
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                served.increment();
                exchange.sendResponseHeaders(200, 5);
                exchange.getResponseBody().write(new byte[5]);
            }
        });
        server.start();
    }

    @AfterEach void close() {
        server.stop(0);
    }

    private Product.Ended run(Product product, boolean insecure, String... more) throws Exception {
        var words = new ArrayList<>(List.of("-f", product.script("Reader.java", SCRIPT.formatted(insecure)).toString(), "-H",
            "https://127.0.0.1:" + server.getAddress().getPort(), "--headless", "-u", "10", "-r", "100", "-t", "3s", "--json"));
        words.addAll(List.of(more));
        return product.run(words.toArray(String[]::new));
    }

    @Test void bothEnginesCarryTheSameUsers() throws Exception {
        var boring = run(new Product(folder), true, "--tls", "native");
        assertThat(boring.exitCode()).as(boring.err()).isZero();
        assertThat(boring.err()).contains("TLS is done by BoringSSL");
        assertThat(boring.requests()).isEqualTo(served.sum()).isGreaterThan(100);
        assertThat(boring.failures()).isZero();
        long before = served.sum();
        var jdk = run(new Product(folder), true);
        assertThat(jdk.err()).doesNotContain("TLS is done by");
        assertThat(jdk.requests()).isEqualTo(served.sum() - before).isGreaterThan(100);
    }

    @Test void aCertificateNobodyKnowsIsRefused() throws Exception {
        var run = run(new Product(folder), false, "--tls", "native");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.failures()).isEqualTo(run.requests()).isPositive();
        assertThat(served.sum()).isZero();
    }

    @Test void withoutTheLibraryItIsRefusedInWords() throws Exception {
        var run = run(new Product(folder).with("KATYDID_JAVA_OPTS", "-Dio.netty.handler.ssl.noOpenSsl=true"), true, "--tls", "native");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--tls native: BoringSSL cannot be loaded on ")
            .contains(". Use --tls jdk; a program that embeds Katydid needs");
        assertThat(served.sum()).isZero();
    }
}
