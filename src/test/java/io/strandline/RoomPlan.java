package io.strandline;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which rooms there are, whom each may use, and which sub-rooms others may enter.
 *
 * @param arrows room to the rooms it may use; {@code *} is every room
 * @param doors sub-rooms open to others
 */
record RoomPlan(Map<String, Set<String>> arrows, Set<String> doors) {

    private static final String ROOT = "io.strandline";
    private static final String COMPOSITION_ROOT = "config";

    static RoomPlan parse(String arrowLines, String doorLines) {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        arrowLines.lines().forEach(line -> {
            String[] sides = line.split("->", -1);
            arrows.put(
                    sides[0].trim(),
                    Stream.of(sides[1].trim().split(" "))
                            .filter(s -> !s.isEmpty())
                            .collect(Collectors.toSet()));
        });
        return new RoomPlan(arrows, doorLines.lines().map(String::trim).collect(Collectors.toSet()));
    }

    /** The innermost room of the plan that a package belongs to. */
    Optional<String> roomOf(String packageName) {
        for (String at = packageName; at.startsWith(ROOT + "."); at = at.substring(0, at.lastIndexOf('.'))) {
            String room = at.substring(ROOT.length() + 1);
            if (arrows.containsKey(room)) {
                return Optional.of(room);
            }
        }
        return Optional.empty();
    }

    Stream<String> forbiddenUses(JavaClass user) {
        String from = roomOf(user.getPackageName()).orElse("");
        Set<String> allowed = arrows.getOrDefault(from, Set.of("*"));
        return ownDependencies(user)
                .filter(use -> !allowed.contains("*"))
                .filter(use -> roomOf(use.getTargetClass().getPackageName())
                        .filter(to -> !to.equals(from) && !allowed.contains(to))
                        .isPresent())
                .map(Dependency::getDescription);
    }

    Stream<String> usesBesidesTheDoors(JavaClass user) {
        String from = user.getPackageName();
        if (roomOf(from).filter(COMPOSITION_ROOT::equals).isPresent()) {
            return Stream.of();
        }
        return ownDependencies(user)
                .filter(use -> !isOpenTo(from, use.getTargetClass().getPackageName()))
                .map(Dependency::getDescription);
    }

    private boolean isOpenTo(String from, String to) {
        String target = to.substring(ROOT.length()).replaceFirst("^\\.", "");
        return !target.contains(".")
                || doors.contains(target)
                || outermost(from).equals(outermost(to));
    }

    private static String outermost(String packageName) {
        String[] steps = packageName.split("\\.");
        return steps.length > 2 ? steps[2] : "";
    }

    Stream<String> usesOfOwnChildren(JavaClass user) {
        return ownDependencies(user)
                .filter(use -> use.getTargetClass().getPackageName().startsWith(user.getPackageName() + "."))
                .filter(use -> !user.getPackageName().equals(ROOT))
                .map(Dependency::getDescription);
    }

    private static Stream<Dependency> ownDependencies(JavaClass user) {
        return user.getDirectDependenciesFromSelf().stream()
                .filter(use -> use.getTargetClass().getPackageName().startsWith(ROOT));
    }
}
