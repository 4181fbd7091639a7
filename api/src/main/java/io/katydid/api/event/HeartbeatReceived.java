package io.katydid.api.event;

import io.katydid.api.Environment;
import java.time.Instant;

/**
 * Says that the heartbeat of the master has come.
 *
 * @param environment
 *            where it happened
 * @param clientId
 *            this worker's id
 * @param timestamp
 *            when
 */
public record HeartbeatReceived(Environment environment, String clientId, Instant timestamp) {
}
