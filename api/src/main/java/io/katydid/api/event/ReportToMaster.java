package io.katydid.api.event;

import io.katydid.api.Environment;
import java.util.Map;

/**
 * Says that a worker is about to report.
 *
 * @param environment
 *            where it happened
 * @param clientId
 *            the worker's id
 * @param data
 *            what is sent; add your own
 */
public record ReportToMaster(Environment environment, String clientId, Map<String, Object> data) {
}
