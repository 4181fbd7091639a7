package io.katydid.api.event;

import io.katydid.api.Environment;
import io.katydid.api.Scenario;
import io.katydid.api.User;

/**
 * Says that a user is about to run the code of a task.
 *
 * @param environment
 *            where it happens
 * @param user
 *            whose task it is
 * @param where
 *            the user itself or the task set that has the task
 * @param task
 *            the name of the task, such as {@code browse}
 */
public record TaskStart(Environment environment, User user, Scenario where, String task) {
}
