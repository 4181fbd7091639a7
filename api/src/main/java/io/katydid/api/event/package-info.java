/**
 * Holds one type per event: values that only the kernel makes and that gain
 * components only at their end.
 */
@NullMarked
package io.katydid.api.event;

import org.jspecify.annotations.NullMarked;
