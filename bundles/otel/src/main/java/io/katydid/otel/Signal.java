package io.katydid.otel;

import java.util.Locale;

/** Is one of the three things that are exported; each has variables of its own. */
enum Signal {
    TRACES("spans"), METRICS("metrics"), LOGS("log records");

    private final String things;

    Signal(String things) {
        this.things = things;
    }

    /** Gives the word for what is exported. */
    String things() { return things; }

    String exporterVariable() { return "OTEL_" + name() + "_EXPORTER"; }

    String protocolVariable() { return "OTEL_EXPORTER_OTLP_" + name() + "_PROTOCOL"; }

    String endpointVariable() { return "OTEL_EXPORTER_OTLP_" + name() + "_ENDPOINT"; }

    String exporterProperty() { return "otel." + word() + ".exporter"; }

    String protocolProperty() { return "otel.exporter.otlp." + word() + ".protocol"; }

    /** Gives the path that is added to the common endpoint. */
    String path() { return "/v1/" + word(); }

    private String word() { return name().toLowerCase(Locale.ROOT); }
}
