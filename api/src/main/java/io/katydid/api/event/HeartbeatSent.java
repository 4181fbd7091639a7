package io.katydid.api.event;

import io.katydid.api.Environment;
import java.time.Instant;

/**
 * Says that the master answered the heartbeat of a worker.
 *
 * @param environment
 *            where it happened
 * @param clientId
 *            the worker's id
 * @param timestamp
 *            when
 */
public record HeartbeatSent(Environment environment, String clientId, Instant timestamp) {
}
