package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.carrier.Stall.Cause;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Gives stacks of users that held their loop, and checks what the tester is told. */
class BlameTest {
    private static final String[] USER = {"shop.Shop.browse", "io.katydid.kernel.users.RunningUser.live", "java.lang.VirtualThread.run"};

    @Test void aScriptThatReadsAFileIsNamed() {
        assertThat(told(false, "java.io.FileInputStream.readBytes", "java.nio.file.Files.readString", "shop.Prices.load"))
            .isEqualTo(
                "Loop 1 did not turn for 120 ms at shop.Prices.load(Prices.java:7): all its users waited. Put such work into blocking(…).");
    }

    @Test void aScriptIsNamedInTheFirstSecondToo() {
        assertThat(blame(true, "shop.Prices.sort").cause()).isEqualTo(Cause.SCRIPT);
    }

    @Test void theScriptsOwnInitialiserIsTheScripts() {
        assertThat(told(false, "java.lang.Thread.sleep", "shop.Prices.<clinit>"))
            .contains("at shop.Prices.<clinit>(Prices.java:7)").contains("blocking(…)");
    }

    @Test void aLibraryTheScriptCalledIsTheScripts() {
        assertThat(blame(false, "com.acme.Solver.solve")).isEqualTo(new Blame(Cause.SCRIPT, "com.acme.Solver.solve(Solver.java:7)", ""));
    }

    @Test void whoCalledASharedLibraryDecides() {
        assertThat(blame(false, "tools.jackson.core.Parser.next").at()).isEqualTo("shop.Shop.browse(Shop.java:7)");
        assertThat(blame(false, "tools.jackson.core.Parser.next", "io.katydid.http.Body.json").cause()).isEqualTo(Cause.PLATFORM);
    }

    @Test void thePlatformsWorkIsNotTheScriptsFault() {
        assertThat(told(false, "java.util.zip.Inflater.inflate", "io.katydid.http.Body.unpack")).isEqualTo(
            "Loop 1 did not turn for 120 ms at io.katydid.http.Body.unpack(Body.java:7), called at shop.Shop.browse(Shop.java:7): all its users "
                + "waited. The script did not hold it. If this comes again, the process has too much to do: use fewer users or more processes.");
    }

    @Test void aColdLoopIsNotTheScriptsFault() {
        assertThat(told(true, "sun.nio.ch.Net.connect", "io.netty.channel.socket.nio.NioSocketChannel.doConnect",
            "io.katydid.http.Connector.open"))
            .isEqualTo("Loop 1 did not turn for 120 ms at io.netty.channel.socket.nio.NioSocketChannel.doConnect(NioSocketChannel.java:7), "
                + "called at shop.Shop.browse(Shop.java:7): all its users waited while the JVM loaded and compiled what was used for the first time. "
                + "The script is not at fault; leave the first seconds out of the figures, with --reset-stats or by a ramp.");
    }

    @Test void loadingAClassIsNobodysFault() {
        assertThat(blame(false, "java.lang.ClassLoader.defineClass1", "jdk.internal.loader.BuiltinClassLoader.loadClass",
            "io.katydid.http.Connector.open").cause()).isEqualTo(Cause.START);
        assertThat(
            blame(false, "org.apache.felix.framework.BundleWiringImpl.loadClass", "java.lang.ClassLoader.loadClass", "shop.Prices.load"))
            .as("by the script").isEqualTo(new Blame(Cause.START, "shop.Prices.load(Prices.java:7)", ""));
        assertThat(blame(false, "java.lang.invoke.MethodHandleNatives.linkCallSite", "io.katydid.http.Body.json").cause())
            .isEqualTo(Cause.START);
        assertThat(blame(false, "io.netty.util.ResourceLeakDetector.<clinit>", "io.netty.buffer.Unpooled.wrap").cause())
            .isEqualTo(Cause.START);
    }

    @Test void nothingIsKnownOfNoStack() {
        assertThat(Blame.of(new StackTraceElement[0], false)).isEqualTo(Blame.NOBODY);
        assertThat(new Stall("Loop 0", Duration.ofMillis(100), Cause.UNKNOWN, "", "", "").text())
            .isEqualTo("Loop 0 did not turn for 100 ms: all its users waited. It went on before it could be seen what held it. "
                + "If this comes again, look for what else the machine does.");
    }

    private static Blame blame(boolean cold, String... innermost) {
        var stack = Stream.concat(Stream.of(innermost), Stream.of(USER)).map(BlameTest::frame).toArray(StackTraceElement[]::new);
        return Blame.of(stack, cold);
    }

    private static String told(boolean cold, String... innermost) {
        var blame = blame(cold, innermost);
        return new Stall("Loop 1", Duration.ofMillis(120), blame.cause(), blame.at(), blame.caller(), "").text();
    }

    private static StackTraceElement frame(String line) {
        int dot = line.lastIndexOf('.');
        var type = line.substring(0, dot);
        boolean jdk = type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
        var file = type.substring(type.lastIndexOf('.') + 1) + ".java";
        return new StackTraceElement(jdk ? null : "app", jdk ? "java.base" : null, jdk ? "25" : null, type, line.substring(dot + 1), file,
            7);
    }
}
