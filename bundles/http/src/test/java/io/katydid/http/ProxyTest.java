package io.katydid.http;

import static io.katydid.http.HttpUser.proxies;
import static io.katydid.http.HttpUser.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.parity.Parity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sends requests through proxies: forwarded ones, and tunnels for TLS. */
class ProxyTest {
    private WireServer target;
    private WireServer secure;
    private WireServer proxy;

    @BeforeEach void start() throws Exception {
        var authority = new Authority("test");
        target = WireServer.answering("target");
        secure = WireServer.secure(authority.presenting(authority.identity("localhost", "127.0.0.1")),
            (_, wire) -> wire.answer(200, "secure"));
        proxy = WireServer.plain((seen, wire) -> {
            if (seen.method().equals("CONNECT")) {
                wire.send("HTTP/1.1 200 Connection established\r\n\r\n");
                wire.tunnel("127.0.0.1", Integer.parseInt(seen.target().substring(seen.target().indexOf(':') + 1)));
            } else {
                wire.answer(200, "forwarded", "Via: 1.1 test");
            }
        });
    }

    @AfterEach void stop() throws Exception {
        proxy.close();
        secure.close();
        target.close();
    }

    @Test
    @Parity({"UM-85", "UM-127"}) void aPlainRequestIsForwarded() throws Exception {
        var trial = Trial.http(target.url(), http -> http.proxy(proxy.url()), user -> {
            var response = user.client.get("/path?q=1");
            assertThat(response.text()).isEqualTo("forwarded");
            assertThat(response.url()).isEqualTo(target.url() + "/path?q=1");
            user.client.get("/again");
        }).clean();
        assertThat(proxy.lines()).containsExactly("GET " + target.url() + "/path?q=1", "GET " + target.url() + "/again");
        assertThat(proxy.seen).allSatisfy(seen -> assertThat(seen.all("Host")).containsExactly("127.0.0.1:" + target.port()));
        assertThat(proxy.connections()).isOne();
        assertThat(target.seen).isEmpty();
        assertThat(trial.names()).containsExactly("GET /path?q=1", "GET /again");
    }

    @Test
    @Parity("UM-127") void tlsGoesThroughATunnel() throws Exception {
        Trial.fast(secure.url(), http -> http.proxy(proxy.url()), user -> {
            assertThat(user.client.get("/a").text()).isEqualTo("secure");
            assertThat(user.client.get("/b").text()).isEqualTo("secure");
        }).clean();
        assertThat(proxy.lines()).containsExactly("CONNECT 127.0.0.1:" + secure.port());
        assertThat(secure.lines()).containsExactly("GET /a", "GET /b");
        assertThat(secure.seen).allSatisfy(seen -> assertThat(seen.all("Host")).containsExactly("127.0.0.1:" + secure.port()));
    }

    @Test void userAndPasswordAreForTheProxyOnly() throws Exception {
        var address = "http://ann:p%40ss@127.0.0.1:" + proxy.port();
        Trial.fast(target.url(), http -> http.proxy(address), user -> {
            user.client.get("/");
            user.client.get(secure.url() + "/");
        }).clean();
        var basic = List.of(new Credentials("ann", "p@ss").basic());
        assertThat(proxy.lines()).containsExactly("GET " + target.url() + "/", "CONNECT 127.0.0.1:" + secure.port());
        assertThat(proxy.seen).allSatisfy(seen -> assertThat(seen.all("Proxy-Authorization")).isEqualTo(basic));
        assertThat(secure.last().all("Proxy-Authorization")).isEmpty();
    }

    @Test void oneRequestMayGoAnotherWay() throws Exception {
        Trial.fast(target.url(), user -> {
            assertThat(user.client.get("/", proxies(Map.of("http", proxy.url()))).text()).isEqualTo("forwarded");
            assertThat(user.client.get("/", proxies(Map.of("https", proxy.url()))).text()).isEqualTo("target");
            assertThat(user.client.get("/", proxies(Map.of("all", "127.0.0.1:" + proxy.port()))).text()).isEqualTo("forwarded");
            assertThat(user.client.get("/", proxies(Map.of("all", proxy.url(), "http://127.0.0.1", ""))).text()).isEqualTo("target");
            assertThat(user.client.get("/").text()).isEqualTo("target");
        }).clean();
        Trial.fast(target.url(), http -> http.proxy(proxy.url()),
            user -> assertThat(user.client.get("/", proxies(Map.of("http", ""))).text()).isEqualTo("target")).clean();
        assertThat(proxy.connections()).as("equal ways share a connection").isOne();
        assertThat(target.connections()).isEqualTo(2);
    }

    @Test void aProxyThatRefusesIsAFailureInItsWords() throws Exception {
        try (var refusing = WireServer.plain((_, wire) -> {
            wire.head(407, "Proxy-Authenticate: Basic realm=\"x\"");
            wire.send("Content-Length: 0\r\n\r\n");
        });
            var leaving = WireServer.plain((_, wire) -> wire.hangUp());
            var odd = WireServer.plain((_, wire) -> wire.send("SSH-2.0\r\n\r\n"))) {
            var trial = Trial.fast(secure.url(), user -> {
                for (var each : List.of(refusing.url(), leaving.url(), odd.url(), "127.0.0.1:" + Ports.closed())) {
                    var response = user.client.get("/", proxies(Map.of("https", each)));
                    assertThat(response.statusCode()).isZero();
                    assertThat(response.ok()).isFalse();
                    assertThat(response.error()).isPresent();
                }
            });
            assertThat(trial.failures()).satisfiesExactly(
                text -> assertThat(text).isEqualTo("ProxyError: Tunnel connection failed: 407 Proxy Authentication Required"),
                text -> assertThat(text).isEqualTo(
                    "ProxyError: The proxy 127.0.0.1:" + leaving.port() + " closed the connection before there was a tunnel to 127.0.0.1:"
                        + secure.port() + "."),
                text -> assertThat(text).isEqualTo("ProxyError: Tunnel connection failed: 999 Unknown"),
                text -> assertThat(text).isEqualTo("ConnectException: Connection refused"));
            assertThat(secure.seen).isEmpty();
        }
    }

    @Test void aForwardingProxysRefusalIsAnAnswer() throws Exception {
        try (var refusing = WireServer.plain((_, wire) -> wire.answer(502, "no"))) {
            var trial = Trial.http(target.url(), http -> http.proxy(refusing.url()), user -> user.client.get("/"));
            assertThat(trial.failures()).containsExactly("502 Server Error: Bad Gateway for url: /");
        }
    }

    @Test void aSilentProxyTimesOut() throws Exception {
        try (var silent = WireServer.plain((_, wire) -> wire.waitForTheEnd())) {
            var trial = Trial.fast(secure.url(), user -> user.client.get("/", proxies(Map.of("https", silent.url())), timeout(0.2)));
            assertThat(trial.failures()).containsExactly("SocketTimeoutException: Connection timed out. (connect timeout=0.2)");
            assertThat(trial.only().responseTimeMs()).isBetween(199.0, 10_000.0);
        }
    }

    @Test void whatIsNoHttpProxyIsRefusedAtOnce() {
        assertThatThrownBy(() -> proxies(Map.of("http", "socks5://127.0.0.1:1080"))).isInstanceOf(KatydidException.class)
            .hasMessage("The proxy 'socks5://127.0.0.1:1080' is not an HTTP proxy. Write http://host:port.");
        assertThatThrownBy(() -> new HttpOptions().proxy("https://127.0.0.1:1080"))
            .hasMessage("The proxy 'https://127.0.0.1:1080' is not an HTTP proxy. Write http://host:port.");
    }
}
