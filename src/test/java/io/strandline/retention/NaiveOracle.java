package io.strandline.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
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
        Set<Long> gone = new TreeSet<>();
        for (int i = 0; i < line.size(); i++) {
            if (!kept.contains(i) && !protectedOnes.contains(i)) {
                gone.add(line.get(i).number());
            }
        }
        for (Candidate version : history.offLine()) {
            if (!isProtected(version) && !nothingSaid()) {
                gone.add(version.number());
            }
        }
        return gone;
    }

    private boolean nothingSaid() {
        return noRule() && policy.cap().maxAge() == null && policy.cap().maxCount() == null;
    }

    private boolean noRule() {
        RetentionPolicy.Keep keep = policy.keep();
        return keep.last() == null
                && keep.within() == null
                && keep.hourly() == null
                && keep.daily() == null
                && keep.kinds() == null;
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
                || (keep.hourly() != null && newestOfItsPeriod(index, keep.hourly(), this::hour))
                || (keep.daily() != null && newestOfItsPeriod(index, keep.daily(), this::day));
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

    private Object day(Candidate version) {
        return version.completedAt().atZone(policy.timeZone()).toLocalDate();
    }
}
