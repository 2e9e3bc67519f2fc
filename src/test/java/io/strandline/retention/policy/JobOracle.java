package io.strandline.retention.policy;

import io.strandline.catalog.Snapshot;
import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of a job expire, worked out from the wording of the design: policies as they were sent, levels looked up field
 * by field, lines walked one parent at a time. A plan that was applied has to leave nothing to expire, so what goes with a version goes
 * with the plan. Shares nothing with what it checks.
 */
record JobOracle(ForkedHistory history, Set<Long> goneBefore) {

    JobOracle(ForkedHistory history) {
        this(history, Set.of());
    }

    private static final Map<String, Map<String, Object>> SHIPPED = Map.of(
            "keep",
            Map.of("last", 20, "hourly", 24, "daily", 7, "kinds", List.of("MANUAL", "FINAL", "RESTORED", "IMPORTED")),
            "floor",
            Map.of("minCount", 3, "minVerified", 0));

    Set<Long> expiring() {
        Set<Long> staying = new TreeSet<>();
        Set<Long> seen = new TreeSet<>();
        for (String branch : history.heads.keySet()) {
            List<Snapshot> line = line(branch);
            line.forEach(version -> seen.add(version.number()));
            staying.addAll(staying(line, branch));
        }
        List<Snapshot> ofDeleted = new ArrayList<>();
        for (Snapshot version : history.versions.values()) {
            if (!isThere(version) || seen.contains(version.number())) {
                continue;
            }
            if (!history.heads.containsKey(version.branch())) {
                ofDeleted.add(0, version);
            } else if (isProtected(version) || nothingIsSaid(version.branch()) || isKeptImport(version)) {
                staying.add(version.number());
            }
        }
        staying.addAll(staying(ofDeleted, null));
        Set<Long> gone = new TreeSet<>();
        history.versions.values().stream()
                .filter(version -> isThere(version) && !staying.contains(version.number()))
                .forEach(version -> gone.add(version.number()));
        if (!gone.isEmpty()) {
            Set<Long> all = new TreeSet<>(goneBefore);
            all.addAll(gone);
            gone.addAll(new JobOracle(history, all).expiring());
        }
        return gone;
    }

    private boolean isThere(Snapshot version) {
        return version.state() == Snapshot.State.COMPLETED && !goneBefore.contains(version.number());
    }

    private boolean isKeptImport(Snapshot version) {
        return version.kind() == SnapshotKind.IMPORTED
                && members(version.branch(), "kinds").contains(version.kind().name());
    }

    private List<Snapshot> line(String branch) {
        List<Snapshot> line = new ArrayList<>();
        Long at = history.heads.get(branch);
        while (at != null && at > 0) {
            Snapshot version = history.versions.get(at);
            if (isThere(version)) {
                line.add(version);
            }
            at = ForkedHistory.number(version.parent());
        }
        return line;
    }

