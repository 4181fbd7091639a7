package io.katydid.launcher;

import io.katydid.carrier.CarrierOptions;
import io.katydid.carrier.Carriers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;

/** Checks the machine for {@code katydid doctor}; each line says what was found and, when it is not right, what to do. */
final class Doctor {
    private static final int CONSOLE_PORT = 8089;
    /** Is the platform's own bound: 100,000 sleeping users in 600 MB. */
    private static final long BYTES_PER_USER = 6_000;
    private final Place place;
    private int problems;

    private Doctor(Place place) {
        this.place = place;
    }

    static int check(Place place) {
        LogSetup.install("ERROR", place.err(), place.err());
        var doctor = new Doctor(place);
        doctor.java();
        doctor.carriers();
        doctor.files();
        doctor.port();
        doctor.memory();
        return doctor.problems == 0 ? ExitCode.OK.code() : ExitCode.NOT_STARTED.code();
    }

    private void say(boolean good, String what) {
        if (!good) problems++;
        place.out().println((good ? "ok       " : "problem  ") + what);
    }

    private void java() {
        boolean compiler = ModuleLayer.boot().findModule("jdk.compiler").isPresent();
        say(Runtime.version().feature() >= 25 && compiler, "JDK " + Runtime.version() + " in " + System.getProperty("java.home")
            + (compiler ? "" : ": it has no compiler, so scripts cannot be run. Install a JDK, not a JRE"));
    }

    private void carriers() {
        try (var carriers = Carriers.open(CarrierOptions.defaults().withName("doctor"))) {
            say(carriers.real(), carriers.fallbackReason().orElse("Users run on " + carriers.all().size() + " carrier loops"));
        }
    }

    private void files() {
        OpenFiles.limit().ifPresent(limit -> say(limit >= OpenFiles.ENOUGH, "File descriptors: " + limit
            + (limit >= OpenFiles.ENOUGH ? "" : "; that is the most connections. Raise it with: ulimit -n " + OpenFiles.ENOUGH)));
    }

    private void port() {
        try (var socket = new ServerSocket(CONSOLE_PORT, 1, InetAddress.getLoopbackAddress())) {
            say(socket.isBound(), "Port " + CONSOLE_PORT + " is free for the console");
        } catch (IOException busy) {
            say(false, "Port " + CONSOLE_PORT + " is busy: " + busy.getMessage() + ". Choose another one for the console");
        }
    }

    private void memory() {
        long heap = Runtime.getRuntime().maxMemory();
        say(true, String.format(Locale.ROOT, "Heap: up to %d MB, room for about %,d users that hold nothing of their own",
            heap >> 20, heap / BYTES_PER_USER));
    }
}
