/** Brings load tests and HTTP sessions into JUnit: a load test is a test method, an assertion its verdict. */
@NullMarked
package io.katydid.junit;

import org.jspecify.annotations.NullMarked;
