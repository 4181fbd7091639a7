package io.katydid.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.LayoutBase;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.kernel.options.KernelOptions;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up the log of the process in code: no file is looked for and no XML is read. */
final class LogSetup {
    /** Names the logger of tables: plain lines on standard error, whatever {@code --logfile} says. */
    static final String TABLES = "katydid.stats_logger";
    private final LogLines lines;

    private LogSetup(LogLines lines) {
        this.lines = lines;
    }

    /** Sets it up as the options say, unless they say {@code --skip-log-setup}. */
    static Optional<LogSetup> from(ParsedOptions options, boolean verb, Place place) {
        if (options.get(KernelOptions.SKIP_LOG_SETUP)) return Optional.empty();
        return Optional.of(install(level(options, verb), place.err(), stream(options.find(KernelOptions.LOGFILE), place)));
    }

    /** A verb says itself how it goes: without a word from the tester only warnings are added. */
    private static String level(ParsedOptions options, boolean verb) {
        boolean asked = !options.source("loglevel").equals("default");
        return verb && !asked ? "WARNING" : options.get(KernelOptions.LOGLEVEL);
    }

    static LogSetup install(String levelWord, PrintStream err, PrintStream log) {
        var setup = configure((LoggerContext) LoggerFactory.getILoggerFactory(), levelWord, err, log);
        JulBridge.install(levelWord.equals("DEBUG") ? java.util.logging.Level.FINE : java.util.logging.Level.INFO);
        return setup;
    }

    /** Sets it up for a program that uses Katydid as a library and has not set up its log: what Logback does then is every DEBUG line on standard output. */
    static void forLibraryUse() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context && isUntouched(context))
            configure(context, "INFO", System.err, System.err);
    }

    private static boolean isUntouched(LoggerContext context) {
        if (context.getObject(CoreConstants.SAFE_JORAN_CONFIGURATION) != null) return false;
        var appenders = context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        return appenders.hasNext() && appenders.next() instanceof ConsoleAppender<?> basic && "console".equals(basic.getName())
            && !appenders.hasNext();
    }

    private static LogSetup configure(LoggerContext context, String levelWord, PrintStream err, PrintStream log) {
        context.reset();
        var layout = start(new LogLayout(hostName(), ZoneId.systemDefault()), context);
        var lines = start(new LogLines(layout), context);
        var root = context.getLogger("ROOT");
        var level = level(levelWord);
        root.setLevel(level);
        root.addAppender(start(new LogStream(layout, log), context));
        root.addAppender(lines);
        // Netty's DEBUG has stack traces of natives it does not find, which help nobody.
        if (level.equals(Level.DEBUG)) context.getLogger("io.netty").setLevel(Level.INFO);
        var tables = context.getLogger(TABLES);
        tables.setAdditive(false);
        tables.setLevel(Level.INFO);
        tables.addAppender(start(new LogStream(start(new Plain(), context), err), context));
        return new LogSetup(lines);
    }

    /** Gives the last lines, oldest first. */
    List<String> lines() { return lines.all(); }

    /** Gives the level of one of the reference's five words. */
    private static Level level(String word) {
        return switch (word) {
            case "WARNING" -> Level.WARN;
            case "CRITICAL" -> Level.ERROR;
            default -> Level.toLevel(word, Level.INFO);
        };
    }

    private static PrintStream stream(Optional<String> logfile, Place place) {
        if (logfile.isEmpty()) return place.err();
        var path = place.folder().resolve(Path.of(logfile.get()));
        try {
            return new PrintStream(new FileOutputStream(path.toFile(), true), true, StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw Refusal.usage(
                "--logfile: '" + logfile.get() + "' cannot be written: " + problem.getMessage() + ". Give a file in a folder that exists.");
        }
    }

    /** Asks the kernel first: the resolver may take seconds to find the own name. */
    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip().replaceFirst("\\..*$", "");
        } catch (IOException notLinux) {
            return resolvedName();
        }
    }

    private static String resolvedName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceFirst("\\..*$", "");
        } catch (UnknownHostException unknown) {
            return "localhost";
        }
    }

    private static <T extends ch.qos.logback.core.spi.LifeCycle & ch.qos.logback.core.spi.ContextAware> T start(T part,
        LoggerContext context) {
        part.setContext(context);
        part.start();
        return part;
    }

    /** Writes the message alone. */
    private static final class Plain extends LayoutBase<ILoggingEvent> {
        @Override public String doLayout(ILoggingEvent event) { return event.getFormattedMessage() + "\n"; }
    }
}
