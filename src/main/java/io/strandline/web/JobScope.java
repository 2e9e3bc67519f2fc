package io.strandline.web;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import java.util.List;

/**
 * The jobs a caller may touch.
 *
 * @param names their names, each of which may end in {@code *} for whatever follows; none: all jobs, and the server itself
 */
public record JobScope(List<String> names) {

    /** All jobs, and what belongs to none. */
    public static final JobScope EVERYTHING = new JobScope(List.of());

    public JobScope {
        names = List.copyOf(names);
    }

    /** Whether nothing is left out. */
    public boolean isEverything() {
        return names.isEmpty();
    }

    /** Whether a job of this name is among them, be there one or not. */
    public boolean covers(String job) {
        return isEverything() || names.stream().anyMatch(name -> matches(name, job));
    }

    /**
     * Refuses a job that is not among them.
     *
     * @throws io.strandline.problem.StrandlineException {@code forbidden}
     */
    public void require(String job) {
        if (!covers(job)) {
            throw Problem.of(
                            ErrorCode.FORBIDDEN,
                            "The key is for the jobs " + String.join(", ", names) + " only; job '" + job
                                    + "' is not one of them.")
                    .asException();
        }
    }

    private static boolean matches(String name, String job) {
        return name.endsWith("*") ? job.startsWith(name.substring(0, name.length() - 1)) : job.equals(name);
    }
}
