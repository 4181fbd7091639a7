package io.katydid.launcher;

import java.util.List;

/** Is the program {@code katydid}. The only place that ends the process. */
public final class Main {
    private Main() {}

    /** Runs a command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        var place = Place.ofProcess();
        if (arguments.length == 1 && (arguments[0].equals("-V") || arguments[0].equals("--version"))) {
            place.out().println(Version.line(place));
            return;
        }
        System.exit(run(List.of(arguments), place));
    }

    private static int run(List<String> arguments, Place place) {
        return new Launch(place, HostPlatform::open, Signals::listen).run(arguments);
    }
}
