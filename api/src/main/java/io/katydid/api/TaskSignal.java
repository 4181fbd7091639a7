package io.katydid.api;

/**
 * Directs the flow of a user from inside a task or a hook.
 *
 * <p>
 * The signals are {@code Error}s without a stack trace, so that
 * {@code catch (Exception e)} around a request does not swallow them. Do not
 * catch them; a {@code finally} block runs as usual.
 */
public abstract sealed class TaskSignal extends Error
    permits InterruptTaskSet, RescheduleTask, RescheduleTaskImmediately, StopUser, StopTest {

    TaskSignal(String message) {
        super(message, null, false, false);
    }
}
