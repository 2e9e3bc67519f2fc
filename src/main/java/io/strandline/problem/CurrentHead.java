package io.strandline.problem;

import java.util.Objects;

/**
 * The head a branch really has, told to a client that expected another one.
 *
 * @param id the snapshot's full id
 * @param number its number within the job
 */
public record CurrentHead(String id, long number) {

    public CurrentHead {
        Objects.requireNonNull(id, "id");
    }
}
