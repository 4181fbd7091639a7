package io.katydid.otel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.parity.Parity;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Gives variables that make no sense: each is said before the run, with its value and what to do. */
class RefusedVariablesTest {

    private static void refused(Map<String, String> variables, String message) {
        refused(new Trial(variables), message);
    }

    private static void refused(Trial with, String message) {
        try (var trial = with) {
            trial.environment.createLocalRunner();
            assertThatThrownBy(trial.environment::init).isInstanceOf(KatydidException.class).hasMessage(message);
        }
    }

    @Test void unknownExportersAreNamedAllAtOnce() {
        refused(Map.of("OTEL_TRACES_EXPORTER", "otlp,jaeger", "OTEL_METRICS_EXPORTER", "prometheus"),
            "OTEL_TRACES_EXPORTER: 'jaeger' is no exporter of --otel. Choose otlp, console or none, or several separated by commas.\n"
                + "OTEL_METRICS_EXPORTER: 'prometheus' is no exporter of --otel. Use --prometheus-port beside it, and otlp, console or none here.");
    }

    @Test void grpcIsRefusedWithThePortThatWorks() {
        refused(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), "OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' is no protocol of --otel. Choose"
            + " http/protobuf, and in OTEL_EXPORTER_OTLP_ENDPOINT the collector's port for OTLP over HTTP: 4318 where it has 4317 for gRPC.");
        refused(Map.of("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "http/json"),
            "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/json' is no protocol of --otel. Choose http/protobuf.");
    }

    @Test void whatTheSdkRefusesIsSaidInTheTestersWords() {
        refused(Map.of("OTEL_BSP_SCHEDULE_DELAY", "soon"),
            "--otel: Invalid duration property OTEL_BSP_SCHEDULE_DELAY=soon. Expected number."
                + " Correct that variable, or leave --otel out.");
        refused(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "collector"),
            "--otel: OTLP endpoint must be a valid URL: collector. Correct that variable, or leave --otel out.");
        refused(Map.of("OTEL_TRACES_SAMPLER", "sometimes"),
            "--otel: Unrecognized value for OTEL_TRACES_SAMPLER: sometimes. Correct that variable, or leave --otel out.");
    }

    @Test void aNegativeNumberOfNamesIsNone() {
        refused(new Trial(Map.of(), Trial.options().put(OtelPlugin.MAX_NAMES, -1, "test")),
            "--otel-max-names -1 is no number of names. Give 0 or more; 20 is the default.");
    }
}
