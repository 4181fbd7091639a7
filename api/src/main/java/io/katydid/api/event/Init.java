package io.katydid.api.event;

import io.katydid.api.Environment;
import io.katydid.api.Runner;
import io.katydid.api.web.WebUI;
import java.util.Optional;

/**
 * Says that runner and web UI exist and the test is about to be started.
 *
 * @param environment
 *            where it happened
 * @param runner
 *            its runner
 * @param webUI
 *            the console's additions; empty when headless
 */
public record Init(Environment environment, Runner runner, Optional<WebUI> webUI) {
}
