package io.katydid.api;

import java.util.List;

/**
 * Is what a {@link LoadTestShape} asks for.
 *
 * @param userCount
 *            users in all
 * @param spawnRate
 *            users started or stopped per second; above 0
 * @param only
 *            the classes spawned from now on; empty for all
 * @param stop
 *            true to end the test; the rest is then 0
 */
public record Tick(int userCount, double spawnRate, List<Class<? extends User>> only, boolean stop) {
    static final Tick STOP = new Tick(0, 0, List.of(), true);
}
