package io.katydid.otel;

import io.katydid.api.KatydidException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Is what the standard variables say about exporters: which, and over which protocol. The SDK itself reads all other variables. */
final class ExporterSettings {
    static final String OTLP = "otlp";
    static final String CONSOLE = "console";
    private static final String NONE = "none";
    private static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String HTTP = "http/protobuf";
    private static final String DEFAULT_ENDPOINT = "http://localhost:4318";
    private final Map<String, String> variables;
    private final Map<Signal, Set<String>> exporters = new EnumMap<>(Signal.class);
    private final Set<String> problems = new LinkedHashSet<>();
    private final boolean disabled;

    private ExporterSettings(Map<String, String> variables) {
        this.variables = variables;
        disabled = value("OTEL_SDK_DISABLED", "false").equalsIgnoreCase("true");
        for (var signal : Signal.values()) {
            exporters.put(signal, exporters(signal));
            if (sendsOtlp(signal)) checkProtocol(signal);
        }
    }

    /** Reads the variables; throws {@link KatydidException} with all that is wrong with them. */
    static ExporterSettings of(Map<String, String> variables) {
        var settings = new ExporterSettings(variables);
        if (!settings.problems.isEmpty()) throw new KatydidException(String.join("\n", settings.problems));
        return settings;
    }

    boolean exportsAnything() { return !disabled && Stream.of(Signal.values()).anyMatch(this::exports); }

    boolean exports(Signal signal) { return !exporters(signal).isEmpty(); }

    boolean sendsOtlp(Signal signal) { return exporters(signal).contains(OTLP); }

    /** Says where a signal goes to. */
    String endpoint(Signal signal) {
        var common = value(ENDPOINT, DEFAULT_ENDPOINT);
        return value(signal.endpointVariable(), (common.endsWith("/") ? common.substring(0, common.length() - 1) : common) + signal.path());
    }

    /** Gives the variable that moves a signal elsewhere: its own one when that is in use. */
    String endpointVariable(Signal signal) {
        return value(signal.endpointVariable(), "").isEmpty() ? ENDPOINT : signal.endpointVariable();
    }

    /** Gives all variables as the SDK's properties, {@code OTEL_BSP_SCHEDULE_DELAY} as {@code otel.bsp.schedule.delay}. */
    Map<String, String> given() {
        var properties = new HashMap<String, String>();
        variables.forEach((name, value) -> {
            if (name.startsWith("OTEL_")) properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
        });
        return properties;
    }

    /** Gives the SDK's properties that are decided here. */
    Map<String, String> decided() {
        var properties = new TreeMap<String, String>();
        exporters.forEach((signal, names) -> {
            properties.put(signal.exporterProperty(), names.isEmpty() ? NONE : String.join(",", names));
            properties.put(signal.protocolProperty(), HTTP);
        });
        return properties;
    }

    private Set<String> exporters(Signal signal) {
        var known = exporters.get(signal);
        if (known != null) return known;
        var names = Stream.of(value(signal.exporterVariable(), OTLP).split(",", -1)).map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty()).collect(Collectors.toCollection(LinkedHashSet::new));
        for (var name : List.copyOf(names)) if (!List.of(OTLP, CONSOLE, NONE).contains(name)) problems.add(unknown(signal, name));
        names.remove(NONE);
        return names;
    }

    private String unknown(Signal signal, String name) {
        var what = signal.exporterVariable() + ": '" + name + "' is no exporter of --otel. ";
        return name.equals("prometheus") && signal == Signal.METRICS
            ? what + "Use --prometheus-port beside it, and otlp, console or none here."
            : what + "Choose otlp, console or none, or several separated by commas.";
    }

    private void checkProtocol(Signal signal) {
        var own = value(signal.protocolVariable(), "");
        var variable = own.isEmpty() ? PROTOCOL : signal.protocolVariable();
        var protocol = (own.isEmpty() ? value(PROTOCOL, HTTP) : own).toLowerCase(Locale.ROOT);
        if (List.of(HTTP, "http").contains(protocol)) return;
        var what = variable + ": '" + protocol + "' is no protocol of --otel. Choose http/protobuf";
        problems.add(protocol.equals("grpc")
            ? what + ", and in " + endpointVariable(signal)
                + " the collector's port for OTLP over HTTP: 4318 where it has 4317 for gRPC."
            : what + ".");
    }

    /** Gives a variable; an empty one counts as not set, as the standard says. */
    private String value(String variable, String otherwise) {
        var text = variables.getOrDefault(variable, "").strip();
        return text.isEmpty() ? otherwise : text;
    }
}
