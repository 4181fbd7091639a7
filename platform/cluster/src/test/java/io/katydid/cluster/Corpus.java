package io.katydid.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Has the inputs that {@code distribution/bench/Fuzz.java} kept of a target: each reaches something in the code that no other one does. */
public final class Corpus {

    private Corpus() {}

    /** Gives them, a line of hexadecimal digits each. */
    public static List<byte[]> of(String target) throws IOException {
        var stream = Objects.requireNonNull(Corpus.class.getResourceAsStream("corpus/" + target + ".hex"), target);
        try (var in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
            return in.readAllLines().stream().map(HexFormat.of()::parseHex).toList();
        }
    }
}
