package io.katydid.feeders;

import io.katydid.api.Environment;
import io.katydid.api.Plugin;
import io.katydid.testkit.PluginContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class FeedersContractTest extends PluginContract {

    @Override protected Plugin newPlugin(Path folder) { return new Reading(folder); }

    /** Reads a file in both ways: none stays open. */
    record Reading(Path folder) implements Plugin {
        @Override public void init(Environment environment) throws IOException {
            Files.createDirectories(folder);
            var csv = Files.writeString(folder.resolve("a.csv"), "user\na\n");
            new CSVReader(csv.toString()).next();
            new CSVDictReader(csv.toString()).next();
        }
    }
}
