package io.katydid.html;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Is the page around the parts: {@code report.html} with style and script in it, and a policy that lets nothing else run or load. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");
    private static final String PAGE = resource("report.html");

    private Template() {}

    /** Fills all places in one pass: what a part contains is never taken for a place. */
    static String fill(Map<String, String> parts) {
        var all = new HashMap<>(parts);
        all.put("style", STYLE);
        all.put("script", SCRIPT);
        all.put("policy", "default-src 'none'; script-src '" + hash(SCRIPT) + "'; style-src '" + hash(STYLE) + "'; img-src data:; "
            + "base-uri 'none'; form-action 'none'");
        return PLACE.matcher(PAGE).replaceAll(place -> Matcher.quoteReplacement(all.getOrDefault(place.group(1), "")));
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String resource(String name) {
        try (var in = Template.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("The bundle html has no " + name + ". Build or download it again.");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
