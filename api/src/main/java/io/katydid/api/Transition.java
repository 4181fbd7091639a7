package io.katydid.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Leads from this method of a {@link MarkovTaskSet} to another one. Repeat it
 * for several targets.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Transition.All.class)
@Target(ElementType.METHOD)
public @interface Transition {
    /**
     * The name of the method that may come next; checked when the class is scanned.
     */
    String to();

    /** The weight of this way among the transitions of the method; above 0. */
    int weight() default 1;

    /** Holds the repeated annotation. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        /** The repeated annotations, in source order. */
        Transition[] value();
    }
}
