package io.katydid.testkit;

import io.katydid.api.User;
import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.spi.UserRuntime;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The toy protocol keeps the contract; each of its bad children breaks it, and the contract says where. */
class ProtocolUserContractTest extends ToyContract {

    static final class Good extends ToyUser {}

    @Override protected Class<? extends User> userClass() { return Good.class; }

    /** Records each request twice. */
    static class Twice extends ToyContract {
        static final class Bad extends ToyUser {
            @Override void record(UserRuntime runtime, RequestOutcome outcome) {
                runtime.record(outcome);
                runtime.record(outcome);
            }
        }

        @Override protected Class<? extends User> userClass() { return Bad.class; }
    }

    @Test void itFindsARequestThatIsRecordedTwice() {
        Broken.run(Twice.class, "aSuccessIsRecordedOnceUnderTheNameAskedFor").failed("aSuccessIsRecordedOnceUnderTheNameAskedFor",
            "[requests]");
    }

    /** Names requests itself. */
    static class Misnamed extends ToyContract {
        static final class Bad extends ToyUser {
            @Override void record(UserRuntime runtime, RequestOutcome outcome) {
                runtime.record(new RequestOutcome("TOY", "my name", "", outcome.startNanos(), outcome.durationNanos(), 0, null, outcome
                    .exception(), outcome.context()));
            }
        }

        @Override protected Class<? extends User> userClass() { return Bad.class; }
    }

    @Test void itFindsAWrongName() {
        Broken.run(Misnamed.class, "aSuccessIsRecordedOnceUnderTheNameAskedFor").failed("aSuccessIsRecordedOnceUnderTheNameAskedFor",
            "rows of the statistics with the name 'contract success' among [TOY my name]");
    }

    /** Measures in milliseconds and calls them nanoseconds. */
    static class Unplausible extends ToyContract {
        static final class Bad extends ToyUser {
            @Override void record(UserRuntime runtime, RequestOutcome outcome) {
                runtime.record(new RequestOutcome("TOY", outcome.name(), "", outcome.startNanos(), outcome.durationNanos() * 1000, 0, null,
                    outcome.exception(), outcome.context()));
            }
        }

        @Override protected Class<? extends User> userClass() { return Bad.class; }
    }

    @Test void itFindsATimeThatCannotBe() {
        Broken.run(Unplausible.class, "aSuccessIsRecordedOnceUnderTheNameAskedFor").failed("aSuccessIsRecordedOnceUnderTheNameAskedFor",
            "response time in ms of a call that took");
    }

    /** Throws a refused connection at the task. */
    static class Throwing extends ToyContract {
        static final class Bad extends ToyUser {
            @Override void record(UserRuntime runtime, RequestOutcome outcome) throws Exception {
                runtime.record(outcome);
                if (outcome.exception() instanceof Exception problem) throw problem;
            }
        }

        @Override protected Class<? extends User> userClass() { return Bad.class; }
    }

    @Test void itFindsAnExceptionOutOfTheTask() {
        Broken.run(Throwing.class, "aRefusedServerIsAFailureAndNoException").failed("aRefusedServerIsAFailureAndNoException",
            "An exception left the client: java.net.ConnectException");
    }

    /** Leaves a second connection open. */
    static class Leaking extends ToyContract {
        static final class Bad extends ToyUser {
            @SuppressWarnings("resource")
            @Override void opened(Socket made) throws IOException {
                new Socket(made.getInetAddress(), made.getPort());
            }
        }

        @Override protected Class<? extends User> userClass() { return Bad.class; }
    }

    @Test void itFindsAConnectionThatIsLeftOpen() {
        Broken.run(Leaking.class, "anEndedUserHasNoConnection").failed("anEndedUserHasNoConnection", "the server has no open connection");
    }

    /** Leaves a thread behind. */
    static class Threading extends ToyContract {
        static final class Bad extends ToyUser {
            @Override void opened(Socket made) {
                Thread.ofVirtual().name("toy-keeper").start(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
        }

        @Override protected Class<? extends User> userClass() { return Bad.class; }
    }

    @Test void itFindsAVirtualThreadThatIsLeft() {
        Broken.run(Threading.class, "closingLeavesNothing").failed("closingLeavesNothing", "the virtual thread \"toy-keeper\"");
    }

    /** Records what the stop cut off as a failure. */
    static class Ungraceful extends ToyContract {
        static final class Bad extends ToyUser {
            @Override public void hang(String name) throws Exception {
                try {
                    super.hang(name);
                } finally {
                    runtimeForClient().record(new RequestOutcome("TOY", name, "", System.nanoTime(), 1, 0, null, new IOException("cut off"),
                        java.util.Map.of()));
                }
            }
        }

        @Override protected Class<? extends User> userClass() { return Bad.class; }
    }

    @Test void itFindsACutRequestThatIsCountedAsAFailure() {
        Broken.run(Ungraceful.class, "aStopEndsAWaitingCallWhenTheDrainIsOver").failed("aStopEndsAWaitingCallWhenTheDrainIsOver",
            "events of a request that was cut off");
    }

    /** Is in a list of the platform's loader for ever. */
    static class Registered extends ToyContract {
        static final class Bad extends ToyUser {
            @Override void opened(Socket made) {
                System.getProperties().put("toy", List.of(this));
            }
        }

        @Override protected Class<? extends User> userClass() { return Bad.class; }
    }

    @Test void itTellsThePathThatHoldsAClass() {
        try {
            Broken.run(Registered.class, "itsClassesCanBeUnloaded").failed("itsClassesCanBeUnloaded", "It is held by:")
                .failed("itsClassesCanBeUnloaded", "static props -> java.util.Properties")
                .failed("itsClassesCanBeUnloaded", "io.katydid.testkit.ProtocolUserContractTest$Registered$Bad");
        } finally {
            System.getProperties().remove("toy");
        }
    }

    /** Catches everything. */
    static class Deaf extends ToyContract {
        static final class Bad extends ToyUser {
            private final List<Throwable> ignored = new ArrayList<>();

            @Override public void succeed(String name) throws Exception {
                try {
                    super.succeed(name);
                } catch (Throwable all) {
                    ignored.add(all);
                }
            }
        }

        @Override protected Class<? extends User> userClass() { return Bad.class; }
    }

    @Test void itFindsASwallowedSignal() {
        Broken.run(Deaf.class, "aSignalOfAListenerEndsTheUser").failed("aSignalOfAListenerEndsTheUser",
            "The client swallowed a StopUser of a listener. Let TaskSignal pass.");
    }
}
