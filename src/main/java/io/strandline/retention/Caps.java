package io.strandline.retention;

import io.strandline.retention.BranchHistory.FileUse;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes keep reasons away until a line is within its caps, the oldest version's first; what protections hold up is reported. */
final class Caps {

    private final RetentionPolicy.Cap cap;
    private final List<Trial> line;
    private final Map<SnapshotId, List<FileUse>> files;
    private final List<CapUnmet> unmet = new ArrayList<>();

    /**
     * Of a line.
     *
     * @param line what is known of each version by the keep rules, newest first
     * @param files the files each names
     */
    Caps(RetentionPolicy.Cap cap, List<Trial> line, Map<SnapshotId, List<FileUse>> files) {
        this.cap = cap;
        this.line = line;
        this.files = files;
    }

    /** Applies age, count and bytes, in this order, and returns those that cannot be met. */
    List<CapUnmet> apply(Instant now) {
        if (cap.maxAge() != null) {
            age(cap.maxAge(), now);
        }
        if (cap.maxCount() != null) {
            count(cap.maxCount());
        }
        if (cap.maxBytes() != null) {
            bytes(cap.maxBytes());
        }
        return unmet;
    }

    private void age(Duration maxAge, Instant now) {
        List<Trial> stay = new ArrayList<>();
        for (Trial trial : line) {
            if (!Words.later(trial.version().completedAt(), maxAge).isBefore(now)) {
                continue;
            }
            trial.takeAway(PolicyField.CAP_MAX_AGE.path() + ": it is older than " + Words.iso(maxAge));
            if (trial.isProtected()) {
                stay.add(trial);
            }
        }
        if (!stay.isEmpty()) {
            String detail = Words.count(stay.size(), "protected version") + " older than " + Words.iso(maxAge);
            unmet(PolicyField.CAP_MAX_AGE, detail, stay);
        }
    }

    private void count(int maxCount) {
        long kept = line.stream().filter(Trial::stays).count();
        for (int i = line.size() - 1; i >= 0 && kept > maxCount; i--) {
            Trial trial = line.get(i);
            if (trial.stays() && !trial.isProtected()) {
                trial.takeAway(PolicyField.CAP_MAX_COUNT.path() + ": the line would keep " + kept + ", the cap is "
                        + maxCount + " and this is the oldest of those that may go");
                kept--;
            }
        }
        if (kept > maxCount) {
            String detail = kept + " protected versions, the cap is " + maxCount;
            unmet(PolicyField.CAP_MAX_COUNT, detail, protectedOnes());
        }
    }

    /** A file counts once, and goes only with the last version of the line that names it. */
    private void bytes(long maxBytes) {
        Map<Digest, Integer> names = new HashMap<>();
        long taken = 0;
        for (Trial trial : line) {
            if (trial.stays()) {
                for (FileUse file : filesOf(trial)) {
                    taken += names.merge(file.digest(), 1, Integer::sum) == 1 ? file.sizeBytes() : 0;
                }
            }
        }
        for (int i = line.size() - 1; i >= 0 && taken > maxBytes; i--) {
            Trial trial = line.get(i);
            if (trial.stays() && !trial.isProtected()) {
                long freed = 0;
                for (FileUse file : filesOf(trial)) {
                    freed += names.merge(file.digest(), -1, Integer::sum) == 0 ? file.sizeBytes() : 0;
                }
                trial.takeAway(PolicyField.CAP_MAX_BYTES.path() + ": the line would take " + taken
                        + " bytes, the cap is " + maxBytes + " and this is the oldest of those that may go, with "
                        + freed + " bytes of its own");
                taken -= freed;
            }
        }
        if (taken > maxBytes) {
            String detail = taken + " bytes in files of protected versions, the cap is " + maxBytes;
            unmet(PolicyField.CAP_MAX_BYTES, detail, protectedOnes());
        }
    }

    private List<FileUse> filesOf(Trial trial) {
        @Nullable List<FileUse> named = files.get(trial.version().id());
        return named == null ? List.of() : named;
    }

    private List<Trial> protectedOnes() {
        return line.stream().filter(Trial::isProtected).toList();
    }

    private void unmet(PolicyField field, String detail, List<Trial> stay) {
        unmet.add(new CapUnmet(
                field.path(),
                detail,
                stay.stream()
                        .map(trial -> new CapUnmet.Protected(trial.version().number(), trial.protectedBy()))
                        .toList()));
    }
}
