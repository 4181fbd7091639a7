package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    private LogSetup install(String level) {
        return LogSetup.install(level, new PrintStream(err, true, StandardCharsets.UTF_8),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @Test
    @Parity("CL-130") void linesLookLikeTheReferences() {
        install("INFO");
        LoggerFactory.getLogger("katydid.main").warn("careful {}", 1);
        assertThat(log.toString(StandardCharsets.UTF_8))
            .matches("\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}] [^ ./]+/WARNING/katydid\\.main: careful 1\n");
    }

    @Test
    @Parity("CL-131") void tablesArePlainAndStayOnStandardError() {
        install("ERROR");
        LoggerFactory.getLogger(LogSetup.TABLES).info("GET  /");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("GET  /\n");
        assertThat(log.size()).isZero();
    }

    @Test void theSystemLoggerSpeaksThere() {
        install("INFO");
        System.getLogger("my.script").log(System.Logger.Level.INFO, "hello {0}", "you");
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("/INFO/my.script: hello you");
    }

    @Test
    @Parity("CL-132") void theLastLinesAreKept() {
        var setup = install("INFO");
        for (int i = 0; i < LogLines.CAPACITY + 10; i++) LoggerFactory.getLogger("x").info("line {}", i);
        assertThat(setup.lines()).hasSize(LogLines.CAPACITY);
        assertThat(setup.lines().getFirst()).endsWith("line 10");
    }

    @Test void levelsBelowAreSilent() {
        install("WARNING");
        LoggerFactory.getLogger("x").info("no");
        assertThat(log.size()).isZero();
    }
}
