package io.katydid.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tags a task, or all tasks of a task set, for {@code --tags} and
 * {@code --exclude-tags}. Tags on both levels add up.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Tag.All.class)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Tag {
    /** The tags; at least one. */
    String[] value();

    /** Holds the repeated annotation. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface All {
        /** The repeated annotations, in source order. */
        Tag[] value();
    }
}
