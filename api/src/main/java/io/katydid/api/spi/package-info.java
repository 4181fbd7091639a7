/**
 * Holds the line between the kernel, the classes of this API and the clients of
 * protocol bundles; a script needs none of it.
 *
 * <p>
 * The kernel implements {@link io.katydid.api.spi.UserRuntime} once per user
 * and binds it while the user is made. A protocol client calls it around each
 * request, so that stopping, draining and recording work the same for every
 * protocol.
 */
@NullMarked
package io.katydid.api.spi;

import org.jspecify.annotations.NullMarked;
