package io.katydid.api.event;

import io.katydid.api.Environment;
import io.katydid.api.Scenario;
import io.katydid.api.User;

/**
 * Says that an exception left a task or a hook. One that leaves a constructor is a
 * row of the exception table only: there is no user yet.
 *
 * @param environment
 *            where it happened
 * @param user
 *            the user it happened to
 * @param where
 *            the user itself or the task set that was running
 * @param exception
 *            what was thrown; its stack trace is the reference's {@code tb}
 */
public record UserError(Environment environment, User user, Scenario where, Throwable exception) {
}
