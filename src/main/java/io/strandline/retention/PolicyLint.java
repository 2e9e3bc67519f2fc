package io.strandline.retention;

import io.strandline.problem.FieldError;
import io.strandline.retention.RetentionPolicy.Period;
import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what cannot be meant: a policy that keeps nothing, a cap below what a keep rule asks for, a rule that another
 * of the same document leaves nothing to decide.
 */
public final class PolicyLint {

    private static final List<PolicyField> RULES = List.of(
            PolicyField.KEEP_LAST,
            PolicyField.KEEP_WITHIN,
            PolicyField.KEEP_HOURLY,
            PolicyField.KEEP_DAILY,
            PolicyField.KEEP_WEEKLY,
            PolicyField.KEEP_MONTHLY,
            PolicyField.KEEP_YEARLY,
            PolicyField.KEEP_LABELS,
            PolicyField.KEEP_OLDEST);

    /** How many of the shorter periods one of the longer holds at most. */
    private static final Map<Period, Map<Period, Integer>> COVERS = Map.of(
            Period.DAY, Map.of(Period.HOUR, 25),
            Period.WEEK, Map.of(Period.HOUR, 169, Period.DAY, 7),
            Period.MONTH, Map.of(Period.HOUR, 745, Period.DAY, 31),
            Period.YEAR, Map.of(Period.HOUR, 8_785, Period.DAY, 366, Period.MONTH, 12));

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
                || isPositive(keep.oldest())
                || keep.periods().values().stream().anyMatch(PolicyLint::isPositive)
                || (keep.within() != null && !keep.within().isZero())
                || (keep.labels() != null && !keep.labels().isEmpty())
                || (keep.kinds() != null && !keep.kinds().isEmpty());
        if (keep.hasRule() && !some) {
            errors.add(
                    new FieldError("/keep", "keeps nothing; let a rule keep something, or send null to switch it off"));
        }
        capsToNothing(policy.cap());
    }

    private void capsToNothing(RetentionPolicy.Cap cap) {
        if (cap.maxCount() != null && cap.maxCount() == 0) {
            errors.add(new FieldError(PolicyField.CAP_MAX_COUNT.pointer(), "keeps nothing; the least is 1"));
        }
        if (cap.maxBytes() != null && cap.maxBytes() == 0) {
            errors.add(new FieldError(PolicyField.CAP_MAX_BYTES.pointer(), "keeps nothing; the least is 1"));
        }
        if (cap.maxAge() != null && cap.maxAge().isZero()) {
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
            capBelow(PolicyField.CAP_MAX_COUNT, maxCount, PolicyField.KEEP_OLDEST, keep.oldest());
            keep.periods()
                    .forEach((period, places) ->
                            capBelow(PolicyField.CAP_MAX_COUNT, maxCount, KeepRule.field(period), places));
        }
        Duration maxAge = policy.cap().maxAge();
        if (maxAge != null) {
            capBelow(PolicyField.CAP_MAX_AGE, maxAge, PolicyField.KEEP_WITHIN, keep.within());
            keep.periods()
                    .forEach((period, places) -> capBelow(
                            PolicyField.CAP_MAX_AGE, maxAge, KeepRule.field(period), shortest(period, places)));
            if (isPositive(keep.oldest())) {
                note(
                        PolicyField.CAP_MAX_AGE,
                        PolicyField.KEEP_OLDEST,
                        takesAway(PolicyField.CAP_MAX_AGE, maxAge, PolicyField.KEEP_OLDEST));
            }
        }
    }

    /** The shortest time in which so many periods can all hold a version. */
    private static Duration shortest(Period period, int places) {
        long days = switch (period) {
            case HOUR, DAY -> 1;
            case WEEK -> 7;
            case MONTH -> 28;
            case YEAR -> 365;
        };
        Duration one = period == Period.HOUR ? Duration.ofHours(1) : Duration.ofDays(days);
        return one.multipliedBy(Math.max(0, places - 1));
    }

    private <T extends Comparable<T>> void capBelow(PolicyField cap, T most, PolicyField keep, @Nullable T wanted) {
        if (wanted != null && most.compareTo(wanted) < 0) {
            note(cap, keep, takesAway(cap, most, keep));
        }
    }

    private FieldError takesAway(PolicyField cap, Object most, PolicyField keep) {
        return new FieldError(
                cap.pointer(),
                shown(most) + " takes away what " + keep.path() + " (" + shown(keep) + ", set by "
                        + effective.setBy().get(keep) + ") keeps; raise the cap, lower the rule or send null for it");
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
            RULES.forEach(
                    rule -> shadowed(rule, PolicyField.KEEP_KINDS, "never decides, as keep.kinds names every kind"));
        }
        shadowedPeriods(keep.periods());
        shadowedLabels(keep.labels());
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

    /** The newest of a long period is the newest of a short one, too: enough of the short ones cover the long ones. */
    private void shadowedPeriods(Map<Period, Integer> places) {
        places.forEach((coarse, wanted) -> COVERS.getOrDefault(coarse, Map.of()).forEach((fine, most) -> {
            Integer kept = places.get(fine);
            if (kept != null && wanted > 0 && kept >= (long) wanted * most) {
                shadowed(
                        KeepRule.field(coarse),
                        KeepRule.field(fine),
                        "never decides, as " + KeepRule.field(fine).path() + " (" + kept + ") keeps all of those");
            }
        }));
    }

    private void shadowedLabels(@Nullable Set<String> labels) {
        if (labels == null) {
            return;
        }
        for (String label : labels) {
            int equals = label.indexOf('=');
            if (equals >= 0 && labels.contains(label.substring(0, equals))) {
                warnings.add(new FieldError(
                        PolicyField.KEEP_LABELS.pointer(),
                        label + " never decides, as " + label.substring(0, equals) + " covers every value"));
            }
        }
    }

    private void shadowed(PolicyField rule, PolicyField by, String detail) {
        if (effective.value(rule).isPresent()) {
            note(rule, by, new FieldError(rule.pointer(), detail));
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
