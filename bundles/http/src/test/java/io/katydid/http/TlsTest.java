package io.katydid.http;

import static io.katydid.http.HttpUser.cert;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Speaks TLS with servers whose certificates are right and wrong, and presents some of its own. */
class TlsTest {
    private static final String UNTRUSTED = "SunCertPathBuilderException: unable to find valid certification path to requested target";
    private static Authority authority;
    private static Authority.Identity server;

    @TempDir private Path folder;

    @BeforeAll static void make() throws Exception {
        authority = new Authority("Katydid's tests");
        server = authority.identity("server", "localhost", "127.0.0.1");
    }

    private static WireServer serving(Authority.Identity identity) throws Exception {
        return WireServer.secure(authority.presenting(identity), (seen, wire) -> wire.answer(200, "hello " + seen.client()));
    }

    @Test
    @Parity({"SD-23", "UM-124"}) void anHttpUserVerifiesAndAFastUserDoesNot() throws Exception {
        try (var secure = serving(server)) {
            var plain = Trial.http(secure.url(), user -> {
                var response = user.client.get("/");
                assertThat(response.statusCode()).isZero();
                assertThat(response.ok()).isFalse();
            });
            assertThat(plain.failures()).containsExactly(UNTRUSTED);
            assertThat(plain.only().url()).isEqualTo(secure.url() + "/");
            assertThat(secure.seen).isEmpty();
            Trial.fast(secure.url(), user -> {
                assertThat(user.client.get("/a").text()).isEqualTo("hello ");
                user.client.get("/b");
            }).clean();
            assertThat(secure.lines()).containsExactly("GET /a", "GET /b");
            assertThat(secure.seen).extracting(WireServer.Seen::connection).containsExactly(2, 2);
        }
    }

    @Test
    @Parity({"SD-29", "SD-30"}) void verifyingIsSetByOptionBySessionAndByRequest() throws Exception {
        try (var secure = serving(server)) {
            var plain = Trial.http(secure.url(), user -> {
                user.client.get("/", name("default"));
                user.client.get("/", name("request"), verify(false));
                user.client.verify(false);
                user.client.get("/", name("session"));
                user.client.get("/", name("request over session"), verify(true));
            });
            assertThat(plain.events()).filteredOn(event -> event.exception().isPresent()).extracting(event -> event.name())
                .containsExactly("default", "request over session");
            Trial.http(secure.url(), http -> http.insecure(true), user -> user.client.get("/")).clean();
            var fast = Trial.fast(secure.url(), http -> http.insecure(false), user -> user.client.get("/"));
            assertThat(fast.failures()).containsExactly(UNTRUSTED);
        }
    }

    @Test void aConnectionThatWasNotVerifiedIsNotUsedForARequestThatVerifies() throws Exception {
        try (var secure = serving(server)) {
            var trial = Trial.http(secure.url(), user -> {
                user.client.get("/", verify(false));
                user.client.get("/", verify(true));
                user.client.get("/", verify(false));
            });
            assertThat(trial.failures()).containsExactly(UNTRUSTED);
            assertThat(secure.seen).extracting(WireServer.Seen::connection).containsExactly(1, 1);
        }
    }

    @Test
    @Parity({"SD-30", "UM-129"}) void anOwnSetUpIsAskedForOnceAndDecidesOnTrust() throws Exception {
        var asked = new AtomicInteger();
        var context = authority.trusting();
        try (var secure = WireServer.secure(authority.presenting(server), (_, wire) -> wire.answer(200, "", "Connection: close"))) {
            Trial.http(secure.url(), http -> http.sslContext(() -> {
                asked.incrementAndGet();
                return context;
            }), user -> {
                user.client.get("/");
                user.client.get("/");
                user.client.get(secure.url().replace("127.0.0.1", "localhost"));
            }).clean();
            assertThat(secure.connections()).isEqualTo(3);
            assertThat(asked).hasValue(1);
        }
    }

    @Test void theNameIsCheckedUnlessInsecure() throws Exception {
        var context = authority.trusting();
        try (var secure = serving(authority.identity("other", "shop.example.com"))) {
            var trial = Trial.http(secure.url(), http -> http.sslContext(() -> context), user -> {
                user.client.get("/", name("checked"));
                user.client.get("/", name("unchecked"), verify(false));
            });
            assertThat(trial.failures())
                .containsExactly("CertificateException: No subject alternative names matching IP address 127.0.0.1 found");
            assertThat(secure.seen).hasSize(1);
        }
    }

    @Test void anExpiredCertificateSaysSo() throws Exception {
        var context = authority.trusting();
        try (var secure = serving(authority.expired("old", "127.0.0.1"))) {
            var trial = Trial.http(secure.url(), http -> http.sslContext(() -> context), user -> user.client.get("/"));
            assertThat(trial.failures()).singleElement().asString().startsWith("CertificateExpiredException: NotAfter: ");
        }
    }

