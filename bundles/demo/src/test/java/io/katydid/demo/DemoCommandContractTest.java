package io.katydid.demo;

import io.katydid.api.Command;
import io.katydid.testkit.CommandContract;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

class DemoCommandContractTest extends CommandContract {

    @Override protected Command newCommand() { return new DemoCommand(new PrintStream(OutputStream.nullOutputStream())); }

    @Override protected List<String> options() { return List.of("--run-time=1s", "--users=4", "--spawn-rate=100"); }
}
