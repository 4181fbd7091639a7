// Shows command-line options of a script; run it beside users: -f BrowseUser.java,CommandLineOptions.java --token x.
import io.katydid.api.*;
import io.katydid.api.cli.*;
import io.katydid.api.event.*;

class MyOptions {
    static final Option<String> MY_ARGUMENT = Option.string("--my-argument").env("LOCUST_MY_ARGUMENT").defaultValue("")
        .help("It's working");
    static final Option<String> ENV = Option.string("--env").choices("dev", "staging", "prod").defaultValue("dev").help("Environment");
    static final Option<Integer> MY_FLAG = Option.integer("--my-flag").defaultValue(0).help("A number");
    static final Option<String> TOKEN = Option.string("--token").secret().required().hiddenInWebUI();

    @Listen static void addOptions(InitCommandLine event) {
        event.options().add(MY_ARGUMENT).add(ENV).add(MY_FLAG).add(TOKEN);
    }

    @Listen static void onTestStart(TestStart event) {
        System.out.println("Custom argument supplied: " + event.environment().parsedOptions().get(MY_ARGUMENT));
    }
}
