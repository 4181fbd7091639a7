package io.katydid.testkit;

import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.kernel.dispatch.KullbackLeiblerDispatcher;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The platform's own dispatcher keeps the contract. */
class DispatcherContractTest extends DispatcherContract {

    @Override protected UserDispatcher.Factory factory() { return KullbackLeiblerDispatcher::new; }

    /** Starts all users at once, all of one class, on one worker. */
    static class Crude extends DispatcherContract {
        @Override protected UserDispatcher.Factory factory() { return All::new; }

        record All(List<UserClass> classes, List<String> ids) implements UserDispatcher {
            @Override public Iterable<Step> dispatch(int target, double rate, List<Class<? extends User>> only) {
                return List.of(new Step(Map.of(ids.getFirst(), Map.of(classes.getFirst().name(), target)), 0));
            }

            @Override public void workers(List<String> workerIds) {}

            @Override public void lost(String workerId, String userClass, int count) {}
        }
    }

    @Test void itFindsADispatcherThatIsUnfairAndTooFast() {
        Broken.run(Crude.class).failed("itKeepsTheRate", "users after 0.0 s at 0.5 per second")
            .failed("itIsFair", "difference between workers")
            .failed("itKeepsToTheClassesAskedFor", "10").failed("aFixedCountIsExact", "2")
            .failed("theNextPlanGoesOnFromTheLast", "first step from 20 to 30 users").failed("lostUsersAreReplaced", "2").andNothingElse(6);
    }
}
