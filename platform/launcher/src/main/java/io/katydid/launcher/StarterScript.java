package io.katydid.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Writes {@code katydid init}'s script. An existing file is never touched. */
final class StarterScript {
    static final String NAME = "katydidfile.java";
    static final String TEXT = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        /** Visits the shop: the front page often, a product now and then. Run it with: katydid -H http://localhost:8080 -u 10 -t 1m */
        class Visitor extends HttpUser {

            @Override protected WaitTime waitTime() { return between(1, 3); }

            @Task(3) void home() { client.get("/"); }

            @Task void product() { client.get("/products/1", name("/products/[id]")); }
        }
        """;

    private StarterScript() {}

    static int write(Place place) throws IOException {
        var file = place.folder().resolve(NAME);
        try {
            Files.writeString(file, TEXT, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw new Refusal(ExitCode.NOT_STARTED,
                "There is a " + NAME + " in " + place.folder() + " already; it is left as it is. Go to another folder, or move it away.");
        }
        place.out().println("Wrote " + NAME + ". Run it with: katydid -H http://localhost:8080 -u 10 -t 1m");
        return ExitCode.OK.code();
    }
}
