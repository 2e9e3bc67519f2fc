package io.strandline.retention;

import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which versions expire, worked out one version at a time from the wording of the design, slowly and with nothing shared
 * with the engine.
 */
record NaiveOracle(RetentionPolicy policy, BranchHistory history, Instant now) {

    Set<Long> expiring() {
        List<Candidate> line = history.line();
        Set<Integer> kept = new TreeSet<>();
        Set<Integer> protectedOnes = new TreeSet<>();
        for (int i = 0; i < line.size(); i++) {
            if (isProtected(line.get(i)) || inFloor(i)) {
                protectedOnes.add(i);
            } else if (wanted(i) && !tooOld(line.get(i))) {
                kept.add(i);
            }
        }
        Integer maxCount = policy.cap().maxCount();
        while (maxCount != null && kept.size() + protectedOnes.size() > maxCount && !kept.isEmpty()) {
            kept.remove(kept.stream().max(Integer::compare).orElseThrow());
        }
        Long maxBytes = policy.cap().maxBytes();
        while (maxBytes != null && bytes(kept, protectedOnes) > maxBytes && !kept.isEmpty()) {
            kept.remove(kept.stream().max(Integer::compare).orElseThrow());
        }
        Set<Long> gone = new TreeSet<>();
        for (int i = 0; i < line.size(); i++) {
            if (!kept.contains(i) && !protectedOnes.contains(i)) {
                gone.add(line.get(i).number());
            }
        }
        for (Candidate version : history.offLine()) {
            if (!isProtected(version) && !nothingSaid() && !isKeptImport(version)) {
                gone.add(version.number());
            }
        }
        return gone;
    }

    private boolean isKeptImport(Candidate version) {
        return version.kind() == SnapshotKind.IMPORTED
                && policy.keep().kinds() != null
                && policy.keep().kinds().contains(SnapshotKind.IMPORTED);
    }

    private boolean nothingSaid() {
        return noRule()
                && policy.cap().maxAge() == null
                && policy.cap().maxCount() == null
                && policy.cap().maxBytes() == null;
    }

    private boolean noRule() {
        RetentionPolicy.Keep keep = policy.keep();
        return keep.last() == null
                && keep.within() == null
                && keep.periods().isEmpty()
                && keep.labels() == null
                && keep.kinds() == null
                && keep.oldest() == null;
    }

    private long bytes(Set<Integer> kept, Set<Integer> protectedOnes) {
        Map<String, Long> sizes = new HashMap<>();
        for (Set<Integer> some : List.of(kept, protectedOnes)) {
            for (int index : some) {
                history.files()
                        .getOrDefault(history.line().get(index).id(), List.of())
                        .forEach(file -> sizes.putIfAbsent(file.digest().hex(), file.sizeBytes()));
            }
        }
        return sizes.values().stream().mapToLong(size -> size).sum();
    }

    private boolean isProtected(Candidate version) {
        return history.protections().getOrDefault(version.id(), List.of()).stream()
                .anyMatch(p -> p.until() == null || now.isBefore(p.until()));
    }

    private boolean inFloor(int index) {
        Candidate version = history.line().get(index);
        List<Candidate> newer = history.line().subList(0, index).stream()
                .filter(Candidate::usable)
                .toList();
        boolean counted = version.usable() && newer.size() < policy.floor().minCount();
        boolean verified = version.usable()
                && version.verified()
                && newer.stream().filter(Candidate::verified).count()
                        < policy.floor().minVerified();
        return counted || verified;
    }

    private boolean tooOld(Candidate version) {
        Duration maxAge = policy.cap().maxAge();
        return maxAge != null && Duration.between(version.completedAt(), now).compareTo(maxAge) > 0;
    }

    private boolean wanted(int index) {
        RetentionPolicy.Keep keep = policy.keep();
        Candidate version = history.line().get(index);
        long newer = history.line().subList(0, index).stream()
                .filter(Candidate::usable)
                .count();
        return noRule()
                || (keep.last() != null && newer < keep.last())
                || (keep.within() != null
                        && Duration.between(version.completedAt(), now).compareTo(keep.within()) <= 0)
                || (keep.kinds() != null && keep.kinds().contains(version.kind()))
                || (keep.labels() != null && keep.labels().stream().anyMatch(label -> carries(version, label)))
                || (keep.oldest() != null && usableOlder(index) < keep.oldest())
                || inPeriod(index, RetentionPolicy.Period.HOUR, this::hour)
                || inPeriod(index, RetentionPolicy.Period.DAY, this::day)
                || inPeriod(index, RetentionPolicy.Period.WEEK, this::monday)
                || inPeriod(index, RetentionPolicy.Period.MONTH, each -> YearMonth.from(day(each)))
                || inPeriod(
                        index, RetentionPolicy.Period.YEAR, each -> day(each).getYear());
    }

    private long usableOlder(int index) {
        return history.line().subList(index + 1, history.line().size()).stream()
                .filter(Candidate::usable)
                .count();
    }

    private static boolean carries(Candidate version, String label) {
        return version.labels().entrySet().stream()
                .anyMatch(own -> label.equals(own.getKey()) || label.equals(own.getKey() + "=" + own.getValue()));
    }

    private boolean inPeriod(int index, RetentionPolicy.Period period, Function<Candidate, Object> of) {
        Integer places = policy.keep().periods().get(period);
        return places != null && newestOfItsPeriod(index, places, of);
    }

    private boolean newestOfItsPeriod(int index, int places, Function<Candidate, Object> period) {
        Set<Object> later = new HashSet<>();
        history.line().subList(0, index).stream()
                .filter(Candidate::usable)
                .forEach(newer -> later.add(period.apply(newer)));
        return !later.contains(period.apply(history.line().get(index))) && later.size() < places;
    }

    private Object hour(Candidate version) {
        ZonedDateTime time = version.completedAt().atZone(policy.timeZone());
        return List.of(time.toLocalDateTime().truncatedTo(ChronoUnit.HOURS), time.getOffset());
    }

    private Object monday(Candidate version) {
        LocalDate day = day(version);
        return day.minusDays(day.getDayOfWeek().getValue() - 1);
    }

    private LocalDate day(Candidate version) {
        return version.completedAt().atZone(policy.timeZone()).toLocalDate();
    }
}
