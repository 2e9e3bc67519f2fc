package io.strandline.catalog.lookup;

import io.strandline.catalog.Catalog;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names tags and branches may have: none that could be taken for a number, an id or a word of the expressions. */
public final class RefNames {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{8,}");
    private static final Set<String> RESERVED = Set.of("head", "latest", "latest-verified", "all", "import");

    private RefNames() {}

    /**
     * Refuses a name with {@code invalid-name}.
     *
     * @param pointer where it stands in the request
     */
    public static void check(String name, String pointer) {
        String mistake = mistakeIn(name);
        if (!mistake.isEmpty()) {
            String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
            String detail = "'" + shown + "' is not allowed as a name: " + mistake;
            throw Problem.of(ErrorCode.INVALID_NAME, detail)
                    .withError(pointer, detail)
                    .asException();
        }
    }

    /**
     * Refuses a name with {@code name-taken} that a branch of the job has, in the trash or out of it: one that can still come
     * back keeps its name.
     */
    public static void refuseBranch(Catalog catalog, String jobId, String name) {
        if (catalog.branch(jobId, name).isPresent()) {
            throw new StrandlineException(
                    ErrorCode.NAME_TAKEN, "A branch is named '" + name + "'; choose another name.");
        }
        if (catalog.trashedBranches(jobId).stream()
                .anyMatch(branch -> branch.name().equals(name))) {
            throw new StrandlineException(
                    ErrorCode.NAME_TAKEN,
                    "A deleted branch is named '" + name
                            + "'; bring it back, purge the trash, or choose another name.");
        }
    }

    private static String mistakeIn(String name) {
        if (!NAME.matcher(name).matches()) {
            return "use up to 63 of a-z, 0-9, dot, dash and underscore, beginning with a letter.";
        }
        if (name.contains("..") || name.endsWith(".")) {
            return "no two dots in a row, and none at the end.";
        }
        if (RESERVED.contains(name)) {
            return "it is a word of revision expressions.";
        }
        if (UUID.matcher(name).matches() || HEX.matcher(name).matches()) {
            return "it looks like an id.";
        }
        return "";
    }
}
