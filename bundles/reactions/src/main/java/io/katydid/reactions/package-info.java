/**
 * Says in one line of a script what happens after a failed request or an exception.
 *
 * <pre>{@code
 * class Rules {
 *     @Listen static void onInit(Init event) { RescheduleTaskOnFail.on(event.environment()); }
 * }
 * }</pre>
 *
 * <p>Those that end a task or a user do it with a signal, and listeners added after them do not hear of that request: add them last. Statistics and reporters come before all
 * listeners and miss nothing. Requests that no user made change nobody's flow.
 */
@NullMarked
package io.katydid.reactions;

import org.jspecify.annotations.NullMarked;
