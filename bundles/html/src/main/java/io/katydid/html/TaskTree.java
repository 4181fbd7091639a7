package io.katydid.html;

import io.katydid.api.TaskRatios;
import java.util.List;
import java.util.Locale;

/** Writes how often each task is picked, as nested lists. */
final class TaskTree {

    private TaskTree() {}

    static void write(Html html, TaskRatios ratios) {
        if (ratios.perClass().isEmpty()) return;
        html.open("section", "id", "tasks").element("h2", "Task ratio").open("div", "class", "columns");
        html.open("div").element("h3", "Per user class");
        list(html, ratios.perClass());
        html.close().open("div").element("h3", "All users");
        list(html, ratios.total());
        html.close().close().close();
    }

    private static void list(Html html, List<TaskRatios.Ratio> ratios) {
        html.open("ul", "class", "tree");
        for (var ratio : ratios) {
            html.open("li").open("div", "class", "task").with("div", name -> Shortened.write(name, ratio.name()))
                .element("span", Figures.percent(ratio.ratio()), "class", "number")
                .open("svg", "class", "bar", "viewBox", "0 0 100 4", "preserveAspectRatio", "none", "aria-hidden", "true")
                .element("rect", "", "width", "100", "height", "4", "class", "rail")
                .element("rect", "", "width", String.format(Locale.ROOT, "%.1f", Math.clamp(ratio.ratio(), 0, 1) * 100), "height", "4")
                .close().close();
            if (!ratio.children().isEmpty()) list(html, ratio.children());
            html.close();
        }
        html.close();
    }
}
