package io.katydid.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Checks the rules of numbers: what people read, never a 0 that is none. */
class FiguresTest {

    @Test void millisecondsHaveTheDigitsThatMatter() {
        assertThat(DoubleStream.of(0, 0.042, 0.5, 9.96, 12.4, 9_999, 12_345, Double.NaN).mapToObj(Figures::millis)).containsExactly("0",
            "0.04", "0.50", "10.0", "12", "9,999", "12,345", "—");
        assertThat(DoubleStream.of(441, 12_410, 125_000, Double.NaN).mapToObj(Figures::time)).containsExactly("441 ms", "12.41 s",
            "2 min 5 s", "—");
    }

    @Test void ratiosAreNeverRoundedToNothingOrAll() {
        assertThat(DoubleStream.of(0, 1, 0.0053, 0.0005, 0.0000001, 0.999999, Double.NaN).mapToObj(Figures::percent)).containsExactly("0 %",
            "100 %", "0.53 %", "0.050 %", "<0.001 %", "99.99 %", "—");
    }

    @Test void ratesCountsAndSizes() {
        assertThat(DoubleStream.of(0, 0.001, 0.24, 45.04, 4_740.4, Double.NaN).mapToObj(Figures::rate)).containsExactly("0", "<0.01",
            "0.24", "45.0", "4,740", "—");
        assertThat(Figures.shortCount(999_999)).isEqualTo("999,999");
        assertThat(Figures.shortCount(8_532_897)).isEqualTo("8.53 M");
        assertThat(DoubleStream.of(12, 2_048, 3_500_000).mapToObj(Figures::bytes)).containsExactly("12 B", "2.0 KiB", "3.3 MiB");
    }

    @Test void timesAreReadAsPeopleSayThem() {
        assertThat(DoubleStream.of(0, 3.04, 25, 119.6, 125, 3_725).mapToObj(Figures::duration)).containsExactly("0.0 s", "3.0 s", "25 s",
            "120 s", "2 min 5 s", "1 h 2 min 5 s");
        assertThat(DoubleStream.of(0, 65, 3_725).mapToObj(Figures::clock)).containsExactly("0:00", "1:05", "1:02:05");
    }

    @Test void longTextsAreCut() {
        assertThat(Shortened.inPlace("x".repeat(120))).hasSize(120);
        assertThat(Shortened.inPlace("a".repeat(500) + "end")).hasSize(121).contains("…").endsWith("end");
        assertThat(Shortened.bounded("a".repeat(5_000))).endsWith("a… (4,000 more characters)");
    }

    @Test void passwordsInAddressesAreMasked() {
        assertThat(Masked.text("https://me:p@ss@shop.example/x")).isEqualTo("https://me:•••@shop.example/x");
        assertThat(Masked.text("https://shop.example:8080/a@b")).isEqualTo("https://shop.example:8080/a@b");
    }
}
