// Shows messages between master and workers, or of a single process with itself.
import io.katydid.api.*;
import io.katydid.api.event.*;
import io.katydid.http.*;
import module java.base;

class TestData implements Plugin {
    record TestUsers(List<String> names) {}
    record Thanks(String text) {}

    static final Queue<String> USERNAMES = new ConcurrentLinkedQueue<>();

    @Override public void init(Environment environment) {
        var runner = environment.runner();
        if (!(runner instanceof MasterRunner)) {
            runner.registerMessage("test_users", TestUsers.class, (env, message) -> {
                USERNAMES.addAll(message.data().names());
                env.runner().sendMessage("acknowledge_users", new Thanks("Thanks for the users!"));
            });
        }
        if (!(runner instanceof WorkerRunner)) {
            runner.registerMessage("acknowledge_users", Thanks.class, (_, message) -> System.out.println(message.data().text()));
        }
    }

    @Listen static void handOut(TestStart event) {
        switch (event.runner()) {
            case MasterRunner master -> {
                var names = names(master.targetUserCount());
                int share = Math.ceilDiv(names.size(), master.workers().size());
                for (int i = 0; i < master.workers().size(); i++) {
                    var slice = names.subList(Math.min(i * share, names.size()), Math.min((i + 1) * share, names.size()));
                    master.sendMessage("test_users", new TestUsers(slice), master.workers().get(i));
                }
            }
            case LocalRunner local -> local.sendMessage("test_users", new TestUsers(names(local.targetUserCount())));
            case WorkerRunner _ -> {}
        }
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "User" + i).toList();
    }
}

class WebsiteUser extends HttpUser {
    private final String username = TestData.USERNAMES.remove();

    @Task void whoAmI() {
        client.get("/me", param("user", username), name("/me"));
    }
}
