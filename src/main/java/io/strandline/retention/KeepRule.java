package io.strandline.retention;

import io.strandline.retention.RetentionPolicy.Period;
import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A keep rule: looks at a line newest first and says of each version whether it keeps it. Periods count only if they hold
 * a version and keep their newest (restic's rule).
 */
sealed interface KeepRule {

    /** Its name in explanations. */
    String name();

    /** One judgement for each version of the line, in the same order. */
    List<Judgement> judge(List<Candidate> line, Instant now);

    /** The rules of a policy; the one that keeps everything when there is none. */
    static List<KeepRule> of(RetentionPolicy policy) {
        RetentionPolicy.Keep keep = policy.keep();
        List<KeepRule> rules = new ArrayList<>();
        if (keep.last() != null) {
            rules.add(new Last(keep.last()));
        }
        if (keep.within() != null) {
            rules.add(new Within(keep.within()));
        }
        for (Period period : Period.values()) {
            Integer places = keep.periods().get(period);
            if (places != null) {
                rules.add(new Periods(period, places, policy.timeZone()));
            }
        }
        if (keep.labels() != null) {
            rules.add(new Labels(keep.labels()));
        }
        if (keep.kinds() != null) {
            rules.add(new Kinds(keep.kinds()));
        }
        if (keep.oldest() != null) {
            rules.add(new Oldest(keep.oldest()));
        }
        return rules.isEmpty() ? List.of(new Everything()) : rules;
    }

    /** The field that asks for the newest versions of such periods. */
    static PolicyField field(Period period) {
        return switch (period) {
            case HOUR -> PolicyField.KEEP_HOURLY;
            case DAY -> PolicyField.KEEP_DAILY;
            case WEEK -> PolicyField.KEEP_WEEKLY;
            case MONTH -> PolicyField.KEEP_MONTHLY;
            case YEAR -> PolicyField.KEEP_YEARLY;
        };
    }

    /** What a rule says of a version. */
    sealed interface Judgement {

        /** It keeps it, until. */
        record Keeps(KeepReason reason, Ending until) implements Judgement {}

        /** It does not keep it, because; said only when somebody asks. */
        record Passes(Supplier<String> whyNot) implements Judgement {}
    }

    /** The newest so many. */
    record Last(int places) implements KeepRule {

        @Override
        public String name() {
            return PolicyField.KEEP_LAST.path();
        }

        @Override
        public List<Judgement> judge(List<Candidate> line, Instant now) {
            List<Judgement> judgements = new ArrayList<>(line.size());
            int taken = 0;
            for (Candidate version : line) {
                int rank = taken + 1;
                judgements.add(rank <= places ? keeps(rank) : passes(rank));
                taken += version.usable() ? 1 : 0;
            }
            return judgements;
        }

        private Judgement keeps(int rank) {
            return new Judgement.Keeps(
                    new KeepReason(name(), null, rank, places),
                    new Ending(
                            null,
                            () -> name() + ": once " + Words.count(places - rank + 1, "newer version") + " completed"));
        }

        private Judgement passes(int rank) {
            return new Judgement.Passes(
                    () -> name() + ": it is number " + rank + " counted from the newest, the rule keeps " + places);
        }
    }

    /** Not older than an age. */
    record Within(Duration age) implements KeepRule {

        @Override
        public String name() {
            return PolicyField.KEEP_WITHIN.path();
        }

        @Override
        public List<Judgement> judge(List<Candidate> line, Instant now) {
            return line.stream().map(version -> judge(version, now)).toList();
        }

        private Judgement judge(Candidate version, Instant now) {
            Instant end = Words.later(version.completedAt(), age);
            if (end.isBefore(now)) {
                return new Judgement.Passes(() -> passes(version, now));
            }
            return new Judgement.Keeps(
                    new KeepReason(name(), null, null, null), new Ending(end, () -> name() + ": after " + end));
        }

        private String passes(Candidate version, Instant now) {
            Duration actual = Duration.between(version.completedAt(), now).truncatedTo(ChronoUnit.SECONDS);
            return name() + ": it is " + Words.iso(actual) + " old, the rule keeps " + Words.iso(age);
        }
    }

    /** The newest version of so many hours, days, weeks, months or years that hold one. */
    record Periods(Period period, int places, ZoneId zone) implements KeepRule {

        @Override
        public String name() {
            return field(period).path();
        }

        @Override
        public List<Judgement> judge(List<Candidate> line, Instant now) {
            List<Judgement> judgements = new ArrayList<>(line.size());
            Map<String, Long> newest = new HashMap<>();
            Buckets buckets = new Buckets();
            for (Candidate version : line) {
                String bucket = buckets.of(version.completedAt());
                Long holder = newest.get(bucket);
                int rank = newest.size() + 1;
                if (holder != null) {
                    judgements.add(new Judgement.Passes(
                            () -> name() + ": number " + holder + " is newer in the same " + word() + " " + bucket));
                } else {
                    judgements.add(rank <= places ? keeps(bucket, rank) : passes(bucket, rank));
                    if (version.usable()) {
                        newest.put(bucket, version.number());
                    }
                }
            }
            return judgements;
        }

        /** Names the periods of a line: neighbours on it mostly share one, and no clock is set between two quarters of an hour. */
        private final class Buckets {

            private static final long QUARTER_SECONDS = 900;

            private long quarter = Long.MIN_VALUE;
            private String bucket = "";

            String of(Instant time) {
                long its = Math.floorDiv(time.getEpochSecond(), QUARTER_SECONDS);
                if (its != quarter) {
                    quarter = its;
                    bucket = Words.bucket(period, time, zone);
                }
                return bucket;
            }
        }

        private String word() {
            return period.name().toLowerCase(Locale.ROOT);
        }

        private Judgement keeps(String bucket, int rank) {
            return new Judgement.Keeps(
                    new KeepReason(name(), bucket, rank, places), new Ending(null, () -> until(bucket, rank)));
        }

        private String until(String bucket, int rank) {
            return name() + ": once " + Words.count(places - rank + 1, "later " + word()) + " held a version"
                    + (rank == 1 ? ", or a newer one completed in " + bucket : "");
        }

        private Judgement passes(String bucket, int rank) {
            return new Judgement.Passes(() -> name() + ": its " + word() + " " + bucket + " is number " + rank
                    + " of those that hold a version, the rule keeps " + places);
        }
    }

    /** Of some kinds. */
    record Kinds(Set<SnapshotKind> kinds) implements KeepRule {

        public Kinds {
            kinds = Set.copyOf(kinds);
        }

        @Override
        public String name() {
            return PolicyField.KEEP_KINDS.path();
        }

        @Override
        public List<Judgement> judge(List<Candidate> line, Instant now) {
            return line.stream().map(this::judge).toList();
        }

        private Judgement judge(Candidate version) {
            SnapshotKind kind = version.kind();
            return kinds.contains(kind)
                    ? new Judgement.Keeps(
                            new KeepReason(name(), kind.name(), null, null),
                            new Ending(null, () -> name() + ": when the policy no longer names " + kind))
                    : new Judgement.Passes(() -> name() + ": " + kind + " is not among " + new TreeSet<>(kinds));
        }
    }

    /** That carry one of some labels. */
    record Labels(Set<String> wanted) implements KeepRule {

        public Labels {
            wanted = Set.copyOf(wanted);
        }

        @Override
        public String name() {
            return PolicyField.KEEP_LABELS.path();
        }

        @Override
        public List<Judgement> judge(List<Candidate> line, Instant now) {
            return line.stream().map(this::judge).toList();
        }

        private Judgement judge(Candidate version) {
            return wanted.stream()
                    .sorted()
                    .filter(label -> carries(version, label))
                    .findFirst()
                    .<Judgement>map(label -> new Judgement.Keeps(
                            new KeepReason(name(), label, null, null),
                            new Ending(null, () -> name() + ": when it no longer carries " + label)))
                    .orElseGet(
                            () -> new Judgement.Passes(() -> name() + ": it carries none of " + new TreeSet<>(wanted)));
        }

        private static boolean carries(Candidate version, String label) {
            int equals = label.indexOf('=');
            return equals < 0
                    ? version.labels().containsKey(label)
                    : label.substring(equals + 1).equals(version.labels().get(label.substring(0, equals)));
        }
    }

    /** The oldest so many that can be used. */
    record Oldest(int places) implements KeepRule {

        @Override
        public String name() {
            return PolicyField.KEEP_OLDEST.path();
        }

        @Override
        public List<Judgement> judge(List<Candidate> line, Instant now) {
            List<Judgement> oldestFirst = new ArrayList<>(line.size());
            int taken = 0;
            for (int i = line.size() - 1; i >= 0; i--) {
                int rank = taken + 1;
                oldestFirst.add(rank <= places ? keeps(rank) : passes(rank));
                taken += line.get(i).usable() ? 1 : 0;
            }
            Collections.reverse(oldestFirst);
            return oldestFirst;
        }

        private Judgement keeps(int rank) {
            return new Judgement.Keeps(
                    new KeepReason(name(), null, rank, places),
                    new Ending(null, () -> name() + ": when the policy asks for fewer of the oldest"));
        }

        private Judgement passes(int rank) {
            return new Judgement.Passes(
                    () -> name() + ": it is number " + rank + " counted from the oldest, the rule keeps " + places);
        }
    }

    /** Where a policy has no keep rule. */
    record Everything() implements KeepRule {

        @Override
        public String name() {
            return "everything";
        }

        @Override
        public List<Judgement> judge(List<Candidate> line, Instant now) {
            Judgement keeps = new Judgement.Keeps(
                    new KeepReason(name(), null, null, null),
                    new Ending(null, () -> "everything: the policy has no keep rule, so nothing goes but by a cap"));
            return line.stream().map(version -> keeps).toList();
        }
    }
}
