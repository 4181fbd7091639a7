/** Writes what each interval measured as logs that HdrHistogram's own tools read. */
@NullMarked
package io.katydid.hlog;

import org.jspecify.annotations.NullMarked;
