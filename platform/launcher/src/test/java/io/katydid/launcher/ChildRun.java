package io.katydid.launcher;

import io.katydid.api.Task;
import io.katydid.api.User;
import java.nio.file.Path;
import java.util.List;

/** Is the program the signal tests start: a whole start in a JVM of its own, with the users of the tests. */
final class ChildRun {
    private ChildRun() {}

    /** Has a task that outlives the test. */
    public static class Slow extends User {
        @Task void wait60() { sleep(60); }
    }

    public static void main(String[] arguments) {
        var scene = new Scene(Path.of("").toAbsolutePath());
        scene.users.add(Slow.class);
        System.exit(new Launch(Place.ofProcess(), (_, _) -> scene, Signals::listen).run(List.of(arguments)));
    }
}
