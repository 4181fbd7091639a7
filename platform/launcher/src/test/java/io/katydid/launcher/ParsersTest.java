package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.katydid.api.cli.Option;
import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParsersTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        users = 5              | users     | 5
        users: 5               | users     | 5
        users 5                | users     | 5
        --users=5              | users     | 5
        headless               | headless  | true
        headless = false       | headless  | false
        run_time = 5m          | run-time  | 5m
        tags = [a, b]          | tags      | [a, b]
        host = http://x:80/y   | host      | http://x:80/y
        host = "a # b"         | host      | a # b
        host = x # comment     | host      | x
        host = x ; comment     | host      | x
        host = a=b             | host      | a=b
        """)
    @Parity("CL-77") void confLines(String line, String key, String value) {
        assertThat(ConfFile.parse(line, "katydid.conf")).containsExactly(entry(key, value));
    }

    @Test
    @Parity("CL-77") void confCommentsSectionsAndRulesSayNothing() {
        assertThat(ConfFile.parse("# a\n; b\n\n[locust]\n---\n", "katydid.conf")).isEmpty();
    }

    @Test
    @Parity("CL-76") void tomlTablesGiveTexts() {
        var text = "[tool.locust]\nusers = 5\nheadless = true\ntags = [\"a\", \"b\"]\nrun_time = \"5m\"\n[tool.other]\nx = 1\n";
        assertThat(TomlFile.parse(text, "tool.locust", "pyproject.toml"))
            .containsExactlyInAnyOrderEntriesOf(Map.of("users", "5", "headless", "true", "tags", "[a, b]", "run-time", "5m"));
    }

    @Test void brokenTomlNamesFileAndLine() {
        assertThatThrownBy(() -> TomlFile.parse("a = 1\nb = = 2\n", "", "katydid.toml")).isInstanceOf(Refusal.class)
            .hasMessageContaining("katydid.toml, line 2");
    }

    @Test void theLenientScanPassesOverWhatItDoesNotKnow() {
        var scan = LenientScan.of(List.of("--unknown", "x", "-f", "A.java,B.java", "--locustfile=C.java", "-fD.java", "--plugins", "-demo",
            "--config=x.conf", "--plugins-unsafe", "User"));
        assertThat(scan).isEqualTo(
            new LenientScan(List.of("A.java", "B.java", "C.java", "D.java"), Optional.of("-demo"), true, Optional.of("x.conf"), false,
                false));
    }

    @Test void theLenientScanEndsAtTwoDashes() {
        assertThat(LenientScan.of(List.of("--", "-h")).help()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"--user,--users", "--headles,--headless", "--haedless,--headless", "--run-tme,--run-time"}) void wordsThatWereMeant(
        String word, String meant) {
        assertThat(Suggestions.nearest(word, List.of("--users", "--headless", "--run-time", "--host"))).contains(meant);
    }

    @Test void nothingIsMeantByNonsense() {
        assertThat(Suggestions.didYouMean("--zzz", List.of("--users", "--host"))).isEmpty();
    }

    private static final List<Option<?>> OPTIONS = List.of(Option.string("--host").alias("-H"), Option.integer("--users").alias("-u"),
        Option.strings("--tags").alias("-T"),
        Option.flag("--headless"), Option.string("--json").valueWhenBare("-"));

    @Test void optionsInAllTheirForms() {
        var line = CommandLine.parse(List.of("-H", "a", "--users=3", "--tags", "x", "y", "--headless", "User", "--json"), OPTIONS);
        assertThat(line.values()).containsEntry("--host", List.of("a")).containsEntry("--users", List.of("3"))
            .containsEntry("--tags", List.of("x", "y")).containsKey("--headless");
        assertThat(line.positional()).containsExactly("User");
    }

    @Test void theLastValueWins() {
        var line = CommandLine.parse(List.of("-u1", "-u", "2"), OPTIONS);
        var sources = new Sources(Map.of(), List.of(), _ -> {});
        assertThat(OptionResolver.resolve(OPTIONS, line, sources).get("users")).isEqualTo(2);
    }

    @Test void anAtSignIsNoFile() {
        assertThat(CommandLine.parse(List.of("--host", "@x"), OPTIONS).values()).containsEntry("--host", List.of("@x"));
    }

    @Test void bareOptionsTakeTheirBareValue() {
        var line = CommandLine.parse(List.of("--json", "--headless"), OPTIONS);
        var values = OptionResolver.resolve(OPTIONS, line, new Sources(Map.of(), List.of(), _ -> {}));
        assertThat(values.get("json")).isEqualTo("-");
        assertThat(values.get("headless")).isEqualTo(true);
    }

    @Test
    @Parity({"CL-76", "CL-78", "AC-94"}) void sourcesWinInTheirOrder() throws Exception {
        var place = new Scene(folder).place();
        Files.createDirectories(place.userHome());
        for (var name : List.of("extra.conf", "katydid.conf", "locust.conf")) Files.writeString(folder.resolve(name), "host = " + name);
        Files.writeString(folder.resolve("katydid.toml"), "host = \"katydid.toml\"");
        Files.writeString(folder.resolve("pyproject.toml"), "[tool.locust]\nhost = \"pyproject.toml\"");
        Files.writeString(place.userHome().resolve(".katydid.conf"), "host = ~/.katydid.conf");
        Files.writeString(place.userHome().resolve(".locust.conf"), "host = ~/.locust.conf");
        var host = Option.string("--host").env("LOCUST_HOST");
        assertThat(new Sources(Map.of("LOCUST_HOST", "l", "KATYDID_HOST", "k"), List.of(), _ -> {}).find(host))
            .contains(new Sources.Found("k", "KATYDID_HOST"));
        assertThat(source(place, Optional.of("extra.conf"), host)).isEqualTo("extra.conf");
        var order = List.of("katydid.conf", "katydid.toml", "locust.conf", "pyproject.toml");
        for (var name : order) {
            assertThat(source(place, Optional.empty(), host)).isEqualTo(name);
            Files.delete(folder.resolve(name));
        }
        assertThat(source(place, Optional.empty(), host)).isEqualTo("~/.katydid.conf");
        Files.delete(place.userHome().resolve(".katydid.conf"));
        assertThat(source(place, Optional.empty(), host)).isEqualTo("~/.locust.conf");
    }

    @Test void theAddressOfAServiceIsNoPort() {
        var port = Option.integer("--master-port").env("LOCUST_MASTER_NODE_PORT").defaultValue(5557);
        var service = Map.of("KATYDID_MASTER_PORT", "tcp://10.0.0.1:5557", "LOCUST_MASTER_NODE_PORT", "5558");
        assertThat(new Sources(service, List.of(), _ -> {}).find(port)).contains(new Sources.Found("5558", "LOCUST_MASTER_NODE_PORT"));
        var typo = Map.of("KATYDID_MASTER_PORT", "udp://10.0.0.1:5557");
        assertThat(new Sources(typo, List.of(), _ -> {}).find(port)).contains(
            new Sources.Found("udp://10.0.0.1:5557", "KATYDID_MASTER_PORT"));
        var host = Option.string("--host").env("LOCUST_HOST");
        assertThat(new Sources(Map.of("KATYDID_HOST", "tcp://10.0.0.1:7000"), List.of(), _ -> {}).find(host))
            .contains(new Sources.Found("tcp://10.0.0.1:7000", "KATYDID_HOST"));
    }

    private static String source(Place place, Optional<String> config, Option<String> option) {
        return Sources.read(place, config, _ -> {}).find(option).orElseThrow().text();
    }
}
