/** Runs users: scans their classes once, makes them, walks them through their tasks, and stops them without losing a request. */
@NullMarked
package io.katydid.kernel.users;

import org.jspecify.annotations.NullMarked;
