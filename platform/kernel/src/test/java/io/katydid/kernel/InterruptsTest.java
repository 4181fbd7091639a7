package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.InterruptTaskSet;
import io.katydid.api.RescheduleTask;
import io.katydid.api.RescheduleTaskImmediately;
import io.katydid.api.SequentialTaskSet;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import org.junit.jupiter.api.Test;

/** Leaves task sets from every place that can. */
class InterruptsTest {

    /** Says each wait, so that it shows whether one was left out. */
    abstract static class Told extends User {
        @Override protected WaitTime waitTime() {
            return () -> {
                LOG.add("wait");
                return 0;
            };
        }

        @Override protected void onStop() { LOG.add("user stops"); }
    }

    static class FromTasks extends Told {
        @Task
        class Flow extends SequentialTaskSet {
            @Task
            class AtOnce extends TaskSet {
                @Task void leave() {
                    LOG.add("at once");
                    interrupt();
                }
            }

            @Task
            class Later extends TaskSet {
                @Task void leave() {
                    LOG.add("later");
                    interrupt(false);
                }
            }

            @Task void end() {
                LOG.add("end");
                throw new StopUser();
            }

            @Override protected void onStop() { LOG.add("flow stops"); }
        }
    }

    @Test
    @Parity({"UM-43", "UM-48", "SD-120", "SD-86", "AC-93"}) void theParentGoesOnAtOnceOrWaitsFirst() {
        Runs.until(() -> LOG.contains("user stops"), FromTasks.class);
        assertThat(LOG).containsExactly("at once", "later", "wait", "end", "flow stops", "user stops");
    }

    static class FromOnStart extends Told {
        @Task
        class Flow extends SequentialTaskSet {
            @Task
            class AtOnce extends TaskSet {
                @Override protected void onStart() {
                    LOG.add("start 1");
                    interrupt();
                }

                @Task void task() { LOG.add("never"); }

                @Override protected void onStop() { LOG.add("stop 1"); }
            }

            @Task
            class Later extends TaskSet {
                @Override protected void onStart() {
                    LOG.add("start 2");
                    interrupt(false);
                }

                @Task void task() { LOG.add("never"); }
            }

            @Task void end() { throw new StopUser(); }
        }
    }

    @Test
    @Parity("UM-45") void aSetIsLeftBeforeItsFirstTask() {
        Runs.until(() -> LOG.contains("user stops"), FromOnStart.class);
        assertThat(LOG).containsExactly("start 1", "stop 1", "start 2", "wait", "user stops");
    }

    static class FromOnStop extends Told {
        @Task
        class Outer extends SequentialTaskSet {
            @Task
            class Inner extends TaskSet {
                @Task void leave() { interrupt(); }

                @Override protected void onStop() {
                    LOG.add("inner stops");
                    interrupt();
                }
            }

            @Task void next() {
                LOG.add("next");
                throw new StopUser();
            }
        }
    }

    @Test
    @Parity("UM-43") void anInterruptInOnStopDoesNotLeaveTheSetAroundItToo() {
        var environment = Runs.until(() -> LOG.contains("user stops"), FromOnStop.class);
        assertThat(LOG).containsExactly("inner stops", "next", "user stops");
        assertThat(environment.stats().exceptions()).isEmpty();
    }

    static class FromConstructor extends Told {
        @Task
        class Outer extends SequentialTaskSet {
            @Task
            class Inner extends TaskSet {
                Inner() {
                    LOG.add("made");
                    interrupt();
                }

                @Task void task() { LOG.add("never"); }
            }

            @Task void next() {
                LOG.add("next");
                throw new StopUser();
            }
        }
    }

    @Test
    @Parity("UM-43") void anInterruptInTheConstructorLeavesThatSetOnly() {
        Runs.until(() -> LOG.contains("user stops"), FromConstructor.class);
        assertThat(LOG).containsExactly("made", "next", "user stops");
    }

    static class FromWait extends Told {
        @Task
        class Outer extends SequentialTaskSet {
            @Task
            class Inner extends TaskSet {
                @Override protected WaitTime waitTime() {
                    return () -> {
                        LOG.add("inner waits");
                        throw new InterruptTaskSet();
                    };
                }

