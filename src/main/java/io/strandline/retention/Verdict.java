package io.strandline.retention;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says of one version, and why.
 *
 * @param version the version
 * @param expires whether it goes
 * @param protectedBy what no policy may overrule
 * @param keptBy rules that keep it, after caps
 * @param words the same in words
 */
public record Verdict(
        Candidate version, boolean expires, List<Protection> protectedBy, List<KeepReason> keptBy, InWords words) {

    public Verdict {
        protectedBy = List.copyOf(protectedBy);
        keptBy = List.copyOf(keptBy);
    }

    /** Puts a verdict into words; of thousands nobody reads but a few, so they are found when somebody asks. */
    interface InWords {

        /** For each rule that does not keep the version a sentence that says why. */
        List<String> whyNot();

        /** When all that keeps it has ended, null when nothing does. */
        @Nullable
        Departure goes();
    }

    /** For each rule that does not keep it a sentence that says why. */
    public List<String> whyNot() {
        return words.whyNot();
    }

    /** For a kept one when it goes, null for one that expires. */
    public @Nullable Departure goes() {
        return words.goes();
    }

    /** What two lines together say of a version: it goes when it goes from both, and every reason of either counts. */
    public Verdict and(Verdict other) {
        return new Verdict(
                version,
                expires && other.expires,
                both(protectedBy, other.protectedBy),
                both(keptBy, other.keptBy),
                new OfBoth(words, other.words));
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }

    /** The words of two verdicts. */
    private record OfBoth(InWords one, InWords other) implements InWords {

        @Override
        public List<String> whyNot() {
            return both(one.whyNot(), other.whyNot());
        }

        @Override
        public @Nullable Departure goes() {
            Departure goes = one.goes();
            return goes == null ? other.goes() : goes.and(other.goes());
        }
    }
}
