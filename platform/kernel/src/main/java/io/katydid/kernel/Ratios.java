package io.katydid.kernel;

import io.katydid.api.TaskRatios;
import io.katydid.api.TaskRatios.Ratio;
import io.katydid.api.UserClass;
import io.katydid.kernel.users.Models;
import java.util.List;
import java.util.Optional;

/** Works out how often each task is picked. */
final class Ratios {

    private Ratios() {}

    static TaskRatios of(List<UserClass> classes, Models models, Optional<Integer> users) {
        var perClass = classes.stream().map(type -> ratio(type, models, 1)).toList();
        double fixed = classes.stream().mapToInt(UserClass::fixedCount).sum();
        double weights = classes.stream().filter(type -> type.fixedCount() == 0).mapToDouble(UserClass::weight).sum();
        double all = users.map(Integer::doubleValue).filter(count -> count > 0).orElse(fixed + weights);
        var total = classes.stream().map(type -> ratio(type, models, share(type, fixed, weights, all))).toList();
        return new TaskRatios(perClass, total);
    }

    private static double share(UserClass type, double fixed, double weights, double all) {
        if (type.fixedCount() > 0) return all == 0 ? 0 : Math.min(1, type.fixedCount() / Math.max(all, fixed));
        return weights == 0 ? 0 : type.weight() / weights * Math.max(0, 1 - fixed / Math.max(all, fixed));
    }

    private static Ratio ratio(UserClass type, Models models, double share) {
        return new Ratio(type.name(), share, children(models.tree(type.type()), share));
    }

    private static List<Ratio> children(List<Models.Node> nodes, double share) {
        double weights = nodes.stream().mapToInt(Models.Node::weight).sum();
        return nodes.stream().filter(node -> node.weight() > 0).map(node -> {
            double own = share * node.weight() / weights;
            return new Ratio(node.name(), own, children(node.children(), own));
        }).toList();
    }
}
