package io.strandline.retention;

import io.strandline.problem.FieldError;
import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what cannot be meant: a policy that keeps nothing, a cap below what a keep rule asks for, a rule that another
 * of the same document leaves nothing to decide.
 */
public final class PolicyLint {

    private final EffectivePolicy effective;
    private final PolicyDocument saved;
    private final List<FieldError> errors = new ArrayList<>();
    private final List<FieldError> warnings = new ArrayList<>();

    private PolicyLint(EffectivePolicy effective, PolicyDocument saved) {
        this.effective = effective;
        this.saved = saved;
    }

    /**
     * Looks at a policy about to be saved.
     *
     * @param effective what would be in force
     * @param saved the document that makes it so
     */
    public static Findings check(EffectivePolicy effective, PolicyDocument saved) {
        PolicyLint lint = new PolicyLint(effective, saved);
        RetentionPolicy policy = effective.policy();
        lint.keepsNothing(policy);
        if (lint.errors.isEmpty()) {
            lint.capBelowKeep(policy);
            lint.shadowedRules(policy);
        }
        return new Findings(lint.errors, lint.warnings);
    }

    private void keepsNothing(RetentionPolicy policy) {
        RetentionPolicy.Keep keep = policy.keep();
        boolean some = isPositive(keep.last())
                || isPositive(keep.hourly())
                || isPositive(keep.daily())
                || (keep.within() != null && !keep.within().isZero())
                || (keep.kinds() != null && !keep.kinds().isEmpty());
        if (keep.hasRule() && !some) {
            errors.add(
                    new FieldError("/keep", "keeps nothing; let a rule keep something, or send null to switch it off"));
        }
        if (policy.cap().maxCount() != null && policy.cap().maxCount() == 0) {
            errors.add(new FieldError(PolicyField.CAP_MAX_COUNT.pointer(), "keeps nothing; the least is 1"));
        }
        if (policy.cap().maxAge() != null && policy.cap().maxAge().isZero()) {
            errors.add(new FieldError(PolicyField.CAP_MAX_AGE.pointer(), "keeps nothing; let it be longer than PT0S"));
        }
    }

    private static boolean isPositive(@Nullable Integer count) {
        return count != null && count > 0;
    }

    private void capBelowKeep(RetentionPolicy policy) {
        RetentionPolicy.Keep keep = policy.keep();
        Integer maxCount = policy.cap().maxCount();
        if (maxCount != null) {
            capBelow(PolicyField.CAP_MAX_COUNT, maxCount, PolicyField.KEEP_LAST, keep.last());
            capBelow(PolicyField.CAP_MAX_COUNT, maxCount, PolicyField.KEEP_HOURLY, keep.hourly());
            capBelow(PolicyField.CAP_MAX_COUNT, maxCount, PolicyField.KEEP_DAILY, keep.daily());
        }
        Duration maxAge = policy.cap().maxAge();
        if (maxAge != null) {
            capBelow(PolicyField.CAP_MAX_AGE, maxAge, PolicyField.KEEP_WITHIN, keep.within());
            capBelow(PolicyField.CAP_MAX_AGE, maxAge, PolicyField.KEEP_HOURLY, periods(keep.hourly(), 1));
            capBelow(PolicyField.CAP_MAX_AGE, maxAge, PolicyField.KEEP_DAILY, periods(keep.daily(), 24));
        }
    }

    /** The shortest time in which so many periods can all hold a version. */
    private static @Nullable Duration periods(@Nullable Integer places, int hours) {
        return places == null ? null : Duration.ofHours((long) Math.max(0, places - 1) * hours);
    }

    private <T extends Comparable<T>> void capBelow(PolicyField cap, T most, PolicyField keep, @Nullable T wanted) {
        if (wanted != null && most.compareTo(wanted) < 0) {
            note(
                    cap,
                    keep,
                    new FieldError(
                            cap.pointer(),
                            shown(most) + " takes away what " + keep.path() + " (" + shown(keep) + ", set by "
                                    + effective.setBy().get(keep)
                                    + ") keeps; raise the cap, lower the rule or send null for it"));
        }
    }

    private String shown(PolicyField field) {
        return effective.value(field).map(PolicyLint::shown).orElse("off");
    }

    private static String shown(Object value) {
        return value instanceof Duration duration ? Words.iso(duration) : value.toString();
    }

    private void shadowedRules(RetentionPolicy policy) {
        RetentionPolicy.Keep keep = policy.keep();
        if (keep.kinds() != null && keep.kinds().size() == SnapshotKind.values().length) {
            List.of(PolicyField.KEEP_LAST, PolicyField.KEEP_WITHIN, PolicyField.KEEP_HOURLY, PolicyField.KEEP_DAILY)
                    .forEach(rule -> shadowed(rule, "never decides, as keep.kinds names every kind"));
        }
        Integer last = keep.last();
        int minCount = policy.floor().minCount();
        if (last != null && last > 0 && last < minCount) {
            warnings.add(new FieldError(
                    PolicyField.KEEP_LAST.pointer(), "never decides, as floor.minCount keeps " + minCount));
        }
        Integer maxCount = policy.cap().maxCount();
        if (maxCount != null && maxCount < minCount) {
            warnings.add(new FieldError(
                    PolicyField.CAP_MAX_COUNT.pointer(), "cannot be met, as floor.minCount keeps " + minCount));
        }
    }

    private void shadowed(PolicyField rule, String detail) {
        if (effective.value(rule).isPresent()) {
            note(rule, PolicyField.KEEP_KINDS, new FieldError(rule.pointer(), detail));
        }
    }

    /** An error where this document says both, a warning where one of them is inherited and the other overrules it. */
    private void note(PolicyField one, PolicyField other, FieldError finding) {
        boolean both = saved.fields().containsKey(one) && saved.fields().containsKey(other);
        (both ? errors : warnings).add(finding);
    }

    /**
     * What was found.
     *
     * @param errors why it cannot be saved
     * @param warnings what may surprise
     */
    public record Findings(List<FieldError> errors, List<FieldError> warnings) {

        public Findings {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }
}
