/** Shows Katydid to a newcomer: {@code katydid demo} runs users against an embedded web shop and says what to look at. */
@NullMarked
package io.katydid.demo;

import org.jspecify.annotations.NullMarked;
