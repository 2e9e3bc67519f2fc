package io.strandline.retention.plan;

import io.strandline.problem.Blocker;
import io.strandline.retention.Protection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells clients how to get a protection out of the way. */
final class Blockers {

    private Blockers() {}

    static List<Blocker> of(List<Protection> protections, PlanItem item) {
        return protections.stream()
                .map(protection -> new Blocker(
                        kind(protection),
                        protection.id(),
                        protection.reason(),
                        protection.placedBy(),
                        releaseHref(protection, item)))
                .toList();
    }

    private static String kind(Protection protection) {
        return protection.kind() == Protection.Kind.HEAD
                ? "branch"
                : protection.kind().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String releaseHref(Protection protection, PlanItem item) {
        String job = "/api/v1/jobs/" + item.job();
        return switch (protection.kind()) {
            case TAG -> job + "/tags/" + protection.id();
            case HOLD -> job + "/snapshots/" + item.snapshot() + "/holds/" + protection.id();
            case HEAD, INSTANCE, FLOOR -> null;
        };
    }
}
