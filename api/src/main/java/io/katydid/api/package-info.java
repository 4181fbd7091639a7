/**
 * Holds what a tester types and what a plugin implements: users, tasks, wait
 * times, events, runners, the environment.
 *
 * <p>
 * No parameter and no result is {@code null} unless it says so; what may be
 * absent is an {@link java.util.Optional}. No method throws a checked
 * exception; hooks and tasks that <em>you</em> write may throw anything. Times
 * are seconds as {@code double} where a tester says them, milliseconds where a
 * name ends in {@code Ms}.
 */
@NullMarked
package io.katydid.api;

import org.jspecify.annotations.NullMarked;