    @Test void aPlainServerIsNoTlsServer() throws Exception {
        try (var plain = new RawServer("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            var trial = Trial.fast(plain.url().replace("http:", "https:"), user -> user.client.get("/"));
            assertThat(trial.failures()).singleElement().asString().startsWith("NotSslRecordException: not an SSL/TLS record: ");
            trial.only();
        }
    }

    @Test void aServerThatHangsUpInTheHandshakeIsAFailure() throws Exception {
        try (var silent = new HangingUp()) {
            var trial = Trial.fast("https://127.0.0.1:" + silent.port(), user -> assertThat(user.client.get("/").statusCode()).isZero());
            assertThat(trial.failures()).singleElement()
                .isIn("IOException: The connection to https://127.0.0.1:" + silent.port() + " was closed while it was opened.",
                    "SocketException: Connection reset");
        }
    }

    @Test
    @Parity("UM-85") void aClientCertificateIsPresentedWhenAskedFor() throws Exception {
        var ann = authority.identity("ann");
        try (var asking = WireServer.secure(authority.presenting(server), true, (seen, wire) -> wire.answer(200, seen.client()))) {
            Trial.fast(asking.url(), http -> http.cert(ann.chain(folder), ann.key(folder)), user -> {
                assertThat(user.client.get("/").text()).isEqualTo("CN=ann");
                assertThat(user.client.get("/").text()).isEqualTo("CN=ann");
            }).clean();
            assertThat(asking.connections()).isOne();
        }
    }

    @Test void oneRequestMayPresentAnother() throws Exception {
        var ann = authority.identity("ann").pem(folder);
        var bob = authority.identity("bob");
        try (var asking = WireServer.secure(authority.presenting(server), true, (seen, wire) -> wire.answer(200, seen.client()))) {
            Trial.fast(asking.url(), user -> {
                assertThat(user.client.get("/", cert(ann)).text()).isEqualTo("CN=ann");
                assertThat(user.client.get("/", cert(bob.chain(folder), bob.key(folder))).text()).isEqualTo("CN=bob");
                assertThat(user.client.get("/", cert(ann)).text()).isEqualTo("CN=ann");
            }).clean();
            assertThat(asking.connections()).as("one for each certificate").isEqualTo(2);
        }
    }

    @Test void aServerThatWantsACertificateAndGetsNoneOrAStrangersIsAFailure() throws Exception {
        var stranger = new Authority("elsewhere").identity("eve").pem(folder);
        try (var asking = WireServer.secure(authority.presenting(server), true, (_, wire) -> wire.answer(200, ""))) {
            var trial = Trial.fast(asking.url(), user -> {
                assertThat(user.client.get("/", name("none")).statusCode()).isZero();
                assertThat(user.client.get("/", name("stranger"), cert(stranger)).statusCode()).isZero();
            });
            assertThat(trial.failures()).hasSize(2)
                .allSatisfy(text -> assertThat(text).matches("SSLHandshakeException: .*|.*(closed|reset).*"));
            assertThat(asking.seen).isEmpty();
        }
    }

    @Test void aCertificateThatCannotBeReadIsTheScriptsMistake() throws Exception {
        var nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        try (var secure = serving(server)) {
            var trial = Trial.fast(secure.url(), user -> {
                assertThatThrownBy(() -> user.client.get("/", cert(nonsense))).isInstanceOf(KatydidException.class)
                    .hasMessageStartingWith("TLS cannot be set up with the certificate " + nonsense + " and the key " + nonsense + ": ")
                    .hasMessageEndingWith(". Give PEM files, the key unencrypted in PKCS#8.");
                user.client.get("/");
            }).clean();
            trial.only();
        }
    }

    @Test void theCarriersAndTheFallbackSpeakItAlike() throws Exception {
        try (var secure = serving(server)) {
            for (boolean fallback : new boolean[]{false, true}) {
                Trial.of(Flavour.FAST, secure.url(), _ -> {}, user -> {
                    for (int i = 0; i < 100; i++) user.client.get("/" + i);
                }, fallback).clean();
            }
            assertThat(secure.seen).hasSize(200);
            assertThat(secure.connections()).isEqualTo(2);
        }
    }

    @Test void largeBodiesGoBothWays() throws Exception {
        try (var secure = WireServer.secure(authority.presenting(server), (seen, wire) -> wire.answer(200, seen.body()))) {
            var body = new byte[5 << 20];
            for (int i = 0; i < body.length; i++) body[i] = (byte) (i * 7);
            var trial = Trial.fast(secure.url(), user -> assertThat(user.client.post("/", HttpUser.body(body)).content()).isEqualTo(body))
                .clean();
            assertThat(trial.only().responseLength()).isEqualTo(body.length);
        }
    }
}
