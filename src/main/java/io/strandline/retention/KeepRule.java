package io.strandline.retention;

import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
        if (keep.hourly() != null) {
            rules.add(new Periods(Period.HOUR, keep.hourly(), policy.timeZone()));
        }
        if (keep.daily() != null) {
            rules.add(new Periods(Period.DAY, keep.daily(), policy.timeZone()));
        }
        if (keep.kinds() != null) {
            rules.add(new Kinds(keep.kinds()));
        }
        return rules.isEmpty() ? List.of(new Everything()) : rules;
    }

    /** What a rule says of a version. */
    sealed interface Judgement {

        /** It keeps it, until. */
        record Keeps(KeepReason reason, Ending until) implements Judgement {}

        /** It does not keep it, because. */
        record Passes(String whyNot) implements Judgement {}
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
            String when = name() + ": once " + Words.count(places - rank + 1, "newer version") + " completed";
            return new Judgement.Keeps(new KeepReason(name(), null, rank, places), new Ending(null, when));
        }

        private Judgement passes(int rank) {
            return new Judgement.Passes(
                    name() + ": it is number " + rank + " counted from the newest, the rule keeps " + places);
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
                Duration actual = Duration.between(version.completedAt(), now).truncatedTo(ChronoUnit.SECONDS);
                return new Judgement.Passes(
                        name() + ": it is " + Words.iso(actual) + " old, the rule keeps " + Words.iso(age));
            }
            return new Judgement.Keeps(
                    new KeepReason(name(), null, null, null), new Ending(end, name() + ": after " + end));
        }
    }

    /** The newest version of so many hours or days that hold one. */
    record Periods(Period period, int places, ZoneId zone) implements KeepRule {

        @Override
        public String name() {
            return period.field.path();
        }

        @Override
        public List<Judgement> judge(List<Candidate> line, Instant now) {
            List<Judgement> judgements = new ArrayList<>(line.size());
            Map<String, Long> newest = new HashMap<>();
            for (Candidate version : line) {
                String bucket = period.of(version.completedAt(), zone);
                Long holder = newest.get(bucket);
                int rank = newest.size() + 1;
                if (holder != null) {
                    judgements.add(new Judgement.Passes(
                            name() + ": number " + holder + " is newer in the same " + period.word + " " + bucket));
                } else {
                    judgements.add(rank <= places ? keeps(bucket, rank) : passes(bucket, rank));
                    if (version.usable()) {
                        newest.put(bucket, version.number());
                    }
                }
            }
            return judgements;
        }

        private Judgement keeps(String bucket, int rank) {
            String when = name() + ": once " + Words.count(places - rank + 1, "later " + period.word)
                    + " held a version" + (rank == 1 ? ", or a newer one completed in " + bucket : "");
            return new Judgement.Keeps(new KeepReason(name(), bucket, rank, places), new Ending(null, when));
        }

        private Judgement passes(String bucket, int rank) {
            return new Judgement.Passes(name() + ": its " + period.word + " " + bucket + " is number " + rank
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
                            new Ending(null, name() + ": when the policy no longer names " + kind))
                    : new Judgement.Passes(name() + ": " + kind + " is not among " + new TreeSet<>(kinds));
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
                    new Ending(null, "everything: the policy has no keep rule, so nothing goes but by a cap"));
            return line.stream().map(version -> keeps).toList();
        }
    }

    /** The length of a period. */
    enum Period {
        /** An hour of the clock; in autumn the repeated hour counts twice. */
        HOUR(PolicyField.KEEP_HOURLY, "hour", "uuuu-MM-dd'T'HHXXX"),
        /** A calendar day. */
        DAY(PolicyField.KEEP_DAILY, "day", "uuuu-MM-dd");

        private final PolicyField field;
        private final String word;
        private final DateTimeFormatter format;

        Period(PolicyField field, String word, String pattern) {
            this.field = field;
            this.word = word;
            this.format = DateTimeFormatter.ofPattern(pattern);
        }

        String of(Instant time, ZoneId zone) {
            return format.format(time.atZone(zone));
        }
    }
}
