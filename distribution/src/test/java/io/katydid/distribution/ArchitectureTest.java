package io.katydid.distribution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Keeps the table "who may import whom" of the architecture. */
class ArchitectureTest {
    private static final String OSGI = "org.osgi..";
    private static final String FELIX = "org.apache.felix..";
    private static final String NETTY = "io.netty..";
    private static final String VERTX = "io.vertx..";
    private static final String HDR = "org.HdrHistogram..";
    private static final String MICROMETER = "io.micrometer..";

    @TestFactory Stream<DynamicTest> nobodyImportsWhatItMayNot() {
        return Stream.<ArchRule>of(
            from("io.katydid.api..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.api..", "java..", "org.jspecify.."),
            from("io.katydid.carrier..").should().dependOnClassesThat().resideInAnyPackage("io.katydid.api..", "io.katydid.kernel..",
                "io.katydid.cluster..", "io.katydid.host..", "io.katydid.launcher..", "io.katydid.http..", VERTX, HDR, MICROMETER, OSGI,
                FELIX),
            from("io.katydid.kernel..").should().dependOnClassesThat().resideInAnyPackage("io.katydid.cluster..", "io.katydid.host..",
                "io.katydid.launcher..",
                "io.katydid.http..", "io.katydid.carrier.netty..", NETTY, VERTX, MICROMETER, OSGI, FELIX),
            from("io.katydid.cluster..").should().dependOnClassesThat().resideInAnyPackage("io.katydid.carrier..", "io.katydid.host..",
                "io.katydid.launcher..", "io.katydid.http..", NETTY, VERTX, MICROMETER, OSGI, FELIX),
            noClasses().that().resideOutsideOfPackage("io.katydid.cluster..").should().dependOnClassesThat().resideInAnyPackage(
                "org.zeromq..", "zmq..", "org.msgpack.."),
            from("io.katydid.host..").should().dependOnClassesThat().resideInAnyPackage("io.katydid.launcher..", "io.katydid.carrier..",
                "io.katydid.http..", NETTY, VERTX, HDR, MICROMETER),
            from("io.katydid.launcher..").should().dependOnClassesThat().resideInAnyPackage("io.katydid.http..", "io.katydid.demo..",
                "io.katydid.carrier.netty..", NETTY, VERTX, HDR, MICROMETER, OSGI, FELIX),
            from("io.katydid.testkit..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.testkit..", "io.katydid.api..",
                "io.katydid.carrier..", "io.katydid.kernel..", "io.katydid.launcher..", "java..", "com.sun.management..", "org.jspecify..",
                "org.junit..", "org.assertj.."),
            noClasses().that().resideOutsideOfPackage("io.katydid.testkit..").should().dependOnClassesThat().resideInAPackage(
                "io.katydid.testkit.."),
            from("io.katydid.http..").should().dependOnClassesThat().resideInAnyPackage("io.katydid.kernel..", "io.katydid.host..",
                "io.katydid.launcher..", VERTX, HDR, MICROMETER, OSGI, FELIX),
            from("io.katydid.terminal..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.terminal..",
                "io.katydid.api..",
                "java..", "org.jspecify.."),
            from("io.katydid.csv..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.csv..", "io.katydid.api..",
                "java..",
                "org.jspecify..", "de.siegmar.."),
            from("io.katydid.json..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.json..", "io.katydid.api..",
                "java..",
                "org.jspecify..", "tools.jackson..", "com.fasterxml.jackson.annotation.."),
            from("io.katydid.html..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.html..", "io.katydid.api..",
                "java..", "org.jspecify..", "tools.jackson..", "com.fasterxml.jackson.annotation.."),
            from("io.katydid.micrometer..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.micrometer..",
                "io.katydid.api..",
                "java..", "org.jspecify..", MICROMETER),
            from("io.katydid.hlog..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.hlog..", "io.katydid.api..",
                "java..",
                "org.jspecify..", HDR),
            from("io.katydid.prometheus..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.prometheus..",
                "io.katydid.api..", "java..",
                "org.jspecify..", MICROMETER, "io.prometheus..", "io.katydid.micrometer..",
                "com.sun.net.httpserver..", "org.slf4j.."),
            from("io.katydid.otel..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.otel..", "io.katydid.api..",
                "java..", "org.jspecify..", MICROMETER, "io.katydid.micrometer..", "io.opentelemetry..", "org.slf4j..",
                "ch.qos.logback.."),
            from("io.katydid.junit..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.junit..", "io.katydid.api..",
                "io.katydid.http..", "io.katydid.launcher..", "java..", "org.jspecify..", "org.junit.."),
            from("io.katydid.limits..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.limits..", "io.katydid.api..",
                "java..", "org.jspecify..", "org.slf4j.."),
            from("io.katydid.reactions..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.reactions..",
                "io.katydid.api..", "java..", "org.jspecify..", "org.slf4j.."),
            from("io.katydid.transactions..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.transactions..",
                "io.katydid.api..", "java..", "org.jspecify..", "de.siegmar.."),
            from("io.katydid.feeders..").should().dependOnClassesThat().resideOutsideOfPackages("io.katydid.feeders..", "io.katydid.api..",
                "java..", "org.jspecify..", "org.slf4j..", "de.siegmar..", "tools.jackson.."),
            from("io.katydid.demo..").should().dependOnClassesThat().resideInAnyPackage("io.katydid.kernel..", "io.katydid.host..",
                "io.katydid.launcher..", "io.katydid.carrier..", HDR, MICROMETER, OSGI, FELIX))
            .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(Modules.CLASSES)));
    }

    @Test void onlyOnePlaceEndsTheProcess() {
        // Signals: a second Ctrl-C ends the process from the signal's own thread, whatever main() waits for.
        noClasses().that().doNotHaveFullyQualifiedName("io.katydid.launcher.Main").and()
            .doNotHaveFullyQualifiedName("io.katydid.launcher.Signals").should().callMethod(System.class, "exit", int.class)
            .orShould().callMethod(Runtime.class, "halt", int.class).check(Modules.CLASSES);
    }

    @Test void theGuardSawTheWholeProduct() {
        assertThat(Modules.CLASSES.size()).as("classes under io.katydid").isGreaterThan(300);
        var packages = Modules.CLASSES.stream().map(type -> type.getPackageName()).distinct().toList();
        assertThat(packages).contains("io.katydid.testkit");
        assertThat(packages).contains("io.katydid.api", "io.katydid.carrier", "io.katydid.kernel", "io.katydid.cluster", "io.katydid.host",
            "io.katydid.launcher", "io.katydid.http", "io.katydid.terminal", "io.katydid.csv", "io.katydid.json", "io.katydid.html",
            "io.katydid.micrometer",
            "io.katydid.hlog", "io.katydid.prometheus", "io.katydid.otel", "io.katydid.demo", "io.katydid.junit", "io.katydid.limits",
            "io.katydid.reactions",
            "io.katydid.transactions", "io.katydid.feeders");
    }

    private static GivenClassesConjunction from(String packages) {
        return noClasses().that().resideInAPackage(packages);
    }
}
