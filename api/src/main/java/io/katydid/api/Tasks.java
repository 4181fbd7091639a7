package io.katydid.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adds task sets that are declared elsewhere to the tasks of a user or task
 * set. Repeat it for other weights.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Tasks.All.class)
@Target(ElementType.TYPE)
public @interface Tasks {
    /** The task sets, in this order. */
    Class<? extends TaskSet>[] value();

    /** The weight of each of them. */
    int weight() default 1;

    /** Holds the repeated annotation. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        /** The repeated annotations, in source order. */
        Tasks[] value();
    }
}
