package io.katydid.kernel.users;

import io.katydid.api.Measured;
import io.katydid.api.Sample;
import io.katydid.api.SampleCall;
import io.katydid.api.TaskSignal;
import io.katydid.api.spi.Recorder;
import io.katydid.api.spi.RequestOutcome;
import io.katydid.carrier.Carrier;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records requests that no protocol client made: for the user whose thread calls, or for nobody. */
public final class KernelRecorder implements Recorder {
    private volatile @Nullable UserHome home;

    /** Says for which environment; before that nothing can be recorded. */
    public void home(UserHome owner) {
        home = owner;
    }

    @Override public <T> Measured<T> measure(String requestType, String name, SampleCall<? extends T> call) {
        var user = current();
        user.ifPresent(RunningUser::checkpoint);
        user.ifPresent(RunningUser::exchangeStarted);
        var sample = new KernelSample(this, requestType, name, System.nanoTime());
        Measured<T> result;
        try {
            T value = call.call(sample);
            result = Measured.of(value);
        } catch (TaskSignal signal) {
            user.ifPresent(RunningUser::exchangeEnded);
            user.filter(RunningUser::stopping).ifPresent(stopped -> stopped.cancelled(requestType, name));
            throw signal;
        } catch (InterruptedException interrupted) {
            user.ifPresent(RunningUser::exchangeEnded);
            throw interrupted(user, requestType, name, interrupted);
        } catch (Exception | LinkageError | AssertionError problem) {
            if (cutOff(user)) {
                user.ifPresent(RunningUser::exchangeEnded);
                throw interrupted(user, requestType, name, problem);
            }
            result = Measured.failed(problem);
        }
        user.ifPresent(RunningUser::exchangeEnded);
        sample.finish(result.exception());
        user.ifPresent(RunningUser::checkpoint);
        return result;
    }

    /** A blocking library wraps the interrupt that ends the drain in exceptions of its own. */
    private static boolean cutOff(Optional<RunningUser> user) {
        return user.isPresent() && user.get().stopping() && Thread.currentThread().isInterrupted();
    }

    private static RuntimeException interrupted(Optional<RunningUser> user, String requestType, String name, Throwable why) {
        if (user.isPresent() && user.get().stopping()) {
            user.get().cancelled(requestType, name);
            user.get().checkpoint();
        }
        Thread.currentThread().interrupt();
        return sneaky(why);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) private static <X extends Throwable> RuntimeException sneaky(
        Throwable problem) throws X {
        throw (X) problem;
    }

    @Override public Sample start(String requestType, String name) { return new KernelSample(this, requestType, name, System.nanoTime()); }

    @Override public Sample report(String requestType, String name, double responseTimeMs) {
        long nanos = Double.isNaN(responseTimeMs) ? RequestOutcome.UNTIMED : Math.round(responseTimeMs * 1e6);
        return new KernelSample(this, requestType, name, System.nanoTime() - Math.max(0, nanos)).known(nanos);
    }

    private Optional<RunningUser> current() {
        if (!RunningUser.CURRENT.isBound()) return Optional.empty();
        var user = RunningUser.CURRENT.get();
        var owner = home;
        return owner != null && user.environment().equals(owner.environment()) ? Optional.of(user) : Optional.empty();
    }

    void record(RequestOutcome outcome) {
        var user = current();
        if (user.isPresent()) {
            user.get().record(outcome);
            return;
        }
        var owner = home;
        if (owner == null) throw new IllegalStateException("The environment is not built yet.");
        owner.statistics().record(Carrier.current(), outcome, outcome.durationNanos());
        if (owner.wantsRequests()) owner.fire(new FiredRequest(outcome, outcome.durationNanos(), Map.of(), null));
    }
}