                @Task void normal() { LOG.add("normal"); }
            }

            @Task
            class Rescheduled extends TaskSet {
                @Override protected WaitTime waitTime() {
                    return () -> {
                        LOG.add("second waits");
                        throw new InterruptTaskSet(false);
                    };
                }

                @Task void again() {
                    LOG.add("again");
                    throw new RescheduleTask();
                }
            }

            @Task void next() { throw new StopUser(); }
        }
    }

    @Test
    @Parity("UM-43") void anInterruptInTheWaitLeavesTheSetAfterAnyEndOfATask() {
        Runs.until(() -> LOG.contains("user stops"), FromWait.class);
        assertThat(LOG).containsExactly("normal", "inner waits", "again", "second waits", "wait", "user stops");
    }

    static class FromQueue extends Told {
        @Task
        class Outer extends SequentialTaskSet {
            @Task
            class Inner extends TaskSet {
                @Task void queue() {
                    LOG.add("queue");
                    scheduleTask(() -> {
                        LOG.add("queued");
                        interrupt();
                    });
                }
            }

            @Task void next() { throw new StopUser(); }
        }
    }

    @Test
    @Parity({"UM-43", "SD-87"}) void aQueuedTaskLeavesTheSet() {
        Runs.until(() -> LOG.contains("user stops"), FromQueue.class);
        assertThat(LOG).containsExactly("queue", "wait", "queued", "user stops");
    }

    static class FromListener extends Told {
        @Task
        class Outer extends SequentialTaskSet {
            @Task
            class Inner extends TaskSet {
                @Task void call() {
                    measure("T", "call", () -> LOG.add("call"));
                    LOG.add("never");
                }
            }

            @Task void next() { throw new StopUser(); }
        }
    }

    @Test
    @Parity({"EV-33", "UM-43"}) void aRequestListenerLeavesTheSet() {
        Runs.until(() -> LOG.contains("user stops"), 1,
            builder -> builder.events().request().addListener(_ -> { throw new InterruptTaskSet(); }), FromListener.class);
        assertThat(LOG).containsExactly("call", "user stops");
    }

    static class AtTheTop extends Told {
        private int run;

        @Override protected void onStart() { throw new InterruptTaskSet(); }

        @Task void task() {
            LOG.add("task");
            if (++run == 2) throw new StopUser();
            throw new InterruptTaskSet();
        }
    }

    /** The reference lets the user die with a traceback; here it is an exception row that says what is wrong, and the user goes on. */
    @Test
    @Parity("UM-44") void outsideOfASetItIsNamedAndTheUserGoesOn() {
        var environment = Runs.until(() -> LOG.contains("user stops"), AtTheTop.class);
        assertThat(LOG).containsExactly("task", "wait", "task", "user stops");
        assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.message()).isEqualTo(
            "interrupt() was called in a task of AtTheTop itself. It leaves a task set: put the task into one, or return from it."));
    }

    static class Reschedules extends Told {
        @Task
        class Flow extends SequentialTaskSet {
            @Task void now() {
                LOG.add("now");
                throw new RescheduleTaskImmediately();
            }

            @Task void later() {
                LOG.add("later");
                throw new RescheduleTask();
            }

            @Task void normal() { LOG.add("normal"); }

            @Task void end() { throw new StopUser(); }
        }
    }

    @Test
    @Parity({"UM-46", "UM-47", "SD-121", "SD-122", "SD-123"}) void aTaskEndsEarlyWithOrWithoutTheWait() {
        Runs.until(() -> LOG.contains("user stops"), Reschedules.class);
        assertThat(LOG).containsExactly("now", "later", "wait", "normal", "wait", "user stops");
    }

    static class EarlyStart extends Told {
        @Override protected void onStart() {
            LOG.add("start");
            throw new RescheduleTask();
        }

        @Task void task() {
            LOG.add("task");
            throw new StopUser();
        }
    }

    /** In the reference only an interrupt is taken; here each of these signals is as good as a return. */
    @Test void onStartOfAUserMayEndEarly() {
        Runs.until(() -> LOG.contains("user stops"), EarlyStart.class);
        assertThat(LOG).containsExactly("start", "task", "user stops");
    }
}
