package io.katydid.launcher;

import io.katydid.api.State;
import io.katydid.api.User;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs one user in a debugger, without command line, and prints a line for each request. The reference's {@code run_single_user}.
 *
 * <pre>{@code
 * void main() {
 *     SingleUser.run(Shopper.class, LENGTH, TIME);
 * }
 * }</pre>
 */
public final class SingleUser {
    private static final long LOOK_MILLIS = 50;
    private final Class<? extends User> type;
    private final Set<Print> columns = EnumSet.noneOf(Print.class);
    private String logLevel = "WARNING";
    private Optional<String> host = Optional.empty();
    private PrintStream out = System.out;

    /** Names the columns that are printed beside type, name, response time and error. */
    public enum Print {
        /** The length of the response, in bytes. */
        LENGTH,
        /** The time of day at which the request began. */
        TIME,
        /** The context of the request event. */
        CONTEXT,
        /** The response, as text. */
        PAYLOAD
    }

    private SingleUser(Class<? extends User> type) {
        this.type = type;
    }

    /** Runs one user of a class until it ends by itself or the thread is interrupted. */
    public static void run(Class<? extends User> type, Print... columns) {
        of(type).include(columns).run();
    }

    /** Begins a run of one user of a class. */
    public static SingleUser of(Class<? extends User> type) { return new SingleUser(type); }

    /** Prints further columns. */
    public SingleUser include(Print... more) {
        columns.addAll(Set.of(more));
        return this;
    }

    /** Sets the log level: DEBUG, INFO, WARNING (default), ERROR or CRITICAL. */
    public SingleUser logLevel(String level) {
        logLevel = level;
        return this;
    }

    /** Sets the base URL; {@code @Host} of the class, or {@code -Dkatydid.host}, otherwise. */
    public SingleUser host(String url) {
        host = Optional.of(url);
        return this;
    }

    SingleUser printTo(PrintStream stream) {
        out = stream;
        return this;
    }

    /** Runs until the user ends by itself or the thread is interrupted. */
    public void run() {
        LogSetup.install(logLevel, System.err, System.err);
        var builder = Katydid.environment(type).loops(1);
        host.or(() -> Optional.ofNullable(System.getProperty("katydid.host"))).ifPresent(builder::host);
        try (var environment = builder.build(); var runner = environment.createLocalRunner()) {
            environment.init();
            environment.events().request().addListener(new RequestLine(columns, out)::print);
            var started = new CountDownLatch(1);
            environment.events().spawningComplete().addListener(_ -> started.countDown());
            runner.start(1, 1);
            started.await();
            while (runner.state() == State.RUNNING && runner.userCount() > 0) TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