    private Set<Long> staying(List<Snapshot> line, @Nullable String branch) {
        Set<Long> untouchable = new TreeSet<>();
        List<Snapshot> kept = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            Snapshot version = line.get(i);
            boolean inFloor = usable(version) && usable(line.subList(0, i)) < count(branch, "floor", "minCount", 0);
            if (isProtected(version) || inFloor) {
                untouchable.add(version.number());
            } else if (wanted(line, i, branch) && !tooOld(version, branch)) {
                kept.add(version);
            }
        }
        Object most = value(branch, "cap", "maxCount");
        while (most != null && !kept.isEmpty() && kept.size() + untouchable.size() > (Integer) most) {
            kept.remove(kept.size() - 1);
        }
        kept.forEach(version -> untouchable.add(version.number()));
        return untouchable;
    }

    private boolean wanted(List<Snapshot> line, int index, @Nullable String branch) {
        Snapshot version = line.get(index);
        List<Snapshot> newer = line.subList(0, index);
        List<Snapshot> older = line.subList(index + 1, line.size());
        ZoneId zone = zone(branch);
        return noRule(branch)
                || usable(newer) < count(branch, "keep", "last", 0)
                || usable(older) < count(branch, "keep", "oldest", 0)
                || within(version, branch)
                || members(branch, "kinds").contains(version.kind().name())
                || members(branch, "labels").stream().anyMatch(label -> carries(version, label))
                || newest(line, index, count(branch, "keep", "hourly", 0), at -> hour(at, zone))
                || newest(line, index, count(branch, "keep", "daily", 0), at -> day(at, zone))
                || newest(line, index, count(branch, "keep", "weekly", 0), at -> monday(at, zone))
                || newest(line, index, count(branch, "keep", "monthly", 0), at -> YearMonth.from(day(at, zone)))
                || newest(
                        line,
                        index,
                        count(branch, "keep", "yearly", 0),
                        at -> day(at, zone).getYear());
    }

    private static boolean newest(List<Snapshot> line, int index, int places, Function<Instant, Object> period) {
        Set<Object> later = new HashSet<>();
        line.subList(0, index).stream()
                .filter(JobOracle::usable)
                .forEach(newer -> later.add(period.apply(newer.completedAt())));
        return later.size() < places
                && !later.contains(period.apply(line.get(index).completedAt()));
    }

    private boolean within(Snapshot version, @Nullable String branch) {
        Object age = value(branch, "keep", "within");
        return age != null && age(version).compareTo(Duration.parse((String) age)) <= 0;
    }

    private boolean tooOld(Snapshot version, @Nullable String branch) {
        Object age = value(branch, "cap", "maxAge");
        return age != null && age(version).compareTo(Duration.parse((String) age)) > 0;
    }

    private Duration age(Snapshot version) {
        return Duration.between(version.completedAt(), history.now);
    }

    private boolean isProtected(Snapshot version) {
        return history.heads.containsValue(version.number())
                || history.protectedUntil.getOrDefault(version.number(), List.of()).stream()
                        .anyMatch(until -> until == null || until.isAfter(history.now));
    }

    private boolean nothingIsSaid(@Nullable String branch) {
        return noRule(branch) && value(branch, "cap", "maxAge") == null && value(branch, "cap", "maxCount") == null;
    }

    private boolean noRule(@Nullable String branch) {
        return List.of("last", "within", "hourly", "daily", "weekly", "monthly", "yearly", "labels", "kinds", "oldest")
                .stream()
                .allMatch(rule -> value(branch, "keep", rule) == null);
    }

    private int count(@Nullable String branch, String group, String name, int otherwise) {
        Object value = value(branch, group, name);
        return value == null ? otherwise : (Integer) value;
    }

    private Collection<?> members(@Nullable String branch, String name) {
        Object value = value(branch, "keep", name);
        return value == null ? List.of() : (Collection<?>) value;
    }

    private ZoneId zone(@Nullable String branch) {
        for (String level : levels(branch)) {
            Map<String, Object> policy = history.policies.getOrDefault(level, Map.of());
            if (policy.containsKey("timeZone")) {
                Object zone = policy.get("timeZone");
                return ZoneId.of(zone == null ? "UTC" : (String) zone);
            }
        }
        return ZoneId.of("UTC");
    }

    private @Nullable Object value(@Nullable String branch, String group, String name) {
        for (String level : levels(branch)) {
            Map<?, ?> fields =
                    (Map<?, ?>) history.policies.getOrDefault(level, Map.of()).get(group);
            if (fields != null && fields.containsKey(name)) {
                return fields.get(name);
            }
        }
        return SHIPPED.getOrDefault(group, Map.of()).get(name);
    }

    private static List<String> levels(@Nullable String branch) {
        return branch == null ? List.of("job", "server") : List.of(branch, "job", "server");
    }

    private static boolean carries(Snapshot version, Object label) {
        return version.labels().entrySet().stream()
                .anyMatch(own -> label.equals(own.getKey()) || label.equals(own.getKey() + "=" + own.getValue()));
    }

    private static long usable(List<Snapshot> some) {
        return some.stream().filter(JobOracle::usable).count();
    }

    private static boolean usable(Snapshot version) {
        return version.condition() == Snapshot.Condition.OK;
    }

    private static Object hour(Instant at, ZoneId zone) {
        ZonedDateTime time = at.atZone(zone);
        return List.of(time.toLocalDateTime().truncatedTo(ChronoUnit.HOURS), time.getOffset());
    }

    private static LocalDate day(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalDate();
    }

    private static LocalDate monday(Instant at, ZoneId zone) {
        LocalDate day = day(at, zone);
        return day.minusDays(day.getDayOfWeek().getValue() - 1L);
    }
}
