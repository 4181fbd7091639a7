package io.katydid.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method or an inner {@link TaskSet} a task of the class that holds it.
 *
 * <p>
 * A user picks its next task at random among its tasks, each as often as its
 * weight says. A method may have one parameter of a {@link User} type: it gets
 * the user. An override counts as a task only when it carries the annotation
 * itself.
 *
 * <pre>{@code
 * @Task(3)
 * void browse() {
 *     client.get("/api/products");
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Task {
    /**
     * The weight: how often the task is picked among its siblings; 0 means never.
     * In a sequence: how often it runs in a row.
     */
    int value() default 1;
}
