// Shows own data from workers to the master and into the console; run it beside users: -f BrowseUser.java,ContentLength.java.
import io.katydid.api.*;
import io.katydid.api.web.*;
import module java.base;

class ContentLength implements Plugin {
    private final LongAdder total = new LongAdder();

    @Override public void init(Environment environment) {
        var events = environment.events();
        events.request().addListener(request -> total.add(request.responseLength()));
        events.reportToMaster().addListener(report -> report.data().put("content-length", total.sumThenReset()));
        events.workerReport().addListener(report -> total.add(((Number) report.data().get("content-length")).longValue()));
        environment.webUI().ifPresent(ui -> {
            ui.get("/content-length", _ -> "Total content-length received: " + total.sum());
            ui.addPanel(new WebPanel("content-length", "Content Length",
                List.of(WebPanel.column("name", "Name"), WebPanel.column("bytes", "Total content length")),
                () -> List.of(Map.of("name", "all", "bytes", total.sum()))));
        });
    }
}
