package io.katydid.otel;

import io.katydid.api.Environment;
import io.katydid.micrometer.RunMeters;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter.Id;
import io.micrometer.core.instrument.Meter.Type;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows what the run counts itself: the users of each class, and the meters of {@link RunMeters} with those that scripts and bundles added to its registry. Two of
 * them are left out, for the histogram of durations and the gauge of users say the same.
 */
final class RunGauges implements AutoCloseable {
    static final String USERS = "locust.users.count";
    private static final AttributeKey<String> USER_CLASS = AttributeKey.stringKey("user_class");
    private static final Set<String> SAID_OTHERWISE = Set.of("katydid.response.time", "katydid.users");
    private final Environment environment;
    private final Meter meter;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Set<String> instruments = ConcurrentHashMap.newKeySet();

    RunGauges(Environment environment, Meter meter) {
        this.environment = environment;
        this.meter = meter;
        meter.gaugeBuilder(USERS).ofLongs().setUnit("{user}").setDescription("Users of a class").buildWithCallback(
            to -> environment.stats().snapshot().userCounts().forEach((type, count) -> to.record(count, Attributes.of(USER_CLASS, type))));
        registry.config().meterFilter(MeterFilter.deny(id -> SAID_OTHERWISE.contains(id.getName())));
        registry.config().onMeterAdded(added -> added.measure().forEach(measured -> show(added.getId(), measured.getStatistic())));
        RunMeters.registry(environment).add(registry);
    }

    /** Makes an instrument for a statistic of all meters of this name. */
    private void show(Id id, Statistic statistic) {
        var name = id.getName() + suffix(id.getType(), statistic);
        if (!instruments.add(name)) return;
        Consumer<ObservableDoubleMeasurement> values = to -> observe(id.getName(), statistic, to);
        var description = id.getDescription() == null ? "" : id.getDescription();
        var unit = statistic == Statistic.COUNT && id.getType() != Type.COUNTER ? "" : unit(id.getBaseUnit());
        switch (statistic) {
            case COUNT, TOTAL, TOTAL_TIME ->
                meter.counterBuilder(name).ofDoubles().setUnit(unit).setDescription(description).buildWithCallback(values);
            case MAX, VALUE, UNKNOWN, ACTIVE_TASKS, DURATION ->
                meter.gaugeBuilder(name).setUnit(unit).setDescription(description).buildWithCallback(values);
        }
    }

    /** Runs on the exporter's thread, each time metrics are collected. */
    private void observe(String name, Statistic statistic, ObservableDoubleMeasurement to) {
        for (var found : registry.find(name).meters()) {
            var attributes = Attributes.builder();
            found.getId().getTags().forEach(tag -> attributes.put(tag.getKey(), tag.getValue()));
            for (Measurement measured : found.measure()) {
                double value = measured.getValue();
                if (measured.getStatistic() == statistic && !Double.isNaN(value)) to.record(value, attributes.build());
            }
        }
    }

    private static String suffix(Type type, Statistic statistic) {
        return type == Type.COUNTER || type == Type.GAUGE ? "" : "." + statistic.getTagValueRepresentation();
    }

    /** Gives UCUM's word for a unit of Micrometer. */
    private static String unit(@Nullable String base) {
        return switch (base) {
            case null -> "";
            case "seconds" -> "s";
            case "milliseconds" -> "ms";
            case "bytes" -> "By";
            default -> "{" + base + "}";
        };
    }

    @Override public void close() {
        RunMeters.registry(environment).remove(registry);
        registry.close();
    }
}
