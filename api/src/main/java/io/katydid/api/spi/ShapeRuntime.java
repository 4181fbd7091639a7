package io.katydid.api.spi;

import io.katydid.api.Environment;

/** Is what a load shape learns when a run starts. */
public interface ShapeRuntime {

    /** Gives the environment. */
    Environment environment();

    /** Gives the platform's clock, in nanoseconds. */
    long nanoTime();
}
