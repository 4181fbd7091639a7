package io.katydid.http;

import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.files;
import static io.katydid.http.HttpUser.form;
import static io.katydid.http.HttpUser.json;
import static io.katydid.http.HttpUser.param;
import static io.katydid.http.HttpUser.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.parity.Parity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends each kind of body, and parameters, and reads what arrived. */
class BodiesTest {
    private WireServer server;

    record Order(String sku, int count) {}

    @BeforeEach void start() throws Exception {
        server = WireServer.answering("ok");
    }

    @AfterEach void stop() throws Exception {
        server.close();
    }

    private String sent() { return server.last().header("Content-Type").orElse("none") + " " + server.last().text(); }

    @Test
    @Parity("UM-85") void jsonIsARecordAMapAListATextOrANumber() throws Exception {
        Trial.http(server.url(), user -> {
            user.client.post("/", json(new Order("A-17", 2)));
            user.client.post("/", json(Map.of("k", List.of(1, 2))));
            user.client.post("/", json("tëxt"));
            user.client.post("/", json(1.5));
        }).clean();
        assertThat(server.seen).extracting(WireServer.Seen::text).containsExactly("{\"sku\":\"A-17\",\"count\":2}", "{\"k\":[1,2]}",
            "\"tëxt\"", "1.5");
        assertThat(server.seen).allSatisfy(seen -> assertThat(seen.all("Content-Type")).containsExactly("application/json"));
    }

    @Test
    @Parity("UM-85") void aFormIsEncodedAsPythonDoes() throws Exception {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("a b", "c&d=e");
        fields.put("list", List.of(1, 2));
        fields.put("absent", Optional.empty());
        fields.put("ü", "~-._*");
        Trial.http(server.url(), user -> user.client.post("/", form(fields), form("more", true))).clean();
        assertThat(sent()).isEqualTo("application/x-www-form-urlencoded a+b=c%26d%3De&list=1&list=2&%C3%BC=~-._%2A&more=true");
    }

