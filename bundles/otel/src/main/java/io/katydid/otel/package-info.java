/** Sends what a run measures, asks and says to OpenTelemetry: metrics, one span for each request, and the log. */
@NullMarked
package io.katydid.otel;

import org.jspecify.annotations.NullMarked;
