package io.katydid.feeders;

import io.katydid.api.Scenario;
import java.nio.file.Path;
import java.util.Map;

/**
 * Opens files of test data for a user. A file is read once in an environment, off the loop, when its first user is made; all its users share the position in it.
 *
 * <pre>{@code
 * class Shopper extends HttpUser {
 *     private final Feeder<Map<String, String>> people = Feeders.csv(this, "people.csv").circular();
 *
 *     @Task void login() {
 *         var person = people.next();
 *         client.post("/login", json(Map.of("user", person.get("user"), "password", person.get("password"))));
 *     }
 * }
 * }</pre>
 */
public final class Feeders {
    private Feeders() {}

    /** Opens a CSV file (RFC 4180, UTF-8) whose first row names the cells. A relative path begins at the working directory. */
    public static FeederSource<Map<String, String>> csv(Scenario user, String file) {
        return new FeederSource<>(user, "csv " + file, () -> CsvFile.named(Path.of(file)));
    }

    /** Opens a JSON file: one array of objects. Numbers, lists and nested objects are values as Jackson makes them. */
    public static FeederSource<Map<String, Object>> json(Scenario user, String file) {
        return new FeederSource<>(user, "json " + file, () -> JsonFile.objects(Path.of(file)));
    }
}
