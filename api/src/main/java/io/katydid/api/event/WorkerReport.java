package io.katydid.api.event;

import io.katydid.api.Environment;
import java.util.Map;

/**
 * Says that the report of a worker has come.
 *
 * @param environment
 *            where it happened
 * @param clientId
 *            the worker's id
 * @param data
 *            what it sent
 */
public record WorkerReport(Environment environment, String clientId, Map<String, Object> data) {
}
