package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.katydid.api.cli.Option;
import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lets the reference's own library read odd configuration files and compares. Skipped where python3-configargparse is not installed. */
class ConfFileGoldenTest {
    private static final String ALPHABET = "ab-_:=#;'\"[], \t.é0";
    private static final List<String> FILES = List.of("users = 5", "users=5", "users: 5", "users 5", "users\t5", "--users=5", "--users 5",
        "--headless", "headless", "headless = True", "headless =", "headless:", "host = http://x:80/y?a=b#c", "host http://x",
        "host = x # note",
        "host = x ; note", "host = x#y", "host = x;y", "host = # note", "host =# note", "host = \"a # b\"", "host = 'a ; b' ; note",
        "host = \"a\" b", "host = \"abc", "host = abc\"", "host = ''", "host = \"\"", "host = a=b:c", "host : = x", "host == x", "-u 5",
        "# note", "; note", "[locust]", "---", "-------", "--- x", "", "   ", "  users = 5  ", "= 5", ": x", "=", "users = 5\nusers = 6",
        "# a\n\nusers = 5\n[b]\nhost = x\n", "users = 5\r\nhost = x\r\n", "tags = [a, b]", "tags = [ a,b ]", "tags = []", "tags = [1, 2]",
        "tags = [\"a\", \"b, c\"]", "tags: [a b, c]", "tags [a, b] # note", "tags = [a, b", "run-time = 1h30m", "run_time = 5m",
        "logfile = C:\\temp\\x", "name = é ü", "name = a  b", "name = a \\# b", "name = a\\nb", "Users = 5");
    private static final String PROGRAM = """
        import configargparse, io, json, sys
        parser = configargparse.DefaultConfigFileParser()
        def read(text):
            try:
                return [[key, value] for key, value in parser.parse(io.StringIO(text, newline=None)).items()]
            except configargparse.ConfigFileParserException:
                return None
        print(json.dumps([read(text) for text in json.load(open(sys.argv[1], encoding='utf-8'))]))
        """;

    @TempDir Path folder;

    @Test
    @Parity("CL-77") void filesSayTheSameAsToTheReferencesLibrary() throws Exception {
        var answers = python(FILES);
        for (int i = 0; i < FILES.size(); i++) assertSame(FILES.get(i), answers.get(i), true);
    }

    @Test
    @Parity("CL-77") void randomLinesSayTheSameAsToTheReferencesLibrary() throws Exception {
        var random = new Random(77);
        var lines = Stream.generate(() -> random.ints(1 + random.nextInt(12), 0, ALPHABET.length())
            .mapToObj(at -> ALPHABET.substring(at, at + 1)).collect(Collectors.joining())).limit(20_000).toList();
        var answers = python(lines);
        for (int i = 0; i < lines.size(); i++) assertSame(lines.get(i), answers.get(i), false);
    }

    private static void assertSame(String text, JsonNode theirs, boolean lists) {
        if (theirs.isNull()) {
            assertThatThrownBy(() -> ConfFile.parse(text, "x.conf")).as("'%s'", text).hasMessageStartingWith("x.conf, line 1: '")
                .hasMessageEndingWith("' has no key. Write key = value, or begin a comment with #.");
            return;
        }
        var ours = ConfFile.parse(text, "x.conf");
        assertThat(ours).as("'%s'", text).hasSize(theirs.size());
        for (var pair : theirs) {
            var value = ours.get(ConfFile.key(pair.get(0).asString()));
            if (text.strip().matches("[^:=;#\\s]+\\s+[#;].*")) {
                assertThat(value).as("a comment behind the flag '%s'", text).isEqualTo("true");
            } else if (pair.get(1).isString()) {
                assertThat(value).as("'%s'", text).isEqualTo(pair.get(1).asString());
            } else if (lists) {
                assertThat(Option.strings("--x").parse(value)).as("'%s'", text)
                    .isEqualTo(pair.get(1).valueStream().map(JsonNode::asString).filter(item -> !item.isEmpty()).toList());
            } else {
                assertThat(value).as("'%s'", text).startsWith("[").endsWith("]");
            }
        }
    }

    private JsonNode python(List<String> texts) throws Exception {
        var input = folder.resolve("in.json");
        Files.writeString(input, JsonMapper.shared().writeValueAsString(texts));
        var output = folder.resolve("out.json");
        for (var python : List.of("python3", "/usr/bin/python3")) {
            if (end(List.of(python, "-c", "import configargparse"), output) != 0) continue;
            assertThat(end(List.of(python, "-c", PROGRAM, input.toString()), output)).as(Files.readString(output)).isZero();
            return JsonMapper.shared().readTree(Files.readString(output));
        }
        var reason = "The peer 'python3-configargparse' is not installed: this test needs the real one.";
        if ("required".equals(System.getProperty("katydid.peers"))) fail(reason);
        System.out.println("skipped: " + reason);
        return abort(reason);
    }

    private static int end(List<String> command, Path output) throws Exception {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (java.io.IOException none) {
            return -1;
        }
    }
}
