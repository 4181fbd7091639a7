package io.katydid.api.event;

import io.katydid.api.Environment;

/**
 * Says that a worker is ready.
 *
 * @param environment
 *            where it happened
 * @param clientId
 *            the worker's id
 */
public record WorkerConnect(Environment environment, String clientId) {
}
