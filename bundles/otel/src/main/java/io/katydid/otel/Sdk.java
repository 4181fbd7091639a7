package io.katydid.otel;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the SDK as the variables say. It is nobody's global one, and two environments have one each. */
final class Sdk {
    private static final Pattern PROPERTY = Pattern.compile("otel(\\.[a-z]+)+");
    private static final String GENERAL = "Unexpected configuration error";
    private static final String SERVICE = "service.name";
    /** What differs from the SDK's defaults: requests come in bursts, and a histogram per name and failure is many series. */
    private static final Map<String, String> DEFAULTS = Map.of("otel.bsp.max.queue.size", "20000", "otel.bsp.max.export.batch.size", "2000",
        "otel.java.metrics.cardinality.limit", "10000", "otel.experimental.sdk.telemetry.version", "latest");

    private Sdk() {}

    static OpenTelemetrySdk build(Environment environment, ExporterSettings settings, Deliveries deliveries, PrintStream console) {
        var given = new HashMap<>(DEFAULTS);
        given.putAll(settings.given());
        var loader = ComponentLoader.forClassLoader(Sdk.class.getClassLoader());
        try {
            return AutoConfiguredOpenTelemetrySdk.builder().disableShutdownHook().setComponentLoader(new ConsoleExporters(loader, console))
                .addPropertiesSupplier(() -> given).addPropertiesCustomizer(_ -> settings.decided())
                .addResourceCustomizer((resource, _) -> resource(environment, resource))
                .addSpanExporterCustomizer((exporter, _) -> exporter instanceof ConsoleExporters.Spans
                    ? exporter
                    : new Watched.Spans(exporter, deliveries.of(Signal.TRACES)))
                .addMetricExporterCustomizer((exporter, _) -> exporter instanceof ConsoleExporters.Metrics
                    ? exporter
                    : new Watched.Metrics(exporter, deliveries.of(Signal.METRICS)))
                .addLogRecordExporterCustomizer((exporter, _) -> exporter instanceof ConsoleExporters.Logs
                    ? exporter
                    : new Watched.Logs(exporter, deliveries.of(Signal.LOGS)))
                .build().getOpenTelemetrySdk();
        } catch (RuntimeException refused) {
            throw new KatydidException("--otel: " + variables(reason(refused)) + ". Correct that variable, or leave --otel out.", refused);
        }
    }

    /** Gives what the SDK says of a value; around it may be one that says no more than that there is something. */
    private static String reason(Throwable refused) {
        var says = refused;
        while (!(says instanceof ConfigurationException && !GENERAL.equals(says.getMessage())) && says.getCause() != null)
            says = says.getCause();
        return String.valueOf(says.getMessage()).strip().replaceFirst("(, found:)?\\.?$", "");
    }

    /** The SDK speaks of properties, the tester has set variables. */
    private static String variables(String message) {
        return PROPERTY.matcher(message).replaceAll(found -> found.group().toUpperCase(Locale.ROOT).replace('.', '_'));
    }

    /** Says who sends: what the variables say wins over what is known here. */
    private static Resource resource(Environment environment, Resource found) {
        var known = Attributes.builder().put(SERVICE, "katydid").put("service.version", version()).put("host.name", hostName());
        option(environment, "locustfile", "filename", known);
        option(environment, "profile", "profile", known);
        var said = found.toBuilder().removeIf(key -> key.getKey().equals(SERVICE) && unnamed(found)).build();
        return Resource.create(known.build()).merge(said);
    }

    private static boolean unnamed(Resource found) {
        return found.getAttributes().asMap().entrySet().stream()
            .anyMatch(entry -> entry.getKey().getKey().equals(SERVICE) && entry.getValue().toString().startsWith("unknown_service"));
    }

    private static void option(Environment environment, String option, String attribute, AttributesBuilder to) {
        environment.parsedOptions().find(option).ifPresent(value -> to.put(attribute, value.toString()));
    }

    private static String version() {
        return Optional.ofNullable(Environment.class.getPackage().getImplementationVersion()).orElse("development");
    }

    /** Asks the kernel first: the resolver may take seconds to find the own name. */
    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            return resolvedName();
        }
    }

    private static String resolvedName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "localhost";
        }
    }
}
