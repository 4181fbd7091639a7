package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class UnloadingTest {

    /** Does nothing that lasts. */
    static final class Light implements Callable<String> {
        @Override public String call() { return getClass().getClassLoader().getName(); }
    }

    @Test void aClassThatNobodyHoldsIsCollected() throws Exception {
        var name = new String[1];
        Unloading.check(Callable.class, Light.class, made -> name[0] = (String) made.call());
        assertThat(name[0]).isEqualTo("testkit-anew");
        assertThat(Light.class.getClassLoader().getName()).isNotEqualTo(name[0]);
    }

    @Test void aThreadLocalThatHoldsAClassIsNamed() {
        var kept = new ThreadLocal<Object>();
        try {
            assertThatThrownBy(() -> Unloading.check(Callable.class, Light.class, made -> kept.set(made)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("could not be unloaded within 20 s. It is held by:").hasMessageContaining("threadLocals -> ")
                .hasMessageContaining("UnloadingTest$Light");
        } finally {
            kept.remove();
        }
    }
}