    @Test void textAndBytesGoAsTheyAre() throws Exception {
        var bytes = new byte[]{0, (byte) 200, 13, 10};
        Trial.http(server.url(), user -> {
            user.client.put("/", body("plain ü"));
            assertThat(sent()).isEqualTo("none plain ü");
            user.client.put("/", body("text/csv", "a,b"));
            assertThat(sent()).isEqualTo("text/csv a,b");
            user.client.put("/", body(bytes));
            assertThat(server.last().body()).isEqualTo(bytes);
            user.client.put("/", body("image/png", bytes));
            assertThat(server.last().body()).isEqualTo(bytes);
            assertThat(server.last().all("Content-Type")).containsExactly("image/png");
        }).clean();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aStreamGoesInChunks(boolean fallback) throws Exception {
        var bytes = new byte[300_000];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (i * 31);
        Trial.of(Flavour.HTTP, server.url(), _ -> {}, user -> {
            user.client.post("/", body("application/octet-stream", new ByteArrayInputStream(bytes)));
            user.client.post("/", body("", InputStream.nullInputStream()));
        }, fallback).clean();
        assertThat(server.seen.getFirst().body()).isEqualTo(bytes);
        assertThat(server.seen.getFirst().all("Transfer-Encoding")).containsExactly("chunked");
        assertThat(server.seen.getFirst().all("Content-Length")).isEmpty();
        assertThat(server.last().body()).isEmpty();
        assertThat(server.connections()).isOne();
    }

    @Test void aStreamThatBreaksFailsTheRequest() throws Exception {
        var breaking = new InputStream() {
            @Override public int read() throws IOException { throw new IOException("the disk is gone"); }
        };
        var trial = Trial.http(server.url(), user -> {
            assertThat(user.client.post("/broken", body("text/plain", breaking)).statusCode()).isZero();
            user.client.get("/next");
        });
        assertThat(trial.failures()).containsExactly("IOException: the disk is gone");
        assertThat(server.lines()).containsExactly("GET /next");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aLargeBodyArrivesWhole(boolean fallback) throws Exception {
        var bytes = new byte[20 << 20];
        Arrays.fill(bytes, (byte) 'x');
        Trial.of(Flavour.HTTP, server.url(), _ -> {}, user -> {
            user.client.post("/", body(bytes));
            user.client.post("/", body("small"));
        }, fallback).clean();
        assertThat(server.seen.getFirst().body()).hasSize(bytes.length).startsWith('x').endsWith('x');
        assertThat(server.last().text()).isEqualTo("small");
    }

    @Test
    @Parity("UM-85") void filesAndFieldsAreOneMultipartBody(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("rows.csv"), "a,b\n");
        Trial.http(server.url(), user -> user.client.post("/", form("title", "Rows ü"), files("file", file),
            files("raw", "x\"y.bin", new byte[]{1, 2}, "application/x-raw"), files("plain", "z", new byte[]{3}, ""))).clean();
        var type = server.last().header("Content-Type").orElseThrow();
        assertThat(type).startsWith("multipart/form-data; boundary=");
        var boundary = "--" + type.substring(type.indexOf('=') + 1);
        assertThat(server.last().text()).isEqualTo(boundary + "\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nRows ü\r\n"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\n\r\n"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"raw\"; filename=\"x%22y.bin\"\r\nContent-Type: application/x-raw\r\n\r\n\u0001\u0002\r\n"
            + boundary + "\r\nContent-Disposition: form-data; name=\"plain\"; filename=\"z\"\r\n\r\n\u0003\r\n" + boundary + "--\r\n");
        assertThat(server.last().header("Content-Length"))
            .contains(String.valueOf(server.last().text().getBytes(StandardCharsets.UTF_8).length));
    }

    @Test void filesMayBeGivenByFieldAndEachRequestHasABoundaryOfItsOwn(@TempDir Path folder) throws Exception {
        var one = Files.writeString(folder.resolve("one.txt"), "1");
        Trial.http(server.url(), user -> {
            user.client.post("/", files(Map.of("one", one)));
            user.client.post("/", files(Map.of("one", one)));
        }).clean();
        assertThat(server.last().text()).contains("name=\"one\"; filename=\"one.txt\"\r\nContent-Type: text/plain\r\n\r\n1\r\n");
        assertThat(server.seen.get(0).text()).isNotEqualTo(server.seen.get(1).text());
    }

    @Test void aFileThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> files("f", Path.of("/no/such.csv"))).isInstanceOf(UncheckedIOException.class)
            .hasMessage("The file /no/such.csv of field \"f\" cannot be read. Check the path and its rights.");
    }

    @SuppressWarnings("NullAway") // Scripts are not checked for it.
    @Test void aBodyThatIsNotThereIsSaidWhereItIsGiven() {
        for (ThrowingCallable given : List.<ThrowingCallable>of(() -> body((String) null), () -> body((byte[]) null),
            () -> body("text/csv", (String) null),
            () -> body("text/csv", (InputStream) null))) {
            assertThatThrownBy(given).isInstanceOf(KatydidException.class)
                .hasMessage("body(…) was given null. Give it what to send, or leave it out to send no body.");
        }
    }

    @Test void twoBodiesAreRefused() throws Exception {
        Trial.http(server.url(), user -> {
            assertThatThrownBy(() -> user.client.post("/", json(1), body("x"))).isInstanceOf(KatydidException.class)
                .hasMessage("A request has one body, but got json(…) and body(…). Leave one of them out.");
            assertThatThrownBy(() -> user.client.post("/", body("x"), form("a", 1)))
                .hasMessage("A request has one body, but got body(…) and form(…). Leave one of them out.");
        });
        assertThat(server.seen).isEmpty();
    }

    @Test
    @Parity("UM-85") void parametersAreAddedToTheQuery() throws Exception {
        var several = new LinkedHashMap<String, Object>();
        several.put("tags", List.of("x", "y z"));
        several.put("n", 3);
        Trial.http(server.url(), user -> {
            user.client.get("/search", param("q", "a&b"), params(several));
            user.client.get("/search?page=2", param("q", "ü"));
            user.client.get("/search#top", param("q", 1));
            user.client.post("/search", param("q", 1), form("f", 2));
        }).clean();
        assertThat(server.lines()).containsExactly("GET /search?q=a%26b&tags=x&tags=y+z&n=3", "GET /search?page=2&q=%C3%BC",
            "GET /search?q=1",
            "POST /search?q=1");
        assertThat(server.last().text()).isEqualTo("f=2");
    }

    @Test void aPostWithoutABodySaysSoAndAGetDoesNot() throws Exception {
        Trial.http(server.url(), user -> {
            for (var method : List.of("GET", "OPTIONS", "HEAD", "DELETE", "POST", "PUT", "PATCH", "PURGE"))
                user.client.request(method, "/");
        }).clean();
        assertThat(server.seen).extracting(seen -> seen.method() + seen.all("Content-Length")).containsExactly("GET[]", "OPTIONS[]",
            "HEAD[]",
            "DELETE[]", "POST[0]", "PUT[0]", "PATCH[0]", "PURGE[]");
        assertThat(server.connections()).isOne();
    }

    @Test void aGetMayHaveABody() throws Exception {
        Trial.http(server.url(), user -> user.client.get("/", json(Map.of("query", "all")))).clean();
        assertThat(server.last().line()).isEqualTo("GET /");
        assertThat(server.last().text()).isEqualTo("{\"query\":\"all\"}");
    }
}
