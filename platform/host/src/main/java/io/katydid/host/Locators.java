package io.katydid.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the sources that the values of {@code -f} name. */
final class Locators {
    private static final String DEFAULT = "katydidfile.java";
    private static final Pattern PUBLIC_TYPE = Pattern
        .compile("(?m)^\\s*public\\s+(?:(?:abstract|final|sealed|non-sealed)\\s+)*(?:class|interface|record|enum)\\s+(\\w+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Path folder;
    private final Map<String, Fetched> fetched = new ConcurrentHashMap<>();

    /** Is a download: a run that starts right after its script was loaded does not ask for it again. */
    private record Fetched(String text, long nanos) {

        boolean fresh() { return System.nanoTime() - nanos < FRESH_NANOS; }
    }

    Locators(Path folder) {
        this.folder = folder;
    }

    List<Unit> read(List<String> values) {
        var words = values.stream().flatMap(value -> Arrays.stream(value.split(","))).map(String::strip)
            .filter(Predicate.not(String::isEmpty)).toList();
        if (words.isEmpty()) return List.of(standard());
        return words.stream().map(this::unit).toList();
    }

    private Unit standard() {
        var file = folder.resolve(DEFAULT);
        if (!Files.isRegularFile(file)) {
            throw new ScriptException("Could not find '" + DEFAULT + "' in " + folder
                + ", and no -f was given. Name a script with -f, such as -f Shop.java, or see --help for available options.");
        }
        return new Unit(DEFAULT, List.of(source(DEFAULT, file)));
    }

    private Unit unit(String word) {
        if (word.equals("-")) return new Unit("-", List.of(named("standard input", standardInput())));
        if (word.startsWith("http://") || word.startsWith("https://")) return new Unit(word, List.of(named(word, fetch(word))));
        var path = folder.resolve(word);
        if (Files.isDirectory(path)) return new Unit(word, inFolder(word, path));
        if (Files.isRegularFile(path) && word.endsWith(".java")) return new Unit(word, List.of(source(word, path)));
        throw new ScriptException("Could not find '" + word + "'. Ensure your script ends with '.java' or is a directory with scripts"
            + (path.isAbsolute() && Files.exists(path) ? "" : " (looked for "
                + path.normalize() + ")")
            + ". See --help for available options.");
    }

    private static List<Source> inFolder(String word, Path path) {
        try (var files = Files.walk(path)) {
            var sources = files
                .filter(file -> file.toString().endsWith(".java") && Files.isRegularFile(file) && !hidden(path.relativize(file))).sorted()
                .map(file -> source(file.toString(), file)).toList();
            if (sources.isEmpty())
                throw new ScriptException("Could not find any script in '" + word
                    + "': the folder has no .java file whose name does not start with '_'. See --help for available options.");
            return sources;
        } catch (IOException unreadable) {
            throw new ScriptException("The folder '" + word + "' cannot be read: " + unreadable.getMessage() + ". Check its permissions.",
                unreadable);
        }
    }

    private static boolean hidden(Path relative) {
        for (var part : relative) if (part.toString().startsWith("_")) return true;
        return false;
    }

    static Source source(String name, Path path) {
        try {
            return new Source(name, path, Files.readString(path));
        } catch (IOException unreadable) {
            throw new ScriptException("The script '" + name + "' cannot be read: " + unreadable + ". Is it a UTF-8 text file you may read?",
                unreadable);
        }
    }

    /** Names a text without a file as the compiler wants it: after its public class. */
    private static Source named(String origin, String text) {
        var type = PUBLIC_TYPE.matcher(text);
        var candidate = type.find() ? type.group(1) : "";
        var last = origin.replaceFirst("[?#].*", "").replaceFirst(".*/", "");
        if (candidate.isEmpty()) candidate = last.matches("[A-Za-z_]\\w*\\.java") ? last.replace(".java", "") : "Script";
        return new Source(origin, Path.of(candidate + ".java"), text);
    }

    private static String standardInput() {
        try {
            var text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            if (text.isBlank())
                throw new ScriptException("-f -: standard input is empty. Pipe a script into it, such as: cat Shop.java | katydid -f -");
            return text;
        } catch (IOException unreadable) {
            throw new ScriptException("-f -: standard input cannot be read: " + unreadable.getMessage() + ". Give a file instead.",
                unreadable);
        }
    }

    private String fetch(String address) {
        var known = fetched.get(address);
        if (known != null && known.fresh()) return known.text();
        var text = download(address);
        fetched.put(address, new Fetched(text, System.nanoTime()));
        return text;
    }

    private static String download(String address) {
        var lines = new ArrayList<String>();
        try (var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(PATIENCE).build()) {
            var response = client.send(HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) return response.body();
            lines.add("the server answered " + response.statusCode());
        } catch (IOException | IllegalArgumentException problem) {
            lines.add(Words.of(problem));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            lines.add("interrupted");
        }
        throw new ScriptException("Could not download '" + address + "': " + String.join(", ", lines)
            + ". Check the address, or download the script and give the file.");
    }
}
