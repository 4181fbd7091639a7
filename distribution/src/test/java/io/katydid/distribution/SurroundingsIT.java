package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.katydid.parity.Parity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where the surroundings have settings for other programs: proxies, passwords, input that is no terminal. */
class SurroundingsIT {
    private static final String SCRIPT = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Shop extends HttpUser {
            @Override protected WaitTime waitTime() { return constant(0.1); }

            @Task void home() { client.get("/"); }
        }

        class FastShop extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constant(0.1); }

            @Task void home() { client.get("/fast"); }
        }
        """;

    @TempDir Path folder;

    @Test
    @Parity("UM-82") void variablesForProxiesAndNetrcAreIgnored() throws Exception {
        var atProxy = new CopyOnWriteArrayList<String>();
        var atTarget = new CopyOnWriteArrayList<String>();
        var proxy = server(atProxy);
        var target = server(atTarget);
        try {
            var product = new Product(folder);
            product.script("katydidfile.java", SCRIPT);
            for (var variable : List.of("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"))
                product.with(variable, "http://127.0.0.1:" + proxy.getAddress().getPort());
            product.with("no_proxy", "").with("NO_PROXY", "");
            Files.writeString(folder.resolve(".netrc"), "machine 127.0.0.1\nlogin ann\npassword secret\n");
            product.with("NETRC", folder.resolve(".netrc").toString());
            var run = product.run("-H", "http://127.0.0.1:" + target.getAddress().getPort(), "--headless", "-u", "2", "-r", "2", "-t", "1s",
                "--json");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.requests()).isGreaterThan(3).isEqualTo(atTarget.size());
        } finally {
            proxy.stop(0);
            target.stop(0);
        }
        assertThat(atTarget).contains("/ without authorization", "/fast without authorization").allMatch(
            line -> line.endsWith(" without authorization"));
        assertThat(atProxy).isEmpty();
    }

    private static HttpServer server(List<String> seen) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI() + (exchange.getRequestHeaders().containsKey("Authorization") ? " with" : " without")
                + " authorization");
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    @Parity("EV-38") void keysOfAnInputThatIsNoTerminalAreLeftAlone() throws Exception {
        var product = new Product(folder);
        product.script("katydidfile.java", SCRIPT.replace("client.get(", "measure(\"T\", ").replace("\");", "\", () -> {});"));
        var run = product.input("wwWW").run("--headless", "-H", "http://127.0.0.1:1", "-u", "2", "-r", "2", "-t", "2s");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).containsOnlyOnce("Ramping to ").contains("Ramping to 2 users");
        var hooks = List.of(io.katydid.api.Events.class.getMethods());
        assertThat(hooks.size()).isGreaterThan(18);
        assertThat(hooks).noneMatch(hook -> hook.getName().toLowerCase(java.util.Locale.ROOT).matches(".*(key|input).*"));
    }
}
