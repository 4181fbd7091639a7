package io.katydid.api.stats;

import java.util.Set;

/**
 * Is a row of the exception table.
 *
 * @param count
 *            how often
 * @param message
 *            the exception's text
 * @param traceback
 *            its stack trace
 * @param nodes
 *            the ids of the processes it happened on; {@code local} for this
 *            one
 */
public record ExceptionEntry(long count, String message, String traceback, Set<String> nodes) {
}
