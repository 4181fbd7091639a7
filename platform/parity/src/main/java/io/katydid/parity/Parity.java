package io.katydid.parity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the behaviours of the reference that a test proves, by their ids.
 *
 * <pre>{@code
 * @Test
 * @Parity("UM-44") void aWeightOfThreeIsPickedThreeTimesAsOften() { … }
 * }</pre>
 *
 * <p>An id that the table does not have, and a test that asserts nothing, fail the build.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Parity {

    /** Gives the ids, such as {@code UM-44}. */
    String[] value();
}
