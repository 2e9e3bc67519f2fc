package io.strandline.retention;

import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of one version while it is judged, and how that is said afterwards. */
final class Trial implements Verdict.InWords {

    private final Candidate version;
    private final List<Protection> protectedBy = new ArrayList<>();
    private final List<Ending> protectedUntil = new ArrayList<>();
    private final List<KeepReason> keptBy = new ArrayList<>();
    private final List<Ending> keptUntil = new ArrayList<>();
    private final List<Supplier<String>> whyNot = new ArrayList<>();
    private RetentionPolicy.Cap cap = RetentionPolicy.Cap.NONE;

    Trial(Candidate version, BranchHistory history, Instant now) {
        this.version = version;
        for (Protection protection : protections(history.protections(), version)) {
            if (protection.countsAt(now)) {
                protectedBy.add(protection);
                protectedUntil.add(ending(protection));
            }
        }
    }

    private static List<Protection> protections(Map<SnapshotId, List<Protection>> all, Candidate version) {
        return all.getOrDefault(version.id(), List.of());
    }

    private static Ending ending(Protection protection) {
        return new Ending(protection.until(), () -> when(protection));
    }

    private static String when(Protection protection) {
        Instant until = protection.until();
        return switch (protection.kind()) {
            case HEAD ->
                "head: when "
                        + (until == null
                                ? "the head of " + protection.id() + " has moved on"
                                : "branch " + protection.id() + " cannot come back from the trash any more, after "
                                        + until);
            case TAG -> "tag: when tag " + protection.id() + (until == null ? " is deleted" : " expires at " + until);
            case HOLD ->
                "hold: when hold " + protection.id() + (until == null ? " is released" : " expires at " + until);
            case INSTANCE -> "in use: when instance " + protection.id() + " no longer needs it";
            case FLOOR -> protection.id();
        };
    }

    void protect(PolicyField floor, int rank, int places, String thing) {
        protectedBy.add(new Protection(
                Protection.Kind.FLOOR,
                floor.path(),
                "number " + rank + " of the " + places + " that stay",
                null,
                null));
        protectedUntil.add(new Ending(
                null, () -> floor.path() + ": once " + Words.count(places - rank + 1, thing) + " completed"));
    }

    void hear(KeepRule.Judgement judgement) {
        if (judgement instanceof KeepRule.Judgement.Keeps keeps) {
            keptBy.add(keeps.reason());
            keptUntil.add(keeps.until());
        } else if (judgement instanceof KeepRule.Judgement.Passes passes) {
            whyNot.add(passes.whyNot());
        }
    }

    void takeAway(String because) {
        for (KeepReason reason : keptBy) {
            whyNot.add(() -> reason.rule() + ": does not count because of " + because);
        }
        keptBy.clear();
        keptUntil.clear();
    }

    /** Notes why something does not keep it. */
    void pass(String because) {
        whyNot.add(() -> because);
    }

    Candidate version() {
        return version;
    }

    List<Protection> protectedBy() {
        return protectedBy;
    }

    boolean isProtected() {
        return !protectedBy.isEmpty();
    }

    boolean stays() {
        return isProtected() || !keptBy.isEmpty();
    }

    /** Ends it. */
    Verdict verdict(RetentionPolicy.Cap policysCap) {
        this.cap = policysCap;
        return new Verdict(version, !stays(), protectedBy, keptBy, this);
    }

    @Override
    public List<String> whyNot() {
        return whyNot.stream().map(Supplier::get).toList();
    }

    @Override
    public @Nullable Departure goes() {
        return stays() ? departure() : null;
    }

    /** Every reason has to end; a cap ends the keep rules' all at once. */
    private Departure departure() {
        List<String> when = new ArrayList<>();
        protectedUntil.forEach(ending -> when.add(ending.when().get()));
        keptUntil.forEach(ending -> when.add(ending.when().get()));
        Instant keptAt = keptUntil.isEmpty() ? Instant.MIN : latest(keptUntil);
        if (!keptUntil.isEmpty() && cap.maxAge() != null) {
            Instant capped = Words.later(version.completedAt(), cap.maxAge());
            keptAt = keptAt == null || capped.isBefore(keptAt) ? capped : keptAt;
            when.add(PolicyField.CAP_MAX_AGE.path() + ": ends every keep rule after " + capped);
        }
        if (!keptUntil.isEmpty() && cap.maxCount() != null) {
            when.add(PolicyField.CAP_MAX_COUNT.path() + ": or earlier, once the line would keep more than "
                    + cap.maxCount());
        }
        if (!keptUntil.isEmpty() && cap.maxBytes() != null) {
            when.add(PolicyField.CAP_MAX_BYTES.path() + ": or earlier, once the line's files would take more than "
                    + cap.maxBytes() + " bytes");
        }
        Instant protectedAt = protectedUntil.isEmpty() ? Instant.MIN : latest(protectedUntil);
        if (keptAt == null || protectedAt == null) {
            return new Departure(null, when);
        }
        return new Departure(keptAt.isAfter(protectedAt) ? keptAt : protectedAt, when);
    }

    /** The last to end, null when one of them waits for an event. */
    private static @Nullable Instant latest(List<Ending> endings) {
        for (Ending ending : endings) {
            if (ending.at() == null) {
                return null;
            }
        }
        return endings.stream()
                .map(Ending::at)
                .max(Comparator.nullsFirst(Comparator.naturalOrder()))
                .orElse(null);
    }
}
