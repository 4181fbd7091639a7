/** Times many requests and tasks together under one name, beside the statistics of requests. */
@NullMarked
package io.katydid.transactions;

import org.jspecify.annotations.NullMarked;
